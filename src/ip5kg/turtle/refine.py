"""Telling blank nodes apart by what surrounds them, whatever they are called.

The nodes are coloured by their own triples, then again and again by the colours of their
neighbours, until no colour splits any more. Of nodes that still look the same, one is given a
colour of its own, and the colouring goes on. Unlike RDFC-1.0 this ends in reasonable time for any
graph; the price is that nodes which only a full search could tell apart (they need a mesh of
at least seven) get an order that depends on the order of the triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

__all__ = ["canonical_order"]

Node = TypeVar("Node", bound=Hashable)

Features = Mapping[Node, Sequence[str]]
Links = Mapping[Node, Sequence[tuple[str, Node]]]


def canonical_order(
    wanted: Iterable[Node], features: Features[Node], links: Links[Node]
) -> list[Node]:
    """Put nodes into an order that depends on the shape of their graph alone.

    Args:
        wanted: The nodes to order; others matter as far as links lead to them.
        features: What each node has that does not involve other nodes, sorted.
        links: What leads from each node to others, and what kind of link it is. Each link is
            given on both of its ends.
    """
    chosen = set(wanted)
    parts = [_order_part(part, features, links) for part in _parts(chosen, links)]
    parts.sort(key=lambda part: _certificate(part, features, links))
    return [node for part in parts for node in part if node in chosen]


def _parts(nodes: Iterable[Node], links: Links[Node]) -> list[list[Node]]:
    """Take the graph apart into what hangs together."""
    seen: set[Node] = set()
    parts = []
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            for _, other in links[node]:
                if other not in seen:
                    seen.add(other)
                    part.append(other)
        parts.append(part)
    return parts


def _order_part(part: list[Node], features: Features[Node], links: Links[Node]) -> list[Node]:
    """Order the nodes of a graph that hangs together."""
    colours = _ranks({node: tuple(features[node]) for node in part})
    while True:
        colours = _refine(colours, links)
        classes: dict[int, list[Node]] = defaultdict(list)
        for node in part:
            classes[colours[node]].append(node)
        tied = [colour for colour, members in classes.items() if len(members) > 1]
        if not tied:
            return sorted(part, key=colours.__getitem__)
        # The smallest class: it splits the others best.
        chosen = classes[min(tied, key=lambda colour: (len(classes[colour]), colour))][0]
        colours = _ranks({node: (colours[node], node != chosen) for node in part})


def _refine(colours: dict[Node, int], links: Links[Node]) -> dict[Node, int]:
    """Colour nodes by their colour and the colours around them, until nothing changes."""
    count = len(set(colours.values()))
    while count < len(colours):
        colours = _ranks(
            {
                node: (colour, tuple(sorted((kind, colours[other]) for kind, other in links[node])))
                for node, colour in colours.items()
            }
        )
        before, count = count, len(set(colours.values()))
        if count == before:
            break
    return colours


def _ranks(keys: Mapping[Node, tuple[object, ...]]) -> dict[Node, int]:
    """Number the nodes by their keys; equal keys get equal numbers."""
    rank = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    return {node: rank[key] for node, key in keys.items()}


def _certificate(
    part: list[Node], features: Features[Node], links: Links[Node]
) -> list[tuple[tuple[str, ...], list[tuple[str, int]]]]:
    """Describe an ordered graph without the names of its nodes."""
    place = {node: number for number, node in enumerate(part)}
    return [
        (tuple(features[node]), sorted((kind, place[other]) for kind, other in links[node]))
        for node in part
    ]
