"""The report as JUnit XML, which nearly every build system shows as failed tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from ip5kg.names import shorten
from ip5kg.render.reports.excerpt import marked_lines
from ip5kg.render.reports.text import details
from ip5kg.render.reports.wording import gone, label, paragraph, verdict, where
from ip5kg.render.text import one_line
from ip5kg.validation.findings import Finding
from ip5kg.validation.report import Report

__all__ = ["render_junit"]

_WIDTH = 100
_NAME = "ip5kg validate"


def render_junit(report: Report) -> str:
    """Write a report as JUnit XML: a suite for each file, a case for each finding.

    A finding fails whatever its severity, which is its type; a known one is skipped. A report
    without findings is one case that passes, since build systems take a report without cases for
    a broken one.

    Args:
        report: A report that is fit for writing.
    """
    root = ET.Element("testsuites", _suite(_NAME, report.findings, bare=report.conforms))
    if report.conforms:
        suite = ET.SubElement(root, "testsuite", _suite(_NAME, (), bare=True))
        ET.SubElement(suite, "testcase", classname=_NAME, name="No findings", time="0")
    for file, grouped in groupby(report.findings, key=lambda finding: finding.place.file):
        findings = list(grouped)
        name = one_line(file) or "(no file)"
        suite = ET.SubElement(root, "testsuite", _suite(name, findings))
        seen: Counter[tuple[str, str]] = Counter()
        for finding in findings:
            suite.append(_case(finding, seen))
    # Where to put what is about no test is not agreed upon; each suite may have an output.
    notes = [
        *report.notes,
        *(f"In the baseline, but no longer found: {gone(e)}" for e in report.gone),
    ]
    ET.SubElement(root[-1], "system-out").text = paragraph("\n".join([*notes, verdict(report)]))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(name: str, findings: Iterable[Finding], *, bare: bool = False) -> dict[str, str]:
    """Name a suite and count its cases; a bare one has a case that is no finding."""
    known = [finding.known for finding in findings]
    return {
        "name": name,
        "tests": str(len(known) + bare),
        "failures": str(len(known) - sum(known)),
        "errors": "0",
        "skipped": str(sum(known)),
        "time": "0",
    }


def _case(finding: Finding, seen: Counter[tuple[str, str]]) -> ET.Element:
    """Write a case. Its name has no position, so that it stays the same when lines move."""
    rule, name = one_line(shorten(finding.rule)), where(finding)
    seen[rule, name] += 1
    number = seen[rule, name]
    case = ET.Element(
        "testcase", classname=rule, name=f"{name} ({number})" if number > 1 else name, time="0"
    )
    if finding.place.file:
        case.set("file", one_line(finding.place.file))
    if finding.place.line:
        case.set("line", str(finding.place.line))
    outcome = ET.SubElement(
        case,
        "skipped" if finding.known else "failure",
        type=finding.severity,
        message=one_line(finding.message),
    )
    outcome.text = "\n".join(
        (
            f"{one_line(str(finding.place))}: {label(finding)}: {one_line(finding.message)}",
            *marked_lines(finding.place, _WIDTH),
            *details(finding, _WIDTH),
        )
    )
    return case
