"""Reports made fit for writing: every text is Unicode, and no name changes from run to run."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Triple

from ip5kg.names import is_iri, shorten
from ip5kg.terms import Term
from ip5kg.validation.findings import Finding, Place
from ip5kg.validation.report import KnownFinding, Report

__all__ = ["fit"]

_HALF = re.compile("[\ud800-\udfff]")
# Sentences go on after an IRI: what may end it is not a part of it.
_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]*[\w/#]")
_REPLACEMENT = "\ufffd"


def fit(report: Report) -> Report:
    """Make a report fit for writing.

    Blank nodes get labels in the order of the findings, since those of parsers are random. A rule
    that is no IRI is a shape without a name; it is a blank node, too. IRIs in messages become
    prefixed names where a prefix is known. Halves of surrogate pairs, as names of files can have
    them, become U+FFFD, but for the names of files themselves.
    """
    renamed = _Renamed()
    return report._replace(
        findings=tuple(_finding(finding, renamed) for finding in report.findings),
        engine=_whole(report.engine),
        notes=tuple(map(_whole, report.notes)),
        gone=tuple(KnownFinding(*map(_whole, entry)) for entry in report.gone),
    )


class _Renamed:
    """Labels of blank nodes, given as they are asked for."""

    def __init__(self) -> None:
        self._nodes: dict[str, str] = {}
        self._shapes: dict[str, str] = {}

    def term(self, term: Term) -> Term:
        """Rename a blank node, and those in a triple term."""
        if isinstance(term, BlankNode):
            return BlankNode(self._nodes.setdefault(term.value, f"b{len(self._nodes)}"))
        if isinstance(term, Triple):
            # A triple term can hold others, and only its subject and object can be blank nodes.
            subject, target = self.term(term.subject), self.term(term.object)
            return Triple(subject, term.predicate, target)  # type: ignore[arg-type]
        return term

    def shape(self, rule: str) -> str:
        """Rename a shape that is a blank node."""
        if is_iri(rule):
            return rule
        return self._shapes.setdefault(rule, f"_:shape{len(self._shapes)}")


def _finding(finding: Finding, renamed: _Renamed) -> Finding:
    return finding._replace(
        focus=renamed.term(finding.focus),
        path=_whole(finding.path),
        value=None if finding.value is None else renamed.term(finding.value),
        rule=renamed.shape(_whole(finding.rule)),
        component=_whole(finding.component),
        message=_IRI.sub(lambda found: shorten(found[0]), _whole(finding.message)),
        place=_place(finding.place),
        related=tuple(map(_place, finding.related)),
        suggestion=_whole(finding.suggestion),
        fingerprint=_whole(finding.fingerprint),
        details=tuple(_finding(detail, renamed) for detail in finding.details),
    )


def _place(place: Place) -> Place:
    return place._replace(text=_whole(place.text)) if place.text else place


def _whole(text: str) -> str:
    return text if text.isascii() else _HALF.sub(_REPLACEMENT, text)
