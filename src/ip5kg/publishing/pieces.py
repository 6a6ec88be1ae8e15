"""A graph in pieces: what each of its files says of a subject is written once in each syntax.

The whole and its parts are made of the same files, so that they are put together from the same
pieces. What comes out is what ``serialise`` writes, in chunks; a part with blank nodes, of which
pieces cannot be cut, is left to it.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Quad

from ip5kg.formats import RDF_FORMATS, find_format
from ip5kg.names import PREFIXES
from ip5kg.publishing.jsonld import Terms, Usage, json_objects
from ip5kg.publishing.rdfxml import Elements, xml_descriptions
from ip5kg.publishing.serialise import serialise
from ip5kg.turtle.lexical import Names, natural
from ip5kg.turtle.plan import Pair, Plan
from ip5kg.turtle.statements import Node, Object, Statement
from ip5kg.turtle.writer import trig_graph, turtle_blocks

__all__ = ["Part", "Pieces", "Said", "without_collections"]

Said: TypeAlias = Iterable[tuple[Node, Sequence[Pair]]]
"""Subjects, each once, with what is said of them."""

_CHUNK = 1 << 22
_first = itemgetter(0)


@contextmanager
def without_collections() -> Iterator[None]:
    """Look for no circles of dead objects: statements make none, and looking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Cut(NamedTuple):
    """The pieces of a file in a syntax, in the order of its subjects, and the prefixes used."""

    texts: list[str]
    used: set[str]


