"""The paper that pictures are drawn on: its sizes, colours and letters, in points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from ip5kg.answers.frames import need
from ip5kg.answers.pictures.letters import SIZE, SMALL, cut, fonts, measure, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "BACK",
    "FAINT",
    "INK",
    "LINE",
    "MARKS",
    "ON_TILE",
    "SERIES",
    "WIDTH",
    "Drawing",
    "Heading",
    "Legend",
    "load_matplotlib",
    "own_settings",
    "sheet",
]

WIDTH = 640.0
"""How wide a picture is, in points: that of a page, after a little shrinking."""

INK, FAINT, LINE, BACK = "#1b1b1b", "#595959", "#c8c8c8", "#ffffff"
"""Colours that have others in the dark, as in pages."""

ON_TILE = ("#101010", "#fdfdfd")
"""Letters on a colour, which are the same in the dark."""

# After Okabe and Ito, darkened until each stands out 3 : 1 on white and on black paper.
SERIES = (
    "#0072b2",
    "#d55e00",
    "#008a63",
    "#b5529b",
    "#a07400",
    "#2b8cc4",
    "#8a5a44",
    "#707880",
)
"""Colours of series that people with any colour vision can tell apart, with MARKS to be sure."""

MARKS = ("o", "s", "^", "D", "v", "P", "X", "h")
"""Shapes of points, one for each of the SERIES."""

_TITLE_SIZE = 13.0
_TITLE_LINE, _GIVEN_LINE, _NOTE_LINE, _LEGEND_LINE, _EDGE = 18.0, 14.0, 12.5, 17.0, 12.0


class Heading(NamedTuple):
    """What stands above a picture.

    Attributes:
        title: What was asked.
        given: With which parameters, as a text; empty for none.
    """

    title: str
    given: str = ""


class Legend(NamedTuple):
    """An entry of the legend: what a colour and a shape stand for."""

    label: str
    colour: str
    mark: str


class Drawing(NamedTuple):
    """A figure, and what its marks say.

    Attributes:
        figure: The figure of matplotlib.
        said: The id of a mark → what it stands for, as a text.
        summary: What is drawn, in a sentence for who cannot see it.
    """

    figure: Figure
    said: Mapping[str, str]
    summary: str


def load_matplotlib() -> Any:
    """Import matplotlib without pyplot, which keeps figures alive.

    Raises:
        MissingDependency: When it is not installed.
    """
    return need("matplotlib.figure", "Pictures", "'ip5kg[plots]'")


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw with settings that no file and no program changed, and leave those as they are."""
    import warnings

    import matplotlib as mpl

    # rc_context takes the backend from its copy only; to ask for it here would choose one.
    with mpl.rc_context(), warnings.catch_warnings():
        # Glyphs that no font has are told apart from the picture.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.fonttype": "none",
                # Letters are as wide as they are measured.
                "text.hinting": "none",
                "svg.hashsalt": "ip5kg",
                "text.parse_math": False,
                "font.family": list(fonts()),
                "font.size": SIZE,
                "text.color": INK,
                "axes.edgecolor": LINE,
                "axes.labelcolor": FAINT,
                "xtick.color": FAINT,
                "ytick.color": INK,
                "axes.unicode_minus": True,
                "path.simplify": False,
            }
        )
        yield


def sheet(  # noqa: PLR0913 - each is a part of the sheet
    heading: Heading,
    height: float,
    *,
    left: float = 0.0,
    right: float = 0.0,
    above: float = 0.0,
    below: float = 0.0,
    legend: Sequence[Legend] = (),
    notes: Iterable[str] = (),
    width: float = WIDTH,
) -> tuple[Figure, Axes]:
    """Make a figure with its title, legend and notes, and axes for the rest.

    Args:
        heading: What stands above.
        height: How high the axes are.
        left: The room to their left, for labels.
        right: The room to their right.
        above: The room above them.
        below: The room below them.
        legend: What colours stand for.
        notes: What to know about the picture, each on lines of its own below it.
        width: How wide the figure is.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    inner = width - 2 * _EDGE
    head = wrap(heading.title, inner, _TITLE_SIZE, bold=True)
    given = wrap(heading.given, inner, SIZE)
    rows = list(_rows(legend, inner))
    foot = [line for note in notes for line in wrap(note, inner, SMALL)]
    top = (
        _EDGE
        + len(head) * _TITLE_LINE
        + len(given) * _GIVEN_LINE
        + len(rows) * _LEGEND_LINE
        + 6
        + above
    )
    bottom = _EDGE + len(foot) * _NOTE_LINE + (4 if foot else 0) + below
    total = top + height + bottom
    figure = Figure(figsize=(width / 72, total / 72), dpi=72, facecolor=BACK)
    FigureCanvasAgg(figure)

    def write(x: float, y: float, text: str, size: float, **kind: Any) -> None:
        figure.text(x / width, 1 - y / total, text, fontsize=size, va="baseline", **kind)

    y = _EDGE
    for line in head:
        y += _TITLE_LINE
        write(_EDGE, y - 5, line, _TITLE_SIZE, weight="bold")
    for line in given:
        y += _GIVEN_LINE
        write(_EDGE, y - 4, line, SIZE, color=FAINT)
    for row in rows:
        y += _LEGEND_LINE
        for x, entry in row:
            _sample(figure, (_EDGE + x + 5) / width, 1 - (y - 3.5) / total, entry)
            write(_EDGE + x + 14, y, entry.label, SMALL)
    y = total - bottom + below + (4 if foot else 0)
    for line in foot:
        y += _NOTE_LINE
        write(_EDGE, y - 2, line, SMALL, color=FAINT)
    axes = figure.add_axes(
        (
            (_EDGE + left) / width,
            bottom / total,
            (inner - left - right) / width,
            height / total,
        ),
        facecolor="none",
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL)
    return figure, axes


def _rows(legend: Sequence[Legend], width: float) -> Iterator[list[tuple[float, Legend]]]:
    """Set the entries of a legend into rows, each at its place."""
    row: list[tuple[float, Legend]] = []
    x = 0.0
    for entry in legend:
        shown = entry._replace(label=cut(entry.label, width - 30, SMALL))
        wide = 14 + measure(shown.label, SMALL) + 16
        if row and x + wide - 16 > width:
            yield row
            row, x = [], 0.0
        row.append((x, shown))
        x += wide
    if row:
        yield row


def _sample(figure: Figure, x: float, y: float, entry: Legend) -> None:
    from matplotlib.lines import Line2D

    figure.add_artist(
        Line2D(
            [x],
            [y],
            linestyle="none",
            marker=entry.mark,
            markersize=7,
            color=entry.colour,
            markeredgewidth=0,
        )
    )
