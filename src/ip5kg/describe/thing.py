"""Describing a thing, by SPARQL alone, so that it works on a remote endpoint as well."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from ip5kg.describe.as_of import name_on, rows_on
from ip5kg.describe.mentions import Mentions, Rows, classes_of, dates_of, facts_of, term_named
from ip5kg.describe.order import Row, row_order
from ip5kg.describe.periods import in_words
from ip5kg.describe.records import Description
from ip5kg.describe.sources import Documents
from ip5kg.errors import ParameterError
from ip5kg.names import IP5, RDF_TYPE
from ip5kg.store import GraphStore
from ip5kg.store.classes import ClassTree
from ip5kg.store.lookup import find_thing, quoted
from ip5kg.terms import Thing

__all__ = ["describe"]


def describe(store: GraphStore, thing: str, *, as_of: str | None = None) -> Description:
    """Describe a thing: its properties, what points to it, and its sources.

    Args:
        store: The graph, embedded or remote.
        thing: IRI, prefixed name, short name, label or acronym.
        as_of: Leave out what is not in force on this day, ``2021-06-23``, and what is dated
            after it.

    Raises:
        UnknownName: When nothing bears the name, or several things do.
        ParameterError: When ``as_of`` is not a day.
    """
    if as_of is not None:
        _check_day(as_of)
    found = find_thing(store, thing)
    # An assertion about a post is of interest to the organisation that has the post.
    pointing = f"{{ ?thing ?link {found} }} UNION {{ ?thing <{IP5}ofPost>/<{IP5}postIn> {found} }}"
    own = _rows(store, f"BIND({found} AS ?thing) {found} ?property ?value .").get(found.value, [])
    own.sort(key=row_order)
    pointers = _rows(store, f"{pointing} ?thing ?property ?value .")
    mentions = Mentions(
        found.value,
        pointers,
        _rows(store, f"?thing ?link {found} ; <{IP5}atMeeting> ?at . ?at ?property ?value ."),
        classes := ClassTree(store),
        as_of,
    )
    uses = {
        name: (rows, dates_of(rows))
        for name, rows in pointers.items()
        if (IP5 + "nameOf", found) in rows
    }
    if as_of:
        said = IP5 + "announcedMeeting", found
        announced = any(said in pointers[name] for name in mentions.iris() & pointers.keys())
        own = rows_on(own, dates_of(own), uses, as_of, announced=announced)
    rows = own + mentions.rows()
    passages = _values(row for row in rows if row[0] == IP5 + "cites")
    if (RDF_TYPE, NamedNode(IP5 + "Passage")) in own:
        passages.add(found.value)
    documents = Documents(store, passages)
    named = {found.value} | _values(rows) | {property_ for property_, _ in rows}
    labels = store.labels(sorted(named | mentions.iris() | documents.iris()))
    if as_of and found.value in labels:
        labels[found.value] = name_on(uses, as_of, labels[found.value])
    return Description(
        thing=Thing(found.value, labels.get(found.value)),
        classes=tuple(term_named(name, labels) for name in classes.sorted(classes_of(own))),
        when=in_words(dates_of(own)),
        facts=facts_of((row for row in own if row[0] != RDF_TYPE), labels),
        incoming=mentions.grouped(labels),
        sources=documents.citations(labels),
        as_of=as_of,
    )


def _check_day(text: str) -> None:
    try:
        correct = datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        correct = False
    if not correct:
        raise ParameterError(
            f"The parameter as_of: {quoted(text)} is not a day of the calendar.",
            hint="Write it as year-month-day, such as 2021-06-23.",
            parameter="as_of",
        )


def _rows(store: GraphStore, pattern: str) -> Rows:
    """Collect the properties and values that a pattern gives for each ``?thing``."""
    solutions = store.select(f"SELECT DISTINCT ?thing ?property ?value WHERE {{ {pattern} }}")
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for thing, property_, value in solutions.rows:
        if isinstance(thing, NamedNode) and isinstance(property_, NamedNode) and value is not None:
            found[thing.value].append((property_.value, value))
    return found


def _values(rows: Iterable[Row]) -> set[str]:
    """Return the IRIs among the values."""
    return {value.value for _, value in rows if isinstance(value, NamedNode)}
