"""Since when there is something: what has no date begins no sooner than what it belongs to.

A participation has the day of its meeting, an aim that of its initiative; a post is there with its
first holder, an organisation with its founding or its first name, and nobody is a member of a
group before the group is there.
"""

from __future__ import annotations

from collections import defaultdict

from ip5kg.describe.periods import Values
from ip5kg.names import IP5, PREFIXES
from ip5kg.store import GraphStore

__all__ = ["begins_later", "later_than", "later_values"]

_PREFIXES = f"PREFIX ip5: <{IP5}> PREFIX relation-kind: <{PREFIXES['relation-kind']}>"
_BOUNDS = (IP5 + "earliest", IP5 + "beginEarliest", IP5 + "year")
_SIGHTING = IP5 + "beginLatest"
_FIRST = "?whole ip5:earliest|ip5:beginEarliest ?day"
_SHOWN = "?user ip5:earliest|ip5:beginEarliest ?day"

# What ?thing belongs to, as ?whole: it cannot be there before all of these are.
_WHOLES = tuple(
    f"?thing ip5:{name} ?whole ."
    for name in (
        "aimOf",
        "atMeeting",
        "convenedBy",
        "inGroup",
        "meetingsOf",
        "member",
        "nameOf",
        "ordinalOf",
        "postIn",
        "relatedTo",
        "relationOf",
        "supervisedOrganisation",
        "supervisor",
    )
)
_POST = "?thing ip5:ofPost ?post . ?post ip5:postIn ?whole ."
_UNDATED = "OPTIONAL { ?thing ip5:beginEarliest ?own } FILTER(!BOUND(?own))"
_PART = (
    "?relation ip5:relationOf ?thing ; ip5:hasRelationKind relation-kind:part-of ; "
    f"ip5:relatedTo ?whole . {_UNDATED}"
)
_PART_OF_PART = (
    "?relation ip5:relationOf ?thing ; ip5:hasRelationKind relation-kind:part-of ; "
    "ip5:relatedTo ?part . ?another ip5:relationOf ?part ; "
    f"ip5:hasRelationKind relation-kind:part-of ; ip5:relatedTo ?whole . {_UNDATED}"
)

# What by its date shows that ?whole is there, as ?user.
_USED = (
    "?user ip5:foundingOf ?whole . BIND(true AS ?founding)",
    *(f"?user ip5:{name} ?whole ." for name in ("inGroup", "inSeries", "nameOf", "ofPost")),
)


def begins_later(dates: Values, day: str) -> bool:
    """Tell whether something begins, takes place or is first seen after a day by its own dates."""
    return any(dates.get(name, "") > day for name in _BOUNDS) or (
        IP5 + "beginEarliest" not in dates and dates.get(_SIGHTING, "") > day
    )


def later_than(store: GraphStore, things: str, day: str) -> set[str]:
    """List the things that are not there on a day, by the dates of what they belong to.

    Args:
        store: The graph, embedded or remote.
        things: A graph pattern that finds them as ``?thing``.
        day: An ISO 8601 day.
    """
    belongs = _union((*_WHOLES, _POST, _PART, _PART_OF_PART))
    dated = _texts(store, f"?thing ?whole ?day WHERE {{ {things} {belongs} {_FIRST} }}")
    used = _union(_USED)
    parts = _texts(
        store,
        "?thing ?whole ?user ?founding ?day WHERE "
        f"{{ {things} {_union((*_WHOLES, _POST))} {used} OPTIONAL {{ {_SHOWN} }} }}",
    )
    whole = _texts(
        store,
        "?thing ?thing2 ?user ?founding ?day WHERE "
        f"{{ {things} {used.replace('?whole', '?thing')} OPTIONAL {{ {_SHOWN} }} }}",
    )
    later = {thing for thing, _, first in dated if first > day}
    shown: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for thing, of, _, founding, first in (*parts, *whole):
        shown[thing, of].append((founding, first))
    return later | {thing for (thing, _), found in shown.items() if _first_day(found) > day}


def later_values(store: GraphStore, things: str, day: str) -> set[str]:
    """List what the things point to and what begins after a day by its own dates.

    Args:
        store: The graph, embedded or remote.
        things: A graph pattern that finds them as ``?thing``.
        day: An ISO 8601 day.
    """
    pointed = f"{things} ?thing ?property ?whole . {_FIRST}"
    return {
        whole for whole, first in _texts(store, f"?whole ?day WHERE {{ {pointed} }}") if first > day
    }


def _first_day(shown: list[tuple[str, str]]) -> str:
    """Return the first day of what is shown to be there; empty when that is left open.

    One use without a bound leaves it open, but for a founding.
    """
    known = [first for _, first in shown if first]
    founded = any(founding and first for founding, first in shown)
    return min(known) if known and (founded or len(known) == len(shown)) else ""


def _union(patterns: tuple[str, ...]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def _texts(store: GraphStore, query: str) -> list[tuple[str, ...]]:
    rows = store.select(f"{_PREFIXES} SELECT DISTINCT {query}").rows
    return [tuple(getattr(term, "value", "") for term in row) for row in rows]
