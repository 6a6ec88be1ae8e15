"""Lay out what was measured."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from validators.reports import Results, compared
from validators.tools import Tool

_MEBIBYTE = 1024 * 1024


class Run(NamedTuple):
    """One run of one tool: wall-clock seconds, processor seconds, bytes."""

    seconds: float
    cpu: float
    peak: int


class Measured(NamedTuple):
    """All runs of one tool on one input.

    Attributes:
        runs: The runs that came to an end, in order.
        results: What the last one reported.
        reason: Why there are no more runs; empty when all is well.
    """

    runs: list[Run]
    results: Results | None
    reason: str

    def median(self, field: str) -> float:
        """Return the median of one field of the runs."""
        return statistics.median(getattr(run, field) for run in self.runs)


def table(tools: Sequence[Tool], measured: dict[str, Measured]) -> str:
    """Lay out what was measured on one input."""
    finished = [tool.name for tool in tools if measured[tool.name].runs]
    reference = next((name for name in finished if not name.startswith("ip5kg")), "")
    heading = ["tool", "version", "seconds", "CPU s", "MiB", "results"]
    rows = [(*heading, f"same as {reference or '…'}", "ratio", "of CPU s")]
    for tool in tools:
        got = measured[tool.name]
        if got.reason or got.results is None:
            rows.append((tool.name, tool.version, got.reason, *[""] * 6))
            continue
        against = measured[reference].results if reference else None
        rows.append(
            (
                tool.name,
                tool.version,
                f"{got.median('seconds'):.2f}",
                f"{got.median('cpu'):.2f}",
                f"{got.median('peak') / _MEBIBYTE:.0f}",
                str(got.results.total()),
                compared(got.results, against) if against is not None else "",
                *(_ratio(got, measured.get("ip5kg"), field) for field in ("seconds", "cpu")),
            )
        )
    return _aligned(rows)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Fit y = c · x^k by least squares in logarithms and return k; NaN for a single x."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    if len(set(xs)) < 2:  # noqa: PLR2004 - a line takes two points
        return math.nan
    return statistics.linear_regression(xs, ys).slope


def growth(tools: Sequence[Tool], sizes: Sequence[tuple[int, dict[str, Measured]]]) -> str:
    """Lay out the seconds per size, and the exponents with which they grow."""
    rows = [("seconds", *(f"{triples:,}" for triples, _ in sizes), "exponent", "of CPU s")]
    for tool in tools:
        cells, walls, cpus = [], [], []
        for triples, measured in sizes:
            got = measured[tool.name]
            if got.reason or not got.runs:
                cells.append("-")
                continue
            cells.append(f"{got.median('seconds'):.2f}")
            walls.append((triples, got.median("seconds")))
            cpus.append((triples, got.median("cpu")))
        exponents = [f"{k:.2f}" if math.isfinite(k := slope(p)) else "-" for p in (walls, cpus)]
        rows.append((tool.name, *cells, *exponents))
    return _aligned(rows)


def _ratio(got: Measured, ours: Measured | None, field: str) -> str:
    """Divide each run by that of ip5kg in the same round."""
    if ours is None or not ours.runs:
        return ""
    # A tool that broke off has fewer runs than the other.
    pairs = zip(got.runs, ours.runs, strict=False)
    return f"{statistics.median(getattr(a, field) / getattr(b, field) for a, b in pairs):.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Pad columns: names to the left, figures to the right; a long reason stands alone."""
    widths = [max(len(row[i]) for row in rows if any(row[3:])) for i in range(len(rows[0]))]
    widths[:2] = [max(len(row[i]) for row in rows) for i in range(2)]
    lines = []
    for row in rows:
        if not any(row[3:]):
            lines.append(f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}")
            continue
        cells = [f"{row[0]:{widths[0]}}"]
        cells += [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
