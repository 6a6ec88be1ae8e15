"""Misspelt words: one text has them, and they are one slip away from what others have.

The graph is its own dictionary. A word is likely to be right when two texts have it, or when no
word of another text is like it; what is right nevertheless stands in a list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from ip5kg.names import BASE, PREFIXES
from ip5kg.turtle.reader import read_bytes
from ip5kg.validation.findings import Finding
from ip5kg.validation.screen import Selecting

__all__ = ["SPELLING", "read_words", "run_spelling", "slips"]

SPELLING = f"{BASE}checks/texts/spelling"
"""The name of the check."""

_WORD = re.compile("[A-Za-zÀ-ɏ]{3,}")
_ENDINGS = frozenset("denrsy")
_IS_TEXT = f'LANG(?text) = "en" || DATATYPE(?text) = <{PREFIXES["xsd"]}string>'
_TEXTS = f"""
SELECT DISTINCT ?text
WHERE {{ ?subject ?property ?text FILTER({_IS_TEXT}) }}
"""
_WITH = f"""
SELECT ?subject ?property ?text
WHERE {{ ?subject ?property ?text FILTER(({_IS_TEXT}) && CONTAINS(LCASE(STR(?text)), %s)) }}
ORDER BY ?subject ?property ?text
"""


def read_words(path: Path) -> frozenset[str]:
    """Read the words that are right though they look like a slip, one to a line.

    Raises:
        InputError: When the file cannot be read.
        RdfSyntaxError: When it is not UTF-8.
    """
    return frozenset(read_bytes(path).decode().split())


def run_spelling(words: frozenset[str], store: Selecting) -> list[Finding]:
    """List the texts with words that are likely to be misspelt, as findings without a place.

    Args:
        words: Words that are right.
        store: The graph.
    """
    texts = (row[0] for row in store.select(_TEXTS).rows)
    found = slips((text.value for text in texts if isinstance(text, Literal)), words)
    return [one for word, near in found.items() for one in _findings(word, near, store)]


def slips(texts: Iterable[str], words: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Find the words of one text only that are one slip away from words of other texts.

    A slip is a letter too many, too few or another, or two letters exchanged (the distance of
    Damerau and Levenshtein). A letter more at the end is none where it makes another form:
    ``office`` and ``offices``.

    Args:
        texts: Texts that differ.
        words: Words that are right.

    Returns:
        Word → the words that it is like, both in lower case and sorted.
    """
    homes: dict[str, int] = {}
    several: set[str] = set()
    for number, text in enumerate(texts):
        for word in _WORD.findall(text.lower()):
            if homes.setdefault(word, number) != number:
                several.add(word)
    alone = homes.keys() - several - words
    shortened: defaultdict[str, list[str]] = defaultdict(list)
    for word in homes:
        for less in _shortened(word):
            shortened[less].append(word)
    found = {word: sorted(_like(word, homes, shortened)) for word in sorted(alone)}
    return {word: near for word, near in found.items() if near}


def _like(word: str, homes: Mapping[str, int], shortened: Mapping[str, list[str]]) -> Iterator[str]:
    near = {other for less in _shortened(word) for other in shortened[less]}
    for other in near:
        if homes[other] != homes[word] and _is_slip(word, other) and not _is_form(word, other):
            yield other


def _shortened(word: str) -> set[str]:
    """Leave one letter out, or none; words that are one slip apart have such a text in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_slip(word: str, other: str) -> bool:
    if len(word) != len(other):
        return True
    places = [place for place in range(len(word)) if word[place] != other[place]]
    if len(places) == 1:
        return True
    first, last = places[0], places[-1]
    exchanged = word[first] == other[last] and word[last] == other[first]
    return len(places) == last - first + 1 == len("ab") and exchanged


def _is_form(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return long[:-1] == short and long[-1] in _ENDINGS - {short[-1]}


def _findings(word: str, near: list[str], store: Selecting) -> Iterator[Finding]:
    """Tell of the texts with a word."""
    others = " or ".join(f"“{other}”" for other in near)
    message = (
        f"“{word}” stands in one text only, and others have {others}; correct the spelling, or "
        "add the word to ontology/checks/words.txt."
    )
    for subject, path, text in store.select(_WITH % Literal(word)).rows:
        whole = isinstance(text, Literal) and word in _WORD.findall(text.value.lower())
        if whole and isinstance(path, NamedNode) and subject is not None:
            yield Finding("warning", subject, str(path), text, SPELLING, "", message)
