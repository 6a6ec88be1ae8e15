"""RDF/XML, flat: one ``rdf:Description`` for each subject, one element for each statement.

RDF/XML cannot hold every graph: the name of an element is what a predicate ends with, and XML has
no place for some characters. What it cannot hold is refused, never written wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import NoReturn

from pyoxigraph import BlankNode, Literal, Quad

from ip5kg.errors import OutputError
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.lexical import INVISIBLE
from ip5kg.turtle.plan import Pair, Plan
from ip5kg.turtle.statements import Node

__all__ = ["Elements", "write_rdfxml", "xml_descriptions"]

_RDF = PREFIXES["rdf"]
_XSD_STRING = PREFIXES["xsd"] + "string"

# Letters that are letters in every edition of XML, so that every parser takes them in names.
_LETTER = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9"
    "\u0410-\u044f\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NAME = re.compile(rf"[{_LETTER}][{_LETTER}0-9.-]*\Z")
_PREFIX = re.compile(r"(?!xml)[A-Za-z_][A-Za-z0-9_.-]*", re.IGNORECASE)

# Elements that mean something else than a predicate.
_RESERVED = {
    _RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
}
_XMLNS = "http://www.w3.org/2000/xmlns/"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = re.compile(rf"(?![\t\n])[&<>{INVISIBLE}]")
# What most texts are made of: nothing in them has to be looked at.
_PLAIN = re.compile("[ !#-%'-;=?-~]*")
_NAMED_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ELSEWHERE = "Export it as turtle or nquads, which hold everything."


def write_rdfxml(quads: Iterable[Quad] | Plan, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a graph as RDF/XML; named graphs are merged.

    Args:
        quads: The graph, or a plan in which its named graphs are merged.
        prefixes: Prefix → namespace; only those that are used are declared.

    Raises:
        OutputError: When a predicate does not end with an XML name, a literal has a character
            that XML has no place for, or a term is not of RDF 1.1.
    """
    plan = Plan.of(quads, merge=True)
    elements = Elements(prefixes)
    descriptions = xml_descriptions(plan, elements)
    opening, closing = elements.frame()
    return opening + "".join(descriptions) + closing


class Elements:
    """The names of elements, one for each predicate, and the namespaces that they take.

    Args:
        prefixes: Prefix → namespace.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._namespaces = {
            namespace: prefix
            for prefix, namespace in sorted(prefixes.items(), reverse=True)
            if _PREFIX.fullmatch(prefix) and prefix != "rdf"
        }
        self._taken = {*prefixes, "rdf"}
        self._namespaces[_RDF] = "rdf"
        self._known = set(self._namespaces)
        self.used = {"rdf": _RDF}
        self.names: dict[str, str] = {}

    @property
    def are_known(self) -> bool:
        """Whether all namespaces have a known prefix, so that another graph has it, too."""
        return self._known >= set(self.used.values())

    def frame(self) -> tuple[str, str]:
        """Write what stands before and after the descriptions: it declares what was used."""
        declared = "".join(
            f"\n    xmlns:{prefix}={_quoted(self.used[prefix])}" for prefix in sorted(self.used)
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n', "</rdf:RDF>\n"

    def add(self, predicates: Iterable[str]) -> None:
        """Find the element name of each predicate.

        Raises:
            OutputError: When there is none.
        """
        for predicate in sorted(predicates):
            name = _NAME.search(predicate)
            if name is None:
                _refuse(predicate, "does not end with an XML name")
            if predicate in _RESERVED:
                _refuse(predicate, "is a word of RDF/XML itself")
            namespace, local = predicate[: name.start()], name[0]
            if namespace == _XMLNS:
                _refuse(predicate, "belongs to XML itself")
            self.names[predicate] = f"{self._prefix(namespace)}:{local}"

    def _prefix(self, namespace: str) -> str:
        """Return the prefix of a namespace, with a new one where none is known."""
        if namespace not in self._namespaces:
            free = (f"ns{number}" for number in count(1) if f"ns{number}" not in self._taken)
            self._namespaces[namespace] = next(free)
        prefix = self._namespaces[namespace]
        self._taken.add(prefix)
        self.used[prefix] = namespace
        return prefix


def xml_descriptions(plan: Plan, elements: Elements) -> list[str]:
    """Write an element for each subject of a plan: IRIs in natural order, then blank nodes.

    Args:
        plan: A plan in which named graphs are merged.
        elements: Names the elements, and remembers which prefixes that takes.

    Raises:
        OutputError: When RDF/XML cannot hold it.
    """
    found = plan.graphs.get("", {})
    elements.add({predicate for pairs in found.values() for predicate, _ in pairs})
    page = _Page(plan, elements.names)
    return [page.description(node) for node in plan.flat(plan.all_labels())]


class _Page:
    """Turns the subjects of a plan into elements."""

    def __init__(self, plan: Plan, names: Mapping[str, str]) -> None:
        self._plan = plan
        self._labels = plan.all_labels()
        self._names = names
        # Types come first, then the others as they are called.
        self._order = {
            predicate: (predicate != RDF_TYPE, name) for predicate, name in names.items()
        }
        # IRI → how it stands as the value of an attribute.
        self._written: dict[str, str] = {}

    def description(self, subject: Node) -> str:
        # The order of objects stays, since sorting keeps the order of equals.
        pairs = sorted(self._plan.pairs("", subject), key=lambda pair: self._order[pair[0]])
        inside = "".join([self._statement(pair) for pair in pairs])
        opening = f"  <rdf:Description {self._reference(subject, 'about')}>\n"
        return f"{opening}{inside}  </rdf:Description>\n"

    def _statement(self, pair: Pair) -> str:
        predicate, target = pair
        name = self._names[predicate]
        if not isinstance(target, Literal):
            return f"    <{name} {self._reference(target, 'resource')}/>\n"
        attribute = ""
        if target.language is not None:
            attribute = f' xml:lang="{target.language}"'
        elif (datatype := target.datatype.value) != _XSD_STRING:
            attribute = f" rdf:datatype={self._attribute(datatype)}"
        return f"    <{name}{attribute}>{_escape(target.value)}</{name}>\n"

    def _reference(self, node: Node, attribute: str) -> str:
        if isinstance(node, BlankNode):
            return f'rdf:nodeID="{self._labels[node]}"'
        return f"rdf:{attribute}={self._attribute(node.value)}"

    def _attribute(self, iri: str) -> str:
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = _quoted(iri)
        return written


def _refuse(predicate: str, reason: str) -> NoReturn:
    raise OutputError(
        f"RDF/XML cannot hold the predicate <{predicate}>: it {reason}.", hint=_ELSEWHERE
    )


def _quoted(text: str) -> str:
    """Write the value of an attribute, an IRI."""
    return '"' + _escape(text).replace('"', "&quot;") + '"'


def _escape(text: str) -> str:
    """Write a text inside an element; CR and what is invisible as numbers."""
    if _PLAIN.fullmatch(text):
        return text
    illegal = _ILLEGAL.search(text)
    if illegal is not None:
        start = text[: illegal.start()][-20:]
        raise OutputError(
            f"RDF/XML cannot hold the character U+{ord(illegal[0]):04X}, which follows “{start}”.",
            hint=_ELSEWHERE,
        )
    return _ESCAPES.sub(
        lambda found: _NAMED_ESCAPES.get(found[0]) or f"&#x{ord(found[0]):X};", text
    )
