"""Names for blank nodes that hang on what is said of them, and on nothing else in the graph.

RDFC-1.0 names all blank nodes of a dataset in one go, so that one change renames many. Here it is
run on each group of blank nodes that are connected with one another, and the group is named by
the hash of its canonical form: a group that has not changed keeps its names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

from ip5kg.turtle.plan import Plan

__all__ = ["with_stable_names"]

# RDFC-1.0 tries the orders of what looks alike from near, of which there are n!.
_MOST_ALIKE = 5


def with_stable_names(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Name the blank nodes of a graph by what is said of them.

    Where more than a few of a group look alike from near, they are numbered by what surrounds
    them (``ip5kg.turtle.refine``), which ends in reasonable time for any graph; equal meshes may
    then be taken for different ones.
    """
    plain: list[Triple] = []
    blank: list[Triple] = []
    for triple in triples:
        (blank if _nodes(triple) else plain).append(triple)
    if not blank:
        return frozenset(plain)
    seen: Counter[str] = Counter()
    groups = sorted(map(_canonical, _groups(dict.fromkeys(blank))), key=lambda one: one[0])
    for lines, named in groups:
        name = sha256(lines.encode()).hexdigest()[:32]
        seen[name] += 1
        # Two groups that say the same are still two.
        prefix = f"b{name}n{seen[name]}"
        plain += [_renamed(triple, prefix) for triple in named]
    return frozenset(plain)


def _nodes(triple: Triple) -> list[BlankNode]:
    return [term for term in (triple.subject, triple.object) if isinstance(term, BlankNode)]


def _groups(triples: Iterable[Triple]) -> list[list[Triple]]:
    """Part the triples by which blank nodes are connected."""
    parents: dict[BlankNode, BlankNode] = {}

    def top(node: BlankNode) -> BlankNode:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    listed = list(triples)
    for triple in listed:
        nodes = _nodes(triple)
        parents[top(nodes[0])] = top(nodes[-1])
    groups: defaultdict[BlankNode, list[Triple]] = defaultdict(list)
    for triple in listed:
        groups[top(_nodes(triple)[0])].append(triple)
    return list(groups.values())


def _canonical(group: list[Triple]) -> tuple[str, list[Triple]]:
    """Name the blank nodes of a group in the canonical way; return its text as well."""
    if _most_alike(group) > _MOST_ALIKE:
        labels = Plan(group).all_labels()
        named = [_relabelled(triple, labels) for triple in group]
    else:
        dataset = Dataset(Quad(*triple) for triple in group)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        named = [quad.triple for quad in dataset]
    named.sort(key=str)
    return "\n".join(map(str, named)), named


def _most_alike(group: list[Triple]) -> int:
    """Count the blank nodes of which the same is said but for the names of others."""
    said: defaultdict[BlankNode, list[str]] = defaultdict(list)
    for triple in group:
        for node in set(_nodes(triple)):
            terms = [
                ("_:a" if term == node else "_:z") if isinstance(term, BlankNode) else str(term)
                for term in (triple.subject, triple.object)
            ]
            said[node].append(f"{terms[0]} {triple.predicate} {terms[1]}")
    return max(Counter("\n".join(sorted(lines)) for lines in said.values()).values())


def _relabelled(triple: Triple, labels: dict[BlankNode, str]) -> Triple:
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(labels[subject])
    if isinstance(value, BlankNode):
        value = BlankNode(labels[value])
    return Triple(subject, triple.predicate, value)


def _renamed(triple: Triple, prefix: str) -> Triple:
    return _relabelled(triple, {node: prefix + node.value for node in _nodes(triple)})
