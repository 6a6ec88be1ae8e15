"""The columns of an answer as what a picture can show: labels, numbers, times and things."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import UnfitView
from ip5kg.names import PREFIXES
from ip5kg.terms import display
from ip5kg.turtle.lexical import UNSEEN

if TYPE_CHECKING:
    from ip5kg.answers.columns import Column
    from ip5kg.store import Solutions
    from ip5kg.terms import Term

__all__ = [
    "Field",
    "Rows",
    "When",
    "clean",
    "column_words",
    "fields_of",
    "label_field",
    "number_field",
    "one_to_one",
    "unfit",
]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?")
_YEAR_NAME = re.compile(r"(?i).*year|first|last|from|to|since|until|begin|end")
_FIRST_YEAR, _LAST_YEAR = 1500, 2200
_ASIDE = tuple(PREFIXES[name] for name in ("confidence", "passage", "precision", "source"))
_NUMBERS = frozenset(("integer", "decimal", "double"))
# A text that is longer on average is a definition or a quotation, and labels nothing.
_LONGEST_LABEL = 60


class Rows(Protocol):
    """What is known of an answer where it is drawn; ``Answer`` has it all, and draws itself."""

    solutions: Solutions
    labels: dict[str, str]
    text: str
    given: dict[str, Sequence[Term]]

    def __len__(self) -> int: ...

    def typed_columns(self) -> list[Column]:
        """Return the columns with one type each."""
        ...


class When(NamedTuple):
    """A day, a month or a year.

    Attributes:
        first: The number of its first day in the calendar that Python counts.
        past: The number of the day after its last.
        text: The form in which it was given.
    """

    first: int
    past: int
    text: str

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.first + self.past) / 2

    @property
    def exact(self) -> bool:
        """Whether it is a day."""
        return self.past - self.first == 1


class Field(NamedTuple):
    """A column.

    Attributes:
        name: The variable.
        number: Its place, counted from 0.
        texts: A label for each row; empty where it is unbound.
        terms: The terms.
        times: When each row is, if the column holds nothing but times.
        numbers: A number for each row, if it holds nothing but numbers that are no years.
        things: Whether all its terms are IRIs.
        aside: Whether it is about the row: its sources, or how well they bear it out.
    """

    name: str
    number: int
    texts: list[str]
    terms: list[Term | None]
    times: list[When | None] | None
    numbers: list[float | None] | None
    things: bool
    aside: bool

    @property
    def distinct(self) -> int:
        """How many different labels it has, of which none is one."""
        return len(set(self.texts))

    @property
    def says(self) -> bool:
        """Whether its texts can be labels."""
        if self.times or self.numbers or self.aside or not any(self.texts):
            return False
        bound = [text for text in self.texts if text]
        return self.things or sum(map(len, bound)) <= _LONGEST_LABEL * len(bound)


def fields_of(answer: Rows) -> list[Field]:
    """Read the columns of an answer."""
    fields = []
    for number, column in enumerate(answer.typed_columns()):
        terms = [row[number] for row in answer.solutions.rows]
        bound = [term for term in terms if term is not None]
        things = bool(bound) and all(isinstance(term, NamedNode) for term in bound)
        times = _times(column.name, column.kind, terms)
        numbers = None
        if column.kind in _NUMBERS and times is None:
            numbers = [None if value is None else float(value) for value in column.values]  # type: ignore[arg-type]
        fields.append(
            Field(
                column.name,
                number,
                [clean(display(term, answer.labels)) for term in terms],
                terms,
                times,
                numbers,
                things=things,
                # What comes first is what the rows are about, be it sources.
                aside=column.kind == "boolean"
                or (number > 0 and things and all(_aside(term) for term in bound)),
            )
        )
    return fields


def label_field(fields: Iterable[Field]) -> Field | None:
    """Choose the column that tells the rows apart best: things, or else texts.

    Things do when they have at least half as many names as there are rows, or there is no text
    with so many; of several, the first with the most.
    """
    saying = [field for field in fields if field.says]
    things = max((f for f in saying if f.things), key=lambda f: f.distinct, default=None)
    best = max(saying, key=lambda f: f.distinct, default=None)
    if things is None or best is None:
        return best
    half = len(things.texts) / 2
    return best if things.distinct < half <= best.distinct else things


def number_field(fields: Iterable[Field]) -> Field | None:
    """Choose the column of numbers: that by which the rows are sorted, or else the first."""
    numbers = [field for field in fields if field.numbers]
    return next((field for field in numbers if _falls(field)), numbers[0] if numbers else None)


def _falls(field: Field) -> bool:
    """Tell whether the numbers of a column fall from row to row, and not all are the same."""
    values = [value for value in field.numbers or [] if value is not None]
    return len(set(values)) > 1 and all(one >= other for one, other in pairwise(values))


def one_to_one(a: Field, b: Field) -> bool:
    """Tell whether each label of a column goes with one of another, and the other way round."""
    pairs = len(set(zip(a.texts, b.texts, strict=True)))
    return pairs == a.distinct == b.distinct


def clean(text: str) -> str:
    """Write a text on one line, without characters that nobody could see."""
    return " ".join(UNSEEN.sub(" ", text).split())


def column_words(name: str) -> str:
    """Write the name of a column as words: fromName as “from name”."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip().lower() or name


def unfit(view: str, needs: str, fields: Iterable[Field]) -> UnfitView:
    """Make the error that tells which columns a view needs.

    Args:
        view: The view, as people call it.
        needs: The columns it needs.
        fields: The columns there are.
    """
    names = ", ".join(field.name for field in fields)
    return UnfitView(
        f"This answer cannot be drawn as a {view}: that needs {needs}.",
        hint=f"Its columns: {names}." if names else "",
    )


def _aside(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(_ASIDE)


def _times(name: str, kind: str, terms: Sequence[Term | None]) -> list[When | None] | None:
    """Read a column of times; None when it is none."""
    if kind in _NUMBERS and not _YEAR_NAME.fullmatch(name):
        return None
    times: list[When | None] = []
    for term in terms:
        when = _when(term.value) if isinstance(term, Literal) and not term.language else None
        if term is not None and when is None:
            return None
        times.append(when)
    bound = [when for when in times if when]
    if not bound:
        return None
    if kind in _NUMBERS:
        ends = datetime.date(_FIRST_YEAR, 1, 1).toordinal(), datetime.date(_LAST_YEAR, 1, 1)
        if not all(ends[0] <= when.first < ends[1].toordinal() for when in bound):
            return None
    return times


def _when(text: str) -> When | None:
    """Read a date, a month or a year; None for what is none."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1).toordinal()
        if day:
            return When(first, first + 1, text[:10])
        if month:
            last = datetime.date(year, month, 28) + datetime.timedelta(days=4)
            return When(first, last.replace(day=1).toordinal(), text)
        return When(first, datetime.date(year, 12, 31).toordinal() + 1, text)
    except (ValueError, OverflowError):
        return None
