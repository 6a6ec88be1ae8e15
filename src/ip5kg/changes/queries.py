"""Which stored queries only one of two states has, or has in another wording."""

from __future__ import annotations

from pathlib import Path

from ip5kg.changes.records import Kind, QueryChange
from ip5kg.errors import Ip5kgError
from ip5kg.querybook.header import read_query
from ip5kg.resources import query_files

__all__ = ["rewritten"]


def rewritten(old: Path, new: Path) -> tuple[QueryChange, ...]:
    """Compare the stored queries of two roots, file by file.

    Args:
        old: The root of the old state.
        new: The root of the new state.
    """
    before, after = query_files(old), query_files(new)
    found = []
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            kind = Kind.NEW
        elif name not in after:
            kind = Kind.GONE
        elif before[name].read_bytes() != after[name].read_bytes():
            kind = Kind.CHANGED
        else:
            continue
        found.append(QueryChange(name, _summary(after.get(name) or before[name]), kind))
    return tuple(found)


def _summary(path: Path) -> str:
    """Read the question from a header, which in another state may be of another form."""
    try:
        return read_query(path).summary
    except Ip5kgError:
        return ""
