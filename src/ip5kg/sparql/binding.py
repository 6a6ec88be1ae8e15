"""Parameters are bound as terms, at the level of tokens, never pasted as text.

A variable in a comment, a string or an IRI is no variable token and stays as it is. After binding
the text is cut into tokens again: all other tokens must be unchanged, whatever the term holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError
from ip5kg.sparql.lexer import tokens

__all__ = ["bind", "write_term"]

# SPARQL 1.1 section 19.2 decodes codepoint escapes before parsing, so a backslash before "u" in a
# value could become a quote in an engine that decodes first and unescapes second.
_CODEPOINT_ESCAPE = re.compile(r"\\[uU]")
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


def bind(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Replace variable tokens by terms.

    Args:
        text: A SPARQL query.
        terms: Variable name, without the question mark → term.

    Returns:
        The query with each ``?name`` and ``$name`` of the mapping replaced, everywhere.

    Raises:
        ParameterError: When a term cannot be written, or would change the tokens around it.
    """
    if not terms:
        return text
    written = {name: f" {write_term(term)} " for name, term in terms.items()}
    pieces: list[str] = []
    expected: list[str] = []
    for token in tokens(text):
        value = written.get(token.text[1:]) if token.kind == "variable" else None
        if value is None:
            pieces.append(token.text)
            if token.kind != "space":
                expected.append(token.text)
        else:
            pieces.append(value)
            expected.extend(inner.text for inner in tokens(value) if inner.kind != "space")
    bound = "".join(pieces)
    if [token.text for token in tokens(bound) if token.kind != "space"] != expected:
        raise ParameterError("A value would change the structure of the query.")
    return bound
