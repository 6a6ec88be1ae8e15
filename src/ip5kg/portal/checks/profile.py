"""The SHACL shapes of DCAT-AP 3.0.1, run on a catalogue; the shapes are not part of this package.

The shapes want to know the class and the scheme of each term of the EU's tables. What the tables
say is kept in a graph of its own, and what the shapes find wrong with those terms is not ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, Quad

from ip5kg.errors import InputError
from ip5kg.portal.checks.description import Description
from ip5kg.portal.checks.outcome import Lack, Mark, Outcome
from ip5kg.publishing.serialise import serialise
from ip5kg.publishing.vocabulary import AUTHORITY, authority_facts
from ip5kg.validation import Finding, validate_files

__all__ = ["SHAPES", "profile"]

SHAPES = ("shapes.ttl", "shapes_recommended.ttl", "range.ttl", "mdr-vocabularies.shape.ttl")
"""The files of the release that are used; its ``ranges.ttl`` is not well-formed."""

_NAME = "DCAT-AP 3.0.1"
_RELEASE = "releases/3.0.1/html/shacl of https://github.com/SEMICeu/DCAT-AP"
_PUBLISHER = "<http://purl.org/dc/terms/publisher>"


def profile(catalogue: Path, shapes: Path) -> Outcome:
    """Check a catalogue against the shapes.

    Args:
        catalogue: The file of the catalogue.
        shapes: A folder with the shapes, at whatever depth.

    Raises:
        InputError: When a file is missing or cannot be read.
        ValidationFailure: When an engine breaks off.
    """
    files = [_find(shapes, name) for name in SHAPES]
    page = Description.read(catalogue)
    known = page.iris()
    strange = sorted(
        term
        for term in known - {AUTHORITY + "data-theme"}
        if term.startswith(AUTHORITY) and not list(authority_facts([term]))
    )
    lacks = [
        Lack(_NAME, f"No authority table is known to have {term}.", "Use a term of the table.")
        for term in strange
    ]
    passed = 0
    notes: set[str] = set()
    with TemporaryDirectory(prefix="ip5kg-") as folder:
        background = Path(folder) / "background.ttl"
        facts = [Quad(*triple) for triple in authority_facts(known)]
        background.write_bytes(serialise(facts, "turtle"))
        others = {str(triple.subject)[1:-1] for triple in authority_facts(known)}
        for file in files:
            found = validate_files([catalogue, background], [file]).findings
            before = len(lacks)
            _sort(found, others, lacks, notes)
            passed += len(lacks) == before
    mark = Mark(_NAME, passed, len(files))
    return Outcome((mark,), tuple(dict.fromkeys(lacks)), tuple(sorted(notes)))


def _sort(
    findings: Iterable[Finding], others: set[str], lacks: list[Lack], notes: set[str]
) -> None:
    """Sort what an engine found into what can be put right and what cannot."""
    for finding in findings:
        if isinstance(finding.focus, NamedNode) and finding.focus.value in others:
            continue
        if finding.path == _PUBLISHER and finding.rule.endswith("ShapeCV"):
            notes.add(f"{_NAME}: the publisher is no corporate body of the EU's table.")
            continue
        value = f", value {finding.value}" if finding.value is not None else ""
        lacks.append(
            Lack(
                _NAME,
                f"{finding.severity}: {finding.focus} {finding.path}{value}: {finding.message}",
                f"See the shape {finding.rule}.",
            )
        )


def _find(folder: Path, name: str) -> Path:
    """Find a file of the shapes.

    Raises:
        InputError: When there is none, or more than one.
    """
    found = sorted(folder.rglob(name)) if folder.is_dir() else []
    if len(found) != 1:
        number = "more than one" if found else "no"
        raise InputError(
            f"The folder {folder} has {number} file {name} in it.",
            hint=f"Name a folder with {_RELEASE}.",
        )
    return found[0]
