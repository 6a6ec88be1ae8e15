"""``ip5kg stats``: count what is in the graph."""

from __future__ import annotations

from ip5kg.cli.options import Command, Knowledge, format_option, graph_options, output_option
from ip5kg.cli.output import Output

__all__ = ["command"]


def _count(*, form: str, output: Output, knowledge: Knowledge) -> None:
    """Count and write the counts."""
    statistics = knowledge.open().stats()
    from ip5kg.render.figures import statistics_json, statistics_text

    if form == "json":
        output.write(statistics_json(statistics))
    else:
        output.write(statistics_text(statistics, output.width))


command = Command(
    "stats",
    _count,
    [format_option(["text", "json"], "text"), output_option(), *graph_options()],
    summary="Count what is in the graph, and name what is thin.",
    example="ip5kg stats\nip5kg stats --format json",
)
