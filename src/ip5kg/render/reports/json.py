"""The report as JSON: every field of every finding, under the names of the data model."""

from __future__ import annotations

import json
from typing import Any

from ip5kg.render.reports.wording import counts
from ip5kg.render.text import UNSEEN
from ip5kg.terms import Term
from ip5kg.validation.findings import Finding
from ip5kg.validation.report import Report

__all__ = ["dump", "plain", "render_json"]


def render_json(report: Report) -> str:
    """Write a report as JSON.

    Args:
        report: A report that is fit for writing.
    """
    return dump(
        {
            "conforms": report.conforms,
            "counts": {severity: number for severity, number, _ in counts(report)}
            | {
                "known": sum(finding.known for finding in report.findings),
                "gone": len(report.gone),
            },
            "triples": report.triples,
            "shapes": report.shapes,
            "checks": report.checks,
            "engine": report.engine,
            "notes": list(report.notes),
            "findings": [_finding(finding) for finding in report.findings],
            "gone": [entry._asdict() for entry in report.gone],
        }
        | _coverage(report)
    )


def dump(document: dict[str, Any]) -> str:
    """Write a JSON document that can be shown and be written as UTF-8.

    JSON itself makes escapes of a part of the control characters only. Here all become escapes,
    and so do halves of surrogate pairs, which the name of a file can have.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return UNSEEN.sub(lambda found: "\n" if found[0] == "\n" else _escape(found[0]), text) + "\n"


def plain(term: Term) -> str:
    """Write a term as its IRI or its lexical form, a blank node with its ``_:``."""
    value: str | None = getattr(term, "value", None)
    return str(term) if value is None or str(term).startswith("_:") else value


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **finding.place._asdict(),
        "severity": finding.severity,
        "focus": plain(finding.focus),
        "path": finding.path,
        "value": None if finding.value is None else plain(finding.value),
        "rule": finding.rule,
        "component": finding.component,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "related": [place._asdict() for place in finding.related],
        "known": finding.known,
        "fingerprint": finding.fingerprint,
        "said": [{"text": text.value, "language": text.language} for text in finding.said],
        "level": finding.level,
        "details": [_finding(detail) for detail in finding.details],
    }


def _coverage(report: Report) -> dict[str, Any]:
    """Write what of the data the shapes look at, when that was measured."""
    found = report.coverage
    if found is None:
        return {}
    files = [file._asdict() for file in found.files]
    return {"coverage": {"share": round(found.share, 1), "idle": found.idle, "files": files}}


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]
