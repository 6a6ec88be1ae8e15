"""Validation reports: for people, as JSON, as a ``sh:ValidationReport``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ip5kg.formats import FINDING_FORMATS, find_format
from ip5kg.names import shorten
from ip5kg.render.text import one_line
from ip5kg.render.triples import render_triples
from ip5kg.terms import Term, display
from ip5kg.validation.findings import SEVERITIES, Finding
from ip5kg.validation.report import Report

__all__ = ["render_report"]

_COLOURS = {"violation": "31", "warning": "33", "info": "36"}


def render_report(report: Report, form: str, *, colour: bool = False) -> str:
    """Write a validation report down.

    Args:
        report: The report.
        form: ``text``, ``json`` or ``turtle``.
        colour: Whether a text may be told to be coloured.

    Raises:
        UnknownFormat: For any other format.
    """
    find_format(form, FINDING_FORMATS)
    if form == "json":
        return _json(report)
    if form == "turtle":
        return render_triples(report.to_triples(), "turtle")
    return "".join(f"{line}\n" for line in _text(report, colour=colour))


def _text(report: Report, *, colour: bool) -> Iterator[str]:
    """Write the findings file by file, and what they amount to."""
    for file, findings in groupby(report.findings, key=lambda finding: finding.place.file):
        yield file or "(no file)"
        for finding in findings:
            yield from _finding(finding, colour=colour)
        yield ""
    counts = ", ".join(
        _counted(number, severity)
        for severity in SEVERITIES
        if (number := sum(finding.severity == severity for finding in report.findings))
    )
    yield (
        f"{'No findings' if report.conforms else counts} in {report.triples:,} triples, checked "
        f"with {report.shapes:,} shapes and {report.checks:,} ontology checks."
    )


def _finding(finding: Finding, *, colour: bool) -> Iterator[str]:
    """Write one finding: what is wrong, then where and by which rule."""
    severity: str = finding.severity
    if colour:
        severity = f"\x1b[{_COLOURS[severity]}m{severity}\x1b[0m"
    where = _short(finding.focus) + (f", {_path(finding.path)}" if finding.path else "")
    if finding.value is not None and finding.value != finding.focus:
        where += f", value {_short(finding.value)}"
    yield f"  {severity}: {one_line(finding.message)}"
    yield f"    {where}  [{shorten(finding.rule)}]"


def _counted(number: int, severity: str) -> str:
    if severity == "info":
        return f"{number} info"
    return f"{number} {severity}{'' if number == 1 else 's'}"


def _short(term: Term) -> str:
    return one_line(display(term, {}, iris=True))


def _path(path: str) -> str:
    """Shorten a path that is one IRI."""
    return shorten(path[1:-1]) if path.startswith("<") and path.endswith(">") else one_line(path)


def _json(report: Report) -> str:
    import json

    document = {
        "conforms": report.conforms,
        "triples": report.triples,
        "shapes": report.shapes,
        "checks": report.checks,
        "findings": [
            {
                "file": finding.place.file,
                "line": finding.place.line,
                "column": finding.place.column,
                "severity": finding.severity,
                "focus": _value(finding.focus),
                "path": finding.path,
                "value": None if finding.value is None else _value(finding.value),
                "rule": finding.rule,
                "component": finding.component,
                "message": finding.message,
                "fingerprint": finding.fingerprint,
            }
            for finding in report.findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _value(term: Term) -> str:
    """Write a term as its IRI or its lexical form."""
    return getattr(term, "value", None) or str(term)
