"""Where findings stand: from a validation result back to the triples in the files.

A result of SHACL names nodes, not places. The triple that causes it is the one from the focus
node over the result path to the value; for what is missing, the place is the subject. Further
triples involved are those that define the value, that stand on the other side of a comparison, or
that the message names.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term
from ip5kg.validation.described import Said, said_of, said_with
from ip5kg.validation.files import ParsedFiles
from ip5kg.validation.findings import NOWHERE, Finding, Place, throughout
from ip5kg.validation.shapes import ShapesGraph

__all__ = ["Places", "near"]

_SH = PREFIXES["sh"]
_SIMPLE = re.compile(r"<([^<>]*)>")
_INVERSE = re.compile(r"\^<([^<>]*)>")
_FIRST_STEP = re.compile(r"\(?<([^<>]*)>")
_MENTIONED = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_PUNCTUATION = ".,;:!?)”’"
_EXCESS = frozenset(
    (_SH + "MaxCountConstraintComponent", _SH + "QualifiedMaxCountConstraintComponent")
)
_UNIQUE = _SH + "UniqueLangConstraintComponent"
_CLOSED = _SH + "ClosedConstraintComponent"
_COMPARED = tuple(_SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_MOST_RELATED = 20


class Places:
    """The places of triples in files.

    Args:
        parsed: File → its triples, in the order of the file; earlier files are looked at first.
        name: How a report calls a file.
        shapes: The shapes graph; it says what a constraint compares with what.
        targets: File of the shapes graph → its triples. They name the target nodes that no data
            file knows.
    """

    def __init__(
        self,
        parsed: Mapping[Path, list[Triple]],
        name: Callable[[Path], str],
        shapes: ShapesGraph,
        targets: Mapping[Path, list[Triple]] | None = None,
    ) -> None:
        self._parsed = ParsedFiles.of(parsed)
        self._targets = ParsedFiles.of(targets or {})
        self._name = name
        self._shapes = shapes
        self._said: dict[Term, list[Said]] = {}
        self._mentions: dict[Term, Said] = {}

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give each finding its place and the places of the further triples involved."""
        given = list(findings)
        wanted = {node for finding in _all(given) for node in _nodes(finding)}
        self._said = said_of(self._parsed, wanted, self._name)
        # What no file describes is at least spoken of.
        undescribed = {finding.focus for finding in _all(given)} - self._said.keys()
        self._mentions = said_with(self._parsed, undescribed, self._name)
        unknown = undescribed - self._mentions.keys()
        if unknown and self._targets:
            self._mentions |= said_with(self._targets, unknown, self._name)
        return [throughout(finding, self._placed) for finding in given]

    def _placed(self, finding: Finding) -> Finding:
        place, others = self._cause(finding)
        others += [self._subject(node) for node in _nodes(finding) if node != finding.focus]
        related = dict.fromkeys(other for other in others if other.file and other != place)
        return finding._replace(place=place, related=tuple(related)[:_MOST_RELATED])

    def _cause(self, finding: Finding) -> tuple[Place, list[Place]]:
        """Find the triple that causes a finding, and those it is compared with."""
        rows = self._said.get(finding.focus, [])
        step = _FIRST_STEP.match(finding.path)
        steps = [row for row in rows if step and row.triple.predicate.value == step[1]]
        if finding.value is None:
            return self._without_value(finding, steps)
        if steps and str(finding.value) == finding.path:
            # The property itself is at fault: it is unknown, or of another class.
            return steps[0].predicate, []
        direct = [row for row in steps if row.triple.object == finding.value]
        if not direct and isinstance(finding.value, BlankNode):
            # An engine may call a blank node otherwise than the file.
            direct = [row for row in steps if isinstance(row.triple.object, BlankNode)]
        inverse = _INVERSE.fullmatch(finding.path)
        if inverse:
            back = [
                row
                for row in self._said.get(finding.value, [])
                if row.triple.predicate.value == inverse[1] and row.triple.object == finding.focus
            ]
            if back:
                return back[0].object, []
        part = "predicate" if finding.component == _CLOSED else "object"
        if not finding.path and finding.value != finding.focus:
            direct = [row for row in rows if row.triple.object == finding.value]
            if not direct:
                # An ontology check may complain of what is said, by whatever value.
                direct = [row for row in rows if row.triple.predicate == finding.value]
                part = "predicate"
        if direct:
            compared = self._compared(finding, rows)
            place = direct[0].predicate if part == "predicate" else direct[0].object
            return place, [row.object for row in compared]
        if len(steps) == 1 and not _SIMPLE.fullmatch(finding.path):
            return steps[0].object, []
        return self._subject(finding.focus), []

    def _without_value(self, finding: Finding, steps: list[Said]) -> tuple[Place, list[Place]]:
        """Find the place of what is too much, or the subject of what is missing."""
        if finding.component == _UNIQUE:
            steps = list(_same_language(steps))
        elif finding.component not in _EXCESS:
            return self._subject(finding.focus), [row.object for row in steps]
        if not steps:
            return self._subject(finding.focus), []
        most = self._most(finding) if finding.component in _EXCESS else 1
        excess = steps[min(most, len(steps) - 1)]
        return excess.object, [row.object for row in steps if row != excess]

    def _most(self, finding: Finding) -> int:
        """Tell how many values the shape allows."""
        said = self._shapes.properties.get(NamedNode(finding.rule), {}) if finding.rule else {}
        for literal in said.get(_SH + "maxCount", []) + said.get(_SH + "qualifiedMaxCount", []):
            if isinstance(literal, Literal) and literal.value.isdecimal():
                return int(literal.value)
        return 1

    def _compared(self, finding: Finding, rows: list[Said]) -> list[Said]:
        """Find the triples with which the shape compares the value."""
        said = self._shapes.properties.get(NamedNode(finding.rule), {}) if finding.rule else {}
        others = {str(t) for name in _COMPARED for t in said.get(name, [])}
        return [row for row in rows if str(row.triple.predicate) in others]

    def _subject(self, node: Term) -> Place:
        """Return where a node is described, at its class if that is told, or else spoken of."""
        rows = self._said.get(node, [])
        typed = [row for row in rows if row.triple.predicate.value == RDF_TYPE]
        if rows:
            return (typed or rows)[0].subject
        mention = self._mentions.get(node)
        if not mention:
            return NOWHERE
        return mention.object if mention.triple.object == node else mention.predicate


def near(path: Path, root: Path) -> str:
    """Call a file as seen from the working folder or, where that is elsewhere, from the root."""
    for folder in (Path.cwd(), root.absolute()):
        if path.absolute().is_relative_to(folder):
            return path.absolute().relative_to(folder).as_posix()
    return os.fspath(path)


def _all(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Go through findings and their details, and theirs."""
    for finding in findings:
        yield finding
        yield from _all(finding.details)


def _nodes(finding: Finding) -> Iterator[Term]:
    """List the nodes that a finding is about: focus node, value, and those the message names."""
    yield finding.focus
    if finding.value is not None and not isinstance(finding.value, Literal | Triple):
        yield finding.value
    for found in _MENTIONED.finditer(finding.message):
        yield from _named(found[0].rstrip(_PUNCTUATION))


def _named(iri: str) -> Iterator[NamedNode]:
    try:
        yield NamedNode(iri)
    except ValueError:
        return


def _same_language(rows: list[Said]) -> Iterator[Said]:
    """List the texts of the first language that has more than one."""
    by_language: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        target = row.triple.object
        if isinstance(target, Literal) and target.language:
            by_language[target.language.lower()].append(row)
    yield from next((same for same in by_language.values() if len(same) > 1), [])
