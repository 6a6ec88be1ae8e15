"""The memory of answers to stored questions that were asked in the same words.

What counts is the arguments as they stand, what the answer is written to, the files of the graph
and of the question, and the code; ``ip5kg.cache`` looks at the content of all of them.
"""

from __future__ import annotations

import sys

from ip5kg.cache import Remembered
from ip5kg.cli.terminal import coloured, terminal_width
from ip5kg.layout import bundled_root, graph_names, query_names

__all__ = ["remembered_answer"]


def remembered_answer(arguments: list[str]) -> Remembered | None:
    """Return the memory of the answer that the bundled graph has to a call.

    Args:
        arguments: What follows ``ip5kg query``: the name of a stored question, and what it is
            asked for. Whoever keeps an answer knows that it hangs on nothing else: on no other
            root, no endpoint, no library that writes files.

    Returns:
        The memory; None where the arguments name no stored question first.
    """
    root = bundled_root()
    query = query_names(root).get(arguments[0]) if arguments else None
    if query is None:
        return None

    def files() -> list[str]:
        return [query, *graph_names(root)]

    width = terminal_width(sys.stdout)
    asked = (*arguments, width, coloured(width), sys.getfilesystemencoding())
    return Remembered("answers", asked, files, ("pyoxigraph", "yaml12"))
