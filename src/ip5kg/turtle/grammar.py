"""The grammar of Turtle (RDF 1.1 Turtle, section 6.5): from tokens to triples with their places.

Triples come in the order in which pyoxigraph's parser gives them, so that both can be laid side
by side to tell which blank node is which. That is the order of the text, but triples that one and
the same token completes come in reverse.

Open brackets are kept on a stack of our own: nesting takes memory, but no recursion.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.faults import Fault, fault, quoted
from ip5kg.turtle.resolution import Resolver
from ip5kg.turtle.statements import Node, Object
from ip5kg.turtle.tokens import (
    BEGIN,
    BLANK,
    CLOSE,
    COMMA,
    COMMENT,
    DOT,
    END,
    FINISH,
    HATS,
    IRI,
    LANGUAGE,
    NAME,
    NUMBER,
    ODD,
    OPEN,
    SEMICOLON,
    TEXT,
    TOKEN,
    WORD,
    unescaped,
)

__all__ = ["Row", "Span", "Turtle"]

Span: TypeAlias = tuple[int, int]
# Of a bracket that is still open, only the beginning is known.
_Where: TypeAlias = Span | int
Row: TypeAlias = tuple[Triple, _Where, _Where, _Where]
_State: TypeAlias = Callable[[], Any]

_RDF = PREFIXES["rdf"]
_XSD = PREFIXES["xsd"]
_TYPE = NamedNode(RDF_TYPE)
_FIRST, _REST, _NIL = (NamedNode(_RDF + name) for name in ("first", "rest", "nil"))
_INTEGER, _DECIMAL, _DOUBLE = (NamedNode(_XSD + name) for name in ("integer", "decimal", "double"))
_BOOLEANS = {
    word: Literal(word, datatype=NamedNode(_XSD + "boolean")) for word in ("true", "false")
}
# Only a language tag makes the first, and only RDF 1.2 the second.
_NO_DATATYPES = frozenset(NamedNode(_RDF + name) for name in ("langString", "dirLangString"))

_LOOK_BEFORE = "Look at the line before: does it end with “;”, “,” or “ .”?"


class _Frame(NamedTuple):
    """What goes on when a bracket is closed.

    Attributes:
        opening: The offset of the bracket.
        subject: The subject of the statement around it; for a collection that is itself the
            subject of a statement, its first node.
        subject_at: Where that stands.
        predicate: The predicate; None where the bracket is the subject of a statement.
        predicate_at: Where that stands; None for the ``rdf:first`` of a collection.
        after: What follows an object there.
    """

    opening: int
    subject: Node
    subject_at: _Where
    predicate: NamedNode | None
    predicate_at: Span | None
    after: _State


class Turtle:
    """Reads a Turtle document.

    A method that returns a state begins at the token that it judges, and ends at the first that
    it does not.

    Args:
        text: The document.
        base: What relative IRIs are relative to, as an IRI; without it they are faults.

    Attributes:
        rows: The triples, with the places of subject, predicate and object; a bracket is told by
            where it begins.
        brackets: Where a bracket begins → where it stands as a whole.
        comments: Where each comment stands, and whether nothing stands before it on its line.
        names: The prefixes and the base IRI, as they are at the end.
    """

    def __init__(self, text: str, base: str | None = None) -> None:
        self.rows: list[Row] = []
        self.brackets: dict[int, Span] = {}
        self.comments: list[tuple[Span, bool]] = []
        self.names = Resolver(base)
        self._text = text
        self._tokens = TOKEN.finditer(text)
        self._kind = self._start = self._end = self._batch = 0
        self._frames: list[_Frame] = []
        self._subject: Node = _NIL
        self._subject_at: _Where = 0
        self._predicate = _TYPE
        self._predicate_at: Span | None = None
        self._after: _State = self._object_end

    def read(self) -> None:
        """Read the whole document.

        Raises:
            Fault: At the first place where it is not Turtle.
        """
        self._advance()
        state: _State | None = self._statement
        while state is not None:
            state = state()

    # Tokens

    def _advance(self) -> None:
        """Go to the next token that is not a comment."""
        rows = len(self.rows)
        if rows - self._batch > 1:
            self.rows[self._batch :] = self.rows[self._batch :][::-1]
        self._batch = rows
        for match in self._tokens:
            kind = match.lastindex or ODD
            before = self._end
            self._start, self._end = match.span(kind)
            if kind != COMMENT:
                self._kind = kind
                return
            gap = self._text[before : self._start]
            alone = before == 0 or "\n" in gap or "\r" in gap
            self.comments.append(((self._start, self._end), alone))

    def _written(self) -> str:
        return self._text[self._start : self._end]

    def _node(self) -> NamedNode:
        return self.names.node(self._text[self._start : self._end], self._start)

    def _unexpected(self, expected: str, hint: str) -> Fault:
        """Say that the token does not belong where it stands."""
        if self._kind == ODD:
            return fault(self._text, self._start)
        if self._kind != END:
            return Fault(self._start, f"{quoted(self._written())} stands where {expected}.", hint)
        if self._frames:
            opening = self._frames[-1].opening
            return Fault(opening, f"The “{self._text[opening]}” that stands here is not closed.")
        return Fault(
            self._start,
            "The file ends within a statement.",
            "The last statement is not finished; does it end with “ .”?",
        )

    # Statements

    def _statement(self) -> _State | None:
        kind = self._kind
        if kind in (NAME, IRI, BLANK):
            self._subject = self.names.label(self._written()) if kind == BLANK else self._node()
            return self._subject_end((self._start, self._end))
        if kind == OPEN:
            return self._open_subject()
        if kind == BEGIN:
            return self._begin_subject()
        if kind == END:
            return None
        word = self._written()
        if word in ("@prefix", "@base") or word.upper() in ("PREFIX", "BASE"):
            return self._directive(word)
        raise self._unexpected("a statement should begin", _LOOK_BEFORE)

    def _directive(self, word: str) -> _State:
        prefix = None
        self._advance()
        if word.lower().endswith("prefix"):
            prefix, _, rest = self._written().partition(":")
            if self._kind != NAME or rest:
                raise self._unexpected("a prefix should, with its colon", "")
            self._advance()
        if self._kind != IRI:
            raise self._unexpected("an IRI should, as <…>", "")
        iri = self._node().value
        if prefix is None:
            self.names.rebase(iri)
        else:
            self.names.declare(prefix, iri)
        self._advance()
        if word.startswith("@"):
            if self._kind != DOT:
                raise self._unexpected("a “.” should end the declaration", "")
            self._advance()
        return self._statement

    def _subject_end(self, at: Span) -> _State:
        self._subject_at = at
        self._advance()
        return self._verb

    def _verb(self) -> _State:
        kind = self._kind
        if kind in (NAME, IRI):
            self._predicate = self._node()
        elif kind == WORD and self._written() == "a":
            self._predicate = _TYPE
        else:
            raise self._unexpected("a predicate should", _LOOK_BEFORE)
        self._predicate_at = (self._start, self._end)
        self._advance()
        return self._object

    def _object_end(self) -> _State:
        kind = self._kind
        if kind == COMMA:
            self._advance()
            return self._object
        if kind == SEMICOLON:
            while self._kind == SEMICOLON:
                self._advance()
            if self._kind not in (DOT, CLOSE):
                return self._verb
        if self._frames:
            return self._close()
        return self._statement_end()

    def _statement_end(self) -> _State:
        if self._kind != DOT:
            raise self._unexpected("“.”, “;” or “,” should", "Every statement ends with “ .”.")
        self._advance()
        return self._statement

    # Objects

    def _object(self) -> _State:
        kind = self._kind
        if kind == TEXT:
            return self._literal()
        if kind == OPEN:
            return self._open()
        if kind == BEGIN:
            return self._begin()
        term: Object
        if kind in (NAME, IRI):
            term = self._node()
        elif kind == BLANK:
            term = self.names.label(self._written())
        else:
            term = self._shorthand()
        return self._object_said(term, (self._start, self._end))

    def _object_said(self, term: Object, at: Span) -> _State:
        self._say(term, at)
        self._advance()
        return self._after

    def _say(self, term: Object, at: _Where) -> None:
        triple = Triple(self._subject, self._predicate, term)
        self.rows.append((triple, self._subject_at, self._predicate_at or at, at))

    def _shorthand(self) -> Literal:
        written = self._written()
        if self._kind == NUMBER:
            datatype = _DECIMAL if "." in written else _INTEGER
            if "e" in written or "E" in written:
                datatype = _DOUBLE
            return Literal(written, datatype=datatype)
        if self._kind == WORD and written in _BOOLEANS:
            return _BOOLEANS[written]
        raise self._unexpected(
            "an object should", "A name needs a prefix, a text needs quotation marks."
        )

    def _literal(self) -> _State:
        start, end = self._start, self._end
        marks = 3 if self._text.startswith(self._text[start] * 3, start) else 1
        value = unescaped(self._text[start + marks : end - marks])
        self._advance()
        if self._kind == LANGUAGE:
            return self._object_said(self._tagged(value), (start, self._end))
        if self._kind == HATS:
            self._advance()
            if self._kind not in (NAME, IRI):
                raise self._unexpected("a datatype should", "")
            datatype = self._node()
            if datatype in _NO_DATATYPES:
                raise self._unexpected("another datatype should", "Write a language tag: “…”@en.")
            literal = Literal(value, datatype=datatype)
            return self._object_said(literal, (start, self._end))
        self._say(Literal(value), (start, end))
        return self._after

    def _tagged(self, value: str) -> Literal:
        tag = self._written()[1:]
        try:
            return Literal(value, language=tag.lower())
        except ValueError as error:
            hint = "Text directions came with RDF 1.2." if "--" in tag else "Such as “@en”."
            said = f"{quoted('@' + tag)} is no language tag: {error}."
            raise Fault(self._start, said, hint) from None

    # Blank nodes and collections

    def _open_subject(self) -> _State:
        opening = self._start
        self._advance()
        node = BlankNode()
        if self._kind == CLOSE:
            self._subject = node
            return self._subject_end((opening, self._end))
        self._push(opening, node, None)
        return self._enter(opening, node)

    def _open(self) -> _State:
        opening = self._start
        self._advance()
        node = BlankNode()
        if self._kind == CLOSE:
            return self._object_said(node, (opening, self._end))
        self._push(opening, self._subject, self._predicate)
        return self._enter(opening, node)

    def _enter(self, opening: int, node: BlankNode) -> _State:
        self._subject, self._subject_at = node, opening
        self._after = self._object_end
        return self._verb

    def _close(self) -> _State:
        if self._kind != CLOSE:
            raise self._unexpected("“;”, “,” or “]” should", "")
        node = self._subject
        frame = self._pop()
        if frame.predicate is not None:
            return self._object_said(node, self.brackets[frame.opening])
        self._advance()
        return self._statement_end if self._kind == DOT else self._verb

    def _begin_subject(self) -> _State:
        opening = self._start
        self._advance()
        if self._kind == FINISH:
            self._subject = _NIL
            return self._subject_end((opening, self._end))
        node = BlankNode()
        self._subject_at = opening
        self._push(opening, node, None)
        return self._enter_items(opening, node)

    def _begin(self) -> _State:
        opening = self._start
        self._advance()
        if self._kind == FINISH:
            return self._object_said(_NIL, (opening, self._end))
        node = BlankNode()
        self._say(node, opening)
        self._push(opening, self._subject, self._predicate)
        return self._enter_items(opening, node)

    def _enter_items(self, opening: int, node: BlankNode) -> _State:
        self._subject, self._subject_at = node, opening
        self._predicate, self._predicate_at = _FIRST, None
        self._after = self._item_end
        return self._object

    def _item_end(self) -> _State:
        opening = self._frames[-1].opening
        rest = _NIL if self._kind == FINISH else BlankNode()
        self.rows.append((Triple(self._subject, _REST, rest), opening, opening, opening))
        if isinstance(rest, BlankNode):
            self._subject = rest
            return self._object
        frame = self._pop()
        self._advance()
        return self._verb if frame.predicate is None else self._after

    def _push(self, opening: int, subject: Node, predicate: NamedNode | None) -> None:
        """Go into a bracket."""
        at = opening if predicate is None else self._subject_at
        frame = _Frame(opening, subject, at, predicate, self._predicate_at, self._after)
        self._frames.append(frame)

    def _pop(self) -> _Frame:
        """Come out of a bracket, whose end is the token."""
        frame = self._frames.pop()
        self.brackets[frame.opening] = (frame.opening, self._end)
        self._subject, self._subject_at = frame.subject, frame.subject_at
        if frame.predicate is not None:
            self._predicate = frame.predicate
        self._predicate_at = frame.predicate_at
        self._after = frame.after
        return frame
