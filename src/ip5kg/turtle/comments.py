"""Which comment goes with what: with the file, with a subject, or with the end of the file.

Canonical text has places for whole lines of comments: at the head, right above the block of a
subject, and at the end. Every comment of a document has one of them:

- Inside a statement, or behind its full stop on the same line: above its subject.
- Before the first statement: at the head, and so is what stands among the declarations of
  prefixes; but lines right above the first statement, without a blank line, belong to its subject.
- Before any other statement: above its subject.
- After the last statement: at the end. In a file without statements, all is the head.

The comments of one place keep their order. At the head and at the end, blank lines between them
stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from pyoxigraph import Triple

from ip5kg.turtle.positions import Comment, Positions
from ip5kg.turtle.statements import Node
from ip5kg.turtle.writer import Comments

__all__ = ["comment_line", "place_comments"]

_BLANKS = " \t"
_WHITE_SPACE = " \t\r\n"
_GAP = re.compile(r"[ \t]*")
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t]*[\r\n]")


def comment_line(comment: Comment) -> str:
    """Give the line that a comment becomes: blanks at its end go."""
    return comment.text.rstrip(_BLANKS) + "\n"


def place_comments(document: Positions) -> Comments:
    """Tell where in canonical text each comment of a document goes."""
    starts = [start for start, _ in document.statements]
    subjects = {
        located.subject[0]: located.triple.subject
        for located in document.triples
        if not isinstance(located.triple.subject, Triple)
    }
    attached = _attached(document)
    head: list[Comment] = []
    above: list[tuple[Node, str]] = []
    end: list[Comment] = []
    for comment in document.comments:
        number = bisect_right(starts, comment.offset) - 1
        if number < 0 and comment.offset < attached:
            head.append(comment)
            continue
        if number < 0 or not _belongs(document, number, comment):
            number += 1
        if number == len(starts):
            end.append(comment)
        else:
            above.append((subjects[starts[number]], comment_line(comment)))
    return Comments(_paragraphs(document.text, head), above, _paragraphs(document.text, end))


def _attached(document: Positions) -> int:
    """Tell from which offset on comments are lines right above the first statement."""
    text = document.text
    if not document.statements:
        return len(text)
    first = edge = document.statements[0][0]
    for comment in reversed([one for one in document.comments if one.offset < first]):
        between = text[comment.offset + len(comment.text) : edge]
        if not comment.alone or between.strip(_WHITE_SPACE) or _BLANK_LINE.search(between):
            break
        edge = comment.offset
    return edge


def _belongs(document: Positions, number: int, comment: Comment) -> bool:
    """Tell whether a comment stands in a statement that begins before it, or right behind it."""
    _, end = document.statements[number]
    behind = _GAP.match(document.text, end)
    return comment.offset < end or (behind is not None and behind.end() == comment.offset)


def _paragraphs(text: str, comments: Iterable[Comment]) -> str:
    """Put comments under each other, with a blank line where the text has any between them."""
    lines: list[str] = []
    before = None
    for comment in comments:
        if before is not None and _BLANK_LINE.search(text, before, comment.offset):
            lines.append("\n")
        lines.append(comment_line(comment))
        before = comment.offset + len(comment.text)
    return "".join(lines)
