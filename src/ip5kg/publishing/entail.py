"""What a graph entails by its ontology and the alignments, for those who know other vocabularies.

These are the rules of OWL 2 RL (section 4.3) about classes and properties: ``cax-sco``,
``cax-eqc1`` and ``-2``, ``prp-spo1``, ``prp-eqp1`` and ``-2``, ``prp-dom``, ``prp-rng``,
``prp-symp``, ``prp-inv1`` and ``-2``, ``prp-trp``. Equality is left out: what has one value by a
functional property has one in the data already, which the shapes see to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from ip5kg.names import GRAPH, PREFIXES, RDF_TYPE

__all__ = ["ENTAILED", "entailed"]

ENTAILED = NamedNode(GRAPH + "entailed")
"""The named graph of what is entailed."""

_RDFS, _OWL = PREFIXES["rdfs"], PREFIXES["owl"]
_TYPE = NamedNode(RDF_TYPE)
# What is said of everything helps nobody.
_EMPTY = {_OWL + "Thing", _RDFS + "Resource", _RDFS + "Literal"}


def entailed(data: Iterable[Quad], schema: Iterable[Quad]) -> list[Quad]:
    """List what is entailed and not said.

    Args:
        data: The graph.
        schema: The ontology and the alignments.
    """
    known = {quad.triple for quad in data}
    rules = _Rules(quad.triple for quad in schema)
    found: set[Triple] = set()
    todo = list(known)
    while todo:
        for triple in rules.follow(todo.pop()):
            if triple not in known and triple not in found:
                found.add(triple)
                todo.append(triple)
        if not todo:
            todo = [t for t in rules.chained(known | found) if t not in known and t not in found]
            found.update(todo)
    return [Quad(t.subject, t.predicate, t.object, ENTAILED) for t in found]


class _Rules:
    """The axioms of a schema, ready to be applied to one triple after the other."""

    def __init__(self, schema: Iterable[Triple]) -> None:
        self._above: dict[str, set[NamedNode]] = defaultdict(set)
        self._over: dict[str, set[NamedNode]] = defaultdict(set)
        self._domains: dict[str, set[NamedNode]] = defaultdict(set)
        self._ranges: dict[str, set[NamedNode]] = defaultdict(set)
        self._inverses: dict[str, set[NamedNode]] = defaultdict(set)
        self._transitive: set[NamedNode] = set()
        for subject, predicate, value in schema:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                self._learn(subject, predicate.value, value)

    def _learn(self, subject: NamedNode, predicate: str, value: NamedNode) -> None:
        """Take an axiom in; what is no axiom of a rule is passed over."""
        tables = {
            _RDFS + "subClassOf": self._above,
            _RDFS + "subPropertyOf": self._over,
            _RDFS + "domain": self._domains,
            _RDFS + "range": self._ranges,
            _OWL + "equivalentClass": self._above,
            _OWL + "equivalentProperty": self._over,
            _OWL + "inverseOf": self._inverses,
        }
        if predicate in tables and value.value not in _EMPTY:
            tables[predicate][subject.value].add(value)
            if predicate.startswith(_OWL):
                tables[predicate][value.value].add(subject)
        elif predicate == RDF_TYPE and value.value == _OWL + "SymmetricProperty":
            self._inverses[subject.value].add(subject)
        elif predicate == RDF_TYPE and value.value == _OWL + "TransitiveProperty":
            self._transitive.add(subject)

    def follow(self, triple: Triple) -> Iterator[Triple]:
        """List what one triple entails in one step."""
        subject, predicate, value = triple
        name = predicate.value
        if predicate == _TYPE and isinstance(value, NamedNode):
            for kind in self._above.get(value.value, ()):
                yield Triple(subject, _TYPE, kind)
            return
        for over in self._over.get(name, ()):
            yield Triple(subject, over, value)
        for kind in self._domains.get(name, ()):
            yield Triple(subject, _TYPE, kind)
        if isinstance(value, NamedNode | BlankNode):
            for kind in self._ranges.get(name, ()):
                yield Triple(value, _TYPE, kind)
            for inverse in self._inverses.get(name, ()):
                yield Triple(value, inverse, subject)

    def chained(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """List what transitive properties entail of all triples, in one step."""
        if not self._transitive:
            return
        onward: dict[tuple[object, NamedNode], list[Triple]] = defaultdict(list)
        wanted = [triple for triple in triples if triple.predicate in self._transitive]
        for triple in wanted:
            onward[triple.subject, triple.predicate].append(triple)
        for triple in wanted:
            for further in onward.get((triple.object, triple.predicate), ()):
                yield Triple(triple.subject, triple.predicate, further.object)
