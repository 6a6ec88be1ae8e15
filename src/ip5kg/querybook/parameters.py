"""The parameters of a stored query: what each can take, and the query with them bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError
from ip5kg.querybook.header import Parameter, StoredQuery
from ip5kg.querybook.values import term_for
from ip5kg.sparql.binding import Bound, bind
from ip5kg.store import GraphStore
from ip5kg.store.lookup import members_of, quoted
from ip5kg.terms import Term

__all__ = ["bound_text", "choices", "given_terms", "parameter_of", "text_with"]

_NOTHING = Literal("")


def bound_text(query: StoredQuery, values: Mapping[str, object], store: GraphStore) -> str:
    """Bind the parameters of a stored query; ``given_terms`` says what it takes and raises.

    Returns:
        The SPARQL text to run.
    """
    return text_with(query, given_terms(query, values, store))


def text_with(query: StoredQuery, given: Mapping[str, Sequence[NamedNode | Literal]]) -> str:
    """Write a stored query with terms for its parameters."""
    terms: dict[str, Bound] = {}
    for parameter in query.parameters:
        if parameter.name in given:
            values = list(given[parameter.name])
            terms[parameter.variable] = values if parameter.multiple else values[0]
    return bind(query.text, terms)


def given_terms(
    query: StoredQuery, values: Mapping[str, object], store: GraphStore
) -> dict[str, list[NamedNode | Literal]]:
    """Find the terms that the parameters of a stored query are given, or have by default.

    Args:
        query: The stored query.
        values: Parameter name → value, or several for one that is multiple; None counts as not
            given.
        store: The graph in which names are looked up.

    Returns:
        The name of each parameter that has a value → its terms.

    Raises:
        ParameterError: For a parameter that the query does not have, that is missing, or whose
            value does not fit its type.
        UnknownName: For a name that stands for nothing in the graph, with near matches.
    """
    given: dict[str, object] = {}
    for name, value in values.items():
        parameter = parameter_of(query, name)
        if value is None:
            continue
        if parameter.name in given:
            raise ParameterError(
                f"The parameter {parameter.name} is given twice.", parameter=parameter.name
            )
        given[parameter.name] = value
    terms: dict[str, list[NamedNode | Literal]] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound = _bound(parameter, value, store)
            if parameter.enumerated and parameter.type != "iri":
                _refuse_others(parameter, bound, choices(query, parameter, store))
            terms[parameter.name] = bound
        elif parameter.required:
            raise ParameterError(
                f"The query {query.name} needs the parameter {parameter.name}.",
                hint=f"For example: {parameter.example}.",
                parameter=parameter.name,
            )
    return terms


def parameter_of(query: StoredQuery, name: str) -> Parameter:
    """Find a parameter of a stored query by its name.

    Raises:
        ParameterError: With the parameters that the query has.
    """
    parameter = query.parameter(name)
    if parameter is None:
        known = ", ".join(p.name for p in query.parameters) or "none"
        raise ParameterError(
            f"The query {query.name} has no parameter {quoted(name)}.", hint=f"It takes: {known}."
        )
    return parameter


def choices(query: StoredQuery, parameter: Parameter, store: GraphStore) -> list[Term]:
    """List the values that a parameter can take.

    Returns:
        For an enumerated parameter the values in its column when nothing is asked for, else the
        members of its class; each once, in the order of their texts.

    Raises:
        ParameterError: When its values are neither enumerated nor of a class.
    """
    if parameter.enumerated:
        solutions = store.select(query.text)
        found = [row[solutions.variables.index(parameter.name)] for row in solutions.rows]
    elif parameter.class_name:
        found = list(members_of(store, parameter.class_name))
    else:
        raise ParameterError(
            f"The parameter {parameter.name} takes any {parameter.type}.",
            hint=f"For example: {parameter.example}.",
            parameter=parameter.name,
        )
    # A text without a language has an empty tag, which is none that could be asked for.
    return sorted({term for term in found if term is not None and term != _NOTHING}, key=str)


def _bound(parameter: Parameter, value: object, store: GraphStore) -> list[NamedNode | Literal]:
    """Turn what was given for a parameter into terms, each once."""
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return [term_for(parameter, value, store)]
    given = list(value)
    if not given:
        raise ParameterError(
            f"The parameter {parameter.name} is an empty list.",
            hint="Leave it out, or name a value.",
            parameter=parameter.name,
        )
    if len(given) > 1 and not parameter.multiple:
        raise ParameterError(
            f"The parameter {parameter.name} takes one value, not {len(given)}.",
            hint=f"For example: {parameter.example}.",
            parameter=parameter.name,
        )
    return list(dict.fromkeys(term_for(parameter, one, store) for one in given))


def _refuse_others(
    parameter: Parameter, given: Iterable[NamedNode | Literal], known: Iterable[Term]
) -> None:
    """Refuse a value that nothing in the graph has."""
    values = [term.value for term in known if isinstance(term, Literal)]
    if parameter.type == "language":
        values = [value.lower() for value in values]
    for term in given:
        if term.value not in values:
            raise ParameterError(
                f"The parameter {parameter.name}: the graph has nothing with {quoted(term.value)}.",
                hint=f"Possible: {', '.join(values)}.",
                parameter=parameter.name,
            )
