"""``ip5kg diff``: what has changed between two states of the graph."""

from __future__ import annotations

import click

from ip5kg.cli.options import Command, format_option, not_empty, output_option, root_option
from ip5kg.cli.output import Output
from ip5kg.cli.statuses import FINDINGS, FINE

__all__ = ["command"]

_HINT = "Name a root folder, an RDF file, or a revision as git:REV."


def _diff(  # noqa: PLR0913 - each is an option
    old: str, new: str | None, *, answers: bool | None, form: str, output: Output, root: str | None
) -> int:
    """Compare, and write what has changed."""
    from ip5kg.changes import diff

    changes = diff(old, new, root=root, answers=answers)
    if form in ("turtle", "atom"):
        from ip5kg.render.feeds import changes_atom, changes_turtle

        output.write((changes_turtle if form == "turtle" else changes_atom)(changes))
        return FINDINGS if changes else FINE
    from ip5kg.render.changes import changes_json, changes_markdown, changes_text

    if form == "json":
        output.write(changes_json(changes))
    elif form == "md":
        output.write(changes_markdown(changes))
    else:
        output.write(changes_text(changes, width=output.width, coloured=output.coloured))
    return FINDINGS if changes else FINE


command = Command(
    "diff",
    _diff,
    [
        click.Argument(["old"], callback=not_empty(_HINT)),
        click.Argument(["new"], required=False, callback=not_empty(_HINT)),
        click.Option(
            ["--answers/--no-answers"],
            default=None,
            help="Whether to compare the answers to the stored queries as well; by default when "
            "OLD and NEW are both folders or revisions.",
        ),
        format_option(["text", "md", "json", "turtle", "atom"], "text"),
        output_option(),
        root_option(),
    ],
    summary="Tell what has changed between two states of the graph.",
    details="OLD and NEW are folders with ontology/, data/ and queries/, files in any RDF syntax, "
    "or revisions of the checkout that the root is, such as git:HEAD~1. NEW is by default the "
    "graph itself.\n\n"
    "Changes are told of things, not of triples: who came into office, which date is known more "
    "exactly, which name was corrected. Nothing is told of the order of triples, the syntax, or "
    "the names of blank nodes. turtle is the Changeset vocabulary, atom a feed whose times come "
    "from SOURCE_DATE_EPOCH or from the data. The exit status is 0 when nothing has changed, 1 "
    "when something has, 2 after wrong use.",
    example="ip5kg diff git:HEAD~1\n"
    "ip5kg diff git:v0.1.0 git:v0.2.0 --format md\n"
    "ip5kg diff old/ip5kg.nq new/ip5kg.ttl --format json\n"
    "ip5kg diff old-checkout new-checkout --no-answers",
)
