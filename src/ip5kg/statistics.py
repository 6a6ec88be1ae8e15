"""Counting what is in the graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.names import BASE, IP5, PREFIXES, shorten
from ip5kg.store import GraphStore, Solutions, counted
from ip5kg.terms import Thing

__all__ = ["ClassCount", "Gap", "Statistics", "count"]

_PREFIX = f"PREFIX ip5: <{IP5}> PREFIX rdfs: <{PREFIXES['rdfs']}>"
_SCHEME = BASE + "scheme/"
_HELD = f"?x a ip5:Meeting ; ip5:hasStatus <{_SCHEME}status/held>"
_FIRST_YEAR = 2007  # The year in which the five offices began to co-operate.


class _Thin(NamedTuple):
    """A kind of gap: the pattern finds each case as ``?x``.

    It may bind ``?name``, what to call the case where its own label says too much or too little,
    ``?order``, by which the cases stand in order of time, and ``?year``, one of the years that
    stand together behind a name.
    """

    what: str
    pattern: str


_DATED = (
    "OPTIONAL { ?x ip5:date ?date ; ip5:earliest ?order } "
    '?x rdfs:label ?label FILTER(LANG(?label) = "en") '
)
_WHEN = 'BIND(CONCAT(STR(?label), " (", STR(?date), ")") AS ?name)'


def _without_figures(indicator: str) -> str:
    """Find the years since 2007 for which another office has a figure, and an office has none."""
    figure = f"ip5:forIndicator <{BASE}id/indicator/{indicator}> ; ip5:observedFor"
    return (
        f"{{ SELECT DISTINCT ?x WHERE {{ ?any {figure} ?x . ?x a ip5:PatentOffice }} }} "
        f"{{ SELECT DISTINCT ?year WHERE {{ ?any {figure} ?other ; ip5:year ?year . "
        f"?other a ip5:PatentOffice FILTER(?year >= {_FIRST_YEAR}) }} }} "
        f"OPTIONAL {{ ?figure {figure} ?x ; ip5:year ?year }} FILTER(!BOUND(?figure)) "
        '?x rdfs:label ?label FILTER(LANG(?label) = "en") '
        "BIND(STR(?label) AS ?name)"
    )


_GAPS = (
    _Thin(
        "meetings held on an unknown day",
        f"{_HELD} ; ip5:hasPrecision ?p FILTER(?p != <{_SCHEME}precision/day>) {_DATED}{_WHEN}",
    ),
    _Thin(
        "meetings held without a known participant",
        (
            f"{_HELD} OPTIONAL {{ ?part ip5:atMeeting ?x ; ip5:participant ?who }} "
            f"FILTER(!BOUND(?part)) {_DATED}{_WHEN}"
        ),
    ),
    _Thin(
        "meetings held without a known host",
        f"{_HELD} OPTIONAL {{ ?x ip5:hostedBy ?h }} FILTER(!BOUND(?h)) {_DATED}{_WHEN}",
    ),
    _Thin(
        "heads of office at meetings without a known tenure",
        (
            f"?part ip5:hasRole ?role ; ip5:participant ?x ; ip5:representing ?office "
            f"FILTER(?role IN (<{_SCHEME}role/head-of-office>, "
            f"<{_SCHEME}role/acting-head-of-office>)) ?office a ip5:PatentOffice "
            "OPTIONAL { ?tenure ip5:heldBy ?x . ?tenure ip5:ofPost/ip5:postIn ?office } "
            "FILTER(!BOUND(?tenure))"
        ),
    ),
    _Thin(
        "tenures whose first or last day is unknown",
        (
            "?x a ip5:Tenure ; ip5:hasBeginPrecision|ip5:hasEndPrecision ?p "
            f"FILTER(?p IN (<{_SCHEME}precision/by>, <{_SCHEME}precision/after>, "
            f"<{_SCHEME}precision/unknown>)) ?x ip5:heldBy/rdfs:label ?label "
            'FILTER(LANG(?label) = "en") BIND(STR(?label) AS ?name)'
        ),
    ),
    _Thin(
        "initiatives of unknown status",
        f"?use ip5:statusOf ?x ; ip5:hasStatus <{_SCHEME}status/unknown>",
    ),
    _Thin("years without a number of patent applications", _without_figures("patent-applications")),
    _Thin("years without a number of patents granted", _without_figures("patent-grants")),
    _Thin("facts of low confidence", f"?x ip5:hasConfidence <{_SCHEME}confidence/low>"),
    _Thin("figures over which sources disagree", "?x a ip5:Observation ; ip5:isPreferred ?which"),
)
"""What is thin."""


class ClassCount(NamedTuple):
    """How many things are of a class, its subclasses not counted."""

    kind: Thing
    members: int


class Gap(NamedTuple):
    """Something that the sources do not tell, how often, and of what.

    Attributes:
        what: What is not told.
        number: How many cases there are.
        names: What they are called, in order of time or of the alphabet; several cases may have
            one name.
    """

    what: str
    number: int
    names: tuple[str, ...]


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
        gaps=tuple(gap for thin in _GAPS if (gap := _gap(store, thin)).number),
    )


def _number(store: GraphStore, expression: str, pattern: str) -> int:
    """Return the one number that a query counts."""
    return counted(store.select(f"{_PREFIX} SELECT {expression} WHERE {{ {pattern} }}"))


def _gap(store: GraphStore, thin: _Thin) -> Gap:
    """Find the cases of a gap, and name them."""
    solutions = store.select(
        f"{_PREFIX} SELECT DISTINCT ?x ?name ?order ?year WHERE {{ {thin.pattern} }}"
    )
    texts = [[getattr(term, "value", "") for term in row] for row in solutions.rows]
    labels = store.labels(sorted({thing for thing, name, _, _ in texts if not name}))
    years: dict[tuple[str, str], set[str]] = {}
    for thing, name, order, year in texts:
        years.setdefault((order, name or labels.get(thing) or shorten(thing)), set()).add(year)
    cases = {(thing, year) for thing, _, _, year in texts}
    names = [f"{name} {_spans(years[order, name])}".rstrip() for order, name in sorted(years)]
    return Gap(thin.what, len(cases), tuple(dict.fromkeys(names)))


def _spans(years: Iterable[str]) -> str:
    """Write years, and those that follow on one another as a span: 2008, 2012–2014."""
    spans: list[list[int]] = []
    for year in sorted(int(year) for year in years if year):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


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
