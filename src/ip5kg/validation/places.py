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
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.errors import Ip5kgError
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term
from ip5kg.turtle.reader import read_bytes
from ip5kg.validation.findings import NOWHERE, Finding, Place
from ip5kg.validation.shapes import ShapesGraph

if TYPE_CHECKING:
    from ip5kg.turtle.positions import Positions

__all__ = ["Places", "near"]

_SH = PREFIXES["sh"]
_TURTLE = frozenset((".ttl", ".nt"))
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


class _Row(NamedTuple):
    """A triple of a file, by its number there."""

    path: Path
    number: int
    triple: Triple


class Places:
    """The places of triples in files.

    Args:
        parsed: File → its triples, in the order of the file; earlier files are looked at first.
        name: How a report calls a file.
        shapes: The shapes graph; it says what a constraint compares with what.
    """

    def __init__(
        self,
        parsed: Mapping[Path, list[Triple]],
        name: Callable[[Path], str],
        shapes: ShapesGraph,
    ) -> None:
        self._parsed = parsed
        self._name = name
        self._shapes = shapes
        self._read: dict[Path, Positions | None] = {}
        self._rows: dict[Term, list[_Row]] = {}
        self._mentions: dict[Term, list[_Row]] = {}

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give each finding its place and the places of the further triples involved."""
        given = list(findings)
        wanted = {node for finding in given for node in _nodes(finding)}
        self._rows = self._rows_with(wanted, itemgetter(0))
        # What no file describes may be spoken of.
        self._mentions = self._rows_with(wanted - self._rows.keys(), itemgetter(2))
        return [self._placed(finding) for finding in given]

    def _rows_with(
        self, wanted: set[Term], part: Callable[[Triple], Term]
    ) -> dict[Term, list[_Row]]:
        """Find the triples with some nodes as their subject or as their object."""
        rows: dict[Term, list[_Row]] = defaultdict(list)
        if wanted:
            for path, triples in self._parsed.items():
                for number, triple in enumerate(triples):
                    node = part(triple)
                    if node in wanted:
                        rows[node].append(_Row(path, number, triple))
        return rows

    def _placed(self, finding: Finding) -> Finding:
        place, others = self._cause(finding)
        others += [self._subject(node) for node in _nodes(finding) if node != finding.focus]
        related = dict.fromkeys(other for other in others if other.file and other != place)
        return finding._replace(place=place, related=tuple(related)[:_MOST_RELATED])

    def _cause(self, finding: Finding) -> tuple[Place, list[Place]]:
        """Find the triple that causes a finding, and those it is compared with."""
        rows = self._rows.get(finding.focus, [])
        step = _FIRST_STEP.match(finding.path)
        steps = [row for row in rows if step and row.triple.predicate.value == step[1]]
        if finding.value is None:
            return self._without_value(finding, steps)
        direct = [row for row in steps if row.triple.object == finding.value]
        inverse = _INVERSE.fullmatch(finding.path)
        if inverse:
            back = [
                row
                for row in self._rows.get(finding.value, [])
                if row.triple.predicate.value == inverse[1] and row.triple.object == finding.focus
            ]
            if back:
                return self._object(back[0]), []
        part = "predicate" if finding.component == _CLOSED else "object"
        if not finding.path and finding.value != finding.focus:
            direct = [row for row in rows if row.triple.object == finding.value]
            if not direct:
                # An ontology check may complain of what is said, by whatever value.
                direct = [row for row in rows if row.triple.predicate == finding.value]
                part = "predicate"
        if direct:
            place = self._place(direct[0], part)
            return place, [self._object(row) for row in self._compared(finding, rows)]
        if len(steps) == 1 and not _SIMPLE.fullmatch(finding.path):
            return self._object(steps[0]), []
        return self._subject(finding.focus), []

    def _without_value(self, finding: Finding, steps: list[_Row]) -> tuple[Place, list[Place]]:
        """Find the place of what is too much, or the subject of what is missing."""
        if finding.component == _UNIQUE:
            steps = list(_same_language(steps))
        elif finding.component not in _EXCESS:
            return self._subject(finding.focus), [self._object(row) for row in steps]
        if not steps:
            return self._subject(finding.focus), []
        most = self._most(finding) if finding.component in _EXCESS else 1
        excess = steps[min(most, len(steps) - 1)]
        return self._object(excess), [self._object(row) for row in steps if row != excess]

    def _most(self, finding: Finding) -> int:
        """Tell how many values the shape allows."""
        said = self._shapes.properties.get(NamedNode(finding.rule), {}) if finding.rule else {}
        for literal in said.get(_SH + "maxCount", []) + said.get(_SH + "qualifiedMaxCount", []):
            if isinstance(literal, Literal) and literal.value.isdecimal():
                return int(literal.value)
        return 1

    def _compared(self, finding: Finding, rows: list[_Row]) -> list[_Row]:
        """Find the triples with which the shape compares the value."""
        said = self._shapes.properties.get(NamedNode(finding.rule), {}) if finding.rule else {}
        others = {str(t) for name in _COMPARED for t in said.get(name, [])}
        return [row for row in rows if str(row.triple.predicate) in others]

    def _subject(self, node: Term) -> Place:
        """Return where a node is described, at its class if that is told, or else spoken of."""
        rows = self._rows.get(node, [])
        typed = [row for row in rows if row.triple.predicate.value == RDF_TYPE]
        if rows:
            return self._place((typed or rows)[0], "subject")
        mentions = self._mentions.get(node)
        return self._object(mentions[0]) if mentions else NOWHERE

    def _object(self, row: _Row) -> Place:
        return self._place(row, "object")

    def _place(self, row: _Row, part: str) -> Place:
        file = self._name(row.path)
        positions = self._positions(row.path)
        if positions is None:
            return Place(file)
        start, end = getattr(positions.triples[row.number], part)
        line, column = positions.position(start)
        end_line, end_column = positions.position(end)
        return Place(file, line, column, end_line, end_column, positions.line_text(line))

    def _positions(self, path: Path) -> Positions | None:
        """Read a file with places, if it is Turtle and still the same."""
        if path not in self._read:
            self._read[path] = _located(path, self._parsed[path])
        return self._read[path]


def near(path: Path, root: Path) -> str:
    """Call a file as seen from the working folder or, where that is elsewhere, from the root."""
    for folder in (Path.cwd(), root.absolute()):
        if path.absolute().is_relative_to(folder):
            return path.absolute().relative_to(folder).as_posix()
    return os.fspath(path)


def _located(path: Path, triples: list[Triple]) -> Positions | None:
    if path.suffix.lower() not in _TURTLE:
        return None
    # Its pattern takes a while to compile, and there may be nothing to locate.
    from ip5kg.turtle.positions import locate

    try:
        positions = locate(read_bytes(path).decode(), base=path.absolute().as_uri(), file=str(path))
    except Ip5kgError:
        # It has changed since it was read, or has what only the engine takes.
        return None
    return positions if len(positions.triples) == len(triples) else None


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


def _same_language(rows: list[_Row]) -> Iterator[_Row]:
    """List the texts of the first language that has more than one."""
    by_language: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        target = row.triple.object
        if isinstance(target, Literal) and target.language:
            by_language[target.language.lower()].append(row)
    yield from next((same for same in by_language.values() if len(same) > 1), [])
