"""The report of a validation: all findings, and what they were found with."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

from ip5kg.errors import UnknownFormat
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.validation.findings import SEVERITIES, Finding, Severity

__all__ = ["KnownFinding", "Report"]

_SH = PREFIXES["sh"]
_XSD_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")


class KnownFinding(NamedTuple):
    """A finding as a baseline remembers it.

    Attributes:
        fingerprint: What the finding is told by.
        rule: The IRI of the source shape or check.
        focus: The focus node, as N-Triples writes it.
        message: What was wrong.
    """

    fingerprint: str
    rule: str
    focus: str
    message: str


class Report(NamedTuple):
    """All findings of one validation.

    Attributes:
        findings: Sorted by file, line and column, severity, focus node and rule.
        triples: How many triples were validated.
        shapes: How many node and property shapes were used.
        checks: How many ontology checks were run.
        engine: What evaluated the shapes.
        notes: What the reader must know about how it was done, as sentences.
        gone: What the baseline has and this validation did not find.
    """

    findings: tuple[Finding, ...]
    triples: int
    shapes: int
    checks: int
    engine: str = ""
    notes: tuple[str, ...] = ()
    gone: tuple[KnownFinding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no finding, of whatever severity (SHACL, section 3.6.1.1)."""
        return not self.findings

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, threshold: str) -> bool:
        """Tell whether a finding that is not known is at least as grave as the threshold.

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
        return any(finding.severity in grave and not finding.known for finding in self.findings)

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
