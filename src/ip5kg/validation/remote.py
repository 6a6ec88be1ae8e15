"""Validation of a graph behind a SPARQL endpoint, which stays where it is.

SPARQL-based constraints run there as they are, and core constraints as SPARQL (``compile``).
pySHACL says what is wrong with the focus nodes that these find, and evaluates what cannot be
written as SPARQL. It sees the endpoint as a graph that answers one triple pattern at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.errors import EndpointError, ValidationFailure
from ip5kg.store.solutions import counted
from ip5kg.terms import Term
from ip5kg.validation.compile import compiled, uncompiled
from ip5kg.validation.findings import Finding
from ip5kg.validation.reference import ReferenceEngine, view_of
from ip5kg.validation.screen import Selecting, screens, unscreened
from ip5kg.validation.shapes import ShapesGraph

__all__ = ["RemoteGraph", "run_remote"]

_PATIENCE = 20
"""After so many questions for the values of a property, all of its triples are asked for."""


class RemoteGraph:
    """The default graph of an endpoint, one triple pattern at a time.

    Args:
        store: The remote store.
    """

    def __init__(self, store: Selecting) -> None:
        self._store = store
        self._answers: dict[tuple[Term | None, ...], list[Triple]] = {}
        self._questions: Counter[NamedNode] = Counter()
        self._columns: dict[NamedNode, dict[Term, list[Triple]]] = {}

    def __len__(self) -> int:
        """Count the triples."""
        return self._count("?s ?p ?o")

    def match(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        value: Term | None,
    ) -> Iterator[Triple]:
        """Go through the triples that fit a pattern, where None fits anything.

        Raises:
            EndpointError: When the endpoint does not answer, or not with all of it.
            ValidationFailure: When a blank node would have to be asked about.
        """
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            raise ValidationFailure(
                "The shapes lead to a blank node, which an endpoint cannot be asked about.",
                hint="Validate the files of the graph instead.",
            )
        if predicate is not None and subject is not None and value is None:
            yield from self._values(subject, predicate)
            return
        pattern = (subject, predicate, value)
        if pattern not in self._answers:
            self._answers[pattern] = self._ask(pattern)
        yield from self._answers[pattern]

    def _values(self, subject: Term, predicate: NamedNode) -> list[Triple]:
        """List the triples of one subject; of a property that is asked for often, get all."""
        pattern = (subject, predicate, None)
        if predicate not in self._columns and pattern not in self._answers:
            self._questions[predicate] += 1
            if self._questions[predicate] <= _PATIENCE:
                self._answers[pattern] = self._ask(pattern)
            else:
                column: dict[Term, list[Triple]] = defaultdict(list)
                for triple in self._ask((None, predicate, None)):
                    column[triple.subject].append(triple)
                self._columns[predicate] = column
        if predicate in self._columns:
            return self._columns[predicate].get(subject, [])
        return self._answers[pattern]

    def _ask(self, pattern: tuple[Term | None, ...]) -> list[Triple]:
        """Ask for the triples that fit a pattern, and make sure that all came."""
        names = ("?s", "?p", "?o")
        written = [str(t) if t is not None else n for t, n in zip(pattern, names, strict=True)]
        body = " ".join(written)
        wanted = [name for name, term in zip(names, pattern, strict=True) if term is None]
        if isinstance(pattern[0], Literal):
            return []
        if not wanted:
            there = self._count(body) > 0
            return [_triple(pattern, ())] if there else []
        rows = self._store.select(f"SELECT DISTINCT {' '.join(wanted)} WHERE {{ {body} }}").rows
        if len(wanted) > 1 or pattern[0] is None:
            number = self._count(body)
            if number != len(rows):
                raise EndpointError(
                    f"The endpoint gives {len(rows):,} of {number:,} triples for {body}.",
                    hint="It limits the number of rows; raise that limit.",
                )
        return [_triple(pattern, row) for row in rows]

    def _count(self, body: str) -> int:
        question = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT * WHERE { %s } }"
        return counted(self._store.select(question % body))


def run_remote(store: Selecting, shapes: ShapesGraph) -> tuple[list[Finding], int, tuple[str, ...]]:
    """Validate the default graph of an endpoint.

    Args:
        store: The remote store.
        shapes: The shapes graph.

    Returns:
        The findings without places, the number of triples, and notes.

    Raises:
        EndpointError: When the endpoint does not answer as it should.
        ValidationFailure: When nothing is known.
    """
    graph = RemoteGraph(store)
    reference = ReferenceEngine(view_of(graph), shapes)
    screened = screens(shapes)
    whole = unscreened(shapes, screened)
    findings = [
        finding for screen in screened if screen.shape not in whole for finding in screen.run(store)
    ]
    for shape, nodes in sorted(_suspects(store, shapes, whole).items()):
        findings += reference.look_at(shape, sorted(nodes, key=str))
    left = uncompiled(shapes, whole)
    for target, shape in left:
        findings += reference.look_through(target, shape)
    findings += reference.look_from(*sorted(whole))
    by_pyshacl = len(left) + len(whole)
    note = f"pySHACL evaluated {by_pyshacl} shapes that cannot be asked as one question."
    return findings, len(graph), (note,) if by_pyshacl else ()


def _suspects(
    store: Selecting, shapes: ShapesGraph, whole: frozenset[str]
) -> dict[str, set[NamedNode | Literal]]:
    """Ask which nodes break which shape."""
    found: dict[str, set[NamedNode | Literal]] = defaultdict(set)
    for shape, query in compiled(shapes, whole):
        for (node,) in store.select(query).rows:
            if isinstance(node, BlankNode):
                raise ValidationFailure(
                    "A blank node breaks a shape, and an endpoint cannot be asked about it.",
                    hint="Validate the files of the graph instead.",
                )
            if isinstance(node, NamedNode | Literal):
                found[shape].add(node)
    return found


def _triple(pattern: tuple[Term | None, ...], row: tuple[Term | None, ...]) -> Triple:
    """Put what was found into the pattern."""
    found = iter(row)
    subject, predicate, value = (next(found) if term is None else term for term in pattern)
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        raise EndpointError("The endpoint gives triples that are none.")
    if value is None:
        raise EndpointError("The endpoint leaves out the objects of triples.")
    return Triple(subject, predicate, value)
