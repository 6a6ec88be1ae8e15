"""RDF terms as Python values.

Inside the package a term is a pyoxigraph ``NamedNode``, ``BlankNode`` or ``Literal``. What leaves
it through the Python API is a plain value: a date is a ``datetime.date``, a number a number, and
an IRI a ``Thing``, which is a string that knows its label.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Self, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, shorten

__all__ = ["Term", "Thing", "Value", "display", "to_python"]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_XSD = PREFIXES["xsd"]
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class Thing(str):
    """An IRI that knows how people call it.

    Attributes:
        label: The English label, or the prefixed name where there is none.
        short: The prefixed name.
    """

    __slots__ = ("label", "short")

    label: str
    short: str

    def __new__(cls, iri: str, label: str | None = None) -> Self:
        """Make a thing of an IRI and its label."""
        thing = super().__new__(cls, iri)
        thing.short = shorten(iri)
        thing.label = label or thing.short
        return thing

    def __repr__(self) -> str:
        return f"<{self.short} “{self.label}”>"


Value: TypeAlias = Thing | str | int | float | bool | Decimal | datetime.date | None

_Reader: TypeAlias = Callable[[str], Value]
# The lexical forms of XML Schema 1.1, part 2; Python reads more than these, such as 1_000. They are
# compiled when a literal has the datatype.
_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# Of the zones that XML Schema has, and as fine as Python's microseconds.
_DATE_TIME = (
    rf"{_DATE}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,6}})?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_INTEGERS = (
    "byte int integer long negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger "
    "short unsignedByte unsignedInt unsignedLong unsignedShort"
)
_READERS: dict[str, tuple[str, _Reader]] = {
    _XSD + "boolean": ("true|false|[01]", _BOOLEANS.__getitem__),
    _XSD + "date": (_DATE, datetime.date.fromisoformat),
    _XSD + "dateTime": (_DATE_TIME, datetime.datetime.fromisoformat),
    _XSD + "decimal": (_DECIMAL, Decimal),
    _XSD + "double": (_DOUBLE, float),
    _XSD + "float": (_DOUBLE, float),
    **{_XSD + name: (_INTEGER, int) for name in _INTEGERS.split()},
}


def to_python(term: Term | None, labels: dict[str, str]) -> Value:
    """Turn a term into a Python value.

    Args:
        term: A term, or None for an unbound variable.
        labels: IRI → label.

    Returns:
        None for None; a ``Thing`` for an IRI; ``date``, ``datetime``, ``int``, ``Decimal``,
        ``float`` or ``bool`` for a literal of such a datatype that is well-formed; else the
        lexical form, as of a date with a time zone or a month of a year.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Thing(term.value, labels.get(term.value))
    if not isinstance(term, Literal):
        return str(term)
    form, read = _READERS.get(term.datatype.value, ("", str))
    if not form or not re.fullmatch(form, term.value):
        return term.value
    try:
        return read(term.value)
    except ValueError:
        # A day that is not in the calendar, or more digits than Python cares to read.
        return term.value


def display(term: Term | None, labels: dict[str, str], *, iris: bool = False) -> str:
    """Write a term for people.

    Args:
        term: A term, or None for an unbound variable.
        labels: IRI → label.
        iris: Show prefixed names instead of labels.
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        name = shorten(term.value)
        return name if iris else labels.get(term.value, name)
    if isinstance(term, Literal):
        return term.value
    return str(term)
