"""The report of a validation: all findings, and what they were found with."""

from __future__ import annotations

from typing import NamedTuple

from ip5kg.errors import UnknownFormat
from ip5kg.validation.coverage import Coverage
from ip5kg.validation.findings import SEVERITIES, Finding, Severity

__all__ = ["KnownFinding", "Report"]


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
        baselined: Whether there was a baseline.
        coverage: What of the data the shapes look at, when that was measured.
        subject: The file, folder or endpoint that was checked, of several the first. What stands in
            no file stands there, for formats that want a place.
    """

    findings: tuple[Finding, ...]
    triples: int
    shapes: int
    checks: int
    engine: str = ""
    notes: tuple[str, ...] = ()
    gone: tuple[KnownFinding, ...] = ()
    baselined: bool = False
    coverage: Coverage | None = None
    subject: str = ""

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
