"""The bridge between the terms and triples of pyoxigraph and those of rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import XSD
from rdflib.store import Store

from ip5kg.terms import Term

__all__ = ["Matching", "StoreView", "to_rdflib", "to_term"]

_STRING = NamedNode(str(XSD.string))


class Matching(Protocol):
    """A store that finds the triples which fit a pattern."""

    def __len__(self) -> int:
        """Count the triples."""
        ...

    def match(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        value: Term | None,
    ) -> Iterator[Triple]:
        """Go through the triples that fit a pattern, where None fits anything."""
        ...


class StoreView(Store):  # type: ignore[misc]  # rdflib is not followed
    """A read-only rdflib store that shows a store of ours.

    Args:
        store: The store; what it holds must not change.
    """

    # pySHACL wraps each graph in a dataset, which takes such stores only.
    context_aware = True
    graph_aware = True

    def __init__(self, store: Matching) -> None:
        super().__init__()
        self._store = store
        # pySHACL asks for the truth of a graph, which is its length, again and again.
        self._length = len(store)
        self._graph = rdflib.Graph(self, bind_namespaces="none")

    def __len__(self, context: Any = None) -> int:
        """Count the triples."""
        return self._length

    def triples(
        self,
        triple_pattern: tuple[Any, Any, Any],
        context: Any = None,  # noqa: ARG002
    ) -> Iterator[tuple[tuple[Any, Any, Any], Iterator[Any]]]:
        """Go through the triples that fit a pattern."""
        subject, predicate, value = (n if n is None else to_term(n) for n in triple_pattern)
        if not isinstance(subject, NamedNode | BlankNode | None):
            return
        if not isinstance(predicate, NamedNode | None):
            return
        for triple in self._store.match(subject, predicate, value):
            yield (
                (_node(triple.subject), _node(triple.predicate), _node(triple.object)),
                iter((self._graph,)),
            )

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:
        """Ignore a prefix: nothing is written from here."""

    def namespaces(self) -> Iterator[tuple[str, Any]]:
        """List no prefixes."""
        return iter(())

    def namespace(self, prefix: str) -> None:
        """Know no prefix."""

    def prefix(self, namespace: Any) -> None:
        """Know no prefix."""


def to_rdflib(triples: Iterable[Triple], graph: rdflib.Graph | None = None) -> rdflib.Graph:
    """Put parsed triples into an rdflib graph, by default a new one.

    The lexical forms of literals are kept.
    """
    if graph is None:
        graph = rdflib.Graph(bind_namespaces="none")
    graph.addN((_node(t.subject), _node(t.predicate), _node(t.object), graph) for t in triples)
    return graph


def to_term(node: Any) -> Term:
    """Turn an rdflib node into a pyoxigraph term."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return (
        Literal(str(node), datatype=NamedNode(str(node.datatype)))
        if node.datatype
        else Literal(str(node))
    )


def _node(term: Any) -> Any:
    """Turn a pyoxigraph term into an rdflib one."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == _STRING:
        # rdflib holds "x" and "x"^^xsd:string for two terms, RDF 1.1 for one.
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
