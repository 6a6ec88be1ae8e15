"""What a check of a bundle says."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Lack", "Mark", "Outcome"]


class Lack(NamedTuple):
    """Something that a bundle lacks.

    Attributes:
        check: Which check finds it.
        what: What is wrong, as a sentence.
        add: What to add or to do, as a sentence.
    """

    check: str
    what: str
    add: str


class Mark(NamedTuple):
    """How much of a check a bundle passes.

    Attributes:
        check: The name of the check, or of a dimension of it.
        points: The points that it gets.
        of: The points that there are.
    """

    check: str
    points: float
    of: int


class Outcome(NamedTuple):
    """What one check, or all of them, say.

    Attributes:
        marks: The points.
        lacks: What is missing or wrong.
        notes: What was not asked, and what no publisher of this kind can change.
    """

    marks: tuple[Mark, ...] = ()
    lacks: tuple[Lack, ...] = ()
    notes: tuple[str, ...] = ()
