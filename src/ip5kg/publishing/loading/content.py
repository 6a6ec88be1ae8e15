"""What a named graph holds, compared by values: stores write 1.50 as 1.5."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, Quad, Store, Triple

from ip5kg.turtle.canonical import canonical_sha256

__all__ = ["Content", "Difference"]

_SHOWN = 3


@dataclass(frozen=True)
class Difference:
    """In what a graph of a store is another than the one that should be there.

    Attributes:
        wanted: The number of triples that should be there, as values.
        found: The number of those that are.
        missing: Some triples that are not there, in N-Triples.
        unexpected: Some that should not be.
        hashes: The SHA-256 that should be and the one that is; empty where not computed.
    """

    wanted: int
    found: int
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    hashes: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        """Say it, over several lines where triples are named."""
        if self.wanted != self.found:
            first = f"{self.found} of {self.wanted} triples are there"
        elif self.missing or self.unexpected:
            first = "other triples are there"
        else:
            one, other = (value[:16] for value in self.hashes)
            first = f"its blank nodes are tied otherwise (SHA-256 {other}… instead of {one}…)"
        lines = [f"  missing: {triple}" for triple in self.missing]
        lines += [f"  not sent: {triple}" for triple in self.unexpected]
        return "\n".join([first, *lines])


class Content:
    """The triples of a graph.

    Two contents are equal when they are isomorphic (RDF 1.1 Concepts, section 3.6) after each
    literal has been replaced by the usual one of its value, and the case of language tags is
    ignored.

    Args:
        triples: The triples, as they are in a file or as a store gave them.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)

    @property
    def count(self) -> int:
        """The number of triples, as values."""
        return len(self._values)

    @property
    def written(self) -> int:
        """The number of triples, as they are written: 1 and 01 are two."""
        return len(set(self.triples))

    @cached_property
    def _values(self) -> frozenset[Triple]:
        store = Store()
        store.extend(Quad(*_without_case(triple)) for triple in self.triples)
        return frozenset(quad.triple for quad in store)

    @cached_property
    def _ground(self) -> frozenset[Triple]:
        return frozenset(triple for triple in self._values if not _is_blank(triple))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the canonical N-Quads (RDFC-1.0) of the values."""
        return canonical_sha256(self._values)

    def difference(self, found: Content) -> Difference | None:
        """Tell in what what was found is another content; None when it is the same.

        Blank nodes are compared only when all else is equal, since a graph of strangers can be
        such that its canonical form takes for ever.
        """
        missing, unexpected = self._ground - found._ground, found._ground - self._ground
        same = not missing and not unexpected and self._shape() == found._shape()
        if same and self.sha256 == found.sha256:
            return None
        return Difference(
            self.count,
            found.count,
            _first(missing),
            _first(unexpected),
            (self.sha256, found.sha256) if same else ("", ""),
        )

    def _shape(self) -> tuple[int, int, list[str]]:
        """Count triples and blank nodes, and list the triples without the names of the latter."""
        tied = [triple for triple in self._values if _is_blank(triple)]
        nodes = {
            term for t in tied for term in (t.subject, t.object) if isinstance(term, BlankNode)
        }
        anonymous = sorted(
            " ".join(
                "_:" if isinstance(term, BlankNode) else str(term)
                for term in (t.subject, t.predicate, t.object)
            )
            for t in tied
        )
        return self.count, len(nodes), anonymous


def _is_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _without_case(triple: Triple) -> Triple:
    """Write language tags in small letters (RFC 5646, section 2.1.1: case means nothing)."""
    term = triple.object
    if isinstance(term, Literal) and term.language and not term.language.islower():
        lower = Literal(term.value, language=term.language.lower())
        return Triple(triple.subject, triple.predicate, lower)
    return triple


def _first(triples: frozenset[Triple]) -> tuple[str, ...]:
    shown = sorted(map(str, triples))
    more = len(shown) - _SHOWN
    return (*shown[:_SHOWN], *([f"… and {more} more"] if more > 0 else []))
