"""From what is written to terms: prefixed names, relative IRIs, labels, literals.

IRIs are judged and resolved by the engine, so that they are the same wherever a file is read.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ip5kg.names import PREFIXES
from ip5kg.turtle.faults import Fault, quoted
from ip5kg.turtle.tokens import unescaped, unescaped_name

__all__ = ["BOOLEANS", "Resolver", "number", "tagged", "typed"]

_XSD = PREFIXES["xsd"]
_INTEGER, _DECIMAL, _DOUBLE = (NamedNode(_XSD + name) for name in ("integer", "decimal", "double"))

BOOLEANS = {word: Literal(word, datatype=NamedNode(_XSD + "boolean")) for word in ("true", "false")}
"""The words that are literals."""

# Only a language tag makes the first, and only RDF 1.2 the second.
_NO_DATATYPES = frozenset(
    NamedNode(PREFIXES["rdf"] + name) for name in ("langString", "dirLangString")
)

_RELATIVE = "Write the IRI in full, with its https://, or declare a @base."
_ODD_IRI = 'Blanks and the characters <>"{}|^`\\ in an IRI are written as %20 and so on.'
_LONGEST = 120


class Resolver:
    """Turns names into nodes, each only once.

    Args:
        base: What relative IRIs are relative to, as an IRI; without it they are faults.

    Attributes:
        prefixes: Prefix → namespace.
        base: The base IRI.
    """

    def __init__(self, base: str | None) -> None:
        self.prefixes: dict[str, str] = {}
        self.base = base
        self._known: dict[str, NamedNode] = {}
        self._labels: dict[str, BlankNode] = {}

    def declare(self, prefix: str, namespace: str) -> None:
        """Let a prefix stand for a namespace from here on."""
        self.prefixes[prefix] = namespace
        self._known.clear()

    def rebase(self, base: str) -> None:
        """Resolve against another base IRI from here on."""
        self.base = base
        self._known.clear()

    def label(self, written: str) -> BlankNode:
        """Give the node of a label; it has another label, since files have the same ones."""
        node = self._labels.get(written)
        if node is None:
            node = self._labels[written] = BlankNode()
        return node

    def node(self, written: str, offset: int) -> NamedNode:
        """Give the node of an IRI in angle brackets or of a prefixed name.

        Raises:
            Fault: When its prefix is not declared, or it makes no IRI.
        """
        node = self._known.get(written)
        if node is None:
            make = self._iri if written.startswith("<") else self._prefixed
            node = self._known[written] = make(written, offset)
        return node

    def _iri(self, written: str, offset: int) -> NamedNode:
        try:
            return NamedNode(unescaped(written[1:-1]))
        except ValueError as error:
            if self.base is None:
                raise _no_iri(written, offset, str(error)) from None
        return self._ask("", written, offset)

    def _prefixed(self, written: str, offset: int) -> NamedNode:
        prefix, _, local = written.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            line = f"@prefix {prefix[:_LONGEST]}: <{PREFIXES.get(prefix, '…')}> ."
            said = f"The prefix {quoted(prefix + ':')} is not declared."
            raise Fault(offset, said, f"Add “{line}” at the top.")
        try:
            return NamedNode(namespace + unescaped_name(local))
        except ValueError:
            # The engine lets some characters of names pass that no IRI may have.
            return self._ask(f"PREFIX {prefix}: <{namespace}> ", written, offset)

    def _ask(self, head: str, written: str, offset: int) -> NamedNode:
        """Let the engine make the node."""
        text = f"{head}{written} a <x:y> ."
        try:
            subject = next(parse(text, RdfFormat.TURTLE, base_iri=self.base)).subject
        except SyntaxError as error:
            raise _no_iri(written, offset, error.msg.partition(": ")[2]) from None
        if not isinstance(subject, NamedNode):
            raise _no_iri(written, offset, "it is read as something else")
        return subject


def _no_iri(written: str, offset: int, said: str) -> Fault:
    hint = _RELATIVE if "No scheme" in said else _ODD_IRI
    if len(said) > _LONGEST:
        said = said[:_LONGEST] + " …"
    return Fault(offset, f"{quoted(written)} makes no IRI: {said}.", hint)


def number(written: str) -> Literal:
    """Give the literal of a number; its lexical form is kept."""
    if "e" in written or "E" in written:
        return Literal(written, datatype=_DOUBLE)
    return Literal(written, datatype=_DECIMAL if "." in written else _INTEGER)


def tagged(value: str, tag: str, offset: int) -> Literal:
    """Give a literal with a language tag, which comes out in lower case.

    Raises:
        Fault: When the tag is not well-formed (BCP 47).
    """
    try:
        return Literal(value, language=tag)
    except ValueError as error:
        hint = "Text directions came with RDF 1.2." if "--" in tag else "Such as “@en”."
        said = f"{quoted('@' + tag)} is no language tag: {error}."
        raise Fault(offset, said, hint) from None


def typed(value: str, datatype: NamedNode, offset: int) -> Literal:
    """Give a literal with a datatype.

    Raises:
        Fault: When the datatype is that of literals with a language.
    """
    if datatype in _NO_DATATYPES:
        said = f"A text has the datatype {datatype} and no language tag."
        raise Fault(offset, said, 'Write a language tag: "…"@en.')
    return Literal(value, datatype=datatype)
