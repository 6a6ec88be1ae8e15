"""Stores behind SPARQL 1.1 Update."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from hashlib import sha256
from urllib.parse import urlencode

from ip5kg.errors import EndpointError
from ip5kg.publishing.loading.chunks import chunks
from ip5kg.publishing.loading.content import Content, Difference
from ip5kg.publishing.loading.target import GRAPH_TYPES, read_triples
from ip5kg.store.address import read_address, shown_address
from ip5kg.store.http import Client, Reply

__all__ = ["UpdateEndpoint", "default_query_endpoint", "staging_graph"]

_STAGING = "urn:ip5kg:staging:"
_BLANK = re.compile(r"^(?:\S+ \S+ )?_:", re.MULTILINE)
_JSON = "application/sparql-results+json"
_PATIENCE_OF_TIDYING = 10


def default_query_endpoint(update: str) -> str:
    """Return where a store is asked that is updated at an address, as stores usually have it.

    ``…/update`` goes with ``…/query`` (Oxigraph, Fuseki, Stardog), ``…/statements`` with what
    stands before it (RDF4J, GraphDB); others take both at one address (Virtuoso, Blazegraph).
    """
    start, mark, query = update.partition("?")
    if start.endswith("/update"):
        start = f"{start.removesuffix('/update')}/query"
    elif start.endswith("/statements"):
        start = start.removesuffix("/statements")
    return f"{start}{mark}{query}"


def staging_graph(graph: str) -> str:
    """Return the IRI of the graph where another is gathered before it is published."""
    return f"{_STAGING}{sha256(graph.encode()).hexdigest()[:32]}"


class UpdateEndpoint:
    """An endpoint whose graphs are replaced through a staging graph.

    Parts of bounded size go to the staging graph; when all are there it is moved over the graph
    (MOVE, section 3.2.4), which nobody ever sees half; to Virtuoso 7 it is empty for a moment.
    Whatever fails, the staging graph is removed again.

    Args:
        update: The address that takes updates.
        query: The address that takes queries.
        client: How they are spoken to.

    Raises:
        ParameterError: When an address is none.
    """

    def __init__(self, update: str, query: str, client: Client) -> None:
        self._shown_update = shown_address(read_address(update))
        self._shown_query = shown_address(read_address(query))
        self._update, self._query = update, query
        self._client = client

    def holds(self, graph: str, wanted: Content) -> Content | None:
        """Return what a graph holds; None when its number of triples says that it is another.

        Raises:
            EndpointError: When the store cannot be asked.
        """
        number = self._count(graph)
        if not wanted.count <= number <= wanted.written:
            return None
        return self._read_all(graph, number)

    def read(self, graph: str) -> Content:
        """Return what a graph holds.

        Raises:
            EndpointError: When the store cannot be asked, or does not give all.
        """
        return self._read_all(graph, self._count(graph))

    def replace(self, graph: str, wanted: Content) -> Difference | None:
        """Replace a graph, unless the store has lost triples on the way to the staging graph.

        Returns:
            What is wrong with the staging graph, when the graph was left as it was.

        Raises:
            EndpointError: When the store does not take it.
        """
        staging = staging_graph(graph)
        try:
            self._fill(staging, wanted)
            difference = self._check(staging, wanted)
            if difference is None:
                self._move(staging, graph, wanted)
            else:
                self._change(f"DROP SILENT GRAPH <{staging}>")
        except BaseException:
            # That it cannot be removed adds nothing to the reason; the next run does it.
            with suppress(EndpointError):
                self._change(
                    f"DROP SILENT GRAPH <{staging}>", self._client.hurried(_PATIENCE_OF_TIDYING)
                )
            raise
        return difference

    def tidy(self, graph: str) -> None:
        """Remove the staging graph that a run has left that was killed.

        Raises:
            EndpointError: When the store does not do it.
        """
        staging = staging_graph(graph)
        if self._count(staging):
            self._change(f"DROP SILENT GRAPH <{staging}>")

    def _fill(self, staging: str, wanted: Content) -> None:
        """Put all parts into the staging graph, which is empty then but for them."""
        self._change(f"DROP SILENT GRAPH <{staging}>")
        for part in chunks(wanted.triples):
            text = part.decode()
            if _BLANK.search(text) is None:
                self._change(f"INSERT DATA {{ GRAPH <{staging}> {{\n{text}}} }}")
            else:
                # Virtuoso 7 knows no blank nodes in INSERT DATA; a template that is used once is
                # the same. A part that were taken twice would hold its blank nodes twice.
                self._change(
                    f"INSERT {{ GRAPH <{staging}> {{\n{text}}} }} WHERE {{ BIND(1 AS ?one) }}",
                    repeatable=False,
                )

    def _check(self, staging: str, wanted: Content) -> Difference | None:
        """See whether a staging graph holds all of it.

        A store that keeps other values than were sent is no reason to stop: that is told at the
        end. One that loses triples is.

        Raises:
            EndpointError: When it has none of them, or more than were sent.
        """
        number = self._count(staging)
        if number > wanted.written or (not number and wanted.triples):
            raise EndpointError(
                f"The endpoint {self._shown_update} took {wanted.written} triples, and then "
                f"{self._shown_query} counts {number}.",
                hint="Check whether --query-endpoint belongs to the same store, and whether "
                "somebody else loads it now.",
            )
        if number >= wanted.count:
            return None
        return wanted.difference(self._read_all(staging, number))

    def _move(self, staging: str, graph: str, wanted: Content) -> None:
        """Move the staging graph over the graph.

        A MOVE whose answer is lost may have happened. It is not sent again then: there would be
        nothing left to move, and some stores would move that.

        Raises:
            EndpointError: When it has not happened.
        """
        if not wanted.triples:
            self._change(f"DROP SILENT GRAPH <{graph}>")
            return
        try:
            self._change(f"MOVE GRAPH <{staging}> TO GRAPH <{graph}>", repeatable=False)
        except EndpointError:
            with suppress(EndpointError):
                found = self.holds(graph, wanted)
                if found is not None and wanted.difference(found) is None:
                    return
            raise

    def _read_all(self, graph: str, number: int) -> Content:
        """Read a graph that is known to hold so many triples."""
        if not number:
            return Content([])
        reply = self._ask(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", GRAPH_TYPES
        )
        content = Content(read_triples(reply, self._shown_query))
        if content.written < number and content.count < number:
            raise EndpointError(
                f"The endpoint {self._shown_query} gives only {content.written} of the {number} "
                f"triples of <{graph}>.",
                hint="Let the server give larger answers (Virtuoso: ResultSetMaxRows), or use "
                "--graph-store.",
            )
        return content

    def _count(self, graph: str) -> int:
        """Count the triples of a graph.

        Raises:
            EndpointError: When the answer is no number.
        """
        reply = self._ask(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", _JSON
        )
        if "json" not in reply.media_type:
            raise EndpointError(
                f"The endpoint {self._shown_query} answered with "
                f"{reply.media_type or 'no media type'} instead of JSON.",
                hint="Check the address; name that of queries by --query-endpoint.",
            )
        try:
            [row] = json.loads(reply.body)["results"]["bindings"]
            return int(row["n"]["value"])
        except (ValueError, LookupError, TypeError, RecursionError):
            raise EndpointError(
                f"The endpoint {self._shown_query} sent an answer that is no number.",
                hint="Check the address, and name that of queries by --query-endpoint.",
            ) from None

    def _ask(self, query: str, accept: str) -> Reply:
        return self._client.send(
            "POST",
            self._query,
            urlencode({"query": query}).encode(),
            {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
        )

    def _change(
        self, update: str, client: Client | None = None, *, repeatable: bool = True
    ) -> None:
        (client or self._client).send(
            "POST",
            self._update,
            update.encode(),
            {"Accept": "*/*", "Content-Type": "application/sparql-update; charset=utf-8"},
            repeatable=repeatable,
        )
