"""How a value has changed: written otherwise, corrected, or another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from pyoxigraph import Literal

from ip5kg.changes.records import Kind
from ip5kg.names import PREFIXES
from ip5kg.terms import Term, to_python

__all__ = ["classified", "paired", "quoted"]

_TEXTS = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")
# From this share of common characters on, a text is taken for the same one, corrected.
_ALIKE = 0.7
_LONGEST = 1000
_SHOWN = 160
_MOST = 8

Pair = tuple[Literal, Literal]


def classified(old: Literal, new: Literal) -> Kind:
    """Tell whether a value was corrected in its writing, or is another one."""
    if old.datatype.value not in _TEXTS or new.datatype.value not in _TEXTS:
        same = old.value == new.value or (
            old.datatype == new.datatype and to_python(old, {}) == to_python(new, {})
        )
        return Kind.CORRECTED if same else Kind.CHANGED
    if _skeleton(old.value) == _skeleton(new.value):
        return Kind.CORRECTED
    if max(len(old.value), len(new.value)) > _LONGEST:
        return Kind.CHANGED
    ratio = SequenceMatcher(None, old.value, new.value, autojunk=False).ratio()
    return Kind.CORRECTED if ratio >= _ALIKE else Kind.CHANGED


def _skeleton(text: str) -> str:
    """Leave letters and digits, whatever their case and accents."""
    found = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(mark for mark in found if mark.isalnum())
    return kept or text


def paired(old: Sequence[Term], new: Sequence[Term]) -> tuple[list[Pair], list[Term], list[Term]]:
    """Pair the literals that have taken the place of others.

    Returns:
        The pairs, what is gone for good and what is new. A value takes the place of one in the
        same language; of several, the one that is most like it.
    """
    gone, come = list(old), list(new)
    pairs: list[Pair] = []
    if max(len(gone), len(come)) > _MOST:
        return pairs, gone, come
    for same_language in (True, False):
        alone = len(gone) == len(come) == 1
        candidates = [
            (_likeness(one, other), -m, -n, one, other)
            for m, one in enumerate(gone)
            for n, other in enumerate(come)
            if isinstance(one, Literal)
            and isinstance(other, Literal)
            and (one.language == other.language or not same_language)
        ]
        for likeness, _, _, one, other in sorted(candidates, key=lambda c: c[:3], reverse=True):
            if one in gone and other in come and (alone or likeness >= _ALIKE):
                pairs.append((one, other))
                gone.remove(one)
                come.remove(other)
    return pairs, gone, come


def _likeness(one: Literal, other: Literal) -> float:
    if _skeleton(one.value) == _skeleton(other.value):
        return 1.0
    first, second = one.value[:_LONGEST], other.value[:_LONGEST]
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def quoted(term: Literal) -> str:
    """Write a literal in a sentence: a text in quotation marks, cut when it is long."""
    text = term.value if len(term.value) <= _SHOWN else f"{term.value[:_SHOWN]} …"
    if term.datatype.value not in _TEXTS:
        return text
    foreign = f" ({term.language})" if term.language not in (None, "en") else ""
    return f"“{text}”{foreign}"
