"""Bars: a number for each label, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ip5kg.answers.pictures.fields import Field, column_words, label_field, number_field, unfit
from ip5kg.answers.pictures.letters import SIZE, SMALL, cut, measure
from ip5kg.answers.pictures.paper import FAINT, LINE, SERIES, Drawing, Heading, Legend, sheet

__all__ = ["Bar", "bars_of", "draw_bars", "number_text"]

MOST_BARS = 40
_ROW = 17.0
_LABEL_WIDTH = 285.0
_MOST_PARTS = 8
# Labels that return less often than this belong to rows that are no parts of a sum.
_RETURNS = 1.3


class Bar(NamedTuple):
    """A bar, in one piece or in parts.

    Attributes:
        label: What it is of.
        parts: Its numbers with the rows they stand in, counted from 1, and the names of the parts.
    """

    label: str
    parts: tuple[tuple[float, int, str], ...]

    @property
    def total(self) -> float:
        """The sum of its parts."""
        return sum(value for value, _, _ in self.parts)


def bars_of(fields: Sequence[Field]) -> tuple[list[Bar], Field, Field]:
    """Read the rows as bars, largest first.

    Returns:
        The bars, the column of labels and the column of numbers.

    Raises:
        UnfitView: When there is no column of numbers or none of labels.
    """
    number = number_field(fields)
    label = label_field(fields)
    if number is None or label is None:
        raise unfit("bar chart", "a column of labels and one of numbers", fields)
    values = number.numbers or []
    rows = [row for row, value in enumerate(values) if value is not None]
    part = _part(fields, label, number)
    grouped: dict[str, list[tuple[float, int, str]]] = {}
    if part is not None and _adds_up(label, part, values):
        for row in rows:
            grouped.setdefault(label.texts[row] or "—", []).append(
                (values[row] or 0.0, row + 1, part.texts[row] or "—")
            )
        bars = [Bar(name, tuple(parts)) for name, parts in grouped.items()]
    else:
        names = label.texts
        if part is not None:
            word = f"{column_words(part.name)} " if part.aside else ""
            again = {name for name in names if names.count(name) > 1}
            names = [
                f"{name} – {word}{other}" if name in again and other else name
                for name, other in zip(names, part.texts, strict=True)
            ]
        bars = [Bar(names[row] or "—", ((values[row] or 0.0, row + 1, ""),)) for row in rows]
    return sorted(bars, key=lambda bar: -bar.total), label, number


def _part(fields: Sequence[Field], label: Field, number: Field) -> Field | None:
    """Find the column that tells rows with the same label apart, with the fewest names."""
    if label.distinct == len(label.texts):
        return None
    others = [
        field
        for field in fields
        if field not in (label, number)
        and (field.says or (field.things and field.aside))
        and len(set(zip(label.texts, field.texts, strict=True))) == len(label.texts)
    ]
    return min(others, key=lambda field: field.distinct, default=None)


def _adds_up(label: Field, part: Field, values: Sequence[float | None]) -> bool:
    """Tell whether rows of the same label are parts of a sum: counts, and not too few of them."""
    counts = all(value is None or (value >= 0 and value == int(value)) for value in values)
    often = len(label.texts) >= _RETURNS * label.distinct
    return counts and often and part.distinct <= _MOST_PARTS


def draw_bars(fields: Sequence[Field], heading: Heading) -> Drawing:
    """Draw a bar for each label.

    Raises:
        UnfitView: When there is no column of numbers or none of labels.
    """
    bars, label, number = bars_of(fields)
    shown = bars[:MOST_BARS]
    names = list(dict.fromkeys(part for bar in bars for _, _, part in bar.parts if part))
    names.sort(key=lambda name: -sum(v for bar in bars for v, _, part in bar.parts if part == name))
    colours = {name: SERIES[n % len(SERIES)] for n, name in enumerate(names)}
    notes = [f"Length of a bar: {column_words(number.name)}."]
    if len(shown) < len(bars):
        notes[0] += f" The {MOST_BARS} largest of {len(bars):,}."
    labels = [_shown(bar.label) for bar in shown]
    left = max(measure(text) for text in labels)
    totals = [number_text(bar.total) for bar in shown]
    right = max(measure(text, SMALL) for text in totals) + 8
    height = len(shown) * _ROW
    figure, axes = sheet(
        heading,
        height,
        left=left + 8,
        right=right,
        notes=notes,
        legend=[Legend(name, colours[name], "s") for name in names],
    )
    least = min(0.0, *(bar.total for bar in shown), 0.0)
    most = max(0.0, *(bar.total for bar in shown), 0.0)
    axes.set(
        xlim=(least, most if most > least else least + 1), ylim=(height, 0), xticks=[], yticks=[]
    )
    axes.axvline(0, color=LINE, linewidth=1.0)
    said = {}
    for place, (bar, name, total) in enumerate(zip(shown, labels, totals, strict=True)):
        y = (place + 0.5) * _ROW
        edges = [0.0]
        for value, row, part in sorted(
            bar.parts, key=lambda one: names.index(one[2]) if one[2] else 0
        ):
            edges.append(edges[-1] + value)
            [patch] = axes.barh(
                [y],
                [value],
                left=edges[-2],
                height=11,
                linewidth=0,
                clip_on=False,
                color=colours.get(part, SERIES[0]),
            )
            patch.set_gid(f"mark-{row}")
            whole = f"{bar.label}, {part}" if part else bar.label
            said[f"mark-{row}"] = f"{whole}: {number_text(value)}"
        _gaps(axes, edges, y)
        axes.annotate(
            name,
            (0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-8, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=SIZE,
        )
        axes.annotate(
            total,
            (max(edges), y),
            xytext=(4, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=SMALL,
            color=FAINT,
        )
    first = f"; the largest is {bars[0].label}, {number_text(bars[0].total)}" if bars else ""
    return Drawing(
        figure,
        said,
        f"Bar chart of {column_words(number.name)}: {len(shown)} bars, one for each "
        f"{column_words(label.name)}{first}.",
    )


def _shown(label: str) -> str:
    """Cut a label to its room, and what tells it from another of the same name not before that."""
    name, dash, part = label.rpartition(" – ")
    if not dash or measure(label) <= _LABEL_WIDTH:
        return cut(label, _LABEL_WIDTH)
    end = dash + cut(part, _LABEL_WIDTH / 2)
    return cut(name, _LABEL_WIDTH - measure(end)) + end


def _gaps(axes: object, edges: Sequence[float], y: float) -> None:
    """Part the pieces of a bar by a line of the paper's colour."""
    from ip5kg.answers.pictures.paper import BACK

    for edge, after in pairwise(edges[1:]):
        if after > edge:
            axes.plot([edge, edge], [y - 5.5, y + 5.5], color=BACK, linewidth=0.8)  # type: ignore[attr-defined]


def number_text(value: float) -> str:
    """Write a number for people: thousands apart, no more digits than it has."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
