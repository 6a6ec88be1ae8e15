"""Why an element of a query leaves no solution: sentences, each found true by asking the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from ip5kg.explain.filters import filter_reasons
from ip5kg.explain.joins import join_reasons
from ip5kg.explain.probe import Probe, written
from ip5kg.explain.unknown import (
    unknown_class,
    unknown_graph,
    unknown_property,
    unknown_thing,
)
from ip5kg.names import RDF_TYPE
from ip5kg.sparql.groups import Part
from ip5kg.sparql.mentions import mentions
from ip5kg.terms import Term

__all__ = ["reasons"]

_SAMPLES = 3


def reasons(part: Part, before: Sequence[Part], probe: Probe) -> Iterator[str]:
    """Say why an element leaves no solution, where those before it leave some.

    Args:
        part: The element.
        before: What is joined before it.
        probe: Asks the store.

    Raises:
        GaveUp: When it takes too long.
    """
    if part.kind == "FILTER":
        yield from filter_reasons(part, before, probe)
    elif part.kind == "GRAPH":
        yield from unknown_graph(part, probe)
    elif part.terms is not None:
        alone = list(_alone(part.terms, probe))
        yield from alone
        if not alone and probe.some(part.text):
            yield from join_reasons(part, before, probe)


def _alone(terms: tuple[str, str, str], probe: Probe) -> Iterator[str]:
    """Say what is wrong with a triple pattern by itself."""
    predicate = _predicate(terms[1], probe)
    for iri in [predicate] if predicate else _iris_of_path(terms[1], probe):
        yield from unknown_property(iri, probe)
    subject, value = probe.term(terms[0]), probe.term(terms[2])
    class_ = value if predicate == RDF_TYPE and isinstance(value, NamedNode) else None
    unknown = [
        sentence
        for node in (subject, None if class_ else value)
        if isinstance(node, NamedNode)
        for sentence in unknown_thing(node, probe)
    ]
    if class_:
        unknown += unknown_class(class_, probe)
    yield from unknown
    if unknown:
        return
    if class_:
        yield from _of_class(subject, class_, probe)
    elif predicate is not None:
        yield from _of_property(subject, NamedNode(predicate), value, probe)
    elif isinstance(value, Literal):
        yield from _other_form("?ip5kg_p", "The graph", value, probe)


def _of_class(subject: Term | None, class_: NamedNode, probe: Probe) -> Iterator[str]:
    """Say that a known thing is of other classes than a known class."""
    if not isinstance(subject, NamedNode) or probe.some(f"{subject} a {class_}"):
        return
    rows = probe.values("?ip5kg_c", f"{subject} a ?ip5kg_c", _SAMPLES, "ORDER BY STR(?ip5kg_c)")
    shown = " and ".join(written(row[0]) for row in rows)
    said = f"of the class {shown}, not {written(class_)}" if rows else "of no class"
    yield f"{written(subject)} is {said}."


def _iris_of_path(path: str, probe: Probe) -> list[str]:
    """List the properties that a path names; none for a variable."""
    found = mentions(f"{probe.asked.prologue}\n{path}")
    return list(dict.fromkeys(one.iri for one in found))


def _predicate(text: str, probe: Probe) -> str | None:
    """Read a predicate; None for a variable and a path."""
    if text == "a":
        return RDF_TYPE
    if text[0] in "?$!^(" or (text[0] != "<" and set(text) & set("/|?*+^")):
        return None
    if text[0] == "<" and not (text.endswith(">") and text.count("<") == 1):
        return None
    term = probe.term(text)
    return term.value if isinstance(term, NamedNode) else None


def _of_property(
    subject: Term | None, predicate: NamedNode, value: Term | None, probe: Probe
) -> Iterator[str]:
    """Say that a known property has no such value, or not for such a subject."""
    name = written(predicate)
    if not probe.some(f"?ip5kg_s {predicate} ?ip5kg_o"):
        return
    if isinstance(subject, NamedNode) and not probe.some(f"{subject} {predicate} ?ip5kg_o"):
        yield f"{written(subject)} has no {name}."
    if value is None or probe.some(f"?ip5kg_s {predicate} {value}"):
        return
    if isinstance(value, Literal):
        found = list(_other_form(str(predicate), name, value, probe))
        yield from found
        if found:
            return
    rows = probe.values(
        "DISTINCT ?ip5kg_o", f"?ip5kg_s {predicate} ?ip5kg_o", _SAMPLES, "ORDER BY STR(?ip5kg_o)"
    )
    shown = ", ".join(written(row[0]) for row in rows)
    if isinstance(value, NamedNode) == isinstance(rows[0][0], NamedNode):
        yield f"Nothing has {written(value)} as its {name}. There are such as {shown}."
    elif isinstance(value, Literal):
        yield f"{name} has {written(value)} nowhere: its values are things such as {shown}."
    else:
        yield f"{name} has {written(value)} nowhere: its values are literals such as {shown}."


def _other_form(predicate: str, name: str, value: Literal, probe: Probe) -> Iterator[str]:
    """Say that the graph has a literal with another datatype, language or case."""
    text = str(Literal(value.value))
    same, alike = f"STR(?ip5kg_o) = {text}", f"LCASE(STR(?ip5kg_o)) = LCASE({text})"
    for condition in (same, alike):
        rows = probe.values(
            "DISTINCT ?ip5kg_o",
            f"?ip5kg_s {predicate} ?ip5kg_o FILTER(ISLITERAL(?ip5kg_o) && {condition})",
            _SAMPLES,
            "ORDER BY STR(?ip5kg_o)",
        )
        others = [written(row[0]) for row in rows if row[0] != value]
        if others:
            yield f"{name} has {' and '.join(others)}, not {written(value)}."
            return
