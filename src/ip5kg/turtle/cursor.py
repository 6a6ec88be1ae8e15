"""Going through the tokens of a Turtle document, past its comments."""

from __future__ import annotations

from typing import TypeAlias

from ip5kg.turtle.faults import Fault, lexical_fault, quoted
from ip5kg.turtle.tokens import COMMENT, END, ODD, REST, TOKEN, WORD

__all__ = ["Cursor", "Span"]

Span: TypeAlias = tuple[int, int]

_WHITE_SPACE = " \t\r\n"
_NEEDS_PREFIX = "A name needs a prefix, a text needs quotation marks."


class Cursor:
    """Stands at one token of a document.

    Args:
        text: The document.

    Attributes:
        text: The document.
        kind: The kind of the token.
        start: The offset of its first character.
        end: The offset after its last character.
        comments: Where each comment so far stands, and whether nothing but white space stands
            before it on its line.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.kind = self.start = self.end = 0
        self.comments: list[tuple[Span, bool]] = []
        self._tokens = TOKEN.finditer(text)

    def advance(self) -> None:
        """Go to the next token that is not a comment."""
        for match in self._tokens:
            kind = match.lastindex or ODD
            before = self.end
            self.start, self.end = match.span(kind)
            if kind != COMMENT:
                self.kind = kind
                return
            gap = self.text[before : self.start]
            alone = before == 0 or "\n" in gap or "\r" in gap
            self.comments.append(((self.start, self.end), alone))

    def skip_statement(self) -> None:
        """Go from the subject of a statement to the token after its full stop."""
        rest = REST.match(self.text, self.end)
        if rest is None:
            raise self.unexpected("a statement should begin")
        self.end = rest.end()
        self._tokens = TOKEN.finditer(self.text, self.end)
        self.advance()

    def written(self) -> str:
        """Give the token as it is written."""
        return self.text[self.start : self.end]

    def unexpected(self, expected: str, hint: str = "") -> Fault:
        """Say that the token does not belong where it stands.

        Args:
            expected: What does, to follow “where”.
            hint: What to do about it.
        """
        if self.kind == ODD:
            return lexical_fault(self.text, self.start)
        if self.kind == END:
            return Fault(
                len(self.text.rstrip(_WHITE_SPACE)),
                "The file ends within a statement.",
                "The last statement is not finished; does it end with “ .”?",
            )
        sentence = f"{quoted(self.written())} stands where {expected}."
        return Fault(self.start, sentence, _NEEDS_PREFIX if self.kind == WORD else hint)
