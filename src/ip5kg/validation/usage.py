"""The use of terms: what nobody uses, and what is used and does not exist, or not any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import BASE, IP5, PREFIXES, RDF_TYPE
from ip5kg.sparql.mentions import Mention, mentions
from ip5kg.terms import Term, display
from ip5kg.validation.findings import Finding, Place, Severity

__all__ = ["RULES", "Query", "Usage"]

_OWL, _RDFS, _SH = PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["sh"]
_FAMILY = BASE + "checks/usage/"
_UNUSED, _UNKNOWN, _RETIRED = (
    _FAMILY + name for name in ("terms-used", "names-known", "names-not-deprecated")
)
RULES = (_UNUSED, _UNKNOWN, _RETIRED)
"""The rules that are kept here."""

_OURS = (IP5, BASE + "id/", BASE + "scheme/")
_DEPRECATED = frozenset((_OWL + "DeprecatedClass", _OWL + "DeprecatedProperty"))
_IS_USE = frozenset((RDF_TYPE, _RDFS + "subClassOf"))
_QUERIES = frozenset((_SH + "select", _SH + "ask"))


class Query(NamedTuple):
    """A SPARQL query in a file.

    Attributes:
        file: How the report calls the file.
        text: The query.
        is_question: Whether it asks something of the data and so uses what it names; a check
            only says what must not be.
    """

    file: str
    text: str
    is_question: bool


class Usage:
    """What the data, the shapes and the queries name.

    Args:
        ontology: The triples of the ontology itself.
        graph: All triples of the graph; those of the ontology are among them.
        alignments: The triples of the alignments, which may describe things as well.
        shapes: The triples of the shapes graph.
        queries: The stored queries and checks.
    """

    def __init__(
        self,
        ontology: Iterable[Triple],
        graph: list[Triple],
        alignments: Iterable[Triple],
        shapes: list[Triple],
        queries: list[Query],
    ) -> None:
        self._graph, self._shapes, self._queries = graph, shapes, queries
        self._terms = {iri for iri in _subjects(ontology) if iri.startswith(IP5)}
        self._described = _subjects(graph) | _subjects(alignments)
        self._retired = _subjects(triple for triple in graph if _retires(triple))

    def unused(self) -> Iterator[Finding]:
        """Find the terms that no datum, shape or query uses; a class is used by its subclasses."""
        used = {triple.predicate.value for triple in (*self._graph, *self._shapes)}
        used |= {
            triple.object.value
            for triple in self._graph
            if triple.predicate.value in _IS_USE and isinstance(triple.object, NamedNode)
        }
        used |= {iri for names in self._names_of_shapes.values() for iri in names}
        used |= {
            mention.iri
            for query in self._queries
            if query.is_question
            for mention in mentions(query.text)
        }
        for iri in sorted(self._terms - used - self._retired):
            term = NamedNode(iri)
            message = (
                f"{_name(term)} is used by no datum, shape or query; use it or take it away, or, "
                "if it has been released, mark it by owl:deprecated."
            )
            yield Finding("warning", term, "", None, _UNUSED, "", message)

    def misnamed_by_shapes(self) -> Iterator[Finding]:
        """Find what a shape names although it does not exist, or is deprecated."""
        for shape, iris in self._names_of_shapes.items():
            for iri in iris:
                yield from self._misnamed(shape, iri)

    def misnamed_by_queries(self) -> Iterator[Finding]:
        """Find what a query or check names although it does not exist; each with its place."""
        for query in self._queries:
            first: dict[str, Mention] = {}
            for mention in mentions(query.text):
                first.setdefault(mention.iri, mention)
            for iri, mention in first.items():
                for finding in self._misnamed(NamedNode(iri), iri):
                    yield finding._replace(place=_place(query, mention))

    def _misnamed(self, focus: Term, iri: str) -> Iterator[Finding]:
        # Functions of strings take namespaces, which nothing describes.
        if not iri.startswith(_OURS) or iri.endswith(("#", "/")):
            return
        severity: Severity = "warning"
        value = NamedNode(iri)
        if iri.startswith(IP5) and iri not in self._terms:
            severity, rule = "violation", _UNKNOWN
            said = "is no term of the ontology; correct the name"
        elif iri not in self._described:
            rule, said = _UNKNOWN, "is described by nothing in the graph; correct the name"
        elif iri in self._retired:
            rule, said = _RETIRED, "is deprecated; name what took its place"
        else:
            return
        yield Finding(severity, focus, "", value, rule, "", f"{_name(value)} {said}.")

    @cached_property
    def _names_of_shapes(self) -> dict[Term, dict[str, None]]:
        """Map each node of the shapes graph to what it names, in queries as well."""
        names: dict[Term, dict[str, None]] = defaultdict(dict)
        prefixes = self._prefixes_of_shapes()
        for triple in self._shapes:
            value = triple.object
            if isinstance(value, NamedNode):
                names[triple.subject][value.value] = None
            elif isinstance(value, Literal) and triple.predicate.value in _QUERIES:
                iris = (mention.iri for mention in mentions(value.value, prefixes))
                names[triple.subject].update(dict.fromkeys(iris))
        return names

    def _prefixes_of_shapes(self) -> dict[str, str]:
        """Collect the prefixes that are declared for the queries of the shapes."""
        parts: dict[Term, dict[str, str]] = defaultdict(dict)
        for triple in self._shapes:
            if isinstance(triple.object, Literal):
                parts[triple.subject][triple.predicate.value] = triple.object.value
        return {
            said[_SH + "prefix"]: said[_SH + "namespace"]
            for said in parts.values()
            if {_SH + "prefix", _SH + "namespace"} <= said.keys()
        }


def _subjects(triples: Iterable[Triple]) -> set[str]:
    """Collect the IRIs that triples describe."""
    return {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}


def _retires(triple: Triple) -> bool:
    """Tell whether a triple marks its subject as deprecated."""
    value = triple.object
    if triple.predicate.value == _OWL + "deprecated":
        return isinstance(value, Literal) and value.value in ("true", "1")
    return (
        triple.predicate.value == RDF_TYPE
        and isinstance(value, NamedNode)
        and value.value in _DEPRECATED
    )


def _place(query: Query, mention: Mention) -> Place:
    """Tell lines and columns of what a query names; no IRI runs over a line end."""
    before = query.text[: mention.start]
    line = before.count("\n") + 1
    column = mention.start - (before.rfind("\n") + 1) + 1
    end = column + mention.end - mention.start
    return Place(query.file, line, column, line, end, query.text.split("\n")[line - 1].rstrip("\r"))


def _name(term: NamedNode) -> str:
    return display(term, {}, iris=True)
