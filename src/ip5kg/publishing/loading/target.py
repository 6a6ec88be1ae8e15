"""What a store must be able to do to be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pyoxigraph import RdfFormat, parse

from ip5kg.errors import EndpointError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from ip5kg.publishing.loading.content import Content, Difference
    from ip5kg.store.http import Reply

__all__ = ["GRAPH_TYPES", "Target", "read_triples"]

GRAPH_TYPES = "application/n-triples, text/turtle;q=0.5"
"""What triples are asked for as; N-Triples first, which says for each line whether it is whole."""

_FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}


class Target(Protocol):
    """A store that named graphs can be written into, each as a whole."""

    def holds(self, graph: str, wanted: Content) -> Content | None:
        """Return what a graph holds; None when its number of triples says that it is another.

        Raises:
            EndpointError: When the store cannot be asked.
        """

    def read(self, graph: str) -> Content:
        """Return what a graph holds; nothing when it is not there.

        Raises:
            EndpointError: When the store cannot be asked, or does not give all.
        """

    def replace(self, graph: str, wanted: Content) -> Difference | None:
        """Let a graph hold just this.

        Returns:
            What went wrong on the way, when the graph was left as it was.

        Raises:
            EndpointError: When the store cannot, or would not, do it.
        """

    def tidy(self, graph: str) -> None:
        """Remove what an interrupted run has left beside a graph.

        Raises:
            EndpointError: When the store cannot, or would not, do it.
        """


def read_triples(reply: Reply, address: str) -> list[Triple]:
    """Read the triples of an answer.

    Raises:
        EndpointError: When it is no RDF.
    """
    syntax = _FORMATS.get(reply.media_type)
    if syntax is None:
        raise EndpointError(
            f"The endpoint {address} answered with {reply.media_type or 'no media type'} "
            "instead of RDF.",
            hint="Check the address; an endpoint is not the page where people write queries.",
        )
    try:
        return [quad.triple for quad in parse(reply.body, format=syntax)]
    except (SyntaxError, ValueError):
        raise EndpointError(
            f"The endpoint {address} sent RDF that is not well-formed.",
            hint="Check whether the server is well, and try again.",
        ) from None
