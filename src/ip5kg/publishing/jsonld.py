"""JSON-LD, flat: one object for each subject, and a context that makes its keys plain words.

A property is called by its local name where only one property has it, and the context says once
what all its values are: IRIs, or literals of one datatype. Lexical forms are written as strings,
since readers rewrite native JSON numbers (``80.50`` to ``80.5``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.lexical import INVISIBLE, Names
from ip5kg.turtle.plan import Plan
from ip5kg.turtle.statements import Node, Object

__all__ = ["Terms", "Usage", "json_objects", "write_jsonld"]

_XSD_STRING = PREFIXES["xsd"] + "string"
# JSON escapes the lower controls by itself, and the line ends between its lines are meant.
_HIDDEN = re.compile(rf"(?![\x00-\x1f])[{INVISIBLE}]")
_KEYWORDS = {"id": "@id", "type": "@type"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_RDF = PREFIXES["rdf"]
# A reader takes a term for a prefix when its namespace ends with one of these.
_DELIMITERS = tuple(":/?#[]@")

# Writes a text as json.dumps does without ensure_ascii.
_text = json.encoder.encode_basestring
_KEY, _ITEM = "\n   ", "\n    "
"""Line ends within an object: before its keys, and one level deeper."""


def write_jsonld(quads: Iterable[Quad] | Plan, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a graph as JSON-LD 1.1; named graphs are merged.

    Args:
        quads: The graph, or a plan in which its named graphs are merged.
        prefixes: Prefix → namespace; only those that are used stand in the context.

    Raises:
        OutputError: When a quad has a term that RDF 1.1 does not have.
    """
    plan = Plan.of(quads, merge=True)
    terms = Terms(Usage.of(plan), prefixes)
    names = terms.namer()
    objects = json_objects(plan, terms, names)
    opening, closing = terms.frame(names.used, empty=not objects)
    return opening + ",\n".join(objects) + closing


class Usage:
    """What the context of a graph depends on.

    Attributes:
        kinds: Predicate → what the context can say of its values.
        schemes: The schemes of all IRIs.
    """

    def __init__(self, kinds: dict[str, set[str]], schemes: set[str]) -> None:
        self.kinds = kinds
        self.schemes = schemes

    @classmethod
    def of(cls, plan: Plan) -> Usage:
        """Look at all statements of a plan in which named graphs are merged."""
        kinds: dict[str, set[str]] = {}
        starts: set[str] = set()
        for subject, pairs in plan.graphs.get("", {}).items():
            if isinstance(subject, NamedNode):
                starts.add(subject.value.partition(":")[0])
            for predicate, target in pairs:
                if isinstance(target, Literal):
                    datatype = target.datatype.value
                    starts.add(datatype)
                    kinds.setdefault(predicate, set()).add(_kind(datatype))
                    continue
                if isinstance(target, NamedNode):
                    starts.add(target.value.partition(":")[0])
                if predicate == RDF_TYPE:
                    starts.add(predicate)
                else:
                    kinds.setdefault(predicate, set()).add("@id")
        return cls(kinds, {start.partition(":")[0] for start in (*starts, *kinds)})

    @classmethod
    def all(cls, parts: Iterable[Usage]) -> Usage:
        """Put together what the parts of a graph use."""
        kinds: dict[str, set[str]] = {}
        schemes: set[str] = set()
        for part in parts:
            schemes |= part.schemes
            for predicate, found in part.kinds.items():
                kinds.setdefault(predicate, set()).update(found)
        return cls(kinds, schemes)