class Pieces:
    """The files of a graph, each put in order once.

    Args:
        prefixes: Prefix → namespace, for the syntaxes that have prefixes.
    """

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self.prefixes = prefixes
        self.plans: dict[str, Plan] = {}
        self._terms: dict[Object, Object] = {}
        self._cuts: dict[object, Any] = {}

    def add(self, graph: str, quads: Iterable[Quad]) -> None:
        """Take the statements of a file, whatever graph they say they are in.

        Args:
            graph: The IRI of its named graph.
            quads: What it says. Take it from the parsed file: a store rewrites literals.

        Raises:
            OutputError: At what the syntaxes of RDF 1.1 cannot hold.
        """
        self.plans[graph] = Plan(quads, merge=True, terms=self._terms)

    def part(self, graphs: Iterable[str] | None = None) -> Part:
        """Select files by their graphs; all of them by default."""
        return Part(self, list(self.plans if graphs is None else graphs))

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what was made before under a key, or make it."""
        if key not in self._cuts:
            self._cuts[key] = make()
        return self._cuts[key]

    def forget(self) -> None:
        """Throw the pieces away; what is written next is made anew."""
        self._cuts.clear()

    def clear(self) -> None:
        """Throw the files away, too."""
        self.forget()
        self.plans.clear()
        self._terms.clear()


class Part:
    """Some files of a graph, as one graph.

    Args:
        pieces: All files.
        graphs: The named graphs of those that belong to it.
    """

    def __init__(self, pieces: Pieces, graphs: list[str]) -> None:
        self._pieces = pieces
        self.graphs = graphs

    @property
    def plans(self) -> dict[str, Plan]:
        """What each file says, in order."""
        return {graph: self._pieces.plans[graph] for graph in self.graphs}

    def said(self) -> Said:
        """Go through all subjects, each once with all that is said of it."""
        for plan in self.plans.values():
            for subject, pairs in plan.graphs.get("", {}).items():
                if subject not in self._several:
                    yield subject, pairs
        yield from self._shared.graphs.get("", {}).items()

    def sizes(self) -> dict[str, int]:
        """Count the triples of each named graph."""
        return {
            graph: sum(map(len, plan.graphs.get("", {}).values()))
            for graph, plan in self.plans.items()
        }

    @cached_property
    def triples(self) -> int:
        """The number of triples, each once."""
        return sum(len(pairs) for _, pairs in self.said())

    def quads(self) -> Iterator[Quad]:
        """Go through all quads."""
        for graph, subject, predicate, target in self._statements():
            yield Quad(subject, NamedNode(predicate), target, NamedNode(graph))

    def write(self, syntax: str) -> Iterator[bytes]:
        """Write it in an RDF syntax, in chunks.

        Args:
            syntax: The name of one of the ``RDF_FORMATS``.

        Raises:
            UnknownFormat: When there is no such syntax.
            OutputError: When the syntax cannot hold it.
        """
        row = find_format(syntax, RDF_FORMATS)
        if any(plan.has_blank_nodes for plan in self.plans.values()):
            yield serialise(self._statements(), row.name, self._pieces.prefixes)
            return
        writer = _WRITERS[row.name]
        gathered: list[str] = []
        size = 0
        for text in writer(self):
            gathered.append(text)
            size += len(text)
            if size >= _CHUNK:
                yield "".join(gathered).encode()
                gathered, size = [], 0
        yield "".join(gathered).encode()

    # What several files speak of

    @cached_property
    def _several(self) -> set[Node]:
        """The subjects of which several files speak."""
        if len(self.graphs) == 1:
            return set()
        found = Counter(node for plan in self.plans.values() for node in plan.graphs.get("", ()))
        return {node for node, number in found.items() if number > 1}

    @cached_property
    def _shared(self) -> Plan:
        """What is said of those subjects."""
        return Plan(
            Statement("", subject, predicate, target)
            for subject in self._several
            for plan in self.plans.values()
            for predicate, target in plan.graphs.get("", {}).get(subject, ())
        )

    def _statements(self) -> Iterator[Statement]:
        for graph, plan in self.plans.items():
            for subject, pairs in plan.graphs.get("", {}).items():
                for predicate, target in pairs:
                    yield Statement(graph, subject, predicate, target)

    # The syntaxes

    def _put_together(
        self, cut: Callable[[Plan], _Cut], key: Callable[[str], object]
    ) -> tuple[list[str], set[str]]:
        """Put the pieces of all files in order.

        Args:
            cut: Makes the pieces of a file.
            key: Tells what they depend on, for the file of a graph.

        Returns:
            The pieces, and the prefixes that they use.
        """
        keyed: list[tuple[Any, str]] = []
        used: set[str] = set()
        several = self._several
        for graph, plan in self.plans.items():
            texts, names = self._pieces.once(key(graph), partial(cut, plan))
            used |= names
            rows = zip(plan.keyed_subjects(""), texts, strict=True)
            keyed += [(order, text) for (order, node), text in rows if node not in several]
        if several:
            texts, names = cut(self._shared)
            used |= names
            rows = zip(self._shared.keyed_subjects(""), texts, strict=True)
            keyed += [(order, text) for (order, _), text in rows]
        keyed.sort(key=_first)
        return [text for _, text in keyed], used

    def _cut_turtle(self, plan: Plan, depth: int = 0) -> _Cut:
        names = Names(self._pieces.prefixes)
        return _Cut(turtle_blocks(plan, names, depth=depth), names.used)

    def _turtle(self) -> Iterator[str]:
        texts, used = self._put_together(self._cut_turtle, lambda graph: ("turtle", graph))
        names = Names(self._pieces.prefixes)
        names.used = used
        return _apart([names.header(), *texts])

    def _trig(self) -> Iterator[str]:
        names = Names(self._pieces.prefixes)
        written: list[str] = []
        for graph in sorted(self.graphs, key=lambda graph: (natural(graph), graph)):
            plan = self._pieces.plans[graph]
            cut = self._pieces.once(("turtle", graph), partial(self._cut_turtle, plan))
            names.used |= cut.used
            if any('"""' in text for text in cut.texts):
                # The lines of a text cannot be moved in.
                texts = self._cut_turtle(plan, 1).texts
            else:
                texts = ["    " + text[:-1].replace("\n", "\n    ") + "\n" for text in cut.texts]
            if texts:
                written.append(trig_graph(names, graph, texts))
        return _apart([names.header(), *written])

    def _jsonld(self) -> Iterator[str]:
        usages = {
            graph: self._pieces.once(("usage", graph), partial(Usage.of, plan))
            for graph, plan in self.plans.items()
        }
        terms = Terms(Usage.all(usages.values()), self._pieces.prefixes)

        def cut(plan: Plan) -> _Cut:
            names = terms.namer()
            return _Cut(json_objects(plan, terms, names), names.used)

        texts, used = self._put_together(
            cut, lambda graph: ("jsonld", graph, terms.signature(usages[graph]))
        )
        opening, closing = terms.frame(used, empty=not texts)
        yield opening
        for number, text in enumerate(texts):
            yield f",\n{text}" if number else text
        yield closing

    def _rdfxml(self) -> Iterator[str]:
        def cut(plan: Plan) -> _Cut:
            elements = Elements(self._pieces.prefixes)
            texts = xml_descriptions(plan, elements)
            return _Cut(texts, set())

        elements = Elements(self._pieces.prefixes)
        found = (
            self._pieces.once(("predicates", graph), plan.predicates)
            for graph, plan in self.plans.items()
        )
        elements.add(set().union(*found))
        if elements.are_known:
            texts, _ = self._put_together(cut, lambda graph: ("rdfxml", graph))
        else:
            # The prefixes that are made up differ from part to part.
            texts = xml_descriptions(Plan(self._statements(), merge=True), elements)
        opening, closing = elements.frame()
        yield opening
        yield from texts
        yield closing

    def _lines(self, graph: str) -> list[tuple[str, list[str]]]:
        """Write the lines of a file in N-Triples, sorted: subject, and its lines."""

        def write() -> list[tuple[str, list[str]]]:
            found = self._pieces.plans[graph].graphs.get("", {}).items()
            return sorted(
                (start := str(subject), sorted(f"{start} <{p}> {o} .\n" for p, o in pairs))
                for subject, pairs in found
            )

        lines: list[tuple[str, list[str]]] = self._pieces.once(("lines", graph), write)
        return lines

    def _ntriples(self) -> Iterator[str]:
        return self._sorted(dict.fromkeys(self.graphs, ""))

    def _nquads(self) -> Iterator[str]:
        return self._sorted({graph: f" <{graph}> .\n" for graph in self.graphs})

    def _sorted(self, ends: Mapping[str, str]) -> Iterator[str]:
        """Put the lines of all files in order: those of a subject stand together.

        Args:
            ends: Graph → what its lines end with; empty for N-Triples.
        """
        rows: list[tuple[str, str]] = []
        several: dict[str, set[str]] = {str(node): set() for node in self._several}
        for graph, end in ends.items():
            for start, lines in self._lines(graph):
                said = [line[:-3] + end for line in lines] if end else lines
                if start in several:
                    several[start].update(said)
                else:
                    rows.append((start, "".join(said)))
        rows += [(start, "".join(sorted(lines))) for start, lines in several.items()]
        rows.sort(key=_first)
        return (text for _, text in rows)


def _apart(parts: list[str]) -> Iterator[str]:
    """Put the parts of a file under each other, with a blank line between them."""
    first = True
    for part in parts:
        if part:
            yield part if first else f"\n{part}"
            first = False


_WRITERS: dict[str, Callable[[Part], Iterator[str]]] = {
    "turtle": Part._turtle,  # noqa: SLF001 - they are its own
    "ntriples": Part._ntriples,  # noqa: SLF001
    "nquads": Part._nquads,  # noqa: SLF001
    "trig": Part._trig,  # noqa: SLF001
    "jsonld": Part._jsonld,  # noqa: SLF001
    "rdfxml": Part._rdfxml,  # noqa: SLF001
}
