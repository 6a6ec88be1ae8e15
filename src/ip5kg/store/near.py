"""What comes near a name that nothing bears."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from ip5kg.names import BASE, local_name, shorten
from ip5kg.words import words_of

__all__ = ["nearest"]

_MOST = 5
_LONGEST = 80
# How much alike two names must be: where nothing else is found, and where something is.
_ALIKE, _MUCH_ALIKE = 0.6, 0.8
# Shorter words occur in any other.
_LONG = 3
# Less than the best by this much is no longer near; facts come that much after things.
_LESS = 0.2
_ABOUT = frozenset(
    (
        *("absence", "edition", "event", "founding", "membership", "name", "name-change"),
        *("observation", "outcome", "participation", "passage", "relation", "source"),
        *("statement", "status-use", "structure", "supervision", "tenure"),
    )
)
_CUT = re.compile(r"[/:#]")


def nearest(name: str, bearers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """List what a name may have been meant for, best first.

    Things that have its last part as their short name (``offices/kr``, or an IRI with a wrong
    segment) are meant before all others. Else those are near whose names have all of its words,
    or are spelt much the same, in whatever order of words.

    Args:
        name: What the user wrote.
        bearers: Pairs of a thing's IRI and one of its names.

    Returns:
        At most five prefixed names.
    """
    kind, local = _cut(name)
    wanted = words_of(local)
    if not wanted:
        return ()
    things: dict[str, str] = {}
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for iri, text in bearers:
        things[iri] = shorten(iri)
        texts[text.casefold()].add(iri)
        texts[local_name(iri).casefold()].add(iri)
        texts[things[iri].casefold()].add(iri)
    same = {iri for iri in texts.get(local.casefold(), ()) if local_name(iri).casefold() == local}
    if same:
        return _kin(kind, [things[iri] for iri in same])
    scores: defaultdict[str, float] = defaultdict(float)
    for text, iris in texts.items():
        score = _covered(wanted, words_of(text))
        for iri in iris if score else ():
            scores[iri] = max(scores[iri], score)
    full = f"{kind}:{local}" if kind else local
    for score, text in _alike({local, full}, texts, _MUCH_ALIKE if scores else _ALIKE):
        for iri in texts[text]:
            scores[iri] = max(scores[iri], score)
    for iri in scores:
        prefix = things[iri].partition(":")[0]
        scores[iri] += (prefix == kind) - _LESS * (prefix in _ABOUT)
    ranked = sorted(((score, things[iri]) for iri, score in scores.items()), reverse=True)
    return tuple(short for score, short in ranked[:_MOST] if score > ranked[0][0] - _LESS)


def _cut(name: str) -> tuple[str, str]:
    """Cut a name into its kind, or empty, and its last part: ``…/id/offices/kr``, ``office:kr``."""
    path = name.strip("<>").casefold().rstrip("/#")[-_LONGEST - len(BASE) :]
    parts = [part for part in _CUT.split(path) if part]
    return (parts[-2] if len(parts) > 1 else "", parts[-1][:_LONGEST] if parts else "")


def _kin(kind: str, found: list[str]) -> tuple[str, ...]:
    """Sort prefixed names by how well the prefix fits; those that do not are left out."""
    fits = {short: SequenceMatcher(None, kind, short.partition(":")[0]).ratio() for short in found}
    best = [short for short in found if fits[short] >= _MUCH_ALIKE] or found
    return tuple(sorted(best, key=lambda short: (-fits[short], short))[:_MOST])


def _covered(wanted: list[str], have: list[str]) -> float:
    """Tell how much of a name the words make up, from ``_ALIKE`` to 1; 0 when one is missing."""
    if all(any(_in(word, one) for one in have) for word in wanted):
        return _ALIKE + (1 - _ALIKE) * len("".join(wanted)) / len("".join(have))
    return 0


def _in(word: str, longer: str) -> bool:
    """Tell whether a word is a part of a longer one; a very short one must begin it."""
    return word in longer if len(word) >= _LONG or not word.isascii() else longer.startswith(word)


def _alike(names: set[str], texts: Iterable[str], cutoff: float) -> list[tuple[float, str]]:
    """Find the texts that are spelt much as one of the names, also when their words are sorted."""
    found: list[tuple[float, str]] = []
    for spelt in (str, _sorted):
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for text in texts:
            spellings[spelt(text)].append(text)
        for wanted in map(spelt, sorted(names)):
            for close in get_close_matches(wanted, spellings, n=3 * _MOST, cutoff=cutoff):
                ratio = SequenceMatcher(None, close, wanted).ratio()
                found += [(ratio, text) for text in spellings[close]]
    return found


def _sorted(text: str) -> str:
    return " ".join(sorted(words_of(text)))
