"""Publishing the graph: what is missing is sent, and what was sent is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, Triple

from ip5kg.publishing.loading.content import Content, Difference
from ip5kg.publishing.loading.target import Target

__all__ = ["Fate", "Loaded", "hash_of_all", "load"]


class Fate(Enum):
    """What became of a graph."""

    THERE = "was there already"
    MISSING = "is to be replaced"
    REPLACED = "was replaced"
    DIFFERENT = "was replaced, and differs"
    LEFT = "was left as it was, since the store loses triples"

    @property
    def plural(self) -> str:
        """What became of several."""
        return {
            Fate.THERE: "there already",
            Fate.MISSING: "to be replaced",
            Fate.REPLACED: "replaced",
            Fate.DIFFERENT: "replaced that differ",
            Fate.LEFT: "left as they were",
        }[self]


@dataclass(frozen=True)
class Loaded:
    """What became of one named graph.

    Attributes:
        graph: Its IRI.
        fate: What became of it.
        triples: The number of triples that it should hold.
        sha256: The hash of what it should hold.
        difference: In what it is another; None when it is not, or was not looked at.
    """

    graph: str
    fate: Fate
    triples: int
    sha256: str
    difference: Difference | None = None


def load(
    quads: Iterable[Quad],
    target: Target,
    *,
    dry: bool = False,
    progress: Callable[[str, int, int], None] = lambda _graph, _number, _total: None,
) -> list[Loaded]:
    """Let a store hold the named graphs of a dataset.

    Each graph is compared with what is there, and replaced as a whole where it is another. So a
    run after an interruption does what is missing, and one more does nothing. Graphs of other
    names are left alone.

    Args:
        quads: The dataset; it has named graphs only.
        target: The store.
        dry: Whether nothing is to be written.
        progress: Told of each graph: its IRI, its number from 1, and the number of all.

    Returns:
        What became of each graph, by IRI.

    Raises:
        EndpointError: When the store cannot be asked or does not take what it is sent.
    """
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise TypeError("a triple stands in no named graph")
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    done = []
    for number, graph in enumerate(sorted(graphs), 1):
        progress(graph, number, len(graphs))
        done.append(_load_one(graph, Content(graphs[graph]), target, dry=dry))
    return done


def hash_of_all(loaded: Iterable[Loaded]) -> str:
    """Return one SHA-256 for all graphs: that of their IRIs and hashes."""
    lines = [f"{one.graph} {one.sha256}\n" for one in loaded]
    return sha256("".join(lines).encode()).hexdigest()


def _load_one(graph: str, wanted: Content, target: Target, *, dry: bool) -> Loaded:
    """Let a store hold one graph."""
    found = target.holds(graph, wanted)
    if found is not None and wanted.difference(found) is None:
        if not dry:
            target.tidy(graph)
        return Loaded(graph, Fate.THERE, wanted.count, wanted.sha256)
    if dry:
        return Loaded(graph, Fate.MISSING, wanted.count, wanted.sha256)
    left = target.replace(graph, wanted)
    if left is not None:
        return Loaded(graph, Fate.LEFT, wanted.count, wanted.sha256, left)
    difference = wanted.difference(target.read(graph))
    fate = Fate.REPLACED if difference is None else Fate.DIFFERENT
    return Loaded(graph, fate, wanted.count, wanted.sha256, difference)
