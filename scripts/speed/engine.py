"""Time the stored queries in the embedded engine, without what reads and prints around it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from ip5kg.querybook import QueryBook, StoredQuery
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files, graph_iri
from ip5kg.store import EmbeddedStore


class Timing(NamedTuple):
    """A stored query as it was asked: its name and how, processor seconds, and rows."""

    name: str
    seconds: float
    rows: int


def loaded(root: Path) -> EmbeddedStore:
    """Load the graph of a root."""
    return EmbeddedStore((path, graph_iri(path, root)) for path in graph_files(root))


def ways(query: StoredQuery) -> dict[str, dict[str, object]]:
    """List the ways to ask a query, as its users do.

    Returns:
        What follows the name → arguments: its examples, the examples with the day, and only what
        is required, where these differ.
    """
    # A parameter whose example is a list is left out, so that the answer is the whole one.
    full: dict[str, object] = {
        parameter.name: value
        for parameter in query.parameters
        if not parameter.examples and (value := parameter.default or parameter.example)
    }
    plain = {name: value for name, value in full.items() if name != "asOf"}
    needed: dict[str, object] = {
        parameter.name: parameter.example for parameter in query.parameters if parameter.required
    }
    if day := query.parameter("asOf"):
        full["asOf"] = day.example
    found: dict[str, dict[str, object]] = {}
    for suffix, values in (("", plain), (" (as of a day)", full), (" (required only)", needed)):
        if values not in found.values():
            found[suffix] = values
    return found


def best(ask: Callable[[], object], times: int) -> tuple[float, object]:
    """Return the least processor time of some runs, and the last result."""
    least, result = float("inf"), None
    for _ in range(times):
        begin = time.process_time()
        result = ask()
        least = min(least, time.process_time() - begin)
    return least, result


def all_queries(book: QueryBook, store: EmbeddedStore, times: int) -> list[Timing]:
    """Time all stored queries in all ways, the slowest first."""
    found = []
    for query in book.all():
        for suffix, values in ways(query).items():
            text = bound_text(query, values, store)
            seconds, answer = best(lambda text=text: store.select(text), times)
            found.append(Timing(query.name + suffix, seconds, len(answer.rows)))
    return sorted(found, key=lambda timing: -timing.seconds)


def over(timings: Iterable[Timing], bar: float) -> list[Timing]:
    """Keep what takes more than a bar, in seconds."""
    return [timing for timing in timings if timing.seconds > bar]
