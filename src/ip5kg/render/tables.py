"""Tables for people: on a terminal, in a pipe, in Markdown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ip5kg.answers import Answer
from ip5kg.answers.cited import COLUMN, Cited
from ip5kg.formats import TABLE_FORMATS, find_format
from ip5kg.render.text import align, markdown_text, one_line
from ip5kg.terms import display

__all__ = ["markdown", "render_answer", "table"]


def render_answer(
    answer: Answer | Cited | bool,
    form: str,
    *,
    iris: bool = False,
    width: int | None = None,
    title: str = "Answer",
) -> str | bytes:
    """Write an answer down.

    Args:
        answer: Rows, or the truth value of ASK. Rows with their sources have one more column:
            marks for the footnotes below in ``table``, ``md``, ``html`` and ``xlsx``, else the IRIs
            of the sources.
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
    plain = answer.answer if isinstance(answer, Cited) else answer
    columns, right = list(plain.columns), plain.numeric()
    fit = markdown_text if form == "md" else one_line
    rows = [
        [fit(display(term, plain.labels, iris=iris)) for term in row]
        for row in plain.solutions.rows
    ]
    notes = ""
    if isinstance(answer, Cited):
        from ip5kg.render.footnotes import markdown_notes, marks_text, text_notes

        columns.append(COLUMN)
        for row, marks in zip(rows, answer.marks, strict=True):
            row.append(marks_text(marks))
        notes = markdown_notes(answer) if form == "md" else text_notes(answer, width)
    if form == "md":
        return markdown(columns, rows, right) + notes
    return table(columns, rows, right, width=width) + notes


def _of_a_standard(
    answer: Answer | Cited | bool, form: str, *, iris: bool, title: str
) -> str | bytes:
    """Write an answer in a format that has a module of its own, which is imported here."""
    written: str | bytes
    if form == "html":
        from ip5kg.render.pages import to_html

        return to_html(answer, iris=iris, title=title)
    if form == "xlsx":
        from ip5kg.render.workbook import to_workbook

        return to_workbook(answer, iris=iris, title=title)
    if isinstance(answer, Cited):
        answer = answer.with_column()
    if form == "records":
        from ip5kg.render.records import to_records

        written = to_records(answer, iris=iris)
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
    """Write a table of Markdown, as GitHub reads it, from cells that are Markdown."""
    rule = ["---:" if number in right else "---" for number in range(len(columns))]
    lines = [columns, rule, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
