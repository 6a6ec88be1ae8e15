"""The sources of an answer as footnotes: marks in its rows, and what they stand for below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ip5kg.answers.cited import Cited, Note
from ip5kg.answers.markup import html_link, html_text
from ip5kg.names import is_iri
from ip5kg.render.terminal import wrapped
from ip5kg.render.text import markdown_text, one_line

__all__ = ["html_marks", "html_notes", "markdown_notes", "marks_text", "text_notes"]

_NARROWEST = 20
_TITLE = "Sources"
# So many numbers in a row are written as the first and the last of them.
_RUN = 3


def marks_text(marks: Iterable[int]) -> str:
    """Write the marks of a row: ``[1] [4]–[9]``."""
    return " ".join("–".join(f"[{number}]" for number in ends) for ends in _runs(marks))


def html_marks(marks: Iterable[int]) -> str:
    """Write the marks of a row as links to their notes."""
    return " ".join(
        "–".join(f'<a href="#note-{number}">[{number}]</a>' for number in ends)
        for ends in _runs(marks)
    )


def text_notes(cited: Cited, width: int | None = None) -> str:
    """Write the notes below a table.

    Args:
        cited: The answer with its sources.
        width: The width of the terminal, into which they are wrapped; None for no terminal.
    """
    if not cited.notes:
        return ""
    lines = ["", _TITLE if width is None else f"\x1b[1m{_TITLE}\x1b[0m"]
    indent = len(f"[{len(cited.notes)}]") + 1
    for number, note in enumerate(cited.notes, 1):
        pieces = [one_line("; ".join(filter(None, (note.title, note.publisher, note.locator))))]
        if width is not None:
            pieces = wrapped(pieces[0], max(width - indent, _NARROWEST))
        pieces += [one_line(note.address)] if note.address else []
        lines.append(f"[{number}]".ljust(indent) + pieces[0])
        lines += [" " * indent + piece for piece in pieces[1:]]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def markdown_notes(cited: Cited) -> str:
    """Write the notes below a table of Markdown, as a list."""
    if not cited.notes:
        return ""
    lines = ["", f"## {_TITLE}", ""]
    for number, note in enumerate(cited.notes, 1):
        said = "; ".join(
            markdown_text(part) for part in (note.title, note.publisher, note.locator) if part
        )
        known = is_iri(note.address) and note.address.startswith(("https://", "http://"))
        address = f"<{note.address}>" if known else markdown_text(note.address)
        lines.append(f"- [{number}] {said} {address}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def html_notes(cited: Cited) -> Iterator[str]:
    """Write the notes below a table of HTML, as a section with a list."""
    if not cited.notes:
        return
    yield f'<section aria-labelledby="notes">\n<h2 id="notes">{_TITLE}</h2>\n<ol>'
    for number, note in enumerate(cited.notes, 1):
        yield f'<li id="note-{number}" dir="auto">{_html_note(note)}</li>'
    yield "</ol>\n</section>"


def _html_note(note: Note) -> str:
    parts = [html_link(note.address, note.title)]
    parts += [html_text(part) for part in (note.publisher, note.locator) if part]
    address = f"<br>{html_link(note.address, note.address)}" if note.address else ""
    return "; ".join(parts) + address


def _runs(marks: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Cut numbers into runs: the first and the last of a long one, else each by itself."""
    run: list[int] = []
    for number in [*sorted(marks), 0]:
        if run and number != run[-1] + 1:
            yield from [(run[0], run[-1])] if len(run) >= _RUN else [(one,) for one in run]
            run = []
        run.append(number)
