"""The shapes graph, prepared for engines that call shapes by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term
from ip5kg.validation.paths import write_path

__all__ = ["GIVEN_NAME", "SH", "ShapesGraph"]

SH = PREFIXES["sh"]

_IMPORTS = PREFIXES["owl"] + "imports"
_PROPERTY = SH + "property"
GIVEN_NAME = "urn:ip5kg:shape:"
"""How the names begin that shapes get which are blank nodes."""

_TARGETS = frozenset(
    SH + name
    for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "target")
)
# A component applies wherever its parameters are used; a disjoint shape looks at its siblings.
_NOT_LOCAL = frozenset(("ConstraintComponent", "qualifiedValueShapesDisjoint", "SPARQLFunction"))
_SHAPES = frozenset((SH + "NodeShape", SH + "PropertyShape"))
_PATHS = frozenset(
    SH + name
    for name in (
        "inversePath",
        "alternativePath",
        "zeroOrMorePath",
        "oneOrMorePath",
        "zeroOrOnePath",
    )
)
_CLASSES = frozenset((PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class"))


class ShapesGraph:
    """Shapes, of which each has an IRI.

    An engine that shall use some shapes only must be told their IRIs. Shapes that are blank nodes
    get IRIs for that; ``name_of`` tells what to call them in a report.

    Args:
        triples: The triples of a shapes graph.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        given = list(triples)
        names = _names(given)
        self.triples = [_renamed(triple, names) for triple in given] if names else given
        self.properties = _indexed(self.triples)
        added = list(_imported_declarations(self.properties))
        if added:
            self.triples += added
            self.properties = _indexed(self.triples)

    def __len__(self) -> int:
        """Count the node shapes and property shapes."""
        return sum(self._is_shape(node) for node in self.properties)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of SHACL that the graph uses, without their namespace."""
        used = {triple.predicate.value for triple in self.triples}
        used |= {t.object.value for t in self.triples if isinstance(t.object, NamedNode)}
        return frozenset(iri.removeprefix(SH) for iri in used if iri.startswith(SH))

    def has_targets(self, shape: Term) -> bool:
        """Tell whether a shape finds focus nodes by itself (SHACL, section 2.1.3)."""
        return not _TARGETS.isdisjoint(self.properties.get(shape, {})) or self.is_class(shape)

    def is_class(self, shape: Term) -> bool:
        """Tell whether a shape is a class too, and so has its members as targets."""
        said = self.properties.get(shape, {})
        types = {t.value for t in said.get(RDF_TYPE, []) if isinstance(t, NamedNode)}
        return bool(types & _SHAPES and types & _CLASSES)

    def with_targets(self, shape: Term) -> set[str]:
        """Find the shapes with targets through which a shape comes to its focus nodes."""
        found: set[str] = set()
        seen: set[Term] = set()
        open_nodes: list[Term] = [shape]
        while open_nodes:
            node = open_nodes.pop()
            if node in seen:
                continue
            seen.add(node)
            if isinstance(node, NamedNode) and self.has_targets(node):
                found.add(node.value)
            open_nodes += self._parents.get(node, [])
        return found

    def name_of(self, shape: str) -> str:
        """Return the IRI of a shape, or of the nearest one around it that the author named.

        Empty when none of them has a name.
        """
        node, seen = NamedNode(shape), set()
        while node.value.startswith(GIVEN_NAME):
            seen.add(node)
            around = [p for p in self._parents.get(node, []) if isinstance(p, NamedNode)]
            if not around or around[0] in seen:
                return ""
            node = around[0]
        return node.value

    def path_of(self, shape: str) -> str:
        """Write the path of a property shape as SPARQL does; empty for a node shape."""
        paths = self.properties.get(NamedNode(shape), {}).get(SH + "path", [])
        return self.write_path(paths[0]) if paths else ""

    def write_path(self, path: Term) -> str:
        """Write a path as SPARQL does; empty for what is none."""
        return write_path(path, self.properties)

    def aimed(self, shape: str, nodes: Iterable[NamedNode | Literal]) -> list[Triple]:
        """List the triples that let one shape look at some nodes, and no shape at any others.

        Args:
            shape: The IRI of the shape; the shapes that are its properties are left out.
            nodes: The focus nodes.
        """
        node = NamedNode(shape)
        # What is closed is closed but for the properties of the shapes inside it.
        inside = SH + "closed" in self.properties.get(node, {})
        demands = [
            triple
            for triple in self.around(shape, inside=inside)
            if not _is_target(triple)
            and (inside or triple.subject != node or triple.predicate.value != _PROPERTY)
        ]
        return demands + [Triple(node, NamedNode(SH + "targetNode"), focus) for focus in nodes]

    def retargeted(self, targets: Mapping[NamedNode, Iterable[NamedNode]]) -> list[Triple]:
        """List the triples of the graph with other targets.

        Args:
            targets: Shape → its focus nodes.
        """
        here = NamedNode(SH + "targetNode")
        kept = [triple for triple in self.triples if not _is_target(triple)]
        return kept + [Triple(s, here, node) for s, nodes in targets.items() for node in nodes]

    def only(self, target: str, shape: str) -> list[Triple]:
        """List the triples that let one shape look at the targets of another, or at its own.

        Args:
            target: The IRI of the shape with targets.
            shape: The IRI of a property of it, or the same again.
        """
        aim, node = NamedNode(target), NamedNode(shape)
        # What is closed is closed but for the properties of the shapes inside it.
        inside = target != shape or SH + "closed" in self.properties.get(node, {})
        demands = [
            triple
            for triple in self.around(shape, inside=inside)
            if (triple.subject == aim or not _is_target(triple))
            and (inside or triple.subject != aim or triple.predicate.value != _PROPERTY)
        ]
        if target == shape:
            return demands
        targets = [triple for triple in self._of[aim] if _is_target(triple)]
        typed = [triple for triple in self._of[aim] if triple.predicate.value == RDF_TYPE]
        return [*demands, *targets, *typed, Triple(aim, NamedNode(_PROPERTY), node)]

    def around(self, *shapes: str, inside: bool = True) -> list[Triple]:
        """List the triples that say what some shapes demand.

        It is the whole graph where what a shape demands can depend on more than it leads to.

        Args:
            shapes: The IRIs of the shapes.
            inside: Whether to follow ``sh:property`` to the shapes inside them.
        """
        if not self.terms.isdisjoint(_NOT_LOCAL):
            return self.triples
        starts = [NamedNode(shape) for shape in shapes]
        found: list[Triple] = []
        seen: set[Term] = set()
        open_nodes: list[Term] = [*starts]
        while open_nodes:
            node = open_nodes.pop()
            if node in seen:
                continue
            seen.add(node)
            own = self._of.get(node, [])
            if node in starts and not inside:
                own = [t for t in own if t.predicate.value != _PROPERTY]
            found += own
            open_nodes += [t.object for t in own if not isinstance(t.object, Literal)]
        return found

    def without(self, shapes: Collection[str], sparql: Collection[str] = ()) -> str:
        """Write the graph as N-Triples, but for some of it.

        Args:
            shapes: These shapes find no targets by themselves.
            sparql: These shapes have no SPARQL-based constraints.
        """
        kept = (t for t in self.triples if not _is_left_out(t, shapes, sparql))
        return (serialize(kept, format=RdfFormat.N_TRIPLES) or b"").decode()

    @cached_property
    def _of(self) -> dict[Term, list[Triple]]:
        """Node → the triples with it as subject."""
        found: dict[Term, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            found[triple.subject].append(triple)
        return found

    @cached_property
    def _parents(self) -> dict[Term, list[Term]]:
        parents: dict[Term, list[Term]] = defaultdict(list)
        for triple in self.triples:
            if isinstance(triple.object, NamedNode | BlankNode):
                parents[triple.object].append(triple.subject)
        return parents

    def _is_shape(self, node: Term) -> bool:
        types = self.properties[node].get(RDF_TYPE, [])
        return any(isinstance(t, NamedNode) and t.value in _SHAPES for t in types)


def _indexed(triples: list[Triple]) -> dict[Term, dict[str, list[Term]]]:
    """Map subject → predicate → objects."""
    properties: dict[Term, dict[str, list[Term]]] = defaultdict(dict)
    for triple in triples:
        said = properties[triple.subject]
        said.setdefault(triple.predicate.value, []).append(triple.object)
    return properties


def _imported_declarations(properties: dict[Term, dict[str, list[Term]]]) -> Iterator[Triple]:
    """List the prefix declarations that hold by ``owl:imports`` (SHACL, section 5.2.1).

    pySHACL reads those of the very node that ``sh:prefixes`` names.
    """
    for header in {h for said in properties.values() for h in said.get(SH + "prefixes", [])}:
        seen: set[Term] = set()
        open_nodes = [header]
        while open_nodes:
            node = open_nodes.pop()
            if node not in seen and isinstance(header, NamedNode | BlankNode):
                seen.add(node)
                said = properties.get(node, {})
                open_nodes += said.get(_IMPORTS, [])
                if node != header:
                    for declaration in said.get(SH + "declare", []):
                        yield Triple(header, NamedNode(SH + "declare"), declaration)


def _names(triples: list[Triple]) -> dict[Term, NamedNode]:
    """Give IRIs to the blank nodes of which SHACL has something to say, but not to paths."""
    shapes: dict[Term, None] = {}
    for subject, predicate, target in triples:
        name = predicate.value
        if isinstance(subject, BlankNode) and name.startswith(SH) and name not in _PATHS:
            shapes[subject] = None
        if isinstance(target, BlankNode) and name == _PROPERTY:
            shapes[target] = None
    return {node: NamedNode(f"{GIVEN_NAME}{number}") for number, node in enumerate(shapes)}


def _is_left_out(triple: Triple, shapes: Collection[str], sparql: Collection[str]) -> bool:
    subject, predicate = getattr(triple.subject, "value", ""), triple.predicate.value
    if subject in sparql and predicate == SH + "sparql":
        return True
    return subject in shapes and _is_target(triple)


def _is_target(triple: Triple) -> bool:
    """Tell whether a triple gives a shape targets (SHACL, section 2.1.3)."""
    predicate = triple.predicate.value
    return predicate in _TARGETS or (
        # A shape that is a class as well has its members as targets.
        predicate == RDF_TYPE and getattr(triple.object, "value", "") in _CLASSES
    )


def _renamed(triple: Triple, names: dict[Term, NamedNode]) -> Triple:
    return Triple(
        names.get(triple.subject, triple.subject),
        triple.predicate,
        names.get(triple.object, triple.object),
    )
