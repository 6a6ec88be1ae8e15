"""Describing a thing, by SPARQL alone, so that it works on a remote endpoint as well."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from ip5kg.describe.as_of import Uses, name_on, rows_on, rows_when_announced
from ip5kg.describe.beginnings import begins_later, later_than, later_values
from ip5kg.describe.mentions import Mentions, Rows, classes_of, dates_of, facts_of, term_named
from ip5kg.describe.order import Row, row_order
from ip5kg.describe.periods import Values, force_on, in_words
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
    classes = ClassTree(store)
    pointers = _rows(store, f"{pointing} ?thing ?property ?value .")
    uses = {
        name: (rows, dates_of(rows))
        for name, rows in pointers.items()
        if (IP5 + "nameOf", found) in rows
    }
    dated = bool(pointers)
    to_come = False
    if as_of:
        things = f"{{ {{ VALUES ?thing {{ {found} }} }} UNION {pointing} }}"
        later = later_than(store, things, as_of)
        to_come = found.value in later or begins_later(dates_of(own), as_of)
        hidden = later_values(store, things, as_of)
        own = _without(own, hidden)
        pointers = {n: _without(rows, hidden) for n, rows in pointers.items() if n not in later}
    mentions = Mentions(
        found.value,
        pointers,
        _rows(store, f"?thing ?link {found} ; <{IP5}atMeeting> ?at . ?at ?property ?value ."),
        classes,
        as_of,
    )
    remark = ""
    if as_of:
        said = IP5 + "announcedMeeting", found
        announced = any(said in pointers[name] for name in mentions.iris() & pointers.keys())
        if to_come and not announced:
            mentions = Mentions(found.value, {}, {}, classes, as_of)
        remark = _remark(dates_of(own), as_of, to_come, announced, dated and not mentions.iris())
        own = _rows_then(own, uses, as_of, to_come, announced)
    rows = own + mentions.rows()
    passages = _values(row for row in rows if row[0] == IP5 + "cites")
    if (RDF_TYPE, NamedNode(IP5 + "Passage")) in own:
        passages.add(found.value)
    documents = Documents(store, passages)
    named = {found.value} | _values(rows) | {property_ for property_, _ in rows}
    labels = store.labels(sorted(named | mentions.iris() | documents.iris()))
    if as_of and found.value in labels:
        labels[found.value] = name_on(uses, as_of, labels[found.value])
    kinds = classes.sorted(classes_of(own))
    if to_come and kinds and classes.is_assertion(kinds[0]):
        # The label of an assertion says what it asserts.
        labels.pop(found.value, None)
    return Description(
        thing=Thing(found.value, labels.get(found.value)),
        classes=tuple(term_named(name, labels) for name in kinds),
        when="" if to_come else in_words(dates_of(own)),
        facts=facts_of((row for row in own if row[0] != RDF_TYPE), labels),
        incoming=mentions.grouped(labels),
        sources=documents.citations(labels),
        as_of=as_of,
        remark=remark,
    )


def _remark(dates: Values, day: str, to_come: bool, announced: bool, unheard_of: bool) -> str:
    """Say what is to be said of a thing on a day."""
    if to_come and announced:
        return f"On {day} it had only been announced."
    if to_come:
        return f"Nothing is known of it for {day}: all that is known is of a later time."
    if force_on(dates, day) == "no":
        return f"It was over, or no longer in force, on {day}."
    return f"Nothing that has a date is known for {day}." if unheard_of else ""


def _rows_then(own: list[Row], uses: Uses, day: str, to_come: bool, announced: bool) -> list[Row]:
    """Pick the properties of a thing on a day."""
    if not to_come:
        return sorted(rows_on(own, uses, day), key=row_order)
    return rows_when_announced(own) if announced else [row for row in own if row[0] == RDF_TYPE]


def _without(rows: Iterable[Row], hidden: set[str]) -> list[Row]:
    """Leave out the rows that point to what is hidden, but for what is announced."""
    return [
        row
        for row in rows
        if row[0] == IP5 + "announcedMeeting" or getattr(row[1], "value", "") not in hidden
    ]


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
