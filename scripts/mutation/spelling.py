"""Small mistakes in names, texts, numbers and dates."""

from __future__ import annotations

import re
from random import Random

__all__ = ["lookalike", "misspelt", "shifted", "year_of"]

# Latin letters, and Cyrillic ones that look the same.
_LIKE = dict(zip("aceiopxyABCEHKMOPTX", "асеіорхуАВСЕНКМОРТХ", strict=True))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAP_DAY = re.compile(r"-02-29$")
_SHORTEST = 3


def misspelt(word: str, rng: Random) -> str:
    """Leave out, double, exchange or mistake one letter of a word."""
    places = [n for n, letter in enumerate(word) if letter.isascii() and letter.isalpha()]
    if not places:
        return word + rng.choice(_LETTERS)
    at = rng.choice(places)
    neighbours = [n for n in places if n + 1 in places and word[n] != word[n + 1]]
    ways = [
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice(_LETTERS.replace(word[at].lower(), "")) + word[at + 1 :],
    ]
    if len(word) > _SHORTEST:
        ways.append(word[:at] + word[at + 1 :])
    if neighbours:
        first = rng.choice(neighbours)
        ways.append(word[:first] + word[first + 1] + word[first] + word[first + 2 :])
    return rng.choice(ways)


def lookalike(word: str, rng: Random) -> str | None:
    """Write one letter in Cyrillic, or return None where none has a double."""
    places = [n for n, letter in enumerate(word) if letter in _LIKE]
    if not places:
        return None
    at = rng.choice(places)
    return word[:at] + _LIKE[word[at]] + word[at + 1 :]


def year_of(date: str) -> int:
    """Give the year of a date, month or year."""
    return int(date[:4])


def shifted(date: str, years: int) -> str:
    """Move a date, month or year by some years."""
    moved = f"{year_of(date) + years:04}{date[4:]}"
    return _LEAP_DAY.sub("-02-28", moved) if (year_of(date) + years) % 4 else moved
