"""An answer with the sources that its rows rest on."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal

from ip5kg.answers.answer import Answer
from ip5kg.store import Solutions
from ip5kg.terms import Term

__all__ = ["COLUMN", "Cited", "Note"]

COLUMN = "sources"
"""The name of the column with the sources of a row."""


class Note(NamedTuple):
    """A footnote: a passage of a source, or a source as a whole.

    Attributes:
        source: The IRI of the source.
        locator: Where in the source; empty for the whole.
        title: Its title, or its label where it has none.
        publisher: Who published it; empty when that is not known.
        address: Where it was consulted; empty when that is not on the web.
    """

    source: str
    locator: str
    title: str
    publisher: str
    address: str


class Cited(NamedTuple):
    """An answer with the sources of each row.

    Attributes:
        answer: The answer.
        notes: The footnotes, in the order in which the rows call for them.
        marks: For each row the numbers of its notes, counted from 1.
    """

    answer: Answer
    notes: tuple[Note, ...]
    marks: tuple[tuple[int, ...], ...]

    def with_column(self) -> Answer:
        """Return the answer with one more column: the IRIs of the sources, between blanks."""
        answer = self.answer
        rows: list[tuple[Term | None, ...]] = []
        for row, marks in zip(answer.solutions.rows, self.marks, strict=True):
            iris = dict.fromkeys(self.notes[mark - 1].source for mark in marks)
            rows.append((*row, Literal(" ".join(iris)) if iris else None))
        solutions = Solutions((*answer.columns, COLUMN), rows)
        return Answer(solutions, answer.labels, answer.text, answer.given)
