"""The columns of an answer with one type each, as tables of other tools have them.

A solution of SPARQL may bind a variable to a term of any type in each row. A column here has a
type that all its values fit, or else it is text: the dates of meetings, of which some are known to
the day and some to the month, are texts in ISO 8601, which sort as they should.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from ip5kg.names import PREFIXES
from ip5kg.terms import Term, Value, to_python

__all__ = [
    "DECIMAL_DIGITS",
    "Column",
    "Plain",
    "columns_of",
    "decimal_scale",
    "lexical",
    "plain_text",
]

Plain: TypeAlias = str | int | float | bool | Decimal | datetime.date | None
"""A value without an IRI's label or a literal's language."""

DECIMAL_DIGITS = 38
"""How many digits the decimals of Arrow, Parquet and polars have."""

_YEAR = PREFIXES["xsd"] + "gYear"
_YEAR_FORM = re.compile(r"-?[0-9]{4,6}")
_INT64 = 2**63
_NUMBERS = ("integer", "decimal", "double")
_WORDS = {"None": "", "True": "true", "False": "false", "inf": "INF", "-inf": "-INF", "nan": "NaN"}
_KINDS: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    float: "double",
    datetime.date: "date",
    datetime.datetime: "datetime",
}


class Column(NamedTuple):
    """A column of an answer.

    Attributes:
        name: The variable, without the question mark.
        kind: ``text``, ``boolean``, ``integer`` (of 64 bits), ``decimal``, ``double``, ``date``,
            ``datetime`` (without time zone), ``instant`` (in UTC) or ``year``.
        values: A value of that kind for each row; None where the variable is unbound.
    """

    name: str
    kind: str
    values: list[Plain]


def columns_of(
    names: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    labels: dict[str, str],
    *,
    iris: bool = False,
) -> list[Column]:
    """Find the type of each column, and its values.

    Args:
        names: The variables.
        rows: A term for each of them, None where it is unbound.
        labels: IRI → label.
        iris: Let things be their IRIs; else they are their labels, or IRIs where there is none.
    """
    columns = []
    for number, name in enumerate(names):
        terms = [row[number] for row in rows]
        # Things are texts, and so is all that stands among them.
        if any(isinstance(term, NamedNode) for term in terms):
            known = {} if iris else labels
            columns.append(Column(name, "text", [plain_text(term, known) for term in terms]))
            continue
        values = [to_python(term, {}) for term in terms]
        kind = _common(
            {
                _kind(term, value)
                for term, value in zip(terms, values, strict=True)
                if term is not None
            },
            values,
        )
        if kind == "text":
            known = {} if iris else labels
            columns.append(Column(name, kind, [plain_text(term, known) for term in terms]))
        else:
            columns.append(Column(name, kind, [_as(kind, value) for value in values]))
    return columns


def plain_text(term: Term | None, labels: dict[str, str]) -> str | None:
    """Write a term without type or language: a label, an IRI, a lexical form."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return labels.get(term.value, term.value)
    return term.value if isinstance(term, Literal) else str(term)


def lexical(value: Plain) -> str:
    """Write a value in its lexical form of XML Schema, such as INF, true or 2021-06-23."""
    if isinstance(value, bool | float) or value is None:
        return _WORDS.get(str(value), str(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def decimal_scale(values: Iterable[Plain]) -> int:
    """Count the digits after the point that the values of a decimal column need."""
    return max((_digits(value)[1] for value in values if isinstance(value, Decimal)), default=0)


def _kind(term: Term | None, value: Value) -> str:
    """Tell the kind of one value."""
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return "text" if _in_utc(value) is None else "instant"
    if isinstance(term, Literal) and term.datatype.value == _YEAR:
        return "year" if _YEAR_FORM.fullmatch(term.value) else "text"
    return _KINDS.get(type(value), "text")


def _common(kinds: set[str], values: Sequence[Value]) -> str:
    """Find the kind that the values of a column have in common."""
    if len(kinds) > 1 and kinds <= set(_NUMBERS):
        kinds = {max(kinds, key=_NUMBERS.index)}
    kind = kinds.pop() if len(kinds) == 1 else "text"
    large = any(isinstance(value, int) and not -_INT64 <= value < _INT64 for value in values)
    if large and kind in ("integer", "double"):
        kind = "decimal" if kind == "integer" else "text"
    if kind == "decimal":
        sizes = [_digits(Decimal(value)) for value in values if isinstance(value, int | Decimal)]
        if max(size[0] for size in sizes) + max(size[1] for size in sizes) > DECIMAL_DIGITS:
            kind = "text"
    return kind


def _digits(value: Decimal) -> tuple[int, int]:
    """Count the digits of a decimal before and after the point."""
    _, digits, exponent = value.as_tuple()
    after = -exponent if isinstance(exponent, int) else 0
    return max(len(digits) - after, 0), max(after, 0)


def _in_utc(value: datetime.datetime) -> datetime.datetime | None:
    """Turn a moment into UTC; None when it is before the year 1 or after 9999 there."""
    try:
        return value.astimezone(datetime.UTC)
    except OverflowError:
        return None


def _as(kind: str, value: Value) -> Plain:
    """Turn a value into one of the kind of its column."""
    if value is None:
        return None
    if kind == "decimal" and isinstance(value, int):
        return Decimal(value)
    if kind == "double" and isinstance(value, int | Decimal):
        return float(value)
    if kind == "instant" and isinstance(value, datetime.datetime):
        return _in_utc(value)
    return int(value) if kind == "year" and isinstance(value, str) else value
