"""Lay out what was measured, and compare it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from speed.engine import Timing
from validators.tables import slope

NOISE = 0.005
"""Seconds below which the growth of a time says nothing."""


def medians(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median seconds of each program over all rounds."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def ratio(rounds: Sequence[Mapping[str, float]], first: str, second: str) -> float:
    """Return the median of first/second, each divided within its round.

    A machine whose speed drifts is as fast for the one as for the other within a round.
    """
    return statistics.median(one[first] / one[second] for one in rounds)


def exponents(
    smaller: Sequence[Timing], larger: Sequence[Timing], sizes: tuple[int, int]
) -> dict[str, tuple[float, float]]:
    """Tell how queries grow between two sizes of the graph.

    Returns:
        Name → exponent of time over triples, and that of rows over triples. An answer that grows
        with the square of the data takes at least that long to write. What takes less than the
        noise at both sizes is left out.
    """
    before = {timing.name: timing for timing in smaller}
    found = {}
    for now in larger:
        was = before.get(now.name)
        if was is None or now.seconds < NOISE or was.seconds <= 0:
            continue
        grown = slope([(sizes[0], max(was.seconds, NOISE / 10)), (sizes[1], now.seconds)])
        rows = slope([(sizes[0], max(1, was.rows)), (sizes[1], max(1, now.rows))])
        found[now.name] = (grown, rows)
    return found


def slowest(timings: Sequence[Timing], count: int = 10) -> str:
    """Lay out the slowest queries."""
    ordered = sorted(timings, key=lambda timing: -timing.seconds)[:count]
    width = max(len(timing.name) for timing in ordered)
    return "\n".join(
        f"  {timing.name:{width}} {timing.seconds * 1000:8.1f} ms {timing.rows:7} rows"
        for timing in ordered
    )
