"""Finding the comments of a Turtle file, which canonical text does not keep."""

from __future__ import annotations

import re
from pathlib import Path

from ip5kg.errors import InputError
from ip5kg.turtle.reader import read_bytes

__all__ = ["refuse_comments"]

# Whatever a “#” can stand in without being a comment comes first.
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\x00-\x20]*>"
    r"|\\."
    r"|(?P<comment>#)",
    re.DOTALL,
)


def refuse_comments(path: Path) -> None:
    """Refuse a well-formed Turtle file that has a comment.

    Raises:
        InputError: With the line of the first comment.
    """
    text = read_bytes(path).decode()
    for token in _TOKENS.finditer(text):
        if token["comment"]:
            line = text.count("\n", 0, token.start()) + 1
            raise InputError(
                f"{path}:{line}: There is a comment, which canonical text does not keep.",
                hint="Make it a skos:editorialNote, or give --drop-comments.",
            )
