"""Text in cells: on one line, and as wide as it looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ip5kg.turtle.lexical import UNSEEN

__all__ = ["UNSEEN", "align", "markdown_text", "one_line", "width"]

_GAP = "  "


def one_line(text: str) -> str:
    """Put a text on one line: a space for each control character and each without a look."""
    return text if text.isprintable() else UNSEEN.sub(" ", text)


def markdown_text(text: str) -> str:
    """Put a text on one line and escape what Markdown would take for its own."""
    text = one_line(text)
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, "\\" + mark)
    return text


def width(text: str) -> int:
    """Count the columns that a text takes on a terminal: two for a wide character."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.category(mark) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(mark) in "WF")
        for mark in text
    )


def align(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Align cells in columns two spaces apart; nothing is wrapped or cut.

    Args:
        rows: Rows of equally many cells.
        right: The columns that are aligned to the right, counted from 0.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            " " * (size - width(cell)) + cell
            if number in right
            else cell + " " * (size - width(cell))
            for number, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
