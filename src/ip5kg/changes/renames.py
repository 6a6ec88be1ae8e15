"""Things that go by another IRI: what is said of them is what was said under the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.changes.snapshot import ABOUT, Node, Snapshot
from ip5kg.names import IP5, RDF_TYPE

__all__ = ["mapped", "renames"]

# Rounds in which a thing is told apart by what it refers to; then what refers to that, and so on.
_ROUNDS = 4
# What may differ between an assertion and the same one under another name.
_MAY_DIFFER = frozenset(
    IP5 + name
    for name in (
        *("cites", "conflictsWith", "hasPrecision", "hasBeginPrecision", "hasEndPrecision"),
        *("hasConfidence", "hasStatus", "hasEndBasis", "predecessor", "successor"),
    )
)
_YEARS = frozenset((IP5 + "year", IP5 + "dataYear", IP5 + "announcedYear"))

Names = Mapping[NamedNode, NamedNode]
"""Old IRI → new IRI."""


def renames(old: Snapshot, new: Snapshot, gone: set[Node], come: set[Node]) -> Names:
    """Find what has got another IRI.

    Args:
        old: The old state.
        new: The new state.
        gone: The subjects that are only in the old one.
        come: The subjects that are only in the new one.

    Returns:
        The IRIs of things of which the same is said, but for the IRIs of others that are renamed;
        and of assertions that join the same things in the same way, when there is one such on
        each side.
    """
    before, after = _colours(old, gone), _colours(new, come)
    found: dict[NamedNode, NamedNode] = {}
    for colour in before.keys() & after.keys():
        # Of several that are alike, any pairing is right; this one is the same each time.
        found.update(zip(before[colour], after[colour], strict=False))
    taken = set(found.values())
    one_side = _keys(old, [one for one in gone if one not in found], found)
    other_side = _keys(new, [one for one in come if one not in taken], {})
    for key, [node, *others] in one_side.items():
        match = other_side.get(key, [])
        if len(match) == 1 and not others:
            found[node] = match[0]
    return found


def mapped(triple: Triple, names: Names) -> Triple:
    """Write a triple of the old state with the new names."""
    if not names:
        return triple
    subject, name, value = triple.subject, triple.predicate, triple.object
    name = names.get(name, name)
    if isinstance(subject, NamedNode):
        subject = names.get(subject, subject)
    if isinstance(value, NamedNode):
        value = names.get(value, value)
    return Triple(subject, name, value)


def _colours(state: Snapshot, subjects: set[Node]) -> dict[Hashable, list[NamedNode]]:
    """Group subjects by what is said of them, whatever they are called."""
    colours: dict[Node, Hashable] = dict.fromkeys(subjects, 0)
    for _ in range(_ROUNDS):
        colours = {subject: _colour(state, subject, colours) for subject in subjects}
    groups: defaultdict[Hashable, list[NamedNode]] = defaultdict(list)
    for subject in sorted(subjects, key=str):
        said = {triple.predicate.value for triple in state.triples(subject)}
        if isinstance(subject, NamedNode) and said - {RDF_TYPE}:
            groups[colours[subject]].append(subject)
    return groups


def _colour(state: Snapshot, subject: Node, colours: Mapping[Node, Hashable]) -> Hashable:
    rows = [
        (triple.predicate.value, _colour_of(triple.object, subject, colours))
        for triple in state.triples(subject)
    ]
    return hash(tuple(sorted(rows)))


def _colour_of(term: object, subject: Node, colours: Mapping[Node, Hashable]) -> tuple[int, str]:
    if term == subject:
        return 2, ""
    if not isinstance(term, Literal) and term in colours:
        return 1, str(colours[term])  # type: ignore[index]
    return 0, str(term)


def _keys(
    state: Snapshot, subjects: Iterable[Node], names: Names
) -> dict[Hashable, list[NamedNode]]:
    """Group assertions by what they join."""
    groups: defaultdict[Hashable, list[NamedNode]] = defaultdict(list)
    for subject in sorted(subjects, key=str):
        if not isinstance(subject, NamedNode):
            continue
        rows = [mapped(triple, names) for triple in state.triples(subject)]
        if any(triple.predicate.value in ABOUT for triple in rows):
            groups[frozenset(_key(rows))].append(subject)
    return groups


def _key(triples: Iterable[Triple]) -> Iterable[Hashable]:
    for triple in triples:
        name, value = triple.predicate.value, triple.object
        if name in _MAY_DIFFER:
            continue
        if isinstance(value, NamedNode) or name in _YEARS:
            yield name, str(value)
        elif name == IP5 + "name" and isinstance(value, Literal):
            yield name, value.language
        elif name == IP5 + "locator":
            yield name, str(value)
