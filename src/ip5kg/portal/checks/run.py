"""All checks of a bundle, as one outcome and as a text."""

from __future__ import annotations

from pathlib import Path

from ip5kg.errors import InputError
from ip5kg.portal.checks.description import Description
from ip5kg.portal.checks.files import check_files, check_sameness, read_manifest
from ip5kg.portal.checks.foops import check_ontology
from ip5kg.portal.checks.found import (
    check_lod_cloud,
    check_search_engines,
    check_void,
    unreadable,
)
from ip5kg.portal.checks.loopback import answers_of
from ip5kg.portal.checks.mqa import mqa
from ip5kg.portal.checks.outcome import Outcome
from ip5kg.portal.checks.profile import profile
from ip5kg.turtle.reader import read_document

__all__ = ["as_text", "check"]

_MOST = 20


def check(folder: Path, shapes: Path | None = None, *, loopback: bool = False) -> Outcome:
    """Check that a bundle is ready for portals, without a network.

    Args:
        folder: The bundle.
        shapes: A folder with the SHACL shapes of DCAT-AP 3.0.1; without it they are not asked.
        loopback: Whether to serve the bundle to this machine, and ask for every file.

    Raises:
        InputError: When the folder is no bundle, or the shapes cannot be read.
        ValidationFailure: When a validation engine breaks off.
    """
    manifest = read_manifest(folder)
    outcomes = [check_files(folder, manifest)]
    catalogue = folder / "catalogue.ttl"
    try:
        page = Description.read(catalogue)
    except InputError as error:
        outcomes.append(unreadable("catalogue", error))
    else:
        conforms = None
        if shapes is not None:
            found = profile(catalogue, shapes)
            conforms = not any(" violation: " in f" {lack.what}" for lack in found.lacks)
            outcomes.append(found)
        urls = [
            url
            for one in page.members("dcat:Distribution")
            for name in ("dcat:accessURL", "dcat:downloadURL")
            for url in page.all(one, name)
        ]
        answers = answers_of(folder, manifest["baseUrl"], urls) if loopback else None
        outcomes.append(mqa(page, conforms=conforms, answers=answers))
    outcomes.append(check_ontology(folder))
    outcomes.append(check_search_engines(folder))
    try:
        void = Description.read(folder / "void.ttl")
        outcomes.append(check_lod_cloud(void))
        outcomes.append(check_void(void, read_document(folder / "graph/ip5kg.nq").quads))
    except InputError as error:
        outcomes.append(unreadable("VoID", error))
    outcomes.append(check_sameness(folder, manifest))
    return Outcome(
        tuple(mark for one in outcomes for mark in one.marks),
        tuple(lack for one in outcomes for lack in one.lacks),
        tuple(note for one in outcomes for note in one.notes),
    )


def as_text(outcome: Outcome) -> str:
    """Write the points of each check, then what to add where one is lost."""
    lines = [f"{mark.check:<32}{_number(mark.points):>8} of {mark.of}\n" for mark in outcome.marks]
    points = [mark for mark in outcome.marks if mark.check.startswith("MQA ")]
    if points:
        got, of = sum(mark.points for mark in points), sum(mark.of for mark in points)
        lines.append(f"{'MQA of data.europa.eu':<32}{_number(got):>8} of {of}, of 405 in all\n")
    kinds: dict[tuple[str, str], list[str]] = {}
    for lack in outcome.lacks:
        kinds.setdefault((lack.check, lack.add), []).append(lack.what)
    for (name, add), faults in kinds.items():
        lines.append(f"\n{name}: {add}\n")
        lines += [f"  {what}\n" for what in faults[:_MOST]]
        if len(faults) > _MOST:
            lines.append(f"  … and {len(faults) - _MOST} more.\n")
    if outcome.notes:
        lines.append("\n")
        lines += [f"note: {note}\n" for note in outcome.notes]
    return "".join(lines)


def _number(points: float) -> str:
    """Write points, never rounded up to what there is."""
    return str(int(points)) if points == int(points) else f"{int(points * 10) / 10:.1f}"
