"""Write the graph and the shapes of a root as one file each, the same for all validators."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from ip5kg.names import PREFIXES
from ip5kg.resources import graph_files, shape_files
from ip5kg.turtle.reader import read

_SH_SPARQL = NamedNode(PREFIXES["sh"] + "sparql")


class Inputs(NamedTuple):
    """What a validator is given.

    Attributes:
        data: The graph, ontology included, as one Turtle file.
        shapes: The shapes graph as one Turtle file.
        root: The same, laid out as ip5kg wants it.
        triples: How many triples the graph has.
    """

    data: Path
    shapes: Path
    root: Path
    triples: int


def write_inputs(root: Path, folder: Path, *, core: bool = False, every: int = 0) -> Inputs:
    """Write the inputs of one measurement.

    Args:
        root: A root with the graph and the shapes.
        folder: Where to write; it is emptied first.
        core: Leave the SPARQL-based constraints out.
        every: Leave out every so manieth triple of the data, so that there is something to find.
    """
    shutil.rmtree(folder, ignore_errors=True)
    own = folder / "root"
    own.mkdir(parents=True)
    data, shapes = folder / "data.ttl", folder / "shapes.ttl"
    files = graph_files(root)
    ontology = [path for path in files if (root / "data") not in path.parents]
    records = [path for path in files if path not in set(ontology)]

    shutil.copytree(root / "ontology", own / "ontology", ignore=shutil.ignore_patterns("shapes"))
    shutil.copytree(root / "queries", own / "queries")
    for name in ("data", "ontology/shapes"):
        (own / name).mkdir()
    _write(_kept(_triples(records), every), own / "data" / "data.ttl")
    triples = _write(chain(_triples(ontology), _kept(_triples(records), every)), data)
    _write(_shapes(root, core=core), shapes)
    shutil.copy(shapes, own / "ontology" / "shapes" / "shapes.ttl")
    return Inputs(data, shapes, own, triples)


def _triples(files: list[Path]) -> Iterator[Triple]:
    """Read files one after the other, so that no more than one is held at a time."""
    for path in files:
        yield from read(path)


def _kept(triples: Iterator[Triple], every: int) -> Iterator[Triple]:
    return (t for number, t in enumerate(triples, start=1) if not every or number % every)


def _shapes(root: Path, *, core: bool) -> Iterator[Triple]:
    triples = list(_triples(shape_files(root)))
    queries = {triple.object for triple in triples if core and triple.predicate == _SH_SPARQL}
    return (t for t in triples if t.subject not in queries and t.object not in queries)


def _write(triples: Iterator[Triple], path: Path) -> int:
    """Write triples as Turtle and return how many there were."""
    count = 0

    def counted() -> Iterator[Triple]:
        nonlocal count
        for triple in triples:
            count += 1
            yield triple

    with path.open("wb") as file:
        serialize(counted(), file, RdfFormat.TURTLE, prefixes=PREFIXES)
    return count
