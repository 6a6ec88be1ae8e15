"""RDF terms as Python values.

Inside the package a term is a pyoxigraph ``NamedNode``, ``BlankNode`` or ``Literal``. What leaves
it through the Python API is a plain value: a date is a ``datetime.date``, a number a number, and
an IRI a ``Thing``, which is a string that knows its label.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
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

_READERS: dict[str, Callable[[str], Value]] = {
    _XSD + "boolean": _BOOLEANS.__getitem__,
    _XSD + "date": datetime.date.fromisoformat,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "int": int,
    _XSD + "integer": int,
    _XSD + "long": int,
    _XSD + "nonNegativeInteger": int,
    _XSD + "positiveInteger": int,
}


def to_python(term: Term | None, labels: dict[str, str]) -> Value:
    """Turn a term into a Python value.

    Args:
        term: A term, or None for an unbound variable.
        labels: IRI → label.

    Returns:
        None for None; a ``Thing`` for an IRI; ``date``, ``int``, ``Decimal``, ``float`` or
        ``bool`` for a literal of such a datatype that is well-formed; else the lexical form.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Thing(term.value, labels.get(term.value))
    if not isinstance(term, Literal):
        return str(term)
    read = _READERS.get(term.datatype.value, str)
    try:
        return read(term.value)
    except (ValueError, KeyError, InvalidOperation):
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
