"""Whether two graphs are the same but for the names of their blank nodes."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import BlankNode, Quad

from ip5kg.turtle.plan import Plan
from ip5kg.turtle.statements import Object, statements

__all__ = ["is_same_graph"]


def is_same_graph(one: Sequence[Quad], other: Sequence[Quad]) -> bool:
    """Tell whether two graphs are isomorphic (RDF 1.1 Concepts, section 3.6).

    The blank nodes of each graph are numbered by what surrounds them; when the numbered triples
    are equal, the numbers are the bijection that proves it. Unlike a comparison of RDFC-1.0
    hashes this ends in reasonable time for any graph. The price is that equal graphs may be taken
    for different ones when their blank nodes form large meshes (see ``refine``): True is certain,
    False is not.

    Raises:
        OutputError: At what the syntaxes of RDF 1.1 cannot hold.
    """
    return _numbered(one) == _numbered(other)


def _numbered(quads: Sequence[Quad]) -> set[tuple[object, ...]]:
    """Replace the blank nodes by numbers, each by one of its own."""
    found = statements(quads)
    if not any(isinstance(term, BlankNode) for row in found for term in (row.subject, row.object)):
        return set(found)
    numbers = {node: number for number, node in enumerate(Plan(quads).all_labels())}

    def numbered(term: Object) -> Object | int:
        return numbers[term] if isinstance(term, BlankNode) else term

    return {
        (graph, numbered(subject), predicate, numbered(target))
        for graph, subject, predicate, target in found
    }
