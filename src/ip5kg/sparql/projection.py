"""Which variables a SELECT query answers with."""

from __future__ import annotations

from ip5kg.sparql.lexer import tokens

__all__ = ["projected_variables"]

_ENDS = frozenset(("FROM", "WHERE"))
_MODIFIERS = frozenset(("DISTINCT", "REDUCED"))


def projected_variables(query: str) -> tuple[str, ...] | None:
    """List the variables of a SELECT clause, in order (SPARQL 1.1, section 18.2.4.4).

    Args:
        query: A SELECT query.

    Returns:
        Their names without question marks; None for ``SELECT *``, and for what is no SELECT
        clause of SPARQL 1.1, such as the extensions of some endpoints.
    """
    significant = (token for token in tokens(query) if token.kind not in ("space", "comment"))
    for token in significant:
        if token.kind == "word" and token.text.upper() == "SELECT":
            break
    names: list[str] = []
    depth, after_as = 0, False
    for token in significant:
        word = token.text.upper() if token.kind == "word" else ""
        if depth == 0 and (token.text == "{" or word in _ENDS):
            break
        if token.text in ("(", "{", "["):
            depth += 1
        elif token.text in (")", "}", "]"):
            depth -= 1
        elif token.kind == "variable" and (depth == 0 or (depth == 1 and after_as)):
            names.append(token.text[1:])
        elif depth == 0 and word not in _MODIFIERS:
            return None
        after_as = word == "AS"
    return tuple(names) or None
