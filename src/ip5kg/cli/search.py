"""``ip5kg search``: find things by words in their names."""

from __future__ import annotations

import click

from ip5kg.cli.options import Command, Knowledge, format_option, graph_options, output_option
from ip5kg.cli.output import Output, talk

__all__ = ["command"]


def _search(
    words: tuple[str, ...], *, limit: int, form: str, output: Output, knowledge: Knowledge
) -> None:
    """Search and list the hits."""
    hits = knowledge.open().search(" ".join(words), limit=limit)
    from ip5kg.render.hits import hits_json, hits_table

    output.write(hits_json(hits) if form == "json" else hits_table(hits, width=output.width))
    if form == "table" and not hits:
        talk("Nothing bears these words.")


command = Command(
    "search",
    _search,
    [
        click.Argument(["words"], nargs=-1, required=True),
        click.Option(
            ["--limit"], type=int, default=20, show_default=True, help="How many hits at most."
        ),
        format_option(["table", "json"], "table"),
        output_option(),
        *graph_options(),
    ],
    summary="Find things by words in their names.",
    details="All WORDS must occur in a label, name or acronym, in any language; case and accents "
    "make no difference.",
    example="ip5kg search jorgenson\nip5kg search global assignment --limit 5",
)
