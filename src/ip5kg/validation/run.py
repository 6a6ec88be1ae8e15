"""One validation from files to report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from ip5kg.errors import InputError
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.resources import graph_files, shape_files, shown
from ip5kg.turtle.reader import read
from ip5kg.validation.anonymous import with_names
from ip5kg.validation.checks import Running, read_checks
from ip5kg.validation.coverage import shape_coverage
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import WORKERS, start_engine
from ip5kg.validation.files import ParsedFiles
from ip5kg.validation.findings import throughout, with_fingerprints
from ip5kg.validation.places import Places, near
from ip5kg.validation.report import Report
from ip5kg.validation.shapes import ShapesGraph
from ip5kg.validation.suggest import suggested

__all__ = ["validate", "validate_endpoint", "validate_files"]

if TYPE_CHECKING:
    from ip5kg.store.remote import RemoteStore

_IMPORTS = NamedNode(PREFIXES["owl"] + "imports")

_Parsed = Mapping[Path, list[Triple]]


def validate(
    root: Path, files: Sequence[Path] = (), *, engine: str = "auto", coverage: bool = False
) -> Report:
    """Check a graph against the shapes and the ontology checks of its root.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
        files: Further files, or files of the root. They are checked in the context of the whole
            graph, and only findings about their subjects are reported. Without any, all are.
        engine: ``auto``, ``fast`` or ``reference``.
        coverage: Whether to measure what of the data the shapes look at.

    Raises:
        InputError: When a file cannot be read or is not Turtle.
        ValidationFailure: When an engine breaks off, so that nothing is known.
    """
    called = {path.absolute(): str(path) for path in files}
    paths = dict.fromkeys((*called, *(path.absolute() for path in graph_files(root))))
    parsed = ParsedFiles(paths, read)
    parsed_shapes = {path: read(path) for path in shape_files(root)}
    shapes = ShapesGraph(triple for triples in parsed_shapes.values() for triple in triples)
    checks = read_checks(root)
    if not (shapes.triples or checks) or not paths:
        missing = "data" if shapes.triples or checks else "shapes and no checks"
        raise InputError(
            f"There are no {missing} below {shown(root)}, so nothing can be said of it.",
            hint="Name the folder that has ontology/ and data/ in it.",
        )

    def name(path: Path) -> str:
        return called.get(path) or near(path, root)

    places = Places(parsed, name, shapes, parsed_shapes)
    report = _report(parsed, shapes, checks, engine, places)
    report = report._replace(subject=next(iter(called.values()), f"{near(root / 'data', root)}/"))
    if coverage:
        report = _covered(report, parsed, shapes, name)
    if not called:
        return report
    homes = _homes(parsed, set(called))
    about = tuple(f for f in report.findings if homes.get(str(f.focus)) in called)
    return report._replace(findings=about)


def validate_files(
    data: Sequence[Path], shapes: Sequence[Path], *, engine: str = "auto", coverage: bool = False
) -> Report:
    """Check data files against shapes files, whatever they are about.

    Nothing is fetched: an ``owl:imports`` of what is not among the files is noted.

    Args:
        data: The files that make up the data graph.
        shapes: The files that make up the shapes graph.
        engine: ``auto``, ``fast`` or ``reference``.
        coverage: Whether to measure what of the data the shapes look at.

    Raises:
        InputError: When a file cannot be read, or the shapes graph is not well-formed.
        ValidationFailure: When an engine breaks off, so that nothing is known.
    """
    from ip5kg.validation.meta import refuse_malformed_shapes

    parsed_shapes = {path: _read(path) for path in dict.fromkeys(shapes)}
    parsed = ParsedFiles(data, lambda path: parsed_shapes.get(path) or _read(path))
    graph = ShapesGraph(triple for triples in parsed_shapes.values() for triple in triples)
    if not len(graph):
        listed = ", ".join(map(str, shapes))
        raise InputError(
            f"There is no shape in {listed}.",
            hint="A shape is a sh:NodeShape or a sh:PropertyShape.",
        )
    refuse_malformed_shapes(parsed_shapes)
    places = Places(parsed, str, graph, parsed_shapes)
    report = _report(parsed, graph, [], engine, places)
    notes = (*report.notes, *_imports((parsed, parsed_shapes)))
    report = report._replace(notes=notes, subject=str(next(iter(data), "")))
    return _covered(report, parsed, graph, str) if coverage else report


def validate_endpoint(store: RemoteStore, root: Path | None, shapes: Sequence[Path] = ()) -> Report:
    """Check the graph behind a SPARQL endpoint, which stays where it is.

    Findings have no places, since there are no files.

    Args:
        store: The endpoint; its default graph is validated.
        root: The folder whose shapes and ontology checks are used; None with shapes.
        shapes: The files that make up the shapes graph.

    Raises:
        InputError: When a file cannot be read, or the shapes graph is not well-formed.
        EndpointError: When the endpoint does not answer as it should.
        ValidationFailure: When nothing is known.
    """
    from ip5kg.validation.meta import refuse_malformed_shapes
    from ip5kg.validation.remote import run_remote

    if root is None:
        parsed = {path: _read(path) for path in dict.fromkeys(shapes)}
        refuse_malformed_shapes(parsed)
    else:
        parsed = {path: read(path) for path in shape_files(root)}
    graph = ShapesGraph(triple for triples in parsed.values() for triple in triples)
    findings, count, notes = run_remote(store, graph)
    checks = read_checks(root) if root else []
    findings += [finding for check in checks for finding in check(store)]
    named = [throughout(f, lambda found: with_names(found, graph)) for f in findings]
    return Report(
        findings=tuple(with_fingerprints(sorted(named, key=lambda finding: finding.order))),
        triples=count,
        shapes=len(graph),
        checks=len(checks),
        engine="SPARQL at the endpoint, and pySHACL",
        notes=notes,
        subject=store.address,
    )


def _report(
    parsed: _Parsed,
    shapes: ShapesGraph,
    checks: list[Running],
    engine: str,
    places: Places,
) -> Report:
    """Validate, and find the place of each finding."""
    data = DataGraph(parsed)
    store = data.store
    with ThreadPoolExecutor(WORKERS) as workers:
        outcome_of = start_engine(engine, data, shapes, workers)
        checked = [workers.submit(check, store) for check in checks]
        outcome = outcome_of()
        findings = [*outcome.findings, *(f for found in checked for f in found.result())]
    placed = places.placed(suggested(findings, data, shapes))
    # Only now, since what a shape without a name of its own says has been looked up by its name.
    placed = [throughout(f, lambda found: with_names(found, shapes)) for f in placed]
    return Report(
        findings=tuple(with_fingerprints(sorted(placed, key=lambda finding: finding.order))),
        triples=len(data),
        shapes=len(shapes),
        checks=len(checks),
        engine=outcome.engine,
        notes=outcome.notes,
    )


def _covered(
    report: Report, parsed: _Parsed, shapes: ShapesGraph, name: Callable[[Path], str]
) -> Report:
    """Add what of the data the shapes look at."""
    found = shape_coverage(parsed, shapes, name)
    triples = sum(file.triples for file in found.files)
    note = f"The shapes look at {found.share:.1f} % of the {triples:,} triples."
    return report._replace(coverage=found, notes=(*report.notes, note))


def _read(path: Path) -> list[Triple]:
    """Read a file; relative IRIs in it are relative to itself (RFC 3986, section 5.1.3)."""
    return read(path, base=path.absolute().as_uri())


def _imports(graphs: Iterable[_Parsed]) -> Iterator[str]:
    """Note the imports of what is not among the files."""
    known, wanted = set(), set()
    for triples in (triples for parsed in graphs for triples in parsed.values()):
        known |= {t.subject for t in triples if t.predicate.value == RDF_TYPE}
        wanted |= {t.object for t in triples if t.predicate == _IMPORTS}
    for iri in sorted(str(term) for term in wanted - known):
        yield f"The import of {iri} is not followed; give its file as one of the files."


def _homes(parsed: _Parsed, wanted: set[Path]) -> dict[str, Path]:
    """Map each subject to the file that describes it.

    A file that the user named wins; else the one with the subject's type; else the first.
    """
    homes: dict[str, Path] = {}
    typed: set[str] = set()
    for path in sorted(parsed, key=lambda path: (path not in wanted, path)):
        for triple in parsed[path]:
            subject = str(triple.subject)
            is_type = triple.predicate.value.endswith("#type")
            if subject not in homes or (
                is_type and subject not in typed and homes[subject] not in wanted
            ):
                homes[subject] = path
            if is_type:
                typed.add(subject)
    return homes
