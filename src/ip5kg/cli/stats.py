"""``ip5kg stats``: count what is in the graph."""

from __future__ import annotations

from ip5kg.cli.options import Command, Knowledge, format_option, graph_options, output_option
from ip5kg.cli.output import Output

__all__ = ["command"]


def _count(*, form: str, output: Output, knowledge: Knowledge) -> None:
    """Count and write the counts."""
    statistics = knowledge.open().stats()
    from ip5kg.render.figures import statistics_json, statistics_text

    output.write((statistics_json if form == "json" else statistics_text)(statistics))


command = Command(
    "stats",
    _count,
    [format_option(["text", "json"], "text"), output_option(), *graph_options()],
    summary="Count what is in the graph.",
    example="ip5kg stats\nip5kg stats --format json",
)
