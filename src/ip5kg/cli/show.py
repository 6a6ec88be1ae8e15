"""``ip5kg show``: one thing, what it has to do with others, and the sources."""

from __future__ import annotations

import click

from ip5kg.cli.options import (
    NAMES,
    Command,
    Knowledge,
    format_option,
    graph_options,
    output_option,
)
from ip5kg.cli.output import Output

__all__ = ["command"]


def _show(
    thing: str, *, as_of: str | None, form: str, output: Output, knowledge: Knowledge
) -> None:
    """Describe the thing and write the description."""
    description = knowledge.open().show(thing, as_of=as_of)
    if form == "turtle":
        from ip5kg.render.triples import render_triples

        output.write(render_triples(description.triples(), "turtle"))
        return
    from ip5kg.render.descriptions import (
        description_json,
        description_markdown,
        description_text,
    )

    if form == "json":
        output.write(description_json(description))
    elif form == "md":
        output.write(description_markdown(description))
    else:
        output.write(description_text(description, width=output.width, bold=output.coloured))


command = Command(
    "show",
    _show,
    [
        click.Argument(["thing"]),
        click.Option(
            ["--as-of"],
            metavar="DATE",
            help="Leave out what is not in force on this day, and what is dated after it.",
        ),
        format_option(["text", "md", "json", "turtle"], "text"),
        output_option(),
        *graph_options(),
    ],
    summary="Show a thing with its facts and their sources.",
    details=f"THING is {NAMES}.",
    example="ip5kg show office:jp\nip5kg show JPO --as-of 2021-06-23",
)
