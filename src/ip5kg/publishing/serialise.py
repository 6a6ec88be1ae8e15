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
from ip5kg.turtle.statements import Object, Statement
from ip5kg.turtle.writer import write_trig, write_turtle

__all__ = ["serialise"]


def serialise(
    quads: Iterable[Quad | Statement], syntax: str, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Write a dataset.

    Args:
        quads: The dataset. Take it from parsed files: a store rewrites literals. What is written
            in several syntaxes is better cut into ``Pieces``.
        syntax: The name of one of the ``RDF_FORMATS``.
        prefixes: Prefix → namespace, for the syntaxes that have prefixes.

    Raises:
        UnknownFormat: When there is no such syntax.
        OutputError: When the syntax cannot hold the dataset.
    """
    row = find_format(syntax, RDF_FORMATS)
    plan = Plan(quads, merge=not row.named_graphs)
    return _WRITERS[row.name](plan, prefixes).encode()


def _write_lines(plan: Plan, _: Mapping[str, str]) -> str:
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


_Writer: TypeAlias = Callable[[Plan, Mapping[str, str]], str]

_WRITERS: dict[str, _Writer] = {
    "turtle": write_turtle,
    "ntriples": _write_lines,
    "nquads": _write_lines,
    "trig": write_trig,
    "jsonld": write_jsonld,
    "rdfxml": write_rdfxml,
}
