"""Where the boxes of a network stand, so that none is over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ip5kg.answers.pictures.apart import apart
from ip5kg.answers.pictures.letters import SMALL, cut, measure, wrap
from ip5kg.answers.pictures.paper import WIDTH

__all__ = ["INNER", "LEADING", "Box", "box_of", "columns", "floating", "way_point"]

INNER = WIDTH - 24
_BOX_WIDTH = 132.0
_MOST_LINES = 4
LEADING = 11.0
_PAD = 6.0
_GAP = 9.0
_COLUMN_GAP = 90.0


class Box(NamedTuple):
    """A box with a label.

    Attributes:
        lines: The label, wrapped.
        width: How wide it is.
        height: How high it is.
    """

    lines: list[str]
    width: float
    height: float


def box_of(label: str) -> Box:
    """Make the box of a label, of which it shows four lines at most."""
    lines = wrap(label, _BOX_WIDTH, SMALL) or ["—"]
    if len(lines) > _MOST_LINES:
        rest = " ".join(lines[_MOST_LINES - 1 :])
        lines = [*lines[: _MOST_LINES - 1], cut(rest, _BOX_WIDTH, SMALL)]
    width = max(measure(line, SMALL) for line in lines) + 2 * _PAD
    return Box(lines, width, len(lines) * LEADING + _PAD + 2)


def columns(nx: Any, graph: Any, boxes: dict[str, Box]) -> dict[str, tuple[float, float]]:
    """Set things into columns, from those that nothing leads to, with few lines that cross.

    A line over several columns has a place in each of those between, so that it passes no box;
    ``way_point`` names them.
    """
    depth: dict[str, int] = {}
    for iri in nx.topological_sort(graph):
        depth[iri] = max((depth[one] + 1 for one in graph.predecessors(iri)), default=0)
    # What leads straight to a far column stands next to it, not at the far left.
    for iri in reversed(list(nx.topological_sort(graph))):
        after = [depth[one] for one in graph.successors(iri)]
        depth[iri] = min(after) - 1 if after else depth[iri]
    plain, boxes = graph, dict(boxes)
    graph = nx.DiGraph()
    graph.add_nodes_from(plain)
    for one, other in plain.edges:
        between = range(depth[one] + 1, depth[other])
        points = {way_point(one, other, n): column for n, column in enumerate(between)}
        depth |= points
        boxes |= dict.fromkeys(points, Box([], 0.0, LEADING))
        graph.add_edges_from(pairwise((one, *points, other)))
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for iri in graph:
        columns[depth[iri]].append(iri)
    for _ in range(8):
        for number in (*range(1, len(columns)), *range(len(columns) - 2, -1, -1)):
            _order(graph, columns, number)
    widths = [max(boxes[iri].width for iri in column) for column in columns]
    spare = INNER - sum(widths) - 2
    gap = min(spare / max(len(columns) - 1, 1), 2 * _COLUMN_GAP)
    if len(columns) > 1 and gap < _COLUMN_GAP / 4:
        return floating(nx, plain, boxes, {})
    heights = [sum(boxes[iri].height + _GAP for iri in column) for column in columns]
    rows = _rows(graph, columns, boxes, heights)
    places: dict[str, tuple[float, float]] = {}
    x = (spare - gap * (len(columns) - 1)) / 2 + 1
    for column, width in zip(columns, widths, strict=True):
        places |= {iri: (x + width / 2, rows[iri]) for iri in column}
        x += width + gap
    return places


def _rows(
    graph: Any, columns: Sequence[Sequence[str]], boxes: Mapping[str, Box], heights: Sequence[float]
) -> dict[str, float]:
    """Set the highest column first, and each other at the height of what it is joined to."""
    total = max(heights)
    highest = heights.index(total)
    rows: dict[str, float] = {}
    for number in (*range(highest, len(columns)), *range(highest - 1, -1, -1)):
        column = columns[number]
        spread, wanted = (total - heights[number]) / len(column), []
        y = 0.0
        for iri in column:
            room = boxes[iri].height + _GAP + spread
            near = [
                rows[n] for n in (*graph.predecessors(iri), *graph.successors(iri)) if n in rows
            ]
            wanted.append(sum(near) / len(near) if near else y + room / 2)
            y += room
        rooms = [boxes[iri].height + _GAP for iri in column]
        rows |= zip(column, apart(wanted, rooms, total), strict=True)
    return rows


def way_point(one: str, other: str, number: int) -> str:
    """Name a place that a line passes on its way, counted from 0; no IRI has a blank."""
    return f"{one} {other} {number}"


def _order(graph: Any, columns: list[list[str]], number: int) -> None:
    """Order a column by the middle of what its things are joined to in the others."""
    place = {iri: (n + 0.5) / len(column) for column in columns for n, iri in enumerate(column)}

    def middle(iri: str) -> float:
        near = [place[one] for one in (*graph.predecessors(iri), *graph.successors(iri))]
        return sum(near) / len(near) if near else place[iri]

    columns[number].sort(key=lambda iri: (round(middle(iri), 6), place[iri]))


def floating(
    nx: Any, graph: Any, boxes: dict[str, Box], weights: dict[tuple[str, str], float]
) -> dict[str, tuple[float, float]]:
    """Let each connected part float by itself, and set the parts into rows."""
    plain = nx.Graph(graph)
    for (one, other), value in weights.items():
        plain[one][other]["weight"] = 1 + value / max(weights.values())
    order = {iri: number for number, iri in enumerate(graph)}
    parts = sorted(
        nx.connected_components(plain), key=lambda p: (-len(p), min(order[one] for one in p))
    )
    places: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for part in parts:
        names = sorted(part, key=order.__getitem__)
        spots = _settle(nx, plain.subgraph(names), names, boxes)
        left = min(spots[n][0] - boxes[n].width / 2 for n in names)
        top = min(spots[n][1] - boxes[n].height / 2 for n in names)
        wide = max(spots[n][0] + boxes[n].width / 2 for n in names) - left
        high = max(spots[n][1] + boxes[n].height / 2 for n in names) - top
        if x and x + wide > INNER:
            x, y, row = 0.0, y + row + 2 * _GAP, 0.0
        for name in names:
            places[name] = (spots[name][0] - left + x, spots[name][1] - top + y)
        x, row = x + wide + 3 * _GAP, max(row, high)
    shift = max((INNER - max(places[n][0] + boxes[n].width / 2 for n in places)) / 2, 0)
    return {name: (px + shift, py) for name, (px, py) in places.items()}


def _settle(
    nx: Any, graph: Any, names: Sequence[str], boxes: dict[str, Box]
) -> dict[str, tuple[float, float]]:
    """Find places for the boxes of a connected part, none over another."""
    if len(names) == 2:  # noqa: PLR2004 - a line
        gap = sum(boxes[name].width for name in names) / 2 + 60
        return {names[0]: (0.0, 0.0), names[1]: (gap, 0.0)}
    start = nx.circular_layout(list(names))
    found = nx.spring_layout(
        nx.relabel_nodes(graph, {}), pos=start, k=2.2 / len(names) ** 0.5, iterations=300, seed=1
    )
    xs = [float(found[name][0]) for name in names]
    ys = [float(found[name][1]) for name in names]
    wide = min(INNER - _BOX_WIDTH - 2 * _PAD, 130 * len(names) ** 0.6)
    high = max(46 * len(names) ** 0.75, 90)
    spots = {
        name: [
            round((x - min(xs)) / ((max(xs) - min(xs)) or 1) * wide, 3),
            round((y - min(ys)) / ((max(ys) - min(ys)) or 1) * high, 3),
        ]
        for name, x, y in zip(names, xs, ys, strict=True)
    }
    for _ in range(400):
        if not _push(spots, boxes):
            break
    return {name: (spot[0], spot[1]) for name, spot in spots.items()}


def _push(spots: dict[str, list[float]], boxes: dict[str, Box]) -> bool:
    """Push boxes apart that overlap: up and down, so that the whole grows no wider."""
    moved = False
    ordered = sorted(spots, key=lambda name: (spots[name][1], name))
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            across = (boxes[one].width + boxes[other].width) / 2 + _GAP
            along = (boxes[one].height + boxes[other].height) / 2 + _GAP
            over = along - (spots[other][1] - spots[one][1])
            if over > 0.01 and abs(spots[one][0] - spots[other][0]) < across:  # noqa: PLR2004
                spots[one][1] -= over / 2
                spots[other][1] += over / 2
                moved = True
    return moved
