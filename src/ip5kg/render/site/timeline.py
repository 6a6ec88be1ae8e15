"""What is dated about a thing, as an inline picture: a row for each span or occasion."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from pyoxigraph import Literal

from ip5kg.answers.markup import html_text
from ip5kg.describe import Fact
from ip5kg.names import IP5

__all__ = ["Dated", "dated", "timeline"]

_ROW, _TOP, _LEFT, _WIDTH, _RIGHT = 22, 28, 8, 720, 12
_LEAST, _MOST = 2, 60
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_TICKS = 10
_BEGINS = ("beginEarliest", "beginLatest", "earliest", "firstSeen")
_ENDS = ("endLatest", "endEarliest", "lastSeen")
_LETTER = 6.5
"""About how wide a letter is, in units of the picture."""


class Dated(NamedTuple):
    """A span or an occasion.

    Attributes:
        label: What it is.
        begin: The first day that it may have.
        end: The first day after it; None for what goes on.
        is_span: Whether it lasts, rather than happens.
    """

    label: str
    begin: datetime.date
    end: datetime.date | None
    is_span: bool


def dated(label: str, facts: Iterable[Fact]) -> Dated | None:
    """Find when something is, by its bounds; None for what has none."""
    days = {}
    for fact in facts:
        day = _day(fact)
        if day is not None:
            days[str(fact.property).removeprefix(IP5)] = day
    begin = next((days[name] for name in _BEGINS if name in days), None)
    if begin is None:
        return None
    if "earliest" in days:
        latest = days.get("latest", begin)
        return Dated(label, begin, latest + datetime.timedelta(days=1), is_span=False)
    end = next((days[name] for name in _ENDS if name in days), None)
    return Dated(label, begin, end, is_span=True)


def timeline(title: str, rows: Sequence[Dated], today: datetime.date) -> str:
    """Draw rows on a common scale of years; nothing for too few or too many.

    Args:
        title: What is drawn.
        rows: What is dated.
        today: The last day that the record tells of; what goes on is drawn to here.
    """
    if not _LEAST <= len(rows) <= _MOST:
        return ""
    ordered = sorted(rows, key=lambda row: (row.begin, row.end or today, row.label))
    first = ordered[0].begin.year
    last = max(max(row.begin, row.end or today) for row in ordered).year + 1
    scale = (_WIDTH - _LEFT - _RIGHT) / max(1, last - first)

    def place(day: datetime.date) -> float:
        return round(_LEFT + (day.year - first + (day.timetuple().tm_yday - 1) / 366) * scale, 1)

    height = _TOP + _ROW * len(ordered) + 6
    name = f"{title}, {len(ordered)} in all, {first} to {last - 1}"
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    parts = [f'<svg {size} role="img" aria-label="{escape(name)}">']
    step = next((years for years in _STEPS if last - first <= _TICKS * years), _STEPS[-1])
    for year in range(first - first % step, last + 1, step):
        if year < first:
            continue
        x = round(_LEFT + (year - first) * scale, 1)
        parts.append(f'<line class="axis" x1="{x}" x2="{x}" y1="18" y2="{height}"/>')
        anchor = ' text-anchor="end"' if x > _WIDTH - 30 else ""
        parts.append(f'<text x="{x}" y="13"{anchor}>{year}</text>')
    for number, row in enumerate(ordered):
        parts += _row(row, _TOP + number * _ROW, place(row.begin), place(row.end or today))
    parts.append("</svg>")
    return f"<figure>\n{''.join(parts)}\n<figcaption>{html_text(title)}</figcaption>\n</figure>"


def _row(row: Dated, y: int, x: float, right: float) -> list[str]:
    """Draw one row, its words where there is room."""
    if row.is_span:
        width = max(3.0, round(right - x, 1))
        mark = f'<rect class="span" x="{x}" y="{y}" width="{width}" height="14" rx="2"/>'
        if row.end is None:
            tip = round(x + width, 1)
            mark += f'<path class="span" d="M{tip} {y - 1} l8 8 l-8 8 z"/>'
    else:
        width = max(0.0, round(right - x, 1))
        mark = f'<circle class="point" cx="{round(x + width / 2, 1)}" cy="{y + 7}" r="5"/>'
    words = html_text(row.label)
    after = x + width + 12
    if after + len(row.label) * _LETTER <= _WIDTH:
        text = f'<text x="{round(after, 1)}" y="{y + 11}">{words}</text>'
    elif x - 10 - len(row.label) * _LETTER >= 0:
        text = f'<text x="{round(x - 8, 1)}" y="{y + 11}" text-anchor="end">{words}</text>'
    else:
        room = int((_WIDTH - _LEFT) / _LETTER)
        short = row.label if len(row.label) <= room else row.label[: room - 1] + "…"
        halo = 'style="paint-order: stroke; stroke: var(--back); stroke-width: 4px"'
        text = f'<text x="{_LEFT}" y="{y + 11}" {halo}>{html_text(short)}</text>'
    return [f"<g><title>{words}</title>{mark}{text}</g>"]


def _day(fact: Fact) -> datetime.date | None:
    if not isinstance(fact.term, Literal) or not str(fact.property).startswith(IP5):
        return None
    return fact.value if type(fact.value) is datetime.date else None
