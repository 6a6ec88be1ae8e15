"""The paper that pictures are drawn on: its sizes, colours and letters, in points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ip5kg.answers.frames import need

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
    "cut",
    "fonts",
    "lacking",
    "measure",
    "own_settings",
    "pyplotless",
    "sheet",
    "wrap",
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

_FONT = "DejaVu Sans"
# Fonts that have what the one that comes with matplotlib lacks, as far as they are installed.
_OTHERS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans SC",
    "Source Han Sans",
    "IPAexGothic",
    "IPAGothic",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "NanumGothic",
    "UnDotum",
    "Hiragino Sans",
    "PingFang SC",
    "Apple SD Gothic Neo",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Arial Unicode MS",
)
_GLYPH = 2**16
TITLE_SIZE, SIZE, SMALL = 13.0, 9.5, 8.5
_TITLE_LINE, _GIVEN_LINE, _NOTE_LINE, _LEGEND_LINE, _EDGE = 18.0, 14.0, 12.5, 17.0, 12.0
_ELLIPSIS = "…"


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


def pyplotless() -> Any:
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


@cache
def fonts() -> tuple[str, ...]:
    """List the fonts of pictures that are installed; the first comes with matplotlib."""
    from matplotlib.font_manager import fontManager

    installed = set(fontManager.get_font_names())
    return (_FONT, *(name for name in _OTHERS if name in installed))


@cache
def _face(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=_FONT, weight="bold" if bold else "normal")))


@cache
def _advance(character: str, bold: bool) -> float:
    """Measure a character in the unit of the size; wide ones that the font lacks are square."""
    from matplotlib.ft2font import LoadFlags

    face = _face(bold)
    if not face.get_char_index(ord(character)):
        return 0.0 if unicodedata.combining(character) else 1.0
    face.set_size(100, 72)
    glyph = face.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / _GLYPH / 100


def measure(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Measure how wide a text is, in points."""
    return sum(_advance(character, bold) for character in text) * size


def cut(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> str:
    """Cut a text that is wider, so that an ellipsis ends it."""
    if measure(text, size, bold=bold) <= width:
        return text
    while text and measure(text + _ELLIPSIS, size, bold=bold) > width:
        text = text[:-1].rstrip()
    return text + _ELLIPSIS


def wrap(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Wrap a text between words, and within one only where it is wider than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while measure(word, size, bold=bold) > width and len(word) > 1:
            end = next(
                n
                for n in range(len(word), 0, -1)
                if n == 1 or measure(word[:n], size, bold=bold) <= width
            )
            lines.append(word[:end])
            word = word[end:]  # noqa: PLW2901 - the rest of it
        line = word
    return [*lines, line] if line else lines


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
    head = wrap(heading.title, inner, TITLE_SIZE, bold=True)
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
        write(_EDGE, y - 5, line, TITLE_SIZE, weight="bold")
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


def lacking(figure: Figure) -> str:
    """List the characters in a figure that none of its fonts has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.text import Text

    faces = [get_font(findfont(FontProperties(family=name))) for name in fonts()]
    texts = (one.get_text() for one in figure.findobj(Text) if isinstance(one, Text))
    characters = sorted({character for text in texts for character in text})
    return "".join(
        character
        for character in characters
        if not any(face.get_char_index(ord(character)) for face in faces)
    )
