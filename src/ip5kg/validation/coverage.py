"""The coverage of shapes: what of the data some shape looks at, as tests cover lines of code.

A triple is looked at when a shape has its subject as a focus node and speaks of its predicate: in
a property path, as a parameter of a constraint, or in the text of a SPARQL-based constraint; the
class of a node is looked at when a shape aims at it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.sparql.lexer import tokens
from ip5kg.terms import Term
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["Coverage", "FileCoverage", "shape_coverage"]

_SUB_CLASS_OF = PREFIXES["rdfs"] + "subClassOf"
_INSIDE = tuple(
    SH + name for name in ("property", "node", "and", "or", "xone", "not", "qualifiedValueShape")
)
_PREDICATES = tuple(
    SH + name for name in ("path", "equals", "disjoint", "lessThan", "lessThanOrEquals")
)
_LISTS = (PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest")


class FileCoverage(NamedTuple):
    """What shapes look at in one file.

    Attributes:
        file: The file.
        triples: How many triples it has.
        covered: How many of them some shape looks at.
        properties: Property → how many of its triples no shape looks at.
        classes: Class at which no shape aims → how many nodes of the file have it.
    """

    file: str
    triples: int
    covered: int
    properties: dict[str, int]
    classes: dict[str, int]


class Coverage(NamedTuple):
    """What shapes look at in a data graph.

    Attributes:
        files: File by file.
        idle: The shapes with targets that find no focus node, as IRIs.
    """

    files: tuple[FileCoverage, ...]
    idle: tuple[str, ...]

    @property
    def share(self) -> float:
        """The triples that some shape looks at, in per cent."""
        triples = sum(file.triples for file in self.files)
        return 100 * sum(file.covered for file in self.files) / triples if triples else 100.0


class _Scope(NamedTuple):
    """What one shape with targets looks at."""

    shape: str
    nodes: frozenset[Term]
    classes: frozenset[str]
    subjects_of: frozenset[str]
    objects_of: frozenset[str]
    predicates: frozenset[str]


def shape_coverage(
    parsed: Mapping[Path, list[Triple]], shapes: ShapesGraph, name: Callable[[Path], str]
) -> Coverage:
    """Measure what of the data some shape looks at.

    Args:
        parsed: File → its triples.
        shapes: The shapes graph.
        name: How a report calls a file.
    """
    scopes = list(_scopes(shapes))
    wider = _wider_classes(parsed)
    nodes = _Nodes(parsed, wider)
    at_node: dict[Term, frozenset[str]] = {}
    active: set[str] = set()
    aimed = {iri for scope in scopes for iri in scope.classes}

    def spoken_of(node: Term) -> frozenset[str]:
        if node not in at_node:
            looking = [scope for scope in scopes if nodes.is_target(node, scope)]
            active.update(scope.shape for scope in looking)
            at_node[node] = frozenset().union(*(scope.predicates for scope in looking))
        return at_node[node]

    files = []
    for path, triples in parsed.items():
        unseen: Counter[str] = Counter()
        classes: Counter[str] = Counter()
        for triple in triples:
            predicate = triple.predicate.value
            if predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
                if not wider.get(triple.object.value, {triple.object.value}) & aimed:
                    classes[triple.object.value] += 1
            elif predicate not in spoken_of(triple.subject) and (
                f"^{predicate}" not in spoken_of(triple.object)
            ):
                unseen[predicate] += 1
            spoken_of(triple.subject)
        missed = sum(unseen.values()) + sum(classes.values())
        files.append(
            FileCoverage(
                name(path), len(triples), len(triples) - missed, _sorted(unseen), _sorted(classes)
            )
        )
    for term in nodes.mentioned_only(scopes):
        spoken_of(term)
    idle = sorted({scope.shape for scope in scopes} - active)
    return Coverage(tuple(files), tuple(shapes.name_of(shape) or shape for shape in idle))


class _Nodes:
    """What the data says of each node, as far as it makes it a target."""

    def __init__(self, parsed: Mapping[Path, list[Triple]], wider: Mapping[str, set[str]]) -> None:
        self._classes: dict[Term, set[str]] = defaultdict(set)
        self._predicates: dict[Term, set[str]] = defaultdict(set)
        self._objects_of: dict[Term, set[str]] = defaultdict(set)
        for triples in parsed.values():
            for subject, predicate, target in triples:
                self._predicates[subject].add(predicate.value)
                if not isinstance(target, Triple):
                    self._objects_of[target].add(predicate.value)
                if predicate.value == RDF_TYPE and isinstance(target, NamedNode):
                    self._classes[subject] |= wider.get(target.value, {target.value})

    def is_target(self, node: Term, scope: _Scope) -> bool:
        """Tell whether a node is a focus node of a shape (SHACL, section 2.1.3)."""
        return (
            node in scope.nodes
            or not scope.classes.isdisjoint(self._classes.get(node, ()))
            or not scope.subjects_of.isdisjoint(self._predicates.get(node, ()))
            or not scope.objects_of.isdisjoint(self._objects_of.get(node, ()))
        )

    def mentioned_only(self, scopes: list[_Scope]) -> Iterator[Term]:
        """List the focus nodes of which the data says nothing itself."""
        for scope in scopes:
            yield from scope.nodes
        for node, predicates in self._objects_of.items():
            if any(not scope.objects_of.isdisjoint(predicates) for scope in scopes):
                yield node


def _scopes(shapes: ShapesGraph) -> Iterator[_Scope]:
    """Tell of each shape with targets what it looks at."""
    for node, said in shapes.properties.items():
        if isinstance(node, NamedNode) and shapes.has_targets(node):
            classes = _iris(said, "targetClass")
            if not any(name.startswith(SH + "target") for name in said):
                classes.add(node.value)
            yield _Scope(
                node.value,
                frozenset(said.get(SH + "targetNode", [])),
                frozenset(classes),
                frozenset(_iris(said, "targetSubjectsOf")),
                frozenset(_iris(said, "targetObjectsOf")),
                frozenset(_predicates(node, shapes)),
            )


def _predicates(start: Term, shapes: ShapesGraph) -> set[str]:
    """List the predicates of which a shape and those inside it speak.

    One that is followed from object to subject has a “^” before it.
    """
    found: set[str] = set()
    seen: set[Term] = set()
    open_nodes = [start]
    while open_nodes:
        node = open_nodes.pop()
        if node in seen:
            continue
        seen.add(node)
        said = shapes.properties.get(node, {})
        for name in (*_INSIDE, *_LISTS):
            open_nodes += said.get(name, [])
        for name in _PREDICATES:
            for path in said.get(name, []):
                found |= _steps(path, shapes, set())
        for constraint in said.get(SH + "sparql", []):
            found |= _in_text(shapes, constraint)
        found |= _iris(said, "targetSubjectsOf")
    return found


def _steps(path: Term, shapes: ShapesGraph, seen: set[Term], sign: str = "") -> set[str]:
    """List the predicates in a property path."""
    if isinstance(path, NamedNode):
        return {sign + path.value}
    found: set[str] = set()
    if path not in seen:
        seen.add(path)
        for name, values in shapes.properties.get(path, {}).items():
            turned = "^" if name == SH + "inversePath" and not sign else ""
            for value in values:
                if not isinstance(value, Literal):
                    found |= _steps(value, shapes, seen, turned or sign)
    return found


def _in_text(shapes: ShapesGraph, constraint: Term) -> set[str]:
    """List the IRIs in the text of a SPARQL-based constraint."""
    said = shapes.properties.get(constraint, {})
    namespaces = {}
    for header in said.get(SH + "prefixes", []):
        for declaration in shapes.properties.get(header, {}).get(SH + "declare", []):
            values = shapes.properties.get(declaration, {})
            for name in values.get(SH + "prefix", []):
                for namespace in values.get(SH + "namespace", []):
                    namespaces[getattr(name, "value", "")] = getattr(namespace, "value", "")
    found = set()
    for text in said.get(SH + "select", []) + said.get(SH + "ask", []):
        for token in tokens(getattr(text, "value", "")):
            if token.kind == "iri":
                found.add(token.text[1:-1])
            elif ":" in token.text:
                prefix, local = token.text.split(":", 1)
                found.add(namespaces.get(prefix, "") + local)
    return found | {f"^{iri}" for iri in found}


def _iris(said: Mapping[str, list[Term]], name: str) -> set[str]:
    return {term.value for term in said.get(SH + name, []) if isinstance(term, NamedNode)}


def _wider_classes(parsed: Mapping[Path, list[Triple]]) -> dict[str, set[str]]:
    """Map each class of a hierarchy to itself and all classes above it."""
    above: dict[str, set[str]] = defaultdict(set)
    for triples in parsed.values():
        for subject, predicate, target in triples:
            if predicate.value == _SUB_CLASS_OF and isinstance(target, NamedNode):
                above[getattr(subject, "value", "")].add(target.value)
    wider = {}
    for start in list(above):
        seen: set[str] = set()
        open_classes = [start]
        while open_classes:
            current = open_classes.pop()
            if current not in seen:
                seen.add(current)
                open_classes += above.get(current, ())
        wider[start] = seen
    return wider


def _sorted(counts: Counter[str]) -> dict[str, int]:
    """Put the greatest number first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
