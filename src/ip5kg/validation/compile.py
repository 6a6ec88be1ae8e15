"""Core constraints as SPARQL, for stores that can be asked but not be had.

A query finds the focus nodes that break some constraint of a shape, at least: what it finds is
asked again of pySHACL. A constraint that cannot be written without the danger of missing a node
is not written; its shape is left to pySHACL as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term
from ip5kg.validation.paths import can_stay, members
from ip5kg.validation.screen import target_patterns
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["Compiled", "compiled", "uncompiled"]

_XSD = PREFIXES["xsd"]
_SUB_CLASS_OF = PREFIXES["rdfs"] + "subClassOf"
_LANG_STRING = PREFIXES["rdf"] + "langString"

_SILENT = frozenset(
    SH + name
    for name in [
        "path",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "severity",
        "message",
        "deactivated",
        "property",
        "flags",
        "ignoredProperties",
        "targetClass",
        "targetNode",
        "targetSubjectsOf",
        "targetObjectsOf",
        "sparql",
    ]
)
_NODE_KINDS = {
    "IRI": "ISIRI(?value)",
    "BlankNode": "ISBLANK(?value)",
    "Literal": "ISLITERAL(?value)",
    "BlankNodeOrIRI": "(ISBLANK(?value) || ISIRI(?value))",
    "BlankNodeOrLiteral": "(ISBLANK(?value) || ISLITERAL(?value))",
    "IRIOrLiteral": "(ISIRI(?value) || ISLITERAL(?value))",
}
# The last day of February is left to pySHACL, which knows leap years.
_DAY_OF_YEAR = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
)
_MONTH = "(0[1-9]|1[0-2])"
_YEAR = "-?([1-9][0-9]{3,}|0[0-9]{3})"
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_LEXICAL = {
    "string": "",
    "anyURI": "",
    "boolean": "^(true|false|0|1)$",
    "integer": "^[+-]?[0-9]+$",
    "decimal": "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    "gYear": f"^{_YEAR}{_ZONE}$",
    "gYearMonth": f"^{_YEAR}-{_MONTH}{_ZONE}$",
}
"""The lexical forms of the datatypes that can be judged by one pattern (XML Schema, part 2)."""

_COMPARISONS = {
    "minInclusive": ">=",
    "minExclusive": ">",
    "maxInclusive": "<=",
    "maxExclusive": "<",
}


class Compiled(NamedTuple):
    """A query for the focus nodes that break a shape.

    Attributes:
        shape: The IRI of the shape.
        query: A SELECT query that answers with ``?this``.
    """

    shape: str
    query: str


def compiled(shapes: ShapesGraph, without: Collection[str] = ()) -> Iterator[Compiled]:
    """Write the constraints of the shapes that can be written.

    Args:
        shapes: The shapes graph.
        without: The shapes with targets to leave out.
    """
    for target, shape in _aims(shapes, without):
        if not _left(shapes, target, shape):
            path = shapes.path_of(shape.value)
            for pattern in target_patterns(shapes, target):
                for condition in _conditions(shapes, shape, path):
                    query = f"SELECT DISTINCT ?this WHERE {{ {pattern} {condition}"
                    yield Compiled(shape.value, query.replace("$this", "?this"))


def uncompiled(shapes: ShapesGraph, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """List the pairs of a shape with targets and a shape in it that is left to pySHACL."""
    aims = _aims(shapes, without)
    return [(target.value, shape.value) for target, shape in aims if _left(shapes, target, shape)]


def _aims(shapes: ShapesGraph, without: Collection[str]) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Pair each shape that has targets with itself and with the property shapes in it."""
    for node in sorted(shapes.properties, key=str):
        if not isinstance(node, NamedNode) or not shapes.has_targets(node):
            continue
        if node.value not in without and not _is_off(shapes, node):
            yield node, node
            for inner in shapes.properties[node].get(SH + "property", []):
                if isinstance(inner, NamedNode) and not _is_off(shapes, inner):
                    yield node, inner


def _is_off(shapes: ShapesGraph, node: NamedNode) -> bool:
    values = shapes.properties.get(node, {}).get(SH + "deactivated", [])
    return any(isinstance(v, Literal) and v.value in ("true", "1") for v in values)


def _left(shapes: ShapesGraph, target: NamedNode, shape: NamedNode) -> bool:
    """Tell whether a shape demands something that is not written as SPARQL here."""
    said = shapes.properties.get(shape, {})
    if SH + "targetNode" in shapes.properties.get(target, {}) and can_stay(
        shapes.path_of(shape.value)
    ):
        # From a node that the graph does not have, such a path leads to that node; in a query
        # that gives the node as a value, it leads nowhere.
        return True
    if SH + "path" in said and SH + "property" in said:
        return True
    if SH + "path" in said and not shapes.path_of(shape.value):
        return True
    return any(
        name.startswith(SH)
        and name not in _SILENT
        and (
            name.removeprefix(SH) not in _WRITERS
            or _WRITERS[name.removeprefix(SH)](shapes, said) is None
        )
        for name in said
    )


