"""Rules over the ontology, one SPARQL query and one file each; an empty answer is a pass."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ip5kg.names import BASE
from ip5kg.resources import check_files, words_file
from ip5kg.sparql.header import read_header
from ip5kg.terms import Term, display
from ip5kg.validation.findings import SEVERITIES, Finding, Severity
from ip5kg.validation.screen import Selecting
from ip5kg.validation.spelling import read_words, run_spelling

__all__ = ["Check", "Running", "read_check", "read_checks", "run_check"]

Running: TypeAlias = Callable[[Selecting], list[Finding]]
"""What runs a check over a graph, and lists findings without a place."""

_TEXT = {"type": "string", "pattern": r"\S", "description": "Write a text."}
_HEADER: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["summary", "level", "message", "specification"],
    "properties": {
        "summary": _TEXT,
        "description": _TEXT,
        "level": {"type": "string", "enum": list(SEVERITIES)},
        "message": _TEXT,
        "specification": _TEXT,
    },
    "description": "Begin the file with lines such as “#+ summary: …”.",
}


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


def read_checks(root: Path) -> list[Running]:
    """Read all checks of a root: those that are stored as SPARQL, and that of the spelling.

    Raises:
        QueryHeaderError: When the header of one is wrong.
        InputError: When a file cannot be read.
    """
    found: list[Running] = [partial(run_check, read_check(path)) for path in check_files(root)]
    words = words_file(root)
    return found if words is None else [*found, partial(run_spelling, read_words(words))]


def read_check(path: Path) -> Check:
    """Read a check.

    Raises:
        QueryHeaderError: When its header is wrong.
    """
    header, text = read_header(path, _HEADER)
    return Check(
        iri=f"{BASE}checks/{path.parent.name}/{path.stem}",
        summary=header["summary"],
        severity=header["level"],
        message=header["message"],
        specification=header["specification"],
        query=text,
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
