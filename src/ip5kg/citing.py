"""The sources that the rows of an answer rest on.

A row that names documents or passages rests on these. Any other rests on all passages that are
cited by the things and statements of which the query reads properties on its way to the row: the
meetings that it counts, the participation that it does not show. That can be more than the row
would need, and it is nothing where the graph cites nothing, as for its own concepts. What only a
sub-select reads is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.answers.cited import COLUMN, Cited, Note
from ip5kg.describe.order import natural_order
from ip5kg.errors import QueryRefused
from ip5kg.names import IP5, RDFS_LABEL
from ip5kg.sparql.reading import reading
from ip5kg.store import GraphStore
from ip5kg.terms import Term

__all__ = ["cite"]

_BATCH = 1000
_Row = tuple[Term | None, ...]


def cite(answer: Answer, store: GraphStore) -> Cited:
    """Find the sources of each row of an answer.

    Args:
        answer: An answer that knows its query.
        store: The graph that gave it.

    Raises:
        QueryRefused: When the answer has a column for them already.
    """
    if COLUMN in answer.columns:
        raise QueryRefused(f"The answer has a column “{COLUMN}” of its own.")
    rows = answer.solutions.rows
    facts = _facts(answer, store)
    read = {fact for found in facts for fact in found}
    cited = _cited(read, store)
    named = {term.value for row in rows for term in row if isinstance(term, NamedNode)}
    places = _Places({*named, *read, *(one for found in cited.values() for one in found)}, store)
    chosen = [
        places.of(row, {one for fact in found for one in (fact, *cited[fact])})
        for row, found in zip(rows, facts, strict=True)
    ]
    notes = _Notes({source for found in chosen for source, _ in found}, store)
    marks = tuple(tuple(notes.numbers(found)) for found in chosen)
    return Cited(answer, tuple(notes.listed), marks)


def _facts(answer: Answer, store: GraphStore) -> list[set[str]]:
    """Find for each row the IRIs of the things and statements that the query reads for it."""
    found = reading(answer.text, answer.columns)
    if found is None:
        return [set() for _ in answer]
    solutions = store.select(found.text)
    place = {name: number for number, name in enumerate(solutions.variables)}
    facts: defaultdict[_Row, set[str]] = defaultdict(set)
    for solution in solutions.rows:
        terms = (solution[place[name]] for name in found.subjects)
        row = tuple(solution[place[name]] for name in found.row)
        facts[row] |= {term.value for term in terms if isinstance(term, NamedNode)}
    own = [answer.columns.index(name) for name in found.row]
    return [facts[tuple(row[number] for number in own)] for row in answer.solutions.rows]


def _cited(facts: Iterable[str], store: GraphStore) -> Mapping[str, set[str]]:
    """Find the passages that things and statements cite: IRI → IRIs."""
    passages: defaultdict[str, set[str]] = defaultdict(set)
    for fact, passage in _described(facts, f"?thing <{IP5}cites> ?passage", "?passage", store):
        passages[fact].add(passage)
    return passages


class _Places:
    """Where in which source passages stand, and which IRIs are sources.

    Args:
        iris: IRIs of which some may be passages or sources.
        store: The graph.
    """

    def __init__(self, iris: Iterable[str], store: GraphStore) -> None:
        pattern = f"?thing <{IP5}inSource> ?source OPTIONAL {{ ?thing <{IP5}locator> ?locator }}"
        self._passages: dict[str, tuple[str, str]] = {}
        for passage, source, locator in _described(iris, pattern, "?source ?locator", store):
            self._passages.setdefault(passage, (source, locator))
        self._sources = {
            source for [source] in _described(iris, f"?thing a <{IP5}Source>", "", store)
        }

    def of(self, row: _Row, read: set[str]) -> set[tuple[str, str]]:
        """Choose the places that a row rests on: pairs of a source and a locator.

        Args:
            row: The terms of the row.
            read: What is read for it, and the passages that this cites.
        """
        told = {term.value for term in row if isinstance(term, NamedNode)}
        texts = {term.value for term in row if isinstance(term, Literal)}
        known = {self._passages[iri] for iri in read & self._passages.keys()}
        places = {self._passages[iri] for iri in told & self._passages.keys()}
        for source in (told & self._sources) - {source for source, _ in places}:
            within = {place for place in known if place[0] == source}
            places |= {place for place in within if place[1] in texts} or within or {(source, "")}
        return places or known | {(source, "") for source in read & self._sources}


class _Notes:
    """Footnotes, which get their numbers as they are called for.

    Args:
        sources: The IRIs of all sources that will be.
        store: The graph.
    """

    def __init__(self, sources: Iterable[str], store: GraphStore) -> None:
        self.listed: list[Note] = []
        self._numbers: dict[tuple[str, str], int] = {}
        pattern = " ".join(
            f"OPTIONAL {{ ?thing <{link}> ?{name} }}"
            for name, link in (
                ("title", f"{IP5}title"),
                ("label", RDFS_LABEL),
                ("publisher", f"{IP5}publisherName"),
                ("address", f"{IP5}url"),
            )
        )
        self._about: dict[str, tuple[str, str, str]] = {}
        names = "?title ?label ?publisher ?address"
        for source, title, label, *rest in _described(sources, pattern, names, store):
            publisher, address = rest
            self._about.setdefault(source, (title or label or source, publisher, address))

    def numbers(self, places: Iterable[tuple[str, str]]) -> Iterator[int]:
        """Return the numbers of the notes for some places, in the order of their titles."""
        for source, locator in sorted(places, key=self._order):
            number = self._numbers.setdefault((source, locator), len(self.listed) + 1)
            if number > len(self.listed):
                self.listed.append(Note(source, locator, *self._about[source]))
            yield number

    def _order(self, place: tuple[str, str]) -> tuple[object, ...]:
        source, locator = place
        return self._about[source][0], source, natural_order(locator), locator


def _described(
    iris: Iterable[str], pattern: str, names: str, store: GraphStore
) -> Iterator[tuple[str, ...]]:
    """Ask for a pattern about each of some IRIs: an IRI and the texts of the variables."""
    listed = sorted(iris)
    for start in range(0, len(listed), _BATCH):
        values = " ".join(str(NamedNode(iri)) for iri in listed[start : start + _BATCH])
        solutions = store.select(
            f"SELECT DISTINCT ?thing {names} WHERE {{ VALUES ?thing {{ {values} }} {pattern} }} "
            f"ORDER BY ?thing {names}"
        )
        for row in solutions.rows:
            yield tuple(term.value if isinstance(term, NamedNode | Literal) else "" for term in row)
