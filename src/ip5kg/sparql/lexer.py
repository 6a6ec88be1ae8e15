"""The tokens of SPARQL 1.1 (section 19.8 of the specification), and limits on their number.

The lexer never fails: what is no token of SPARQL becomes an ``other`` token, so that the joined
tokens are always the text again. The engine's parser is the judge of what is valid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ip5kg.errors import QueryRefused

__all__ = ["Token", "refuse_excess", "tokens"]

_MAX_DEPTH = 100
_MAX_OPERATORS = 500

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    | (?P<name>(?:_:|(?:[^\W\d_][\w.-]*)?:)(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*
        (?<!\.))
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>\^\^|&&|\|\||<=|>=|!=|[{}()\[\].,;=<>!+*/|^?-])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")
_COUNTED_MARKS = frozenset(("!", "+", "-", "*", "/", "|", "||", "&&", "^"))
_COUNTED_WORDS = frozenset(("UNION", "OPTIONAL", "SELECT", "EXISTS", "MINUS", "FILTER"))


class Token(NamedTuple):
    """A piece of SPARQL text.

    Attributes:
        kind: ``space``, ``comment``, ``iri``, ``string``, ``variable``, ``language``,
            ``number``, ``name`` (prefixed or blank), ``word``, ``mark`` or ``other``.
        text: The text itself.
        start: Its offset in the query, in characters.
    """

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens; their texts joined are the query."""
    for found in _TOKEN.finditer(text):
        yield Token(found.lastgroup or "other", found.group(), found.start())


def refuse_excess(text: str) -> None:
    """Refuse a query so deep or long that evaluating it could end the process.

    The engine descends recursively; some thousand nested groups or chained operators overflow
    its stack, which no exception handler can catch.

    Raises:
        QueryRefused: For nesting over 100 or over 500 operators of one kind.
    """
    depth = deepest = 0
    counts: Counter[str] = Counter()
    for token in tokens(text):
        if token.text in _OPEN:
            depth += 1
            deepest = max(deepest, depth)
        elif token.text in _CLOSE:
            depth -= 1
        elif token.kind == "mark" and token.text in _COUNTED_MARKS:
            counts[token.text] += 1
        elif token.kind == "word" and token.text.upper() in _COUNTED_WORDS:
            counts[token.text.upper()] += 1
    if deepest > _MAX_DEPTH:
        raise QueryRefused(
            f"The query nests {deepest} brackets; {_MAX_DEPTH} are allowed.",
            hint="Split it into simpler queries.",
        )
    for operator, count in counts.items():
        if count > _MAX_OPERATORS:
            raise QueryRefused(
                f"The query has {count} times “{operator}”; {_MAX_OPERATORS} are allowed.",
                hint="Split it into simpler queries.",
            )
