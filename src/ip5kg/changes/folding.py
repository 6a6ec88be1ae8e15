"""Changes that say the same together: one is told, and holds the triples of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from ip5kg.changes.records import Kind, Part
from ip5kg.changes.sentences import Correction, Said, Teller
from ip5kg.changes.snapshot import Node
from ip5kg.names import IP5, RDFS_LABEL

__all__ = ["folded"]

_CONFLICTS = IP5 + "conflictsWith"
_NOW = "conflicting statement now preferred: "
_PASSAGE = IP5 + "Passage"
_WORDY = frozenset((Kind.CORRECTED, Kind.CHANGED))
# What the label of an assertion tells.
_TOLD_IN_LABELS = tuple(
    kind for kind in Kind if kind not in {Kind.SOURCE_ADDED, Kind.SOURCE_REMOVED}
)


def folded(changes: Iterable[Said], teller: Teller) -> list[Said]:
    """Fold what follows from another change into that.

    - The label of an assertion tells its date and whom it is about, so it changes with them.
    - Of conflicting statements, one comes to be preferred and the other not.
    - A source comes and goes with its passages.
    """
    listed = sorted(changes, key=lambda one: (str(one.subject), one.kind, str(one.parts)))
    return _passages(_preferences(_labels(listed, teller), teller), teller)


def _labels(changes: list[Said], teller: Teller) -> list[Said]:
    """Fold labels of assertions."""
    own: defaultdict[Node, list[int]] = defaultdict(list)
    corrected: defaultdict[Node, list[tuple[int, Correction]]] = defaultdict(list)
    for place, one in enumerate(changes):
        if _is_label(one, teller):
            continue
        if one.kind in _TOLD_IN_LABELS:
            own[one.subject].append(place)
        for correction in one.corrections:
            corrected[teller.home(one.subject)[0]].append((place, correction))
            corrected[one.subject].append((place, correction))
    dropped: set[int] = set()
    for place, one in enumerate(changes):
        if not _is_label(one, teller):
            continue
        into = _reason(one, own, corrected, teller)
        if into is not None and into != place:
            changes[into] = _merged(changes[into], one)
            dropped.add(place)
    return [one for place, one in enumerate(changes) if place not in dropped]


def _is_label(one: Said, teller: Teller) -> bool:
    """Tell whether a change is of the label of an assertion alone."""
    return (
        one.kind in _WORDY
        and teller.new.is_assertion(one.subject)
        and all(triple.predicate.value == RDFS_LABEL for triple in (*one.removed, *one.added))
    )


def _reason(
    one: Said,
    own: dict[Node, list[int]],
    corrected: dict[Node, list[tuple[int, Correction]]],
    teller: Teller,
) -> int | None:
    """Find the change from which that of a label follows."""
    if one.subject in own:
        # The date, rather than a note that happens to change with it.
        return own[one.subject][0]
    near = [triple.object for triple in teller.new.triples(one.subject)]
    further = [teller.new.about(node) for node in near if isinstance(node, NamedNode)]
    for node in sorted({*further, *(n for n in near if isinstance(n, NamedNode))}, key=str):
        for place, (old, new) in corrected.get(node, ()):
            if old and all(text.replace(old, new) == now for text, now in one.corrections):
                return place
    return None


def _preferences(changes: list[Said], teller: Teller) -> list[Said]:
    """Fold the statement that is no longer preferred into the one that is now."""
    places = {one.subject: n for n, one in enumerate(changes) if one.kind is Kind.PREFERRED}
    dropped: set[int] = set()
    for subject, place in places.items():
        one = changes[place]
        if not one.parts or one.parts[0] != _NOW:
            continue
        for other in teller.new.values(subject, _CONFLICTS):
            beside = places.get(other) if isinstance(other, NamedNode) else None
            if beside is None or beside in dropped or changes[beside].parts[0] == _NOW:
                continue
            instead: tuple[Part, ...] = (", not ", changes[beside].parts[1])
            merged = _merged(changes[place], changes[beside])
            changes[place] = merged._replace(parts=(*merged.parts, *instead))
            dropped.add(beside)
    return [one for place, one in enumerate(changes) if place not in dropped]


def _passages(changes: list[Said], teller: Teller) -> list[Said]:
    """Fold passages into the source that has come or is gone with them."""
    places = {
        (one.subject, one.kind): n
        for n, one in enumerate(changes)
        if one.kind in (Kind.NEW, Kind.GONE)
    }
    dropped: set[int] = set()
    for (subject, kind), place in places.items():
        state = teller.new if kind is Kind.NEW else teller.old
        into = places.get((state.about(subject), kind))
        if into is not None and into != place and state.kind(subject) == _PASSAGE:
            changes[into] = _merged(changes[into], changes[place])
            dropped.add(place)
    return [one for place, one in enumerate(changes) if place not in dropped]


def _merged(one: Said, other: Said) -> Said:
    return one._replace(removed=one.removed + other.removed, added=one.added + other.added)
