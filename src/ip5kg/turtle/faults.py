"""What is wrong with a text that is not Turtle, in a sentence."""

from __future__ import annotations

import re
import unicodedata

from ip5kg.turtle.tokens import INSIDE

__all__ = ["Fault", "fault", "quoted"]

_LONGEST = 40

_STRAIGHT = 'Texts stand between straight quotation marks: "…".'
_FAULTS = {
    "\\": ("The backslash escapes nothing that may be escaped here.", ""),
    "%": ("In a name, two hexadecimal digits follow “%”.", "Write the IRI in full, in <…>."),
    "_": ("A blank node has no label.", "Write “_:” and a letter or digit."),
    "^": ("“^” stands alone.", "A datatype is joined to its text with “^^”."),
    "+": ("A sign has no number.", ""),
    "-": ("A sign has no number.", "A name that begins with “-” is written as an IRI, in <…>."),
    "“": ("“ opens no text.", _STRAIGHT),
    "”": ("” opens no text.", _STRAIGHT),
    "„": ("„ opens no text.", _STRAIGHT),
    "‘": ("‘ opens no text.", _STRAIGHT),
    "’": ("’ opens no text.", _STRAIGHT),
    "{": ("“{” has no meaning in Turtle.", "Named graphs are written in TriG."),
    "}": ("“}” has no meaning in Turtle.", "Named graphs are written in TriG."),
    "?": ("Variables belong to SPARQL.", ""),
}
_NOT_RDF_12 = "Only RDF 1.1 is read; say it with a node of its own."


class Fault(Exception):
    """What is wrong with a text, and where.

    Attributes:
        offset: Where, counted in characters from 0.
        sentence: One sentence.
        hint: What to do about it, or nothing.
    """

    def __init__(self, offset: int, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.offset = offset
        self.sentence = sentence
        self.hint = hint


def quoted(written: str) -> str:
    """Put a token into quotation marks, cut to a length that fits a sentence."""
    line = written.splitlines()[0] if written else ""
    return f"“{line}”" if line == written and len(line) <= _LONGEST else f"“{line[:_LONGEST]}…”"


def fault(text: str, start: int) -> Fault:
    """Say what is wrong where no token begins."""
    character = text[start]
    if text.startswith(("<<", "{|", "~"), start):
        sign = text[start : start + 2].rstrip()
        return Fault(start, f"{quoted(sign)} came with RDF 1.2.", _NOT_RDF_12)
    if character in "\"'<":
        return _unfinished(text, start)
    if character in _FAULTS:
        return Fault(start, *_FAULTS[character])
    shown = quoted(character) if character.isprintable() else f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return Fault(start, f"No term begins with {shown}{name and f' ({name})'}.")


def _unfinished(text: str, start: int) -> Fault:
    """Say why a text or an IRI has no end."""
    mark = text[start]
    if mark != "<" and text.startswith(mark * 3, start):
        mark *= 3
    inside = INSIDE[mark].match(text, start + len(mark))
    end = inside.end() if inside else start
    if text.startswith("\\", end):
        written = text[end : end + (10 if text.startswith("U", end + 1) else 6)]
        written = re.split(r"[\s\"'<>]", written)[0] if written[1:2] in "uU" else written[:2]
        return Fault(
            end,
            f"{quoted(written)} stands for no character.",
            "A backslash itself is written as two." if mark != "<" else "",
        )
    if mark == "<":
        if end == len(text):
            return Fault(start, "The IRI that begins here has no “>”.")
        return Fault(
            end,
            f"An IRI cannot contain {text[end]!r}.",
            "Close it with “>”; write blanks as %20, and so on.",
        )
    hint = f"Close it with {mark}."
    if len(mark) == 1:
        hint += f" A text of several lines stands between {mark * 3} and {mark * 3}."
    return Fault(start, "The text that begins here does not end.", hint)
