"""From what a user writes to the RDF term that a parameter is bound to."""

from __future__ import annotations

import datetime
import re

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError, UnknownName
from ip5kg.names import PREFIXES
from ip5kg.querybook.header import Parameter
from ip5kg.querybook.schema import LANGUAGE_TAG
from ip5kg.store import GraphStore
from ip5kg.store.lookup import find_thing, quoted

__all__ = ["term_for"]

_XSD_DATE = NamedNode(PREFIXES["xsd"] + "date")
_XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_DAY_HINT = "Write it as year-month-day, such as 2021-06-23."
_INTEGER = re.compile("[+-]?[0-9]+")
_DIGITS = 18  # as many as each engine takes


def term_for(parameter: Parameter, value: object, store: GraphStore) -> NamedNode | Literal:
    """Turn one value into a term of the parameter's type.

    Raises:
        ParameterError: When the value does not fit the type.
        UnknownName: When it is a name that stands for nothing.
    """
    text = str(value).strip()
    if not text:
        raise _wrong(parameter, " is empty")
    if parameter.type == "iri":
        return _thing(parameter, text, store)
    if parameter.type == "date":
        if not _is_day(text):
            raise _wrong(parameter, f": {quoted(text)} is not a day of the calendar", _DAY_HINT)
        return Literal(text, datatype=_XSD_DATE)
    if parameter.type == "integer":
        return _integer(parameter, text, value)
    if parameter.type == "language":
        if not re.fullmatch(LANGUAGE_TAG, text):
            raise _wrong(parameter, f": {quoted(text)} is not a language tag")
        # Capitals mean nothing in a tag, and engines write them differently.
        return Literal(text.lower())
    try:
        return Literal(text)
    except ValueError:
        raise _wrong(parameter, f": {quoted(text)} holds a lone surrogate") from None


def _integer(parameter: Parameter, text: str, value: object) -> Literal:
    if not _INTEGER.fullmatch(text) or isinstance(value, bool):
        raise _wrong(parameter, f": {quoted(text)} is not a whole number")
    digits = text.lstrip("+-0") or "0"
    if len(digits) > _DIGITS:
        raise _wrong(parameter, f": {quoted(text)} has more than {_DIGITS} digits")
    return Literal(
        str(-int(digits) if text.startswith("-") else int(digits)), datatype=_XSD_INTEGER
    )


def _thing(parameter: Parameter, text: str, store: GraphStore) -> NamedNode:
    """Find the thing that is meant, and call the parameter by its name where there is none."""
    try:
        return find_thing(store, text, parameter.class_name)
    except UnknownName as error:
        sentence = error.message[0].lower() + error.message[1:]
        raise type(error)(
            f"The parameter {parameter.name}: {sentence}",
            near=error.near,
            hint=error.hint,
            parameter=parameter.name,
        ) from None


def _is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar, in ISO 8601's extended form."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong(parameter: Parameter, what: str, hint: str = "") -> ParameterError:
    return ParameterError(
        f"The parameter {parameter.name}{what}.",
        hint=hint or f"For example: {parameter.example}.",
        parameter=parameter.name,
    )
