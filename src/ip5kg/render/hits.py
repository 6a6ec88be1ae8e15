"""What a search found: for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from ip5kg.render.tables import table
from ip5kg.render.text import one_line
from ip5kg.search import Hit

__all__ = ["hits_json", "hits_table"]


def hits_table(hits: Iterable[Hit], *, width: int | None = None) -> str:
    """Write hits as a table, with the name that matched where it is not the label.

    Args:
        hits: What was found.
        width: The width of the terminal; None when the table is for none.
    """
    columns = ["name", "label", "kind", "matched"]
    rows = [
        [one_line(cell) for cell in (hit.thing.short, hit.thing.label, hit.kind, _other(hit))]
        for hit in hits
    ]
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return table(columns, rows, width=width)


def hits_json(hits: Iterable[Hit]) -> str:
    """Write hits as JSON."""
    import json

    document = [
        {
            "iri": str(hit.thing),
            "name": hit.thing.short,
            "label": hit.thing.label,
            "kind": hit.kind,
            "matched": hit.matched,
            "score": hit.score,
        }
        for hit in hits
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _other(hit: Hit) -> str:
    return "" if hit.matched == hit.thing.label else hit.matched
