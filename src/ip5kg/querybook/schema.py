"""What the header of a stored query may say, as a JSON Schema.

Besides grlc's ``summary``, ``description``, ``tags`` and ``defaults`` there is one key of our own,
``x-ip5kg``, with the parameters, the columns, the competency questions that are answered and
what the answer must have at least. grlc's ``enumerate`` is not taken: to name a
parameter in it whose values come from the data makes grlc 1.3.11 fail.
"""

from __future__ import annotations

from typing import Any

__all__ = ["HEADER", "LANGUAGE_TAG", "PARAMETER_TYPES", "VIEWS"]

LANGUAGE_TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
"""The shape of a language tag (RFC 5646, section 2.1): “ja”, “zh-Hant”."""

PARAMETER_TYPES = {
    "iri": "iri",
    "date": "xsd_date",
    "integer": "integer",
    "string": "literal",
    "language": "literal",
}
"""Type of a parameter → suffix of its variable: ``?__asOf_xsd_date``."""

VIEWS = ("Table", "BarChart", "Graph", "LineChart", "Map", "Timeline")
"""What ``#defaultView:`` may name: the views of the Wikidata Query Service that are known here."""

_TEXT = {"type": "string", "pattern": r"\S", "description": "Write a text."}
# YAML reads 14 as a number, which means the same here as “14”.
_VALUE = {"type": ["string", "integer", "number"], "pattern": r"\S", "description": "Write a text."}
_NAME = {
    "pattern": "^[a-z][A-Za-z0-9]*$",
    "description": "Names are in camel case, such as asOf.",
}
_PARAMETER: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "example", "description"],
    "properties": {
        "type": {"type": "string", "enum": list(PARAMETER_TYPES)},
        "class": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9-]*$",
            "description": "Write the prefixed name of a class, such as ip5:Meeting.",
        },
        "required": {"type": "boolean", "description": "Write true or false."},
        "multiple": {"type": "boolean", "description": "Write true or false."},
        "enumerate": {"type": "boolean", "description": "Write true or false."},
        "example": {
            "type": ["string", "integer", "number", "array"],
            "pattern": r"\S",
            "minItems": 2,
            "uniqueItems": True,
            "items": _VALUE,
            "description": "Write a value with which the query has an answer; where the "
            "parameter is multiple, a list of several.",
        },
        "description": _TEXT,
    },
}

HEADER: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Header of a stored query",
    "type": "object",
    "additionalProperties": False,
    "required": ["summary", "description", "tags", "x-ip5kg"],
    "properties": {
        "summary": _TEXT,
        "description": _TEXT,
        "tags": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "string",
                "pattern": "^[a-z]+(-[a-z]+)*$",
                "description": "Tags are in small letters, such as as-of.",
            },
            "description": "Write a list of words, such as [people, as-of].",
        },
        "defaults": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": _NAME,
                "additionalProperties": _VALUE,
                "description": 'Write a parameter and its value, such as - asOf: "2021-06-23".',
            },
            "description": "Write a list of parameters with their values, as grlc has it.",
        },
        "x-ip5kg": {
            "type": "object",
            "additionalProperties": False,
            "required": ["columns"],
            "properties": {
                "answers": {
                    "type": "array",
                    "minItems": 1,
                    "uniqueItems": True,
                    "items": {
                        "type": "string",
                        "pattern": "^CQ-[0-9]{2}$",
                        "description": "Competency questions have numbers such as CQ-01.",
                    },
                    "description": "Write a list of competency questions, such as [CQ-01].",
                },
                "expect": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["rows"],
                    "properties": {
                        "rows": {
                            "type": "integer",
                            "minimum": 1,
                            "description": "Write the number of rows that there are at least.",
                        },
                    },
                    "description": "Write what the answer must have, such as {rows: 5}.",
                },
                "parameters": {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": _NAME,
                    "additionalProperties": _PARAMETER,
                    "description": "Write a mapping of names to what they mean.",
                },
                "columns": {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {
                        "pattern": "^[A-Za-z][A-Za-z0-9_]*$",
                        "description": "The names are those of the projected variables.",
                    },
                    "additionalProperties": _TEXT,
                    "description": "Write a mapping of names to what they mean.",
                },
            },
            "description": "It holds columns and, where there are any, parameters.",
        },
    },
    "description": "Begin the file with lines such as “#+ summary: Who chaired a meeting?”.",
}
"""The schema of a header. What it cannot say about names and types, ``read_query`` checks."""
