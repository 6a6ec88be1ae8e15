"""Counts of what is in the graph: for people and as JSON."""

from __future__ import annotations

from ip5kg.render.text import align, one_line
from ip5kg.statistics import Statistics

__all__ = ["statistics_json", "statistics_text"]


def statistics_text(statistics: Statistics) -> str:
    """Write counts for people."""
    whole = [
        ("triples", f"{statistics.triples:,}"),
        ("sources", f"{statistics.sources:,}"),
        ("passages", f"{statistics.passages:,}"),
        ("  cited", f"{statistics.cited:,}"),
        ("  without facts, for a stated reason", f"{statistics.omitted:,}"),
    ]
    classes = [(one_line(entry.kind.label), f"{entry.members:,}") for entry in statistics.classes]
    gaps = [(gap.what, f"{gap.number:,}") for gap in statistics.gaps]
    if gaps:
        gaps = [("", ""), ("What is thin", ""), *gaps]
    lines = align([*whole, ("", ""), *classes, *gaps], right={1})
    if statistics.first:
        lines += ["", f"What is dated lies between {statistics.first} and {statistics.last}."]
    return "".join(f"{line}\n" for line in lines)


def statistics_json(statistics: Statistics) -> str:
    """Write counts as JSON."""
    import json

    document = {
        **statistics._asdict(),
        "gaps": {gap.what: gap.number for gap in statistics.gaps},
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
