"""Maps: a tile for each state, all of the same size, about where the state lies.

The graph has no shapes or places on the globe, and none are fetched. On a map to scale nobody
could see Monaco, which belongs to the European Patent Convention as much as Germany does; on tiles
each state counts for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.answers.pictures.bars import number_text
from ip5kg.answers.pictures.fields import Field, column_words, number_field, unfit
from ip5kg.answers.pictures.letters import SMALL
from ip5kg.answers.pictures.paper import (
    FAINT,
    LINE,
    ON_TILE,
    WIDTH,
    Drawing,
    Heading,
    Legend,
    sheet,
)
from ip5kg.errors import UnfitView
from ip5kg.names import PREFIXES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["GRID", "Tile", "draw_tiles", "tiles_of"]

_ROWS = (
    "IS . . . NO SE FI . .",
    "IE GB . . DK . EE . .",
    ". . BE NL DE PL LV . .",
    ". FR LU LI CZ SK LT . .",
    ". MC CH AT SI HU RO MD .",
    "PT ES IT SM HR RS BG . TR",
    ". . MT . ME MK . . .",
    ". . . . AL GR . CY .",
)
_ELSEWHERE = {"US": (-1.6, 3.0), "CN": (9.7, 3.0), "KR": (10.75, 3.0), "JP": (11.8, 3.0)}

GRID: dict[str, tuple[float, float]] = _ELSEWHERE | {
    code: (float(x), float(y))
    for y, row in enumerate(_ROWS)
    for x, code in enumerate(row.split())
    if code != "."
}
"""Code of ISO 3166-1 → where its tile lies, from the left and from above."""

# From dark to light, even in lightness, and so without need of hues: earlier or more is darker.
_STEPS = ("#08306b", "#1f5fa8", "#4c92cb", "#93c3e3", "#cfe3f4")
_TILE = 44.0
_STATE = PREFIXES["state"]
_DARK_STEPS = 3


class Tile(NamedTuple):
    """A state.

    Attributes:
        row: Its row, counted from 1.
        code: Its code in ISO 3166-1.
        label: Its name.
        value: The number or the year by which it is coloured; None where there is none.
        text: What stands below its code.
    """

    row: int
    code: str
    label: str
    value: float | None
    text: str


def tiles_of(fields: Sequence[Field]) -> tuple[list[Tile], str]:
    """Read the rows as tiles.

    Returns:
        The first row of each state, and the name of the column that colours them; empty for none.

    Raises:
        UnfitView: When there is no column of states, or one of them has no tile.
    """
    found = next(((f, codes) for f in fields if (codes := _codes(f))), None)
    if found is None:
        raise unfit(
            "map",
            "a column of states or of their codes in ISO 3166-1, since places have no "
            "co-ordinates here",
            fields,
        )
    field, codes = found
    missing = sorted({code for code in codes if code and code not in GRID})
    if missing:
        raise UnfitView(
            f"The map has no tile for {', '.join(missing[:10])}.",
            hint="It has the states of the European Patent Convention, CN, JP, KR and US.",
        )
    number = number_field(fields)
    time = next((f for f in fields if f.times), None) if number is None else None
    name = next(
        (f for f in fields if f.things and f.says and len(set(f.texts)) >= f.distinct), field
    )
    tiles: dict[str, Tile] = {}
    for row, code in enumerate(codes):
        if not code or code in tiles:
            continue
        value, text = None, ""
        if number is not None and number.numbers and number.numbers[row] is not None:
            value = number.numbers[row]
            text = number_text(value or 0.0)
        elif time is not None and time.times and (when := time.times[row]):
            value, text = when.first / 365.2425, when.text[:4]
        tiles[code] = Tile(row + 1, code, name.texts[row] or code, value, text)
    coloured = number or time
    return list(tiles.values()), coloured.name if coloured else ""


def _codes(field: Field) -> list[str] | None:
    """Read the codes of states in a column; None when it holds anything else."""
    codes = []
    for term in field.terms:
        text = ""
        if isinstance(term, NamedNode) and term.value.startswith(_STATE):
            text = term.value.removeprefix(_STATE).upper()
        elif isinstance(term, Literal):
            text = term.value
        if term is not None and not (len(text) == 2 and text.isascii() and text.isupper()):  # noqa: PLR2004
            return None
        codes.append(text)
    return codes if any(codes) else None


def draw_tiles(fields: Sequence[Field], heading: Heading) -> Drawing:
    """Draw a tile for each state.

    Raises:
        UnfitView: When there is no column of states, or one of them has no tile.
    """
    tiles, name = tiles_of(fields)
    by_code = {tile.code: tile for tile in tiles}
    codes = [code for code in GRID if code not in _ELSEWHERE or code in by_code]
    bins = list(_bins(tiles))
    legend = [Legend(text, colour, "s") for _, text, colour in bins]
    left = min(GRID[code][0] for code in codes)
    right = max(GRID[code][0] for code in codes) + 1
    height = len(_ROWS) * _TILE
    word = column_words(name)
    notes = ["Tiles of the same size, about where the states lie; no map to scale."]
    if len(by_code) < len(codes):
        notes[0] += " Outlined: not in the answer."
    if name:
        notes[0] += f" Below the code: {word}."
    figure, axes = sheet(heading, height, legend=legend, notes=notes, above=6)
    across = (WIDTH - 24) / _TILE
    middle = (left + right) / 2
    axes.set(
        xlim=(middle - across / 2, middle + across / 2), ylim=(len(_ROWS), 0), xticks=[], yticks=[]
    )
    said = {}
    for code in codes:
        tile = by_code.get(code)
        _draw(axes, code, tile, _colour(tile, bins) if tile else "none")
        if tile:
            value = f": {tile.text}" if tile.text else ""
            said[f"mark-{tile.row}"] = f"{tile.label}{value}"
    shades = f", coloured by {word}" if name else ""
    return Drawing(figure, said, f"Map of tiles: {len(tiles)} states{shades}.")


def _bins(tiles: Sequence[Tile]) -> Iterator[tuple[float, str, str]]:
    """Part the values into at most five even groups: from which value, its text and its colour."""
    ordered = sorted((t for t in tiles if t.value is not None), key=lambda t: t.value or 0.0)
    if not ordered:
        return
    texts = list(dict.fromkeys(tile.text for tile in ordered))
    count = min(len(_STEPS), len(texts))
    cuts = [texts[n * len(texts) // count] for n in range(count)] + [""]
    for number, first in enumerate(cuts[:-1]):
        members = texts[
            texts.index(first) : texts.index(cuts[number + 1]) if cuts[number + 1] else None
        ]
        least = next(t.value or 0.0 for t in ordered if t.text == first)
        said = first if len(members) == 1 else f"{members[0]} to {members[-1]}"
        yield least, said, _STEPS[number * (len(_STEPS) - 1) // max(count - 1, 1)]


def _colour(tile: Tile, bins: Sequence[tuple[float, str, str]]) -> str:
    colour = _STEPS[1]
    for least, _, shade in bins:
        if tile.value is not None and tile.value >= least:
            colour = shade
    return colour


def _draw(axes: Axes, code: str, tile: Tile | None, colour: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = GRID[code]
    axes.add_patch(
        FancyBboxPatch(
            (x + 0.04, y + 0.04),
            0.92,
            0.92,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=colour,
            edgecolor=LINE if tile is None else "none",
            linewidth=0.8 if tile is None else 0,
            clip_on=False,
            gid=f"mark-{tile.row}" if tile else f"no-{code}",
        )
    )
    dark = colour in _STEPS[:_DARK_STEPS]
    ink = FAINT if tile is None else ON_TILE[1 if dark else 0]
    two = tile is not None and bool(tile.text)
    axes.text(
        x + 0.5,
        y + (0.36 if two else 0.5),
        code,
        ha="center",
        va="center",
        fontsize=11,
        weight="bold" if tile else "normal",
        color=ink,
    )
    if tile and two:
        axes.text(x + 0.5, y + 0.7, tile.text, ha="center", va="center", fontsize=SMALL, color=ink)
