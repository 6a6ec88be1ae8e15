"""Hold what YAML says against a JSON Schema, and name the field that is wrong.

This is the part of JSON Schema 2020-12 that headers of query files need; a schema that uses it
means the same to every validator of JSON Schema. What is added are the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ip5kg.errors import QueryHeaderError

__all__ = ["check"]

_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "string": "a text",
}
_SHOWN = 60


def check(value: object, schema: Mapping[str, Any], file: str, field: str = "") -> None:
    """Hold a value against a schema.

    Args:
        value: What the YAML parser gave.
        schema: The schema; its ``description`` says, in a hint, what is expected.
        file: The file as messages name it.
        field: The field as messages name it, ``x-ip5kg.parameters``; empty for the whole header.

    Raises:
        QueryHeaderError: At the first fault; the message names the file and the field.
    """
    place = _Place(file, field)
    allowed = _types(schema)
    if allowed and not any(_is_a(value, name) for name in allowed):
        if value is None and field:
            raise place.wrong("is empty", _expected(schema))
        # A header that is not there is one that YAML reads as nothing.
        gone = "is missing or " if value is None else ""
        # Where a number would do for a text, it is a text that is wanted.
        wanted = [name for name in allowed if "string" not in allowed or _is_not_a_number(name)]
        raise place.wrong(
            f"{gone}is not {' or '.join(_WORDS[name] for name in wanted)}", _expected(schema)
        )
    if "enum" in schema and value not in schema["enum"]:
        raise place.wrong(f"is {_quoted(value)}", f"Possible: {', '.join(schema['enum'])}.")
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        raise place.wrong(f"is {value}", _expected(schema))
    if isinstance(value, str):
        _check_text(value, schema, place)
    elif isinstance(value, list):
        _check_list(value, schema, place)
    elif isinstance(value, dict):
        _check_mapping(value, schema, place)


class _Place(NamedTuple):
    """Where in which file a value stands."""

    file: str
    field: str

    def inside(self, name: str) -> str:
        """Name the field within this one."""
        return f"{self.field}.{name}" if self.field else name

    def wrong(self, what: str, hint: str = "") -> QueryHeaderError:
        """Say what is wrong here."""
        where = f"the field {self.field}" if self.field else "the header"
        return QueryHeaderError(f"{self.file}: {where} {what}.", hint=hint)


def _check_text(value: str, schema: Mapping[str, Any], place: _Place) -> None:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        what = f"is {_quoted(value)}" if value.strip() else "is empty"
        raise place.wrong(what, _expected(schema))


def _check_list(value: Sequence[object], schema: Mapping[str, Any], place: _Place) -> None:
    if len(value) < schema.get("minItems", 0):
        raise place.wrong("is too short" if value else "is empty", _expected(schema))
    if schema.get("uniqueItems") and len(set(map(repr, value))) < len(value):
        raise place.wrong("says something twice", _expected(schema))
    for number, item in enumerate(value, start=1):
        check(item, schema.get("items", {}), place.file, place.inside(str(number)))


def _check_mapping(value: Mapping[Any, object], schema: Mapping[str, Any], place: _Place) -> None:
    """Hold the fields of a mapping against its schema, and then what is in them."""
    known: Mapping[str, Any] = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    names = schema.get("propertyNames", {})
    for name in value:
        if others is False and name not in known:
            raise place.wrong(
                f"has the unknown field {_quoted(name)}",
                f"Known fields: {', '.join(sorted(known))}.",
            )
        if "pattern" in names and not re.search(names["pattern"], str(name)):
            raise place.wrong(f"has the name {_quoted(name)}", _expected(names))
    for name in schema.get("required", ()):
        if name not in value:
            raise place.wrong(f"lacks the field “{name}”")
    if len(value) < schema.get("minProperties", 0):
        raise place.wrong("is empty", _expected(schema))
    if len(value) > schema.get("maxProperties", len(value)):
        raise place.wrong("says too much", _expected(schema))
    for name, inner in value.items():
        check(inner, known.get(name, others), place.file, place.inside(str(name)))


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    found: str | Sequence[str] = schema.get("type", ())
    return (found,) if isinstance(found, str) else found


def _is_a(value: object, name: str) -> bool:
    """Tell whether a value is of a type of JSON; true and false are no numbers there."""
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, float):
        return name == "number" or (name == "integer" and value.is_integer())
    kinds: dict[str, type] = {"array": list, "object": dict, "string": str}
    return isinstance(value, kinds.get(name, int)) and name != "boolean"


def _is_not_a_number(name: str) -> bool:
    return name not in ("integer", "number")


def _expected(schema: Mapping[str, Any]) -> str:
    return str(schema.get("description", ""))


def _quoted(value: object) -> str:
    line = " ".join(str(value).split())
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"
