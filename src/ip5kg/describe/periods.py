"""Dates of occasions and intervals: in words, and compared with a day.

A date says how exactly it is known, and its bounds are days (``earliest`` and ``latest``). An
interval is half-open: its end is the first day after it. ISO 8601 days compare as texts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, TypeAlias

from ip5kg.names import IP5, PREFIXES

__all__ = ["DATES", "Force", "Values", "force_on", "in_words", "sort_day"]

Values: TypeAlias = Mapping[str, str]
"""IRI of a property → its value as text."""

Force: TypeAlias = Literal["certain", "possible", "no"]

_NAMES = (
    "date earliest latest lastDay hasPrecision year "
    "begin beginEarliest beginLatest firstSeen hasBeginPrecision "
    "end endEarliest endLatest lastSeen hasEndPrecision"
)
DATES = frozenset(IP5 + name for name in _NAMES.split())
"""The properties that say when something takes place or is in force."""

_INTERVAL = tuple(
    IP5 + name
    for name in (
        "beginEarliest",
        "beginLatest",
        "hasBeginPrecision",
        "endEarliest",
        "endLatest",
        "hasEndPrecision",
    )
)
_PRECISION = PREFIXES["precision"]


def force_on(values: Values, day: str) -> Force:
    """Tell whether something is in force, or has taken place, on a day.

    Args:
        values: Its dates.
        day: An ISO 8601 day.

    Returns:
        ``certain``, ``possible`` when the bounds of its dates leave it open, or ``no``. What has
        no date is ``certain``.
    """
    if not any(name in values for name in _INTERVAL):
        first = values.get(IP5 + "earliest") or values.get(IP5 + "year", "")
        return "no" if first > day else "certain"
    begin_latest = values.get(IP5 + "beginLatest", "")
    end_earliest, end_latest = (values.get(IP5 + name, "") for name in ("endEarliest", "endLatest"))
    if end_earliest:
        lasts = end_earliest > day
    else:
        lasts = values.get(IP5 + "hasEndPrecision") == _PRECISION + "open"
    if begin_latest and begin_latest <= day and lasts:
        return "certain"
    # What is first seen on a later day is not told of an earlier one, as in the stored queries;
    # another bound that is not known does not bound.
    begin_earliest = values.get(IP5 + "beginEarliest") or begin_latest
    if begin_earliest <= day and (not end_latest or day < end_latest):
        return "possible"
    return "no"


def in_words(values: Values) -> str:
    """Say when something takes place or is in force; empty when it has no date."""
    date = values.get(IP5 + "date") or values.get(IP5 + "year", "")
    if date:
        last = values.get(IP5 + "lastDay")
        return f"{date} to {last}" if last else date
    begin, end = _begin(values), _end(values)
    if begin and end:
        return f"{begin} {end}" if end.startswith("until") else f"{begin}, {end}"
    return begin or end


def _begin(values: Values) -> str:
    begin = values.get(IP5 + "begin")
    if begin:
        return f"from {begin}"
    latest = values.get(IP5 + "firstSeen") or values.get(IP5 + "beginLatest")
    return f"by {latest}" if latest else ""


def _end(values: Values) -> str:
    end = values.get(IP5 + "end")
    if end:
        return f"until {end}"
    seen = values.get(IP5 + "lastSeen")
    if seen:
        return f"still in {seen}"
    earliest = values.get(IP5 + "endEarliest")
    if earliest:
        return f"still on {_day_before(earliest)}"
    ended = values.get(IP5 + "hasEndPrecision") != _PRECISION + "open"
    return "" if ended else "not ended"


def _day_before(day: str) -> str:
    """Return the last day of an interval that ends with a day; as it is if that is no day."""
    try:
        return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def sort_day(values: Values) -> str:
    """Return a text that sorts by date; an interval comes first when its begin is not known."""
    for name in ("earliest", "beginEarliest", "beginLatest", "year"):
        if values.get(IP5 + name):
            return values[IP5 + name]
    return ""
