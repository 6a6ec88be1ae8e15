"""Measure what the README promises: medians and ratios, side by side in one run.

All stored queries are timed in the engine: processor time, the best of several. Whole processes
are timed in turn, A, B, C, A, B, C …, and ratios are taken within each turn, so that they hold when
the machine's speed drifts. What cannot be installed or run is named and left out.

The export of a bundle is timed as a whole process, beside rdflib writing the same RDF files.

Usage: python scripts/bench.py [--runs N] [--install] [--check] [--size TRIPLES]
With --size, only all stored queries on the record enlarged to that size, how they grow, and the
exports of it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speed.engine import all_queries, loaded, over
from speed.export import Run, measured, rdflib_writing
from speed.peers import (
    OURS,
    OURS_AGAIN,
    OXIGRAPH,
    RDFLIB_NAME,
    Inputs,
    Peer,
    install,
    load_command,
    peers,
)
from speed.tables import exponents, medians, ratio, slowest

ROOT = Path(__file__).resolve().parents[1]
IP5KG = str(Path(sys.executable).with_name("ip5kg"))
CACHES = Path(tempfile.gettempdir(), f"ip5kg-bench-{os.getpid()}")
# Compiled modules are kept, as they are for any installed package.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["XDG_CACHE_HOME"] = str(CACHES)
SAMPLE = {
    "meeting-chair": {"meeting": "heads-2021"},
    "initiatives": {},
    "concepts-in-use": {},
}
"""A light query, one in the middle and a heavy one."""

ENGINE_BAR, LARGE_BAR, RDFLIB_BAR, OXIGRAPH_BAR, HELP_BAR = 0.020, 2.0, 20.0, 2.0, 0.060
WRITING_BAR, EXPORT_BAR, MEMORY_BAR = 0.5, 60.0, 1500.0
"""Of the time that rdflib takes; and at a million triples, in seconds and in megabytes."""
WITHIN = 120
"""Seconds after which a program is given up."""
GROWTH_BAR = 1.25
"""The exponent over which a query grows faster than its input, with room for the caches of a
processor: at a million triples the graph is in none of them."""


SAYS_WHY = frozenset(("common-ground",))
"""Queries that grow faster than their input, and say why in their description."""


def timed(commands: tuple[tuple[str, ...], ...]) -> float:
    """Run commands to their end and return the seconds they took together.

    Raises:
        RuntimeError: When one fails or does not come to an end.
    """
    begin = time.perf_counter()
    for command in commands:
        try:
            done = subprocess.run(
                command, capture_output=True, check=False, env=ENVIRONMENT, timeout=WITHIN
            )
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"not within {WITHIN} s") from None
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-300:]}")
    return time.perf_counter() - begin


def run(peer: Peer) -> float:
    """Time a program, after its scratch folder is deleted."""
    if peer.scratch:
        shutil.rmtree(peer.scratch, ignore_errors=True)
    return timed(peer.commands)


def in_turn(programs: list[Peer], runs: int) -> tuple[list[dict[str, float]], dict[str, str]]:
    """Time programs in turn; return the rounds, and why some are left out."""
    reasons = {peer.name: peer.missing for peer in programs if peer.missing}
    able = []
    for peer in programs:
        if peer.name in reasons:
            continue
        try:
            run(peer)
        except (OSError, RuntimeError) as error:
            reasons[peer.name] = " ".join(str(error).split())
        else:
            able.append(peer)
    return [{peer.name: run(peer) for peer in able} for _ in range(runs)], reasons


def processes(runs: int, installed: Path) -> list[str]:
    """Measure whole processes; return the bars that are missed."""
    from ip5kg.graph import KnowledgeGraph
    from ip5kg.querybook.parameters import bound_text
    from ip5kg.resources import graph_files

    graph = KnowledgeGraph(ROOT)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        inputs = Inputs(tuple(graph_files(ROOT)), Path(folder), installed)
        inputs.merge()
        for name, values in SAMPLE.items():
            query = Path(folder, f"{name}.rq")
            text = bound_text(graph.queries.get(name), values, graph.store)
            query.write_text(text, encoding="utf-8")
            others = peers(inputs, query)
            oxigraph = next(peer for peer in others if peer.name == OXIGRAPH)
            if not oxigraph.missing and not inputs.store.exists():
                timed((load_command(oxigraph.commands[0][0], inputs.store, inputs.files),))
            options = [part for key, value in values.items() for part in (f"--{key}", value)]
            command = (IP5KG, "query", name, *options, "--format", "csv")
            # What has been answered before is remembered: the second run of a round finds it.
            ours = [Peer(OURS, (command,), scratch=CACHES), Peer(OURS_AGAIN, (command,))]
            rounds, reasons = in_turn([*ours, *others], runs)
            if OURS in reasons:
                sys.exit(reasons[OURS])
            print(f"\n{name}, whole processes, median of {runs}")
            for program, seconds in medians(rounds).items():
                share = ratio(rounds, program, OURS)
                print(f"  {program:22} {seconds * 1000:8.1f} ms {share:7.2f} times {OURS}")
            for program, reason in reasons.items():
                print(f"  {program:22} left out: {reason}")
            for how, our in (("for the first time", OURS), ("again", OURS_AGAIN)):
                if RDFLIB_NAME in rounds[0] and ratio(rounds, RDFLIB_NAME, our) < RDFLIB_BAR:
                    missed.append(f"{name} {how}: not {RDFLIB_BAR:.0f} times as fast as rdflib")
                if OXIGRAPH in rounds[0] and ratio(rounds, our, OXIGRAPH) > OXIGRAPH_BAR:
                    bar = f"{OXIGRAPH_BAR:.0f} times as long as {OXIGRAPH}"
                    missed.append(f"{name} {how}: over {bar}")
    return missed


def start(runs: int) -> list[str]:
    """Measure `--help` against an interpreter that does nothing."""
    nothing = "python -c pass"
    pair = [
        Peer("ip5kg --help", ((IP5KG, "--help"),)),
        Peer(nothing, ((sys.executable, "-c", "pass"),)),
    ]
    rounds, reasons = in_turn(pair, runs)
    if reasons:
        sys.exit("; ".join(reasons.values()))
    found = medians(rounds)
    extra = found["ip5kg --help"] - found[nothing]
    print()
    for name, seconds in found.items():
        print(f"{name:24} {seconds * 1000:8.1f} ms")
    print(f"difference {extra * 1000:.1f} ms (bar: at most {HELP_BAR * 1000:.0f} ms)")
    return ["--help is slow"] if extra > HELP_BAR else []


def engine(times: int) -> list[str]:
    """Measure all stored queries in the engine."""
    from ip5kg.querybook import QueryBook

    store = loaded(ROOT)
    timings = all_queries(QueryBook(ROOT), store, times)
    slow = over(timings, ENGINE_BAR)
    print(f"\nAll stored queries in the engine, {len(store):,} triples, best of {times}")
    print(slowest(timings))
    bar = f"{ENGINE_BAR * 1000:.0f} ms"
    print(f"  {len(slow)} of {len(timings)} over {bar}" if slow else f"  all within {bar}")
    return [f"{timing.name} takes over {bar} in the engine" for timing in slow]


def enlarged(size: int) -> list[str]:
    """Measure all stored queries on the record enlarged to a size and to a quarter of it."""
    import enlarge
    from ip5kg.querybook import QueryBook

    plan, book = enlarge.plan(ROOT), QueryBook(ROOT)
    timings = []
    with tempfile.TemporaryDirectory() as folder:
        for triples in (size // 4, size):
            root = Path(folder, str(triples))
            enlarge.write(plan, plan.copies(triples), ROOT, root)
            store = loaded(root)
            timings.append((len(store), all_queries(book, store, 4)))
            del store
        missed = large_export(root, timings[-1][0], Path(folder))
    (few, smaller), (many, larger) = timings
    slow = over(larger, LARGE_BAR)
    print(f"\nAll stored queries in the engine, {many:,} triples, best of 4")
    print(slowest(larger))
    print(f"  {len(slow)} of {len(larger)} over {LARGE_BAR:.0f} s")
    # An answer that grows faster than the data takes that long to be written, at the least.
    fast_growing = {
        name: (grown, rows)
        for name, (grown, rows) in exponents(smaller, larger, (few, many)).items()
        if grown > GROWTH_BAR * max(1.0, rows) and name.partition(" ")[0] not in SAYS_WHY
    }
    print(f"Growth from {few:,} triples: {len(fast_growing)} faster than n^{GROWTH_BAR}")
    for name, (grown, rows) in sorted(fast_growing.items(), key=lambda item: -item[1][0]):
        print(f"  {name:40} time n^{grown:.2f}, rows n^{rows:.2f}")
    missed += [f"{timing.name} takes over {LARGE_BAR:.0f} s" for timing in slow]
    return missed + [f"{name} grows faster than its input" for name in fast_growing]


def export(runs: int) -> list[str]:
    """Measure the export of the bundle, beside rdflib writing the same RDF files."""
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder, "bundle")
        for _ in range(runs):
            ours = measured([IP5KG, "export", "--portal", str(bundle)])
            number, theirs = rdflib_writing(bundle, Path(folder))
            rounds.append({OURS: ours.seconds, RDFLIB_NAME: theirs})
    found = medians(rounds)
    share = ratio(rounds, OURS, RDFLIB_NAME)
    print(f"\nExport of a bundle with {number} RDF files, median of {runs}")
    print(f"  ip5kg export --portal, whole process {found[OURS]:8.2f} s")
    print(f"  rdflib, writing these RDF files only {found[RDFLIB_NAME]:8.2f} s")
    print(f"  {share:.2f} times as long (bar: {WRITING_BAR})")
    return ["the export takes over half as long as rdflib"] if share > WRITING_BAR else []


def large_export(root: Path, triples: int, folder: Path) -> list[str]:
    """Measure both exports of an enlarged record."""

    def run(name: str, *options: str) -> Run:
        one = measured([IP5KG, "export", *options, str(folder / name), "--root", str(root)])
        print(
            f"  {' '.join(['ip5kg export', *options]):24} {one.seconds:7.1f} s, of processors "
            f"{one.processor:6.1f} s, {one.megabytes:7.0f} MB"
        )
        return one

    print(f"\nExports of {triples:,} triples, whole processes")
    run("six")
    bundle = run("bundle", "--portal")
    # Less than a million may take as long.
    share = max(triples / 1_000_000, 1.0)
    missed = []
    if bundle.seconds > EXPORT_BAR * share:
        missed.append(f"the export takes over {EXPORT_BAR:.0f} s for a million triples")
    if bundle.megabytes > MEMORY_BAR * share:
        missed.append(f"the export takes over {MEMORY_BAR:.0f} MB for a million triples")
    return missed


def main() -> None:
    """Measure and print; with --check, fail when a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is missed")
    parser.add_argument("--install", action="store_true", help="install other programs first")
    parser.add_argument("--cache", type=Path, default=ROOT / ".bench", help="where to install")
    parser.add_argument("--size", type=int, help="enlarge to so many triples, and time that")
    arguments = parser.parse_args()
    if arguments.runs < 1 or (arguments.size is not None and arguments.size < 1):
        parser.error("runs and sizes are positive")

    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    if arguments.size:
        missed = enlarged(arguments.size)
    else:
        if arguments.install and (reason := install(arguments.cache)):
            print(reason)
        try:
            missed = engine(5) + start(arguments.runs)
            missed += processes(arguments.runs, arguments.cache)
        finally:
            shutil.rmtree(CACHES, ignore_errors=True)
        missed += export(min(arguments.runs, 3))
    print("\nAll bars are met." if not missed else "\nMissed:")
    for bar in missed:
        print(f"  {bar}")
    if arguments.check and missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
