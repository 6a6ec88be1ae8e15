"""An answer as a picture, in the view that is asked for or that its query prefers."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ip5kg.atomic import write_atomically
from ip5kg.errors import ParameterError, UnfitView, UnknownFormat

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ip5kg.answers.pictures.fields import Rows

__all__ = ["PREFERRED", "VIEWS", "Picture", "draw"]

VIEWS = ("timeline", "bar", "line", "network", "map")
"""The views that are drawn."""

PREFERRED = {
    "Timeline": "timeline",
    "BarChart": "bar",
    "LineChart": "line",
    "Graph": "network",
    "Map": "map",
}
"""What ``#defaultView:`` names → the view."""

_VIEW = re.compile(r"^#defaultView:\s*(\w+)\s*$", re.MULTILINE)
_SUMMARY = re.compile(r"^#\+ summary: *([^>|\s].*)$", re.MULTILINE)
_RESOLUTION = 200


class Picture(NamedTuple):
    """A picture of an answer; a notebook shows it.

    Attributes:
        figure: The figure of matplotlib, to be changed at will.
        title: What was asked.
        given: With which parameters, as a text; empty for none.
        summary: What is drawn, in a sentence for who cannot see it.
        said: The id of a mark in the SVG → what it stands for.
    """

    figure: Figure
    title: str
    given: str
    summary: str
    said: dict[str, str]

    def svg(self, *, in_page: bool = False) -> str:
        """Write it as SVG, the same each time.

        Args:
            in_page: Leave out what is for a file, and not for a part of HTML.
        """
        from ip5kg.answers.pictures.svg import svg_of

        title = f"{self.title} ({self.given})" if self.given else self.title
        return svg_of(self.figure, title, self.summary, self.said, in_page=in_page)

    def png(self) -> bytes:
        """Write it as PNG, for print, the same each time where the same fonts are installed."""
        from ip5kg.answers.pictures.paper import own_settings

        written = BytesIO()
        texts = {"Title": self.title, "Description": self.summary, "Software": None}
        with own_settings():
            self.figure.savefig(written, format="png", dpi=_RESOLUTION, metadata=texts)
        return written.getvalue()

    def missing(self) -> str:
        """List the characters of its texts that no font here has, which a PNG shows as boxes."""
        from ip5kg.answers.pictures.letters import lacking

        return lacking(self.figure)

    def save(self, file: Path | str) -> None:
        """Write it into a file, as SVG or PNG by how its name ends.

        Raises:
            UnknownFormat: When the name ends otherwise.
            OutputError: When the file cannot be written.
        """
        path = Path(file)
        if path.suffix.lower() == ".svg":
            write_atomically(path, self.svg().encode())
        elif path.suffix.lower() == ".png":
            write_atomically(path, self.png())
        else:
            raise UnknownFormat(
                f"A picture cannot be written as “{path.name}”.", hint="Possible: .svg, .png."
            )

    def _repr_svg_(self) -> str:
        """Show it in a notebook."""
        return self.svg()


def draw(
    answer: Rows, view: str | None = None, *, title: str | None = None, headed: bool = True
) -> Picture:
    """Draw an answer.

    Args:
        answer: The answer.
        view: One of the ``VIEWS``; None for the one that its query prefers.
        title: What was asked; None for what the query says.
        headed: Let the title stand in the picture; else it is for who hears it.

    Raises:
        ParameterError: When there is no such view.
        UnfitView: When the answer has not the columns for the view, or no rows, or the query
            prefers none.
        MissingDependency: When a library that draws is not installed.
    """
    view = _chosen(answer, view)
    if not len(answer):
        raise UnfitView("The answer is empty, so there is nothing to draw.")
    from ip5kg.answers.pictures.fields import clean, fields_of
    from ip5kg.answers.pictures.paper import Heading, load_matplotlib, own_settings

    load_matplotlib()
    if view == "timeline":
        from ip5kg.answers.pictures.timeline import draw_timeline as work
    elif view == "bar":
        from ip5kg.answers.pictures.bars import draw_bars as work
    elif view == "line":
        from ip5kg.answers.pictures.lines import draw_lines as work
    elif view == "network":
        from ip5kg.answers.pictures.network import draw_network as work
    else:
        from ip5kg.answers.pictures.tiles import draw_tiles as work
    if title is None:
        found = _SUMMARY.search(answer.text)
        title = found[1].strip().strip("\"'") if found else "Answer"
    title = clean(title)
    given = _given(answer)
    with own_settings():
        drawing = work(fields_of(answer), Heading(title if headed else "", given))
    return Picture(drawing.figure, title, given, drawing.summary, dict(drawing.said))


def _given(answer: Rows) -> str:
    """Write what the parameters were given: “office: JPO, KIPO; as of: 2021-06-23”."""
    from ip5kg.answers.pictures.fields import clean, column_words
    from ip5kg.terms import display

    return "; ".join(
        f"{column_words(name)}: {', '.join(clean(display(one, answer.labels)) for one in terms)}"
        for name, terms in answer.given.items()
    )


def _chosen(answer: Rows, view: str | None) -> str:
    """Find the view that is asked for, or preferred."""
    if view is None:
        found = _VIEW.search(answer.text)
        view = PREFERRED.get(found[1]) if found else None
        if view is None:
            raise UnfitView(
                "The query prefers no picture of its answer.",
                hint=f"Name a view: {', '.join(VIEWS)}.",
            )
    if view not in VIEWS:
        raise ParameterError(f"There is no view “{view}”.", hint=f"Possible: {', '.join(VIEWS)}.")
    return view
