"""What a dataset looks like on paper: order, nesting, and names for blank nodes.

None of it depends on the order in which triples come, or on what blank nodes are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ip5kg.names import PREFIXES, RDF_TYPE, SKOS
from ip5kg.turtle.lexical import natural
from ip5kg.turtle.refine import canonical_order
from ip5kg.turtle.statements import Node, Object, Statement, statements, surroundings

__all__ = ["Pair", "Plan", "is_nil"]

Pair: TypeAlias = tuple[str, Object]

# The class of a key comes first; keys of one class compare with each other.
Key: TypeAlias = tuple[object, ...]

_first = itemgetter(0)

_FIRST = PREFIXES["rdf"] + "first"
_REST = PREFIXES["rdf"] + "rest"
_NIL = NamedNode(PREFIXES["rdf"] + "nil")

# What a file is about stands at its head.
_HEADS = (PREFIXES["owl"] + "Ontology", SKOS + "ConceptScheme")


class Plan:
    """The statements of a dataset, put in order.

    Args:
        quads: The dataset; triples stand for quads of the default graph.
        merge: Put all of them into the default graph.
        notes: What stands above subjects; it settles the order of what is else the same.
        terms: The terms of other plans, which then share the memory of equal ones.

    Attributes:
        graphs: Graph IRI → subject → its predicates and objects. The default graph is ``""``.
        labels: The blank nodes that need a name, and their names: those that several
            statements point to, that are part of a circle, or that stand in several graphs.
        lists: The blank nodes that are well-formed lists, from there to the end.
        is_settled: Whether the order of the blank nodes hangs on the shape of their graph alone.
        notes: Subject that is not nested → the notes above it and above what is nested in it.

    Raises:
        OutputError: At what the syntaxes of RDF 1.1 cannot hold.
    """

    def __init__(
        self,
        quads: Iterable[Quad | Triple | Statement],
        *,
        merge: bool = False,
        notes: Iterable[tuple[Node, str]] = (),
        terms: dict[Object, Object] | None = None,
    ) -> None:
        self.graphs: dict[str, dict[Node, list[Pair]]] = {}
        self.labels: dict[BlankNode, str] = {}
        self.lists: set[BlankNode] = set()
        self.notes: dict[Node, str] = defaultdict(str)
        # Of blank nodes: the graphs they stand in, what points to them, and their sorting keys.
        self._homes: dict[BlankNode, set[str]] = defaultdict(set)
        self._parents: dict[BlankNode, list[Node]] = defaultdict(list)
        self._keys: dict[BlankNode, Key] = {}
        # Several syntaxes may be written by one plan: what is in order once stays so.
        self._subjects: dict[str, list[tuple[Key, Node]]] = {}
        self._in_order: dict[str, set[Node]] = defaultdict(set)
        self._all_labels: dict[BlankNode, str] | None = None
        self.is_settled = True
        found = statements(quads, merge=merge, terms=terms)
        for graph, subject, predicate, target in found:
            self.graphs.setdefault(graph, {}).setdefault(subject, []).append((predicate, target))
            if isinstance(subject, BlankNode):
                self._homes[subject].add(graph)
            if isinstance(target, BlankNode):
                self._homes[target].add(graph)
                self._parents[target].append(subject)
        layers = self._layers()
        settled = {node for layer in layers for node in layer}
        others = [node for node in self._homes if node not in settled]
        self.labels = dict.fromkeys(others, "")
        # From here on it is known what is nested.
        for subject, text in notes:
            self.notes[self._root(subject)] += text
        if others:
            self._label(others, found)
        for height, layer in enumerate(layers):
            self._key_layer(height, layer)

    @classmethod
    def of(cls, source: Iterable[Quad | Triple] | Plan, *, merge: bool = False) -> Plan:
        """Make a plan of a dataset; what is a plan already, stays."""
        return source if isinstance(source, Plan) else cls(source, merge=merge)

    @property
    def has_blank_nodes(self) -> bool:
        """Whether a blank node stands in it."""
        return bool(self._homes)

    def predicates(self) -> set[str]:
        """List all predicates."""
        return {
            predicate
            for found in self.graphs.values()
            for pairs in found.values()
            for predicate, _ in pairs
        }

    def subjects(self, graph: str) -> list[Node]:
        """List the subjects of a graph that are not nested in others, in order."""
        return [node for _, node in self.keyed_subjects(graph)]

    def keyed_subjects(self, graph: str) -> list[tuple[Key, Node]]:
        """List these subjects with the keys by which they are in order."""
        if graph not in self._subjects:
            found = self.graphs.get(graph, {})
            roots = [node for node in found if not self.is_nested(node)]
            keyed = [(self._subject_key(node, found[node]), node) for node in roots]
            keyed.sort(key=_first)
            self._subjects[graph] = keyed
        return self._subjects[graph]

    def pairs(self, graph: str, subject: Node) -> list[Pair]:
        """List what a graph says about a subject; the objects of each predicate are in order."""
        pairs = self.graphs[graph].get(subject, [])
        if len(pairs) > 1 and subject not in self._in_order[graph]:
            pairs.sort(key=_first)
            # Most predicates have one object, whose key nobody needs to know.
            if len({predicate for predicate, _ in pairs}) < len(pairs):
                pairs[:] = self._by_object(pairs)
            self._in_order[graph].add(subject)
        return pairs

    def _by_object(self, pairs: list[Pair]) -> list[Pair]:
        """Sort the objects of each predicate; the predicates are in order."""
        found: list[Pair] = []
        for _, group in groupby(pairs, key=_first):
            same = list(group)
            if len(same) > 1:
                same.sort(key=lambda pair: self._object_key(pair[1]))
            found += same
        return found

    def is_nested(self, term: Object) -> bool:
        """Tell whether a term is a blank node that is written where it is pointed to."""
        return isinstance(term, BlankNode) and term not in self.labels and term in self._parents

    def all_labels(self) -> dict[BlankNode, str]:
        """Name all blank nodes, for syntaxes that do not nest, in the order of the page."""
        if self._all_labels is None:
            self._all_labels = self._name_all()
        return self._all_labels

    def _name_all(self) -> dict[BlankNode, str]:
        labels = dict(self.labels)
        if not self._homes:
            return labels
        for graph in sorted(self.graphs):
            stack: list[Object] = [*reversed(self.subjects(graph))]
            while stack:
                term = stack.pop()
                if isinstance(term, Literal):
                    continue
                if isinstance(term, BlankNode):
                    labels.setdefault(term, f"b{len(labels)}")
                targets = [target for _, target in self.pairs(graph, term)]
                stack += [target for target in reversed(targets) if self.is_nested(target)]
        return labels

    def flat(self, labels: dict[BlankNode, str]) -> list[Node]:
        """List all subjects of the default graph: IRIs in order, then blank nodes as labelled."""
        found = self.graphs.get("", {})
        iris = [node for node in self.subjects("") if isinstance(node, NamedNode)]
        return [*iris, *(node for node in labels if node in found)]

    def _subject_key(self, node: Node, pairs: list[Pair]) -> Key:
        if isinstance(node, BlankNode):
            return (2, self._object_key(node))
        is_head = any(
            predicate == RDF_TYPE and isinstance(target, NamedNode) and target.value in _HEADS
            for predicate, target in pairs
        )
        return (0 if is_head else 1, natural(node.value), node.value)

    def _object_key(self, term: Object) -> Key:
        if isinstance(term, BlankNode):
            return self._keys[term]
        value = term.value
        if isinstance(term, NamedNode):
            return (0, natural(value), value)
        return (1, term.language or "", term.datatype.value, natural(value), value)

    def _root(self, subject: Node) -> Node:
        """Find the subject, not nested in another, that a subject is written with."""
        while isinstance(subject, BlankNode) and self.is_nested(subject):
            (subject,) = self._parents[subject]
        return subject

    def _label(self, nodes: list[BlankNode], found: set[Statement]) -> None:
        """Name the blank nodes that cannot be nested, and give them keys."""
        features, links = surroundings(found)
        for node in nodes:
            if node in self.notes:
                # What a node says comes first.
                features[node].append(f"~ {self.notes[node]}")
        order, self.is_settled = canonical_order(nodes, features, links)
        self.labels = {node: f"b{number}" for number, node in enumerate(order)}
        self._keys = {node: (3, number) for number, node in enumerate(order)}

    def _layers(self) -> list[list[BlankNode]]:
        """Sort the blank nodes that can be nested by the height of what is nested in them.

        Going up from the leaves never reaches the members of a circle.
        """
        parents: dict[BlankNode, Node | None] = {}
        for node, graphs in self._homes.items():
            pointing = self._parents.get(node, [])
            if len(graphs) == 1 and len(pointing) <= 1:
                parents[node] = pointing[0] if pointing else None
        children: dict[Node | None, int] = defaultdict(int)
        for parent in parents.values():
            children[parent] += 1
        layers = []
        layer = [node for node in parents if not children[node]]
        while layer:
            layers.append(layer)
            above = []
            for node in layer:
                parent = parents[node]
                children[parent] -= 1
                if isinstance(parent, BlankNode) and parent in parents and not children[parent]:
                    above.append(parent)
            layer = above
        return layers

    def _key_layer(self, height: int, layer: list[BlankNode]) -> None:
        """Give the nodes of a layer keys: by what they say plainly, then by all of it."""
        contents: dict[BlankNode, tuple[Key, Key, str]] = {}
        for node in layer:
            (graph,) = self._homes[node]
            pairs = self.graphs[graph].get(node, [])
            plain: list[Key] = []
            nested: list[Key] = []
            for predicate, target in pairs:
                key = self._object_key(target)
                if self.is_nested(target):
                    nested.append((predicate, *key[2:]))
                else:
                    plain.append((predicate, key))
            note = self.notes.get(node, "")
            contents[node] = (tuple(sorted(plain)), tuple(sorted(nested)), note)
            if self._is_list(pairs):
                self.lists.add(node)
        ranks = {content: rank for rank, content in enumerate(sorted(set(contents.values())))}
        for node, content in contents.items():
            self._keys[node] = (2, content[0], height, ranks[content])

    def _is_list(self, pairs: list[Pair]) -> bool:
        """Tell whether a node is a list, when what is nested in it has been looked at."""
        said = dict(pairs)
        if len(pairs) != len(said) or said.keys() != {_FIRST, _REST}:
            return False
        return said[_REST] in self.lists or is_nil(said[_REST])


def is_nil(term: Object) -> bool:
    """Tell whether a term is the empty list, which every list ends with."""
    return term == _NIL
