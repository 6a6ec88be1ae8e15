"""The triple patterns of a query, each written out with its three terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ip5kg.errors import QueryRefused
from ip5kg.names import PREFIXES
from ip5kg.sparql.lexer import Token

__all__ = ["TriplePattern", "TriplesReader"]

_RDF = PREFIXES["rdf"]
_ENDS = frozenset((".", ";", ",", "]", ")", "}", "{"))
_NODES = frozenset(("iri", "name", "variable"))
_MODIFIERS = frozenset("?*+")


class TriplePattern(NamedTuple):
    """A triple pattern.

    Attributes:
        terms: Subject, predicate or property path, and object, as SPARQL; no blank nodes.
        shown: The pattern as the user would write it alone.
        start: Where it begins in the query: at its subject, or at its predicate after ``;``, or
            at its object after ``,``.
    """

    terms: tuple[str, str, str]
    shown: str
    start: int


class TriplesReader:
    """Reads the rule TriplesSameSubjectPath (SPARQL 1.1, rule 81) of a well-formed query.

    Args:
        text: The query.
        found: Its tokens without blanks and comments.
    """

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._found = found
        self._names: dict[str, str] = {}
        self._labelled: dict[str, str] = {}
        self._made: list[TriplePattern] = []
        self._fresh = "ip5kg_"
        while self._fresh in text:
            self._fresh += "_"

    def read(self, place: int) -> tuple[list[TriplePattern], int]:
        """Read the patterns of one subject, and say where the next thing begins.

        Raises:
            QueryRefused: When something stands there that SPARQL 1.1 does not have.
        """
        self._made = []
        start = self._found[place].start
        subject, place = self._node(place)
        if self._text_at(place) not in _ENDS and self._word(place) not in _AFTER:
            place = self._properties(subject, place, start)
        return self._made, place

    def shown(self, start: int, end: int) -> str:
        """Write tokens on one line, as they stood, but without comments."""
        pieces: list[str] = []
        last = self._found[start].start
        for token in self._found[start:end]:
            if token.start > last:
                pieces.append(" ")
            pieces.append(token.text)
            last = token.start + len(token.text)
        return "".join(pieces)

    def _text_at(self, place: int) -> str:
        return self._found[place].text

    def _word(self, place: int) -> str:
        token = self._found[place]
        return token.text.upper() if token.kind == "word" else ""

    def _properties(self, subject: str, place: int, start: int) -> int:
        """Read a property list."""
        while True:
            begin = place
            start = self._found[begin].start if start < 0 else start
            place = self._path(place)
            predicate = self.shown(begin, place)
            place = self._objects(subject, predicate, place, start)
            while self._text_at(place) == ";":
                place += 1
            if self._text_at(place) in _ENDS or self._text_at(place - 1) != ";":
                return place
            if self._word(place) in _AFTER:
                return place
            start = -1

    def _objects(self, subject: str, predicate: str, place: int, start: int) -> int:
        """Read an object list."""
        while True:
            number = len(self._made)
            start = self._found[place].start if start < 0 else start
            value, place = self._node(place)
            terms = (subject, predicate, value)
            shown = " ".join(self._names.get(term, term) for term in terms)
            # The pattern itself goes before those of what stands in brackets in it.
            self._made.insert(number, TriplePattern(terms, shown, start))
            if self._text_at(place) != ",":
                return place
            place, start = place + 1, -1

    def _variable(self, shown: str = "") -> str:
        """Give a blank node a variable; it is shown with a label where it has a part in others."""
        number = len(self._names)
        name = f"?{self._fresh}{number}"
        self._names[name] = shown or f"_:b{number}"
        return name

    def _node(self, place: int) -> tuple[str, int]:
        """Read a term, a collection or what stands in square brackets."""
        text = self._text_at(place)
        if text == "[":
            empty = self._text_at(place + 1) == "]"
            node = self._variable("[]" if empty else "")
            if not empty:
                place = self._properties(node, place + 1, -1) - 1
            return self._closed("]", place + 1, node)
        if text == "(":
            return self._collection(place + 1)
        return self._term(place)

    def _closed(self, bracket: str, place: int, node: str) -> tuple[str, int]:
        if self._text_at(place) != bracket:
            raise _unknown(self._text_at(place))
        return node, place + 1

    def _collection(self, place: int) -> tuple[str, int]:
        """Read the members of a collection (section 4.2.3)."""
        if self._text_at(place) == ")":
            return f"<{_RDF}nil>", place + 1
        head = node = self._variable()
        while True:
            start = self._found[place].start
            number = len(self._made)
            member, place = self._node(place)
            terms = (node, f"<{_RDF}first>", member)
            self._made.insert(number, self._link(terms, start))
            last = self._text_at(place) == ")"
            rest = f"<{_RDF}nil>" if last else self._variable()
            self._made.append(self._link((node, f"<{_RDF}rest>", rest), start))
            if last:
                return head, place + 1
            node = rest

    def _link(self, terms: tuple[str, str, str], start: int) -> TriplePattern:
        subject, predicate, value = (self._names.get(term, term) for term in terms)
        name = f"rdf:{predicate.removeprefix(f'<{_RDF}').removesuffix('>')}"
        value = "rdf:nil" if value == f"<{_RDF}nil>" else value
        return TriplePattern(terms, f"{subject} {name} {value}", start)

    def _term(self, place: int) -> tuple[str, int]:
        """Read a variable, an IRI, a blank node or a literal."""
        token, start = self._found[place], place
        if token.kind == "name" and token.text.startswith("_:"):
            if token.text not in self._labelled:
                self._labelled[token.text] = self._variable(token.text)
            return self._labelled[token.text], place + 1
        if token.kind in _NODES:
            return token.text, place + 1
        if token.kind == "string":
            place += 1
            if self._found[place].kind == "language":
                place += 1
            elif self._text_at(place) == "^^" and self._found[place + 1].kind in _NODES:
                place += 2
            return self.shown(start, place), place
        if token.text in ("+", "-") and self._found[place + 1].kind == "number":
            return token.text + self._text_at(place + 1), place + 2
        if token.kind == "number" or self._word(place) in ("TRUE", "FALSE"):
            return token.text, place + 1
        raise _unknown(token.text)

    def _path(self, place: int) -> int:
        """Find the end of a predicate or property path (rules 88 to 96)."""
        while True:
            if self._text_at(place) == "^":
                place += 1
            place = self._primary(place)
            if self._text_at(place) in _MODIFIERS:
                place += 1
            if self._text_at(place) not in ("/", "|"):
                return place
            place += 1

    def _primary(self, place: int) -> int:
        """Find the end of one step of a path."""
        if self._text_at(place) == "!":
            place += 1
            if self._text_at(place) == "^":
                place += 1
        if self._text_at(place) == "(":
            place += 1
            if self._text_at(place) == ")":
                return place + 1
            return self._closed(")", self._path(place), "")[1]
        if self._found[place].kind in _NODES or self._text_at(place) == "a":
            return place + 1
        raise _unknown(self._text_at(place))


_AFTER = frozenset(("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"))


def _unknown(text: str) -> QueryRefused:
    return QueryRefused(f"“{text}” is not read as a part of a triple pattern.")
