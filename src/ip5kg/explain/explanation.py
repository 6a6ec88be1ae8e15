"""The steps of a query with the solutions that each leaves, and the reasons for there being none.

A group joins its elements one after the other, and applies its filters last (SPARQL 1.1, sections
18.2.2 and 5.2.2); once there is no solution, none of the rest can bring one. So the steps are
searched by halves where they need not be counted. Nothing is said but what the engine itself found
of the parts of the query.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from pyoxigraph import NamedNode

from ip5kg.explain.joins import named_iris
from ip5kg.explain.probe import Budget, Probe
from ip5kg.explain.reasons import reasons
from ip5kg.explain.unknown import unknown_thing
from ip5kg.names import shorten
from ip5kg.sparql.groups import Group, Part, asked
from ip5kg.sparql.lexer import tokens
from ip5kg.store import GraphStore

__all__ = ["MOST", "Explanation", "Step", "explain"]

MOST = 100_000
"""Solutions are counted up to this number."""

_JOINED_ALONE = frozenset(("GROUP", "SELECT", "GRAPH", "UNION"))
_MOST_REASONS = 3
_SHOWN = 100
_OF_GRAPHS = "This is said of the graphs of FROM and GRAPH alone, and of each GRAPH by itself."


class Step(NamedTuple):
    """An element of a group.

    Attributes:
        text: The element as the user wrote it, on one line.
        line: The line of the query in which it stands, counted from 1.
        solutions: How many solutions there are with it and all before it; ``MOST + 1`` for more
            than that; None when it was not counted, as after a step that leaves none.
        depth: In how many groups it stands.
    """

    text: str
    line: int
    solutions: int | None = None
    depth: int = 0


class Explanation(NamedTuple):
    """What became of the solutions of a query.

    Attributes:
        steps: The elements of its pattern, in the order in which they apply.
        empty_at: The first step that leaves no solution; None when all leave some.
        reasons: Sentences that say why, as far as that is known.
        complete: Whether all was found out, and in time.
    """

    steps: tuple[Step, ...]
    empty_at: Step | None
    reasons: tuple[str, ...]
    complete: bool = True


def explain(
    store: GraphStore, text: str, *, seconds: float, counted: bool = False
) -> Explanation | None:
    """Say why a query has an empty answer.

    Args:
        store: The graph.
        text: A well-formed query with all its prefixes.
        seconds: How long may be looked for reasons.
        counted: Count the solutions of each step, also when there are some in the end; else the
            answer is known to be empty.

    Returns:
        None when there is nothing to say: the query has no pattern, or is not understood.
    """
    taken = asked(text)
    if taken is None:
        return None
    finder = _Finder(text, Probe(store, taken, Budget(seconds)), counted)
    # The engine cannot be interrupted, but other threads run while it works. What it is still
    # doing when time is up is left to it.
    worker = threading.Thread(target=finder.run, daemon=True)
    worker.start()
    worker.join(seconds)
    return finder.explanation()


class _Finder:
    """Finds the first step without a solution.

    Args:
        text: The query.
        probe: Asks the store.
        counted: Whether to count.
    """

    def __init__(self, text: str, probe: Probe, counted: bool) -> None:
        self._text = text
        self._probe = probe
        self._counted = counted
        self._group = probe.asked.group
        self._steps: list[Step] = []
        self._empty: Part | None = None
        self._reasons: list[str] = []
        self._finished = self._in_graph = False

    def run(self) -> None:
        """Look, until everything is found or the time is up; what fails is a reason not to say."""
        with suppress(Exception):
            self.look()
            self._finished = True

    def look(self) -> None:
        """Look until everything is found.

        Raises:
            GaveUp: When it takes too long.
        """
        self._search(self._group, self._probe, 0)
        for iri in named_iris(self._probe.asked.described, self._probe):
            self._reasons += unknown_thing(NamedNode(iri), self._probe)
        modifiers = " ".join(self._probe.asked.modifiers.split())
        if self._empty is None and modifiers and not self._probe.has_answer(self._text):
            self._reasons.append(
                f"The pattern has solutions, but what follows it leaves none: {_cut(modifiers)}."
            )

    def explanation(self) -> Explanation | None:
        """Say what is found so far."""
        finished, empty = self._finished, self._empty
        said = list(dict.fromkeys(self._reasons))[:_MOST_REASONS]
        if said and (self._probe.asked.dataset or self._in_graph):
            said.append(_OF_GRAPHS)
        if not finished and not self._counted and empty is None:
            return None
        at = None if empty is None else self._step(empty, 0)
        return Explanation(tuple(self._steps), at, tuple(said), finished)

    def _search(self, group: Group, probe: Probe, depth: int) -> list[Step]:
        """Search a group, and the groups in the element that leaves nothing."""
        parts = _ordered(group)
        steps: list[Step] = []
        if not depth:
            self._steps = steps
        number = self._walk(parts, probe, steps, depth) if self._counted else _halved(parts, probe)
        if number is None:
            return steps
        part, before = parts[number], parts[:number]
        self._empty = part
        said = list(reasons(part, before, probe))
        # Of a graph that is not there nothing else can be said.
        if not said and part.kind in _JOINED_ALONE and not probe.some(part.text):
            self._in_graph |= part.kind == "GRAPH"
            inner = [
                step
                for one in part.within
                for step in self._search(one, probe.inside(part.around), depth + 1)
            ]
            steps += inner
            if len(part.within) > 1:
                # Each branch has a step of its own that leaves nothing.
                self._empty = part
        steps += [self._step(rest, depth) for rest in parts[number + 1 :]]
        self._reasons += said
        return steps

    def _walk(
        self, parts: Sequence[Part], probe: Probe, steps: list[Step], depth: int
    ) -> int | None:
        """Count the solutions of each step; give the number of the first that leaves none."""
        for number, part in enumerate(parts):
            found = probe.count(_joined(parts[: number + 1]), MOST)
            steps.append(self._step(part, depth, found))
            if not found:
                return number
        return None

    def _step(self, part: Part, depth: int, solutions: int | None = None) -> Step:
        line = self._text.count("\n", 0, part.start) + 1
        shown = "".join(
            _short(token.text) if token.kind == "iri" else token.text
            for token in tokens(part.shown)
        )
        return Step(_cut(shown), line, solutions, depth)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _short(iri: str) -> str:
    short = shorten(iri[1:-1])
    return iri if short == iri[1:-1] else short


def _ordered(group: Group) -> list[Part]:
    """Sort the filters of a group to its end, where they apply."""
    return sorted(group.parts, key=lambda part: part.kind == "FILTER")


def _joined(parts: Sequence[Part]) -> str:
    return "\n".join(part.text for part in parts)


def _halved(parts: Sequence[Part], probe: Probe) -> int | None:
    """Find the first step that leaves nothing by halving; None when all leave something."""
    if probe.some(_joined(parts)):
        return None
    some, none = 0, len(parts)
    while none - some > 1:
        middle = (some + none) // 2
        if probe.some(_joined(parts[:middle])):
            some = middle
        else:
            none = middle
    return none - 1
