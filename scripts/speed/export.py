"""Time the export of a bundle, beside rdflib writing the same RDF files."""

from __future__ import annotations

import subprocess
import sys
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


# A process of its own, since a child begins with the memory of its parent counted as its own.
METER = """
import resource, subprocess, sys, time
begin = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False).returncode
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


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
    done = subprocess.run(
        [sys.executable, "-c", METER, *command], capture_output=True, text=True, check=True
    )
    status, seconds, processor, memory = done.stdout.split()
    if status != "0":
        raise RuntimeError(f"{' '.join(command)} ends with {status}: {done.stderr[-300:]}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Run(float(seconds), float(processor), int(memory) / unit)


def rdflib_writing(bundle: Path, scratch: Path) -> tuple[int, float]:
    """Let rdflib write the RDF files of a bundle again; return their number, and the seconds."""
    command = [sys.executable, "-W", "ignore", "-c", RDFLIB, str(bundle), str(scratch / "rdflib")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    number, seconds = done.stdout.split()
    return int(number), float(seconds)