class Terms:
    """The words of a context: what its keys mean, and what it says of all their values.

    Args:
        usage: What the graph uses.
        prefixes: Prefix → namespace.

    Attributes:
        words: Predicate → its key.
        typed: The keys of which the context says what all values are.
    """

    def __init__(self, usage: Usage, prefixes: Mapping[str, str]) -> None:
        # With a prefix “name”, a reader would take the IRI <name:x> for a prefixed name.
        self._taken = {*usage.schemes, *prefixes, *_KEYWORDS}
        self._safe = {
            prefix: namespace
            for prefix, namespace in prefixes.items()
            if prefix and prefix not in usage.schemes and namespace.endswith(_DELIMITERS)
        }
        self._names = Names(self._safe)
        self._definitions: dict[str, dict[str, str]] = {}
        self.words = self._name_properties(usage.kinds)
        self.typed = {name for name, said in self._definitions.items() if "@type" in said}

    def namer(self) -> Names:
        """Make what writes names in the objects, and remembers which prefixes they take."""
        return Names(self._safe)

    def signature(self, usage: Usage) -> object:
        """Return what the objects of a part of the graph depend on, which uses no more than it."""
        words = tuple((name, self.words[name]) for name in sorted(usage.kinds))
        typed = tuple(word in self.typed for _, word in words)
        return words, typed, tuple(self._safe)

    def frame(self, used: Iterable[str], *, empty: bool) -> tuple[str, str]:
        """Write what stands before and after the objects.

        Args:
            used: The prefixes that the objects take.
            empty: Whether there are none.
        """
        context: dict[str, object] = {}
        if not empty:
            self._names.used.update(used)
            terms = {name: self._definitions[name] for name in sorted(self._definitions)}
            context = {**_KEYWORDS, **self._names.namespaces(), **terms}
        text = json.dumps({"@context": context}, ensure_ascii=False, indent=1)
        opening = _visible(text.removesuffix("\n}")) + ',\n "@graph": ['
        return opening + "\n" * (not empty), "\n " * (not empty) + "]\n}\n"

    def _name_properties(self, kinds: Mapping[str, set[str]]) -> dict[str, str]:
        """Find the key of each predicate, and what all its values have in common."""
        shorts = {iri: self._names.prefixed(iri) or iri for iri in sorted(kinds)}
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
                kind = kind if kind == "@id" else self._names.prefixed(kind) or kind
                self._definitions[names[iri]] = {"@id": short, "@type": kind}
            elif is_free:
                self._definitions[word] = {"@id": short}
        return names


def json_objects(plan: Plan, terms: Terms, names: Names) -> list[str]:
    """Describe each subject of a plan in an object: IRIs in natural order, then blank nodes.

    Args:
        plan: A plan in which named graphs are merged.
        terms: The words of its context, or of that of a graph which it is a part of.
        names: Writes the names.
    """
    page = _Page(plan, terms, names)
    return [page.object(node) for node in plan.flat(plan.all_labels())]


class _Page:
    """Turns the subjects of a plan into JSON objects."""

    def __init__(self, plan: Plan, terms: Terms, names: Names) -> None:
        self._plan = plan
        self._words = terms.words
        self._typed = terms.typed
        self._names = names
        self._labels = plan.all_labels()
        # IRI → its name, which JSON has in quotation marks.
        self._written: dict[str, str] = {}

    def object(self, subject: Node) -> str:
        types: list[str] = []
        said: dict[str, list[str]] = {}
        for predicate, target in self._plan.pairs("", subject):
            if predicate == RDF_TYPE and not isinstance(target, Literal):
                types.append(self._name(target))
            else:
                name = self._words[predicate]
                value = self._value(target, name)
                if name in said:
                    said[name].append(value)
                else:
                    said[name] = [value]
        lines = [f'"id": {self._name(subject)}']
        if types:
            lines.append(f'"type": {_list(types)}')
        lines += [f"{_text(name)}: {_list(said[name])}" for name in sorted(said)]
        return _visible(f"  {{{_KEY}{f',{_KEY}'.join(lines)}\n  }}")

    def _value(self, term: Object, name: str) -> str:
        """Write an object, with what the context does not say of all values of the property."""
        if name in self._typed:
            return _text(term.value) if isinstance(term, Literal) else self._name(term)
        if not isinstance(term, Literal):
            return _pairs(("@id", self._name(term)))
        if term.language is not None:
            return _pairs(("@language", _text(term.language)), ("@value", _text(term.value)))
        datatype = term.datatype.value
        if datatype == _XSD_STRING:
            return _text(term.value)
        return _pairs(("@type", self._iri(datatype)), ("@value", _text(term.value)))

    def _name(self, node: Node) -> str:
        if isinstance(node, BlankNode):
            return _text(f"_:{self._labels[node]}")
        return self._iri(node.value)

    def _iri(self, iri: str) -> str:
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = _text(self._names.prefixed(iri) or iri)
        return written


def _kind(datatype: str) -> str:
    """Tell what the context can say of a literal: nothing of a plain text or one of RDF itself."""
    return "" if datatype == _XSD_STRING or datatype.startswith(_RDF) else datatype


def _pairs(*pairs: tuple[str, str]) -> str:
    """Write an object in an object."""
    inside = f",{_ITEM}".join(f'"{key}": {value}' for key, value in pairs)
    return f"{{{_ITEM}{inside}{_KEY}}}"


def _list(values: list[str]) -> str:
    """Write values, and a single one without its list."""
    if len(values) == 1:
        return values[0]
    # What has several lines is one level deeper here.
    inside = f",{_ITEM}".join(value.replace("\n", "\n ") for value in values)
    return f"[{_ITEM}{inside}{_KEY}]"


def _visible(text: str) -> str:
    """Escape what nobody sees in an editor."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
