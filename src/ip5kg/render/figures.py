"""Counts of what is in the graph: for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ip5kg.render.terminal import wrapped
from ip5kg.render.text import align, one_line
from ip5kg.statistics import Statistics

__all__ = ["statistics_json", "statistics_text"]

_INDENT = "    "
_MOST_LINES = 4


def statistics_text(statistics: Statistics, width: int | None = None) -> str:
    """Write counts for people, and under each gap what is concerned.

    Args:
        statistics: The counts.
        width: The width of the terminal, on which a long list is cut; None for the whole of it.
    """
    whole = [
        ("triples", f"{statistics.triples:,}"),
        ("sources", f"{statistics.sources:,}"),
        ("passages", f"{statistics.passages:,}"),
        ("  cited", f"{statistics.cited:,}"),
        ("  without facts, for a stated reason", f"{statistics.omitted:,}"),
    ]
    classes = [(one_line(entry.kind.label), f"{entry.members:,}") for entry in statistics.classes]
    gaps = [(gap.what, f"{gap.number:,}") for gap in statistics.gaps]
    counts = align([*whole, ("", ""), *classes, *gaps], right={1})
    cut = len(counts) - len(gaps)
    lines = counts[:cut]
    if gaps:
        lines += ["", "What is thin"]
        for line, gap in zip(counts[cut:], statistics.gaps, strict=True):
            lines += [line, *_named(gap.names, width)]
        lines += [
            "",
            "All of them, with sources: ip5kg query gaps, weak-facts, conflicting-figures.",
        ]
    if statistics.first:
        lines += ["", f"What is dated lies between {statistics.first} and {statistics.last}."]
    return "".join(f"{line}\n" for line in lines)


def _named(names: Sequence[str], width: int | None) -> Iterator[str]:
    """Write names under a count; on a terminal no more than fit into a few lines."""
    shown = [one_line(name) for name in names]
    if width is None:
        yield _INDENT + "; ".join(shown)
        return
    room = max(width - len(_INDENT), 1)
    for kept in range(len(shown), 0, -1):
        more = len(shown) - kept
        text = "; ".join(shown[:kept]) + (f"; and {more:,} more" if more else "")
        lines = wrapped(text, room)
        if len(lines) <= _MOST_LINES or kept == 1:
            yield from (_INDENT + line for line in lines)
            return


def statistics_json(statistics: Statistics) -> str:
    """Write counts as JSON."""
    import json

    document = {
        **statistics._asdict(),
        "gaps": {gap.what: gap.number for gap in statistics.gaps},
        "thin": {gap.what: gap.names for gap in statistics.gaps},
        "classes": [
            {
                "iri": str(entry.kind),
                "name": entry.kind.short,
                "label": entry.kind.label,
                "count": entry.members,
            }
            for entry in statistics.classes
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
