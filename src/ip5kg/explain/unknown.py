"""Terms of a query that the graph does not know, or knows and does not use."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ip5kg.errors import UnknownName
from ip5kg.explain.probe import Probe, written
from ip5kg.names import GRAPH, PREFIXES, RDF_TYPE, local_name
from ip5kg.sparql.groups import Part
from ip5kg.store.lookup import find_thing
from ip5kg.store.near import nearest
from ip5kg.terms import Term

__all__ = ["unknown_class", "unknown_graph", "unknown_property", "unknown_thing"]

_OWL, _RDFS = PREFIXES["owl"], PREFIXES["rdfs"]
_PROPERTIES = f"<{_OWL}ObjectProperty> <{_OWL}DatatypeProperty> <{_OWL}AnnotationProperty>"
_CLASSES = f"<{_OWL}Class>"
_MANY = 100_000
_SHOWN = 3


def unknown_property(iri: str, probe: Probe) -> Iterator[str]:
    """Say that nothing has a property."""
    node = NamedNode(iri)
    if iri == RDF_TYPE or probe.some(f"?ip5kg_s {node} ?ip5kg_o"):
        return
    name = written(node)
    if probe.some(f"{node} ?ip5kg_p ?ip5kg_o"):
        yield f"The graph describes {name}, but nothing has this property."
        return
    rows = _declared(_PROPERTIES, probe)
    rows += probe.values("DISTINCT ?ip5kg_p", "?ip5kg_s ?ip5kg_p ?ip5kg_o", _MANY)
    yield f"Nothing has the property {name}.{_near(iri, rows)}"


def unknown_class(node: NamedNode, probe: Probe) -> Iterator[str]:
    """Say that a class has no members."""
    if probe.some(f"?ip5kg_s a {node}"):
        return
    name = written(node)
    narrower = probe.values(
        "DISTINCT ?ip5kg_c",
        f"?ip5kg_c <{_RDFS}subClassOf>+ {node} . ?ip5kg_s a ?ip5kg_c FILTER(ISIRI(?ip5kg_c))",
        _SHOWN,
        "ORDER BY STR(?ip5kg_c)",
    )
    if narrower:
        shown = ", ".join(written(row[0]) for row in narrower)
        yield (
            f"Nothing has the class {name} itself, but narrower classes have members, such as "
            f"{shown}: "
            "write a/rdfs:subClassOf* instead of a."
        )
    elif probe.some(f"{node} ?ip5kg_p ?ip5kg_o"):
        yield f"The graph describes {name}, but has nothing of this class."
    else:
        rows = _declared(_CLASSES, probe) + probe.values(
            "DISTINCT ?ip5kg_c", "?ip5kg_s a ?ip5kg_c FILTER(ISIRI(?ip5kg_c))", _MANY
        )
        yield f"The graph has no class {name}.{_near(node.value, rows)}"


def unknown_thing(node: NamedNode, probe: Probe) -> Iterator[str]:
    """Say that an IRI stands in no triple."""
    if any(
        probe.some(pattern)
        for pattern in (f"{node} ?ip5kg_p ?ip5kg_o", f"?ip5kg_s ?ip5kg_p {node}")
    ):
        return
    near: tuple[str, ...] = ()
    try:
        find_thing(probe.store, node.value)
    except UnknownName as error:
        near = error.near
    yield f"The graph has nothing about {written(node)}.{_matches(near)}"


def unknown_graph(part: Part, probe: Probe) -> Iterator[str]:
    """Say that there is no such named graph."""
    term = probe.term(part.text[len("GRAPH") :].partition("{")[0].strip())
    if isinstance(term, NamedNode) and not probe.some(f"GRAPH {term} {{ ?ip5kg_s ?p ?o }}"):
        rows = probe.values("DISTINCT ?ip5kg_g", "GRAPH ?ip5kg_g { }", _MANY)
        names = [row[0].value for row in rows if isinstance(row[0], NamedNode)]
        near = nearest(term.value, ((name, name.removeprefix(GRAPH)) for name in names))
        yield f"There is no graph {written(term)}.{_matches(near)}"


def _declared(classes: str, probe: Probe) -> list[list[Term]]:
    return probe.values(
        "?ip5kg_t",
        f"VALUES ?ip5kg_c {{ {classes} }} ?ip5kg_t a ?ip5kg_c FILTER(ISIRI(?ip5kg_t))",
        _MANY,
    )


def _near(iri: str, rows: list[list[Term]]) -> str:
    """Write what comes near a name."""
    names = {row[0].value for row in rows if isinstance(row[0], NamedNode)}
    return _matches(nearest(local_name(iri), ((name, local_name(name)) for name in sorted(names))))


def _matches(near: tuple[str, ...]) -> str:
    shown = [f"<{name}>" if "://" in name else name for name in near]
    return f" Near matches: {', '.join(shown)}." if near else ""
