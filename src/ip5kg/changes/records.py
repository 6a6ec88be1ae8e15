"""What a comparison of two states is made of."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from pyoxigraph import Triple

from ip5kg.names import BASE
from ip5kg.terms import Thing

__all__ = [
    "AnswerChange",
    "Change",
    "Changes",
    "Kind",
    "Part",
    "QueryChange",
    "Rows",
    "in_order",
    "plain",
]

Part: TypeAlias = str | Thing
"""A piece of a sentence: words, or a thing that is called by its label."""

Rows: TypeAlias = Counter[tuple[str, ...]]
"""The rows of an answer, each with how often it occurs."""


class Kind(StrEnum):
    """What a change is; in the order in which the changes of one thing are told."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    EVENT = "event"
    STATUS = "status"
    ENDED = "ended"
    REOPENED = "reopened"
    DATED = "dated"
    UNDATED = "undated"
    MORE_EXACT = "more-exact"
    LESS_EXACT = "less-exact"
    MOVED = "moved"
    PREFERRED = "preferred"
    CORRECTED = "corrected"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    SOURCE_ADDED = "source-added"
    SOURCE_REMOVED = "source-removed"


_PLACES = {kind: place for place, kind in enumerate(Kind)}


class Change(NamedTuple):
    """One change of one thing.

    Attributes:
        thing: What it is told of: of an assertion that is what the assertion is about.
        group: The class of the thing, with its label.
        kind: What sort of change it is.
        parts: The sentence without its subject, in pieces.
        removed: The triples that are no more.
        added: The triples that are new.
    """

    thing: Thing
    group: Thing
    kind: Kind
    parts: tuple[Part, ...]
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]

    @property
    def sentence(self) -> str:
        """What has changed, in words that follow the name of the thing."""
        return plain(self.parts)

    @property
    def name(self) -> uuid.UUID:
        """A name that the same change has in every comparison (RFC 9562, version 5)."""
        triples = (*self.removed, None, *self.added)
        text = "\n".join([self.thing, self.kind, self.sentence, *map(str, triples)])
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}change/{text}")

    def __str__(self) -> str:
        return f"{self.thing.label}: {self.sentence}"


class AnswerChange(NamedTuple):
    """A stored query whose answer has changed.

    Attributes:
        call: The name of the query; with ``.as-of`` when it was asked for a day.
        new: The rows that the answer has only now.
        gone: The rows that it has no more.
        total: How many rows it has now.
    """

    call: str
    new: Rows
    gone: Rows
    total: int


class QueryChange(NamedTuple):
    """A stored query that only one of two states has, or that is another in each.

    Attributes:
        name: Its name.
        summary: The question that it answers, in the state that has it last; empty where its
            header cannot be read.
        kind: Whether it is ``NEW``, ``GONE`` or ``CHANGED``.
    """

    name: str
    summary: str
    kind: Kind

    def __str__(self) -> str:
        verb = {Kind.NEW: "is new", Kind.GONE: "is gone"}.get(self.kind, "has been rewritten")
        return f"Stored query {self.name} {verb}" + (f": {self.summary}" if self.summary else "")


class Changes(NamedTuple):
    """What has changed between two states; false when nothing has.

    Attributes:
        old: What the old state is called.
        new: What the new state is called.
        things: The changes, by kind of thing, thing and kind of change.
        answers: The answers that differ; None when they were not compared.
        day: The last day on which a source of the new state was consulted; empty when no source
            tells.
        queries: The stored queries that only one state has or that were rewritten, by name; of
            files none are known.
    """

    old: str
    new: str
    things: tuple[Change, ...]
    answers: tuple[AnswerChange, ...] | None
    day: str
    queries: tuple[QueryChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.things or self.answers or self.queries)


def plain(parts: Iterable[Part]) -> str:
    """Put a sentence together."""
    return "".join(part.label if isinstance(part, Thing) else part for part in parts)


def in_order(kind: Kind) -> int:
    """Return the place of a kind among the changes of a thing."""
    return _PLACES[kind]
