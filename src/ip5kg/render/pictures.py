"""Answers as pictures: SVG, PNG, and pages with the picture, the table and the sources."""

from __future__ import annotations

from ip5kg.answers import Answer
from ip5kg.answers.cited import Cited
from ip5kg.answers.pictures import Picture, draw
from ip5kg.formats import PICTURE_FORMATS, find_format

__all__ = ["render_picture"]


def render_picture(
    answer: Answer | Cited,
    view: str | None,
    form: str,
    *,
    iris: bool = False,
    title: str | None = None,
) -> tuple[str | bytes, Picture]:
    """Draw an answer, and write the picture down.

    Args:
        answer: Rows, with their sources or without; a page tells these.
        view: The view; None for the one that the query prefers.
        form: The name of one of the ``PICTURE_FORMATS``.
        iris: Show prefixed names instead of labels in the table of a page.
        title: What was asked; None for what the query says.

    Returns:
        What is to be written, and the picture.

    Raises:
        UnknownFormat: For any other format.
        ParameterError: When there is no such view.
        UnfitView: When the answer cannot be drawn in the view.
        MissingDependency: When a library that draws is not installed.
    """
    find_format(form, PICTURE_FORMATS)
    rows = answer.answer if isinstance(answer, Cited) else answer
    # A page has the title above the picture.
    picture = draw(rows, view, title=title, headed=form != "html")
    if form == "svg":
        return picture.svg(), picture
    if form == "png":
        return picture.png(), picture
    from ip5kg.render.pages import to_html

    return to_html(answer, iris=iris, title=picture.title, picture=picture), picture
