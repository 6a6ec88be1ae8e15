"""How a single term is written in Turtle."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal

from ip5kg.names import PREFIXES, RDF_TYPE

__all__ = ["INVISIBLE", "UNSEEN", "Names", "natural"]

_XSD = PREFIXES["xsd"]

# The local names that need no escapes. Turtle takes more; no tool chokes on these.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

# Shorthands that mean the same whether a reader keeps the lexical form or makes it canonical.
_SHORTHAND = {
    _XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    _XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.(?:[0-9]*[1-9])|(?:0|-?[1-9][0-9]*)\.0"),
    _XSD + "boolean": re.compile(r"true|false"),
}

INVISIBLE = (
    # Controls, and what turns the direction of a text, joins, breaks or hides characters.
    "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    # Not characters.
    "\ufff9-\ufffb\ufffe\uffff"
)
"""Characters that nobody sees in an editor; a class of regular expressions without brackets."""

UNSEEN = re.compile(rf"[{INVISIBLE}\u180e\ud800-\udfff\U000e0000-\U000e007f]")
"""Characters that must not be shown as they are.

Control characters could move the cursor or restyle the terminal, those for the direction of
writing could show a text as another, and those without any look could hide in it; half a
surrogate pair cannot even be written as UTF-8. The two joiners that scripts need may stay.
"""

_SHORT_ESCAPES = re.compile(rf'["\\{INVISIBLE}]')
# In a long text, line ends stay; of quotation marks, those that could end it are escaped.
_LONG_ESCAPES = re.compile(rf'"(?=""|\Z)|(?!\n)[\\{INVISIBLE}]')
_IRI_ESCAPES = re.compile(rf'[<>"{{}}|^`\\ {INVISIBLE}]')
_NAMED_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
# Editors cut blanks at the end of a line, so a text with such lines is kept on one line.
_FRAGILE = re.compile(r"[ \t]\n")

_DIGITS = re.compile(r"[0-9]+")


def natural(text: str) -> str:
    """Turn a text into a key that sorts ``p2`` before ``p10``.

    Different texts may have the same key (``p2`` and ``p02``): sort by the text itself next.
    """
    return _DIGITS.sub(_natural_number, text)


def _natural_number(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    return "0" + chr(len(digits)) + digits


class Names:
    """Writes terms, and remembers which prefixes that took.

    Args:
        prefixes: Prefix → namespace. Of two prefixes for one namespace, the first in the
            alphabet is used.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.used: set[str] = set()
        self._prefixes: dict[str, str] = {}
        for prefix in sorted(prefixes):
            self._prefixes.setdefault(prefixes[prefix], prefix)
        # A namespace that ends within a name has to be searched for.
        self._odd = sorted(
            (name for name in self._prefixes if name[-1:] not in ("/", "#", ":")),
            key=lambda name: (-len(name), name),
        )
        self._written: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        """Write an IRI: as a prefixed name where one fits without escapes, else in full."""
        written = self._written.get(iri)
        if written is None:
            written = self.prefixed(iri) or f"<{_IRI_ESCAPES.sub(_code_point, iri)}>"
            self._written[iri] = written
        return written

    def predicate(self, iri: str) -> str:
        """Write a predicate: ``a`` for ``rdf:type``."""
        return "a" if iri == RDF_TYPE else self.iri(iri)

    def prefixed(self, iri: str) -> str | None:
        """Write an IRI as a prefixed name, or return None where that takes escapes."""
        cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
        odd = (name for name in self._odd if len(name) > cut and iri.startswith(name))
        for namespace in (*odd, iri[:cut]):
            prefix = self._prefixes.get(namespace)
            if prefix is not None and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return None

    def literal(self, literal: Literal) -> str:
        """Write a literal; its lexical form is not touched."""
        value = literal.value
        datatype = literal.datatype.value
        if literal.language is not None:
            return f"{_quoted(value)}@{literal.language}"
        if datatype == _XSD + "string":
            return _quoted(value)
        shorthand = _SHORTHAND.get(datatype)
        if shorthand is not None and shorthand.fullmatch(value):
            return value
        return f"{_quoted(value)}^^{self.iri(datatype)}"

    def header(self) -> str:
        """Declare the prefixes that were used, one per line."""
        return "".join(
            f"@prefix {prefix}: <{_IRI_ESCAPES.sub(_code_point, namespace)}> .\n"
            for prefix, namespace in self.namespaces().items()
        )

    def namespaces(self) -> dict[str, str]:
        """Map the prefixes that were used to their namespaces, in alphabetical order."""
        found = {prefix: namespace for namespace, prefix in self._prefixes.items()}
        return {prefix: found[prefix] for prefix in sorted(self.used)}


def _quoted(text: str) -> str:
    """Put a text into quotation marks, three on each side if it has several lines."""
    if "\n" in text and not _FRAGILE.search(text):
        return f'"""{_LONG_ESCAPES.sub(_escape, text)}"""'
    return f'"{_SHORT_ESCAPES.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _NAMED_ESCAPES.get(match[0]) or _code_point(match)


def _code_point(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
