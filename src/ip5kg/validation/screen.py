"""SPARQL-based constraints in bulk: one query for all targets instead of one for each.

pySHACL evaluates a SPARQL-based constraint once for each focus node, some milliseconds each. Here
the pattern of the shape's target is put in front of the constraint's own, and the engine finds
all focus nodes that break it at once. It only screens: what it finds is given to pySHACL, which
has the last word on it.

Putting the target in front is the same as pre-binding ``$this`` (SHACL, section 5.3.1) as long as
the constraint is one flat SELECT, without sub-queries, and its outermost group begins the pattern.
What is of any other form is not screened but left to pySHACL.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.sparql.lexer import Token, tokens
from ip5kg.store import EmbeddedStore
from ip5kg.terms import Term

__all__ = ["Screen", "screens"]

_SH = PREFIXES["sh"]
_SUB_CLASS_OF = PREFIXES["rdfs"] + "subClassOf"
_CLASS, _SUBJECTS = _SH + "targetClass", _SH + "targetSubjectsOf"


class Screen:
    """A node shape whose SPARQL-based constraint can be screened.

    Args:
        shape: The IRI of the shape.
        queries: SELECT queries, one for each target, that answer with ``$this``.
    """

    def __init__(self, shape: str, queries: tuple[str, ...]) -> None:
        self.shape = shape
        self._queries = queries

    def failing(self, store: EmbeddedStore) -> list[Term]:
        """List the focus nodes that seem to break the constraint, sorted."""
        found: set[Term] = set()
        for query in self._queries:
            solutions = store.select(query)
            column = solutions.variables.index("this")
            found.update(term for row in solutions.rows if (term := row[column]) is not None)
        return sorted(found, key=str)


def screens(shapes: list[Triple]) -> list[Screen]:
    """Find the node shapes that can be screened.

    Args:
        shapes: The triples of a shapes graph.
    """
    graph: dict[str, dict[str, list[Term]]] = {}
    for triple in shapes:
        if isinstance(triple.subject, NamedNode):
            properties = graph.setdefault(triple.subject.value, {})
            properties.setdefault(triple.predicate.value, []).append(triple.object)
    found = []
    for shape, properties in sorted(graph.items()):
        constraints = properties.get(_SH + "sparql", [])
        own = {name for name in properties if name.startswith(_SH)}
        if len(constraints) != 1 or own - {
            _CLASS,
            _SUBJECTS,
            _SH + "sparql",
            _SH + "severity",
            _SH + "message",
        }:
            continue
        query = _query(graph, constraints[0])
        targets = _targets(properties)
        if query is not None and targets:
            found.append(Screen(shape, tuple(_insert(query, target) for target in targets)))
    return found


def _targets(properties: dict[str, list[Term]]) -> list[str]:
    """Write each target of a shape as a graph pattern."""
    patterns = [
        f" $this <{RDF_TYPE}>/<{_SUB_CLASS_OF}>* {target} . "
        for target in properties.get(_CLASS, [])
    ]
    return patterns + [
        f" {{ SELECT DISTINCT $this WHERE {{ $this {target} ?anything }} }} "
        for target in properties.get(_SUBJECTS, [])
    ]


def _query(graph: dict[str, dict[str, list[Term]]], constraint: Term) -> str | None:
    """Return the constraint's query with its prefixes, when it is one flat SELECT."""
    if not isinstance(constraint, NamedNode):
        return None
    properties = graph.get(constraint.value, {})
    selects = properties.get(_SH + "select", [])
    if len(selects) != 1 or not isinstance(selects[0], Literal):
        return None
    words = [token.text.upper() for token in tokens(selects[0].value) if token.kind == "word"]
    if words[:1] != ["SELECT"] or words.count("SELECT") != 1 or "GROUP" in words:
        return None
    lines = []
    for header in properties.get(_SH + "prefixes", []):
        if not isinstance(header, NamedNode):
            return None
        for declaration in graph.get(header.value, {}).get(_SH + "declare", []):
            if not isinstance(declaration, NamedNode):
                return None
            [prefix] = graph[declaration.value][_SH + "prefix"]
            [namespace] = graph[declaration.value][_SH + "namespace"]
            if isinstance(prefix, Literal) and isinstance(namespace, Literal):
                lines.append(f"PREFIX {prefix.value}: <{namespace.value}>\n")
    return "".join(sorted(lines)) + selects[0].value


def _insert(query: str, pattern: str) -> str:
    """Put a pattern at the beginning of the outermost group."""
    opening: Token = next(token for token in tokens(query) if token.text == "{")
    end = opening.start + 1
    return query[:end] + pattern + query[end:]
