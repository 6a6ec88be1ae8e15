"""The line of a source where a finding stands, as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ip5kg.render.text import one_line, width
from ip5kg.validation.findings import Place

__all__ = ["Excerpt", "excerpt", "marked_lines"]

_TAB = "    "
_DOTS = "…"
# A flood of marks that take no room must not go on for ever.
_MARKS_PER_COLUMN = 4


class Excerpt(NamedTuple):
    """A line in three parts, fit for a terminal.

    Attributes:
        before: What precedes the stretch.
        stretch: What the finding is about; empty when the column is unknown.
        after: What follows.
    """

    before: str
    stretch: str
    after: str


def excerpt(place: Place, columns: int) -> Excerpt | None:
    """Cut a line around the stretch that a place stands for.

    Tabs become spaces and every other control character one space. Where the line is too long,
    the beginning of the stretch stays, with something of what is around it.

    Args:
        place: A place.
        columns: How many columns there are.

    Returns:
        At most so many columns, though four are always taken; None when the place has no text.
    """
    text = place.text
    if not text or not place.line:
        return None
    start = min(max(place.column - 1, 0), len(text))
    end = _end(place, start)
    before, stretch, after = text[:start], text[start:end], text[end:]
    if len(text) <= columns:
        whole = Excerpt(*(_shown(part) for part in (before, stretch, after)))
        if sum(map(width, whole)) <= columns:
            return whole
    return _cut(before, stretch, after, columns)


def marked_lines(place: Place, columns: int) -> list[str]:
    """Write a line with its number, and under it one that marks the stretch."""
    number = str(place.line)
    found = excerpt(place, columns - len(number) - len(" | "))
    if found is None:
        return []
    lines = [f"{number} | {''.join(found)}".rstrip()]
    if place.column:
        before, under = width(found.before), max(width(found.stretch), 1)
        lines.append(f"{' ' * len(number)} | {' ' * before}{'^' * under}")
    return lines


def _end(place: Place, start: int) -> int:
    """Find where the stretch ends on its first line."""
    length = len(place.text)
    if not place.column:
        return start
    if place.end_line > place.line:
        return length
    return min(max(place.end_column - 1, start + 1), length)


def _cut(before: str, stretch: str, after: str, columns: int) -> Excerpt:
    """Share the columns out: two thirds at most for the stretch, the rest around it."""
    room = max(columns - 2 * len(_DOTS), 1)
    middle, whole = _head(stretch, room * 2 // 3 or 1)
    room = max(room - width(middle), 0)
    if not whole:
        left, all_left = _tail(before, room)
        return Excerpt(left if all_left else _DOTS + left, middle, _DOTS)
    # What one side does not need, the other may take.
    right, _ = _head(after, room)
    left, all_left = _tail(before, max(room // 2, room - width(right)))
    right, all_right = _head(after, room - width(left))
    return Excerpt(
        left if all_left else _DOTS + left, middle, right if all_right else right + _DOTS
    )


def _head(text: str, columns: int) -> tuple[str, bool]:
    """Take as many characters from the beginning as fit, and tell whether these are all."""
    taken = _take(text[: columns * _MARKS_PER_COLUMN], columns)
    return "".join(map(_shown, taken)), len(taken) == len(text)


def _tail(text: str, columns: int) -> tuple[str, bool]:
    """Take as many characters from the end as fit, and tell whether these are all."""
    end = text[-columns * _MARKS_PER_COLUMN :] if columns else ""
    taken = _take(reversed(end), columns)
    return "".join(map(_shown, reversed(taken))), len(taken) == len(text)


def _take(characters: Iterable[str], columns: int) -> list[str]:
    taken = []
    for character in characters:
        columns -= width(_shown(character))
        if columns < 0:
            break
        taken.append(character)
    return taken


def _shown(text: str) -> str:
    return one_line(text.replace("\t", _TAB))
