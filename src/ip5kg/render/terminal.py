"""A table that fits a terminal: cells are wrapped between words, and no column gets too narrow."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ip5kg.render.text import width as display_width

__all__ = ["terminal_table", "wrapped"]

_GAP = 2
# A longer word, such as an IRI, may be broken so that its column becomes no wider.
_LONGEST = 20
_NARROWEST = 20


def terminal_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int], width: int
) -> str:
    """Write a table into the width of a terminal.

    Where there are more columns than can stand side by side with their words whole, each row
    becomes a block, with a line for each cell that is not empty.

    Args:
        columns: The head of the table.
        rows: Its cells, each a text without line ends.
        right: The columns that are aligned to the right, counted from 0.
        width: The width of the terminal.
    """
    if not columns:
        return ""
    widths = _widths([columns, *rows], width)
    lines = _blocks(columns, rows, width) if widths is None else []
    if widths is not None:
        lines = [_bold(line) for line in _lines(columns, widths, right)]
        lines += [line for row in rows for line in _lines(row, widths, right)]
    return "".join(f"{line}\n" for line in lines)


def wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines between words, and a word that is wider than a line within."""
    lines = [""]
    room = width
    for word in text.split():
        size = display_width(word)
        gap = 1 if lines[-1] else 0
        if gap + size <= room:
            lines[-1] += " " * gap + word
            room -= gap + size
            continue
        if lines[-1]:
            lines.append("")
            room = width
        for mark in word if size > width else [word]:
            taken = display_width(mark)
            if taken > room and lines[-1]:
                lines.append("")
                room = width
            lines[-1] += mark
            room -= taken
    return lines


def _widths(lines: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share the width out among the columns; None when it is too little for them."""
    cells = list(zip(*lines, strict=True))
    wanted = [max(map(display_width, column)) for column in cells]
    needed = [
        min(max((display_width(word) for cell in column for word in cell.split()), default=0), want)
        for column, want in zip(cells, wanted, strict=True)
    ]
    needed = [min(size, _LONGEST) for size in needed]
    room = width - _GAP * (len(wanted) - 1)
    if sum(needed) > room:
        return None

    def sizes(cap: int) -> list[int]:
        return [max(least, min(want, cap)) for least, want in zip(needed, wanted, strict=True)]

    # The widest columns are cut to the same size, the largest for which all of them fit.
    low, high = 0, max(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(sizes(middle)) <= room else (low, middle - 1)
    return sizes(low)


def _lines(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> Iterator[str]:
    """Write a row, which takes as many lines as its longest cell."""
    columns = [wrapped(cell, max(size, 1)) for cell, size in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns))):
        line = ""
        for place, (pieces, size) in enumerate(zip(columns, widths, strict=True)):
            piece = pieces[number] if number < len(pieces) else ""
            space = " " * (size - display_width(piece))
            line += (space + piece if place in right else piece + space) + " " * _GAP
        yield line.rstrip()


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Write each row as a block, with an empty line between two."""
    indent = max(map(display_width, columns)) + _GAP
    if width - indent < _NARROWEST:
        indent = _GAP
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(columns, row, strict=True):
            if not cell:
                continue
            pieces = wrapped(cell, max(width - indent, 1))
            head = _bold(name) + " " * (indent - display_width(name))
            if display_width(name) + _GAP > indent:
                yield from (_bold(line) for line in wrapped(name, width))
            else:
                yield head + pieces.pop(0)
            yield from (" " * indent + piece for piece in pieces)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"
