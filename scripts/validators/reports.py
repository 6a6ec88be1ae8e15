"""Read the validation reports of different tools, so that they can be compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.terms import Term

Results: TypeAlias = Counter[tuple[str, str, str]]
"""Focus node, source shape and constraint component → number of results."""

_SH = PREFIXES["sh"]
_TYPE = NamedNode(RDF_TYPE)
_REPORT, _RESULT = NamedNode(_SH + "ValidationReport"), NamedNode(_SH + "ValidationResult")
_FOCUS, _SHAPE, _COMPONENT = (
    NamedNode(_SH + name) for name in ("focusNode", "sourceShape", "sourceConstraintComponent")
)


def read_results(path: Path) -> Results:
    """Read the results of a validation report, in Turtle or N-Triples.

    Results without a constraint component are left out: they are no SHACL results, but findings of
    the ontology checks, which only ip5kg has.

    Raises:
        ValueError: When there is no report in the file.
    """
    try:
        triples = [q.triple for q in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise ValueError(f"its report is not Turtle: {error}") from None
    if not any(t.predicate == _TYPE and t.object == _REPORT for t in triples):
        raise ValueError("it wrote no report")
    said: dict[object, dict[NamedNode, str]] = {
        t.subject: {} for t in triples if t.predicate == _TYPE and t.object == _RESULT
    }
    for triple in triples:
        if triple.subject in said:
            said[triple.subject][triple.predicate] = _name(triple)
    return Counter(
        (result.get(_FOCUS, ""), result.get(_SHAPE, ""), result[_COMPONENT])
        for result in said.values()
        if _COMPONENT in result
    )


def compared(results: Results, reference: Results) -> str:
    """Tell whether two reports have the same set of results: ``yes``, or what differs."""
    extra, missing = len(results.keys() - reference.keys()), len(reference.keys() - results.keys())
    return f"no: +{extra} -{missing}" if extra or missing else "yes"


def _name(triple: Triple) -> str:
    """Write an object; blank nodes have other labels in each report."""
    term: Term = triple.object
    return "_:" if isinstance(term, BlankNode) else str(term)
