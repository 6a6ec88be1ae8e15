"""Stored queries as OpenAPI 3.1: a path for each, with what it takes and what it gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ip5kg.formats import TABLE_FORMATS
from ip5kg.querybook import LANGUAGE_TAG, Parameter, StoredQuery
from ip5kg.terms import Thing, Value

__all__ = ["PATHS", "openapi"]

PATHS = "/query/"
"""What the path of a query begins with; its name follows."""

_TYPES: dict[str, dict[str, Any]] = {
    "iri": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "string": {"type": "string"},
    "language": {"type": "string", "pattern": f"^{LANGUAGE_TAG}$"},
}
_NAMED = (
    "A full IRI, a prefixed name, a short name, or a label, acronym or family name that only one "
    "thing bears."
)
# SPARQL 1.1 Query Results JSON Format, section 3.2.2.
_TERM: dict[str, Any] = {
    "type": "object",
    "description": "An RDF term.",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "xml:lang": {"type": "string"},
        "datatype": {"type": "string", "format": "iri"},
    },
    "additionalProperties": False,
}


def openapi(
    queries: Iterable[StoredQuery], version: str, choices: Mapping[tuple[str, str], Sequence[Value]]
) -> str:
    """Describe the stored queries as an OpenAPI document.

    Args:
        queries: The stored queries.
        version: The version of the data and the queries.
        choices: Names of a query and of an enumerated parameter → its values.

    Returns:
        The document as JSON; its paths are relative to where it is served.
    """
    ordered = sorted(queries, key=lambda query: query.name)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Questions to the knowledge graph of the IP5",
            "version": version,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in sorted({tag for q in ordered for tag in q.tags})],
        "paths": {f"{PATHS}{query.name}": {"get": _operation(query, choices)} for query in ordered},
        "components": {"schemas": {"Term": _TERM}},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _operation(
    query: StoredQuery, choices: Mapping[tuple[str, str], Sequence[Value]]
) -> dict[str, Any]:
    return {
        "operationId": query.function,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            _parameter(parameter, choices.get((query.name, parameter.name), ()))
            for parameter in query.parameters
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {
                    form.media_type: {"schema": _answer(query, form.name)} for form in TABLE_FORMATS
                },
            },
            "400": {
                "description": "A parameter is missing, unknown or wrong; one sentence says which.",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            },
        },
    }


def _parameter(parameter: Parameter, choices: Sequence[Value]) -> dict[str, Any]:
    """Describe a parameter; several values repeat its name: ``office=jp&office=kr``."""
    schema = dict(_TYPES[parameter.type])
    if parameter.type == "iri":
        schema["description"] = _NAMED
    if choices:
        # A thing has other names than those listed, so that they are examples only.
        schema["examples" if parameter.type == "iri" else "enum"] = [
            choice.short if isinstance(choice, Thing) else choice for choice in choices
        ]
    example: Any = parameter.example
    if parameter.type == "integer":
        example = int(example)
    described = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
    }
    if parameter.class_name:
        described["x-ip5kg-class"] = parameter.class_name
    if parameter.default is not None:
        is_number = parameter.type == "integer"
        schema["default"] = int(parameter.default) if is_number else parameter.default
    if parameter.multiple:
        described |= {"style": "form", "explode": True}
        schema = {"type": "array", "items": schema, "minItems": 1}
        example = list(parameter.examples) or [example]
    return {**described, "schema": schema, "example": example}


def _answer(query: StoredQuery, form: str) -> dict[str, Any]:
    """Describe an answer in one of its formats."""
    columns = {column.name: column.description for column in query.columns}
    if form == "records":
        record = {
            "type": "object",
            "required": list(columns),
            "properties": {name: {"description": text} for name, text in columns.items()},
            "additionalProperties": False,
        }
        return {"type": "array", "items": record}
    if form != "json":
        return {"type": "string"}
    bindings = {
        "type": "object",
        "properties": {
            name: {"$ref": "#/components/schemas/Term", "description": text}
            for name, text in columns.items()
        },
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["head", "results"],
        "properties": {
            "head": {
                "type": "object",
                "required": ["vars"],
                "properties": {"vars": {"const": list(columns)}},
            },
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {"bindings": {"type": "array", "items": bindings}},
            },
        },
    }
