"""From two sets of triples to a list of changes, each triple in one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple

from ip5kg.changes.folding import folded
from ip5kg.changes.records import Change, Part, in_order
from ip5kg.changes.renames import mapped, renames
from ip5kg.changes.sentences import Pair, Said, Teller
from ip5kg.changes.snapshot import Node, Snapshot
from ip5kg.describe.mentions import term_named
from ip5kg.describe.order import natural_order
from ip5kg.names import IP5
from ip5kg.terms import Thing

__all__ = ["compare"]

# What readers of release notes look for first; other kinds follow by name.
_KINDS = (
    *("PatentOffice", "Organisation", "InternationalOrganisation", "GovernmentBody", "Group"),
    *("IndustryAssociation", "Person", "Post", "MeetingSeries", "Meeting", "Initiative"),
    *("Region", "State", "Place", "Indicator", "StatisticalSubject"),
)
_PLACES = {IP5 + name: place for place, name in enumerate(_KINDS)}
_LAST = IP5 + "Source"


def compare(before: frozenset[Triple], after: frozenset[Triple]) -> tuple[Change, ...]:
    """Tell what has changed from one graph to another.

    Args:
        before: The old graph; its blank nodes are named by what is said of them.
        after: The new graph, likewise.

    Returns:
        The changes in a fixed order. Each triple that is only in one of the graphs is in one of
        the changes, and no other is in any.
    """
    removed, added = before - after, after - before
    if not removed and not added:
        return ()
    old, new = Snapshot(before), Snapshot(after)
    gone = {node for node in map(_subject, removed) if node not in new}
    come = {node for node in map(_subject, added) if node not in old}
    names = renames(old, new, gone, come)
    teller = Teller(old, new, names)
    said: list[Said] = []

    # What is said of renamed things, and of others about them, has changed in name only.
    in_name_only: defaultdict[NamedNode, list[Pair]] = defaultdict(list)
    residue: defaultdict[Node, tuple[list[Triple], list[Triple]]] = defaultdict(lambda: ([], []))
    left = set(added)
    for triple in sorted(removed, key=str) if names else removed:
        image = mapped(triple, names)
        if image in after:
            # At least one of them is renamed, or the image would be the triple.
            [key, *_] = [term for term in triple if term in names]
            in_name_only[key].append((triple, image if image in left else None))
            left.discard(image)
        else:
            residue[_subject(image)][0].append(triple)
    for triple in left:
        residue[_subject(triple)][1].append(triple)

    for name, pairs in in_name_only.items():
        said.append(teller.renamed(name, pairs))
    for node, (minus, plus) in residue.items():
        said += teller.told(node, sorted(minus, key=str), sorted(plus, key=str))
    return tuple(_sorted(folded(said, teller), teller))


def _subject(triple: Triple) -> Node:
    subject = triple.subject
    assert isinstance(subject, NamedNode | BlankNode)  # noqa: S101 - RDF 1.2 is refused on reading
    return subject


def _change(one: Said, teller: Teller) -> Change:
    node, state = teller.home(one.subject)
    kind = state.kind(node)
    return Change(
        thing=state.thing(node),
        group=term_named(kind, teller.labels(kind)),
        kind=one.kind,
        parts=_joined(one.parts),
        removed=tuple(sorted(one.removed, key=str)),
        added=tuple(sorted(one.added, key=str)),
    )


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Put words that follow each other into one piece."""
    found: list[Part] = []
    for part in parts:
        if found and not isinstance(part, Thing) and not isinstance(found[-1], Thing):
            found[-1] += part
        elif part:
            found.append(part)
    return tuple(found)


def _sorted(said: Iterable[Said], teller: Teller) -> list[Change]:
    """Sort by kind of thing and thing; of each what is said of itself before its assertions."""

    def key(pair: tuple[Change, Said]) -> tuple[object, ...]:
        change, one = pair
        ours = change.group.startswith(IP5) and change.group != _LAST
        return (
            _PLACES.get(change.group, len(_PLACES)) if ours else len(_PLACES) + 1,
            change.group.label,
            change.group,
            natural_order(change.thing.label),
            change.thing,
            teller.home(one.subject)[0] != one.subject,
            in_order(change.kind),
            natural_order(change.sentence),
            [str(triple) for triple in (*change.removed, *change.added)],
        )

    return [change for change, _ in sorted(((_change(one, teller), one) for one in said), key=key)]
