"""Shapes without a name, in what is said of them: as what they demand."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from ip5kg.names import shorten
from ip5kg.terms import Term
from ip5kg.validation.findings import Finding
from ip5kg.validation.paths import members
from ip5kg.validation.shapes import GIVEN_NAME, SH, ShapesGraph

__all__ = ["with_names"]

_GIVEN = re.compile(f"<?({re.escape(GIVEN_NAME)}[0-9]+)>?")
_PATH = SH + "path"
_LISTS = frozenset(
    SH + name for name in ("in", "languageIn", "or", "and", "xone", "ignoredProperties")
)
_DEEPEST = 2
_MOST = 4
_DOTS = "…"


def with_names(finding: Finding, shapes: ShapesGraph) -> Finding:
    """Name a rule as its author did, and write out shapes in its message that have no name."""
    said = tuple(
        Literal(written, language=text.language) if text.language else Literal(written)
        for text in finding.said
        for written in [_written(text.value, shapes)]
    )
    return finding._replace(
        rule=shapes.name_of(finding.rule), message=_written(finding.message, shapes), said=said
    )


def _written(text: str, shapes: ShapesGraph) -> str:
    return _GIVEN.sub(lambda found: _shape(NamedNode(found[1]), shapes, 0), text)


def _shape(shape: Term, shapes: ShapesGraph, depth: int) -> str:
    """Write a shape as Turtle does, its path first, and as much of it as is needed to know it."""
    said = shapes.properties.get(shape, {})
    names = sorted((name for name in said if name.startswith(SH)), key=lambda n: (n != _PATH, n))
    if depth > _DEEPEST or not names:
        return f"[ {_DOTS} ]"
    parts = [
        f"{shorten(name)} {', '.join(_value(name, term, shapes, depth) for term in said[name])}"
        for name in names[:_MOST]
    ]
    return f"[ {' ; '.join(parts + [_DOTS] * (len(names) > _MOST))} ]"


def _value(name: str, term: Term, shapes: ShapesGraph, depth: int) -> str:
    if name == _PATH and not isinstance(term, NamedNode):
        return shapes.write_path(term) or _DOTS
    if name in _LISTS:
        listed = list(members(term, shapes.properties))
        shown = [_value("", member, shapes, depth) for member in listed[:_MOST]]
        return f"( {' '.join(shown + [_DOTS] * (len(listed) > _MOST))} )"
    if isinstance(term, NamedNode) and not term.value.startswith(GIVEN_NAME):
        return str(term)
    if isinstance(term, Literal):
        return str(Literal(term.value)) if not term.value.isdecimal() else term.value
    return _shape(term, shapes, depth + 1)
