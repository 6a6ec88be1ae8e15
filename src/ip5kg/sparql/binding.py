"""Parameters are bound as terms, at the level of tokens, never pasted as text.

A variable in a comment, a string or an IRI is no variable token and stays as it is. After binding
the text is cut into tokens again: all other tokens must be unchanged, whatever the term holds.

Several terms take the place of one variable only where SPARQL has a list of expressions: in
``IN (?__office_iri)``, and in ``COALESCE(?__office_iri, "") = ""``, which asks whether there are
none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError
from ip5kg.sparql.lexer import Token, tokens

__all__ = ["Bound", "bind", "write_term"]

Bound: TypeAlias = NamedNode | Literal | Sequence[NamedNode | Literal]
"""What takes the place of a variable: a term, or one or more of which any will do."""

# SPARQL 1.1 section 19.2 decodes codepoint escapes before parsing, so a backslash before "u" in a
# value could become a quote in an engine that decodes first and unescapes second.
_CODEPOINT_ESCAPE = re.compile(r"\\[uU]")
_LIST = ["IN", "("]
_WHETHER_NONE = (["COALESCE", "("], [",", '""', ")", "=", '""'])
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def write_term(term: NamedNode | Literal) -> str:
    """Write a term as SPARQL text.

    Raises:
        ParameterError: When a literal holds what no SPARQL string can carry on every engine.
    """
    if isinstance(term, Literal):
        if _CODEPOINT_ESCAPE.search(term.value):
            raise ParameterError(
                "A value may not hold a backslash followed by u or U.",
                hint="SPARQL engines disagree about what it means.",
            )
        if _UNWRITABLE.search(term.value):
            raise ParameterError("A value may hold neither NUL nor lone surrogates.")
    return str(term)


def _write(bound: Bound) -> str:
    """Write a term, or several as the items of a list."""
    terms = [bound] if isinstance(bound, NamedNode | Literal) else bound
    return " , ".join(map(write_term, terms))


def bind(text: str, terms: Mapping[str, Bound]) -> str:
    """Replace variable tokens by terms.

    Args:
        text: A SPARQL query.
        terms: Variable name, without the question mark → term, or several.

    Returns:
        The query with each ``?name`` and ``$name`` of the mapping replaced, everywhere.

    Raises:
        ParameterError: When a term cannot be written, would change the tokens around it, or is
            one of several where one must stand.
    """
    if not terms:
        return text
    written = {name: f" {_write(term)} " for name, term in terms.items()}
    lists = {name for name, term in terms.items() if not isinstance(term, NamedNode | Literal)}
    pieces: list[str] = []
    expected: list[str] = []
    cut = list(tokens(text))
    for number, token in enumerate(cut):
        value = written.get(token.text[1:]) if token.kind == "variable" else None
        if value is None:
            pieces.append(token.text)
            if token.kind != "space":
                expected.append(token.text)
        else:
            if token.text[1:] in lists and not _takes_several(expected, cut[number + 1 :]):
                raise ParameterError(
                    f"The query takes one value, not several, for the variable {token.text}.",
                    hint="Several can stand only in a list, such as IN (?__office_iri).",
                )
            pieces.append(value)
            expected.extend(inner.text for inner in tokens(value) if inner.kind != "space")
    bound = "".join(pieces)
    if [token.text for token in tokens(bound) if token.kind != "space"] != expected:
        raise ParameterError("A value would change the structure of the query.")
    return bound


def _takes_several(before: Sequence[str], after: Sequence[Token]) -> bool:
    """Tell whether a list means the same as each of its items, where it would stand."""
    start = [text.upper() for text in before[-2:]]
    if start == _LIST:
        return True
    end = list(islice((token.text for token in after if token.kind != "space"), 5))
    return (start, end) == _WHETHER_NONE
