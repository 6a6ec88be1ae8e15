"""SPARQL-based constraints in bulk: one query for all targets instead of one for each.

The pattern of the shape's target is put in front of the constraint's own, and the engine finds
all focus nodes that break it at once.

Putting the target in front is the same as pre-binding ``$this`` (SHACL, section 5.3.1) as long as
the constraint is one flat SELECT without sub-queries, its outermost group begins the pattern, and
no expression in an inner group uses ``$this``, where only a pre-bound one would have a value. No
path may be without length where nodes are targets, which the graph need not have. What is of any
other form is not screened.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.sparql.lexer import Token, tokens
from ip5kg.sparql.mentions import mentions
from ip5kg.store import Solutions
from ip5kg.terms import Term
from ip5kg.validation.findings import SEVERITIES, Finding, Severity
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["Screen", "Selecting", "screens", "target_patterns", "unscreened"]

_SUB_CLASS_OF = PREFIXES["rdfs"] + "subClassOf"
_CLASS, _NODE = SH + "targetClass", SH + "targetNode"
_SUBJECTS, _OBJECTS = SH + "targetSubjectsOf", SH + "targetObjectsOf"
_OF_SHAPE = {
    _CLASS,
    _NODE,
    _SUBJECTS,
    _OBJECTS,
    *(SH + name for name in ("sparql", "severity", "message")),
}
_OF_CONSTRAINT = {SH + name for name in ("select", "prefixes", "message")}
_ONLY_PRE_BOUND = frozenset(("PATH", "shapesGraph", "currentShape"))
# What SHACL does not allow in a constraint (section 5.3.1), and what takes rows together.
_UNFIT = frozenset(("MINUS", "VALUES", "SERVICE", "GROUP"))
_ON_TEXT = frozenset(
    ("STR", "STRLEN", "REGEX", "REPLACE", "SUBSTR", "CONTAINS", "CONCAT", "SAMETERM")
)
_TERMS = frozenset(("iri", "name", "variable", "string", "number"))
_DECLARATION = ("prefix", "namespace")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_COMPONENT = SH + "SPARQLConstraintComponent"


class Selecting(Protocol):
    """A store that can be asked."""

    def select(self, query: str) -> Solutions:
        """Run a SELECT query."""
        ...

    def has_answer(self, query: str) -> bool:
        """Tell whether a query has a row."""
        ...


class Screen:
    """A node shape whose SPARQL-based constraint can be screened.

    Args:
        shape: The IRI of the shape.
        severity: Its severity.
        message: What to say, with ``{?name}`` for the binding of a variable.
        queries: SELECT queries, one for each target, that answer with ``$this``.
        untargeted: The query without a target, where that is quicker to ask: when it has no
            answer, neither have the others.

    Attributes:
        reads_text: Whether it looks at the lexical form of a value, not just at the value.
    """

    def __init__(
        self,
        shape: str,
        severity: Severity,
        message: str,
        queries: tuple[str, ...],
        untargeted: str = "",
    ) -> None:
        self.shape = shape
        self._severity = severity
        self._message = message
        self._queries = queries
        self._untargeted = untargeted
        self.reads_text = any(_reads_text(query) for query in queries)

    def asks_for(self, predicates: Collection[str]) -> bool:
        """Tell whether a triple with one of some properties can matter to it."""
        return bool(predicates) and any(
            _has_open_predicate(query)
            or not {mention.iri for mention in mentions(query)}.isdisjoint(predicates)
            for query in self._queries
        )

    def run(self, store: Selecting) -> list[Finding]:
        """List the validation results, each once."""
        found: dict[Finding, None] = {}
        if self._untargeted and not store.has_answer(self._untargeted):
            return []
        for query in self._queries:
            solutions = store.select(query)
            for row in solutions.rows:
                bound = {n: t for n, t in zip(solutions.variables, row, strict=True) if t}
                if "this" in bound:
                    found[self._finding(bound)] = None
        return list(found)

    def _finding(self, bound: dict[str, Term]) -> Finding:
        """Make a result of a solution (SHACL, section 5.3.2)."""
        path, message = bound.get("path"), bound.get("message")
        template = message.value if isinstance(message, Literal) else self._message
        return Finding(
            severity=self._severity,
            focus=bound["this"],
            path=str(path) if isinstance(path, NamedNode) else "",
            value=bound.get("value", bound["this"]),
            rule=self.shape,
            component=_COMPONENT,
            message=_PLACEHOLDER.sub(lambda found: _shown(bound.get(found[1]), found[0]), template),
        )


def screens(shapes: ShapesGraph) -> list[Screen]:
    """Find the node shapes that can be screened."""
    found = []
    for shape, said in shapes.properties.items():
        constraints = said.get(SH + "sparql", [])
        own = {name for name in said if name.startswith(SH)}
        if len(constraints) != 1 or own - _OF_SHAPE or not isinstance(shape, NamedNode):
            continue
        constraint = shapes.properties.get(constraints[0], {})
        query = _query(shapes, constraint)
        targets = target_patterns(shapes, shape)
        if query is not None and _NODE in said and _can_stay(query):
            continue
        if query is not None and targets:
            message = _first(constraint, "message") or _first(said, "message")
            queries = tuple(_insert(query, target) for target in targets)
            untargeted = query if _SUBJECTS in said and _goes_through_all(query) else ""
            found.append(Screen(shape.value, _severity(said), message, queries, untargeted))
    return sorted(found, key=lambda screen: screen.shape)


def _shown(term: Term | None, otherwise: str) -> str:
    """Write a bound term into a message."""
    return otherwise if term is None else str(getattr(term, "value", term))


def _first(said: dict[str, list[Term]], name: str) -> str:
    texts = [term.value for term in said.get(SH + name, []) if isinstance(term, Literal)]
    return min(texts, default="")


def _severity(said: dict[str, list[Term]]) -> Severity:
    names = {t.value for t in said.get(SH + "severity", []) if isinstance(t, NamedNode)}
    return next((s for s in SEVERITIES if SH + s.capitalize() in names), "violation")


def unscreened(shapes: ShapesGraph, found: Iterable[Screen]) -> frozenset[str]:
    """List the shapes with targets that lead to a SPARQL-based constraint without a screen."""
    screened = {screen.shape for screen in found}
    return frozenset(
        target
        for shape, said in shapes.properties.items()
        if SH + "sparql" in said and getattr(shape, "value", "") not in screened
        for target in shapes.with_targets(shape)
    )


def target_patterns(shapes: ShapesGraph, shape: NamedNode) -> list[str]:
    """Write each target of a shape as a graph pattern for ``$this`` (SHACL, section 2.1.3)."""
    said = shapes.properties.get(shape, {})
    classes = [*said.get(_CLASS, []), *([shape] if shapes.is_class(shape) else [])]
    nodes = " ".join(map(str, said.get(_NODE, [])))
    return [
        *(f" $this <{RDF_TYPE}>/<{_SUB_CLASS_OF}>* {target} . " for target in classes),
        *(_distinct(f"$this {target} ?anything") for target in said.get(_SUBJECTS, [])),
        *(_distinct(f"?anything {target} $this") for target in said.get(_OBJECTS, [])),
        *([f" VALUES $this {{ {nodes} }} "] if nodes else []),
    ]


def _distinct(pattern: str) -> str:
    return f" {{ SELECT DISTINCT $this WHERE {{ {pattern} }} }} "


def _query(shapes: ShapesGraph, constraint: dict[str, list[Term]]) -> str | None:
    """Return the constraint's query with its prefixes, when it can be screened."""
    if {name for name in constraint if name.startswith(SH)} - _OF_CONSTRAINT:
        return None
    selects = constraint.get(SH + "select", [])
    if len(selects) != 1 or not isinstance(selects[0], Literal):
        return None
    if not _is_flat(selects[0].value):
        return None
    prefixes = _prefixes(shapes, constraint)
    return None if prefixes is None else "".join(prefixes) + selects[0].value


