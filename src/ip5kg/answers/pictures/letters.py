"""Letters: the fonts of pictures, and how wide a text is before it is drawn."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SIZE", "SMALL", "cut", "fonts", "lacking", "measure", "wrap"]

SIZE, SMALL = 9.5, 8.5
"""The sizes of letters, in points."""

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
# In which the library of fonts counts.
_FRACTIONS = 2**16
_ELLIPSIS = "…"


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
    return float(glyph.linearHoriAdvance) / _FRACTIONS / 100


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
