"""One state of the graph, looked up by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import IP5, PREFIXES, RDF_TYPE, RDFS_LABEL, SKOS
from ip5kg.store import EmbeddedStore
from ip5kg.store.classes import ClassTree
from ip5kg.terms import Term, Thing

__all__ = ["ABOUT", "Node", "Snapshot", "text_of"]

Node: TypeAlias = NamedNode | BlankNode

# An assertion has one of these; the first that it has leads to what it is about.
ABOUT = tuple(
    IP5 + name
    for name in (
        *("heldBy", "eventOf", "aimOf", "statusOf", "relationOf", "nameOf", "changeOf"),
        *("foundingOf", "member", "supervisedOrganisation", "dateOf", "ordinalOf", "editionOf"),
        *("forerunnerOf", "observedFor", "atMeeting", "inSource"),
    )
)
_RDFS = PREFIXES["rdfs"]
_SUBCLASS = _RDFS + "subClassOf"
_RESOURCE = _RDFS + "Resource"
_LABELS = (RDFS_LABEL, SKOS + "prefLabel")
_FARTHEST = 8


class Snapshot:
    """A state of the graph.

    Args:
        triples: All it says.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._rows: dict[Node, list[Triple]] = {}
        self._owners: dict[BlankNode, Node] = {}
        narrower = []
        for triple in triples:
            subject = triple.subject
            if not isinstance(subject, NamedNode | BlankNode):
                continue
            self._rows.setdefault(subject, []).append(triple)
            if isinstance(triple.object, BlankNode):
                owner = self._owners.get(triple.object)
                if owner is None or str(subject) < str(owner):
                    self._owners[triple.object] = subject
            if triple.predicate.value == _SUBCLASS:
                narrower.append(triple)
        self._classes = ClassTree(EmbeddedStore.of(narrower))
        self._labels: dict[Node, str | None] = {}

    def __contains__(self, subject: Node) -> bool:
        return subject in self._rows

    def triples(self, subject: Node) -> list[Triple]:
        """Return what is said of a subject, in no order."""
        return self._rows.get(subject, [])

    def values(self, subject: Node, name: str) -> list[Term]:
        """List the values of a property, in a fixed order."""
        found = [t.object for t in self.triples(subject) if t.predicate.value == name]
        return sorted(found, key=str) if len(found) > 1 else found

    def text(self, subject: Node, name: str) -> str:
        """Return the first value of a property as text; empty when there is none."""
        return next(map(text_of, self.values(subject, name)), "")

    def texts(self, subject: Node) -> dict[str, str]:
        """Return the first value of each property as text."""
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for triple in self.triples(subject):
            found[triple.predicate.value].append(triple.object)
        return {name: text_of(min(values, key=str)) for name, values in found.items()}

    def link(self, subject: Node, name: str) -> Node | None:
        """Return the first thing to which a property leads."""
        found = self.values(subject, name)
        return next((one for one in found if isinstance(one, NamedNode | BlankNode)), None)

    def label(self, subject: Node) -> str | None:
        """Return the English label, or one without a language."""
        if subject not in self._labels:
            found = [
                (value.language != "en", place, value.value)
                for place, name in enumerate(_LABELS)
                for value in self.values(subject, name)
                if isinstance(value, Literal) and value.language in ("en", None)
            ]
            self._labels[subject] = min(found)[2] if found else None
        return self._labels[subject]

    def kind(self, subject: Node) -> str:
        """Return the IRI of the narrowest class, our own before others."""
        classes = [
            value.value for value in self.values(subject, RDF_TYPE) if isinstance(value, NamedNode)
        ]
        return (self._classes.sorted(classes) or [_RESOURCE])[0]

    def is_assertion(self, subject: Node) -> bool:
        """Tell whether a subject is told of at another: an assertion, or a passage."""
        return self._next(subject) is not None

    def about(self, subject: Node) -> Node:
        """Return the thing at which what is said of a subject is told."""
        for _ in range(_FARTHEST):
            further = self._next(subject)
            if further is None:
                break
            subject = further
        return subject

    def _next(self, subject: Node) -> Node | None:
        if isinstance(subject, BlankNode):
            return self._owners.get(subject)
        said: Mapping[str, Term] = {
            triple.predicate.value: triple.object
            for triple in sorted(self.triples(subject), key=str, reverse=True)
        }
        found = (said.get(name) for name in ABOUT)
        return next((one for one in found if isinstance(one, NamedNode) and one != subject), None)

    def thing(self, subject: Node) -> Thing:
        """Name a subject by its label."""
        name = subject.value if isinstance(subject, NamedNode) else f"_:{subject.value}"
        return Thing(
            name, self.label(subject) or ("a node without a name" if name[0] == "_" else None)
        )


def text_of(term: Term) -> str:
    """Return the text of a literal or the IRI of a thing."""
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