def _is_flat(text: str) -> bool:
    """Tell whether a target in front of the pattern is as good as a pre-bound ``$this``."""
    found = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    words = [token.text.upper() for token in found if token.kind == "word"]
    if words[:1] != ["SELECT"] or words.count("SELECT") != 1 or not _UNFIT.isdisjoint(words):
        return False
    texts = [token.text.upper() for token in found]
    if any(pair in (("AS", "?THIS"), ("AS", "$THIS")) for pair in pairwise(texts)):
        return False
    if any(t.kind == "variable" and t.text[1:] in _ONLY_PRE_BOUND for t in found[_start(found) :]):
        return False
    return not any(_expressions_on_this(found))


def _reads_text(query: str) -> bool:
    words = {token.text.upper() for token in tokens(query) if token.kind == "word"}
    return not words.isdisjoint(_ON_TEXT)


def _can_stay(query: str) -> bool:
    """Tell whether some path of a query may have no length (SPARQL 1.1, section 9.3).

    Then a target node that the graph does not have leads to itself, if it is pre-bound; put in
    front as a value, it leads nowhere.
    """
    return any(token.kind == "mark" and token.text in ("*", "?") for token in tokens(query))


def _has_open_predicate(query: str) -> bool:
    """Tell whether some pattern may stand for a triple with a property that it does not name.

    That is a variable with terms on both sides, or a negated property set after a term.
    """
    found = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    found = found[_start(found) :]
    for before, token, after in zip(found, found[1:], found[2:], strict=False):
        if token.kind == "variable" and _is_term(before, ";[") and _is_term(after, "[("):
            return True
        if token.text == "!" and _is_term(before, ";[^/|(") and before.text != "(":
            return True
    return False


