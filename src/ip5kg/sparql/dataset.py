"""What a query asks for beyond the default graph: graphs by FROM, other endpoints by SERVICE."""

from __future__ import annotations

from itertools import pairwise

from ip5kg.errors import QueryRefused
from ip5kg.sparql.lexer import Token, tokens

__all__ = ["graphs_query", "refuse_service"]

_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_BEFORE_A_GRAPH = frozenset(("GRAPH", "FROM", "NAMED"))


def graphs_query(text: str) -> str | None:
    """Write a query for the graphs that the dataset clauses of another name.

    The engine, which knows all about prefixes and relative IRIs, turns them into IRIs by it.

    Args:
        text: A query of any form.

    Returns:
        A SELECT query with one column; None when there is no FROM (SPARQL 1.1, section 13.2).
    """
    found = _significant(text)
    graphs = []
    clauses = False
    for number, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "FROM":
            clauses = True
            after = [one for one in found[number + 1 : number + 3] if one.text.upper() != "NAMED"]
            graphs += [one.text for one in after[:1] if one.kind in ("iri", "name")]
    if not clauses:
        return None
    forms = (one.start for one in found if one.kind == "word" and one.text.upper() in _FORMS)
    prologue = text[: next(forms, 0)]
    return f"{prologue} SELECT ?graph {{ VALUES ?graph {{ {' '.join(graphs)} }} }}"


def refuse_service(text: str) -> None:
    """Refuse a query that would have another endpoint asked (SPARQL 1.1 Federated Query).

    Raises:
        QueryRefused: When the keyword SERVICE stands in it.
    """
    if "SERVICE" not in text.upper():
        return
    before = ""
    for token, after in pairwise([*_significant(text), Token("other", "", len(text))]):
        # The engine wants no blank after a keyword: it reads SERVICE:x as SERVICE and :x.
        named = token.kind == "name" and after.text == "{" and before not in _BEFORE_A_GRAPH
        keyword = token.text.partition(":")[0] if token.kind == "word" or named else ""
        if "SERVICE" in keyword.upper():
            raise QueryRefused(
                "The query asks another endpoint by SERVICE, which is not done here.",
                hint="Ask that endpoint itself.",
            )
        before = token.text.upper()


def _significant(text: str) -> list[Token]:
    """List the tokens that a parser sees."""
    return [token for token in tokens(text) if token.kind not in ("space", "comment")]
