"""What all formats for people say in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ip5kg.names import shorten
from ip5kg.render.text import one_line
from ip5kg.terms import Term, display
from ip5kg.validation.findings import SEVERITIES, Finding
from ip5kg.validation.report import KnownFinding, Report

__all__ = ["because", "counts", "gone", "label", "name", "paragraph", "tally", "verdict", "where"]

_IRI = re.compile(r"<([^<>]*)>")
# A value can be a whole document; its beginning tells which one it is.
_LONGEST = 200


def name(term: Term) -> str:
    """Write a term on one line, and no more of it than is needed to know it again."""
    return _cut(one_line(display(term, {}, iris=True)))


def where(finding: Finding) -> str:
    """Write the focus node, the path and the value of a finding."""
    parts = [name(finding.focus)]
    if finding.path:
        parts.append(_cut(one_line(_IRI.sub(lambda found: shorten(found[1]), finding.path))))
    if finding.value is not None and finding.value != finding.focus:
        parts.append(f"value {name(finding.value)}")
    return ", ".join(parts)


def because(finding: Finding, indent: str = "  ") -> Iterator[str]:
    """Write the details of a finding, one on a line, and theirs further to the right."""
    for detail in finding.details:
        place = f"{one_line(str(detail.place))}: " if detail.place.file else ""
        yield f"{indent}{place}{one_line(detail.message)} ({where(detail)})"
        yield from because(detail, indent + "  ")


def label(finding: Finding) -> str:
    """Write the severity of a finding, and whether it is known."""
    return f"{finding.severity} (known)" if finding.known else finding.severity


def gone(entry: KnownFinding) -> str:
    """Write a finding that only the baseline still has."""
    focus = _IRI.sub(lambda found: shorten(found[1]), entry.focus)
    return f"{_cut(one_line(focus))}: {one_line(entry.message)} [{one_line(shorten(entry.rule))}]"


def verdict(report: Report) -> str:
    """Say what the findings amount to, and what was checked with what."""
    by = f" by {one_line(report.engine)}" if report.engine else ""
    return (
        f"{tally(report)} in {report.triples:,} triples, checked with "
        f"{report.shapes:,} shapes and {report.checks:,} ontology checks{by}."
    )


def tally(report: Report) -> str:
    """Say how many findings there are of each severity."""
    found = [
        _counted(number, severity) + (f" ({known:,} known)" if known else "")
        for severity, number, known in counts(report)
        if number
    ]
    return ", ".join(found) or "No findings"


def counts(report: Report) -> Iterator[tuple[str, int, int]]:
    """Give each severity, how many findings have it, and how many of these are known."""
    for severity in SEVERITIES:
        found = [finding.known for finding in report.findings if finding.severity == severity]
        yield severity, len(found), sum(found)


def paragraph(text: str) -> str:
    """Keep the lines of a text, but none of its other control characters."""
    return "\n".join(map(one_line, text.splitlines()))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _counted(number: int, severity: str) -> str:
    if severity == "info":
        return f"{number:,} info"
    return f"{number:,} {severity}{'' if number == 1 else 's'}"
