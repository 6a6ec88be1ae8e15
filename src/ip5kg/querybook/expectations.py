"""What the header of a stored query promises of the answer, held against the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ip5kg.errors import ParameterError, UnknownName
from ip5kg.querybook.header import Parameter, StoredQuery
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
    """Answer the shortest call of a stored query, and one with each of its other examples.

    The shortest call has the required parameters alone.

    Args:
        query: The stored query.
        store: The graph, here or at an endpoint.

    Raises:
        EndpointError: When an endpoint does not answer as it should.
    """
    given = {one.name: one.example for one in query.parameters if one.required}
    try:
        solutions = store.select(bound_text(query, given, store))
    except (ParameterError, UnknownName) as error:
        return Tried(query.name, 0, query.rows, (f"Its example is none: {error.message}",))
    faults = [*_faults(query, solutions.variables, len(solutions.rows))]
    for parameter in query.parameters:
        if parameter.name not in given:
            faults += _example_faults(query, given, parameter, store)
    return Tried(query.name, len(solutions.rows), query.rows, tuple(faults))


def _example_faults(
    query: StoredQuery, given: Mapping[str, object], parameter: Parameter, store: GraphStore
) -> Iterator[str]:
    """Hold the examples of a parameter against the graph."""
    for example in parameter.examples or (parameter.example,):
        called = f"--{parameter.flag} {example}"
        try:
            text = bound_text(query, {**given, parameter.name: example}, store)
        except (ParameterError, UnknownName) as error:
            yield f"The example {called} is none: {error.message}"
        else:
            if not store.has_answer(text):
                yield f"The example {called} has no answer."


def _faults(query: StoredQuery, variables: tuple[str, ...], rows: int) -> Iterator[str]:
    promised = tuple(column.name for column in query.columns)
    if variables != promised:
        yield f"It has the columns {', '.join(variables)} and promises {', '.join(promised)}."
    if rows < query.rows:
        yield f"It has {rows:,} rows, where at least {query.rows:,} are expected."
