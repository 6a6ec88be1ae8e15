"""Measure SHACL validators side by side: whole processes, in turn, on the same files.

Each tool gets the graph, ontology included, as one Turtle file and all shapes as another, infers
nothing and writes a report. “ip5kg” gets the same triples as a root folder and runs its ontology
checks besides; “ip5kg --shapes” gets what the others get. The table gives medians; MiB is the peak
of resident memory. “results” are validation results; “same as” compares the set of focus node,
source shape and constraint component with that of pySHACL, or of the next in the table that came
to an end. The ratio is how many times as long as ip5kg a tool took. What cannot be installed or
run is named with the reason.

Usage: python scripts/bench_validators.py --install
       python scripts/bench_validators.py [--core] [--drop 500] [--tools ip5kg,shacl]
       python scripts/bench_validators.py --runs 1 --sizes 40000,80000,160000
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from validators.inputs import Inputs, write_inputs
from validators.reports import read_results
from validators.tables import Measured, Run, growth, table
from validators.tools import HERE, TOOLS, Tool, last_line

ROOT = Path(__file__).resolve().parents[1]
# Compiled modules are kept, as they are for any installed package.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Bench:
    """Runs tools on inputs.

    Args:
        tools: What to run.
        cache: The folder of installations and intermediate files.
        runs: How many runs of each tool to count.
        limit: How many seconds one run may take.
    """

    def __init__(self, tools: Sequence[Tool], cache: Path, runs: int, limit: float) -> None:
        self._tools = tools
        self._cache = cache
        self._runs = runs
        self._limit = limit

    def measure(self, inputs: Inputs, without: dict[str, str]) -> dict[str, Measured]:
        """Run all tools in turn, A, B, C, A, B, C …, so that a ratio holds when the speed drifts.

        Args:
            inputs: What to validate.
            without: Tools that are not run, with the reason.
        """
        measured = {
            tool.name: Measured([], None, without.get(tool.name, tool.missing(self.home(tool))))
            for tool in self._tools
        }
        for number in range(self._runs):
            for tool in self._tools:
                before = measured[tool.name]
                if not before.reason:
                    _progress(f"{inputs.triples:,} triples, run {number + 1}: {tool.name}")
                    measured[tool.name] = self._run(tool, inputs, before)
        _progress("")
        return measured

    def home(self, tool: Tool) -> Path:
        """Return the folder in which a tool is installed."""
        return self._cache / tool.name

    def _run(self, tool: Tool, inputs: Inputs, before: Measured) -> Measured:
        report, errors = self._cache / "report.ttl", self._cache / "errors.txt"
        command = tool.command(self.home(tool), inputs)
        done = subprocess.run(
            [
                *(sys.executable, "-I", "-S", str(HERE / "measure.py")),
                *(str(self._limit), str(report), str(errors), *command),
            ],
            capture_output=True,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
        if done.returncode:
            return before._replace(reason=f"was not measured: {last_line(done.stderr)}")
        told = json.loads(done.stdout)
        if told["over"]:
            return before._replace(reason=f"not within {self._limit:g} s")
        try:
            results = read_results(report)
        except ValueError as error:
            said = last_line(errors.read_text(encoding="utf-8", errors="replace"))
            return before._replace(reason=f"{error} (exit status {told['status']}): {said}")
        run = Run(told["seconds"], told["cpu"], told["peak"])
        return Measured([*before.runs, run], results, "")


def enlarged(root: Path, size: int, folder: Path) -> Path:
    """Enlarge a root to a number of triples, into a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    script = ROOT / "scripts" / "enlarge.py"
    options = ["--triples", str(size), "--root", str(root), "--output", str(folder)]
    subprocess.run([sys.executable, str(script), *options], check=True, stdout=subprocess.DEVNULL)
    return folder


def _progress(text: str) -> None:
    """Say on a terminal what is going on, in one line that is overwritten."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _chosen(names: str) -> list[Tool]:
    """Choose tools by name.

    Raises:
        SystemExit: When there is no such tool.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = {tool.name: tool for tool in TOOLS}
    for name in wanted:
        if name not in known:
            sys.exit(f"There is no validator “{name}”; known: {', '.join(known)}.")
    return [tool for tool in TOOLS if not wanted or tool.name in wanted]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--install", action="store_true", help="install the tools first")
    parser.add_argument("--tools", default="", help="names, separated by commas (default: all)")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each tool")
    parser.add_argument("--timeout", type=float, default=600, help="seconds that a run may take")
    parser.add_argument("--sizes", default="", help="enlarge to these numbers of triples")
    parser.add_argument("--core", action="store_true", help="without SPARQL-based constraints")
    parser.add_argument("--drop", type=int, default=0, metavar="N", help="drop each Nth triple")
    parser.add_argument("--cache", type=Path, default=ROOT / ".bench", help="where to install")
    parser.add_argument("--root", type=Path, default=ROOT, help="the graph and the shapes")
    return parser.parse_args()


def main() -> None:
    """Install what is wanted, measure, print."""
    arguments = _arguments()
    tools = _chosen(arguments.tools)
    work = arguments.cache.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(tools, work, arguments.runs, arguments.timeout)
    without: dict[str, str] = {}
    for tool in tools:
        if arguments.install and tool.registry != "none" and tool.missing(bench.home(tool)):
            _progress(f"installing {tool.name}")
            without |= {tool.name: reason} if (reason := tool.install(bench.home(tool))) else {}
    _progress("")

    python = f"{platform.python_implementation()} {platform.python_version()}"
    kind = "without SPARQL-based constraints" if arguments.core else "all shapes"
    print(f"{python}, {os.cpu_count()} processors, {kind}, medians of {arguments.runs}")
    sizes = []
    for size in [int(word) for word in arguments.sizes.split(",") if word] or [0]:
        root = enlarged(arguments.root, size, work / "enlarged") if size else arguments.root
        inputs = write_inputs(root, work / "inputs", core=arguments.core, every=arguments.drop)
        measured = bench.measure(inputs, without)
        print(f"\n{inputs.triples:,} triples\n{table(tools, measured)}", flush=True)
        sizes.append((inputs.triples, measured))
        # What is too slow for one size is not tried with a greater one.
        without |= {name: got.reason for name, got in measured.items() if got.reason}
    if len(sizes) > 1:
        print(f"\n{growth(tools, sizes)}")


if __name__ == "__main__":
    main()
