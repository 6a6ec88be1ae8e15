"""Places along an edge, pushed apart as far as needs be."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["apart"]


def apart(places: Sequence[float], rooms: Sequence[float], total: float) -> list[float]:
    """Push places apart that are too near, and all of them back below the end.

    Args:
        places: The middles that are wanted, in their order.
        rooms: How much room each needs.
        total: Where the edge ends; it begins at nought, and is passed there when it is too short.
    """
    moved = list(places)
    limit = min(0.0, total - sum(rooms))
    for number, room in enumerate(rooms):
        moved[number] = max(moved[number], limit + room / 2)
        limit = moved[number] + room / 2
    limit = total
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], limit - rooms[number] / 2)
        limit = moved[number] - rooms[number] / 2
    return moved
