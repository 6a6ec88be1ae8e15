"""A mutant: a small edit of the text of one file, and where the error then stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias, TypeVar

from ip5kg.names import shorten
from mutation.corpus import Corpus, Row

__all__ = ["Edit", "Mutant", "Mutants", "Pen", "merged", "mixed"]

_T = TypeVar("_T")
_LONGEST = 60


class Edit(NamedTuple):
    """Replace the characters from ``start`` to before ``end`` by a text."""

    start: int
    end: int
    text: str


class Mutant(NamedTuple):
    """A data file with one seeded error.

    Attributes:
        kind: What sort of error it is.
        file: The file, relative to the root.
        edits: What to change, in order and without overlap.
        subject: The IRI of the node that is changed.
        owner: The class of that node, as a prefixed name.
        name: The property concerned, as a prefixed name; empty when it is the node itself.
        what: What was changed, for people.
        expected: Where a finding may rightly stand: offsets in the text as it was, each with how
            many characters to go on from there in the text as it is; empty when it is not known.
    """

    kind: str
    file: Path
    edits: tuple[Edit, ...]
    subject: str
    owner: str
    name: str
    what: str
    expected: tuple[tuple[int, int], ...] = ()

    def apply(self, text: str) -> str:
        """Make the changes."""
        parts, done = [], 0
        for edit in self.edits:
            parts += [text[done : edit.start], edit.text]
            done = edit.end
        return "".join((*parts, text[done:]))

    def places(self, text: str) -> list[tuple[int, int]]:
        """List the lines and columns of the error in the changed text, counted from 1."""
        changed = self.apply(text)
        lines = [0, *(n + 1 for n, character in enumerate(changed) if character == "\n")]
        found = []
        for offset, further in self.expected:
            at = offset + further
            at += sum(len(e.text) - (e.end - e.start) for e in self.edits if e.start < offset)
            line = bisect_right(lines, at)
            found.append((line, at - lines[line - 1] + 1))
        return found


def merged(mutants: Iterable[Mutant]) -> Mutant:
    """Put the edits of several mutants of one file together."""
    first, *others = mutants
    edits = [*first.edits, *(edit for other in others for edit in other.edits)]
    return first._replace(edits=tuple(sorted(edits)))


Mutants: TypeAlias = Iterator[Mutant | None]
"""Mutants of one kind; None stands for one that could not be made."""


class Pen:
    """Writes mutants of one kind.

    Args:
        kind: The kind.
        corpus: The data.
    """

    def __init__(self, kind: str, corpus: Corpus) -> None:
        self.kind = kind
        self.corpus = corpus

    def replace(self, row: Row, text: str) -> Mutant:
        """Write another object."""
        what = f"{self._old(row)} → {_cut(text)}"
        return self._mutant(row, (Edit(row.start, row.end, text),), what, ((row.start, 0),))

    def replace_all(self, pairs: Iterable[tuple[Row, str]]) -> Mutant:
        """Write other objects in several statements about one subject."""
        changes = sorted(pairs, key=lambda pair: pair[0].start)
        edits = tuple(Edit(row.start, row.end, text) for row, text in changes)
        what = "; ".join(f"{self._old(row)} → {_cut(text)}" for row, text in changes)
        return self._mutant(changes[0][0], edits, what, tuple((e.start, 0) for e in edits))

    def rename_predicate(self, row: Row, name: str) -> Mutant:
        """Write another property before the objects of one."""
        start, end = row.located.predicate
        what = f"{row.name} → {name}"
        edit = Edit(start, end, self.corpus.write(row.file, name))
        return self._mutant(row, (edit,), what, ((start, 0),))

    def rename_subject(self, subject: str, name: str) -> Mutant | None:
        """Write another name at the place where a node is described."""
        row = self.corpus.rows[subject][0]
        start, end = row.located.subject
        if self.corpus.block(subject) is None:
            return None
        what = f"{shorten(subject)} → {name}"
        edit = Edit(start, end, self.corpus.write(row.file, name) if ":" in name else name)
        return self._mutant(row, (edit,), what, ((start, 0),), name="")

    def drop(self, rows: list[Row]) -> Mutant | None:
        """Take away all values that a node has of a property."""
        edit = self._without(rows)
        if edit is None:
            return None
        subject = rows[0].located.subject[0]
        return self._mutant(rows[0], (edit,), f"without {self._old(rows[0])}", ((subject, 0),))

    def add(self, row: Row, text: str) -> Mutant:
        """Write a second object beside one."""
        edit = Edit(row.end, row.end, f" ,\n        {text}")
        what = f"{row.name} also {_cut(text)}"
        return self._mutant(row, (edit,), what, ((row.end, len(edit.text) - len(text)),))

    def state(self, subject: str, name: str, text: str) -> Mutant | None:
        """Write a further statement about a node."""
        if self.corpus.block(subject) is None:
            return None
        last = max(self.corpus.rows[subject], key=lambda row: row.end)
        edit = Edit(last.end, last.end, f" ;\n    {self.corpus.write(last.file, name)} {text}")
        at = (last.end, len(edit.text) - len(text))
        return self._mutant(last, (edit,), f"also {name} {_cut(text)}", (at,), name=name)

    def remove(self, subject: str) -> Mutant | None:
        """Take a node's whole description away."""
        block = self.corpus.block(subject)
        if block is None:
            return None
        file, start, end = block
        row = self.corpus.rows[subject][0]
        others = [
            (other.start, 0) for other in self.corpus.named.get(subject, []) if other.file == file
        ]
        return self._mutant(
            row, (Edit(start, end, ""),), f"without {shorten(subject)}", tuple(others), name=""
        )

    def copy(self, subject: str, name: str) -> Mutant | None:
        """Write a node's description once more under another name."""
        block = self.corpus.block(subject)
        if block is None:
            return None
        file, start, end = block
        row = self.corpus.rows[subject][0]
        text = self.corpus.text(file)
        rest = text[row.located.subject[1] : end].rstrip("\n")
        edit = Edit(len(text), len(text), f"\n{name}{rest}\n")
        what = f"{shorten(subject)} once more as {name}"
        return self._mutant(row, (edit,), what, ((start, 0), (len(text), 1)), name="")

    def turn(self, row: Row) -> Mutant | None:
        """Exchange the subject and the object of one statement."""
        group = [r for r in self.corpus.of(row.subject, row.name) if r.file == row.file]
        edit = self._without(group) if len(group) == 1 else None
        if edit is None:
            return None
        text = self.corpus.text(row.file)
        subject, target = row.located.subject, row.located.object
        turned = (
            f"\n{text[slice(*target)]} {self.corpus.write(row.file, row.name)} "
            f"{text[slice(*subject)]} .\n"
        )
        more = Edit(len(text), len(text), turned)
        places = ((subject[0], 0), (len(text), 1))
        return self._mutant(row, (edit, more), f"turned round: {self._old(row)}", places)

    def _mutant(
        self,
        row: Row,
        edits: tuple[Edit, ...],
        what: str,
        expected: tuple[tuple[int, int], ...],
        *,
        name: str | None = None,
    ) -> Mutant:
        return Mutant(
            self.kind,
            row.file,
            edits,
            row.subject,
            self.corpus.classes.get(row.subject, ""),
            row.name if name is None else name,
            what,
            expected,
        )

    def _without(self, rows: list[Row]) -> Edit | None:
        """Find what to delete so that some objects of one property go, and nothing else does."""
        first, last = min(r.start for r in rows), max(r.end for r in rows)
        around = sorted(
            (r for r in self.corpus.rows[rows[0].subject] if r.file == rows[0].file),
            key=lambda row: row.start,
        )
        before = [r for r in around if r.end <= first]
        after = [r for r in around if r.start >= last]
        if before:
            return Edit(before[-1].end, last, "")
        if after:
            return Edit(rows[0].located.predicate[0], after[0].located.predicate[0], "")
        return None

    def _old(self, row: Row) -> str:
        return f"{row.name} {_cut(self.corpus.text(row.file)[row.start : row.end])}"


def mixed(items: Iterable[_T], key: Callable[[_T], object], rng: Random) -> Iterator[_T]:
    """Go through things in a random order in which the groups of a key take turns."""
    groups: dict[object, list[_T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    order = sorted(groups, key=str)
    rng.shuffle(order)
    for group in order:
        rng.shuffle(groups[group])
    while order:
        for group in order:
            yield groups[group].pop()
        order = [group for group in order if groups[group]]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
