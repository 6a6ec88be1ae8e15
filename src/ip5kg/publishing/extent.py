"""What a graph reaches over: the days it tells of, the places, and the languages of its words.

All of it is read from the data, so that it is the same on whatever day it is asked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal

from ip5kg.names import IP5, PREFIXES, RDF_TYPE, RDFS_LABEL
from ip5kg.publishing.pieces import Said
from ip5kg.publishing.vocabulary import AUTHORITY

__all__ = ["Extent", "extent_of", "latest_state", "places_of"]

_XSD = PREFIXES["xsd"]
_DATES = {_XSD + name for name in ("date", "gYear", "gYearMonth")}
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Days on which somebody looked, not days of what is told.
_LOOKED = {IP5 + "consultedOn", *(PREFIXES["dcterms"] + name for name in ("issued", "modified"))}
_ABOUT_ITSELF = {*_LOOKED, PREFIXES["dcterms"] + "created"}
# A year that is a number.
_YEAR = IP5 + "year"
_LANGUAGES = {"de": "DEU", "en": "ENG", "fr": "FRA", "ja": "JPN", "ko": "KOR", "zh": "ZHO"}
_CONTINENTS = {"Africa", "America", "Asia", "Europe", "Oceania"}


class Extent(NamedTuple):
    """What a graph reaches over.

    Attributes:
        first: The first day, or empty.
        last: The last day, or empty.
        languages: Codes of the EU's table of languages.
        places: IRIs of the EU's tables of countries and continents.
    """

    first: str
    last: str
    languages: tuple[str, ...]
    places: tuple[str, ...]


def extent_of(said: Said, whole: Extent | None = None) -> Extent:
    """Find the days and the languages of a graph.

    Args:
        said: The graph.
        whole: The extent of what the graph is a part of. It says the places, and what the part
            itself does not say.
    """
    first, last = "9999-12-31", ""
    literals = (
        (predicate, term)
        for _, pairs in said
        for predicate, term in pairs
        if isinstance(term, Literal)
    )
    tags = set()
    for predicate, literal in literals:
        if literal.language is not None:
            tags.add(literal.language)
        elif predicate == _YEAR or (
            literal.datatype.value in _DATES and predicate not in _ABOUT_ITSELF
        ):
            begin, end = _days(literal.value)
            if begin:
                first, last = min(first, begin), max(last, end)
    languages = {_LANGUAGES.get(tag.partition("-")[0].lower(), "") for tag in tags}
    codes = tuple(sorted(languages - {""}))
    if not last:
        first = ""
    if whole is None:
        return Extent(first, last, codes, ())
    days = (first, last) if last else (whole.first, whole.last)
    return Extent(*days, codes or whole.languages, whole.places)


def places_of(graph: Said) -> tuple[str, ...]:
    """Find the countries for which the patent offices act.

    Of an office that acts for several it is the continent. Places are told by the EU's authority
    tables, to which the states are tied.
    """
    said: dict[str, dict[str, list[str]]] = {}
    links = ("country", "inRegion", "sameEntityAs")
    wanted = {RDF_TYPE, RDFS_LABEL, *(IP5 + name for name in links)}
    for subject, pairs in graph:
        for predicate, value in pairs:
            if predicate in wanted and not isinstance(subject, BlankNode) | isinstance(
                value, BlankNode
            ):
                facts = said.setdefault(subject.value, {})
                facts.setdefault(predicate, []).append(value.value)
    found = set()
    for facts in said.values():
        if IP5 + "PatentOffice" not in facts.get(RDF_TYPE, ()):
            continue
        states = facts.get(IP5 + "country", ())
        for state in states:
            same = said.get(state, {}).get(IP5 + "sameEntityAs", ())
            found |= {name for name in same if name.startswith(AUTHORITY + "country/")}
        for region in () if states else facts.get(IP5 + "inRegion", ()):
            labels = set(said.get(region, {}).get(RDFS_LABEL, ()))
            found |= {f"{AUTHORITY}continent/{name.upper()}" for name in labels & _CONTINENTS}
    return tuple(sorted(found))


def latest_state(said: Said) -> str:
    """Find the last day on which a source was looked at, or the ontology was changed."""
    days = (
        _days(term.value)[1]
        for _, pairs in said
        for predicate, term in pairs
        if predicate in _LOOKED and isinstance(term, Literal)
    )
    return max(days, default="")


def _days(text: str) -> tuple[str, str]:
    """Find the first and the last day of a day, a month or a year; nothing of anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        return "", ""
    year, month, day = match.groups()
    if day:
        return text, text
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    try:
        last = monthrange(int(year), int(month))[1]
    except ValueError:
        return "", ""
    return f"{year}-{month}-01", f"{year}-{month}-{last}"
