"""The group of a query, cut into what the engine joins one after the other.

Recursive descent over the tokens (SPARQL 1.1, section 19.8, rules 2 to 18 and 52 to 110), for
queries of which the engine knows that they are well-formed. Triple patterns are written out:
``;``, ``,``, ``[…]`` and ``(…)`` become patterns of three terms, and blank nodes the variables that
they stand for in a pattern (section 4.1.4). All else keeps the text that the user wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ip5kg.errors import QueryRefused
from ip5kg.sparql.lexer import Token, tokens
from ip5kg.sparql.triples import TriplesReader

__all__ = ["Asked", "Group", "Part", "asked"]

_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_ENDED_BY_A_BRACKET = frozenset(("FILTER", "BIND"))


class Part(NamedTuple):
    """Something that a group joins, takes away or restricts by.

    Attributes:
        kind: ``triple``, ``FILTER``, ``BIND``, ``VALUES``, ``OPTIONAL``, ``MINUS``, ``UNION``,
            ``GRAPH``, ``SELECT`` or ``GROUP``.
        text: SPARQL that may stand in a group.
        shown: The same as the user wrote it, on one line.
        start: Where the user wrote it, in characters.
        terms: Subject, predicate or path, and object of a triple pattern, as SPARQL.
        within: The groups in it: those that a UNION joins, one otherwise.
        around: What goes before the braces of the group in it: ``GRAPH ?g``.
    """

    kind: str
    text: str
    shown: str
    start: int
    terms: tuple[str, str, str] | None = None
    within: tuple[Group, ...] = ()
    around: str = ""


class Group(NamedTuple):
    """A group graph pattern, or that of a sub-select.

    Attributes:
        parts: What is in it, in order.
    """

    parts: tuple[Part, ...]


class Asked(NamedTuple):
    """A query, taken apart.

    Attributes:
        prologue: What comes before its form.
        dataset: Its FROM clauses.
        group: Its pattern.
        modifiers: What comes after the pattern.
        described: What a DESCRIBE query without a pattern names.
    """

    prologue: str
    dataset: str
    group: Group
    modifiers: str
    described: str = ""


def asked(text: str) -> Asked | None:
    """Take a query apart.

    Args:
        text: A query of which the engine knows that it is well-formed.

    Returns:
        None where the query has no pattern, or holds what SPARQL 1.1 does not have.
    """
    found = _split(text)
    try:
        start = next(
            n for n, one in enumerate(found) if one.kind == "word" and one.text.upper() in _FORMS
        )
        reader = _GroupReader(text, found)
        body = reader.find("{", start)
        if body == len(found):
            return _described(text, found, start, reader)
        if found[start].text.upper() == "CONSTRUCT" and found[body - 1].text.upper() != "WHERE":
            # The first braces hold the template.
            body = reader.find("{", reader.after(body))
        # The clauses stand right before the pattern: after the template, if there is one.
        from_ = [n for n in range(start, body) if found[n].text.upper() == "FROM"]
        end = body - (found[body - 1].text.upper() == "WHERE")
        return Asked(
            text[: found[start].start],
            text[found[from_[0]].start : found[end].start] if from_ else "",
            reader.group(body),
            reader.slice(reader.after(body), len(found)),
        )
    except (IndexError, StopIteration, QueryRefused):
        return None


def _described(text: str, found: Sequence[Token], start: int, reader: _GroupReader) -> Asked | None:
    """Take a query apart that has no pattern: only DESCRIBE can go without."""
    if found[start].text.upper() != "DESCRIBE":
        return None
    end = start + 1
    while end < len(found) and found[end].kind in ("iri", "name"):
        end += 1
    dataset = end
    while end < len(found) and found[end].text.upper() in ("FROM", "NAMED"):
        end += 2 - (found[end + 1].text.upper() == "NAMED")
    return Asked(
        text[: found[start].start],
        reader.slice(dataset, end),
        Group(()),
        "",
        reader.slice(start + 1, dataset),
    )


def _split(text: str) -> list[Token]:
    """List the tokens that a parser sees; to the lexer the point of ``1.`` is of the number."""
    found = []
    for token in tokens(text):
        if token.kind == "number" and token.text.endswith("."):
            end = token.start + len(token.text) - 1
            found += [Token("number", token.text[:-1], token.start), Token("mark", ".", end)]
        elif token.kind not in ("space", "comment"):
            found.append(token)
    return found


class _GroupReader:
    """Reads groups.

    Args:
        text: The query.
        found: Its tokens.
    """

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._found = found
        self._triples = TriplesReader(text, found)

    def find(self, wanted: str, place: int) -> int:
        """Find a token that stands in no bracket; the end where there is none."""
        while place < len(self._found) and self._found[place].text != wanted:
            place = self.after(place)
        return place

    def after(self, place: int) -> int:
        """Find the token after a token, and after a bracket with all that is in it."""
        depth = 0
        for number in range(place, len(self._found)):
            text = self._found[number].text
            depth += (text in _OPEN) - (text in _CLOSE)
            if depth <= 0:
                return number + 1
        return len(self._found)

    def slice(self, start: int, end: int) -> str:
        """Return the text of some tokens and of what is between them."""
        if start >= end:
            return ""
        last = self._found[end - 1]
        return self._text[self._found[start].start : last.start + len(last.text)]

    def group(self, place: int) -> Group:
        """Read the group whose brace stands at a place."""
        end = self.after(place) - 1
        place += 1
        if place < end and self._word(place) == "SELECT":
            # What the sub-select does with its solutions is not looked at.
            return self.group(self.find("{", place))
        parts: list[Part] = []
        while place < end:
            if self._found[place].text == ".":
                place += 1
                continue
            found, place = self._part(place)
            parts += found
        return Group(tuple(parts))

    def _word(self, place: int) -> str:
        token = self._found[place]
        return token.text.upper() if token.kind == "word" else ""

    def _part(self, place: int) -> tuple[list[Part], int]:
        """Read what stands at a place, and say where the next begins."""
        word, start = self._word(place), place
        if self._found[place].text == "{":
            return self._union(place)
        if word in _ENDED_BY_A_BRACKET:
            while self._found[place].text not in _OPEN:
                place += 1
            return [self._plain(word, start, self.after(place))], self.after(place)
        if word == "VALUES":
            end = self.after(self.find("{", place))
            return [self._plain(word, start, end)], end
        if word in ("OPTIONAL", "MINUS", "GRAPH"):
            body = self.find("{", place + 1)
            end = self.after(body)
            around = self.slice(start, body) if word == "GRAPH" else ""
            part = self._plain(word, start, end)
            return [part._replace(within=(self.group(body),), around=around)], end
        triples, end = self._triples.read(place)
        return [
            Part("triple", f"{' '.join(one.terms)} .", one.shown, one.start, one.terms)
            for one in triples
        ], end

    def _union(self, start: int) -> tuple[list[Part], int]:
        """Read a group, or several with UNION between them."""
        groups, end = [self.group(start)], self.after(start)
        # The last bracket of the query may be the last token of all.
        while end < len(self._found) and self._word(end) == "UNION":
            groups.append(self.group(end + 1))
            end = self.after(end + 1)
        kind = "UNION" if len(groups) > 1 else "GROUP"
        if kind == "GROUP" and self._word(start + 1) == "SELECT":
            kind = "SELECT"
        return [self._plain(kind, start, end)._replace(within=tuple(groups))], end

    def _plain(self, kind: str, start: int, end: int) -> Part:
        """Make a part that keeps the text of the user."""
        shown = self._triples.shown(start, end)
        return Part(kind, self.slice(start, end), shown, self._found[start].start)
