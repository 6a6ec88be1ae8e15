"""Counting what is in the graph."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.names import BASE, IP5
from ip5kg.store import GraphStore, Solutions, counted
from ip5kg.terms import Thing

__all__ = ["ClassCount", "Gap", "Statistics", "count"]

_PREFIX = f"PREFIX ip5: <{IP5}>"
_SCHEME = BASE + "scheme/"
_HELD = f"?x a ip5:Meeting ; ip5:hasStatus <{_SCHEME}status/held>"
_GAPS = (
    (
        "meetings held on an unknown day",
        f"{_HELD} ; ip5:hasPrecision ?p FILTER(?p != <{_SCHEME}precision/day>)",
    ),
    (
        "meetings held without a known participant",
        (
            f"{_HELD} OPTIONAL {{ ?part ip5:atMeeting ?x ; ip5:participant ?who }} "
            "FILTER(!BOUND(?part))"
        ),
    ),
    (
        "meetings held without a known host",
        f"{_HELD} OPTIONAL {{ ?x ip5:hostedBy ?h }} FILTER(!BOUND(?h))",
    ),
    (
        "tenures whose first or last day is unknown",
        (
            "?x a ip5:Tenure ; ip5:hasBeginPrecision|ip5:hasEndPrecision ?p "
            f"FILTER(?p IN (<{_SCHEME}precision/by>, <{_SCHEME}precision/after>, "
            f"<{_SCHEME}precision/unknown>))"
        ),
    ),
    (
        "initiatives of unknown status",
        f"?use ip5:statusOf ?x ; ip5:hasStatus <{_SCHEME}status/unknown>",
    ),
    (
        "facts of low confidence",
        f"?x ip5:hasConfidence <{_SCHEME}confidence/low>",
    ),
    ("figures over which sources disagree", "?x a ip5:Observation ; ip5:isPreferred ?which"),
)
"""What is thin, and the graph pattern that finds each case as ``?x``."""


class ClassCount(NamedTuple):
    """How many things are of a class, its subclasses not counted."""

    kind: Thing
    members: int


class Gap(NamedTuple):
    """Something that the sources do not tell, and how often."""

    what: str
    number: int


class Statistics(NamedTuple):
    """What is in the graph, and what is thin.

    Attributes:
        triples: The triples of the ontology, the vocabularies and the data.
        classes: Our classes that have members, by label.
        sources: The documents from which facts were taken.
        passages: The passages of the sources.
        cited: Those of them that something cites.
        omitted: Those of them that give a reason why they hold no fact.
        first: The earliest day of any meeting or event that was held; empty when there is none.
        last: The latest such day.
        gaps: What the sources do not tell.
    """

    triples: int
    classes: tuple[ClassCount, ...]
    sources: int
    passages: int
    cited: int
    omitted: int
    first: str
    last: str
    gaps: tuple[Gap, ...]


def count(store: GraphStore) -> Statistics:
    """Count what is in a graph, embedded or remote."""
    classes = _classes(store)
    first, last = _period(store)
    return Statistics(
        triples=_number(store, "(COUNT(*) AS ?n)", "?s ?p ?o"),
        classes=classes,
        sources=sum(entry.members for entry in classes if entry.kind == IP5 + "Source"),
        passages=sum(entry.members for entry in classes if entry.kind == IP5 + "Passage"),
        cited=_number(store, "(COUNT(DISTINCT ?p) AS ?n)", "?s ip5:cites ?p"),
        omitted=_number(store, "(COUNT(DISTINCT ?p) AS ?n)", "?p ip5:omittedFor ?reason"),
        first=first,
        last=last,
        gaps=tuple(
            Gap(what, number)
            for what, pattern in _GAPS
            if (number := _number(store, "(COUNT(DISTINCT ?x) AS ?n)", pattern))
        ),
    )


def _number(store: GraphStore, expression: str, pattern: str) -> int:
    """Return the one number that a query counts."""
    return counted(store.select(f"{_PREFIX} SELECT {expression} WHERE {{ {pattern} }}"))


def _classes(store: GraphStore) -> tuple[ClassCount, ...]:
    """Count the members of each class of ours."""
    solutions = store.select(
        f"""SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
          ?thing a ?class FILTER(STRSTARTS(STR(?class), "{BASE}"))
        }} GROUP BY ?class ORDER BY ?class"""
    )
    found = {
        name.value: counted(Solutions(("n",), [(number,)]))
        for name, number in solutions.rows
        if isinstance(name, NamedNode)
    }
    labels = store.labels(sorted(found))
    entries = [ClassCount(Thing(name, labels.get(name)), n) for name, n in found.items()]
    return tuple(sorted(entries, key=lambda entry: (entry.kind.label, entry.kind)))


def _period(store: GraphStore) -> tuple[str, str]:
    """Return the bounds of what has taken place; what is only announced has not."""
    solutions = store.select(
        f"""{_PREFIX} PREFIX status: <{BASE}scheme/status/>
        SELECT (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last) WHERE {{
          ?occasion ip5:earliest ?earliest ; ip5:latest ?latest .
          OPTIONAL {{ ?occasion ip5:hasStatus ?status
            FILTER(?status IN (status:announced, status:planned)) }}
          FILTER(!BOUND(?status))
        }}"""
    )
    bounds = solutions.rows[0] if solutions.rows else (None, None)
    first, last = (term.value if isinstance(term, Literal) else "" for term in bounds)
    return first, last
