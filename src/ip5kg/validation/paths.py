"""Property paths, from RDF to the syntax of SPARQL (SHACL, section 2.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from ip5kg.names import PREFIXES
from ip5kg.terms import Term

__all__ = ["can_stay", "members", "write_path"]

_SH = PREFIXES["sh"]
_NIL = NamedNode(PREFIXES["rdf"] + "nil")
_FIRST, _REST = PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"
_SIGNS = {
    _SH + "inversePath": ("^", ""),
    _SH + "zeroOrMorePath": ("", "*"),
    _SH + "oneOrMorePath": ("", "+"),
    _SH + "zeroOrOnePath": ("", "?"),
}
_DEEPEST = 50
_IRI = re.compile("<[^<>]*>")
_STEPS = frozenset("*?")

_Graph = Mapping[Term, Mapping[str, list[Term]]]


def write_path(path: Term, graph: _Graph, depth: int = 0) -> str:
    """Write a property path as SPARQL does.

    Args:
        path: The value of ``sh:path``.
        graph: Subject → predicate → objects.
        depth: How deep in another path it stands.

    Returns:
        The path, or an empty text when it is none.
    """
    if isinstance(path, NamedNode):
        return f"<{path.value}>"
    said = graph.get(path, {})
    if depth > _DEEPEST:
        return ""
    if _FIRST in said:
        return "/".join(_inner(member, graph, depth) for member in members(path, graph))
    for head in said.get(_SH + "alternativePath", []):
        return "|".join(_inner(member, graph, depth) for member in members(head, graph))
    for predicate, (before, after) in _SIGNS.items():
        for inner in said.get(predicate, []):
            return f"{before}{_inner(inner, graph, depth)}{after}"
    return ""


def can_stay(path: str) -> bool:
    """Tell whether a path, as SPARQL writes it, has a step that may have no length."""
    return not _STEPS.isdisjoint(_IRI.sub("", path))


def _inner(path: Term, graph: _Graph, depth: int) -> str:
    """Write a path inside another one, in parentheses where it is no single IRI."""
    written = write_path(path, graph, depth + 1)
    return written if isinstance(path, NamedNode) else f"({written})"


def members(head: Term, graph: _Graph) -> Iterator[Term]:
    """Go through an RDF list; one that bites its tail ends there.

    Args:
        head: The first node of the list.
        graph: Subject → predicate → objects.
    """
    seen: set[Term] = set()
    while head not in seen and head != _NIL:
        seen.add(head)
        said = graph.get(head, {})
        yield from said.get(_FIRST, [])[:1]
        head = next(iter(said.get(_REST, [])), _NIL)
