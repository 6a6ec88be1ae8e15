"""Turtle in one canonical form, made for reading differences.

The same graph gives the same text, whatever the order of its triples and the names of its blank
nodes: prefixes that are used, sorted; what the file is about, then subjects in natural order;
``a``, labels, then the other predicates; one object per line where there are several; blank nodes
nested where only one statement points to them. Lexical forms are not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ip5kg.names import PREFIXES, RDF_TYPE, RDFS_LABEL, SKOS
from ip5kg.turtle.lexical import Names, natural
from ip5kg.turtle.plan import Plan
from ip5kg.turtle.statements import Node, Object

__all__ = [
    "Comments",
    "trig_graph",
    "turtle_blocks",
    "write_trig",
    "write_turtle",
]

_INDENT = "    "
_NIL = PREFIXES["rdf"] + "nil"
# Deeper than this, lines are not moved in further: a chain of nodes would fill the disk.
_DEEPEST_INDENT = 40
_WIDTH = 80
_FIRST_PREDICATES = {RDF_TYPE: 0, RDFS_LABEL: 1, SKOS + "prefLabel": 2}


class Comments(NamedTuple):
    """The comments of a document, each on a line of its own with its ``#`` and its line end.

    Attributes:
        head: Those of the file, which come before all else; blank lines may stand between them.
        above: Each that goes above a subject, with that subject, in order.
        end: Those that come after all else; blank lines may stand between them.
    """

    head: str
    above: list[tuple[Node, str]]
    end: str


_NO_COMMENTS = Comments("", [], "")


def write_turtle(
    triples: Iterable[Triple | Quad] | Plan,
    prefixes: Mapping[str, str] = PREFIXES,
    comments: Comments = _NO_COMMENTS,
) -> str:
    """Write a graph as Turtle.

    Args:
        triples: The graph; of quads, the named graphs are merged. Or a plan in which they are.
        prefixes: Prefix → namespace; only those that are used are declared.
        comments: What is written as comments; those above a blank node that is nested stand
            above the block that it is nested in.

    Returns:
        The text, which ends with one line end; nothing for an empty graph without comments.

    Raises:
        OutputError: When a triple has a term that RDF 1.1 does not have.
    """
    if not isinstance(triples, Plan):
        triples = Plan(triples, merge=True, notes=comments.above)
    page = _Page(triples, Names(prefixes))
    blocks = page.blocks("")
    return _join(comments.head, page.names.header(), *blocks, comments.end)


def write_trig(quads: Iterable[Quad] | Plan, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a dataset as TriG: the default graph, then the named graphs in natural order.

    Args:
        quads: The dataset, or a plan of it.
        prefixes: Prefix → namespace; only those that are used are declared.

    Returns:
        The text, which ends with one line end; nothing for an empty dataset.

    Raises:
        OutputError: When a quad has a term that RDF 1.1 does not have, or a blank node names a
            graph.
    """
    plan = Plan.of(quads)
    page = _Page(plan, Names(prefixes))
    blocks = page.blocks("")
    for graph in sorted(plan.graphs, key=lambda graph: (natural(graph), graph)):
        if graph:
            blocks.append(trig_graph(page.names, graph, page.blocks(graph, depth=1)))
    return _join(page.names.header(), *blocks)


def turtle_blocks(plan: Plan, names: Names, graph: str = "", depth: int = 0) -> list[str]:
    """Write the blocks of which a Turtle file is made, one for each of the plan's subjects.

    Args:
        plan: A plan without comments.
        names: Writes the names, and remembers which prefixes that takes.
        graph: The graph that is written.
        depth: How far the blocks are moved in: 1 within a graph of TriG.
    """
    return _Page(plan, names).blocks(graph, depth)


def trig_graph(names: Names, graph: str, blocks: Iterable[str]) -> str:
    """Put the blocks of a named graph, which are moved in, under its name."""
    inside = "\n".join(blocks)
    return f"{names.iri(graph)} {{\n{inside}}}\n"


def _join(*parts: str) -> str:
    """Put the parts of a file under each other, with a blank line between them."""
    return "\n".join(part for part in parts if part)


def _line(depth: int) -> str:
    """Begin a line."""
    return "\n" + _INDENT * min(depth, _DEEPEST_INDENT)


class _Nested(NamedTuple):
    """A blank node that is still to be written out, and the depth of its closing bracket."""

    node: BlankNode
    depth: int


_Piece: TypeAlias = str | _Nested


