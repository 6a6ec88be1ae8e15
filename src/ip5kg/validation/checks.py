"""Rules over the ontology, one SPARQL query and one file each; an empty answer is a pass."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ip5kg.errors import QueryHeaderError
from ip5kg.names import BASE
from ip5kg.sparql.header import read_header
from ip5kg.terms import Term, display
from ip5kg.validation.findings import SEVERITIES, Finding, Severity
from ip5kg.validation.screen import Selecting

__all__ = ["Check", "read_check", "run_check"]

_KEYS = frozenset(("summary", "description", "level", "message", "specification"))


class Check(NamedTuple):
    """A rule that offending nodes break.

    Attributes:
        iri: Its name, after its folder and file.
        summary: The rule in one sentence.
        severity: How grave a breach is.
        message: What to say of one, with ``{focus}`` and ``{detail}`` in it.
        specification: Where the rule comes from.
        query: A SELECT query with the variables ``?focus`` and ``?detail``.
    """

    iri: str
    summary: str
    severity: Severity
    message: str
    specification: str
    query: str


def read_check(path: Path) -> Check:
    """Read a check.

    Raises:
        QueryHeaderError: When its header is wrong.
    """
    fields, text = read_header(path, _KEYS)
    level = fields.text("level")
    for severity in SEVERITIES:
        if level == severity:
            return Check(
                iri=f"{BASE}checks/{path.parent.name}/{path.stem}",
                summary=fields.text("summary"),
                severity=severity,
                message=fields.text("message"),
                specification=fields.text("specification"),
                query=text,
            )
    raise QueryHeaderError(
        f"{path}: the level “{level}” is none.", hint=f"Possible: {', '.join(SEVERITIES)}."
    )


def run_check(check: Check, store: Selecting) -> list[Finding]:
    """List the nodes that break a rule, as findings without a place."""
    findings = []
    for row in store.select(check.query).rows:
        focus, detail = row[0], row[1]
        if focus is not None:
            message = check.message.replace("{focus}", _name(focus)).replace(
                "{detail}", _name(detail)
            )
            findings.append(Finding(check.severity, focus, "", detail, check.iri, "", message))
    return findings


def _name(term: Term | None) -> str:
    return display(term, {}, iris=True)
