"""The report as one page of HTML, for a browser, without a server or a network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from ip5kg.names import is_iri, shorten
from ip5kg.render.reports.excerpt import excerpt
from ip5kg.render.reports.page import page
from ip5kg.render.reports.wording import counts, gone, label, tally, verdict, where
from ip5kg.render.text import one_line
from ip5kg.validation.findings import Finding, Place
from ip5kg.validation.report import Report

__all__ = ["render_html"]

_TITLE = "Validation report"
_COLUMNS = ("Place", "Severity", "Finding", "Rule")
_WIDTH = 120


def render_html(report: Report) -> str:
    """Write a report as a page of HTML.

    Without a script everything is shown; with one, findings can be chosen by severity and file.

    Args:
        report: A report that is fit for writing.
    """
    return page(f"{_TITLE}: {tally(report)}", "\n".join(_body(report)))


def _body(report: Report) -> Iterator[str]:
    groups = [
        (file, list(found)) for file, found in groupby(report.findings, lambda f: f.place.file)
    ]
    yield f"<header>\n<h1>{_TITLE}</h1>\n<p>{_text(verdict(report))}</p>\n</header>\n<main>"
    if groups:
        yield from _counts(report)
        yield from _form(report, [file for file, _ in groups])
    for number, (file, findings) in enumerate(groups):
        yield from _section(number, file, findings)
    if report.gone:
        yield from _listed("In the baseline, but no longer found", map(gone, report.gone))
    if report.notes:
        yield from _listed("How it was checked", report.notes)
    yield "</main>"


def _counts(report: Report) -> Iterator[str]:
    yield '<table class="counts">\n<caption>Findings by severity</caption>'
    yield f"<thead>\n{_heads(('Severity', 'All', 'Known'))}\n</thead>\n<tbody>"
    for severity, number, known in counts(report):
        head = f'<th scope="row" class="{severity}">{severity}</th>'
        yield f"<tr>{head}<td>{number:,}</td><td>{known:,}</td></tr>"
    yield "</tbody>\n</table>"


def _form(report: Report, files: list[str]) -> Iterator[str]:
    """Write what chooses among the findings; it stays hidden where no script can work it."""
    boxes = [severity for severity, number, _ in counts(report) if number]
    if any(finding.known for finding in report.findings):
        boxes.append("known")
    yield "<form hidden>\n<fieldset>\n<legend>Show</legend>"
    for box in boxes:
        tick = f'<input type="checkbox" name="show" value="{box}" checked>'
        yield f"<label>{tick} {box}</label>"
    yield '<label>File <select name="file">\n<option value="">all</option>'
    for number, file in enumerate(files):
        yield f'<option value="{number}">{_file(file)}</option>'
    yield "</select></label>\n<output></output>\n</fieldset>\n</form>"


def _section(number: int, file: str, findings: list[Finding]) -> Iterator[str]:
    yield f'<section data-file="{number}" aria-labelledby="file-{number}">'
    yield f'<h2 id="file-{number}"><bdi>{_file(file)}</bdi></h2>\n<table>'
    yield f"<caption>Findings: {len(findings):,}</caption>"
    yield f"<thead>\n{_heads(_COLUMNS)}\n</thead>\n<tbody>"
    for finding in findings:
        known = ' class="known" data-known' if finding.known else ""
        colour = "" if finding.known else f" {finding.severity}"
        yield f'<tr data-severity="{finding.severity}"{known}>'
        yield f'<th scope="row" class="place">{_position(finding.place)}</th>'
        yield f'<td class="severity{colour}">{label(finding)}</td>'
        yield f"<td>{_finding(finding)}</td>\n<td>{_rule(finding.rule)}</td>\n</tr>"
    yield "</tbody>\n</table>\n</section>"


def _finding(finding: Finding) -> str:
    """Write what is wrong, the line itself, what breaks the rule, and where else to look."""
    parts = [f'<p class="message"><bdi>{_text(finding.message)}</bdi></p>', _line(finding.place)]
    parts.append(f'<p class="about"><bdi>{_text(where(finding))}</bdi></p>')
    if finding.details:
        parts.append(_because(finding.details))
    if finding.suggestion:
        parts.append(f"<p><bdi>{_text(finding.suggestion)}</bdi></p>")
    for place in finding.related:
        parts += [f'<p class="about">See also <bdi>{_text(str(place))}</bdi></p>', _line(place)]
    return "\n".join(filter(None, parts))


def _because(details: tuple[Finding, ...]) -> str:
    """Write the details of a finding as a list, and theirs as lists in it."""
    items = []
    for detail in details:
        place = f"{detail.place}: " if detail.place.file else ""
        about = f'<span class="about">{_text(where(detail))}</span>'
        text = f"{_text(place + detail.message)} {about}"
        inner = _because(detail.details) if detail.details else ""
        items.append(f"<li><bdi>{text}</bdi>{inner}</li>")
    return f'<ul class="because">{"".join(items)}</ul>'


def _line(place: Place) -> str:
    """Write a line of a source with the stretch marked."""
    found = excerpt(place, _WIDTH)
    if found is None:
        return ""
    before, stretch, after = map(escape, found)
    # One that scrolls sideways must be reachable by keyboard.
    opened = f'<pre tabindex="0"><code>{before}'
    return f"{opened}{f'<mark>{stretch}</mark>' if stretch else ''}{after}</code></pre>"


def _listed(heading: str, items: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield f"<section>\n<h2>{heading}</h2>\n<ul>"
    for item in items:
        yield f"<li><bdi>{_text(item)}</bdi></li>"
    yield "</ul>\n</section>"


def _heads(names: tuple[str, ...]) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<tr>{cells}</tr>"


def _position(place: Place) -> str:
    known = ":".join(str(number) for number in (place.line, place.column) if number)
    return known or ("whole file" if place.file else "none")


def _rule(rule: str) -> str:
    """Write the name of a rule, which leads to it where it has an address on the web."""
    name = _text(shorten(rule))
    if is_iri(rule) and rule.startswith(("https://", "http://")):
        return f'<a href="{escape(rule)}">{name}</a>'
    return name


def _file(file: str) -> str:
    return _text(file) or "(no file)"


def _text(text: str) -> str:
    return escape(one_line(text))
