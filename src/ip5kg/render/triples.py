"""Triples in any RDF syntax."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, Triple

__all__ = ["render_triples"]


def render_triples(triples: Iterable[Triple], form: str) -> str:
    """Write triples down, in a fixed order.

    Args:
        triples: The triples.
        form: The name of one of the ``RDF_FORMATS``.

    Raises:
        UnknownFormat: For any other format.
        OutputError: When the format cannot hold the triples.
    """
    from ip5kg.publishing.serialise import serialise

    return serialise([Quad(*triple) for triple in triples], form).decode()
