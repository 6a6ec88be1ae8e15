"""What a SELECT query reads on the way to each of its rows.

An answer does not say which things and statements it was read from: they are bound to variables
that the query does not project, or that it counts. They are the subjects of its triple patterns
(SPARQL 1.1, section 5.1), so that another query with the same pattern can ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ip5kg.sparql.lexer import Token, tokens

__all__ = ["Reading", "reading"]

_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")
_CONSTRAINTS = frozenset(("FILTER", "BIND"))


class Reading(NamedTuple):
    """A query for what another reads.

    Attributes:
        text: A SELECT query for the variables below, which go without question marks; several of
            its rows may belong to one row of the other.
        row: The columns of the other that tell its rows apart.
        subjects: The variables that stand for what is read.
    """

    text: str
    row: tuple[str, ...]
    subjects: tuple[str, ...]


def reading(text: str, columns: Sequence[str]) -> Reading | None:
    """Write a query for what a SELECT query reads.

    What is read within a sub-select and not projected by it stays unknown, and so does what a
    property path passes through. A thing of which nothing but the class is asked is not read.

    Args:
        text: A query of which the engine knows that it is well-formed.
        columns: The variables that it projects.

    Returns:
        None when it is no SELECT query, or has no variables as the subjects of triple patterns.
    """
    found = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    start = _place(found, "SELECT", 0)
    body = start
    while body < len(found) and found[body].text != "{":
        body = _after(found, body)
    if body >= len(found):
        return None
    group = found[body : _after(found, body)]
    subjects = _names(_subjects(group))
    if not subjects:
        return None
    # An expression of the projection is bound in none of the rows that are asked for here, and
    # neither is one by which rows are grouped.
    computed = _names(two for one, two in pairwise(found[start:body]) if one.text.upper() == "AS")
    bound = set(_names(iter(group))) - set(computed)
    row = tuple(name for name in columns if name in bound)
    # The dataset clauses stand between the projection and the group.
    dataset = _place(found[:body], "FROM", start)
    variables = " ".join(f"?{name}" for name in sorted({*row, *subjects}))
    prologue, rest = text[: found[start].start], text[found[dataset].start : group[-1].start + 1]
    return Reading(f"{prologue}SELECT DISTINCT {variables} {rest}", row, subjects)


def _place(found: list[Token], word: str, start: int) -> int:
    """Find a keyword; the end of the list where it does not stand."""
    places = range(start, len(found))
    return next((n for n in places if found[n].text.upper() == word), len(found))


def _after(found: list[Token], place: int) -> int:
    """Find the token after a token, and after a bracket with all that is in it."""
    depth = 0
    for number in range(place, len(found)):
        depth += (found[number].text in _OPEN) - (found[number].text in _CLOSE)
        if depth <= 0:
            return number + 1
    return len(found)


def _names(found: Iterator[Token]) -> tuple[str, ...]:
    """List the variables among tokens, each once."""
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))


def _subjects(found: list[Token]) -> Iterator[Token]:
    """Go through the subjects of the triple patterns of a group, and of the groups in it."""
    place, expected = 1, True
    while place < len(found) - 1:
        token = found[place]
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            end = _after(found, place)
            yield from _subjects(found[place:end])
            place, expected = end, True
        elif word == "VALUES":
            # Its variables, and then its data in braces.
            while found[place].text != "{":
                place = _after(found, place)
            place, expected = _after(found, place), True
        elif word in _CONSTRAINTS:
            place, expected = _after_constraint(found, place), True
        else:
            if expected and not _tells_class_alone(found, place):
                yield token
            # To the lexer the point of "1." belongs to the number.
            expected = token.text == "." or (token.kind == "number" and token.text[-1] == ".")
            place = _after(found, place)


def _after_constraint(found: list[Token], place: int) -> int:
    """Find the token after a FILTER or BIND, which ends with a bracket."""
    while found[place].text not in _OPEN:
        place += 1
    return _after(found, place)


def _tells_class_alone(found: list[Token], place: int) -> bool:
    """Tell whether a triple pattern asks for the class of its subject and for nothing else."""
    after = found[place + 1 : place + 4]
    return len(after) > 1 and after[0].text == "a" and after[-1].text not in (";", ",")
