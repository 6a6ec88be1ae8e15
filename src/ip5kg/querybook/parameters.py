"""From what a user writes to the RDF term that a parameter is bound to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError, UnknownName
from ip5kg.names import PREFIXES
from ip5kg.querybook.header import Parameter, StoredQuery
from ip5kg.sparql.binding import bind
from ip5kg.store import GraphStore
from ip5kg.store.lookup import find_thing, quoted

__all__ = ["bound_text", "term_for"]

_XSD_DATE = NamedNode(PREFIXES["xsd"] + "date")
_XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_DAY_HINT = "Write it as year-month-day, such as 2021-06-23."
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


def bound_text(query: StoredQuery, values: Mapping[str, object], store: GraphStore) -> str:
    """Bind the parameters of a stored query.

    Args:
        query: The stored query.
        values: Parameter name → value; None counts as not given.
        store: The graph in which names are looked up.

    Returns:
        The SPARQL text to run.

    Raises:
        ParameterError: For a parameter that the query does not have, that is missing, or whose
            value does not fit its type.
        UnknownName: For a name that stands for nothing in the graph, with near matches.
    """
    given: dict[str, object] = {}
    for name, value in values.items():
        parameter = query.parameter(name)
        if parameter is None:
            known = ", ".join(p.name for p in query.parameters) or "none"
            raise ParameterError(
                f"The query {query.name} has no parameter {quoted(name)}.",
                hint=f"It takes: {known}.",
            )
        if value is not None:
            given[parameter.name] = value
    terms: dict[str, NamedNode | Literal] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.variable] = term_for(parameter, value, store)
        elif parameter.required:
            raise ParameterError(
                f"The query {query.name} needs the parameter {parameter.name}.",
                hint=f"For example: {parameter.example}.",
                parameter=parameter.name,
            )
    return bind(query.text, terms)


def term_for(parameter: Parameter, value: object, store: GraphStore) -> NamedNode | Literal:
    """Turn one value into a term of the parameter's type.

    Raises:
        ParameterError: When the value does not fit the type.
        UnknownName: When it is a name that stands for nothing.
    """
    text = str(value).strip()

    def wrong(what: str, hint: str = f"For example: {parameter.example}.") -> ParameterError:
        return ParameterError(
            f"The parameter {parameter.name}{what}.", hint=hint, parameter=parameter.name
        )

    if not text:
        raise wrong(" is empty")
    if parameter.type == "iri":
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
    if parameter.type == "date":
        if not _is_day(text):
            raise wrong(f": {quoted(text)} is not a day of the calendar", _DAY_HINT)
        return Literal(text, datatype=_XSD_DATE)
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(text) or isinstance(value, bool):
            raise wrong(f": {quoted(text)} is not a whole number")
        return Literal(str(int(text)), datatype=_XSD_INTEGER)
    try:
        return Literal(text)
    except ValueError:
        raise wrong(f": {quoted(text)} holds a lone surrogate") from None


def _is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar, in ISO 8601's extended form."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
