"""The report as a ``sh:ValidationReport`` (SHACL, section 3.6) in Turtle."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE, is_iri
from ip5kg.render.reports.paths import path_triples
from ip5kg.render.triples import render_triples
from ip5kg.validation.findings import Finding
from ip5kg.validation.report import Report

__all__ = ["render_turtle"]

_SH = PREFIXES["sh"]
_XSD_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")


def render_turtle(report: Report) -> str:
    """Write a report as a ``sh:ValidationReport``.

    It has what SHACL defines, and so neither places nor what a baseline knows. The results are in
    the order of Turtle as this package writes it, since a set of results has none.

    Args:
        report: A report that is fit for writing.
    """
    return render_triples(_triples(report), "turtle")


def _triples(report: Report) -> Iterator[Triple]:
    node = BlankNode("report")
    conforms = Literal(str(report.conforms).lower(), datatype=_XSD_BOOLEAN)
    yield Triple(node, NamedNode(RDF_TYPE), NamedNode(_SH + "ValidationReport"))
    yield Triple(node, NamedNode(_SH + "conforms"), conforms)
    yield from _results(report.findings, node, "result", "result")


def _results(
    findings: tuple[Finding, ...], node: BlankNode, name: str, label: str
) -> Iterator[Triple]:
    """Describe results, and tie them to a report or to the result that they detail."""
    for number, finding in enumerate(findings):
        result = BlankNode(f"{label}{number}")
        yield Triple(node, NamedNode(_SH + name), result)
        yield Triple(result, NamedNode(RDF_TYPE), NamedNode(_SH + "ValidationResult"))
        yield from _result(finding, result)
        yield from _results(finding.details, result, "detail", f"{result.value}detail")


def _result(finding: Finding, node: BlankNode) -> Iterator[Triple]:
    """Describe a ``sh:ValidationResult``; its label is the beginning of those it needs."""

    def said(name: str, value: NamedNode | BlankNode | Literal) -> Triple:
        return Triple(node, NamedNode(_SH + name), value)

    # RDF 1.1 has no triple terms; a node without a name stands for one.
    focus = finding.focus
    yield said("focusNode", BlankNode(f"{node.value}focus") if isinstance(focus, Triple) else focus)
    own = is_iri(finding.level)
    level = finding.level if own else _SH + finding.severity.capitalize()
    yield said("resultSeverity", NamedNode(level))
    for message in finding.said or (Literal(finding.message, language="en"),):
        yield said("resultMessage", message)
    yield said("sourceShape", _named(finding.rule))
    if is_iri(finding.component):
        yield said("sourceConstraintComponent", NamedNode(finding.component))
    path = path_triples(finding.path, f"{node.value}path")
    if path is not None:
        yield said("resultPath", path[0])
        yield from path[1]
    if finding.value is not None and not isinstance(finding.value, Triple):
        yield said("value", finding.value)


def _named(rule: str) -> NamedNode | BlankNode:
    return BlankNode(rule.removeprefix("_:")) if rule.startswith("_:") else NamedNode(rule)
