"""Parts of a graph that fit into one request each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, RdfFormat, Triple, serialize

__all__ = ["MOST_BYTES", "MOST_TRIPLES", "chunks", "ntriples"]

MOST_BYTES = 1 << 18
"""Bytes of N-Triples in one request."""

MOST_TRIPLES = 1000
"""Triples in one request; Virtuoso 7 compiles each, and gives up at some ten thousand."""


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples, each literal as it is."""
    return bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def chunks(
    triples: Iterable[Triple], *, most_bytes: int = MOST_BYTES, most_triples: int = MOST_TRIPLES
) -> Iterator[bytes]:
    """Cut a graph into N-Triples of a bounded size.

    What blank nodes tie together stays together, even where that goes beyond the bounds: the
    name of a blank node means nothing outside its request (SPARQL 1.1 Update, section 3.1.1).
    """
    gathered: list[bytes] = []
    size = lines = 0
    for group in _groups(triples):
        data, count = ntriples(group), len(group)
        if gathered and (size + len(data) > most_bytes or lines + count > most_triples):
            yield b"".join(gathered)
            gathered, size, lines = [], 0, 0
        gathered.append(data)
        size, lines = size + len(data), lines + count
    if gathered:
        yield b"".join(gathered)


def _groups(triples: Iterable[Triple]) -> list[list[Triple]]:
    """Group triples by the blank nodes that they share, directly or not; others are alone."""
    leader: dict[BlankNode, BlankNode] = {}

    def lead(node: BlankNode) -> BlankNode:
        while (up := leader.setdefault(node, node)) != node:
            leader[node] = node = leader[up]
        return node

    alone: list[list[Triple]] = []
    tied: list[tuple[BlankNode, Triple]] = []
    for triple in triples:
        nodes = [term for term in (triple.subject, triple.object) if isinstance(term, BlankNode)]
        if not nodes:
            alone.append([triple])
            continue
        leader[lead(nodes[0])] = lead(nodes[-1])
        tied.append((nodes[0], triple))
    groups: dict[BlankNode, list[Triple]] = {}
    for node, triple in tied:
        groups.setdefault(lead(node), []).append(triple)
    return alone + list(groups.values())
