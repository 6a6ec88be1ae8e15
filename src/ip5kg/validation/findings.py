"""A finding: what is wrong, by which rule, and where in the files it stands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeAlias

from pyoxigraph import BlankNode
from pyoxigraph import Literal as LiteralTerm

from ip5kg.names import PREFIXES
from ip5kg.terms import Term

__all__ = [
    "NOWHERE",
    "SEVERITIES",
    "Finding",
    "Place",
    "Severity",
    "lasting",
    "throughout",
    "with_fingerprints",
]

Severity: TypeAlias = Literal["violation", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""From the gravest to the lightest."""

_SPARQL = PREFIXES["sh"] + "SPARQLConstraintComponent"
_FINGERPRINT_LENGTH = 16


class Place(NamedTuple):
    """A stretch of text in a file.

    Attributes:
        file: The file, relative to the root where it lies inside; empty when there is none.
        line: The line where the stretch begins, counted from 1; 0 when only the file is known.
        column: The column where it begins, in characters, counted from 1; 0 when unknown.
        end_line: The line where it ends.
        end_column: The column after its last character.
        text: The whole line where it begins, without its end.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    text: str = ""

    def __str__(self) -> str:
        """Write it as ``file:line:column``, as far as it is known."""
        known = (self.file or "(no file)", *(n for n in (self.line, self.column) if n))
        return ":".join(map(str, known))


NOWHERE = Place()
"""The place of a finding about nothing that stands in a file."""


class Finding(NamedTuple):
    """One validation result (SHACL, section 3.6.2).

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        focus: The focus node.
        path: The result path as SPARQL writes it, or empty.
        value: The value node, or None.
        rule: The IRI of the source shape, or of the ontology check.
        component: The IRI of the constraint component, or empty for an ontology check.
        message: What is wrong, and what to do about it.
        place: The triple that causes it; for what is missing, the subject.
        related: Every further triple involved.
        suggestion: What was perhaps meant, as a sentence; or empty.
        known: Whether the baseline has it.
        fingerprint: What stays the same when lines move; empty until the report is complete.
        said: The result messages as the engine gives them, with their languages; or none.
        level: The IRI of the result severity, where it is one of the shapes' own; or empty.
        details: The results of the shape that the value does not conform to (``sh:detail``), where
            the engine tells them. They are no findings by themselves.
    """

    severity: Severity
    focus: Term
    path: str
    value: Term | None
    rule: str
    component: str
    message: str
    place: Place = NOWHERE
    related: tuple[Place, ...] = ()
    suggestion: str = ""
    known: bool = False
    fingerprint: str = ""
    said: tuple[LiteralTerm, ...] = ()
    level: str = ""
    details: tuple[Finding, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, str, str, str, str, str]:
        """Where it stands in a report: by place, severity, focus node and rule."""
        return (
            self.place.file,
            self.place.line,
            self.place.column,
            SEVERITIES.index(self.severity),
            lasting(self.focus),
            self.rule,
            self.path,
            lasting(self.value),
            self.message,
        )


def throughout(finding: Finding, change: Callable[[Finding], Finding]) -> Finding:
    """Change a finding and its details, and theirs."""
    details = tuple(throughout(detail, change) for detail in finding.details)
    return change(finding)._replace(details=details)


def with_fingerprints(findings: Iterable[Finding]) -> list[Finding]:
    """Give each finding a fingerprint that lasts when lines move.

    It is made of the rule and what breaks it, of a SPARQL-based constraint also of what it says.
    A blank node has no name that lasts; the text of its line stands for it. Findings that cannot
    be told apart are numbered.
    """
    seen: Counter[str] = Counter()
    marked = []
    for finding in findings:
        parts = [finding.rule, finding.component, finding.path]
        parts += [lasting(finding.focus), lasting(finding.value)]
        if finding.component == _SPARQL:
            # A shape may have several of these, which differ in what they say.
            parts.append(finding.message)
        if isinstance(finding.focus, BlankNode):
            parts.append(finding.place.text.strip())
        whole = "\n".join(parts)
        seen[whole] += 1
        text = f"{whole}\n{seen[whole]}"
        fingerprint = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        marked.append(finding._replace(fingerprint=fingerprint[:_FINGERPRINT_LENGTH]))
    return marked


def lasting(term: Term | None) -> str:
    """Write a term, but for the label of a blank node, which changes from run to run."""
    if term is None:
        return ""
    return "_:" if isinstance(term, BlankNode) else str(term)
