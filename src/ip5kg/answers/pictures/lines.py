"""Lines: numbers over the years, a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ip5kg.answers.pictures.apart import apart
from ip5kg.answers.pictures.bars import number_text
from ip5kg.answers.pictures.fields import Field, column_words, unfit
from ip5kg.answers.pictures.letters import SMALL, cut, measure, wrap
from ip5kg.answers.pictures.paper import (
    BACK,
    FAINT,
    INK,
    LINE,
    MARKS,
    SERIES,
    Drawing,
    Heading,
    sheet,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Point", "draw_lines", "lines_of"]

MOST_LINES = 8
_HEIGHT = 300.0
_LABEL_WIDTH = 150.0
_LEADING = 10.5
_APART = 4.0


class Point(NamedTuple):
    """A number at a time.

    Attributes:
        row: Its row, counted from 1.
        when: The year, with a fraction for days and months.
        text: The time as it was given.
        value: The number.
        on_line: Whether the line goes through it; else another of the same time goes before.
        hollow: Whether a column of truth values calls it provisional or approximate.
    """

    row: int
    when: float
    text: str
    value: float
    on_line: bool
    hollow: bool


def lines_of(fields: Sequence[Field]) -> tuple[dict[str, list[Point]], Field]:
    """Read the rows as lines.

    Returns:
        The points of each line in the order of time, and the column of numbers. Of several values
        for one time, the line goes through that which is preferred, or else the first.

    Raises:
        UnfitView: When there is no column of times or none of numbers.
    """
    time = next((field for field in fields if field.times), None)
    number = next((field for field in fields if field.numbers), None)
    if time is None or number is None:
        raise unfit("line chart", "a column of years and one of numbers", fields)
    series = _series(fields)
    flags = [f for f in fields if f.aside and not f.things]
    preferred = next((f for f in flags if f.name == "preferred"), None)
    doubts = [f for f in flags if f is not preferred]
    lines: dict[str, list[Point]] = {}
    rows = [
        (preferred is not None and preferred.texts[row] == "false", when.middle, row, when, value)
        for row, (when, value) in enumerate(
            zip(time.times or [], number.numbers or [], strict=True)
        )
        if when and value is not None
    ]
    for _, _, row, when, value in sorted(rows, key=lambda one: one[:3]):
        points = lines.setdefault(" – ".join(f.texts[row] or "—" for f in series), [])
        taken = any(point.text == when.text for point in points)
        doubt = any(f.texts[row] == "true" for f in doubts)
        year = when.middle / 365.2425
        points.append(Point(row + 1, year, when.text, value, not taken, doubt))
    if not lines:
        raise unfit("line chart", "rows with a year and a number", fields)
    for points in lines.values():
        points.sort(key=lambda point: (point.when, point.row))
    return lines, number


def _series(fields: Sequence[Field]) -> list[Field]:
    """Find the columns of things of which each has a line, without such as are the same in all."""
    found = [f for f in fields if f.things and f.says]
    several = [f for f in found if f.distinct > 1]
    return several or found[:1]


def draw_lines(fields: Sequence[Field], heading: Heading) -> Drawing:
    """Draw numbers over the years.

    Raises:
        UnfitView: When there is no column of times or none of numbers.
    """
    lines, number = lines_of(fields)
    names = sorted(lines, key=lambda name: -max(point.value for point in lines[name]))
    shown = names[:MOST_LINES]
    alone = len(shown) == 1
    labels = {name: [] if alone else _two_lines(name) for name in shown}
    points = [point for name in shown for point in lines[name]]
    low, high, step = _scale([point.value for point in points])
    ticks = [low + n * step for n in range(round((high - low) / step) + 1)]
    figure, axes = sheet(
        heading,
        _HEIGHT,
        left=max(measure(number_text(tick), SMALL) for tick in ticks) + 6,
        right=max((measure(t, SMALL) for texts in labels.values() for t in texts), default=0) + 18,
        below=18,
        above=18,
        notes=_notes(lines, shown, number),
    )
    first, last = min(p.when for p in points), max(p.when for p in points)
    room = max((last - first) * 0.02, 0.3)
    axes.set(xlim=(first - room, last + room), ylim=(low, high), axisbelow=True)
    axes.set_yticks(ticks, [number_text(tick) for tick in ticks], color=FAINT)
    _years(axes, points)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.annotate(
        _unit(fields, number),
        (0, 1),
        xycoords="axes fraction",
        xytext=(0, 8),
        textcoords="offset points",
        fontsize=SMALL,
        color=FAINT,
        va="bottom",
    )
    said: dict[str, str] = {}
    ends = []
    for place, name in enumerate(shown):
        colour, mark = SERIES[place], MARKS[place]
        _line(axes, lines[name], (colour, mark), f"line-{place + 1}")
        said[f"line-{place + 1}"] = name or column_words(number.name)
        for point in lines[name]:
            said[f"mark-{point.row}"] = (
                f"{name + ', ' if name else ''}{point.text}: {number_text(point.value)}"
            )
        end = [point for point in lines[name] if point.on_line][-1]
        ends.append(((end.value - low) / (high - low) * _HEIGHT, end, name, colour))
    if not alone:
        _name_lines(axes, ends, labels, (last + room, (high - low) / _HEIGHT))
    texts = sorted(point.text for point in points)
    return Drawing(
        figure,
        said,
        f"Line chart of {column_words(number.name)} from {texts[0]} to {texts[-1]}: "
        + ("one line." if alone else f"{len(shown)} lines: {', '.join(shown)}."),
    )


def _unit(fields: Sequence[Field], number: Field) -> str:
    """Name what is measured, with its unit where a column has a single one."""
    unit = next((f for f in fields if f.name == "unit" and f.distinct == 1), None)
    return column_words(number.name) + (f" ({unit.texts[0]})" if unit and unit.texts[0] else "")


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """Find round ends and steps, from nothing where that does not flatten the lines."""
    most, least = max(values), min(values)
    low = 0.0 if least >= 0 and least < 0.6 * most else least
    span = (most - low) or abs(most) or 1.0
    raw = span / 5
    size = 10.0 ** _exponent(raw)
    step = next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= raw * 0.999)
    bottom = step * (low // step)
    top = step * -(-most // step)
    return bottom, top if top > bottom else bottom + step, step


def _exponent(value: float) -> int:
    return int(f"{value:e}".partition("e")[2])


def _years(axes: Axes, points: Sequence[Point]) -> None:
    """Write whole years below, as many as have room."""
    years = {int(point.text[:4]) for point in points}
    first, last = min(years), max(years)
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 500) if (last - first) / n <= 11)  # noqa: PLR2004
    base = [year for year in range(first, last + 1) if year % step == 0 or step == 1]
    # A year stands where the points of whole years do: in its middle.
    axes.set_xticks([_middle(year) for year in base], [str(year) for year in base], color=FAINT)


def _middle(year: int) -> float:
    import datetime

    first = datetime.date(year, 1, 1).toordinal()
    return (first + datetime.date(year, 12, 31).toordinal() + 1) / 2 / 365.2425


def _line(axes: Axes, points: Sequence[Point], look: tuple[str, str], gid: str) -> None:
    """Draw a line, dotted over what is more than a year, and its points."""
    colour, mark = look
    through = [point for point in points if point.on_line]
    runs: list[list[Point]] = [[through[0]]]
    for one, other in pairwise(through):
        if other.when - one.when > 1.5:  # noqa: PLR2004 - years
            axes.plot(
                [one.when, other.when], [one.value, other.value], ":", color=colour, linewidth=1.2
            )
            runs.append([])
        runs[-1].append(other)
    for number, run in enumerate(runs):
        axes.plot(
            [p.when for p in run],
            [p.value for p in run],
            color=colour,
            linewidth=1.8,
            gid=gid if number == 0 else f"{gid}-{number + 1}",
        )
    for point in points:
        hollow = point.hollow or not point.on_line
        axes.plot(
            [point.when],
            [point.value],
            mark,
            color=colour,
            markersize=5.5,
            clip_on=False,
            markerfacecolor=BACK if hollow else colour,
            markeredgecolor=colour if hollow else BACK,
            markeredgewidth=1.1 if hollow else 0.6,
            gid=f"mark-{point.row}",
        )


def _two_lines(name: str) -> list[str]:
    """Write a name on at most two lines."""
    first, *rest = wrap(name, _LABEL_WIDTH, SMALL)
    return [first, cut(" ".join(rest), _LABEL_WIDTH, SMALL)] if rest else [first]


def _name_lines(
    axes: Axes,
    ends: Sequence[tuple[float, Point, str, str]],
    labels: dict[str, list[str]],
    scale: tuple[float, float],
) -> None:
    """Write the name of each line at its end, pushed apart where they would overlap."""
    edge, unit = scale
    ordered = sorted(ends, key=lambda end: (end[0], end[2]))
    heights = [len(labels[end[2]]) * _LEADING + _APART for end in ordered]
    places = apart([end[0] for end in ordered], heights, _HEIGHT + _LEADING)
    for place, (_, point, name, colour) in zip(places, ordered, strict=True):
        value = axes.get_ylim()[0] + place * unit
        axes.plot(
            [point.when, edge],
            [point.value, value],
            color=colour,
            linewidth=0.5,
            clip_on=False,
            alpha=0.6,
        )
        lines = labels[name]
        for number, text in enumerate(lines):
            axes.annotate(
                text,
                (edge, value),
                xytext=(4, ((len(lines) - 1) / 2 - number) * _LEADING),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
                color=INK,
                annotation_clip=False,
            )


def _notes(lines: dict[str, list[Point]], shown: Sequence[str], number: Field) -> Iterator[str]:
    """Say what hollow points and dotted lines mean, where there are any."""
    points = [point for name in shown for point in lines[name]]
    parts = []
    if any(point.hollow for point in points):
        parts.append("Hollow: provisional or approximate.")
    if not all(point.on_line for point in points):
        parts.append(
            "Hollow and off the line: another source has another figure, and is not preferred "
            "or comes later in the answer."
        )
    if len(shown) < len(lines):
        parts.append(f"The {len(shown)} lines that reach highest, of {len(lines)}.")
    if parts:
        yield " ".join(parts)
    if len(points) == 1:
        yield f"A single {column_words(number.name)}: there is no line to draw."