def _goes_through_all(query: str) -> bool:
    """Tell whether a pattern begins with all triples of ``$this``, whatever their property.

    Then every solution has a ``$this`` without a target, too, and going through all triples in
    one go is quicker than doing so for each subject.
    """
    found = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    subject, predicate = (found[_start(found) + 1 :] + [found[-1]] * 2)[:2]
    return subject.text in ("$this", "?this") and predicate.kind == "variable"


def _is_term(token: Token, others: str) -> bool:
    """Tell whether a token is a term, or one of some signs."""
    if token.kind == "word":
        return token.text in ("true", "false")
    return token.kind in _TERMS or (len(token.text) == 1 and token.text in others)


def _start(found: list[Token]) -> int:
    """Return where the outermost group opens; before it stands the projection."""
    return next((n for n, token in enumerate(found) if token.text == "{"), len(found))


def _expressions_on_this(found: list[Token]) -> Iterator[bool]:
    """For each ``$this``, tell whether it stands in an expression of an inner group."""
    brackets: list[str] = []
    before = ""
    for token in found:
        if token.text in ("{", "("):
            brackets.append("EXISTS" if token.text == "{" and before == "EXISTS" else token.text)
        elif token.text in ("}", ")"):
            brackets.pop()
        elif token.kind == "variable" and token.text[1:] == "this" and "EXISTS" not in brackets:
            inner = brackets[brackets.index("{") + 1 :] if "{" in brackets else []
            yield "{" in inner and "(" in inner[inner.index("{") :]
        before = token.text.upper()


def _prefixes(shapes: ShapesGraph, constraint: dict[str, list[Term]]) -> list[str] | None:
    """Write the prefix declarations of a constraint (SHACL, section 5.2.1), if they are sound."""
    lines = set()
    for header in constraint.get(SH + "prefixes", []):
        for node in shapes.properties.get(header, {}).get(SH + "declare", []):
            declaration = shapes.properties.get(node, {})
            prefixes = declaration.get(SH + "prefix", [])
            namespaces = declaration.get(SH + "namespace", [])
            both = [term for term in prefixes + namespaces if isinstance(term, Literal)]
            if len(prefixes) != 1 or len(namespaces) != 1 or len(both) != len(_DECLARATION):
                return None
            lines.add(f"PREFIX {both[0].value}: <{both[1].value}>\n")
    return sorted(lines)


def _insert(query: str, pattern: str) -> str:
    """Put a pattern at the beginning of the outermost group."""
    opening: Token = next(token for token in tokens(query) if token.text == "{")
    end = opening.start + 1
    return query[:end] + pattern + query[end:]
