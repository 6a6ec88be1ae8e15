"""``ip5kg validate``: check the graph, or files in its context."""

from __future__ import annotations

from pathlib import Path

import click

from ip5kg.cli.options import Command, format_option, output_option, root_option
from ip5kg.cli.output import Output
from ip5kg.cli.statuses import FINDINGS, FINE
from ip5kg.formats import FINDING_FORMATS
from ip5kg.resources import knowledge_root

__all__ = ["command"]


def _validate(
    files: tuple[str, ...], *, form: str, fail_on: str, output: Output, root: str | None
) -> int:
    """Validate, write the report, and tell by the exit status whether there are findings."""
    from ip5kg.render.reports import render_report
    from ip5kg.validation import validate

    folder = knowledge_root(Path(root) if root else None)
    report = validate(folder, tuple(map(Path, files)))
    output.write(render_report(report, form, colour=output.coloured, width=output.width))
    return FINDINGS if report.fails(fail_on) else FINE


command = Command(
    "validate",
    _validate,
    [
        click.Argument(["files"], nargs=-1),
        format_option(FINDING_FORMATS, "text"),
        click.Option(
            ["--fail-on"],
            type=click.Choice(["violation", "warning", "info", "never"]),
            default="violation",
            show_default=True,
            help="From which severity on a finding makes the exit status 1.",
        ),
        output_option(),
        root_option(),
    ],
    summary="Check the graph against its shapes and rules.",
    details="FILES are Turtle files to check in the context of the graph; without any, the graph "
    "itself is checked. The exit status is 1 when there are findings.",
    example="ip5kg validate\nip5kg validate my-meeting.ttl --fail-on warning",
)
