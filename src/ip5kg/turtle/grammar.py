"""The grammar of Turtle (RDF 1.1, section 6.5), without recursion: from tokens to triples."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.cursor import Cursor, Span
from ip5kg.turtle.faults import Fault
from ip5kg.turtle.resolution import BOOLEANS, Resolver, number, tagged, typed
from ip5kg.turtle.statements import Node, Object
from ip5kg.turtle.tokens import (
    BEGIN,
    BLANK,
    CLOSE,
    COMMA,
    DOT,
    END,
    FINISH,
    HATS,
    IRI,
    LANGUAGE,
    NAME,
    NUMBER,
    OPEN,
    SEMICOLON,
    TEXT,
    WORD,
    unescaped,
)

__all__ = ["Row", "Turtle"]

# Of a bracket that is still open, only the beginning is known.
_Where: TypeAlias = Span | int
Row: TypeAlias = tuple[int, Triple, _Where, _Where, _Where]
_State: TypeAlias = Callable[[], Any]

_RDF = PREFIXES["rdf"]
_TYPE = NamedNode(RDF_TYPE)
_FIRST, _REST, _NIL = (NamedNode(_RDF + name) for name in ("first", "rest", "nil"))

_LOOK_BEFORE = "Look at the line before: does it end with “;”, “,” or “ .”?"


class _Frame(NamedTuple):
    """What goes on when a bracket is closed.

    Attributes:
        opening: The offset of the bracket.
        subject: The subject of the statement around it, or the first node of a collection.
        subject_at: Where that stands.
        predicate: The predicate; None where the bracket is a subject.
        predicate_at: Where that stands, if anywhere.
        after: What follows an object there.
    """

    opening: int
    subject: Node
    subject_at: _Where
    predicate: NamedNode | None
    predicate_at: Span | None
    after: _State


class Turtle(Cursor):
    """Reads a Turtle document.

    A method that returns a state begins at the token that it judges and ends after it.

    Args:
        text: The document.
        base: What relative IRIs are relative to, as an IRI; without it they are faults.
        about: Pass over statements about other IRIs, in what is known to be Turtle.

    Attributes:
        rows: The offset of the token that completes a triple, the triple, where its terms stand.
        brackets: Where a bracket begins → where it stands as a whole.
        statements: Where each statement stands, its full stop included; declarations are none.
        names: The prefixes and the base IRI, as they are at the end.
    """

    def __init__(
        self, text: str, base: str | None = None, about: Container[NamedNode] | None = None
    ) -> None:
        super().__init__(text)
        self._about = about
        self.rows: list[Row] = []
        self.brackets: dict[int, Span] = {}
        self.statements: list[Span] = []
        self.names = Resolver(base)
        self._frames: list[_Frame] = []
        self._begin_at = 0
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
        self.advance()
        state: _State | None = self._statement
        while state is not None:
            state = state()

    def _node(self) -> NamedNode:
        return self.names.node(self.text[self.start : self.end], self.start)

    def unexpected(self, expected: str, hint: str = "") -> Fault:
        """Say that the token does not belong where it stands; or which bracket is left open."""
        if self.kind == END and self._frames:
            opening = self._frames[-1].opening
            return Fault(opening, f"The “{self.text[opening]}” that stands here is not closed.")
        return super().unexpected(expected, hint)

    # Statements

    def _statement(self) -> _State | None:
        kind = self.kind
        self._begin_at = self.start
        if kind in (NAME, IRI) and self._about is not None and self._node() not in self._about:
            self.skip_statement()
            return self._statement
        if kind in (NAME, IRI, BLANK):
            self._subject = self.names.label(self.written()) if kind == BLANK else self._node()
            return self._subject_end((self.start, self.end))
        if kind == OPEN:
            return self._open_subject()
        if kind == BEGIN:
            return self._begin_subject()
        if kind == END:
            return None
        word = self.written()
        if word in ("@prefix", "@base") or word.lower() in ("prefix", "base"):
            return self._directive(word)
        if word.lower() in ("@version", "version"):
            raise Fault(self.start, "Versions came with RDF 1.2.", "Only RDF 1.1 is read.")
        raise self.unexpected("a statement should begin", _LOOK_BEFORE)

    def _directive(self, word: str) -> _State:
        prefix = None
        self.advance()
        if word.lower().endswith("prefix"):
            prefix, _, rest = self.written().partition(":")
            if self.kind != NAME or rest:
                raise self.unexpected("a prefix should, with its colon")
            self.advance()
        if self.kind != IRI:
            raise self.unexpected("an IRI should, as <…>")
        iri = self._node().value
        if prefix is None:
            self.names.rebase(iri)
        else:
            self.names.declare(prefix, iri)
        self.advance()
        if word.startswith("@"):
            if self.kind != DOT:
                raise self.unexpected("a “.” should end the declaration")
            self.advance()
        return self._statement

    def _subject_end(self, at: Span) -> _State:
        self._subject_at = at
        self.advance()
        return self._verb

    def _verb(self) -> _State:
        kind = self.kind
        if kind in (NAME, IRI):
            self._predicate = self._node()
        elif kind == WORD and self.written() == "a":
            self._predicate = _TYPE
        else:
            raise self.unexpected("a predicate should", _LOOK_BEFORE)
        self._predicate_at = (self.start, self.end)
        self.advance()
        return self._object

    def _object_end(self) -> _State:
        kind = self.kind
        if kind == COMMA:
            self.advance()
            return self._object
        if kind == SEMICOLON:
            while self.kind == SEMICOLON:
                self.advance()
            if self.kind not in (DOT, CLOSE):
                return self._verb
        if self._frames:
            return self._close()
        return self._statement_end()

    def _statement_end(self) -> _State:
        if self.kind != DOT:
            raise self.unexpected("“.”, “;” or “,” should", "Every statement ends with “ .”.")
        self.statements.append((self._begin_at, self.end))
        self.advance()
        return self._statement

    # Objects

    def _object(self) -> _State:
        kind = self.kind
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
            term = self.names.label(self.written())
        else:
            term = self._shorthand()
        return self._object_said(term, (self.start, self.end))

    def _object_said(self, term: Object, at: Span) -> _State:
        self._say(term, at)
        self.advance()
        return self._after

    def _say(self, term: Object, at: _Where) -> None:
        triple = Triple(self._subject, self._predicate, term)
        self.rows.append((self.start, triple, self._subject_at, self._predicate_at or at, at))

    def _shorthand(self) -> Literal:
        if self.kind == NUMBER:
            return number(self.written())
        if self.kind == WORD and self.written() in BOOLEANS:
            return BOOLEANS[self.written()]
        raise self.unexpected("an object should", _LOOK_BEFORE)

    def _literal(self) -> _State:
        start, end = self.start, self.end
        marks = 3 if self.text.startswith(self.text[start] * 3, start) else 1
        value = unescaped(self.text[start + marks : end - marks])
        self.advance()
        if self.kind == LANGUAGE:
            literal = tagged(value, self.text[self.start + 1 : self.end], self.start)
            return self._object_said(literal, (start, self.end))
        if self.kind == HATS:
            self.advance()
            if self.kind not in (NAME, IRI):
                raise self.unexpected("a datatype should", "A datatype is an IRI.")
            literal = typed(value, self._node(), self.start)
            return self._object_said(literal, (start, self.end))
        self._say(Literal(value), (start, end))
        return self._after

    # Blank nodes and collections

    def _open_subject(self) -> _State:
        opening = self.start
        self.advance()
        node = BlankNode()
        if self.kind == CLOSE:
            self._subject = node
            return self._subject_end((opening, self.end))
        self._push(opening, node, None)
        return self._enter(opening, node)

    def _open(self) -> _State:
        opening = self.start
        self.advance()
        node = BlankNode()
        if self.kind == CLOSE:
            return self._object_said(node, (opening, self.end))
        self._push(opening, self._subject, self._predicate)
        return self._enter(opening, node)

    def _enter(self, opening: int, node: BlankNode) -> _State:
        self._subject, self._subject_at = node, opening
        self._after = self._object_end
        return self._verb

    def _close(self) -> _State:
        if self.kind != CLOSE:
            raise self.unexpected("“;”, “,” or “]” should")
        node = self._subject
        frame = self._pop()
        if frame.predicate is not None:
            return self._object_said(node, self.brackets[frame.opening])
        self.advance()
        return self._statement_end if self.kind == DOT else self._verb

    def _begin_subject(self) -> _State:
        opening = self.start
        self.advance()
        if self.kind == FINISH:
            self._subject = _NIL
            return self._subject_end((opening, self.end))
        node = BlankNode()
        self._subject_at = opening
        self._push(opening, node, None)
        return self._enter_items(opening, node)

    def _begin(self) -> _State:
        opening = self.start
        self.advance()
        if self.kind == FINISH:
            return self._object_said(_NIL, (opening, self.end))
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
        rest = _NIL if self.kind == FINISH else BlankNode()
        triple = Triple(self._subject, _REST, rest)
        self.rows.append((self.start, triple, opening, opening, opening))
        if isinstance(rest, BlankNode):
            self._subject = rest
            return self._object
        frame = self._pop()
        self.advance()
        return self._verb if frame.predicate is None else self._after

    def _push(self, opening: int, subject: Node, predicate: NamedNode | None) -> None:
        """Go into a bracket."""
        at = opening if predicate is None else self._subject_at
        frame = _Frame(opening, subject, at, predicate, self._predicate_at, self._after)
        self._frames.append(frame)

    def _pop(self) -> _Frame:
        """Come out of a bracket, whose end is the token."""
        frame = self._frames.pop()
        self.brackets[frame.opening] = (frame.opening, self.end)
        self._subject, self._subject_at = frame.subject, frame.subject_at
        if frame.predicate is not None:
            self._predicate = frame.predicate
        self._predicate_at = frame.predicate_at
        self._after = frame.after
        return frame
