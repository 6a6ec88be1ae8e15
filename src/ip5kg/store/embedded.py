"""The graph in memory, on pyoxigraph, with a named graph for each source file.

The store is an index, not the truth: it rewrites literals (``1.50`` becomes ``1.5``). What must
be lossless is made from the parsed files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from ip5kg.errors import InputError, QueryRefused, QuerySyntaxError
from ip5kg.names import RDFS_LABEL, SKOS
from ip5kg.sparql.dataset import graphs_query, refuse_service
from ip5kg.sparql.faults import query_syntax_error
from ip5kg.sparql.lexer import refuse_excess
from ip5kg.store.solutions import Outcome, Solutions
from ip5kg.terms import Term
from ip5kg.turtle.reader import rdf_syntax_error, read_bytes

__all__ = ["EmbeddedStore"]

_LABELS = (NamedNode(RDFS_LABEL), NamedNode(SKOS + "prefLabel"))


class EmbeddedStore:
    """A SPARQL 1.1 store in this process.

    Args:
        graphs: Pairs of a Turtle file and the IRI of the named graph it goes into.

    Raises:
        InputError: When a file cannot be read.
        RdfSyntaxError: When a file is not Turtle.
    """

    def __init__(self, graphs: Iterable[tuple[Path, str]]) -> None:
        self._store = Store()
        self._graphs: set[str] = set()
        for path, graph in graphs:
            self._graphs.add(graph)
            try:
                self._store.load(
                    read_bytes(path), format=RdfFormat.TURTLE, to_graph=NamedNode(graph)
                )
            except SyntaxError as error:
                raise rdf_syntax_error(path, error) from None
            except MemoryError:
                raise InputError(f"{path} has a term that is too long to be read.") from None

    @classmethod
    def of(cls, triples: Iterable[Triple], texts: Iterable[bytes] = ()) -> Self:
        """Make a store of parsed triples and of N-Triples, all in the default graph.

        Args:
            triples: Parsed triples.
            texts: N-Triples written from parsed triples; their terms are not checked again.
        """
        made = cls(())
        for text in texts:
            made._store.bulk_load(text, format=RdfFormat.N_TRIPLES, lenient=True)
        made._store.extend(Quad(*triple) for triple in triples)
        return made

    def __len__(self) -> int:
        """Count the triples, each once for every graph it stands in."""
        return len(self._store)

    def match(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        value: Term | None,
    ) -> Iterator[Triple]:
        """Go through the triples that fit a pattern, where None fits anything."""
        for quad in self._store.quads_for_pattern(subject, predicate, value):
            yield quad.triple

    def run(self, query: str) -> Outcome:
        """Run a query of any form over the union of all named graphs, or those of its FROM.

        Raises:
            QuerySyntaxError: When the text is no SPARQL 1.1 query.
            QueryRefused: When it is too deep or long, asks another endpoint, or names a graph by
                FROM that there is not.
        """
        with _speaking_plainly(query):
            result = self._evaluated(query)
            if isinstance(result, QuerySolutions):
                variables = tuple(variable.value for variable in result.variables)
                return Solutions(variables, [tuple(solution) for solution in result])
            if isinstance(result, QueryBoolean):
                return bool(result)
            return list(result)

    def check(self, query: str) -> None:
        """Find what is wrong with a query, without running it on the graph; errors as of ``run``.

        Raises:
            QueryError: When it would not be run.
        """
        with _speaking_plainly(query):
            self._evaluated(query, Store())

    def has_answer(self, query: str) -> bool:
        """Tell whether a query has a row, a triple or the answer yes; errors as of ``run``.

        Raises:
            QueryError: When it is not run.
        """
        with _speaking_plainly(query):
            result = self._evaluated(query)
            if isinstance(result, QueryBoolean):
                return bool(result)
            return next(iter(result), None) is not None

    def _evaluated(
        self, query: str, store: Store | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Let the engine evaluate a query, which it does while the result is read."""
        refuse_excess(query)
        refuse_service(query)
        graphs = graphs_query(query)
        if graphs is not None:
            self._refuse_unknown_graphs(graphs)
        return (self._store if store is None else store).query(
            query, use_default_graph_as_union=graphs is None
        )

    def select(self, query: str) -> Solutions:
        """Run a SELECT query."""
        outcome = self.run(query)
        if not isinstance(outcome, Solutions):
            raise QuerySyntaxError("The query is not a SELECT query.")
        return outcome

    def _refuse_unknown_graphs(self, graphs: str) -> None:
        """Refuse graphs that the store does not have; the engine takes them for empty ones."""
        wanted = self._store.query(graphs)
        for (graph,) in wanted if isinstance(wanted, QuerySolutions) else ():
            if isinstance(graph, NamedNode) and graph.value not in self._graphs:
                from difflib import get_close_matches

                near = get_close_matches(graph.value, sorted(self._graphs), n=3, cutoff=0.8)
                shown = ", ".join(f"<{name}>" for name in near)
                raise QueryRefused(
                    f"The dataset has no graph <{graph.value}> to query FROM.",
                    hint=f"Near matches: {shown}."
                    if near
                    else "List them by SELECT ?graph { GRAPH ?graph {} }.",
                )

    def labels(self, iris: Iterable[str], language: str = "en") -> dict[str, str]:
        """Look up labels: IRI → ``rdfs:label`` or ``skos:prefLabel`` in the language."""
        found: dict[str, str] = {}
        for iri in iris:
            for predicate in _LABELS:
                for quad in self._store.quads_for_pattern(NamedNode(iri), predicate, None):
                    label = quad.object
                    if isinstance(label, Literal) and label.language == language:
                        found.setdefault(iri, label.value)
        return found


@contextmanager
def _speaking_plainly(query: str) -> Iterator[None]:
    """Raise what the engine raises as an error of ours."""
    try:
        yield
    except SyntaxError as error:
        raise query_syntax_error(query, error.msg or str(error)) from None
    except UnicodeEncodeError as error:
        character = f"U+{ord(query[error.start]):04X}"
        raise QuerySyntaxError(f"The query holds {character}, which is half a character.") from None
    except (RuntimeError, OSError, ValueError) as error:
        raise QuerySyntaxError(f"The query cannot be evaluated: {error}.") from None
