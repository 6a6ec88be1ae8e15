"""The fixed order in which properties, classes and passages are read."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from ip5kg.names import expand
from ip5kg.terms import Term

__all__ = ["Row", "kind_order", "natural_order", "row_order"]

Row = tuple[str, Term]
"""A property and a value."""

# Names first, then dates, relations, links; “*” stands for all that are not listed.
_PROPERTIES = """
    rdfs:label skos:prefLabel ip5:title ip5:name ip5:acronym skos:altLabel ip5:westernName
    ip5:familyName ip5:givenName ip5:nativeName skos:notation ip5:st3Code ip5:isoCode
    ip5:ordinal ip5:locator skos:definition ip5:description skos:scopeNote
    ip5:date ip5:lastDay ip5:earliest ip5:latest ip5:hasPrecision
    ip5:begin ip5:beginEarliest ip5:beginLatest ip5:firstSeen ip5:hasBeginPrecision
    ip5:end ip5:endEarliest ip5:endLatest ip5:lastSeen ip5:hasEndPrecision
    ip5:year ip5:consultedOn
    ip5:participant ip5:heldBy ip5:member ip5:madeBy ip5:hasAct ip5:eventOf ip5:aimOf
    ip5:hasAimKind ip5:about ip5:announcedMeeting ip5:announcedHost
    ip5:announcedYear ip5:forBenefitOf
    ip5:hasRole ip5:representing ip5:onBehalfOf ip5:printedName ip5:printedTitle
    ip5:ofPost ip5:hasTenureKind ip5:inGroup ip5:nameOf ip5:atMeeting
    ip5:forIndicator ip5:observedFor ip5:value ip5:isApproximate ip5:unit
    ip5:inSeries ip5:hostedBy ip5:venue ip5:hasMode ip5:hasStatus
    *
    skos:editorialNote skos:changeNote ip5:website ip5:url ip5:sameEntityAs rdfs:seeAlso
    rdfs:isDefinedBy ip5:hasConfidence ip5:cites
"""
_KINDS = """
    ip5:NameUse ip5:Tenure ip5:Membership ip5:Post ip5:MeetingSeries ip5:Meeting
    ip5:Participation ip5:Outcome ip5:Announcement ip5:Initiative ip5:InitiativeEvent ip5:Aim
    ip5:Observation * ip5:Passage
"""


class _Places:
    """The place of each name in a list."""

    def __init__(self, names: str) -> None:
        listed = names.split()
        self._others = listed.index("*")
        self._places = {expand(name): n for n, name in enumerate(listed) if name != "*"}

    def of(self, iri: str) -> int:
        return self._places.get(iri, self._others)


_property_places = _Places(_PROPERTIES)
_kind_places = _Places(_KINDS)


def row_order(row: Row) -> tuple[int, str, bool, str]:
    """Return the sort key of a property with its value: English before other languages."""
    property_, value = row
    foreign = isinstance(value, Literal) and value.language not in (None, "en")
    return _property_places.of(property_), property_, foreign, str(value)


def kind_order(kind: str, link: str) -> tuple[int, str, int, str]:
    """Return the sort key of a class whose members point by a property."""
    return _kind_places.of(kind), kind, _property_places.of(link), link


def natural_order(text: str) -> list[tuple[int, str]]:
    """Return a sort key that takes the numbers in a text by their value."""
    parts = re.split(r"([0-9]+)", text)
    return [(int(part), "") if n % 2 else (-1, part) for n, part in enumerate(parts)]
