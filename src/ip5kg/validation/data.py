"""The data graph: what is validated, in the forms that the engines take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from ip5kg.names import PREFIXES
from ip5kg.store import EmbeddedStore
from ip5kg.terms import Term
from ip5kg.validation.files import ParsedFiles

__all__ = ["DataGraph"]

_STRING = NamedNode(PREFIXES["xsd"] + "string")
_ANY = "urn:ip5kg:"
_VALUE = NamedNode("urn:ip5kg:value")


class _Forms(NamedTuple):
    """What one look at all files yields.

    Attributes:
        named: The files without blank nodes as N-Triples.
        others: The triples of the other files.
        literals: The literals that are no plain or language-tagged strings.
        store: All of them as a SPARQL store.
    """

    named: list[bytes]
    others: list[Triple]
    literals: set[Literal]
    store: EmbeddedStore


class DataGraph:
    """The union of the triples of some files.

    Args:
        parsed: File → its triples; blank nodes of different files have different names.
    """

    def __init__(self, parsed: Mapping[Path, list[Triple]]) -> None:
        self.parsed = ParsedFiles.of(parsed)

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
        return self._forms.store

    def write_ntriples(self, path: Path) -> None:
        """Write the triples as N-Triples, with the literals as they are in the files."""
        with path.open("wb") as file:
            file.writelines(self._forms.named)
            file.write(_ntriples(self._forms.others))

    def forget_text(self) -> None:
        """Give back the memory of the triples as text; it is made anew when it is asked for."""
        self.__dict__["store"] = self.store
        self.__dict__.pop("_forms", None)

    @cached_property
    def is_faithful(self) -> bool:
        """Whether the store holds the very terms of the files.

        The store writes some literals anew (``007`` becomes ``7``), and a constraint may be
        about just that: then only the triples themselves will do.
        """
        return not self._rewritten

    @cached_property
    def rewritten_predicates(self) -> frozenset[str]:
        """The properties with values that the store writes anew."""
        rewritten = self._rewritten
        if not rewritten:
            return frozenset()
        return frozenset(t.predicate.value for t in self.triples() if t.object in rewritten)

    @cached_property
    def _rewritten(self) -> set[Term]:
        """The literals that the store writes anew."""
        literals: set[Term] = {*self._forms.literals}
        store = Store()
        store.extend(Quad(NamedNode(f"{_ANY}{n}"), _VALUE, v) for n, v in enumerate(literals))
        return literals - {quad.object for quad in store}

    @cached_property
    def _forms(self) -> _Forms:
        named: list[bytes] = []
        others: list[Triple] = []
        literals: set[Literal] = set()
        # The store lets go of Python while it takes in a file, so the next one is read meanwhile.
        texts: SimpleQueue[bytes | None] = SimpleQueue()
        with ThreadPoolExecutor(max_workers=1) as loader:
            store = loader.submit(EmbeddedStore.of, others, iter(texts.get, None))
            try:
                for path, triples in self.parsed.items():
                    literals.update(_typed_literals(triples))
                    if self.parsed.has_blank_nodes(path):
                        # A store that reads text gives blank nodes other names.
                        others.extend(triples)
                    else:
                        named.append(_ntriples(triples))
                        texts.put(named[-1])
            finally:
                texts.put(None)
        return _Forms(named, others, literals, store.result())


def _ntriples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _typed_literals(triples: Iterable[Triple]) -> Iterator[Literal]:
    """Go through the literals that are no plain or language-tagged strings."""
    for triple in triples:
        target = triple.object
        if type(target) is Literal and target.language is None and target.datatype != _STRING:
            yield target
