"""What is wrong with a text that is not Turtle, in a sentence."""

from __future__ import annotations

import unicodedata

from ip5kg.turtle.tokens import INSIDE

__all__ = ["Fault", "lexical_fault", "quoted"]

_LONGEST = 40

_TYPOGRAPHIC = "“”„‘’‚«»"
_TEXT_HINT = 'Texts stand between straight quotation marks: "…".'
_NO_ESCAPE = "Before these, a backslash: _~.-!$&'()*+,;=/?#@%"
_FAULTS = {
    "\\": ("A name has a backslash before what needs none.", _NO_ESCAPE),
    "%": ("In a name, two hexadecimal digits follow “%”.", "Or write the IRI in full, as <…>."),
    "_": ("A blank node has no label.", "Write “_:” and a letter or digit."),
    "^": ("“^” stands alone.", "A datatype is joined to its text with “^^”."),
    "+": ("A sign has no number.", "Write it right before the digits."),
    "-": ("A sign has no number.", "A name that begins with “-” is written in full, as <…>."),
    "{": ("“{” has no meaning in Turtle.", "Named graphs are written in TriG."),
    "}": ("“}” has no meaning in Turtle.", "Named graphs are written in TriG."),
    "?": ("There are no variables in Turtle.", "Write a blank node: “_:name”."),
}
_RDF_12_SIGNS = ("<<", ">>", "{|", "|}", "~")
_RDF_12_HINT = "Only RDF 1.1 is read; say it with a node of its own."


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
    """Put what is written into quotation marks, cut to a length that fits a sentence."""
    shown = written[: _LONGEST + 1]
    line = shown.splitlines()[0] if shown else ""
    return f"“{line}”" if line == written else f"“{line[:_LONGEST]}…”"


def lexical_fault(text: str, start: int) -> Fault:
    """Say what is wrong where no token begins."""
    character = text[start]
    for sign in _RDF_12_SIGNS:
        if text.startswith(sign, start):
            return Fault(start, f"“{sign}” came with RDF 1.2.", _RDF_12_HINT)
    if character in "\"'":
        return _text_fault(text, start)
    if character == "<":
        return _iri_fault(text, start)
    if character in _FAULTS:
        return Fault(start, *_FAULTS[character])
    hint = _TEXT_HINT if character in _TYPOGRAPHIC else ""
    return Fault(start, f"{_named(character)} has no meaning here.", hint)


def _named(character: str) -> str:
    """Name a character that may be invisible."""
    if "!" <= character <= "~":
        return f"“{character}”"
    name = unicodedata.name(character, "")
    return f"The character U+{ord(character):04X}{name and f' ({name})'}"


def _text_fault(text: str, start: int) -> Fault:
    """Say why a text does not end."""
    mark = text[start]
    if text.startswith(mark * 3, start):
        mark *= 3
    end = _end_of_inside(mark, text, start)
    if text.startswith("\\", end):
        return _escape_fault(text, end, "A backslash itself is written as two.")
    hint = f"Close it with {mark}"
    if len(mark) == 1:
        hint += f"; texts of several lines stand between {mark * 3} and {mark * 3}"
    return Fault(start, "The text that begins here does not end.", hint + ".")


def _iri_fault(text: str, start: int) -> Fault:
    """Say why an IRI does not end."""
    end = _end_of_inside("<", text, start)
    if end == len(text):
        return Fault(start, "The IRI that begins here does not end.", "Close it with “>”.")
    if text[end] == "\\":
        return _escape_fault(text, end, "Only \\u and \\U may stand in an IRI.")
    hint = "Close it with “>”; blanks are written as %20, and so on."
    return Fault(end, f"{_named(text[end])} cannot stand in an IRI.", hint)


def _end_of_inside(mark: str, text: str, start: int) -> int:
    inside = INSIDE[mark].match(text, start + len(mark))
    return inside.end() if inside else start


def _escape_fault(text: str, start: int, hint: str) -> Fault:
    sign = text[start : start + 2]
    if sign in ("\\u", "\\U"):
        digits = {"\\u": "Four", "\\U": "Eight"}[sign]
        hint = f"{digits} hexadecimal digits follow “{sign}”, and give a character of Unicode."
    return Fault(start, f"{quoted(sign)} stands for no character here.", hint)
