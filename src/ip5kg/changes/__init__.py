"""What has changed between two states of the graph, told of things rather than of triples."""

from __future__ import annotations

from ip5kg.changes.between import diff
from ip5kg.changes.records import AnswerChange, Change, Changes, Kind, QueryChange

__all__ = ["AnswerChange", "Change", "Changes", "Kind", "QueryChange", "diff"]
