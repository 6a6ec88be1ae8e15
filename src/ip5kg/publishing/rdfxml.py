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

__all__ = ["write_rdfxml"]

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
    page = _Page(Plan.of(quads, merge=True), prefixes)
    body = "".join(page.descriptions())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{page.header()}>\n{body}</rdf:RDF>\n'


class _Page:
    """Turns the subjects of a plan into elements."""

    def __init__(self, plan: Plan, prefixes: Mapping[str, str]) -> None:
        self._plan = plan
        self._labels = plan.all_labels()
        self._namespaces = {
            namespace: prefix
            for prefix, namespace in sorted(prefixes.items(), reverse=True)
            if _PREFIX.fullmatch(prefix) and prefix != "rdf"
        }
        self._taken = {*prefixes, "rdf"}
        self._namespaces[_RDF] = "rdf"
        self._used = {"rdf": _RDF}
        self._elements: dict[str, str] = {}

    def header(self) -> str:
        """Declare the namespaces that were used."""
        return "".join(
            f"\n    xmlns:{prefix}={_quoted(self._used[prefix])}" for prefix in sorted(self._used)
        )

    def descriptions(self) -> list[str]:
        """Write an element for each subject: IRIs in natural order, then blank nodes."""
        found = self._plan.graphs.get("", {})
        self._name_elements({predicate for pairs in found.values() for predicate, _ in pairs})
        return [self._description(node) for node in self._plan.flat(self._labels)]

    def _description(self, subject: Node) -> str:
        # The order of objects stays, since sorting keeps the order of equals.
        pairs = sorted(
            self._plan.pairs("", subject),
            key=lambda pair: (pair[0] != RDF_TYPE, self._elements[pair[0]]),
        )
        inside = "".join(self._statement(pair) for pair in pairs)
        opening = f"  <rdf:Description {self._reference(subject, 'about')}>\n"
        return f"{opening}{inside}  </rdf:Description>\n"

    def _statement(self, pair: Pair) -> str:
        predicate, target = pair
        name = self._elements[predicate]
        if not isinstance(target, Literal):
            return f"    <{name} {self._reference(target, 'resource')}/>\n"
        attribute = ""
        if target.language is not None:
            attribute = f' xml:lang="{target.language}"'
        elif target.datatype.value != _XSD_STRING:
            attribute = f" rdf:datatype={_quoted(target.datatype.value)}"
        return f"    <{name}{attribute}>{_escape(target.value)}</{name}>\n"

    def _reference(self, node: Node, attribute: str) -> str:
        if isinstance(node, BlankNode):
            return f'rdf:nodeID="{self._labels[node]}"'
        return f"rdf:{attribute}={_quoted(node.value)}"

    def _name_elements(self, predicates: set[str]) -> None:
        """Find the element name of each predicate."""
        for predicate in sorted(predicates):
            name = _NAME.search(predicate)
            if name is None:
                _refuse(predicate, "does not end with an XML name")
            if predicate in _RESERVED:
                _refuse(predicate, "is a word of RDF/XML itself")
            namespace, local = predicate[: name.start()], name[0]
            if namespace == _XMLNS:
                _refuse(predicate, "belongs to XML itself")
            self._elements[predicate] = f"{self._prefix(namespace)}:{local}"

    def _prefix(self, namespace: str) -> str:
        """Return the prefix of a namespace, with a new one where none is known."""
        if namespace not in self._namespaces:
            free = (f"ns{number}" for number in count(1) if f"ns{number}" not in self._taken)
            self._namespaces[namespace] = next(free)
        prefix = self._namespaces[namespace]
        self._taken.add(prefix)
        self._used[prefix] = namespace
        return prefix


def _refuse(predicate: str, reason: str) -> NoReturn:
    raise OutputError(
        f"RDF/XML cannot hold the predicate <{predicate}>: it {reason}.", hint=_ELSEWHERE
    )


def _quoted(text: str) -> str:
    """Write the value of an attribute, an IRI."""
    return '"' + _escape(text).replace('"', "&quot;") + '"'


def _escape(text: str) -> str:
    """Write a text inside an element; CR and what is invisible as numbers."""
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
