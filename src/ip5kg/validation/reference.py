"""The reference engine: pySHACL on rdflib, without a network.

Nothing is ever fetched: no imports, no JavaScript, no ``FROM`` from files.
"""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Self

import pyshacl
import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from pyshacl.graph_abstraction import DataGraph as DataGraphOfShacl
from rdflib import SH
from rdflib.plugins import sparql
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from ip5kg.errors import ValidationFailure
from ip5kg.validation.bridge import Matching, StoreView, to_rdflib, to_term
from ip5kg.validation.data import DataGraph
from ip5kg.validation.findings import Finding, Severity
from ip5kg.validation.shapes import ShapesGraph

__all__ = ["ReferenceEngine", "view_of"]

# A literal that is not what its datatype says is for the shapes to judge.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

# rdflib would otherwise open what a FROM clause names, files included.
sparql.SPARQL_LOAD_GRAPHS = False

_SEVERITY: dict[Any, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


class ReferenceEngine:
    """pySHACL over one data graph and one shapes graph.

    Args:
        graph: The data graph, as rdflib has it; ``view_of`` makes one of a store.
        shapes: The shapes graph.
        advanced: Whether to evaluate SHACL Advanced Features: rules, custom targets, functions.
            Rules add triples to the graph.
    """

    def __init__(self, graph: rdflib.Graph, shapes: ShapesGraph, *, advanced: bool = False) -> None:
        self._graph = graph
        self._shapes = shapes
        self._advanced = advanced

    @classmethod
    def over(cls, data: DataGraph, shapes: ShapesGraph, *, advanced: bool = False) -> Self:
        """Make an engine over parsed data, with a view of its store where that will do."""
        if data.is_faithful and not advanced:
            graph: rdflib.Graph = view_of(data.store)
        else:
            graph = to_rdflib(data.triples(), _PreparingGraph(bind_namespaces="none"))
        return cls(graph, shapes, advanced=advanced)

    def run(self) -> list[Finding]:
        """Validate with all shapes and list the validation results.

        Raises:
            ValidationFailure: When the engine breaks off, so that nothing is known.
        """
        return self._run(self._shapes.triples)

    def look_at(self, shape: str, nodes: Iterable[NamedNode | Literal]) -> list[Finding]:
        """List what one shape itself, without the shapes inside it, has against some nodes.

        Args:
            shape: The IRI of the shape.
            nodes: The focus nodes. A blank node has no name by which to be called.

        Raises:
            ValidationFailure: When the engine breaks off, so that nothing is known.
        """
        found = self._run(self._shapes.aimed(shape, nodes))
        return [finding for finding in found if finding.rule == shape]

    def look_at_each(self, targets: Mapping[NamedNode, Iterable[NamedNode]]) -> list[Finding]:
        """List what shapes, and the shapes that they lead to, have against some nodes.

        Args:
            targets: Shape → the focus nodes, instead of its targets.

        Raises:
            ValidationFailure: When the engine breaks off, so that nothing is known.
        """
        return self._run(self._shapes.retargeted(targets))

    def look_from(self, *shapes: str) -> list[Finding]:
        """Let some shapes find their targets, and list what they have against them.

        Args:
            shapes: The IRIs of shapes with targets.

        Returns:
            The results of these shapes and of all that they lead to.

        Raises:
            ValidationFailure: When the engine breaks off, so that nothing is known.
        """
        return self._run(self._shapes.around(*shapes)) if shapes else []

    def look_through(self, target: str, shape: str) -> list[Finding]:
        """List what one property of a shape, or the shape itself, has against its targets.

        Args:
            target: The IRI of the shape with targets.
            shape: The IRI of a property of it, or the same again.

        Raises:
            ValidationFailure: When the engine breaks off, so that nothing is known.
        """
        found = self._run(self._shapes.only(target, shape))
        return found if target != shape else [one for one in found if one.rule == shape]

    def unsupported(self, terms: Iterable[str]) -> list[str]:
        """Say which terms of a shapes graph pySHACL does not evaluate here."""
        notes = []
        for term in terms:
            if term.lower().startswith("js"):
                notes.append(f"sh:{term} is not evaluated: JavaScript is never run")
            elif term not in SH:
                notes.append(f"SHACL has no term sh:{term}; it constrains nothing")
        return notes

    def _run(self, shapes: Iterable[Triple]) -> list[Finding]:
        """Run pySHACL once."""
        try:
            with warnings.catch_warnings():
                # rdflib wonders aloud at literals, too, and at how it compares them.
                warnings.simplefilter("ignore", UserWarning)
                warnings.simplefilter("ignore", DeprecationWarning)
                _, results, text = pyshacl.validate(
                    DataGraphOfShacl.from_rdflib_graph(self._graph),
                    shacl_graph=to_rdflib(shapes),
                    inference="none",
                    advanced=self._advanced,
                    do_owl_imports=False,
                    js=False,
                    inplace=True,
                )
        except Exception as error:  # noqa: BLE001
            # Whatever it raises, on purpose or not, nothing is known.
            raise ValidationFailure(f"The SHACL engine broke off: {_said(error)}.") from None
        if not isinstance(results, rdflib.Graph):
            raise ValidationFailure(f"The SHACL engine broke off: {text}.")
        return [self._finding(results, node) for node in results.objects(None, SH.result)]

    def _finding(self, results: rdflib.Graph, node: Any) -> Finding:
        """Read one ``sh:ValidationResult``; pySHACL keeps the labels of blank nodes in it."""
        rule = str(results.value(node, SH.sourceShape))
        path = results.value(node, SH.resultPath)
        value = results.value(node, SH.value)
        said = sorted(map(to_term, results.objects(node, SH.resultMessage)), key=str)
        level = results.value(node, SH.resultSeverity)
        details = (self._finding(results, detail) for detail in results.objects(node, SH.detail))
        return Finding(
            severity=_SEVERITY.get(level, "violation"),
            focus=to_term(results.value(node, SH.focusNode)),
            path=str(path.n3()) if isinstance(path, rdflib.URIRef) else self._shapes.path_of(rule),
            value=None if value is None else to_term(value),
            rule=rule,
            component=str(results.value(node, SH.sourceConstraintComponent)),
            message=" ".join(sorted(one.value for one in said if isinstance(one, Literal))),
            said=tuple(one for one in said if isinstance(one, Literal)),
            level="" if level in _SEVERITY else str(level or ""),
            details=tuple(sorted(details, key=lambda detail: detail.order)),
        )


def view_of(store: Matching) -> rdflib.Graph:
    """Show a store to pySHACL, without a copy."""
    return _PreparingGraph(StoreView(store), bind_namespaces="none")


class _PreparingGraph(rdflib.Graph):  # type: ignore[misc]  # rdflib is not followed
    """A graph that reads each query once.

    pySHACL hands over the text of a constraint anew for each focus node, and parsing it takes ten
    times as long as answering it.
    """

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Any = None,  # noqa: N803 - rdflib names it
        *rest: Any,
        **more: Any,
    ) -> Any:
        """Answer a query."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object, tuple(sorted((initNs or {}).items())))
        return super().query(query_object, processor, result, None, *rest, **more)


@functools.lru_cache(maxsize=1000)
def _prepared(text: str, namespaces: tuple[tuple[str, Any], ...]) -> Query:
    return prepareQuery(text, initNs=dict(namespaces))


def _said(error: Exception) -> str:
    """Take the sentence out of an error of pySHACL."""
    lines = str(getattr(error, "message", "") or error).splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")
