"""Telling blank nodes apart by what surrounds them, whatever they are called.

The nodes are coloured by their own triples, then again and again by the colours of their
neighbours, until no colour splits any more. Of nodes that still look the same, each in turn gets a
colour of its own, the colouring goes on, and the best outcomes stay in the race. Unlike RDFC-1.0
this ends in reasonable time for any graph: where it could take too many steps, only the first of
such nodes has a turn. The price is that the nodes of large meshes (a hundred nodes and more that
look alike and are not) get an order that depends on the order of the triples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypeVar

__all__ = ["canonical_order"]

Node = TypeVar("Node", bound=Hashable)

Features = Mapping[Node, Sequence[str]]
Links = Mapping[Node, Sequence[tuple[str, Node]]]

# How many links may be looked at in the turns of nodes that look alike.
_PATIENCE = 2_000_000


def canonical_order(
    wanted: Iterable[Node], features: Features[Node], links: Links[Node]
) -> tuple[list[Node], bool]:
    """Put nodes into an order that depends on the shape of their graph alone.

    Args:
        wanted: The nodes to order; others matter as far as links lead to them.
        features: What each node has that does not involve other nodes, sorted.
        links: What leads from each node to others, and what kind of link it is. Each link is
            given on both of its ends.

    Returns:
        The nodes, and whether the shape alone decided their order.
    """
    # In the order in which they come, and not in that of a set, where the shape decides nothing.
    chosen = dict.fromkeys(wanted)
    ordered = [_order_part(part, features, links) for part in _parts(chosen, links)]
    parts = [part for part, _ in ordered]
    parts.sort(key=lambda part: _certificate(part, features, links))
    decided = all(decided for _, decided in ordered)
    return [node for part in parts for node in part if node in chosen], decided


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


def _order_part(
    part: list[Node], features: Features[Node], links: Links[Node]
) -> tuple[list[Node], bool]:
    """Order the nodes of a graph that hangs together, and tell whether its shape decided."""
    size = len(part) + sum(len(links[node]) for node in part)
    patience = _PATIENCE
    # Colourings between which nothing decides so far.
    race = [_refine({node: tuple(features[node]) for node in part}, links)[0]]
    while (tied := _smallest_tie(race[0])) is not None:
        found = []
        for colours, chosen in [(c, node) for c in race for node in _unlike(c, tied, links)]:
            split = {node: (colours[node], node != chosen) for node in part}
            refined, rounds = _refine(split, links)
            patience -= rounds * size
            found.append(refined)
            if patience < 0:
                # All turns together have a length that the order of the nodes does not change.
                found = found[:1]
                break
        race = _best(found, links)
    return sorted(part, key=race[0].__getitem__), patience >= 0


def _smallest_tie(colours: Mapping[Node, int]) -> int | None:
    """Find the colour that the fewest nodes share; splitting them splits the others best."""
    ties = [(count, colour) for colour, count in Counter(colours.values()).items() if count > 1]
    return min(ties)[1] if ties else None


def _unlike(colours: Mapping[Node, int], colour: int, links: Links[Node]) -> Iterable[Node]:
    """List the nodes of a colour; of those that can change places, one stands for all."""
    nodes: Iterable[Node] = [node for node in colours if colours[node] == colour]
    # Those with the same links to others, then those with the same links also to each other.
    nodes = {frozenset(links[node]): node for node in nodes}.values()
    return {
        frozenset((*links[node], *((kind, node) for kind, _ in links[node]))): node
        for node in nodes
    }.values()


def _best(found: list[dict[Node, int]], links: Links[Node]) -> list[dict[Node, int]]:
    """Choose between colourings by what they look like without the names of nodes."""
    if len(found) == 1:
        return found
    outcomes = []
    for colours in found:
        counts = Counter(colours.values())
        # The nodes of one colour have the same links.
        examples = {colour: node for node, colour in colours.items()}
        outcomes.append(
            [
                (counts[colour], sorted((kind, colours[other]) for kind, other in links[node]))
                for colour, node in sorted(examples.items(), key=itemgetter(0))
            ]
        )
    best = min(outcomes)
    pairs = zip(found, outcomes, strict=True)
    return [colours for colours, outcome in pairs if outcome == best]


def _refine(
    keys: Mapping[Node, tuple[object, ...]], links: Links[Node]
) -> tuple[dict[Node, int], int]:
    """Colour nodes by their keys and the colours around them, until nothing changes.

    Returns:
        The colours, and the number of rounds that it took.
    """
    colours = _ranks(keys)
    count = len(set(colours.values()))
    rounds = 1
    while count < len(colours):
        colours = _ranks(
            {
                node: (colour, tuple(sorted((kind, colours[other]) for kind, other in links[node])))
                for node, colour in colours.items()
            }
        )
        rounds += 1
        before, count = count, len(set(colours.values()))
        if count == before:
            break
    return colours, rounds


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