class _Page:
    """Lays out the blocks of a plan. Nesting is worked off a stack, so it can be deep."""

    def __init__(self, plan: Plan, names: Names) -> None:
        self.names = names
        self._plan = plan
        self._graph = ""
        self._orders: dict[str, tuple[int, bool, str, str]] = {}

    def blocks(self, graph: str, depth: int = 0) -> list[str]:
        """Write what a graph says, one block for each subject."""
        self._graph = graph
        write = self._block if self._plan.has_blank_nodes else self._plain_block
        return [write(subject, depth) for subject in self._plan.subjects(graph)]

    def _plain_block(self, subject: Node, depth: int) -> str:
        """Write a block in a dataset without blank nodes, where nothing is nested."""
        said: dict[str, list[str]] = {}
        names = self.names
        for predicate, target in self._plan.pairs(self._graph, subject):
            text = self._plain(target)
            if predicate in said:
                said[predicate].append(text)
            else:
                said[predicate] = [text]
        order = sorted(said, key=self._predicate_order) if len(said) > 1 else said
        comma = f" ,{_line(depth + 2)}"
        lines = f" ;{_line(depth + 1)}".join(
            f"{names.predicate(predicate)} {comma.join(said[predicate])}" for predicate in order
        )
        note = self._plan.notes.get(subject, "")
        return f"{note}{_INDENT * depth}{names.iri(subject.value)} {lines} .\n"

    def _block(self, subject: Node, depth: int) -> str:
        if isinstance(subject, BlankNode):
            name = f"_:{self._plan.labels[subject]}" if subject in self._plan.labels else "[]"
        else:
            name = self.names.iri(subject.value)
        written = [self._plan.notes.get(subject, ""), f"{_INDENT * depth}{name} "]
        stack = self._said_of(subject, depth + 1)[::-1]
        while stack:
            piece = stack.pop()
            if isinstance(piece, str):
                written.append(piece)
            else:
                stack += reversed(self._spread(piece))
        return "".join(written) + " .\n"

    def _said_of(self, subject: Node, depth: int) -> list[_Piece]:
        """Lay out predicates and objects; all but the first begin a line of the given depth."""
        grouped = groupby(self._plan.pairs(self._graph, subject), key=lambda pair: pair[0])
        groups = [(predicate, [pair[1] for pair in pairs]) for predicate, pairs in grouped]
        groups.sort(key=lambda group: self._predicate_order(group[0]))
        pieces: list[_Piece] = []
        for predicate, targets in groups:
            if pieces:
                pieces.append(f" ;{_line(depth)}")
            pieces.append(self.names.predicate(predicate))
            pieces += self._objects(targets, depth)
        return pieces

    def _objects(self, targets: list[Object], depth: int) -> list[_Piece]:
        """Lay out the objects of one predicate."""
        inline = [self._inline(target) for target in targets]
        line = _line(depth + 1)
        if None not in inline:
            return [" ", f" ,{line}".join(text for text in inline if text is not None)]
        if len(targets) == 1:
            return [" ", *self._piece(targets[0], None, depth)]
        pieces: list[_Piece] = []
        for target, text in zip(targets, inline, strict=True):
            pieces.append(f" ,{line}" if pieces else line)
            pieces += self._piece(target, text, depth + 1)
        return pieces

    def _piece(self, term: Object, inline: str | None, depth: int) -> list[_Piece]:
        if inline is None and isinstance(term, BlankNode):
            return [_Nested(term, depth)]
        return [inline or ""]

    def _spread(self, nested: _Nested) -> list[_Piece]:
        """Write a nested blank node over several lines."""
        node, depth = nested
        inner, outer = _line(depth + 1), _line(depth)
        if node not in self._plan.lists:
            return [f"[{inner}", *self._said_of(node, depth + 1), f"{outer}]"]
        pieces: list[_Piece] = ["("]
        for item in self._items(node):
            pieces += [inner, *self._piece(item, self._inline(item), depth + 1)]
        return [*pieces, f"{outer})"]

    def _inline(self, term: Object) -> str | None:
        """Write a term within a line, or return None for a blank node that takes several."""
        if not isinstance(term, BlankNode) or not self._plan.is_nested(term):
            return self._plain(term)
        pairs = self._plan.pairs(self._graph, term)
        if not pairs:
            return "[]"
        is_list = term in self._plan.lists
        terms = self._items(term) if is_list else [target for _, target in pairs]
        if any(self._plan.is_nested(term) for term in terms) or not (is_list or len(pairs) == 1):
            return None
        words = " ".join(self._plain(term) for term in terms)
        text = f"( {words} )" if is_list else f"[ {self.names.predicate(pairs[0][0])} {words} ]"
        return text if len(text) <= _WIDTH and "\n" not in text else None

    def _items(self, node: Object) -> list[Object]:
        """Collect the items of a well-formed list."""
        items = []
        while isinstance(node, BlankNode):
            (_, first), (_, node) = self._plan.pairs(self._graph, node)
            items.append(first)
        return items

    def _plain(self, term: Object) -> str:
        """Write an object that has nothing nested in it."""
        if isinstance(term, NamedNode):
            value = term.value
            return "()" if value == _NIL else self.names.iri(value)
        if isinstance(term, Literal):
            return self.names.literal(term)
        return f"_:{self._plan.labels[term]}"

    def _predicate_order(self, predicate: str) -> tuple[int, bool, str, str]:
        order = self._orders.get(predicate)
        if order is None:
            name = self.names.predicate(predicate)
            first = _FIRST_PREDICATES.get(predicate, len(_FIRST_PREDICATES))
            order = (first, name.startswith("<"), natural(name), name)
            self._orders[predicate] = order
        return order
