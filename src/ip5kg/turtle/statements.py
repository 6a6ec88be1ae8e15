"""Statements as plain tuples, and what blank nodes have around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ip5kg.errors import OutputError

__all__ = ["Node", "Object", "Statement", "statements", "surroundings"]

Node: TypeAlias = NamedNode | BlankNode
Object: TypeAlias = NamedNode | BlankNode | Literal


class Statement(NamedTuple):
    """A triple in its graph, with the IRIs that are always IRIs as texts.

    Attributes:
        graph: The IRI of the graph; empty for the default graph.
        subject: The subject.
        predicate: The IRI of the predicate.
        object: The object.
    """

    graph: str
    subject: Node
    predicate: str
    object: Object


def statements(
    quads: Iterable[Quad | Triple | Statement],
    *,
    merge: bool = False,
    terms: dict[Object, Object] | None = None,
) -> set[Statement]:
    """Take quads or triples apart, each once.

    Args:
        quads: The dataset; triples stand for quads of the default graph. What is taken apart
            already stays so.
        merge: Put all of them into the default graph.
        terms: The terms that are known; what is equal to one of them shares its memory.

    Raises:
        OutputError: At what the syntaxes of RDF 1.1 cannot hold: triple terms, text directions,
            blank nodes that name graphs.
    """
    found: set[Statement] = set()
    known: dict[Object, Object] = {} if terms is None else terms
    predicates: dict[str, str] = {}
    for quad in quads:
        if isinstance(quad, Statement):
            found.add(quad._replace(graph="") if merge and quad.graph else quad)
            continue
        subject, target = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(target, Triple):
            raise OutputError(f"The triple term of RDF 1.2 in “{quad}” cannot be written.")
        if isinstance(target, Literal) and target.direction is not None:
            raise OutputError(f"The text direction of RDF 1.2 in “{quad}” cannot be written.")
        graph = "" if merge or isinstance(quad, Triple) else _name(quad)
        predicate = quad.predicate.value
        found.add(
            Statement(
                graph,
                known.setdefault(subject, subject),  # type: ignore[arg-type]
                predicates.setdefault(predicate, predicate),
                known.setdefault(target, target),
            )
        )
    return found


def _name(quad: Quad) -> str:
    """Return the IRI of the graph of a quad; an empty text for the default graph."""
    graph = quad.graph_name
    if isinstance(graph, BlankNode):
        raise OutputError(
            f"The graph of “{quad}” has no name to write.", hint="Give the graph an IRI."
        )
    return graph.value if isinstance(graph, NamedNode) else ""


def surroundings(
    found: Iterable[Statement],
) -> tuple[dict[BlankNode, list[str]], dict[BlankNode, list[tuple[str, BlankNode]]]]:
    """Collect what the statements say about each blank node.

    Returns:
        What each blank node has that involves no other, sorted; and its links to others, each
        on both of its ends.
    """
    features: dict[BlankNode, list[str]] = defaultdict(list)
    links: dict[BlankNode, list[tuple[str, BlankNode]]] = defaultdict(list)
    for graph, subject, predicate, target in found:
        kind = f"{predicate} {graph}"
        if not isinstance(subject, BlankNode):
            if isinstance(target, BlankNode):
                features[target].append(f"< {kind} {subject}")
        elif not isinstance(target, BlankNode):
            features[subject].append(f"> {kind} {target}")
        elif subject == target:
            features[subject].append(f"= {kind}")
        else:
            links[subject].append((f"> {kind}", target))
            links[target].append((f"< {kind}", subject))
    for lines in features.values():
        lines.sort()
    return features, links
