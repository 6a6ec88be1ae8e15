"""SVG that stands by itself and in a page, read by people in the light, in the dark and by ear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ip5kg.answers.pictures.paper import BACK, FAINT, INK, LINE, own_settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["DARK", "dark_rules", "svg_of"]

DARK = {BACK: "#15171b", INK: "#e6e6e6", FAINT: "#a6acb5", LINE: "#464b54"}
"""What the colours of the paper are in the dark, as in pages."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
# The reader's fonts draw the letters; what these lack, a browser finds in others.
_FAMILY = "'DejaVu Sans', Verdana, 'Noto Sans', sans-serif"
_MADE_UP = re.compile(r"(?:figure|axes|patch|text|line2d|matplotlib\.axis|[xy]tick)_[0-9]+")


def svg_of(
    figure: Figure, title: str, summary: str, said: Mapping[str, str], *, in_page: bool = False
) -> str:
    """Write a figure as SVG.

    Styles become attributes of presentation, which a page's content security policy lets through
    and a style sheet can change for the dark.

    Args:
        figure: The figure.
        title: Its title.
        summary: What is drawn, in a sentence.
        said: The id of a mark → what it stands for.
        in_page: Leave out what is for a file: the declaration and the style sheet.
    """
    written = BytesIO()
    with own_settings():
        figure.savefig(
            written, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
        )
    # What is parsed was written here, a line ago.
    root = ET.fromstring(written.getvalue())  # noqa: S314
    for element in root.iter():
        _untie(element, said)
    for number, element in enumerate(list(root)):
        if element.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}defs"):
            root.remove(element)
        elif number > len(root):
            break
    root.set("role", "img")
    root.set("aria-labelledby", "picture-title picture-desc")
    root.set("stroke-linejoin", "round")
    width, height = (float(part) for part in root.get("viewBox", "0 0 0 0").split()[2:])
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    head = [_text("title", title, "picture-title"), _text("desc", summary, "picture-desc")]
    if not in_page:
        head.append(_style())
    for number, element in enumerate(head):
        root.insert(number, element)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    text = ET.tostring(root, encoding="unicode")
    return f"{text}\n" if in_page else f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def dark_rules() -> str:
    """Write the rules of a style sheet that turn the paper's colours in the dark."""
    return "".join(
        f'[{name}="{light}"]{{{name}:{dark}}}'
        for light, dark in DARK.items()
        for name in ("fill", "stroke")
    )


def _style() -> ET.Element:
    element = ET.Element(f"{{{_SVG}}}style")
    element.text = f"@media (prefers-color-scheme: dark){{{dark_rules()}}}"
    return element


def _text(tag: str, text: str, name: str) -> ET.Element:
    element = ET.Element(f"{{{_SVG}}}{tag}", {"id": name})
    element.text = text
    return element


def _untie(element: ET.Element, said: Mapping[str, str]) -> None:
    """Turn the style of an element into attributes, and let a mark say what it stands for."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.set(name.strip(), value.strip())
    if "font-family" in element.attrib:
        element.set("font-family", _FAMILY)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    name = element.get("id", "")
    if _MADE_UP.fullmatch(name):
        del element.attrib["id"]
    if name in said:
        title = ET.Element(f"{{{_SVG}}}title")
        title.text = said[name]
        element.insert(0, title)
