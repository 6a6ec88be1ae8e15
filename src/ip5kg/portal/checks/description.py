"""A description that was read back: what it says of each resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.publishing.vocabulary import iri
from ip5kg.turtle.reader import read

__all__ = ["Description"]


class Description:
    """The triples of a description, by subject and predicate.

    Args:
        triples: The triples.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)
        self._said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in self.triples:
            if isinstance(value, NamedNode | Literal):
                self._said[str(subject).strip("<>")][predicate.value].append(value.value)

    @classmethod
    def read(cls, path: Path) -> Description:
        """Read a file.

        Raises:
            InputError: When there is none, or it cannot be read.
            RdfSyntaxError: When it breaks its syntax.
        """
        return cls(read(path))

    def all(self, subject: str, name: str) -> list[str]:
        """List the values of a predicate, given as a prefixed name."""
        return self._said[subject][iri(name).value] if subject in self._said else []

    def one(self, subject: str, name: str) -> str:
        """Return the first value of a predicate in the alphabet, or an empty text."""
        return min(self.all(subject, name), default="")

    def members(self, name: str) -> list[str]:
        """List the members of a class, given as a prefixed name, in order."""
        kind, wanted = iri("rdf:type").value, iri(name).value
        return sorted(subject for subject, facts in self._said.items() if wanted in facts[kind])

    def iris(self) -> set[str]:
        """List the IRIs that are values."""
        return {t.object.value for t in self.triples if isinstance(t.object, NamedNode)}
