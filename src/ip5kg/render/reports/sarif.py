"""The report as SARIF 2.1.0, the OASIS format of static analysis, as code scanning takes it.

Sections named here are those of the specification with Errata 01.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from ip5kg.names import BASE, is_iri, shorten
from ip5kg.render.reports.json import dump, plain
from ip5kg.render.reports.wording import because, paragraph
from ip5kg.resources import version
from ip5kg.validation.findings import NOWHERE, SEVERITIES, Finding, Place
from ip5kg.validation.report import KnownFinding, Report

__all__ = ["render_sarif"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"
_FINGERPRINT = "ip5kg/v1"


def render_sarif(report: Report) -> str:
    """Write a report as SARIF.

    What the baseline has and the validation did not find is a result that is ``absent`` (section
    3.27.24). Results have a ``baselineState`` when there was a baseline.

    Args:
        report: A report that is fit for writing.
    """
    rules = _Rules(report)
    results = [_result(finding, rules, report) for finding in report.findings]
    results += [_absent(entry, rules, report) for entry in report.gone]
    run = {
        "tool": {
            "driver": {
                "name": "ip5kg",
                "version": version(),
                "informationUri": BASE,
                "rules": rules.descriptors,
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "note", "message": _message(note)} for note in report.notes
                ],
            }
        ],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder in which the files have these names."}}
        },
        "columnKind": "utf16CodeUnits",
        "results": results,
        "properties": {
            "triples": report.triples,
            "shapes": report.shapes,
            "checks": report.checks,
            "engine": report.engine,
        },
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


class _Rules:
    """The rules of a report, in the order in which it names them.

    Attributes:
        descriptors: Their ``reportingDescriptor`` objects (section 3.49).
    """

    def __init__(self, report: Report) -> None:
        severities: dict[str, set[str]] = {}
        components: dict[str, set[str]] = {}
        for finding in report.findings:
            severities.setdefault(finding.rule, set()).add(finding.severity)
            components.setdefault(finding.rule, set()).add(finding.component)
        for entry in report.gone:
            severities.setdefault(entry.rule, set())
        self._index = {rule: index for index, rule in enumerate(severities)}
        self.descriptors = [
            _descriptor(rule, found, components.get(rule, set()) - {""})
            for rule, found in severities.items()
        ]

    def reference(self, rule: str) -> dict[str, Any]:
        """Return what a result says of its rule."""
        return {"ruleId": shorten(rule), "ruleIndex": self._index[rule]}


def _descriptor(rule: str, severities: set[str], components: set[str]) -> dict[str, Any]:
    name = shorten(rule)
    kind = ", ".join(map(shorten, sorted(components)))
    description = f"{name}: {kind}" if kind else name
    descriptor: dict[str, Any] = {
        "id": name,
        "shortDescription": _message(description),
        "fullDescription": _message(description),
        "help": _message(f"The rule is defined as {rule}."),
    }
    if _is_web_address(rule):
        descriptor["helpUri"] = rule
    gravest = [severity for severity in SEVERITIES if severity in severities]
    if gravest:
        descriptor["defaultConfiguration"] = {"level": _LEVELS[gravest[0]]}
    return descriptor


def _result(finding: Finding, rules: _Rules, report: Report) -> dict[str, Any]:
    """Write a result (section 3.27)."""
    text = "\n".join(filter(None, (finding.message, *because(finding), finding.suggestion)))
    result: dict[str, Any] = {
        **rules.reference(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": _message(text or shorten(finding.rule)),
        "locations": [_location(_at(finding.place, report), plain(finding.focus))],
    }
    others = [*map(_location, finding.related), *_details(finding, report)]
    if others:
        result["relatedLocations"] = [
            {"id": number, **location} for number, location in enumerate(others, 1)
        ]
    if finding.fingerprint:
        result["partialFingerprints"] = {_FINGERPRINT: finding.fingerprint}
    if report.baselined:
        result["baselineState"] = "unchanged" if finding.known else "new"
    result["properties"] = {
        "focus": plain(finding.focus),
        "path": finding.path,
        "value": None if finding.value is None else plain(finding.value),
        "component": finding.component,
        "suggestion": finding.suggestion,
    }
    return result


def _details(finding: Finding, report: Report) -> Iterator[dict[str, Any]]:
    """Write where the details of a finding stand, and theirs, each with what it says."""
    for detail in finding.details:
        location = _location(_at(detail.place, report), plain(detail.focus))
        yield {**location, "message": _message(detail.message)}
        yield from _details(detail, report)


def _absent(entry: KnownFinding, rules: _Rules, report: Report) -> dict[str, Any]:
    """Write what only the baseline has: its rule was evaluated, and no problem found any more."""
    focus = entry.focus.removeprefix("<").removesuffix(">")
    return {
        **rules.reference(entry.rule),
        "kind": "pass",
        "level": "none",
        "message": _message(entry.message or shorten(entry.rule)),
        "locations": [_location(_at(NOWHERE, report), focus)],
        "partialFingerprints": {_FINGERPRINT: entry.fingerprint},
        "baselineState": "absent",
    }


def _message(text: str) -> dict[str, str]:
    """Write a message that has neither placeholders nor links (sections 3.11.5 and 3.11.6)."""
    return {"text": paragraph(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _at(place: Place, report: Report) -> Place:
    """Give what stands in no file the place of all that was checked.

    The standard lets a location go without a file; GitHub then refuses the whole document.
    """
    return place if place.file else Place(report.subject)


def _location(place: Place, focus: str = "") -> dict[str, Any]:
    """Write a location (section 3.28), with the focus node as a logical one."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    if place.line:
        physical["region"] = _region(place)
    location: dict[str, Any] = {"physicalLocation": physical} if place.file else {}
    if focus:
        node = {"name": shorten(focus), "fullyQualifiedName": focus, "kind": "resource"}
        location["logicalLocations"] = [node]
    return location


def _artifact(file: str) -> dict[str, str]:
    """Write the address of a file: relative to the root where it lies inside."""
    if _is_web_address(file):
        return {"uri": file}
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind(file)
        if path.is_absolute():
            start = "" if kind is PurePosixPath else "/"
            return {"uri": f"file://{start}{_quoted(path.as_posix())}"}
    return {"uri": _quoted(file), "uriBaseId": _ROOT}


def _quoted(file: str) -> str:
    """Quote a path; bytes of a name that are not UTF-8 stay what they are."""
    try:
        name = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = file.encode("utf-8", "replace")
    return quote(name, safe="/")


def _region(place: Place) -> dict[str, int]:
    """Write a region (section 3.30), whose columns count UTF-16 code units.

    Where a stretch ends on another line, the text of that line is not known, and neither is the
    column in such units; the region then ends with the line.
    """
    region = {"startLine": place.line}
    if place.column:
        region["startColumn"] = _utf16(place.text, place.column)
    if place.end_line > place.line:
        region["endLine"] = place.end_line
    elif place.column and place.end_column > place.column:
        region["endColumn"] = _utf16(place.text, place.end_column)
    return region


def _utf16(text: str, column: int) -> int:
    """Turn a column in characters into one in UTF-16 code units; both count from 1."""
    before = text[: column - 1]
    return column - len(before) + len(before.encode("utf-16-le")) // 2


def _is_web_address(iri: str) -> bool:
    return is_iri(iri) and iri.startswith(("https://", "http://"))
