"""What has become of a date: it moved, or is known more exactly or less so, or something ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ip5kg.changes.records import Kind
from ip5kg.describe.periods import in_words
from ip5kg.names import IP5

__all__ = ["ASPECTS", "Aspect", "told"]


class Aspect(NamedTuple):
    """Properties that together give one date.

    Attributes:
        name: What the date is called.
        properties: The properties.
        main: Those that give it as the source does, the first that there is.
        bounds: The properties that give its first and its last possible day.
    """

    name: str
    properties: frozenset[str]
    main: tuple[str, ...]
    bounds: tuple[str, str]


def _aspect(name: str, main: str, bounds: str, others: str) -> Aspect:
    mains, ends = ([IP5 + one for one in names.split()] for names in (main, bounds))
    return Aspect(
        name,
        frozenset([*mains, *ends, *(IP5 + one for one in others.split())]),
        tuple(mains),
        (ends[0], ends[1]),
    )


ASPECTS = (
    _aspect("date", "date year", "earliest latest", "lastDay hasPrecision"),
    _aspect("begin", "begin", "beginEarliest beginLatest", "firstSeen hasBeginPrecision"),
    _aspect("end", "end", "endEarliest endLatest", "lastSeen hasEndPrecision hasEndBasis"),
)

_FIRST = {"date": "dated", "begin": "begun", "end": "ended"}


def told(aspect: Aspect, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Kind, str]:
    """Tell in words how a date has changed.

    Args:
        aspect: Which date.
        old: Property → value in the old state.
        new: Property → value in the new state.
    """
    before, after = _main(aspect, old), _main(aspect, new)
    if before == after:
        return _told_bounds(aspect, old, new)
    if not before:
        kind = Kind.ENDED if aspect.name == "end" else Kind.DATED
        return kind, f"{_FIRST[aspect.name]} {after}"
    if not after:
        kind = Kind.REOPENED if aspect.name == "end" else Kind.UNDATED
        return kind, f"{aspect.name} withdrawn, which was {before}"
    if after.startswith(f"{before}-"):
        return Kind.MORE_EXACT, f"{aspect.name} more exact: {before} → {after}"
    if before.startswith(f"{after}-"):
        return Kind.LESS_EXACT, f"{aspect.name} less exact: {before} → {after}"
    return Kind.MOVED, f"{aspect.name} moved: {before} → {after}"


def _main(aspect: Aspect, values: Mapping[str, str]) -> str:
    return next((values[name] for name in aspect.main if values.get(name)), "")


def _told_bounds(
    aspect: Aspect, old: Mapping[str, str], new: Mapping[str, str]
) -> tuple[Kind, str]:
    before, after = _bounds(aspect, old), _bounds(aspect, new)
    if before == after:
        # The last day, the last trace, or what the date is taken from.
        words = [
            in_words({n: v for n, v in one.items() if n in aspect.properties}) for one in (old, new)
        ]
        if words[0] != words[1]:
            return Kind.MOVED, f"{aspect.name}: {words[0] or 'unknown'} → {words[1] or 'unknown'}"
        return Kind.CHANGED, f"precision or basis of the {aspect.name} changed"
    kind = Kind.MOVED
    (a, z), (b, y) = before, after
    if b >= a and (not z or (y and y <= z)):
        kind = Kind.MORE_EXACT
    elif a >= b and (not y or (z and z <= y)):
        kind = Kind.LESS_EXACT
    words_ = {Kind.MORE_EXACT: "more exact", Kind.LESS_EXACT: "less exact"}.get(kind, "moved")
    return kind, f"{aspect.name} {words_}: {_span(before)} → {_span(after)}"


def _bounds(aspect: Aspect, values: Mapping[str, str]) -> tuple[str, str]:
    return values.get(aspect.bounds[0], ""), values.get(aspect.bounds[1], "")


def _span(bounds: tuple[str, str]) -> str:
    first, last = bounds
    if first and last:
        return first if first == last else f"between {first} and {last}"
    if first:
        return f"{first} or later"
    return f"{last} or earlier" if last else "unknown"
