"""The list of stored queries: for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ip5kg.querybook import Parameter, StoredQuery
from ip5kg.querybook.expectations import Tried
from ip5kg.render.text import align, one_line
from ip5kg.terms import Value

__all__ = [
    "catalogue_json",
    "catalogue_text",
    "choices_text",
    "example_call",
    "example_calls",
    "tried_text",
]


def catalogue_text(queries: Iterable[StoredQuery], *, bold: bool = False) -> str:
    """List stored queries with their questions, by theme."""
    lines: list[str] = []
    for theme, group in groupby(sorted(queries, key=lambda q: (q.theme, q.name)), _theme):
        lines += [*([""] if lines else []), f"\x1b[1m{theme}\x1b[0m" if bold else theme]
        lines += align([("  " + query.name, one_line(query.summary)) for query in group])
    return "".join(f"{line}\n" for line in lines)


def catalogue_json(queries: Iterable[StoredQuery]) -> str:
    """List stored queries as JSON, with all that their headers say."""
    import json

    document = [
        {
            "name": query.name,
            "theme": query.theme,
            "summary": query.summary,
            "description": query.description,
            "tags": list(query.tags),
            "parameters": [_parameter(parameter) for parameter in query.parameters],
            "columns": [column._asdict() for column in query.columns],
            "answers": list(query.answers),
            "rows": query.rows,
            "view": query.view,
            "example": example_call(query),
        }
        for query in sorted(queries, key=lambda q: (q.theme, q.name))
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def choices_text(values: Iterable[Value]) -> str:
    """List the values that a parameter can take, things with their labels."""
    rows = [(getattr(one, "short", str(one)), getattr(one, "label", "")) for one in values]
    lines = align([tuple(map(one_line, row)) for row in rows]) if rows else []
    return "".join(f"{line}\n" for line in lines)


def tried_text(tried: Sequence[Tried]) -> str:
    """Tell which stored queries lack what they promise, and how many do not."""
    lines = [f"{one.query}: {fault}" for one in tried for fault in one.faults]
    broken = sum(bool(one.faults) for one in tried)
    what = f"{len(tried)} stored queries"
    lines.append(f"{broken} of {what} lack what they promise." if broken else f"All {what} hold.")
    return "".join(f"{line}\n" for line in lines)


def example_call(query: StoredQuery) -> str:
    """Write the shortest call of a stored query that has an answer."""
    return _call(query, [parameter for parameter in query.parameters if parameter.required])


def example_calls(query: StoredQuery) -> list[str]:
    """Write the shortest call of a stored query, and one with all its parameters if that is not it.

    Both have an answer.
    """
    return list(dict.fromkeys((example_call(query), _call(query, query.parameters))))


def _call(query: StoredQuery, parameters: Iterable[Parameter]) -> str:
    given = [
        f"--{parameter.flag} {_shell(value)}"
        for parameter in parameters
        for value in parameter.examples or (parameter.example,)
    ]
    return " ".join(["ip5kg", "query", query.name, *given])


def _theme(query: StoredQuery) -> str:
    return query.theme


def _parameter(parameter: Parameter) -> dict[str, object]:
    entry = {**parameter._asdict(), "flag": parameter.flag}
    entry["class"] = entry.pop("class_name")
    return entry


def _shell(value: str) -> str:
    """Quote a value for the shell where it needs it."""
    if value.replace("-", "").replace(":", "").isalnum() and value.isascii():
        return value
    from shlex import quote

    return quote(value)
