"""JSON-LD, flat: one object for each subject, and a context that makes its keys plain words.

A property is called by its local name where only one property has it, and the context says once
what all its values are: IRIs, or literals of one datatype. Lexical forms are written as strings,
since readers rewrite native JSON numbers (``80.50`` to ``80.5``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.lexical import INVISIBLE, Names
from ip5kg.turtle.plan import Plan
from ip5kg.turtle.statements import Node, Object

__all__ = ["write_jsonld"]

_XSD_STRING = PREFIXES["xsd"] + "string"
# JSON escapes the lower controls by itself, and the line ends between its lines are meant.
_HIDDEN = re.compile(rf"(?![\x00-\x1f])[{INVISIBLE}]")
_KEYWORDS = {"id": "@id", "type": "@type"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_RDF = PREFIXES["rdf"]
# A reader takes a term for a prefix when its namespace ends with one of these.
_DELIMITERS = tuple(":/?#[]@")

_Value: TypeAlias = str | dict[str, str]


def write_jsonld(quads: Iterable[Quad] | Plan, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a graph as JSON-LD 1.1; named graphs are merged.

    Args:
        quads: The graph, or a plan in which its named graphs are merged.
        prefixes: Prefix → namespace; only those that are used stand in the context.

    Raises:
        OutputError: When a quad has a term that RDF 1.1 does not have.
    """
    page = _Page(Plan.of(quads, merge=True), prefixes)
    objects = page.objects()
    whole = {"@context": page.context(), "@graph": objects}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


class _Page:
    """Turns the subjects of a plan into JSON objects."""

    def __init__(self, plan: Plan, prefixes: Mapping[str, str]) -> None:
        # With a prefix “name”, a reader would take the IRI <name:x> for a prefixed name.
        schemes = {iri.partition(":")[0] for iri in _iris(plan)}
        self._taken = {*schemes, *prefixes, *_KEYWORDS}
        safe = {
            prefix: namespace
            for prefix, namespace in prefixes.items()
            if prefix and prefix not in schemes and namespace.endswith(_DELIMITERS)
        }
        self.names = Names(safe)
        self._plan = plan
        self._labels = plan.all_labels()
        self._definitions: dict[str, dict[str, str]] = {}
        self._terms = self._name_properties()

    def context(self) -> dict[str, object]:
        """Say what the keys mean: aliases, prefixes, then the properties that are used."""
        if not self._plan.graphs.get(""):
            return {}
        terms = {name: self._definitions[name] for name in sorted(self._definitions)}
        return {**_KEYWORDS, **self.names.namespaces(), **terms}

    def objects(self) -> list[dict[str, object]]:
        """Describe each subject in an object: IRIs in natural order, then blank nodes."""
        return [self._object(node) for node in self._plan.flat(self._labels)]

    def _object(self, subject: Node) -> dict[str, object]:
        types: list[_Value] = []
        said: dict[str, list[_Value]] = {}
        for predicate, target in self._plan.pairs("", subject):
            if predicate == RDF_TYPE and not isinstance(target, Literal):
                types.append(self._name(target))
            else:
                name = self._terms[predicate]
                said.setdefault(name, []).append(self._value(target, name))
        whole: dict[str, object] = {"id": self._name(subject)}
        if types:
            whole["type"] = _alone(types)
        return whole | {name: _alone(said[name]) for name in sorted(said)}

    def _name_properties(self) -> dict[str, str]:
        """Find the key of each predicate, and what all its values have in common."""
        kinds: dict[str, set[str]] = {}
        for pairs in self._plan.graphs.get("", {}).values():
            for predicate, target in pairs:
                if predicate != RDF_TYPE or isinstance(target, Literal):
                    kinds.setdefault(predicate, set()).add(_kind(target))
        shorts = {iri: self._short(iri) for iri in sorted(kinds)}
        words = Counter(short.rpartition(":")[2] for short in shorts.values())
        names = {}
        for iri, short in shorts.items():
            word = short.rpartition(":")[2]
            is_free = words[word] == 1 and word not in self._taken and _WORD.fullmatch(word)
            if iri in (short, RDF_TYPE):
                names[iri] = short
                continue
            names[iri] = word if is_free else short
            [kind, *others] = kinds[iri]
            if kind and not others:
                kind = kind if kind == "@id" else self._short(kind)
                self._definitions[names[iri]] = {"@id": short, "@type": kind}
            elif is_free:
                self._definitions[word] = {"@id": short}
        return names

    def _value(self, term: Object, name: str) -> _Value:
        """Write an object, with what the context does not say of all values of the property."""
        if "@type" in self._definitions.get(name, ()):
            return term.value if isinstance(term, Literal) else self._name(term)
        if not isinstance(term, Literal):
            return {"@id": self._name(term)}
        if term.language is not None:
            return {"@language": term.language, "@value": term.value}
        if term.datatype.value == _XSD_STRING:
            return term.value
        return {"@type": self._short(term.datatype.value), "@value": term.value}

    def _name(self, node: Node) -> str:
        if isinstance(node, BlankNode):
            return f"_:{self._labels[node]}"
        return self._short(node.value)

    def _short(self, iri: str) -> str:
        return self.names.prefixed(iri) or iri


def _kind(term: Object) -> str:
    """Tell what the context can say of a value: nothing of a plain text or one of RDF itself."""
    if not isinstance(term, Literal):
        return "@id"
    datatype = term.datatype.value
    return "" if datatype == _XSD_STRING or datatype.startswith(_RDF) else datatype


def _alone(values: list[_Value]) -> _Value | list[_Value]:
    """Write a single value without its list."""
    return values[0] if len(values) == 1 else values


def _iris(plan: Plan) -> Iterator[str]:
    """Go through all IRIs of a plan, some of them several times."""
    for subject, pairs in plan.graphs.get("", {}).items():
        if isinstance(subject, NamedNode):
            yield subject.value
        for predicate, target in pairs:
            yield predicate
            if isinstance(target, NamedNode):
                yield target.value
            elif isinstance(target, Literal):
                yield target.datatype.value
