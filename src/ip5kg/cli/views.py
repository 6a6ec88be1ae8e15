"""``--view``: what ``query`` and ``sparql`` have in common where their answer is a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ip5kg.cli.options import named_format
from ip5kg.cli.output import Output, talk

if TYPE_CHECKING:
    from ip5kg.answers import Answer
    from ip5kg.answers.cited import Cited
    from ip5kg.cli.options import Knowledge

__all__ = ["asks_for_picture", "view_option", "write_picture"]

_PREFERRED = "preferred"
_VIEWS = ("timeline", "bar", "line", "network", "map")


def view_option() -> click.Option:
    """Make ``--view``, which may stand without a value."""
    return click.Option(
        ["--view"],
        is_flag=False,
        flag_value=_PREFERRED,
        type=click.Choice([*_VIEWS, _PREFERRED]),
        metavar=f"[{'|'.join(_VIEWS)}]",
        help="Draw the answer, as SVG, PNG or a page of HTML by how the name of -o FILE ends; "
        "without a value, in the view that the query prefers.",
    )


def asks_for_picture(view: str | None, form: str | None, output: Output) -> bool:
    """Tell whether a picture is asked for: by a view, or by a format that holds nothing else."""
    from ip5kg.formats import format_of_name

    named = format_of_name(output.name) if form is None else None
    return view is not None or (form or (named.name if named else "")) in ("svg", "png")


def write_picture(  # noqa: PLR0913 - each is an option
    answer: Answer,
    view: str | None,
    form: str | None,
    *,
    output: Output,
    knowledge: Knowledge,
    iris: bool,
    title: str | None = None,
) -> None:
    """Draw an answer and write the picture; a page gets the sources of the rows as well.

    Raises:
        UnknownFormat: When the format is none of pictures.
        OutputError: When the picture would go to a terminal.
        UnfitView: When the answer cannot be drawn in the view.
        MissingDependency: When a library that draws is not installed.
    """
    from ip5kg.errors import QueryRefused
    from ip5kg.render.pictures import render_picture

    form = _format(form, output)
    told: Answer | Cited = answer
    if form == "html":
        try:
            told = knowledge.open().cite(answer)
        except QueryRefused:
            told = answer
    chosen = None if view == _PREFERRED else view
    written, picture = render_picture(told, chosen, form, iris=iris, title=title)
    output.write(written)
    if form == "png" and (missing := picture.missing()):
        talk(
            f"No font that is installed here has {missing}, which are boxes in the picture; "
            "an SVG leaves them to the fonts of its reader."
        )


def _format(form: str | None, output: Output) -> str:
    """Choose the format of a picture."""
    from ip5kg.errors import OutputError, UnknownFormat
    from ip5kg.formats import PICTURE_FORMATS

    chosen = named_format(form, output, PICTURE_FORMATS) or "svg"
    possible = [one.name for one in PICTURE_FORMATS]
    if chosen not in possible:
        raise UnknownFormat(
            f"A picture cannot be written as {chosen}.", hint=f"Possible: {', '.join(possible)}."
        )
    if output.width is not None and chosen != "html":
        raise OutputError(
            f"{chosen} is nothing that a terminal can show.", hint=f"Name a file: -o FILE.{chosen}."
        )
    return chosen
