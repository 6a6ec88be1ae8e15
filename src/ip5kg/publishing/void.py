"""VoID: what a graph is made of, counted, and what it is linked to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import BASE, RDF_TYPE
from ip5kg.publishing.bundle import Bundle, Dataset
from ip5kg.publishing.pieces import Said
from ip5kg.publishing.statements import Value, number, said, text
from ip5kg.publishing.vocabulary import PORTAL, iri
from ip5kg.turtle.statements import Object

__all__ = ["TARGETS", "Counts", "Linkset", "count", "describe_void"]

TARGETS = {
    "epo": ("Linked open EP data", "http://data.epo.org/linked-data/"),
    "eu-authority": (
        "Authority tables of the EU",
        "http://publications.europa.eu/resource/authority/",
    ),
    "geonames": ("GeoNames", "https://sws.geonames.org/"),
    "isni": ("ISNI", "https://isni.org/isni/"),
    "ror": ("Research Organization Registry", "https://ror.org/"),
    "wikidata": ("Wikidata", "http://www.wikidata.org/entity/"),
}
"""Datasets of others: a word, the title, and what their IRIs begin with."""


class Linkset(NamedTuple):
    """Links to a dataset of others: its word in ``TARGETS``, and the predicate."""

    target: str
    predicate: str


class Counts(NamedTuple):
    """The counts of VoID (section 4.6), of triples without their graphs.

    Attributes:
        triples: How many triples there are.
        subjects: How many distinct subjects.
        objects: How many distinct objects, literals too.
        entities: How many subjects have an IRI of ours for a thing.
        classes: Class → its members.
        properties: Property → its triples.
        property_subjects: Property → its distinct subjects.
        property_objects: Property → its distinct objects.
        links: Linkset → its triples.
    """

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: dict[str, int]
    properties: dict[str, int]
    property_subjects: dict[str, int]
    property_objects: dict[str, int]
    links: dict[Linkset, int]


def count(said: Said) -> Counts:
    """Count a graph; a triple of several named graphs counts once.

    Args:
        said: The graph, each of its subjects once.
    """
    triples = subjects = entities = 0
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    property_subjects: Counter[str] = Counter()
    by_object: dict[str, set[Object]] = defaultdict(set)
    links: Counter[Linkset] = Counter()
    things, spaces = f"{BASE}id/", tuple(space for _, space in TARGETS.values())
    for subject, pairs in said:
        triples += len(pairs)
        subjects += 1
        entities += isinstance(subject, NamedNode) and subject.value.startswith(things)
        names = [name for name, _ in pairs]
        properties.update(names)
        property_subjects.update(set(names))
        for name, target in pairs:
            by_object[name].add(target)
            if not isinstance(target, NamedNode):
                continue
            value = target.value
            if name == RDF_TYPE:
                classes[value] += 1
            elif value.startswith(spaces):
                links[Linkset(_target(value), name)] += 1
    return Counts(
        triples=triples,
        subjects=subjects,
        objects=len(set().union(*by_object.values())),
        entities=entities,
        classes=dict(sorted(classes.items())),
        properties=dict(sorted(properties.items())),
        property_subjects=dict(sorted(property_subjects.items())),
        property_objects={name: len(found) for name, found in sorted(by_object.items())},
        links=dict(sorted(links.items())),
    )


def describe_void(bundle: Bundle, counts: Counts, uses: Iterable[str]) -> list[Triple]:
    """Describe the dataset of a bundle in VoID.

    Args:
        bundle: The bundle.
        counts: The counts of the whole graph.
        uses: Namespaces of the vocabularies that it uses.
    """
    whole = NamedNode(f"{PORTAL}dataset/{bundle.whole.name}")
    document = NamedNode(bundle.base_url + "void.ttl")
    triples = said(
        document,
        ("rdf:type", iri("void:DatasetDescription")),
        ("dcterms:title", text(f"{bundle.title}: description of the dataset")),
        ("foaf:primaryTopic", whole),
    )
    triples += said(
        whole,
        ("rdf:type", iri("void:Dataset")),
        ("dcterms:title", text(bundle.title)),
        ("dcterms:description", text(bundle.description)),
        ("dcterms:license", NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        ("void:uriSpace", Literal(BASE)),
        *(("void:vocabulary", NamedNode(name)) for name in sorted(uses)),
        *_dumps(bundle, bundle.whole),
        *(("void:sparqlEndpoint", NamedNode(bundle.endpoint)) for _ in bundle.endpoint[:1]),
        ("void:triples", number(counts.triples)),
        ("void:entities", number(counts.entities)),
        ("void:classes", number(len(counts.classes))),
        ("void:properties", number(len(counts.properties))),
        ("void:distinctSubjects", number(counts.subjects)),
        ("void:distinctObjects", number(counts.objects)),
    )
    for part in bundle.datasets:
        if part.part_of == bundle.whole.name and part.triples is not None and not part.series:
            subset = NamedNode(f"{PORTAL}dataset/{part.name}")
            triples += said(whole, ("void:subset", subset))
            triples += said(
                subset,
                ("rdf:type", iri("void:Dataset")),
                ("dcterms:title", text(part.title)),
                ("void:triples", number(part.triples)),
                *_dumps(bundle, part),
            )
    triples += _partitions(whole, counts)
    triples += _linksets(whole, counts)
    return triples


def _partitions(whole: NamedNode, counts: Counts) -> Iterator[Triple]:
    for order, (name, members) in enumerate(counts.classes.items(), start=1):
        node = NamedNode(f"{PORTAL}void/class-{order}")
        yield from said(whole, ("void:classPartition", node))
        yield from said(node, ("void:class", NamedNode(name)), ("void:entities", number(members)))
    for order, (name, triples) in enumerate(counts.properties.items(), start=1):
        node = NamedNode(f"{PORTAL}void/property-{order}")
        yield from said(whole, ("void:propertyPartition", node))
        yield from said(
            node,
            ("void:property", NamedNode(name)),
            ("void:triples", number(triples)),
            ("void:distinctSubjects", number(counts.property_subjects[name])),
            ("void:distinctObjects", number(counts.property_objects[name])),
        )


def _linksets(whole: NamedNode, counts: Counts) -> Iterator[Triple]:
    for (word, predicate), triples in counts.links.items():
        title, space = TARGETS[word]
        name = predicate.rpartition("#")[2].rpartition("/")[2]
        node = NamedNode(f"{PORTAL}linkset/{word}-{name}")
        target = NamedNode(f"{PORTAL}linkset/{word}")
        yield from said(whole, ("void:subset", node))
        yield from said(
            node,
            ("rdf:type", iri("void:Linkset")),
            ("dcterms:title", text(f"Links to {title} by {name}")),
            ("void:subjectsTarget", whole),
            ("void:objectsTarget", target),
            ("void:linkPredicate", NamedNode(predicate)),
            ("void:triples", number(triples)),
        )
        yield from said(
            target,
            ("rdf:type", iri("void:Dataset")),
            ("dcterms:title", text(title)),
            ("void:uriSpace", Literal(space)),
        )


def _dumps(bundle: Bundle, dataset: Dataset) -> Iterator[tuple[str, Value]]:
    for file in dataset.files:
        if file.type is not None:
            yield "void:dataDump", NamedNode(bundle.base_url + file.path)


def _target(name: str) -> str:
    """Tell which dataset of others an IRI belongs to."""
    return next(word for word, (_, space) in TARGETS.items() if name.startswith(space))
