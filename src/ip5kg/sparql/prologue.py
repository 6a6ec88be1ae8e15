"""What comes before a query: the prefixes it uses, and whether it is a query at all."""

from __future__ import annotations

from ip5kg.errors import QueryRefused, QuerySyntaxError
from ip5kg.names import PREFIXES
from ip5kg.sparql.lexer import tokens

__all__ = ["declare_prefixes", "declared_prefixes", "refuse_empty", "refuse_update"]

_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)


def declare_prefixes(text: str) -> str:
    """Declare our prefixes where a query uses them without declaring them.

    The declarations go before its first line, so that line numbers stay as they are.
    """
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            (declared if before == "PREFIX" else used).add(prefix)
        if token.kind not in ("space", "comment"):
            before = token.text.upper()
    missing = sorted((used - declared) & PREFIXES.keys())
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing) + text


def declared_prefixes(text: str) -> dict[str, str]:
    """List the prefixes that a query declares, with their namespaces as they are written."""
    found: dict[str, str] = {}
    before = ("", "")
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        keyword, name = before
        if token.kind == "iri" and keyword.upper() == "PREFIX":
            found[name.removesuffix(":")] = token.text[1:-1]
        before = (name, token.text)
    return found


def refuse_empty(text: str) -> None:
    """Refuse a text in which there is nothing to run.

    Raises:
        QuerySyntaxError: When the text has nothing but blanks and comments.
    """
    if all(token.kind in ("space", "comment") for token in tokens(text)):
        raise QuerySyntaxError(
            "The query is empty.", hint="Such as: SELECT ?meeting WHERE { ?meeting a ip5:Meeting }"
        )


def refuse_update(text: str) -> None:
    """Refuse a SPARQL update request, which would have nothing to write to.

    Raises:
        QueryRefused: When the first keyword after the prologue is one of an update.
    """
    for token in tokens(text):
        keyword = token.text.upper()
        if token.kind == "word" and keyword not in ("PREFIX", "BASE"):
            if keyword in _UPDATES:
                raise QueryRefused(
                    f"{keyword} is an update, and ip5kg only answers queries.",
                    hint="To change the graph, edit its Turtle files.",
                )
            return
