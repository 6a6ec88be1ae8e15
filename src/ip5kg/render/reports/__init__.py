"""Validation reports: for people, for the systems that build and review, and as RDF.

Every format has the same findings in the same order. They differ in what else they can hold.
"""

from __future__ import annotations

from collections.abc import Callable

from ip5kg.formats import FINDING_FORMATS, find_format
from ip5kg.render.reports.fit import fit
from ip5kg.render.reports.github import render_github
from ip5kg.render.reports.html import render_html
from ip5kg.render.reports.json import render_json
from ip5kg.render.reports.junit import render_junit
from ip5kg.render.reports.sarif import render_sarif
from ip5kg.render.reports.text import render_text
from ip5kg.render.reports.turtle import render_turtle
from ip5kg.validation.report import Report

__all__ = ["render_report"]


def render_report(
    report: Report, form: str, *, colour: bool = False, width: int | None = None
) -> str:
    """Write a validation report down.

    What it returns can always be written as UTF-8 and is the same for the same report, whatever
    its blank nodes are called.

    Args:
        report: The report.
        form: The name of one of the ``FINDING_FORMATS``.
        colour: Whether a text may be coloured.
        width: The columns that a source line in a text may take; None for a usual width.

    Raises:
        UnknownFormat: For any other format.
    """
    name = find_format(form, FINDING_FORMATS).name
    if name == "text":
        return render_text(fit(report), colour=colour, width=width)
    return _WRITERS[name](fit(report))


_WRITERS: dict[str, Callable[[Report], str]] = {
    "github": render_github,
    "html": render_html,
    "json": render_json,
    "junit": render_junit,
    "sarif": render_sarif,
    "turtle": render_turtle,
}
