"""Property paths as RDF: from the way SPARQL writes them to that of SHACL, section 2.3.1."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from ip5kg.names import PREFIXES, is_iri

__all__ = ["path_triples"]

_SH, _RDF = PREFIXES["sh"], PREFIXES["rdf"]
_NIL = NamedNode(_RDF + "nil")
_TOKEN = re.compile(r"\s*(<[^<>]*>|[|/^()*+?]|\S)")
_REPEATED = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_DEEPEST = 50

_Node: TypeAlias = NamedNode | BlankNode


def path_triples(path: str, prefix: str) -> tuple[_Node, list[Triple]] | None:
    """Write a property path as RDF.

    Args:
        path: A path with IRIs in full, such as ``^<…>/<…>*``.
        prefix: What the labels of its blank nodes begin with.

    Returns:
        The node that stands for the path, and the triples that describe it; None when the text
        is no path that SHACL has.
    """
    reader = _Reader(_TOKEN.findall(path), prefix)
    try:
        node = reader.alternatives(0)
        reader.expect("")
    except _NoPath:
        return None
    return node, reader.triples


class _NoPath(Exception):
    """The text is no property path of SHACL."""


class _Reader:
    """Reads a path from left to right; methods are named after what they read."""

    def __init__(self, tokens: list[str], prefix: str) -> None:
        self._tokens = [*tokens, ""]
        self._next = 0
        self._prefix = prefix
        self._count = 0
        self.triples: list[Triple] = []

    def alternatives(self, depth: int) -> _Node:
        members = [self._sequence(depth)]
        while self._take("|"):
            members.append(self._sequence(depth))
        if len(members) == 1:
            return members[0]
        return self._described("alternativePath", self._list(members))

    def expect(self, token: str) -> None:
        if self._tokens[self._next] != token:
            raise _NoPath

    def _sequence(self, depth: int) -> _Node:
        members = [self._element(depth)]
        while self._take("/"):
            members.append(self._element(depth))
        return members[0] if len(members) == 1 else self._list(members)

    def _element(self, depth: int) -> _Node:
        if self._take("^"):
            return self._described("inversePath", self._repeated(depth))
        return self._repeated(depth)

    def _repeated(self, depth: int) -> _Node:
        node = self._primary(depth)
        repeated = _REPEATED.get(self._tokens[self._next])
        if repeated is None:
            return node
        self._next += 1
        return self._described(repeated, node)

    def _primary(self, depth: int) -> _Node:
        if self._take("("):
            if depth == _DEEPEST:
                raise _NoPath
            node = self.alternatives(depth + 1)
            self.expect(")")
            self._next += 1
            return node
        iri = self._tokens[self._next][1:-1]
        if not is_iri(iri):
            raise _NoPath
        self._next += 1
        return NamedNode(iri)

    def _take(self, token: str) -> bool:
        found = self._tokens[self._next] == token
        self._next += found
        return found

    def _blank(self) -> BlankNode:
        self._count += 1
        return BlankNode(f"{self._prefix}{self._count}")

    def _described(self, predicate: str, target: _Node) -> BlankNode:
        node = self._blank()
        self.triples.append(Triple(node, NamedNode(_SH + predicate), target))
        return node

    def _list(self, members: list[_Node]) -> _Node:
        cells: list[_Node] = [*(self._blank() for _ in members), _NIL]
        for member, (cell, rest) in zip(members, pairwise(cells), strict=True):
            self.triples.append(Triple(cell, NamedNode(_RDF + "first"), member))
            self.triples.append(Triple(cell, NamedNode(_RDF + "rest"), rest))
        return cells[0]