def _conditions(shapes: ShapesGraph, shape: NamedNode, path: str) -> Iterator[str]:
    """Write the ends of queries after the pattern of the target."""
    said = shapes.properties[shape]
    values = f"$this {path} ?value . " if path else "BIND($this AS ?value) "
    faults = [
        text
        for name in sorted(said)
        if name.removeprefix(SH) in _WRITERS and name.startswith(SH)
        for text in _WRITERS[name.removeprefix(SH)](shapes, said) or ()
    ]
    if faults:
        # An expression that fails judges nothing; then pySHACL shall.
        tests = " || ".join(f"COALESCE({fault}, true)" for fault in faults)
        yield f"{values}FILTER({tests}) }}"
    for wide in _iris(said, "class"):
        step = f"?value <{RDF_TYPE}>/<{_SUB_CLASS_OF}>* ?class FILTER(?class = <{wide}>)"
        yield f"{values}OPTIONAL {{ {step} }} FILTER(!BOUND(?class)) }}"
    if not path:
        return
    for value in said.get(SH + "hasValue", []):
        yield (
            f"OPTIONAL {{ $this {path} ?value FILTER(SAMETERM(?value, {value})) }} "
            "FILTER(!BOUND(?value)) }"
        )
    for name, sign in (("minCount", "<"), ("maxCount", ">")):
        for number in _numbers(said, name):
            yield (
                f"OPTIONAL {{ $this {path} ?value }} }} GROUP BY $this "
                f"HAVING(COUNT(DISTINCT ?value) {sign} {number})"
            )
    if any(getattr(v, "value", "") in ("true", "1") for v in said.get(SH + "uniqueLang", [])):
        yield (
            f'$this {path} ?value FILTER(LANG(?value) != "") BIND(LCASE(LANG(?value)) AS ?tag) }} '
            "GROUP BY $this ?tag HAVING(COUNT(DISTINCT ?value) > 1)"
        )


_Said = dict[str, list[Term]]


def _numbers(said: _Said, name: str) -> list[int]:
    return [
        int(term.value)
        for term in said.get(SH + name, [])
        if isinstance(term, Literal) and term.value.isdecimal()
    ]


def _iris(said: _Said, name: str) -> list[str]:
    return [term.value for term in said.get(SH + name, []) if isinstance(term, NamedNode)]


def _datatype(_: ShapesGraph, said: _Said) -> list[str] | None:
    faults = []
    for iri in _iris(said, "datatype"):
        if iri == _LANG_STRING:
            faults.append('!ISLITERAL(?value) || LANG(?value) = ""')
            continue
        form = _LEXICAL.get(iri.removeprefix(_XSD)) if iri.startswith(_XSD) else None
        if form is None and iri != _XSD + "date":
            return None
        pattern = form if form is not None else f"^{_YEAR}-{_DAY_OF_YEAR}{_ZONE}$"
        wrong = f"!ISLITERAL(?value) || DATATYPE(?value) != <{iri}>"
        faults.append(wrong + (f' || !REGEX(STR(?value), "{pattern}")' if pattern else ""))
    return faults


def _node_kind(_: ShapesGraph, said: _Said) -> list[str] | None:
    kinds = [iri.removeprefix(SH) for iri in _iris(said, "nodeKind")]
    return [f"!{_NODE_KINDS[kind]}" for kind in kinds] if set(kinds) <= set(_NODE_KINDS) else None


def _in(shapes: ShapesGraph, said: _Said) -> list[str]:
    return [
        " && ".join(f"!SAMETERM(?value, {member})" for member in members(head, shapes.properties))
        or "true"
        for head in said.get(SH + "in", [])
    ]


def _pattern(_: ShapesGraph, said: _Said) -> list[str]:
    flags = "".join(f", {flag}" for flag in said.get(SH + "flags", [])[:1])
    return [
        f"ISBLANK(?value) || !REGEX(STR(?value), {pattern}{flags})"
        for pattern in said.get(SH + "pattern", [])
    ]


def _language_in(shapes: ShapesGraph, said: _Said) -> list[str]:
    faults = []
    for head in said.get(SH + "languageIn", []):
        tags = members(head, shapes.properties)
        matches = " || ".join(f"LANGMATCHES(LANG(?value), {tag})" for tag in tags)
        faults.append(f"!({matches or 'false'})")
    return faults


def _lengths(_: ShapesGraph, said: _Said) -> list[str]:
    return [
        f"ISBLANK(?value) || STRLEN(STR(?value)) {sign} {number}"
        for name, sign in (("minLength", "<"), ("maxLength", ">"))
        for number in _numbers(said, name)
    ]


def _comparisons(_: ShapesGraph, said: _Said) -> list[str]:
    return [
        f"!(?value {sign} {bound})"
        for name, sign in _COMPARISONS.items()
        for bound in said.get(SH + name, [])
    ]


def _nothing(_shapes: ShapesGraph, _said: _Said) -> Iterable[str]:
    """Written as a condition of its own."""
    return []


_WRITERS = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _in,
    "pattern": _pattern,
    "languageIn": _language_in,
    "minLength": _lengths,
    "maxLength": _lengths,
    **dict.fromkeys(_COMPARISONS, _comparisons),
    **dict.fromkeys(("class", "hasValue", "minCount", "maxCount", "uniqueLang"), _nothing),
}
