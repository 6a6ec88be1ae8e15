"""Finding things by words, in any language and script that the graph has names in."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import ParameterError
from ip5kg.names import IP5, RDFS_LABEL, SKOS, local_name, shorten
from ip5kg.store import GraphStore
from ip5kg.store.classes import ClassTree
from ip5kg.terms import Term, Thing
from ip5kg.words import words_of

__all__ = ["Hit", "search"]

_EXACT, _ACRONYM, _PREFIX, _CONTAINS = 8, 7, 6, 5
# Assertions are named after the things they tie together, and sources after what they tell of:
# they come after all of those.
_EVIDENCE = -4
_SOURCES = frozenset((IP5 + "Source", IP5 + "Passage"))

_QUERY = f"""SELECT DISTINCT ?thing ?label ?acronym ?class WHERE {{
  {{ ?thing <{RDFS_LABEL}>|<{SKOS}prefLabel>|<{SKOS}altLabel> ?label }}
  UNION {{ ?thing <{IP5}nativeName>|<{IP5}westernName> ?label }}
  UNION {{ ?use <{IP5}nameOf> ?thing ; <{IP5}name> ?label }}
  UNION {{ ?use <{IP5}nameOf> ?thing ; <{IP5}acronym> ?acronym }}
  ?thing a ?class .
}}"""


class Hit(NamedTuple):
    """Something that bears the words.

    Attributes:
        thing: The thing, with its English label.
        matched: The label, name or acronym that the words were found in.
        kind: The label of its class.
        score: How well it fits: 8 the same, 7 its acronym, 6 the words begin words of it, 5 they
            occur in it; 4 less for assertions, sources and passages.
    """

    thing: Thing
    matched: str
    kind: str
    score: int


class _Name(NamedTuple):
    text: str
    acronym: bool


class _Bearer(NamedTuple):
    names: set[_Name]
    classes: set[str]


def search(store: GraphStore, words: str, *, limit: int = 20) -> list[Hit]:
    """Find things by words in their labels, names, acronyms and short names.

    Case and accents make no difference, and all words must occur.

    Args:
        store: The graph, embedded or remote.
        words: What to look for.
        limit: How many hits to return at most.

    Returns:
        The hits, best first; equally good ones by label.

    Raises:
        ParameterError: When there are no words, or the limit is not positive.
    """
    wanted = words_of(words)
    if not wanted:
        raise ParameterError("There are no words to search for.", hint="For example: JPO.")
    if limit < 1:
        raise ParameterError(f"A limit of {limit} leaves nothing to show.")
    tree = ClassTree(store)
    found: list[tuple[str, list[str], str, int]] = []
    for thing, bearer in _bearers(store).items():
        scores = {name: _score(wanted, name) for name in sorted(bearer.names)}
        score = max(scores.values())
        if score:
            matched = [name.text for name in scores if scores[name] == score]
            kind = tree.sorted(bearer.classes)[0]
            if kind in _SOURCES or tree.is_assertion(kind):
                score += _EVIDENCE
            found.append((thing, matched, kind, score))
    labels = store.labels(sorted({iri for thing, _, kind, _ in found for iri in (thing, kind)}))
    hits = [
        Hit(
            thing := Thing(iri, labels.get(iri)),
            thing.label if thing.label in matched else matched[0],
            labels.get(kind, shorten(kind)),
            score,
        )
        for iri, matched, kind, score in found
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.thing.label, hit.thing))
    return hits[:limit]


def _bearers(store: GraphStore) -> dict[str, _Bearer]:
    """Collect all that has a name."""
    found: defaultdict[str, _Bearer] = defaultdict(lambda: _Bearer(set(), set()))
    for thing, label, acronym, kind in store.select(_QUERY).rows:
        if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
            name = _Name(_text(acronym or label), acronym=acronym is not None)
            found[thing.value].names.update((name, _Name(local_name(thing.value), acronym=False)))
            found[thing.value].classes.add(kind.value)
    return found


def _score(wanted: list[str], name: _Name) -> int:
    """Tell how well words fit a name; 0 when they do not."""
    found = words_of(name.text)
    if found == wanted:
        return _ACRONYM if name.acronym else _EXACT
    if all(any(have.startswith(word) for have in found) for word in wanted):
        return _PREFIX
    text = " ".join(found)
    return _CONTAINS if all(word in text for word in wanted) else 0


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
