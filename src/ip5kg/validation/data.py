"""The data graph: what is validated, in the forms that the engines take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from ip5kg.names import PREFIXES
from ip5kg.store import EmbeddedStore

__all__ = ["DataGraph"]

_STRING = NamedNode(PREFIXES["xsd"] + "string")
_ANY = "urn:ip5kg:"
_VALUE = NamedNode("urn:ip5kg:value")


class DataGraph:
    """The union of the triples of some files.

    Args:
        parsed: File → its triples; blank nodes of different files have different names.
    """

    def __init__(self, parsed: Mapping[Path, list[Triple]]) -> None:
        self.parsed = parsed

    def __len__(self) -> int:
        """Count the triples, each once."""
        return len(self.store)

    def triples(self) -> Iterator[Triple]:
        """Go through the triples, file by file."""
        for triples in self.parsed.values():
            yield from triples

    @cached_property
    def store(self) -> EmbeddedStore:
        """The triples as a SPARQL store, all in one graph."""
        return EmbeddedStore.of(self.triples())

    @cached_property
    def ntriples(self) -> str:
        """The triples as N-Triples, with the literals as they are in the files."""
        return b"".join(
            serialize(triples, format=RdfFormat.N_TRIPLES) or b""
            for triples in self.parsed.values()
        ).decode()

    @cached_property
    def is_faithful(self) -> bool:
        """Whether the store holds the very terms of the files.

        The store writes some literals anew (``007`` becomes ``7``), and a constraint may be
        about just that: then only the triples themselves will do.
        """
        literals = _typed_literals(self.triples())
        store = Store()
        store.extend(Quad(NamedNode(f"{_ANY}{n}"), _VALUE, v) for n, v in enumerate(literals))
        return {quad.object for quad in store} == literals


def _typed_literals(triples: Iterable[Triple]) -> set[Literal]:
    """Collect the literals that are no plain or language-tagged strings."""
    return {
        target
        for triple in triples
        if type(target := triple.object) is Literal
        and target.language is None
        and target.datatype != _STRING
    }
