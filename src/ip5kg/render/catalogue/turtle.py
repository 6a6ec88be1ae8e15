"""Stored queries as RDF, in the form of the SIB's SPARQL examples.

Each is a ``sh:SPARQLExecutable`` of SHACL Advanced Features, with its text under ``sh:select``.
What it takes are ``sh:parameter``s; their paths end with the names of variables, as in
SHACL-SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import BASE, PREFIXES, RDF_TYPE, RDFS_LABEL, expand, is_iri
from ip5kg.querybook import Parameter, StoredQuery
from ip5kg.sparql.prologue import declared_prefixes
from ip5kg.terms import Term, Thing, Value
from ip5kg.turtle.writer import write_turtle

__all__ = ["QUERIES", "turtle"]

QUERIES = BASE + "query/"
"""What the IRI of a query begins with; its name follows."""

_PARAMETERS = QUERIES + "parameter#"
_PREFIXES = {**PREFIXES, "query": QUERIES, "parameter": _PARAMETERS}
_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_DATATYPES = {"date": "date", "integer": "integer", "string": "string", "language": "string"}

_Node: TypeAlias = NamedNode | BlankNode
_Pairs: TypeAlias = Iterable[tuple[str, Term]]
_Choices: TypeAlias = Mapping[tuple[str, str], Sequence[Value]]


def turtle(queries: Iterable[StoredQuery], version: str, choices: _Choices) -> str:
    """Describe the stored queries as RDF.

    Args:
        queries: The stored queries.
        version: The version of the data and the queries.
        choices: Names of a query and of an enumerated parameter → its values.
    """
    queries = sorted(queries, key=lambda query: query.name)
    triples = list(_head(queries, version))
    for query in queries:
        triples += _query(query, choices)
    return write_turtle(triples, _PREFIXES)


def _head(queries: Sequence[StoredQuery], version: str) -> Iterator[Triple]:
    """Describe the catalogue, which declares the prefixes for all queries."""
    catalogue = NamedNode(QUERIES)
    yield from _said(
        catalogue,
        [
            (RDF_TYPE, _iri("owl:Ontology")),
            (RDFS_LABEL, _english("Questions to the knowledge graph of the IP5")),
            (expand("owl:versionInfo"), Literal(version)),
            (expand("dcterms:license"), _LICENCE),
        ],
    )
    prefixes: dict[str, str] = {}
    for query in queries:
        prefixes |= declared_prefixes(query.body)
    for prefix, namespace in sorted(prefixes.items()):
        yield from _nested(
            catalogue,
            "sh:declare",
            [
                (expand("sh:prefix"), Literal(prefix)),
                (expand("sh:namespace"), Literal(namespace, datatype=_iri("xsd:anyURI"))),
            ],
        )


def _query(query: StoredQuery, choices: _Choices) -> Iterator[Triple]:
    subject = NamedNode(QUERIES + query.name)
    yield from _said(
        subject,
        [
            (RDF_TYPE, _iri("sh:SPARQLExecutable")),
            (RDF_TYPE, _iri("sh:SPARQLSelectExecutable")),
            (RDFS_LABEL, Literal(query.name)),
            (expand("rdfs:comment"), _english(query.summary)),
            (expand("dcterms:description"), _english(query.description)),
            (expand("sh:prefixes"), NamedNode(QUERIES)),
            (expand("sh:select"), Literal(query.body.strip())),
            *[(expand("schema:keywords"), Literal(tag)) for tag in query.tags],
        ],
    )
    for order, parameter in enumerate(query.parameters, start=1):
        values = choices.get((query.name, parameter.name), ())
        yield from _parameter(subject, parameter, order, values)
    for order, column in enumerate(query.columns, start=1):
        yield from _nested(
            subject,
            "schema:variableMeasured",
            [
                (RDF_TYPE, _iri("schema:PropertyValue")),
                (expand("schema:name"), Literal(column.name)),
                (expand("schema:description"), _english(column.description)),
                (expand("schema:position"), Literal(order)),
            ],
        )


def _parameter(
    query: NamedNode, parameter: Parameter, order: int, choices: Sequence[Value]
) -> Iterator[Triple]:
    """Describe a parameter as SHACL does, with how many values it takes."""
    said: list[tuple[str, Term]] = [
        (expand("sh:path"), NamedNode(_PARAMETERS + parameter.variable)),
        (expand("sh:name"), Literal(parameter.name)),
        (expand("sh:description"), _english(parameter.description)),
        (expand("sh:order"), Literal(order)),
        (expand("sh:optional"), Literal(not parameter.required)),
    ]
    if parameter.required:
        said.append((expand("sh:minCount"), Literal(1)))
    if not parameter.multiple:
        said.append((expand("sh:maxCount"), Literal(1)))
    if parameter.type == "iri":
        said.append((expand("sh:nodeKind"), _iri("sh:IRI")))
    else:
        said.append((expand("sh:datatype"), _iri(f"xsd:{_DATATYPES[parameter.type]}")))
    if parameter.class_name:
        said.append((expand("sh:class"), _iri(parameter.class_name)))
    if parameter.default is not None:
        said.append((expand("sh:defaultValue"), _value(parameter, parameter.default)))
    said += [
        (expand("skos:example"), Literal(example))
        for example in parameter.examples or (parameter.example,)
    ]
    if choices:
        head, rest = _list([_term(choice) for choice in choices])
        said.append((expand("sh:in"), head))
        yield from rest
    yield from _nested(query, "sh:parameter", said)


def _list(values: Sequence[Term]) -> tuple[BlankNode, list[Triple]]:
    """Make a list (RDF Schema 1.1, section 5.2); return its head and its triples."""
    nodes = [BlankNode() for _ in values]
    ends: list[_Node] = [*nodes[1:], _iri("rdf:nil")]
    triples = []
    for node, following, value in zip(nodes, ends, values, strict=True):
        triples += [
            Triple(node, _iri("rdf:first"), value),
            Triple(node, _iri("rdf:rest"), following),
        ]
    return nodes[0], triples


def _nested(subject: NamedNode, predicate: str, pairs: _Pairs) -> Iterator[Triple]:
    """Say something of a blank node that hangs on a subject."""
    node = BlankNode()
    yield Triple(subject, _iri(predicate), node)
    yield from _said(node, pairs)


def _said(subject: _Node, pairs: _Pairs) -> Iterator[Triple]:
    for predicate, value in pairs:
        yield Triple(subject, NamedNode(predicate), value)


def _value(parameter: Parameter, text: str) -> Term:
    """Write a default as the term that it stands for, where that needs no graph."""
    if parameter.type == "iri":
        if text.partition(":")[0] in PREFIXES:
            return _iri(text)
        return NamedNode(text) if is_iri(text) else Literal(text)
    return Literal(text, datatype=_iri(f"xsd:{_DATATYPES[parameter.type]}"))


def _term(value: Value) -> Term:
    """Turn a value back into a term; values of an enumerated parameter are things or texts."""
    return NamedNode(value) if isinstance(value, Thing) else Literal(str(value))


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _iri(name: str) -> NamedNode:
    return NamedNode(expand(name))
