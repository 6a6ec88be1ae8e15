"""What a SPARQL query answers, and what can answer it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeAlias

from pyoxigraph import Literal, Triple

from ip5kg.errors import EndpointError
from ip5kg.terms import Term

__all__ = ["GraphStore", "Outcome", "Solutions", "counted"]


class Solutions(NamedTuple):
    """A sequence of solutions (SPARQL 1.1, section 18).

    Attributes:
        variables: Names of the projected variables, without question marks.
        rows: One tuple of terms for each solution, None where a variable is unbound.
    """

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


Outcome: TypeAlias = Solutions | bool | list[Triple]
"""Solutions for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE."""


def counted(solutions: Solutions) -> int:
    """Return the one number of a query that counts.

    Raises:
        EndpointError: When it is not one row with one whole number, as only a remote store
            could answer.
    """
    if len(solutions.rows) == 1 and len(solutions.rows[0]) == 1:
        (number,) = solutions.rows[0]
        if isinstance(number, Literal) and number.value.isdecimal():
            return int(number.value)
    raise EndpointError("The endpoint gives no number when it is asked to count.")


class GraphStore(Protocol):
    """Something that answers SPARQL over the union of its named graphs."""

    def run(self, query: str) -> Outcome:
        """Run a query of any form.

        Raises:
            QuerySyntaxError: When the text is no SPARQL 1.1 query.
            QueryRefused: When an embedded store does not run it.
            EndpointError: When a remote store does not answer as it should.
        """
        ...

    def select(self, query: str) -> Solutions:
        """Run a SELECT query."""
        ...

    def has_answer(self, query: str) -> bool:
        """Tell whether a query has a row, a triple or the answer yes."""
        ...

    def labels(self, iris: Iterable[str], language: str = "en") -> dict[str, str]:
        """Look up labels: IRI → ``rdfs:label`` or ``skos:prefLabel`` in the language."""
        ...
