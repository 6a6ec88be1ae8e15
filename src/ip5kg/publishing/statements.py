"""Saying things about a resource: the small words with which descriptions are written."""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.publishing.vocabulary import iri

__all__ = ["Value", "day", "number", "said", "text", "typed"]

Value: TypeAlias = NamedNode | Literal


def said(subject: NamedNode, *pairs: tuple[str, Value]) -> list[Triple]:
    """Say something of a subject, by prefixed names of predicates; an empty literal is left out."""
    return [
        Triple(subject, iri(name), value)
        for name, value in pairs
        if not (isinstance(value, Literal) and not value.value)
    ]


def text(words: str) -> Literal:
    """Write a text in English."""
    return Literal(words, language="en") if words else Literal("")


def typed(value: str, datatype: str) -> Literal:
    """Write a literal of a datatype of XML Schema."""
    return Literal(value, datatype=iri(f"xsd:{datatype}"))


def number(value: int) -> Literal:
    """Write a whole number."""
    return typed(str(value), "integer")


def day(value: str) -> Literal:
    """Write a day; an empty one is left out by ``said``."""
    return typed(value, "date")
