"""What has changed between two states, for machines: a feed in Atom, and change sets in Turtle."""

from __future__ import annotations

import datetime
import os
import re
import uuid
from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ip5kg.changes import Change, Changes
from ip5kg.errors import ParameterError
from ip5kg.names import BASE, PREFIXES, is_iri
from ip5kg.render.atom import Entry, atom

__all__ = ["change_entries", "changes_atom", "changes_turtle"]

_CS = "http://purl.org/vocab/changeset/schema#"
# The older of the two: "type" of dcterms is for classes, not for words.
_DC = "http://purl.org/dc/elements/1.1/"
_RDF = PREFIXES["rdf"]
_LAST_SECOND = 253402300799  # of the year 9999


def changes_turtle(changes: Changes) -> str:
    """Write changes in the Changeset vocabulary, as Turtle.

    Of the vocabularies that are kept it is the one made for this: a change set is about one
    thing, says why, and holds the triples removed and added, so that it can be applied or undone.
    PROV-O tells who made which state of which, and schema.org that something was updated; neither
    has a word for a triple that came or went. No date is given, since the data tell none.

    Raises:
        OutputError: When Turtle cannot hold a triple.
    """
    from ip5kg.publishing.serialise import serialise

    quads = [Quad(*triple) for one in changes.things for triple in _change_set(one)]
    return serialise(quads, "turtle", {**PREFIXES, "cs": _CS, "dc": _DC}).decode()


def _change_set(one: Change) -> Iterator[Triple]:
    name = NamedNode(one.name.urn)
    yield Triple(name, _rdf("type"), NamedNode(f"{_CS}ChangeSet"))
    reason = Literal(one.sentence, language="en")
    yield Triple(name, NamedNode(f"{_CS}changeReason"), reason)
    if is_iri(one.thing):
        yield Triple(name, NamedNode(f"{_CS}subjectOfChange"), NamedNode(one.thing))
    yield Triple(name, NamedNode(f"{_DC}type"), Literal(one.kind.value))
    for what, triples in (("removal", one.removed), ("addition", one.added)):
        for number, triple in enumerate(triples, start=1):
            # Named, not blank: a name costs nothing, and thousands of blank nodes cost minutes.
            statement = NamedNode(f"{name.value}#{what}-{number}")
            yield Triple(name, NamedNode(_CS + what), statement)
            yield Triple(statement, _rdf("type"), _rdf("Statement"))
            yield Triple(statement, _rdf("subject"), triple.subject)
            yield Triple(statement, _rdf("predicate"), triple.predicate)
            yield Triple(statement, _rdf("object"), triple.object)


def _rdf(name: str) -> NamedNode:
    return NamedNode(_RDF + name)


def changes_atom(changes: Changes) -> str:
    """Write changes as an Atom feed (RFC 4287), with an entry for each change.

    The time is that of ``SOURCE_DATE_EPOCH``, else the last day on which a source of the new
    state was consulted, else the begin of 1970: the clock is never asked, so that the same states
    give the same feed.

    Raises:
        ParameterError: When ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    entries = change_entries(changes)
    states = "\n".join([changes.old, changes.new, *(entry.name for entry in entries)])
    feed = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}changes/{states}")
    title = f"Changes from {changes.old} to {changes.new}"
    return atom(feed.urn, title, _time(changes), entries)


def change_entries(changes: Changes, link: Callable[[str], str] = lambda _: "") -> list[Entry]:
    """Make an entry of a feed for each change.

    Args:
        changes: What has changed.
        link: Tells the address of the page about a thing, given by its IRI; empty for none.

    Raises:
        ParameterError: When ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    time = _time(changes)
    entries = [
        Entry(
            one.name.urn,
            str(one),
            time,
            content=str(one),
            link=link(one.thing),
            categories=(one.kind.value, one.group.label),
        )
        for one in changes.things
    ]
    entries += [
        Entry(name, title, time, content=content, categories=("answer",))
        for name, title, content in _answer_entries(changes)
    ]
    for query in changes.queries:
        made = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}query/{changes.day}/{query}")
        kinds = (query.kind.value, "stored query")
        entries.append(Entry(made.urn, str(query), time, content=str(query), categories=kinds))
    return entries


def _answer_entries(changes: Changes) -> Iterator[tuple[str, str, str]]:
    """List name, title and content for each answer that differs."""
    from ip5kg.render.changes import answer_lines

    for answer in changes.answers or ():
        title, *rows = answer_lines(answer, len(answer.new) + len(answer.gone))
        said = "\n".join([title, *rows])
        made = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}answer/{said}")
        yield made.urn, title, said


def _time(changes: Changes) -> str:
    """Return the time of the feed (RFC 3339)."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        if not re.fullmatch("[0-9]{1,12}", given) or int(given) > _LAST_SECOND:
            raise ParameterError(
                "SOURCE_DATE_EPOCH is no number of seconds since 1970.", hint="Leave it unset."
            )
        then = datetime.datetime.fromtimestamp(int(given), datetime.UTC)
        return then.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{changes.day or '1970-01-01'}T00:00:00Z"
