"""Tables for people: on a terminal, in a pipe, in Markdown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ip5kg.answers import Answer
from ip5kg.formats import TABLE_FORMATS, find_format
from ip5kg.render.text import align, one_line
from ip5kg.terms import display

__all__ = ["markdown", "render_answer", "table"]


def render_answer(
    answer: Answer | bool,
    form: str,
    *,
    iris: bool = False,
    width: int | None = None,
    title: str = "Answer",
) -> str | bytes:
    """Write an answer down.

    Args:
        answer: Rows, or the truth value of ASK.
        form: The name of one of the ``TABLE_FORMATS``.
        iris: Show no labels, but prefixed names in ``table``, ``md`` and ``html``, and IRIs in
            ``records``, ``xlsx`` and ``parquet``; the W3C formats always have IRIs.
        width: The width of the terminal that a table is for; None when it is for none.
        title: What was asked, for the formats with a title.

    Returns:
        A text, or bytes for the formats that are binary.

    Raises:
        UnknownFormat: For any other format.
        MissingDependency: When the library that writes the format is not installed.
        OutputError: When the format cannot hold the answer.
    """
    find_format(form, TABLE_FORMATS)
    if form not in ("table", "md"):
        return _of_a_standard(answer, form, iris=iris, title=title)
    if isinstance(answer, bool):
        return "yes\n" if answer else "no\n"
    rows = [
        [one_line(display(term, answer.labels, iris=iris)) for term in row]
        for row in answer.solutions.rows
    ]
    if form == "md":
        return markdown(answer.columns, rows, answer.numeric())
    return table(answer.columns, rows, answer.numeric(), width=width)


def _of_a_standard(answer: Answer | bool, form: str, *, iris: bool, title: str) -> str | bytes:
    """Write an answer in a format that has a module of its own, which is imported here."""
    written: str | bytes
    if form == "records":
        from ip5kg.render.records import to_records

        written = to_records(answer, iris=iris)
    elif form == "html":
        from ip5kg.render.pages import to_html

        written = to_html(answer, iris=iris, title=title)
    elif form == "xlsx":
        from ip5kg.render.workbook import to_workbook

        written = to_workbook(answer, iris=iris, title=title)
    elif form == "parquet":
        from ip5kg.render.parquet import to_parquet

        written = to_parquet(answer, iris=iris)
    else:
        from ip5kg.render.results import to_csv, to_json, to_tsv

        write = {"csv": to_csv, "tsv": to_tsv, "json": to_json}[form]
        written = write(answer if isinstance(answer, bool) else answer.solutions)
    return written


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
    *,
    width: int | None = None,
) -> str:
    """Write a table for people.

    Args:
        columns: The head of the table.
        rows: Its cells.
        right: The columns that are aligned to the right, counted from 0.
        width: The width of the terminal, into which cells are wrapped; None for plain columns
            that are as wide as they need be.
    """
    if width is not None:
        from ip5kg.render.terminal import terminal_table

        return terminal_table(columns, rows, right, width)
    return "".join(f"{line}\n" for line in align([columns, *rows], right)) if columns else ""


def markdown(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()
) -> str:
    """Write a Markdown table, as GitHub reads it."""
    rule = ["---:" if number in right else "---" for number in range(len(columns))]
    lines = [columns, rule, *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
