"""Where each triple of a Turtle document stands, to the character.

The engine's parser says what a document means, but not where; this one says both, and
``tests/test_turtle_positions.py`` holds it to the same triples.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ip5kg.errors import InputError, RdfSyntaxError
from ip5kg.turtle.cursor import Span
from ip5kg.turtle.faults import Fault
from ip5kg.turtle.grammar import Turtle

__all__ = ["Comment", "Located", "Positions", "Span", "locate"]

_LINE_END = re.compile(r"\r\n|\n|\r")


class Located(NamedTuple):
    """A triple, and where its terms are written.

    A place is the offsets of the first character and after the last: of a literal, with its
    language tag or datatype; of a blank node or collection in brackets, from the opening to the
    closing one. Of the triples that a collection stands for, ``rdf:first`` and its object stand
    at the member, all else at the collection.

    Attributes:
        triple: The triple.
        subject: Where its subject is written.
        predicate: Where its predicate is written.
        object: Where its object is written.
    """

    triple: Triple
    subject: Span
    predicate: Span
    object: Span


class Comment(NamedTuple):
    """A comment.

    Attributes:
        offset: Where its ``#`` stands.
        text: The comment from there to the end of the line, without that.
        alone: Whether nothing but white space stands before it on its line.
    """

    offset: int
    text: str
    alone: bool


@dataclass(frozen=True)
class Positions:
    """A Turtle document, and where everything in it stands.

    Attributes:
        text: The document.
        triples: Its triples in the order in which the engine's parser gives them, so that both
            can be laid side by side to tell which blank node is which.
        comments: Its comments, in order.
        statements: Where each statement stands, from its subject to its full stop, in order;
            declarations of prefixes and bases are none.
        prefixes: Prefix → namespace, as they are at the end.
        base: The base IRI at the end, or None.
    """

    text: str
    triples: list[Located]
    comments: list[Comment]
    statements: list[Span]
    prefixes: dict[str, str]
    base: str | None

    def position(self, offset: int) -> tuple[int, int]:
        """Tell the line and the column of a character, both counted from 1.

        Raises:
            ValueError: When the offset lies outside of the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"There is no character {offset} in {len(self.text)}.")
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Give a line, counted from 1, without its end.

        Raises:
            ValueError: When there is no such line.
        """
        if not 1 <= line <= len(self._lines):
            raise ValueError(f"There is no line {line} in {len(self._lines)}.")
        start = self._lines[line - 1]
        end = _LINE_END.search(self.text, start)
        return self.text[start : end.start() if end else None]

    @cached_property
    def _lines(self) -> list[int]:
        """The offset at which each line begins."""
        if "\r" not in self.text:
            lengths = map(len, self.text.split("\n"))
            return [*accumulate((length + 1 for length in lengths), initial=0)][:-1]
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]


def locate(
    text: str,
    *,
    base: str | None = None,
    file: str = "",
    about: Container[NamedNode] | None = None,
) -> Positions:
    """Read a Turtle document with the places of all that it says.

    Blank nodes get new labels.

    Args:
        text: The document, without a byte-order mark.
        base: What relative IRIs are relative to; without it they are errors.
        file: What errors call the document.
        about: Pass over the statements about other IRIs than these, and the comments in them, in
            a document that is known to be Turtle; that takes a fifth of the time.

    Raises:
        InputError: When the base is no IRI.
        RdfSyntaxError: When it is not Turtle; with line and column.
    """
    if base is not None:
        try:
            parse("", RdfFormat.TURTLE, base_iri=base)
        except ValueError as error:
            raise InputError(
                f"{file or 'The document'} cannot be read with the base <{base}>: {error}."
            ) from None
    turtle = Turtle(text, base, about)
    try:
        _refuse_surrogates(text)
        turtle.read()
    except Fault as found:
        raise _syntax_error(text, file, found) from None
    # The engine gives the triples that one token completes in reverse.
    rows, whole = turtle.rows, turtle.brackets
    rows.reverse()
    rows.sort(key=itemgetter(0))
    return Positions(
        text,
        [
            Located(
                triple,
                whole[subject] if isinstance(subject, int) else subject,
                whole[predicate] if isinstance(predicate, int) else predicate,
                whole[target] if isinstance(target, int) else target,
            )
            for _, triple, subject, predicate, target in rows
        ],
        [Comment(start, text[start:end], alone) for (start, end), alone in turtle.comments],
        turtle.statements,
        turtle.names.prefixes,
        turtle.names.base,
    )


def _refuse_surrogates(text: str) -> None:
    """Refuse what Python takes for characters, but no encoding and no engine does."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise Fault(error.start, f"U+{code:04X} is half a character.") from None


def _syntax_error(text: str, file: str, found: Fault) -> RdfSyntaxError:
    line, column = Positions(text, [], [], [], {}, None).position(found.offset)
    where = f"{file}:{line}:{column}" if file else f"Line {line}, column {column}"
    return RdfSyntaxError(
        f"{where}: {found.sentence}",
        file=file,
        line=line,
        column=column,
        hint=found.hint,
    )
