"""Small queries about a query: with its prefixes, on its dataset, and with an end."""

from __future__ import annotations

import time

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import EndpointError, QueryError
from ip5kg.names import PREFIXES, shorten
from ip5kg.sparql.groups import Asked
from ip5kg.store import GraphStore, Solutions, counted
from ip5kg.terms import Term

__all__ = ["Budget", "GaveUp", "Probe", "written"]

_MOST_PROBES = 150
_STRING = PREFIXES["xsd"] + "string"


class GaveUp(Exception):
    """Finding out would take too long, or needs what the engine does not take."""


class Budget:
    """How long may still be looked.

    Args:
        seconds: All the time there is.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._left = _MOST_PROBES

    def spend(self) -> None:
        """Take one query off.

        Raises:
            GaveUp: When there is none left, or no time.
        """
        self._left -= 1
        if self._left < 0 or time.monotonic() > self._end:
            raise GaveUp


class Probe:
    """Asks the store about parts of a query.

    Args:
        store: The store.
        asked: The query.
        budget: How long may still be asked.
        around: What goes before the braces that the parts stand in, for each brace.
    """

    def __init__(
        self, store: GraphStore, asked: Asked, budget: Budget, around: tuple[str, ...] = ()
    ) -> None:
        self.store = store
        self.asked = asked
        self._budget = budget
        self._around = around

    def inside(self, around: str) -> Probe:
        """Make a probe for what stands further in."""
        return Probe(self.store, self.asked, self._budget, (*self._around, around))

    def count(self, pattern: str, most: int) -> int:
        """Count the solutions of a pattern, up to one more than so many.

        Raises:
            GaveUp: When it takes too long.
        """
        inner = f"SELECT * {{ {self._inside(pattern)}\n }} LIMIT {most + 1}"
        return counted(self._run("(COUNT(*) AS ?ip5kg_count)", f"{{ {inner} }}"))

    def some(self, pattern: str) -> bool:
        """Tell whether a pattern has a solution.

        Raises:
            GaveUp: When it takes too long.
        """
        return self.count(pattern, 0) > 0

    def has_answer(self, query: str) -> bool:
        """Tell whether a whole query has an answer.

        Raises:
            GaveUp: When it takes too long.
        """
        self._budget.spend()
        try:
            return self.store.has_answer(query)
        except (EndpointError, QueryError) as error:
            raise GaveUp from error

    def values(self, what: str, pattern: str, most: int, after: str = "") -> list[list[Term]]:
        """List some solutions of a pattern, those without an unbound variable.

        Sort them by texts or numbers alone: on values of all types the engine's order is none, and
        it ends the process when it finds that out.

        Raises:
            GaveUp: When it takes too long.
        """
        found = self._run(what, self._inside(pattern), f"{after} LIMIT {most}")
        rows = [[term for term in row if term is not None] for row in found.rows]
        return [row for row in rows if len(row) == len(found.variables)]

    def term(self, text: str) -> Term | None:
        """Read a term as it is written in the query; None for a variable.

        Raises:
            GaveUp: When it takes too long.
        """
        if text[0] in "?$":
            return None
        pattern = f"VALUES ?ip5kg_term {{ {text} }}"
        rows = self.values("?ip5kg_term", pattern, 1)
        return rows[0][0] if rows else None

    def _inside(self, pattern: str) -> str:
        """Put a pattern where the parts stand."""
        opening = "".join(f"{around} {{ " for around in self._around)
        return f"{opening}{pattern}\n{'} ' * len(self._around)}"

    def _run(self, what: str, pattern: str, after: str = "") -> Solutions:
        self._budget.spend()
        asked = self.asked
        text = f"{asked.prologue} SELECT {what} {asked.dataset} WHERE {{ {pattern}\n }} {after}"
        try:
            return self.store.select(text)
        except (EndpointError, QueryError) as error:
            raise GaveUp from error


def written(term: Term) -> str:
    """Write a term for people, as SPARQL has it."""
    if isinstance(term, NamedNode):
        short = shorten(term.value)
        return str(term) if short == term.value else short
    if not isinstance(term, Literal) or term.language or term.datatype.value == _STRING:
        return str(term)
    return f"{Literal(term.value)}^^{written(term.datatype)}"
