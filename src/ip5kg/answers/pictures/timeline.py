"""Timelines: spans and points in time, a lane for each thing.

What the sources leave open is drawn as it is: a month or a year is as long as it is, in a paler
colour; an end that nobody tells fades out; one that has not come is an arrow.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from ip5kg.answers.pictures.fields import Field, When, column_words, label_field, unfit
from ip5kg.answers.pictures.paper import (
    BACK,
    FAINT,
    LINE,
    MARKS,
    SERIES,
    SIZE,
    SMALL,
    WIDTH,
    Drawing,
    Legend,
    cut,
    measure,
    sheet,
)
from ip5kg.names import PREFIXES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Span", "draw_timeline", "spans_of"]

MOST_LANES = 120
_LANE, _HEADING = 15.0, 18.0
_MOST_GROUPS = 8
_MOST_SECTIONS = 20
_LABEL_WIDTH = 230.0
_PALE = 0.35
_STEPS = 6
_FADE = 16.0
_PRECISION = PREFIXES["precision"]
_TWO = 2
_YEAR = 365.2425


class Span(NamedTuple):
    """A row in time.

    Attributes:
        row: Its number, counted from 1.
        lane: The label of its lane.
        group: The label of its group; empty where there are none.
        begin: When it begins, or when it is; None where that is not known.
        end: When it ends; None where that is not known, or where it is a point.
        start: How it starts: ``sure``, ``faded``.
        finish: How it finishes: ``sure``, ``faded`` or ``open``.
        faint: Whether another row is preferred to it.
    """

    row: int
    lane: str
    group: str
    begin: When | None
    end: When | None
    start: str
    finish: str
    faint: bool

    @property
    def said(self) -> str:
        """What it says, as a text."""
        label = f"{self.group}: {self.lane}" if self.group else self.lane
        begin = self.begin.text if self.begin else "unknown"
        if self.start == "faded" and self.begin:
            begin = f"by {begin}"
        if self.finish == "point":
            return f"{label}, {begin}"
        end = self.end.text if self.end else ("open" if self.finish == "open" else "unknown")
        if self.finish == "faded" and self.end:
            end = f"after {end}"
        return f"{label}, {begin} to {end}"


def spans_of(fields: Sequence[Field]) -> tuple[list[Span], bool, str]:
    """Read the rows as spans, or as points.

    Returns:
        The spans, whether they are spans rather than points, and the name of the lanes.

    Raises:
        UnfitView: When there is no column of times or none of labels.
    """
    times = [field for field in fields if field.times]
    label = label_field(fields)
    if not times or label is None:
        raise unfit("timeline", "a column of dates or years and one of labels", fields)
    pair = _pair(times)
    drawn = pair or times[:1]
    if len(set(label.texts)) > MOST_LANES:
        fewer = [f for f in fields if f.says and 1 < f.distinct <= MOST_LANES / 4]
        label = max(fewer, key=lambda f: f.distinct, default=None)
        if label is None:
            raise unfit("timeline", f"a column of at most {MOST_LANES} different labels", fields)
    others = [f for f in fields if f.things and f.says and f is not label]
    most = _MOST_SECTIONS if pair else _MOST_GROUPS
    group = next(
        (f for f in others if 1 < f.distinct <= most and f.distinct < label.distinct), None
    )
    precisions = [f for f in fields if _is_precision(f)]
    preferred = next((f for f in fields if f.name == "preferred"), None)
    spans = []
    for number in range(len(label.texts)):
        begin, *rest = [(field.times or [])[number] for field in drawn]
        end = rest[0] if rest else None
        if begin is None and end is None:
            continue
        said = [_local(f.terms[number]) for f in precisions]
        start, finish = _ends(begin, end, said, span=bool(pair))
        lane = label.texts[number] or next(
            (f.texts[number] for f in others if f.texts[number]), "—"
        )
        spans.append(
            Span(
                number + 1,
                lane,
                group.texts[number] or "—" if group else "",
                begin,
                end,
                start,
                finish,
                faint=bool(preferred and preferred.texts[number] == "false"),
            )
        )
    if not spans:
        raise unfit("timeline", "rows with a date", fields)
    return spans, bool(pair), column_words(label.name)


def _ends(
    begin: When | None, end: When | None, said: Sequence[str], *, span: bool
) -> tuple[str, str]:
    """Tell how a span starts and finishes, by the precision of its ends."""
    first, last = (*said, "", "")[:2]
    start = "faded" if begin is None or first == "by" else "sure"
    if not span:
        return "sure", "point"
    if end is None:
        return start, "open" if last == "open" else "faded"
    return start, "faded" if last == "after" else "sure"


def _pair(times: Sequence[Field]) -> list[Field] | None:
    """Find the first two columns of times of which one is never after the other."""
    for number, first in enumerate(times):
        for second in times[number + 1 :]:
            both = [
                (a, b)
                for a, b in zip(first.times or [], second.times or [], strict=True)
                if a and b
            ]
            if both and all(a.first < b.past for a, b in both) and any(a != b for a, b in both):
                return [first, second]
    return None


def _is_precision(field: Field) -> bool:
    return field.things and all(
        isinstance(term, NamedNode) and term.value.startswith(_PRECISION)
        for term in field.terms
        if term is not None
    )


def _local(term: object) -> str:
    return term.value.removeprefix(_PRECISION) if isinstance(term, NamedNode) else ""


def draw_timeline(fields: Sequence[Field], title: str) -> Drawing:
    """Draw rows in time.

    Raises:
        UnfitView: When there is no column of times or none of labels.
    """
    spans, long, word = spans_of(fields)
    rows = list(_lanes(spans, sections=long))
    places = {key: y for key, y, _ in rows}
    height = rows[-1][1] + _LANE / 2 + 2
    shown = {key: cut(key[1] or key[0], _LABEL_WIDTH + 8, SIZE, bold=not key[1]) for key in places}
    left = max(measure(text, SIZE) for key, text in shown.items() if key[1])
    groups = list(dict.fromkeys(span.group for span in spans)) if spans[0].group else []
    looks = {name: (SERIES[n % 8], MARKS[n % 8]) for n, name in enumerate(groups)}
    legend = [] if long else [Legend(name, *looks[name]) for name in groups]
    low, high = _extent(spans)
    ticks = list(_ticks(low, high, WIDTH - left))
    figure, axes = sheet(
        title,
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
    for key, y, heading in rows:
        axes.annotate(
            shown[key],
            (0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-left - 8 if heading else -8, 0),
            textcoords="offset points",
            ha="left" if heading else "right",
            va="center",
            fontsize=SIZE,
            weight="bold" if heading else "normal",
        )
        if heading:
            axes.axhline(y - _HEADING / 2 - 1, color=LINE, linewidth=0.6)
    pen = _Pen(axes, (high - low) / (WIDTH - 24 - left - 26), high)
    for span in spans:
        colour, mark = looks.get(span.group, (SERIES[0], MARKS[0]))
        y = places[span.group if long else "", span.lane]
        (pen.bar if long else pen.point)(span, y, colour, mark)
    said = {f"mark-{span.row}": span.said for span in spans}
    first, last = _text(low), _text(high)
    what = f"{len(spans)} {'span' if long else 'point'}{'s' * (len(spans) > 1)}"
    return Drawing(
        figure, said, f"Timeline from {first} to {last}: {what} in time, a lane for each {word}."
    )


def _lanes(
    spans: Sequence[Span], *, sections: bool
) -> Iterator[tuple[tuple[str, str], float, bool]]:
    """Give each lane its place, below the heading of its section, in the order of time."""
    y = 0.0
    ordered = sorted(spans, key=lambda span: (span.begin or span.end or When(0, 0, "")).first)
    groups = dict.fromkeys(span.group for span in spans) if sections else {"": None}
    for group in groups:
        if group:
            y += _HEADING
            yield (group, ""), y - _HEADING / 2 + 1, True
        for lane in dict.fromkeys(s.lane for s in ordered if not sections or s.group == group):
            y += _LANE
            yield (group, lane), y - _LANE / 2, False


def _extent(spans: Sequence[Span]) -> tuple[float, float]:
    """Find the days between which all spans lie, with some room."""
    whens = [when for span in spans for when in (span.begin, span.end) if when]
    low, high = min(when.first for when in whens), max(when.past for when in whens)
    room = max((high - low) * 0.04, 20)
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

    def point(self, span: Span, y: float, colour: str, mark: str) -> None:
        """Draw a point, on a pale bar as long as its month or year."""
        when = span.begin or span.end
        if when is None:
            return
        if not when.exact:
            self._rectangle((when.first, when.past), y, 6, colour, _PALE)
        self._axes.plot(
            [when.middle],
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

    def bar(self, span: Span, y: float, colour: str, _: str) -> None:
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
