"""The rows of an answer as a table of HTML, in which nothing that they hold is markup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape

from pyoxigraph import Literal, NamedNode

from ip5kg.names import is_iri
from ip5kg.terms import Term, display
from ip5kg.turtle.lexical import UNSEEN

__all__ = ["html_link", "html_table", "html_text"]


def html_table(  # noqa: PLR0913 - each is a part of the table
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    labels: dict[str, str],
    *,
    iris: bool = False,
    right: Collection[int] = (),
    caption: str = "",
    notes: Sequence[str] | None = None,
) -> Iterator[str]:
    """Write a table, a row to a line.

    Args:
        columns: The head of the table.
        rows: A term for each column, None where there is none.
        labels: IRI → label.
        iris: Show prefixed names instead of labels.
        right: The columns of numbers, counted from 0.
        caption: What the table is, as text.
        notes: For each row the content of one more cell, as HTML.
    """
    yield "<table>"
    if caption:
        yield f"<caption>{html_text(caption)}</caption>"
    heads = [*columns, *(["sources"] if notes is not None else [])]
    cells = "".join(
        f'<th scope="col"{_class(number in right)}>{html_text(name)}</th>'
        for number, name in enumerate(heads)
    )
    yield f"<thead>\n<tr>{cells}</tr>\n</thead>\n<tbody>"
    for number, row in enumerate(rows):
        cells = "".join(
            _cell(term, labels, iris=iris, number=place in right) for place, term in enumerate(row)
        )
        yield f"<tr>{cells}{'' if notes is None else f'<td>{notes[number]}</td>'}</tr>"
    yield "</tbody>\n</table>"


def html_text(text: str) -> str:
    """Escape a text, with a space for each character that nobody could see, but for line ends."""
    if not text.isprintable():
        text = "\n".join(UNSEEN.sub(" ", line) for line in text.split("\n"))
    return escape(text)


def html_link(address: str, text: str) -> str:
    """Write a text that leads to its address where that is one of the web, and only there."""
    if is_iri(address) and address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}">{html_text(text)}</a>'
    return html_text(text)


def _cell(term: Term | None, labels: dict[str, str], *, iris: bool, number: bool) -> str:
    """Write a cell, whose text cannot turn the direction of what is around it."""
    if term is None:
        return "<td></td>"
    text = display(term, labels, iris=iris)
    language = f' lang="{term.language}"' if isinstance(term, Literal) and term.language else ""
    inside = html_link(term.value, text) if isinstance(term, NamedNode) else html_text(text)
    return f'<td{_class(number)}{language} dir="auto">{inside}</td>'


def _class(number: bool) -> str:
    return ' class="number"' if number else ""
