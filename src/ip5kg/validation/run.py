"""One validation from files to report."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Triple

from ip5kg.resources import check_files, graph_files, shape_files
from ip5kg.turtle.reader import read
from ip5kg.validation.checks import read_check, run_check
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.findings import Finding, Place, with_fingerprints
from ip5kg.validation.report import Report
from ip5kg.validation.shapes import ShapesGraph

__all__ = ["validate"]


def validate(root: Path, files: tuple[Path, ...] = (), *, engine: str = "auto") -> Report:
    """Check a graph against the shapes and the ontology checks of its root.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
        files: Further files, or files of the root. They are checked in the context of the whole
            graph, and only findings about their subjects are reported. Without any, all are.
        engine: ``auto``, ``fast`` or ``reference``.

    Raises:
        InputError: When a file cannot be read or is not Turtle.
        ValidationFailure: When an engine breaks off, so that nothing is known.
    """
    parsed: dict[Path, list[Triple]] = {}
    for path in (*files, *graph_files(root)):
        parsed.setdefault(path.absolute(), [])
    for path in parsed:
        parsed[path] = read(path)
    data = DataGraph(parsed)
    shapes = ShapesGraph(triple for path in shape_files(root) for triple in read(path))
    outcome = run_engine(engine, data, shapes)
    checks = [read_check(path) for path in check_files(root)]
    findings = outcome.findings
    findings += [finding for check in checks for finding in run_check(check, data.store)]
    wanted = {path.absolute() for path in files}
    homes = _homes(parsed, wanted)
    located = [_located(finding, homes, root) for finding in findings]
    if wanted:
        located = [finding for finding in located if homes.get(str(finding.focus)) in wanted]
    return Report(
        findings=tuple(with_fingerprints(sorted(located, key=lambda finding: finding.order))),
        triples=len(data),
        shapes=len(shapes),
        checks=len(checks),
        engine=outcome.engine,
        notes=outcome.notes,
    )


def _homes(parsed: dict[Path, list[Triple]], wanted: set[Path]) -> dict[str, Path]:
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


def _located(finding: Finding, homes: dict[str, Path], root: Path) -> Finding:
    """Add the file of the focus node."""
    home = homes.get(str(finding.focus))
    if home is None:
        return finding
    try:
        file = home.relative_to(root.absolute()).as_posix()
    except ValueError:
        file = str(home)
    return finding._replace(place=Place(file))
