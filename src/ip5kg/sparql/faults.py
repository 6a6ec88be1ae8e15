"""What is wrong with a query, in a sentence.

The engine lists all the characters that it would have taken instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ip5kg.errors import QuerySyntaxError
from ip5kg.sparql.lexer import tokens

__all__ = ["query_syntax_error"]

# How the engine tells the place of a fault: line and column, counted from 1.
_FAULT = re.compile(r"error at (\d+):(\d+):")
_SHOWN = 40
# The last code point that is escaped by four digits.
_LAST_OF_FOUR = "\uffff"
_RULES = {
    "SELECT * is not authorized with GROUP BY": "SELECT * does not go with GROUP BY",
    "The SELECT contains a variable that is unbound": (
        "SELECT has a variable that GROUP BY has not, outside of an aggregate"
    ),
    "The SELECT overrides an existing variable": (
        "SELECT gives an expression the name of a variable that its pattern has"
    ),
}


def query_syntax_error(query: str, said: str) -> QuerySyntaxError:
    """Say where a query goes wrong.

    Args:
        query: The query that the engine did not take.
        said: What the engine said.
    """
    for name, line in _twice(query):
        return QuerySyntaxError(
            f"The query is not SPARQL: SELECT names {name} twice, in line {line}.",
            hint="Leave it out once, or choose another name: (… AS ?name).",
        )
    for sign, sentence in _RULES.items():
        if sign in said:
            return QuerySyntaxError(f"The query is not SPARQL: {sentence}.")
    found = _FAULT.search(said)
    if found is None:
        return QuerySyntaxError(f"The query is not SPARQL: {said.rstrip('.')}.")
    line, column = int(found[1]), int(found[2])
    # The engine counts no other ends of lines.
    lines = query.split("\n")
    rest = lines[line - 1][column - 1 :].strip(" \t\r") if line <= len(lines) else ""
    where = f"before “{_printable(rest[:_SHOWN])}”" if rest else "at its end"
    if "Prefix not found" in said:
        return QuerySyntaxError(
            f"The query uses a prefix that it does not declare, in line {line} {where}.",
            hint="Declare it: PREFIX name: <…>.",
        )
    return QuerySyntaxError(f"The query is not SPARQL: it goes wrong in line {line} {where}.")


def _twice(query: str) -> Iterator[tuple[str, int]]:
    """Find the variables that a SELECT names for a second time, with their lines."""
    projected: set[str] | None = None
    depth, before = 0, ""
    for token in tokens(query):
        text = token.text.upper()
        if token.kind == "word" and text == "SELECT":
            projected, depth = set(), 0
        elif text == "{" or (token.kind == "word" and text in ("WHERE", "FROM")):
            projected = None
        elif projected is not None and token.kind == "variable":
            if depth == 0 or before == "AS":
                name = f"?{token.text[1:]}"
                if name in projected:
                    yield name, query.count("\n", 0, token.start) + 1
                projected.add(name)
        elif token.kind == "mark":
            depth += (text == "(") - (text == ")")
        if token.kind not in ("space", "comment"):
            before = text


def _printable(text: str) -> str:
    """Write what cannot be seen as SPARQL writes code points (section 19.2)."""
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04X}" if c <= _LAST_OF_FOUR else f"\\U{ord(c):08X}"
        for c in text
    )
