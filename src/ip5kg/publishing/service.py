"""A SPARQL 1.1 service description: what an endpoint that holds the graph has in it."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode, Triple

from ip5kg.names import GRAPH
from ip5kg.publishing.bundle import Bundle
from ip5kg.publishing.dcat import dataset_iri
from ip5kg.publishing.statements import number, said, text
from ip5kg.publishing.vocabulary import PORTAL, iri

__all__ = ["describe_service"]

_SERVICE = NamedNode(PORTAL + "service/sparql")
_RESULTS = (
    "SPARQL_Results_CSV",
    "SPARQL_Results_JSON",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
)


def describe_service(bundle: Bundle, graphs: Mapping[str, int]) -> list[Triple]:
    """Describe the service.

    Args:
        bundle: The bundle; without an endpoint, the address is left to whoever serves the graph.
        graphs: IRI of a named graph → its triples.
    """
    dataset, default = NamedNode(PORTAL + "service/dataset"), NamedNode(PORTAL + "service/default")
    triples = said(
        _SERVICE,
        ("rdf:type", iri("sd:Service")),
        ("dcterms:title", text(f"{bundle.title}: SPARQL endpoint")),
        *(("sd:endpoint", NamedNode(bundle.endpoint)) for _ in bundle.endpoint[:1]),
        ("sd:supportedLanguage", iri("sd:SPARQL11Query")),
        ("sd:feature", iri("sd:UnionDefaultGraph")),
        *(("sd:resultFormat", iri(f"formats:{name}")) for name in _RESULTS),
        ("sd:defaultDataset", dataset),
    )
    triples += said(
        dataset,
        ("rdf:type", iri("sd:Dataset")),
        ("rdfs:seeAlso", dataset_iri(bundle.whole.name)),
        ("sd:defaultGraph", default),
    )
    triples += said(
        default,
        ("rdf:type", iri("sd:Graph")),
        ("void:triples", number(bundle.whole.triples or 0)),
    )
    for name, size in sorted(graphs.items()):
        node = NamedNode(f"{PORTAL}service/graph/{name.removeprefix(GRAPH)}")
        graph = NamedNode(f"{node.value}/triples")
        triples += said(dataset, ("sd:namedGraph", node))
        triples += said(
            node,
            ("rdf:type", iri("sd:NamedGraph")),
            ("sd:name", NamedNode(name)),
            ("sd:graph", graph),
        )
        triples += said(graph, ("rdf:type", iri("sd:Graph")), ("void:triples", number(size)))
    return triples
