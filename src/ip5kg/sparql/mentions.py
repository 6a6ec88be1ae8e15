"""The IRIs that a query names, with the places where it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from ip5kg.sparql.lexer import tokens

__all__ = ["Mention", "mentions"]

_ESCAPE = re.compile(r"\\(.)")


class Mention(NamedTuple):
    """An IRI in a query.

    Attributes:
        iri: The IRI in full.
        start: Where the text of it begins, in characters.
        end: Where it ends.
    """

    iri: str
    start: int
    end: int


def mentions(text: str, prefixes: Mapping[str, str] | None = None) -> Iterator[Mention]:
    """Go through the IRIs of a query, whether written in full or as prefixed names.

    What its prologue declares is left out, and so are names whose prefix nobody declares.

    Args:
        text: The query.
        prefixes: What is declared besides; the prologue of the query goes before.
    """
    known = dict(prefixes or {})
    base = ""
    declares, name = "", ""
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        end = token.start + len(token.text)
        if declares and token.kind == "name":
            name = token.text.removesuffix(":")
        elif declares and token.kind == "iri":
            iri = _resolved(token.text, base)
            if declares == "BASE":
                base = iri
            else:
                known[name] = iri
            declares = ""
        elif token.kind == "iri":
            yield Mention(_resolved(token.text, base), token.start, end)
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in known:
                yield Mention(known[prefix] + _ESCAPE.sub(r"\1", local), token.start, end)
        else:
            word = token.text.upper() if token.kind == "word" else ""
            declares = word if word in ("PREFIX", "BASE") else ""


def _resolved(text: str, base: str) -> str:
    """Resolve what stands in angle brackets (RFC 3986, section 5)."""
    reference = text[1:-1]
    resolved = urljoin(base, reference)
    # The library takes an empty fragment for none.
    return f"{resolved}#" if reference.endswith("#") and resolved[-1:] != "#" else resolved
