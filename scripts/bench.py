"""Measure what the README promises: medians and ratios, side by side in one run.

Whole processes are timed, in turn A, B, A, B …, so that a ratio holds when the machine's speed
drifts. Usage: python scripts/bench.py [--runs N] [--check]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IP5KG = str(Path(sys.executable).with_name("ip5kg"))
# Compiled modules are kept, as they are for any installed package.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
QUERY = "meeting-chair"
PARAMETERS = ["--meeting", "heads-2021"]

RDFLIB = """
import sys
import rdflib
graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path, format="turtle")
for row in graph.query(sys.argv[1]):
    print(*row, sep=",")
"""


def bound_query() -> str:
    """Return the SPARQL that `ip5kg query` runs."""
    from ip5kg.graph import KnowledgeGraph
    from ip5kg.querybook.parameters import bound_text

    graph = KnowledgeGraph(ROOT)
    return bound_text(graph.queries.get(QUERY), {"meeting": "heads-2021"}, graph.store)


def timed(command: list[str]) -> float:
    """Run a command to its end and return the seconds it took."""
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    seconds = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed: {done.stderr.decode()[-500:]}")
    return seconds


def side_by_side(first: list[str], second: list[str], runs: int) -> tuple[float, float, float]:
    """Time two commands in turn; return both medians and the median ratio first/second."""
    timed(first)
    timed(second)
    pairs = [(timed(first), timed(second)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def main() -> None:
    """Measure and print; with --check, fail when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is missed")
    arguments = parser.parse_args()

    from ip5kg.resources import graph_files

    files = [str(path) for path in graph_files(ROOT)]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {len(files)} files")
    ours, theirs, ratio = side_by_side(
        [IP5KG, "query", QUERY, *PARAMETERS],
        [sys.executable, "-c", RDFLIB, bound_query(), *files],
        arguments.runs,
    )
    print(f"ip5kg query {QUERY}, cold   {ours * 1000:7.1f} ms")
    print(f"rdflib, same files, same SPARQL {theirs * 1000:7.1f} ms")
    print(f"ratio {ratio:.3f} (bar: at most 0.200)")
    help_time, nothing, _ = side_by_side(
        [IP5KG, "--help"], [sys.executable, "-c", "pass"], arguments.runs
    )
    extra = (help_time - nothing) * 1000
    print(f"ip5kg --help              {help_time * 1000:7.1f} ms")
    print(f"python -c pass            {nothing * 1000:7.1f} ms")
    print(f"difference {extra:.1f} ms (bar: at most 60 ms)")
    if arguments.check and (ratio > 0.2 or extra > 60):  # noqa: PLR2004
        sys.exit(1)


if __name__ == "__main__":
    main()
