"""The names that can go on from what is typed."""

from __future__ import annotations

import re
import shlex
from bisect import bisect_left
from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode

from ip5kg.errors import Ip5kgError
from ip5kg.graph import KnowledgeGraph
from ip5kg.names import PREFIXES, shorten
from ip5kg.sparql.lexer import tokens

__all__ = ["Names"]

_MOST = 200
_WORD = re.compile(r"[?$]?[\w:.-]*\Z")
_QUERY = "SELECT DISTINCT ?t { { ?t a ?c } UNION { ?s a ?t } UNION { ?s ?t ?o } FILTER(ISIRI(?t)) }"


class Names:
    """Completes queries and calls of stored queries.

    Args:
        graph: Opens the graph whose names they are; called when they are first asked for.
    """

    def __init__(self, graph: Callable[[], KnowledgeGraph]) -> None:
        self._graph = graph
        self._known: list[str] | None = None

    def of_query(self, before: str, query: str) -> tuple[str, list[str]]:
        """Complete a query.

        Args:
            before: The line up to the cursor.
            query: The whole query, for its variables.

        Returns:
            What is replaced, and what may take its place.
        """
        typed = _typed(before)
        if typed[:1] in ("?", "$"):
            found = {token.text for token in tokens(query) if token.kind == "variable"} - {typed}
            return typed, sorted(name for name in found if name.startswith(typed))
        if not typed:
            return typed, []
        if ":" not in typed:
            return typed, sorted(f"{prefix}:" for prefix in PREFIXES if prefix.startswith(typed))
        known = self._names()
        start = bisect_left(known, typed)
        found_names = []
        for name in known[start : start + _MOST]:
            if not name.startswith(typed):
                break
            found_names.append(name)
        return typed, found_names

    def of_call(self, before: str) -> tuple[str, list[str]]:
        """Complete the call of a stored query: its name, its parameters or their values.

        Args:
            before: The line after ``%ip5kg``, up to the cursor.

        Returns:
            What is replaced, and what may take its place.
        """
        typed = before.rsplit(" ", 1)[-1]
        try:
            words = shlex.split(before[: len(before) - len(typed)])
        except ValueError:
            return typed, []
        try:
            return typed, _starting(typed, self._next(words))
        except Ip5kgError:
            return typed, []

    def _next(self, words: list[str]) -> Iterable[str]:
        """List what can stand after some words."""
        graph = self._graph()
        if not words:
            return graph.queries.names()
        stored = graph.queries.get(words[0])
        for parameter in stored.parameters:
            if words[-1] == f"--{parameter.flag}":
                values = graph.choices(stored.name, parameter.name)
                return [getattr(value, "short", str(value)) for value in values]
        return [f"--{parameter.flag}" for parameter in stored.parameters]

    def _names(self) -> list[str]:
        """List the prefixed names of all that the graph describes or uses, sorted."""
        if self._known is None:
            rows = self._graph().store.select(_QUERY).rows
            iris = {term.value for (term,) in rows if isinstance(term, NamedNode)}
            self._known = sorted(short for iri in iris if (short := shorten(iri)) != iri)
        return self._known


def _typed(before: str) -> str:
    found = _WORD.search(before)
    return found.group() if found else ""


def _starting(typed: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(typed))[:_MOST]
