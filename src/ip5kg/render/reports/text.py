"""The report for people: file by file, with the lines that the findings are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeAlias

from ip5kg.names import shorten
from ip5kg.render.reports.excerpt import marked_lines
from ip5kg.render.reports.wording import because, gone, label, verdict, where
from ip5kg.render.text import one_line
from ip5kg.validation.coverage import Coverage
from ip5kg.validation.findings import Finding, Place
from ip5kg.validation.report import Report

__all__ = ["details", "render_text"]

_COLOURS = {"violation": "31", "warning": "33", "info": "36"}
_BOLD, _DIM = "1", "2"
_INDENT = "    "
_USUAL_WIDTH = 100
_NARROWEST = 40
_MOST_RELATED = 5

_Paint: TypeAlias = Callable[[str, str], str]


def render_text(report: Report, *, colour: bool, width: int | None) -> str:
    """Write a report for people.

    Args:
        report: A report that is fit for writing.
        colour: Whether to write escape sequences for colours.
        width: The columns that a source line may take; None for a usual width.
    """
    paint = _coloured if colour else _plain
    columns = max(width or _USUAL_WIDTH, _NARROWEST)
    return "".join(f"{line}\n" for line in _lines(report, paint, columns))


def details(finding: Finding, columns: int) -> Iterator[str]:
    """Write what else there is to say of a finding than its message, its place and its line."""
    yield f"{where(finding)}  [{one_line(shorten(finding.rule))}]"
    if finding.details:
        yield "because"
        yield from because(finding)
    if finding.suggestion:
        yield one_line(finding.suggestion)
    for place in finding.related[:_MOST_RELATED]:
        yield f"see also {one_line(str(place))}"
        yield from marked_lines(place, columns)
    more = len(finding.related) - _MOST_RELATED
    if more > 0:
        yield f"and {more:,} more place{'' if more == 1 else 's'}"


def _lines(report: Report, paint: _Paint, columns: int) -> Iterator[str]:
    for file, findings in groupby(report.findings, key=lambda finding: finding.place.file):
        yield paint(_BOLD, one_line(file) or "(no file)")
        for finding in findings:
            yield from _finding(finding, paint, columns)
        yield ""
    if report.gone:
        yield paint(_BOLD, "In the baseline, but no longer found:")
        for entry in report.gone:
            yield f"  {gone(entry)}"
        yield ""
    if report.coverage is not None:
        yield from _coverage(report.coverage, paint)
    for note in report.notes:
        yield f"Note: {one_line(note)}"
    yield verdict(report)


def _coverage(coverage: Coverage, paint: _Paint) -> Iterator[str]:
    """Write what the shapes do not look at, file by file."""
    yield paint(_BOLD, "What no shape looks at:")
    for file in coverage.files:
        if file.covered < file.triples:
            share = f"{100 * file.covered / file.triples:.1f} %"
            missed = [*file.classes.items(), *file.properties.items()]
            listed = ", ".join(f"{one_line(shorten(iri))} ({n:,})" for iri, n in missed)
            yield f"  {one_line(file.file)}: {share}; {listed}"
    for shape in coverage.idle:
        yield f"  {one_line(shorten(shape))} finds no focus node"
    yield ""


def _finding(finding: Finding, paint: _Paint, columns: int) -> Iterator[str]:
    """Write one finding: where and what is wrong, the line itself, then what breaks which rule."""
    head = f"  {_position(finding.place)}"
    message = one_line(finding.message)
    source, *mark = marked_lines(finding.place, columns - len(_INDENT)) or [""]
    below = [f"{_INDENT}{line}" for line in details(finding, columns - len(_INDENT))]
    if finding.known:
        yield paint(_DIM, f"{head}{label(finding)}: {message}")
        yield from (paint(_DIM, f"{_INDENT}{line}") for line in (source, *mark) if line)
        yield from (paint(_DIM, line) for line in below)
        return
    colour = _COLOURS[finding.severity]
    yield f"{head}{paint(colour, label(finding))}: {message}"
    if source:
        yield f"{_INDENT}{source}"
    yield from (f"{_INDENT}{paint(colour, line)}" for line in mark)
    yield from below


def _position(place: Place) -> str:
    known = ":".join(str(number) for number in (place.line, place.column) if number)
    return f"{known} " if known else ""


def _coloured(style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _plain(_: str, text: str) -> str:
    return text
