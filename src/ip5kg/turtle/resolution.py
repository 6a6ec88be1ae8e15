"""From written names to nodes: prefixes, the base IRI, and the labels of blank nodes.

IRIs are judged and resolved by the engine, so that they are the same wherever a file is read.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from ip5kg.names import PREFIXES
from ip5kg.turtle.faults import Fault, quoted
from ip5kg.turtle.tokens import unescaped, unescaped_name

__all__ = ["Resolver"]

_SHORT_IRI = "Write the IRI in full, with its https://, or declare a @base."
_ODD_IRI = 'Blanks and the characters <>"{}|^`\\ in an IRI are written as %20 and so on.'


class Resolver:
    """Turns what is written into nodes, each only once.

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
        """Take a prefix for a namespace from here on."""
        self.prefixes[prefix] = namespace
        self._known.clear()

    def rebase(self, base: str) -> None:
        """Resolve against another base IRI from here on."""
        self.base = base
        self._known.clear()

    def label(self, written: str) -> BlankNode:
        """Give the node of a label; it gets a new label, as files share theirs."""
        node = self._labels.get(written)
        if node is None:
            node = self._labels[written] = BlankNode()
        return node

    def node(self, written: str, offset: int) -> NamedNode:
        """Give the node of an IRI in angle brackets or of a prefixed name.

        Raises:
            Fault: When its prefix is not declared, or it is no IRI.
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
                said = str(error)
                hint = _SHORT_IRI if "scheme" in said else _ODD_IRI
                raise Fault(offset, f"{quoted(written)} is no IRI: {said}.", hint) from None
        return self._ask("", written, offset)

    def _prefixed(self, written: str, offset: int) -> NamedNode:
        prefix, _, local = written.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            raise Fault(
                offset,
                f"The prefix “{prefix}:” is not declared.",
                f"Add “@prefix {prefix}: <{PREFIXES.get(prefix, '…')}> .” at the top.",
            )
        try:
            return NamedNode(namespace + unescaped_name(local))
        except ValueError:
            # Some characters may stand in names that may not stand in IRIs; the engine takes them.
            return self._ask(f"PREFIX {prefix}: <{namespace}> ", written, offset)

    def _ask(self, head: str, written: str, offset: int) -> NamedNode:
        """Let the engine make the node."""
        text = f"{head}{written} a <x:y> ."
        try:
            (quad,) = parse(text, RdfFormat.TURTLE, base_iri=self.base)
        except SyntaxError as error:
            said = error.msg.partition(": ")[2]
            raise Fault(offset, f"{quoted(written)} is no IRI: {said}.", _ODD_IRI) from None
        if not isinstance(quad.subject, NamedNode):
            raise Fault(offset, f"{quoted(written)} is no IRI.", _ODD_IRI)
        return quad.subject
