"""Did you mean: the name that a finding was perhaps meant to have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from ip5kg.names import PREFIXES, RDF_TYPE, shorten
from ip5kg.terms import Term
from ip5kg.validation.data import DataGraph
from ip5kg.validation.findings import Finding
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["suggested"]

_LIKE = 0.7
_CLASSES = (PREFIXES["owl"] + "Class", PREFIXES["rdfs"] + "Class")
_MOST_CANDIDATES = 20_000
_IN = SH + "InConstraintComponent"
_CLOSED = SH + "ClosedConstraintComponent"


def suggested(findings: Iterable[Finding], data: DataGraph, shapes: ShapesGraph) -> list[Finding]:
    """Add to each finding about an unknown term the known term that looks most like it."""
    vocabulary = _Vocabulary(data, shapes)
    return [finding._replace(suggestion=vocabulary.suggestion(finding)) for finding in findings]


class _Vocabulary:
    """The names that the data and shapes know.

    Args:
        data: The data graph.
        shapes: The shapes graph.
    """

    def __init__(self, data: DataGraph, shapes: ShapesGraph) -> None:
        self._data = data
        self._shapes = shapes

    def suggestion(self, finding: Finding) -> str:
        """Say what was perhaps meant, or nothing."""
        if finding.component == _IN:
            return _near(finding.value, self._allowed(finding.rule))
        if finding.component == _CLOSED or _is_path(finding.path, finding.focus):
            path = finding.path[1:-1]
            if not finding.path.startswith("<") or path in self._properties:
                return ""
            return _near(NamedNode(path), self._properties)
        value = finding.value
        if not isinstance(value, NamedNode) or self._is_known(value):
            return ""
        if finding.path == f"<{RDF_TYPE}>":
            return _near(value, self._classes)
        return _near(value, self._neighbours(value.value))

    def _is_known(self, node: NamedNode) -> bool:
        return next(self._data.store.match(node, None, None), None) is not None

    def _allowed(self, shape: str) -> list[str]:
        """List the values of ``sh:in``."""
        found = []
        properties = self._shapes.properties
        for head in properties.get(NamedNode(shape), {}).get(SH + "in", []) if shape else []:
            node, seen = head, set[Term]()
            while node in properties and node not in seen:
                seen.add(node)
                said = properties[node]
                found += [
                    member.value
                    for member in said.get(PREFIXES["rdf"] + "first", [])
                    if isinstance(member, NamedNode | Literal)
                ]
                node = next(iter(said.get(PREFIXES["rdf"] + "rest", [])), node)
        return found

    @cached_property
    def _properties(self) -> frozenset[str]:
        """The properties that shapes look at."""
        return frozenset(
            path.value
            for said in self._shapes.properties.values()
            for path in said.get(SH + "path", [])
            if isinstance(path, NamedNode)
        )

    @cached_property
    def _classes(self) -> frozenset[str]:
        """The classes that shapes aim at or the data declares."""
        aimed = {
            target.value
            for said in self._shapes.properties.values()
            for name in ("targetClass", "class")
            for target in said.get(SH + name, [])
            if isinstance(target, NamedNode)
        }
        declared = {
            triple.subject.value
            for kind in _CLASSES
            for triple in self._data.store.match(None, NamedNode(RDF_TYPE), NamedNode(kind))
            if isinstance(triple.subject, NamedNode)
        }
        return frozenset(aimed | declared)

    def _neighbours(self, iri: str) -> frozenset[str]:
        """List the subjects in the namespace of an IRI."""
        namespace = _split(iri)[0]
        return frozenset(name for name in self._subjects if name.startswith(namespace))

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(
            triple.subject.value
            for triple in self._data.store.match(None, NamedNode(RDF_TYPE), None)
            if isinstance(triple.subject, NamedNode)
        )


def _is_path(path: str, focus: Term) -> bool:
    """Tell whether a finding is about a property itself: then the focus node is its subject."""
    return path.startswith("<") and path == str(focus)


def _near(term: Term | None, known: Iterable[str]) -> str:
    """Say which of the known names looks most like a term."""
    if not isinstance(term, NamedNode | Literal):
        return ""
    namespace, wanted = _split(term.value)
    names = dict(_locals(known, namespace))
    if not names or len(names) > _MOST_CANDIDATES:
        return ""
    for name in difflib.get_close_matches(wanted, sorted(names), n=1, cutoff=_LIKE):
        best = names[name]
        written = shorten(best) if isinstance(term, NamedNode) else f"“{best}”"
        return f"Did you mean {written}?" if best != term.value else ""
    return ""


def _locals(known: Iterable[str], namespace: str) -> Iterator[tuple[str, str]]:
    """Pair local names of one namespace with the whole ones."""
    for iri in known:
        if _split(iri)[0] == namespace:
            yield _split(iri)[1], iri


def _split(iri: str) -> tuple[str, str]:
    """Split an IRI into namespace and local name."""
    cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
    return iri[:cut], iri[cut:]
