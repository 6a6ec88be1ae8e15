"""The rows of an answer in time: as spans, or as points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from ip5kg.answers.pictures.fields import Field, When, column_words, label_field, unfit
from ip5kg.names import PREFIXES

__all__ = ["Span", "spans_of"]

_MOST_LANES = 120
_MOST_GROUPS = 8
_MOST_SECTIONS = 20
_PRECISION = PREFIXES["precision"]
_BEGINS = frozenset(("from", "since", "begin", "start"))
_ENDS = frozenset(("to", "until", "end"))


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
    if len(set(label.texts)) > _MOST_LANES:
        fewer = [f for f in fields if f.says and 1 < f.distinct <= _MOST_LANES / 4]
        label = max(fewer, key=lambda f: f.distinct, default=None)
        if label is None:
            raise unfit("timeline", f"a column of at most {_MOST_LANES} different labels", fields)
    others = [f for f in fields if f.things and f.says and f is not label]
    most = _MOST_SECTIONS if pair else _MOST_GROUPS
    group = next(
        (f for f in others if 1 < f.distinct <= most and f.distinct < label.distinct), None
    )
    instead = [f for f in fields if f.says and f not in (label, group)]
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
            (f.texts[number] for f in (*instead, *others) if f.texts[number]), "—"
        )
        spans.append(
            Span(
                number + 1,
                lane,
                group.texts[number] or f"no {column_words(group.name)}" if group else "",
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
    """Find the columns of when something began and ended.

    By their names; else the first two columns of times of which one is never after the other.
    """
    begin = next((field for field in times if field.name.lower() in _BEGINS), None)
    end = next((field for field in times if field.name.lower() in _ENDS), None)
    if begin and end:
        return [begin, end]
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
