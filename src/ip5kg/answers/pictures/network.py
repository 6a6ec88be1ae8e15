"""Networks: things as labelled boxes, and a line for each row that joins two of them.

What goes one way is set in columns from left to right; what goes both ways is let float until it
rests, and boxes that would overlap are pushed apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from ip5kg.answers.frames import need
from ip5kg.answers.pictures.fields import Field, column_words, number_field, one_to_one, unfit
from ip5kg.answers.pictures.layout import INNER, LEADING, Box, box_of, columns, floating, way_point
from ip5kg.answers.pictures.letters import SMALL
from ip5kg.answers.pictures.paper import FAINT, ON_TILE, Drawing, Heading, Legend, sheet
from ip5kg.errors import UnfitView

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Links", "draw_network", "links_of"]

MOST_NODES = 80
# Tints on which dark letters are read, in the light and in the dark.
_TINTS = ("#9ecae9", "#fdc48a")
_NAME_OF_BOTH = ("a", "b", "1", "2")


class Links(NamedTuple):
    """Things and what joins them.

    Attributes:
        nodes: The IRI of a thing → its label, and 0 or 1 for the column it comes from.
        edges: Two IRIs → the rows that join them, counted from 1.
        weights: Two IRIs → a number that says how much; empty where no column has one.
        directed: Whether a line goes one way.
        names: The names of the two columns, and that of the weights.
    """

    nodes: dict[str, tuple[str, int]]
    edges: dict[tuple[str, str], list[int]]
    weights: dict[tuple[str, str], float]
    directed: bool
    names: tuple[str, str, str]


def links_of(fields: Sequence[Field]) -> Links:
    """Read the rows as links between the first two columns of things.

    A second column of things of another kind that only mirrors the first, as each region has its
    office, is passed over for a later one.

    Raises:
        UnfitView: When there are not two columns of things, or too many things.
    """
    things = [field for field in fields if field.things and field.says]
    if len(things) < 2:  # noqa: PLR2004 - a line has two ends
        raise unfit("network", "two columns of things", fields)
    first, *others = things
    telling = [f for f in others if _kind(f) == _kind(first) or not one_to_one(first, f)]
    second = (telling or others)[0]
    number = number_field(fields)
    nodes: dict[str, tuple[str, int]] = {}
    edges: dict[tuple[str, str], list[int]] = {}
    weights: dict[tuple[str, str], float] = {}
    same = _same(first, second)
    for row, (one, other) in enumerate(zip(first.terms, second.terms, strict=True)):
        if not isinstance(one, NamedNode) or not isinstance(other, NamedNode):
            continue
        ends = (one.value, other.value)
        if same and (ends[1], ends[0]) in edges:
            ends = (ends[1], ends[0])
        nodes[one.value] = (first.texts[row], 0)
        nodes.setdefault(other.value, (second.texts[row], 0 if same else 1))
        edges.setdefault(ends, []).append(row + 1)
        value = number.numbers[row] if number and number.numbers else None
        if value is not None:
            weights[ends] = max(weights.get(ends, 0.0), value)
    if not edges:
        raise unfit("network", "rows with two things", fields)
    if len(nodes) > MOST_NODES:
        raise UnfitView(
            f"This answer cannot be drawn as a network that anybody could read: it has "
            f"{len(nodes):,} things, and {MOST_NODES} are the most.",
            hint="Ask for less, by a parameter or a LIMIT.",
        )
    names = (first.name, second.name, number.name if number else "")
    return Links(nodes, edges, weights, not same, names)


def _kind(field: Field) -> set[str]:
    """Tell the kinds of thing by where their IRIs lie."""
    return {term.value.rpartition("/")[0] for term in field.terms if isinstance(term, NamedNode)}


def _same(first: Field, second: Field) -> bool:
    """Tell whether the columns mean the same, so that a line goes both ways."""
    pairs = set(zip(first.texts, second.texts, strict=True))
    if all((b, a) in pairs for a, b in pairs):
        return True
    stems = (first.name[:-1], second.name[:-1])
    ends = (first.name[-1].lower(), second.name[-1].lower())
    return stems[0] == stems[1] != "" and ends in (_NAME_OF_BOTH[:2], _NAME_OF_BOTH[2:])


def draw_network(fields: Sequence[Field], heading: Heading) -> Drawing:
    """Draw things and what joins them.

    Raises:
        UnfitView: When there are not two columns of things, or too many things.
        MissingDependency: When networkx is not installed.
    """
    nx = need("networkx", "Networks", "'ip5kg[plots]'")
    links = links_of(fields)
    graph = nx.DiGraph() if links.directed else nx.Graph()
    graph.add_nodes_from(links.nodes)
    graph.add_edges_from(links.edges)
    boxes = {iri: box_of(label) for iri, (label, _) in links.nodes.items()}
    pairs = max(degree for _, degree in graph.degree) == 1
    if pairs and not links.directed:
        # Couples stand in two columns, whichever way they go.
        graph = nx.DiGraph(list(links.edges))
    flows = pairs or (links.directed and nx.is_directed_acyclic_graph(graph))
    places = columns(nx, graph, boxes) if flows else floating(nx, graph, boxes, links.weights)
    low = min(y - boxes[iri].height / 2 for iri, (_, y) in places.items() if iri in boxes)
    high = max(y + boxes[iri].height / 2 for iri, (_, y) in places.items() if iri in boxes)
    height = high - low + 12
    two = len({side for _, side in links.nodes.values()}) > 1
    legend = [
        Legend(column_words(name), tint, "s")
        for name, tint in zip(links.names, _TINTS, strict=False)
    ]
    weight = column_words(links.names[2])
    figure, axes = sheet(
        heading,
        height,
        legend=legend if two else (),
        notes=[f"Width of a line: {weight}."] if links.weights else (),
    )
    axes.set(xlim=(0, INNER), ylim=(height, 0), xticks=[], yticks=[])
    spots = {iri: (x, y - low + 6) for iri, (x, y) in places.items()}
    said = dict(_edges(axes, links, spots, boxes, flows=flows))
    for number, (iri, (label, side)) in enumerate(links.nodes.items(), 1):
        said[f"node-{number}"] = label
        _drawbox_of(axes, spots[iri], boxes[iri], _TINTS[side], f"node-{number}")
    return Drawing(
        figure,
        said,
        f"Network of {len(links.nodes)} things, {column_words(links.names[0])} and "
        f"{column_words(links.names[1])}, with {len(links.edges)} "
        f"{'line' if len(links.edges) == 1 else 'lines'} between them.",
    )


def _edges(
    axes: Axes,
    links: Links,
    spots: dict[str, tuple[float, float]],
    boxes: dict[str, Box],
    *,
    flows: bool,
) -> Iterator[tuple[str, str]]:
    """Draw the lines below the boxes, and say what each is."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    most = max(links.weights.values(), default=1.0) or 1.0
    for number, ((one, other), rows) in enumerate(links.edges.items(), 1):
        weight = links.weights.get((one, other))
        path = Path([spots[one], spots[other]])
        if flows and spots[one][0] < spots[other][0]:
            # From side to side, and level at both ends.
            names = (way_point(one, other, n) for n in range(len(spots)))
            points = [
                (spots[one][0] + boxes[one].width / 2, spots[one][1]),
                *(spots[name] for name in takewhile(spots.__contains__, names)),
                (spots[other][0] - boxes[other].width / 2, spots[other][1]),
            ]
            bends = [points[0]]
            for begin, end in pairwise(points):
                middle = (begin[0] + end[0]) / 2
                bends += [(middle, begin[1]), (middle, end[1]), end]
            path = Path(bends, [Path.MOVETO, *[Path.CURVE4] * (len(bends) - 1)])
        elif links.directed:
            path = Path([spots[one], _edge_of(spots[one], spots[other], boxes[other])])
        axes.add_patch(
            FancyArrowPatch(
                path=path,
                arrowstyle="-|>,head_width=2.2,head_length=4.5" if links.directed else "-",
                color=FAINT,
                fill=links.directed,
                shrinkA=0,
                shrinkB=0,
                gid=f"edge-{number}",
                linewidth=0.8 + (3.2 * weight / most if weight else 0),
                alpha=0.75,
                zorder=1,
                clip_on=False,
            )
        )
        way = "→" if links.directed else "–"
        said = f"{links.nodes[one][0]} {way} {links.nodes[other][0]}"
        if weight is not None:
            said += f": {weight:,.10g}"
        yield f"edge-{number}", said + (f" ({len(rows)} rows)" if len(rows) > 1 else "")


def _edge_of(begin: tuple[float, float], end: tuple[float, float], box: Box) -> tuple[float, float]:
    """Find where a line to the middle of a box meets its edge."""
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    reach = min(
        (box.width / 2) / abs(dx) if dx else 1.0, (box.height / 2) / abs(dy) if dy else 1.0, 1.0
    )
    return end[0] - dx * reach, end[1] - dy * reach


def _drawbox_of(axes: Axes, spot: tuple[float, float], box: Box, tint: str, gid: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = spot
    axes.add_patch(
        FancyBboxPatch(
            (x - box.width / 2, y - box.height / 2),
            box.width,
            box.height,
            gid=gid,
            zorder=2,
            boxstyle="round,pad=0,rounding_size=4",
            facecolor=tint,
            linewidth=0,
            clip_on=False,
        )
    )
    top = y - (len(box.lines) - 1) * LEADING / 2
    for number, line in enumerate(box.lines):
        axes.text(
            x,
            top + number * LEADING,
            line,
            ha="center",
            va="center_baseline",
            zorder=3,
            fontsize=SMALL,
            color=ON_TILE[0],
        )
