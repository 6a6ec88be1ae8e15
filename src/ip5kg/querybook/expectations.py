"""What the header of a stored query promises of the answer, held against the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ip5kg.querybook.header import StoredQuery
from ip5kg.querybook.parameters import bound_text
from ip5kg.store import GraphStore

__all__ = ["Tried", "try_query"]


class Tried(NamedTuple):
    """The answer of the shortest call of a stored query, beside what its header promises.

    Attributes:
        query: The name of the query.
        rows: How many rows it has.
        least: How many it must have.
        faults: What is wrong, as sentences.
    """

    query: str
    rows: int
    least: int
    faults: tuple[str, ...]


def try_query(query: StoredQuery, store: GraphStore) -> Tried:
    """Answer the shortest call of a stored query, with its required parameters alone.

    Args:
        query: The stored query.
        store: The graph, here or at an endpoint.

    Raises:
        EndpointError: When an endpoint does not answer as it should.
    """
    given = {one.name: one.example for one in query.parameters if one.required}
    text = bound_text(query, given, store)
    solutions = store.select(text)
    faults = tuple(_faults(query, solutions.variables, len(solutions.rows)))
    return Tried(query.name, len(solutions.rows), query.rows, faults)


def _faults(query: StoredQuery, variables: tuple[str, ...], rows: int) -> Iterator[str]:
    promised = tuple(column.name for column in query.columns)
    if variables != promised:
        yield f"It has the columns {', '.join(variables)} and promises {', '.join(promised)}."
    if rows < query.rows:
        yield f"It has {rows:,} rows, where at least {query.rows:,} are expected."
