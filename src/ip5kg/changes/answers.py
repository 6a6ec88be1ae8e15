"""Which answers of stored queries differ between two states, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.changes.records import AnswerChange, Rows
from ip5kg.errors import UnknownName
from ip5kg.names import shorten
from ip5kg.querybook import QueryBook, StoredQuery
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files, graph_iri
from ip5kg.store import EmbeddedStore
from ip5kg.terms import Term

__all__ = ["answers", "calls", "differences"]

_DAY = "as-of"


def calls(query: StoredQuery) -> Iterator[tuple[str, dict[str, str]]]:
    """List the calls that are compared: with the examples, and again with a day.

    Yields:
        What the call is called, and its parameters.
    """
    given = {
        parameter.name: value
        for parameter in query.parameters
        if not parameter.examples and (value := parameter.default or parameter.example)
    }
    yield query.name, {name: value for name, value in given.items() if name != "asOf"}
    day = query.parameter("asOf")
    if day is not None:
        yield f"{query.name}.{_DAY}", {**given, day.name: day.example}


def answers(root: Path, book: QueryBook) -> dict[str, Rows]:
    """Answer all calls of stored queries on the data of a root.

    Args:
        root: The folder of the data.
        book: The stored queries, which may be those of another root.

    Returns:
        Call → rows; a call about a thing that the data do not have has none.
    """
    store = EmbeddedStore((path, graph_iri(path, root)) for path in graph_files(root))
    found: dict[str, Rows] = {}
    for query in book.all():
        for call, given in calls(query):
            try:
                text = bound_text(query, given, store)
            except UnknownName:
                found[call] = Counter()
                continue
            found[call] = Counter(tuple(map(_written, row)) for row in store.select(text).rows)
    return found


def differences(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> tuple[AnswerChange, ...]:
    """List the answers that differ, by the name of the call; the order of rows is left aside."""
    found = []
    for call in sorted(before.keys() | after.keys()):
        old, new = before.get(call, Counter()), after.get(call, Counter())
        if old != new:
            found.append(AnswerChange(call, new - old, old - new, new.total()))
    return tuple(found)


def _written(term: Term | None) -> str:
    """Write a term as the golden answers do: IRIs as prefixed names, literals as their text."""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal | BlankNode) else ""
