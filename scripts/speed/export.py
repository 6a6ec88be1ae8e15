"""Time the export of a bundle, beside rdflib writing the same RDF files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

# Reading is not counted: only what rdflib takes to write each file again, in its syntax.
RDFLIB = """
import pathlib, sys, time
import rdflib
rdflib.NORMALIZE_LITERALS = False
FORMS = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld",
         ".rdf": "xml"}
bundle, spent = pathlib.Path(sys.argv[1]), 0.0
files = [path for name in ("graph", "themes", "years", "ontology") for path in
         sorted((bundle / name).iterdir()) if path.suffix in FORMS]
for stem in sorted({path.with_suffix("") for path in files}):
    source = next(path for end in (".nq", ".ttl") if (path := stem.with_suffix(end)).exists())
    dataset = rdflib.Dataset()
    dataset.parse(source, format=FORMS[source.suffix])
    graph = rdflib.Graph()
    for quad in dataset.quads():
        graph.add(quad[:3])
    for path in files:
        if path.with_suffix("") == stem:
            form = FORMS[path.suffix]
            begin = time.perf_counter()
            one = dataset if form in ("nquads", "trig") else graph
            one.serialize(sys.argv[2], format=form, encoding="utf-8")
            spent += time.perf_counter() - begin
print(len(files), spent)
"""


MEASURE = Path(__file__).resolve().parents[1] / "validators" / "measure.py"
WITHIN = 3600
"""Seconds after which a command is given up."""


class Run(NamedTuple):
    """A process: seconds on the clock, of processors, and the most memory in megabytes."""

    seconds: float
    processor: float
    megabytes: float


def measured(command: list[str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: When it fails.
    """
    with tempfile.NamedTemporaryFile() as errors:
        meter = [sys.executable, "-I", "-S", str(MEASURE), str(WITHIN), os.devnull, errors.name]
        done = subprocess.run([*meter, *command], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        if told["status"]:
            said = errors.read().decode(errors="replace")[-300:]
            raise RuntimeError(f"{' '.join(command)} ends with {told['status']}: {said}")
    return Run(told["seconds"], told["cpu"], told["peak"] / 1e6)


def rdflib_writing(bundle: Path, scratch: Path) -> tuple[int, float]:
    """Let rdflib write the RDF files of a bundle again; return their number, and the seconds."""
    command = [sys.executable, "-W", "ignore", "-c", RDFLIB, str(bundle), str(scratch / "rdflib")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    number, seconds = done.stdout.split()
    return int(number), float(seconds)
