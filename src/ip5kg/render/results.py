"""The W3C formats for SPARQL 1.1 results: CSV and TSV, and JSON."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.names import PREFIXES
from ip5kg.store import Solutions
from ip5kg.terms import Term

__all__ = ["to_csv", "to_json", "to_tsv"]

_XSD = PREFIXES["xsd"]
_NEEDS_QUOTES = re.compile('[",\r\n]')
# What Turtle reads as a literal of the datatype without being told the datatype.
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}


def to_csv(outcome: Solutions | bool) -> str:
    """Write solutions as CSV: values without types, lines that end with CR and LF.

    The W3C format knows no truth values; one is written as a line of its own.
    """
    if isinstance(outcome, bool):
        return f"{_truth(outcome)}\r\n"
    lines = [outcome.variables, *([_csv_value(term) for term in row] for row in outcome.rows)]
    return "".join(",".join(map(_csv_cell, line)) + "\r\n" for line in lines)


def to_tsv(outcome: Solutions | bool) -> str:
    """Write solutions as TSV: terms in the syntax of Turtle, lines that end with LF.

    The W3C format knows no truth values; one is written as a line of its own.
    """
    if isinstance(outcome, bool):
        return f"{_truth(outcome)}\n"
    lines = [[f"?{name}" for name in outcome.variables]]
    lines += [[_tsv_cell(term) for term in row] for row in outcome.rows]
    return "".join("\t".join(line) + "\n" for line in lines)


def to_json(outcome: Solutions | bool) -> str:
    """Write solutions or a truth value as SPARQL 1.1 Query Results JSON, a row to a line."""
    import json

    if isinstance(outcome, bool):
        return json.dumps({"head": {}, "boolean": outcome}) + "\n"
    head = json.dumps({"vars": list(outcome.variables)}, ensure_ascii=False)
    rows = ",\n".join(
        json.dumps(
            {
                name: _json_value(term)
                for name, term in zip(outcome.variables, row, strict=True)
                if term is not None
            },
            ensure_ascii=False,
        )
        for row in outcome.rows
    )
    body = f"\n{rows}\n" if rows else ""
    return f'{{"head": {head},\n"results": {{"bindings": [{body}]}}}}\n'


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _csv_cell(text: str) -> str:
    if _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
    return str(term)


def _json_value(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {
            "type": "triple",
            "value": {name: _json_value(part) for name, part in parts.items()},
        }
    entry = {"type": "literal", "value": term.value}
    if term.language:
        entry["xml:lang"] = term.language
    elif term.datatype.value != _XSD + "string":
        entry["datatype"] = term.datatype.value
    return entry
