"""SHACL by pySHACL, the reference engine.

pySHACL works on rdflib graphs. They are filled from parsed triples, with the lexical forms of
literals kept, and nothing is ever fetched: no imports, no JavaScript, no ``FROM`` from files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import RDF, SH, XSD
from rdflib.plugins import sparql

from ip5kg.errors import ValidationFailure
from ip5kg.terms import Term
from ip5kg.validation.findings import Finding, Severity

__all__ = ["count_shapes", "run_shapes", "to_rdflib", "without_constraints"]

# rdflib would otherwise open what a FROM clause names, files included.
sparql.SPARQL_LOAD_GRAPHS = False

_STRING = NamedNode(str(XSD.string))
_SEVERITY: dict[Any, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Make an rdflib graph of parsed triples."""
    graph = rdflib.Graph(bind_namespaces="none")
    graph.addN((_node(t.subject), _node(t.predicate), _node(t.object), graph) for t in triples)
    return graph


def count_shapes(shapes: rdflib.Graph) -> int:
    """Count the node shapes and property shapes that a shapes graph declares."""
    return len(
        set(shapes.subjects(RDF.type, SH.NodeShape))
        | set(shapes.subjects(RDF.type, SH.PropertyShape))
    )


def run_shapes(
    data: rdflib.Graph, shapes: rdflib.Graph, focus: Mapping[str, Sequence[Term]] | None = None
) -> list[Finding]:
    """Validate a data graph against a shapes graph.

    Args:
        data: The data graph.
        shapes: The shapes graph.
        focus: Shape → focus nodes: use these shapes on these nodes only, instead of all shapes
            on their targets.

    Returns:
        The validation results as findings without a place.

    Raises:
        ValidationFailure: When the engine breaks off, so that nothing is known.
    """
    if focus is None:
        return _run(data, shapes)
    findings = []
    for shape, nodes in focus.items():
        named = [node.value for node in nodes if isinstance(node, NamedNode)]
        # A blank node has no name to be called by; then the shape finds its targets itself.
        only = {"focus_nodes": named} if len(named) == len(nodes) else {}
        findings += _run(data, shapes, use_shapes=[shape], **only)
    return findings


def without_constraints(shapes: rdflib.Graph, left_out: Iterable[str]) -> rdflib.Graph:
    """Copy a shapes graph without the SPARQL-based constraints of some node shapes."""
    copy = rdflib.Graph(bind_namespaces="none")
    skipped = {rdflib.URIRef(shape) for shape in left_out}
    copy.addN((s, p, o, copy) for s, p, o in shapes if not (p == SH.sparql and s in skipped))
    return copy


def _run(data: rdflib.Graph, shapes: rdflib.Graph, **limits: list[str]) -> list[Finding]:
    """Run pySHACL once."""
    try:
        _, results, text = pyshacl.validate(
            data,
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            do_owl_imports=False,
            js=False,
            inplace=True,
            **limits,
        )
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError) as error:
        raise ValidationFailure(f"The SHACL engine broke off: {error}.") from None
    if not isinstance(results, rdflib.Graph):
        raise ValidationFailure(f"The SHACL engine broke off: {text}.")
    return [_finding(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)]


def _finding(results: rdflib.Graph, node: Any) -> Finding:
    """Read one ``sh:ValidationResult``."""
    path = results.value(node, SH.resultPath)
    value = results.value(node, SH.value)
    messages = sorted(str(message) for message in results.objects(node, SH.resultMessage))
    return Finding(
        severity=_SEVERITY.get(results.value(node, SH.resultSeverity), "violation"),
        focus=_term(results.value(node, SH.focusNode)),
        path=_path(results, path),
        value=None if value is None else _term(value),
        rule=str(results.value(node, SH.sourceShape)),
        component=str(results.value(node, SH.sourceConstraintComponent)),
        message=" ".join(messages),
    )


def _path(results: rdflib.Graph, path: Any) -> str:
    """Write a result path as SPARQL does; only what our shapes use has a short form."""
    if path is None:
        return ""
    if isinstance(path, rdflib.URIRef):
        return str(path.n3())
    inverse = results.value(path, SH.inversePath)
    return f"^{_path(results, inverse)}" if inverse is not None else "(a property path)"


def _node(term: Any) -> Any:
    """Turn a pyoxigraph term into an rdflib one."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == _STRING:
        # rdflib holds "x" and "x"^^xsd:string for two terms, RDF 1.1 for one.
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _term(node: Any) -> Term:
    """Turn an rdflib node into a pyoxigraph term."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return (
        Literal(str(node), datatype=NamedNode(str(node.datatype)))
        if node.datatype
        else Literal(str(node))
    )
