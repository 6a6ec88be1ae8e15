"""The report as workflow commands, which GitHub Actions turns into annotations."""

from __future__ import annotations

from collections.abc import Iterator

from ip5kg.names import shorten
from ip5kg.render.reports.wording import because, gone, paragraph, verdict, where
from ip5kg.render.text import one_line
from ip5kg.validation.findings import Finding, Place
from ip5kg.validation.report import Report

__all__ = ["render_github"]

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report) -> str:
    """Write a report as workflow commands, and what it amounts to as a line of the log.

    A known finding is a notice, whatever its severity, which its title tells.

    Args:
        report: A report that is fit for writing.
    """
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        command = "notice" if finding.known else _COMMANDS[finding.severity]
        known = "known " if finding.known else ""
        title = f"{known}{finding.severity} [{shorten(finding.rule)}]"
        yield _command(command, _message(finding), **_position(finding.place), title=title)
    for entry in report.gone:
        yield _command("notice", gone(entry), title="In the baseline, but no longer found")
    for note in report.notes:
        yield _command("notice", note, title="How it was checked")
    yield verdict(report)


def _message(finding: Finding) -> str:
    """Write what is wrong, then what breaks the rule and why, then what was perhaps meant."""
    lines = (finding.message, where(finding), *because(finding), finding.suggestion)
    return "\n".join(filter(None, lines))


def _position(place: Place) -> dict[str, str]:
    """Write a place as properties; a runner refuses columns of more than one line."""
    position = {}
    if place.file:
        position["file"] = place.file
        if place.line:
            position["line"] = str(place.line)
            position["endLine"] = str(max(place.end_line, place.line))
            if place.column and place.end_line <= place.line:
                position["col"] = str(place.column)
                position["endColumn"] = str(max(place.end_column, place.column))
    return position


def _command(command: str, message: str, **properties: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {listed}::{_data(paragraph(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
