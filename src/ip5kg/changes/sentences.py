"""What the changes of one subject are, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.changes.dates import ASPECTS
from ip5kg.changes.dates import told as told_date
from ip5kg.changes.records import Kind, Part
from ip5kg.changes.snapshot import Node, Snapshot
from ip5kg.changes.texts import classified, paired, quoted
from ip5kg.describe.mentions import term_named
from ip5kg.describe.order import row_order
from ip5kg.describe.periods import in_words
from ip5kg.names import IP5, RDF_TYPE, RDFS_LABEL, SKOS, shorten
from ip5kg.terms import Term, Thing

__all__ = ["Correction", "Pair", "Said", "Teller"]

Pair: TypeAlias = tuple[Triple, Triple | None]
Correction: TypeAlias = tuple[str, str]
"""A text as it was and as it is."""

_CITES, _STATUS, _PREFERRED = IP5 + "cites", IP5 + "hasStatus", IP5 + "isPreferred"
_EVENT, _STATUS_USE = IP5 + "InitiativeEvent", IP5 + "StatusUse"
_SOURCE, _PASSAGE = IP5 + "Source", IP5 + "Passage"
_NAMES = {
    RDFS_LABEL: "name",
    SKOS + "prefLabel": "name",
    IP5 + "name": "name",
    IP5 + "title": "title",
    IP5 + "westernName": "name",
    IP5 + "familyName": "family name",
    IP5 + "givenName": "given name",
    IP5 + "nativeName": "native name",
    IP5 + "acronym": "acronym",
    SKOS + "altLabel": "other label",
}
# How an assertion is called at the thing that it is about: words, and what it leads to.
_PHRASES = {
    IP5 + "Tenure": ("tenure as ", "ofPost"),
    IP5 + "Participation": ("participation of ", "participant"),
    IP5 + "Absence": ("absence of ", "absentAgent"),
    IP5 + "Membership": ("membership in ", "inGroup"),
    IP5 + "Supervision": ("supervision by ", "supervisor"),
    IP5 + "Relation": ("relation to ", "relatedTo"),
    IP5 + "Aim": ("aim: ", "hasAimKind"),
    _EVENT: ("life-cycle event ", "hasAct"),
    _STATUS_USE: ("status ", "hasStatus"),
}
_MOST_LISTED = 5


class Said(NamedTuple):
    """A change of one subject, which may be an assertion.

    Attributes:
        subject: The subject, by its new name.
        kind: What sort of change it is.
        parts: The sentence.
        removed: The triples that are no more.
        added: The triples that are new.
        corrections: Names that it corrects.
    """

    subject: Node
    kind: Kind
    parts: tuple[Part, ...]
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]
    corrections: tuple[Correction, ...] = ()


class Teller:
    """Finds words for changes.

    Args:
        old: The old state.
        new: The new state.
        names: The things that are renamed.
    """

    def __init__(self, old: Snapshot, new: Snapshot, names: Mapping[NamedNode, NamedNode]) -> None:
        self.old, self.new, self._names = old, new, names
        self._back = {now: then for then, now in names.items()}

    def home(self, subject: Node) -> tuple[Node, Snapshot]:
        """Return the thing at which a subject is told, and the state that knows it best."""
        state = self.new if subject in self.new else self.old
        node = state.about(subject)
        if state is self.old and isinstance(node, NamedNode):
            node = self._names.get(node, node)
        return node, self.new if node in self.new else self.old

    def labels(self, iri: str) -> dict[str, str]:
        """Look up the label of a class or property."""
        label = self._thing(NamedNode(iri)).label
        return {} if label == shorten(iri) else {iri: label}

    def renamed(self, node: NamedNode, pairs: Sequence[Pair]) -> Said:
        """Tell that a thing goes by another IRI."""
        now = self._names[node]
        parts: tuple[Part, ...] = ("renamed: ", shorten(node.value), " → ", shorten(now.value))
        if self.new.is_assertion(now):
            parts = (*self._phrase(now, self.new), " ", *parts)
        removed = tuple(triple for triple, _ in pairs)
        added = tuple(triple for _, triple in pairs if triple is not None)
        return Said(now, Kind.RENAMED, parts, removed, added)

    def told(self, node: Node, minus: list[Triple], plus: list[Triple]) -> Iterator[Said]:
        """Tell what has changed in what is said of a subject."""
        if node not in self.new:
            yield self._whole(node, self.old, minus, Kind.GONE)
        elif node not in self.old and node not in self._back:
            yield self._whole(node, self.new, plus, Kind.NEW)
        else:
            yield from self._parts(node, minus, plus)

    def _whole(self, node: Node, state: Snapshot, triples: list[Triple], kind: Kind) -> Said:
        """Tell that a subject has come or is gone."""
        class_ = state.kind(node)
        name = term_named(class_, self.labels(class_)).label
        when = in_words(state.texts(node))
        come = kind is Kind.NEW
        words: tuple[Part, ...]
        if not state.is_assertion(node):
            words = (
                (f"new {name}", f", {when}" if when else "")
                if come
                else (f"{name} no longer in the graph",)
            )
        elif come and class_ == _EVENT and (act := state.link(node, IP5 + "hasAct")):
            kind = Kind.EVENT
            words = (self._thing(act), f", {when}" if when else "")
        elif come and class_ == _STATUS_USE and (status := state.link(node, _STATUS)):
            kind = Kind.STATUS
            words = (self._thing(status), f", as of {when}" if when else "")
        else:
            called = state.thing(node)
            words = (
                (f"new {name}: ", called) if come else (f"{name} no longer in the graph: ", called)
            )
        sides = ((), tuple(triples)) if come else (tuple(triples), ())
        return Said(node, kind, words, *sides)

    def _parts(self, node: Node, minus: list[Triple], plus: list[Triple]) -> Iterator[Said]:
        left, right = _by_property(minus), _by_property(plus)
        before = self.old.texts(self._then(node))
        after = self.new.texts(node)
        about: tuple[Part, ...] = ()
        if self.new.is_assertion(node):
            about = (*self._phrase(node, self.new), ": ")
        for aspect in ASPECTS:
            names = set(aspect.properties & (left.keys() | right.keys()))
            if names:
                removed, added = _taken(left, names), _taken(right, names)
                kind, words = told_date(aspect, before, after)
                yield Said(node, kind, (*about, words), removed, added)
        names = _NAMES.keys() & {*left, *right}
        if names:
            yield from self._renamings(node, about, _taken(left, names), _taken(right, names))
        for name in sorted(left.keys() | right.keys()):
            yield from self._property(node, about, name, left.get(name, []), right.get(name, []))

    def _property(
        self,
        node: Node,
        about: tuple[Part, ...],
        name: str,
        minus: list[Triple],
        plus: list[Triple],
    ) -> Iterator[Said]:
        """Tell how the values of one property have changed."""
        if name == _CITES:
            yield from self._sources(node, about, minus, plus)
            return
        if name == _PREFERRED:
            yield self._preference(node, minus, plus)
            return
        words: tuple[Part, ...]
        label = term_named(name, self.labels(name)).label.removeprefix("has ")
        if name == RDF_TYPE:
            label = "class"
        kind_of_link = Kind.STATUS if name == _STATUS else Kind.CHANGED
        if name == _STATUS and self.new.kind(node) == _STATUS_USE:
            # The initiative itself has come to another status.
            about = ()
        if len(minus) == len(plus) == 1 and not (_is_text(minus[0]) and _is_text(plus[0])):
            words = (label, ": ", self._value(minus[0].object), " → ", self._value(plus[0].object))
            yield Said(node, kind_of_link, (*about, *words), tuple(minus), tuple(plus))
            return
        pairs, gone, come = paired([t.object for t in minus], [t.object for t in plus])
        for old, new in pairs:
            kind = classified(old, new)
            verb = "corrected" if kind is Kind.CORRECTED else "changed"
            words = (f"{label} {verb}: ", quoted(old), " → ", quoted(new))
            removed = tuple(t for t in minus if t.object == old)
            added = tuple(t for t in plus if t.object == new)
            yield Said(node, kind, (*about, *words), removed, added)
        for terms, triples, kind, verb in (
            (come, plus, Kind.ADDED, "added"),
            (gone, minus, Kind.REMOVED, "removed"),
        ):
            if terms:
                wanted = set(terms)
                found = tuple(t for t in triples if t.object in wanted)
                sides = ((), found) if kind is Kind.ADDED else (found, ())
                words = (f"{label} {verb}: ", *self._listed(terms))
                yield Said(node, kind, (*about, *words), *sides)

    def _renamings(
        self,
        node: Node,
        about: tuple[Part, ...],
        minus: Sequence[Triple],
        plus: Sequence[Triple],
    ) -> Iterator[Said]:
        """Tell of corrected names; those that follow from another are told with it."""
        left, right = _by_property(minus), _by_property(plus)
        found: list[tuple[str, Literal, Literal]] = []
        for name in _NAMES:
            old, new = left.get(name, []), right.get(name, [])
            pairs, gone, come = paired([t.object for t in old], [t.object for t in new])
            found += [(name, one, other) for one, other in pairs]
            rest_old = [t for t in old if t.object in gone]
            rest_new = [t for t in new if t.object in come]
            if rest_old or rest_new:
                yield from self._property(node, about, name, rest_old, rest_new)
        while found:
            name, one, other = found.pop(0)
            group = [(name, one, other)]
            for candidate in [*found, *reversed(found)]:
                texts = candidate[1].value, candidate[2].value
                if candidate in found and any(
                    _follows(texts, (o.value, n.value)) for _, o, n in group
                ):
                    group.append(candidate)
                    found.remove(candidate)
            kind = classified(one, other)
            verb = "corrected" if kind is Kind.CORRECTED else "changed"
            called = _NAMES[name]
            if about and name == RDFS_LABEL:
                called = "label"
            words = (f"{called} {verb}: ", quoted(one), " → ", quoted(other))
            members = {(n, o) for n, o, _ in group}, {(n, o) for n, _, o in group}
            yield Said(
                node,
                kind,
                (*about, *words),
                tuple(t for t in minus if (t.predicate.value, t.object) in members[0]),
                tuple(t for t in plus if (t.predicate.value, t.object) in members[1]),
                tuple(dict.fromkeys((o.value, n.value) for _, o, n in group)),
            )

    def _sources(
        self, node: Node, about: tuple[Part, ...], minus: list[Triple], plus: list[Triple]
    ) -> Iterator[Said]:
        """Tell which sources are cited now, and which no more."""
        if plus:
            listed = self._listed(dict.fromkeys(self.new.about(_node(t)) for t in plus))
            words = (*about, "source added: ", *listed)
            yield Said(node, Kind.SOURCE_ADDED, words, (), tuple(plus))
        if minus:
            listed = self._listed(dict.fromkeys(self.old.about(_node(t)) for t in minus))
            words = (*about, "source withdrawn: ", *listed)
            yield Said(node, Kind.SOURCE_REMOVED, words, tuple(minus), ())

    def _preference(self, node: Node, minus: list[Triple], plus: list[Triple]) -> Said:
        value = self.new.text(node, _PREFERRED)
        said = self.new.thing(node)
        words: tuple[Part, ...]
        if value in ("true", "1"):
            words = ("conflicting statement now preferred: ", said)
        elif value:
            words = ("conflicting statement no longer preferred: ", said)
        else:
            words = ("no longer told to be preferred or not: ", said)
        return Said(node, Kind.PREFERRED, words, tuple(minus), tuple(plus))

    def _phrase(self, node: Node, state: Snapshot) -> tuple[Part, ...]:
        """Call an assertion at the thing that it is about."""
        class_ = state.kind(node)
        words, name = _PHRASES.get(class_, ("", ""))
        target = state.link(node, IP5 + name) if name else None
        if target is not None:
            return (words, self._thing(target))
        if state.label(node):
            return (state.thing(node),)
        return (f"{term_named(class_, self.labels(class_)).label} ", state.thing(node))

    def _then(self, node: Node) -> Node:
        return self._back.get(node, node) if isinstance(node, NamedNode) else node

    def _thing(self, node: Node) -> Thing:
        thing = self.new.thing(node)
        return thing if node in self.new else self.old.thing(node)

    def _value(self, term: Term) -> Part:
        if isinstance(term, Literal):
            return quoted(term)
        return self._thing(term) if isinstance(term, NamedNode | BlankNode) else str(term)

    def _listed(self, terms: Iterable[Term]) -> tuple[Part, ...]:
        found = list(terms)
        shown: list[Part] = []
        for term in found[:_MOST_LISTED]:
            shown += [", ", self._value(term)]
        more = len(found) - _MOST_LISTED
        return (*shown[1:], *([f" and {more} more"] if more > 0 else []))


def _follows(texts: Correction, other: Correction) -> bool:
    """Tell whether one correction follows from another that it contains, or the other way."""
    return any(
        a[0] and a[0] in b[0] and b[0].replace(*a) == b[1]
        for a, b in ((texts, other), (other, texts))
    )


def _by_property(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    found: defaultdict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        found[triple.predicate.value].append(triple)
    for name, listed in found.items():
        listed.sort(key=lambda triple: row_order((name, triple.object)))
    return dict(found)


def _taken(groups: dict[str, list[Triple]], names: Iterable[str]) -> tuple[Triple, ...]:
    return tuple(triple for name in sorted(names) for triple in groups.pop(name, []))


def _node(triple: Triple) -> Node:
    value = triple.object
    return value if isinstance(value, NamedNode | BlankNode) else NamedNode(RDF_TYPE)


def _is_text(triple: Triple) -> bool:
    return isinstance(triple.object, Literal)
