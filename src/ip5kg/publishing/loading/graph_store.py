"""Stores behind the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from urllib.parse import quote

from ip5kg.publishing.loading.chunks import ntriples
from ip5kg.publishing.loading.content import Content
from ip5kg.publishing.loading.target import GRAPH_TYPES, read_triples
from ip5kg.store.address import read_address, shown_address
from ip5kg.store.http import Client

__all__ = ["GraphStore"]

_NOT_FOUND = 404


class GraphStore:
    """A graph store, whose graphs are replaced by PUT (section 5.3), one request for each.

    The protocol knows no other way to replace a graph as a whole; a graph is as large as its
    file, and a store that takes only less is loaded by SPARQL Update.

    Args:
        address: The address of the store, to which ``?graph=`` is added (section 4.2).
        client: How it is spoken to.

    Raises:
        ParameterError: When the address is none.
    """

    def __init__(self, address: str, client: Client) -> None:
        self._shown = shown_address(read_address(address))
        self._address = address.partition("#")[0]
        self._client = client

    def holds(self, graph: str, wanted: Content) -> Content | None:  # noqa: ARG002 - as in Target
        """Return what a graph holds; a graph store does not count."""
        return self.read(graph)

    def read(self, graph: str) -> Content:
        """Return what a graph holds.

        Raises:
            EndpointError: When the store cannot be asked.
        """
        reply = self._client.send(
            "GET",
            self._of(graph),
            headers={"Accept": GRAPH_TYPES},
            allowed=frozenset((_NOT_FOUND,)),
        )
        # Without any content there is no type of it.
        nothing = reply.status == _NOT_FOUND or not reply.body.strip()
        return Content([] if nothing else read_triples(reply, self._shown))

    def replace(self, graph: str, wanted: Content) -> None:
        """Replace a graph by PUT, which leaves nothing to look at before.

        Raises:
            EndpointError: When the store does not take it.
        """
        self._client.send(
            "PUT",
            self._of(graph),
            ntriples(wanted.triples),
            {"Content-Type": "application/n-triples"},
        )

    def tidy(self, graph: str) -> None:
        """Do nothing: PUT leaves nothing beside a graph."""

    def _of(self, graph: str) -> str:
        separator = "&" if "?" in self._address else "?"
        return f"{self._address}{separator}graph={quote(graph, safe='')}"
