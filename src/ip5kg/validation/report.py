"""What validation says: findings, and the report that holds them."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

from ip5kg.errors import UnknownFormat
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term

__all__ = ["SEVERITIES", "Finding", "Report", "Severity"]

Severity: TypeAlias = Literal["violation", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""From the gravest to the lightest."""

_SH = PREFIXES["sh"]
_XSD_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")


class Finding(NamedTuple):
    """One validation result (SHACL, section 3.6.2).

    Attributes:
        file: The file that the focus node stands in, relative to the root; empty when unknown.
        severity: ``violation``, ``warning`` or ``info``.
        focus: The focus node.
        path: The result path as SPARQL writes it, or empty.
        value: The value node, or None.
        rule: The IRI of the source shape, or of the ontology check.
        component: The IRI of the constraint component, or empty for an ontology check.
        message: What is wrong, and what to do about it.
    """

    file: str
    severity: Severity
    focus: Term
    path: str
    value: Term | None
    rule: str
    component: str
    message: str

    @property
    def order(self) -> tuple[str, int, str, str, str, str, str]:
        """The place of the finding in a report: by file, severity, focus node and rule."""
        return (
            self.file,
            SEVERITIES.index(self.severity),
            str(self.focus),
            self.rule,
            self.path,
            str(self.value),
            self.message,
        )


class Report(NamedTuple):
    """All findings of one validation.

    Attributes:
        findings: Sorted by file, severity, focus node and rule.
        triples: How many triples were validated.
        shapes: How many node and property shapes were used.
        checks: How many ontology checks were run.
    """

    findings: tuple[Finding, ...]
    triples: int
    shapes: int
    checks: int

    @property
    def conforms(self) -> bool:
        """Whether there is no finding, of whatever severity (SHACL, section 3.6.1.1)."""
        return not self.findings

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, threshold: str) -> bool:
        """Tell whether a finding is at least as grave as the threshold.

        Args:
            threshold: ``violation``, ``warning``, ``info``, or ``never``.

        Raises:
            UnknownFormat: For any other threshold.
        """
        if threshold == "never":
            return False
        if threshold not in SEVERITIES:
            raise UnknownFormat(f"“{threshold}” is no severity.")
        grave = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in grave for finding in self.findings)

    def to_triples(self) -> list[Triple]:
        """Return the report as a ``sh:ValidationReport``."""
        report = BlankNode("report")
        triples = [
            Triple(report, NamedNode(RDF_TYPE), NamedNode(_SH + "ValidationReport")),
            Triple(report, NamedNode(_SH + "conforms"), _boolean(self.conforms)),
        ]
        for number, finding in enumerate(self.findings):
            node = BlankNode(f"result{number}")
            triples.append(Triple(report, NamedNode(_SH + "result"), node))
            triples.extend(
                Triple(node, NamedNode(predicate), value)
                for predicate, value in _properties(finding)
            )
        return triples


def _boolean(value: bool) -> RdfLiteral:
    return RdfLiteral("true" if value else "false", datatype=_XSD_BOOLEAN)


def _properties(finding: Finding) -> list[tuple[str, NamedNode | BlankNode | RdfLiteral]]:
    """List the properties of a ``sh:ValidationResult``."""
    focus = finding.focus if not isinstance(finding.focus, Triple) else BlankNode()
    properties: list[tuple[str, NamedNode | BlankNode | RdfLiteral]] = [
        (RDF_TYPE, NamedNode(_SH + "ValidationResult")),
        (_SH + "focusNode", focus),
        (_SH + "resultSeverity", NamedNode(_SH + finding.severity.capitalize())),
        (_SH + "resultMessage", RdfLiteral(finding.message, language="en")),
        (_SH + "sourceShape", NamedNode(finding.rule)),
    ]
    if finding.component:
        properties.append((_SH + "sourceConstraintComponent", NamedNode(finding.component)))
    if finding.path.startswith("<"):
        properties.append((_SH + "resultPath", NamedNode(finding.path[1:-1])))
    if finding.value is not None and not isinstance(finding.value, Triple):
        properties.append((_SH + "value", finding.value))
    return properties
