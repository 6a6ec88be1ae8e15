"""A dataset as bytes in any RDF syntax.

The bytes depend on the dataset alone, not on the order of its triples, the names of its blank
nodes or the hash seed. Lexical forms are those of the source. N-Quads and TriG keep the named
graphs; Turtle, N-Triples, JSON-LD and RDF/XML hold one graph, so they merge them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Quad

from ip5kg.formats import RDF_FORMATS, find_format
from ip5kg.names import PREFIXES
from ip5kg.publishing.jsonld import write_jsonld
from ip5kg.publishing.rdfxml import write_rdfxml
from ip5kg.turtle.plan import Plan
from ip5kg.turtle.statements import Object
from ip5kg.turtle.writer import write_trig, write_turtle

__all__ = ["serialise"]


def serialise(quads: Iterable[Quad], syntax: str, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Write a dataset.

    Args:
        quads: The dataset. Take it from parsed files: a store rewrites literals.
        syntax: The name of one of the ``RDF_FORMATS``.
        prefixes: Prefix → namespace, for the syntaxes that have prefixes.

    Raises:
        UnknownFormat: When there is no such syntax.
        OutputError: When the syntax cannot hold the dataset.
    """
    return _WRITERS[find_format(syntax, RDF_FORMATS).name](quads, prefixes).encode()


def _write_ntriples(quads: Iterable[Quad], _: Mapping[str, str]) -> str:
    return _write_lines(Plan(quads, merge=True))


def _write_nquads(quads: Iterable[Quad], _: Mapping[str, str]) -> str:
    return _write_lines(Plan(quads))


def _write_lines(plan: Plan) -> str:
    """Write a statement per line, sorted; without blank nodes this is the form of RDFC-1.0."""
    labels = plan.all_labels()

    def text(term: Object) -> str:
        return f"_:{labels[term]}" if isinstance(term, BlankNode) else str(term)

    lines = [
        f"{text(subject)} <{predicate}> {text(target)}{f' <{graph}>' if graph else ''} .\n"
        for graph, subjects in plan.graphs.items()
        for subject, pairs in subjects.items()
        for predicate, target in pairs
    ]
    return "".join(sorted(lines))


_Writer: TypeAlias = Callable[[Iterable[Quad], Mapping[str, str]], str]

_WRITERS: dict[str, _Writer] = {
    "turtle": write_turtle,
    "ntriples": _write_ntriples,
    "nquads": _write_nquads,
    "trig": write_trig,
    "jsonld": write_jsonld,
    "rdfxml": write_rdfxml,
}
