"""Timelines: spans and points in time, a lane for each thing.

What the sources leave open is drawn as it is: a month or a year is as long as it is, in a paler
colour; an end that nobody tells fades out; one that has not come is an arrow.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from ip5kg.answers.pictures.fields import Field, When
from ip5kg.answers.pictures.letters import SIZE, cut, measure
from ip5kg.answers.pictures.paper import (
    BACK,
    FAINT,
    LINE,
    MARKS,
    SERIES,
    WIDTH,
    Drawing,
    Heading,
    Legend,
    sheet,
)
from ip5kg.answers.pictures.spans import Span, spans_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_timeline"]

_LANE, _HEADING = 15.0, 18.0
_LABEL_WIDTH = 275.0
_PALE = 0.35
_STEPS = 6
_MARK = 7.0
_FADE = 16.0
_YEAR = 365.2425


class _Lane(NamedTuple):
    """A line of the picture.

    Attributes:
        label: What stands before it.
        y: Where it is, from above.
        rows: The rows that are in it; none for the heading of a section.
    """

    label: str
    y: float
    rows: tuple[int, ...]


def draw_timeline(fields: Sequence[Field], heading: Heading) -> Drawing:
    """Draw rows in time.

    Raises:
        UnfitView: When there is no column of times or none of labels.
    """
    spans, long, word = spans_of(fields)
    lanes = list(_lanes(spans, sections=long))
    places = {row: lane.y for lane in lanes for row in lane.rows}
    height = lanes[-1].y + _LANE / 2 + 2
    shown = [
        cut(lane.label, _LABEL_WIDTH if lane.rows else WIDTH - 30, SIZE, bold=not lane.rows)
        for lane in lanes
    ]
    left = max(measure(text) for text, lane in zip(shown, lanes, strict=True) if lane.rows)
    groups = list(dict.fromkeys(span.group for span in spans)) if spans[0].group else []
    groups.sort(key=lambda name: name.startswith("no "))
    looks = {name: (SERIES[n % 8], MARKS[n % 8]) for n, name in enumerate(groups)}
    legend = [] if long else [Legend(name, *looks[name]) for name in groups]
    low, high = _extent(spans)
    ticks = list(_ticks(low, high, WIDTH - left))
    figure, axes = sheet(
        heading,
        height,
        left=left + 8,
        right=18,
        below=18,
        above=16 if height > WIDTH else 0,
        legend=legend,
        notes=_notes(spans, total=len(fields[0].texts)),
    )
    axes.set(xlim=(low, high), ylim=(height, 0), axisbelow=True)
    axes.set_xticks([place for place, _ in ticks], [text for _, text in ticks], color=FAINT)
    axes.tick_params(axis="x", top=False, labeltop=height > WIDTH)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_yticks([])
    for text, lane in zip(shown, lanes, strict=True):
        section = not lane.rows
        axes.annotate(
            text,
            (0, lane.y),
            xycoords=("axes fraction", "data"),
            xytext=(-left - 8 if section else -8, 0),
            textcoords="offset points",
            ha="left" if section else "right",
            va="center",
            fontsize=SIZE,
            weight="bold" if section else "normal",
        )
        if section:
            axes.axhline(lane.y - _HEADING / 2 - 1, color=LINE, linewidth=0.6)
    pen = _Pen(axes, (high - low) / (WIDTH - 24 - left - 26), high)
    beside = _beside(spans)
    for span in spans:
        colour, mark = looks.get(span.group, (SERIES[0], MARKS[0]))
        y = places[span.row]
        if long:
            pen.bar(span, y, colour)
        else:
            pen.point(span, y, colour, mark, beside[span.row])
    said = {f"mark-{span.row}": span.said for span in spans}
    first, last = _text(low), _text(high)
    what = f"{len(spans)} {'span' if long else 'point'}{'s' * (len(spans) > 1)}"
    return Drawing(
        figure, said, f"Timeline from {first} to {last}: {what} in time, a lane for each {word}."
    )


def _lanes(spans: Sequence[Span], *, sections: bool) -> Iterator[_Lane]:
    """Give each lane its place, below the heading of its section, in the order of time."""
    y = 0.0
    ordered = sorted(spans, key=lambda span: (span.begin or span.end or When(0, 0, "")).first)
    groups = dict.fromkeys(span.group for span in spans) if sections else {"": None}
    for group in groups:
        if group:
            y += _HEADING
            yield _Lane(group, y - _HEADING / 2 + 1, ())
        lanes: dict[str, list[Span]] = {}
        for span in ordered:
            if not sections or span.group == group:
                lanes.setdefault(span.lane, []).append(span)
        for label, members in lanes.items():
            for number, track in enumerate(_tracks(members) if sections else [members]):
                y += _LANE
                rows = tuple(span.row for span in track)
                yield _Lane("" if number else label, y - _LANE / 2, rows)


def _tracks(spans: Sequence[Span]) -> list[list[Span]]:
    """Part the spans of a lane, in the order of time, so that none hides another."""
    tracks: list[list[Span]] = []
    for span in spans:
        begin = span.begin.past - 1 if span.begin else 0
        free = (t for t in tracks if _certain_end(t[-1]) <= begin)
        track = next(free, None)
        if track is None:
            tracks.append([span])
        else:
            track.append(span)
    return tracks


def _certain_end(span: Span) -> float:
    """Tell until when a span lasts for certain."""
    if span.end:
        return span.end.first
    return inf if span.finish == "open" else (span.begin.past if span.begin else 0)


def _beside(spans: Sequence[Span]) -> dict[int, float]:
    """Tell how many marks from its place each stands, since others have the same lane and time."""
    shared: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        shared.setdefault((span.lane, span.begin.text if span.begin else ""), []).append(span)
    places = {}
    for members in shared.values():
        groups = list(dict.fromkeys(span.group for span in members))
        for span in members:
            places[span.row] = groups.index(span.group) - (len(groups) - 1) / 2
    return places


def _extent(spans: Sequence[Span]) -> tuple[float, float]:
    """Find the days between which all spans lie, with some room."""
    whens = [when for span in spans for when in (span.begin, span.end) if when]
    low, high = min(when.first for when in whens), max(when.past for when in whens)
    room = max((high - low) * 0.04, 45)
    return max(low - room, 1), min(high + room, datetime.date.max.toordinal())


def _ticks(low: float, high: float, width: float) -> Iterator[tuple[float, str]]:
    """Find round years, or months where there are few years."""
    first, last = (datetime.date.fromordinal(int(day)) for day in (low, high))
    most = max(int(width / 55), 2)
    if high - low < 2.2 * _YEAR:
        months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
        step = next(n for n in (1, 2, 3, 6, 12) if len(months) / n <= most * 1.5 or n == 12)  # noqa: PLR2004
        for year, month in months:
            day = datetime.date(year, month, 1).toordinal()
            if (month - 1) % step == 0 and low <= day <= high:
                yield day, f"{year}-{month:02d}"
        return
    years = last.year - first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if years / n <= most)
    for year in range(-(-first.year // step) * step or step, last.year + 1, step):
        day = datetime.date(year, 1, 1).toordinal()
        if low <= day <= high:
            yield day, str(year)


def _text(day: float) -> str:
    return str(datetime.date.fromordinal(int(day)).year)


def _notes(spans: Sequence[Span], *, total: int) -> Iterator[str]:
    """Say what the reader must know to read the ends."""
    long = spans[0].finish != "point"
    parts = []
    if any(when and not when.exact for span in spans for when in (span.begin, span.end)):
        parts.append("Pale: only the month or the year is known.")
    if long and any("faded" in (span.start, span.finish) for span in spans):
        parts.append("Fading: the sources do not tell when it began or ended.")
    if any(span.finish == "open" for span in spans):
        parts.append("Arrow: not ended, as far as the sources go.")
    if any(span.faint for span in spans):
        parts.append("Outlined: another source is preferred.")
    if len(spans) < total:
        left = total - len(spans)
        parts.append(f"{left} {'row' if left == 1 else 'rows'} without a date left out.")
    if not long and any(_beside(spans).values()):
        parts.append("Marks of the same time stand side by side.")
    if parts:
        yield " ".join(parts)


class _Pen:
    """What draws spans and points on axes.

    Args:
        axes: The axes.
        day: How many days are a point wide.
        last: The day at the right edge.
    """

    def __init__(self, axes: Axes, day: float, last: float) -> None:
        self._axes, self._day, self._last = axes, day, last

    def point(self, span: Span, y: float, colour: str, mark: str, beside: float) -> None:
        """Draw a point, on a pale bar as long as its month or year."""
        when = span.begin or span.end
        if when is None:
            return
        if not when.exact:
            self._rectangle((when.first, when.past), y, 6, colour, _PALE)
        self._axes.plot(
            [when.middle + beside * _MARK * self._day],
            [y],
            mark,
            color=colour,
            markersize=6.5,
            clip_on=False,
            markeredgewidth=1.2 if span.faint else 0.6,
            markeredgecolor=colour if span.faint else BACK,
            markerfacecolor="none" if span.faint else colour,
            gid=f"mark-{span.row}",
        )

    def bar(self, span: Span, y: float, colour: str) -> None:
        """Draw a bar between what is known, with its ends as the sources have them."""
        fade = _FADE * self._day
        begin, end = span.begin, span.end
        from_day = begin.past - 1 if begin else (end.first - fade if end else 0)
        # What begins by a day is there on that day; what has no end reaches to the edge or fades.
        to_day = float(end.first + (1 if end.exact else 0)) if end else self._open_end(span, fade)
        if begin and not begin.exact:
            self._rectangle(
                (begin.first, min(begin.past, end.past if end else begin.past)), y, 9, colour, _PALE
            )
        if end and not end.exact:
            self._rectangle(
                (max(end.first, begin.first if begin else 0), end.past), y, 9, colour, _PALE
            )
        whole = (min(from_day, to_day), max(to_day, from_day + self._day))
        if to_day < from_day and begin and end:
            whole = (begin.first, end.past)
        solid = to_day >= from_day
        self._rectangle(whole, y, 9, colour, (0.9 if solid else 0.0), span)
        if span.start == "faded" and begin:
            self._fade(begin.first, -fade, y, colour)
        if span.start == "faded" and begin is None:
            self._fade(from_day, -fade, y, colour)
        if span.finish == "faded":
            self._fade(end.past if end else to_day, fade, y, colour)
        if span.finish == "open":
            self._axes.plot(
                [self._last], [y], ">", color=colour, markersize=7, clip_on=False, markeredgewidth=0
            )

    def _open_end(self, span: Span, fade: float) -> float:
        begin = span.begin.past if span.begin else 0
        return self._last if span.finish == "open" else min(begin + fade, self._last)

    def _rectangle(  # noqa: PLR0913, PLR0917 - each is a part of it
        self,
        days: tuple[float, float],
        y: float,
        high: float,
        colour: str,
        alpha: float,
        span: Span | None = None,
    ) -> None:
        from matplotlib.patches import Rectangle

        faint = span is not None and span.faint
        patch = Rectangle(
            (days[0], y - high / 2),
            max(days[1] - days[0], self._day),
            high,
            clip_on=False,
            facecolor=colour,
            alpha=alpha * (0.35 if faint else 1),
            linewidth=0,
        )
        if faint:
            patch.set(edgecolor=colour, linewidth=1.0)
        if span is not None:
            patch.set_gid(f"mark-{span.row}")
        self._axes.add_patch(patch)

    def _fade(self, day: float, length: float, y: float, colour: str) -> None:
        step = length / _STEPS
        for number in range(_STEPS):
            ends = sorted((day + number * step, day + (number + 1) * step))
            self._rectangle((ends[0], ends[1]), y, 9, colour, 0.75 * (1 - (number + 0.5) / _STEPS))
