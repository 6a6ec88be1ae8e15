"""What holds of a thing on a day: its names, its status, and the notes written by then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ip5kg.describe.order import Row
from ip5kg.describe.periods import Values, force_on
from ip5kg.names import IP5, PREFIXES, RDF_TYPE, SKOS
from ip5kg.terms import Term

__all__ = ["Uses", "gave_way", "is_of_a_later_day", "name_on", "rows_on", "rows_when_announced"]

_LABEL = PREFIXES["rdfs"] + "label"
_ALT = SKOS + "altLabel"
_NAMES = (IP5 + "name", IP5 + "acronym", _ALT)
_NOTES = (SKOS + "editorialNote", SKOS + "changeNote")
_STATUS = IP5 + "hasStatus"
# What an organisation has today → what a use of one of its names says of the time.
_OF_THE_TIME = {IP5 + "seat": IP5 + "seatThen", IP5 + "website": IP5 + "websiteThen"}
_KNOWN_BEFORE = (RDF_TYPE, _LABEL, IP5 + "inSeries", _STATUS)
# Not those of the calendar module, which hang on the locale.
_MONTHS = {
    "January": 1,
    "February": 2,
    "March": 3,
    "April": 4,
    "May": 5,
    "June": 6,
    "July": 7,
    "August": 8,
    "September": 9,
    "October": 10,
    "November": 11,
    "December": 12,
}
_DATE = re.compile(
    r"(?:\b([0-9]{1,2}) )?(?:\b(" + "|".join(_MONTHS) + ") )?"
    r"\b((?:19|20)[0-9]{2})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\b"
)

Uses = Mapping[str, tuple[list[Row], Values]]
"""Name use → its properties and its dates."""


def is_of_a_later_day(row: Row, day: str) -> bool:
    """Tell whether a row is a note that names a date after the day."""
    property_, value = row
    if property_ not in _NOTES or not isinstance(value, Literal):
        return False
    for of_month, month, year, number, digits in _DATE.findall(value.value):
        month_ = number or f"{_MONTHS.get(month, 1):02}"
        first = f"{year}-{month_}-{digits or (of_month.zfill(2) if month else '01') or '01'}"
        if first > day:
            return True
    return False


def name_on(uses: Uses, day: str, label: str, language: str = "en") -> str:
    """Return the name in a language that is in use on the day for certain, or else the label.

    Of several names it is the label, if that is one of them, or the first in the alphabet.
    """
    found = sorted(
        value.value
        for rows, dates in uses.values()
        if force_on(dates, day) == "certain"
        for name, value in rows
        if name == IP5 + "name" and isinstance(value, Literal) and value.language == language
    )
    return found[0] if found and label not in found else label


def rows_on(own: Iterable[Row], uses: Uses, day: str) -> list[Row]:
    """Pick and change the properties of a thing as they were on a day.

    Args:
        own: Its properties.
        uses: The uses of its names.
        day: An ISO 8601 day.
    """
    current = _words(uses, lambda dates: force_on(dates, day) != "no")
    former = _words(uses, lambda dates: force_on(dates, day) == "no") - current
    then = _of_the_time(uses, day)
    found: list[Row] = []
    for name, value in own:
        if is_of_a_later_day((name, value), day) or name in then:
            continue
        row = (name, value)
        if name == _ALT and isinstance(value, Literal) and value.value in former:
            continue
        if name == _LABEL and isinstance(value, Literal) and value.language:
            current_name = name_on(uses, day, value.value, value.language)
            row = (name, Literal(current_name, language=value.language))
        found.append(row)
    return found + [(name, value) for name, values in then.items() for value in values]


def rows_when_announced(own: Iterable[Row]) -> list[Row]:
    """Pick what is known of a meeting that is still to come: the announcement says the rest."""
    announced = NamedNode(PREFIXES["status"] + "announced")
    kept = [row for row in own if row[0] in _KNOWN_BEFORE]
    return [(name, announced if name == _STATUS else value) for name, value in kept]


def _of_the_time(uses: Uses, day: str) -> dict[str, list[Term]]:
    """Return the seat and the website on the day, where the uses of names tell of any."""
    found: dict[str, list[Term]] = {}
    for name, then in _OF_THE_TIME.items():
        told = [
            (value, force_on(dates, day) != "no")
            for rows, dates in uses.values()
            for property_, value in rows
            if property_ == then
        ]
        # Under the name of today it is that of today, where no other is told.
        lasting = any(
            dates.get(IP5 + "hasEndPrecision") == PREFIXES["precision"] + "open"
            and force_on(dates, day) == "certain"
            for _, dates in uses.values()
        )
        if told and not (lasting and not any(holds for _, holds in told)):
            found[name] = list(dict.fromkeys(value for value, holds in told if holds))
    return found


def _words(uses: Uses, holds: Callable[[Values], bool]) -> set[str]:
    return {
        value.value
        for rows, dates in uses.values()
        if holds(dates)
        for name, value in rows
        if name in _NAMES and isinstance(value, Literal)
    }


def gave_way(
    name: str, tenures: Mapping[str, tuple[list[Row], Values]], heads: set[str], day: str
) -> bool:
    """Tell whether a tenure that is only possible on a day is not to be told, as in stored queries.

    A statement that is not taken is not; nor, of the head of an organisation, is one whose post
    somebody else holds for certain or has begun to hold since.
    """
    rows, own = tenures[name]
    if any(p == IP5 + "isPreferred" and getattr(v, "value", "") in ("false", "0") for p, v in rows):
        return True
    posts = _posts(rows) & heads
    for other, (other_rows, dates) in tenures.items():
        if other == name or not _posts(other_rows) & posts:
            continue
        if force_on(dates, day) == "certain":
            return True
        later = dates.get(IP5 + "beginEarliest", "")
        if (
            own.get(IP5 + "beginLatest", "9999") < later
            and own.get(IP5 + "endEarliest", "") <= later
            and dates.get(IP5 + "beginLatest", "9999") <= day
        ):
            return True
    return False


def _posts(rows: Iterable[Row]) -> set[str]:
    return {v.value for p, v in rows if p == IP5 + "ofPost" and isinstance(v, NamedNode)}
