"""A catalogue in DCAT-AP 3.0.1, with terms of the EU's authority tables.

IRIs of datasets and distributions stay the same wherever the files lie, since portals know what
they have harvested by them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import BASE
from ip5kg.publishing.bundle import GZIP, Bundle, Dataset, File
from ip5kg.publishing.statements import Value, day, said, text, typed
from ip5kg.publishing.vocabulary import AUTHORITY, IANA, PORTAL, SHA256, authority, iri

__all__ = ["CATALOGUE", "LICENCE", "catalogue", "dataset_iri", "distribution_iri"]

CATALOGUE = NamedNode(PORTAL + "catalogue")
LICENCE = authority("licence", "CC_BY_4_0")
"""The licence of ontology, data and queries."""

_PUBLISHER = NamedNode(PORTAL + "publisher")
_CONTACT = NamedNode(PORTAL + "contact")
_RIGHTS = NamedNode(PORTAL + "rights")
_PROVENANCE = NamedNode(PORTAL + "provenance")
_HOME = NamedNode(BASE)
_ATTRIBUTION = (
    "Creative Commons Attribution 4.0 International. Attribution: “ip5kg, the knowledge graph of "
    f"the IP5”, with a link to {BASE}ontology and an indication of changes."
)
_SPARQL = "https://www.w3.org/TR/sparql11-protocol/"
_HTTP = "https://www.rfc-editor.org/rfc/rfc9110"


def catalogue(bundle: Bundle) -> list[Triple]:
    """Describe a bundle as a catalogue of DCAT-AP."""
    triples = _catalogue(bundle)
    triples += _agents(bundle)
    for dataset in bundle.datasets:
        triples += _dataset(bundle, dataset)
    for name, (title, description) in bundle.series.items():
        triples += _series(bundle, name, title, description)
    for service, endpoint in _services(bundle):
        triples += _service(bundle, service, endpoint)
    types = {file.type for one in bundle.datasets for file in one.files if file.type is not None}
    for kind in sorted(types):
        triples += said(
            NamedNode(kind.standard),
            ("rdf:type", iri("dcterms:Standard")),
            ("dcterms:title", text(kind.label)),
        )
    for url, title in ((_SPARQL, "SPARQL 1.1 Protocol"), (_HTTP, "HTTP Semantics")):
        if any(triple.object == NamedNode(url) for triple in triples):
            triples += said(
                NamedNode(url),
                ("rdf:type", iri("dcterms:Standard")),
                ("dcterms:title", text(title)),
            )
    for name in sorted({kind.media_type for kind in types} | {GZIP}):
        triples += said(NamedNode(IANA + name), ("rdf:type", iri("dcterms:MediaType")))
    return triples


def dataset_iri(name: str) -> NamedNode:
    """Name a dataset, or a dataset series."""
    return NamedNode(f"{PORTAL}dataset/{name}")


def distribution_iri(file: File) -> NamedNode:
    """Name a distribution by the path of its file."""
    return NamedNode(f"{PORTAL}distribution/{file.path}")


def _catalogue(bundle: Bundle) -> list[Triple]:
    return said(
        CATALOGUE,
        ("rdf:type", iri("dcat:Catalog")),
        ("dcterms:title", text(f"{bundle.title}: catalogue")),
        ("dcterms:description", text(bundle.description)),
        ("dcterms:identifier", Literal(CATALOGUE.value)),
        ("foaf:homepage", NamedNode(bundle.base_url)),
        ("dcat:themeTaxonomy", NamedNode(AUTHORITY + "data-theme")),
        ("dcterms:license", LICENCE),
        *_common(bundle, bundle.whole),
        *(("dcat:dataset", dataset_iri(dataset.name)) for dataset in bundle.datasets),
        *(("dcat:resource", dataset_iri(name)) for name in bundle.series),
        *(("dcat:service", service) for service, _ in _services(bundle)),
    )


def _agents(bundle: Bundle) -> list[Triple]:
    """Describe the publisher and the contact, and what all datasets point to."""
    return [
        *said(
            _PUBLISHER,
            ("rdf:type", iri("foaf:Agent")),
            ("foaf:name", Literal(bundle.publisher)),
            ("foaf:homepage", _HOME),
            ("dcterms:type", NamedNode("http://purl.org/adms/publishertype/PrivateIndividual(s)")),
        ),
        *said(
            _CONTACT,
            ("rdf:type", iri("vcard:Kind")),
            ("vcard:fn", Literal(bundle.publisher)),
            (
                "vcard:hasEmail" if bundle.contact.startswith("mailto:") else "vcard:hasURL",
                NamedNode(bundle.contact),
            ),
        ),
        *said(
            _RIGHTS,
            ("rdf:type", iri("dcterms:RightsStatement")),
            ("rdfs:label", text(_ATTRIBUTION)),
        ),
        *said(
            _PROVENANCE,
            ("rdf:type", iri("dcterms:ProvenanceStatement")),
            ("rdfs:label", text(bundle.provenance)),
        ),
        *said(NamedNode(bundle.base_url), ("rdf:type", iri("foaf:Document"))),
        *said(_HOME, ("rdf:type", iri("foaf:Document"))),
    ]


def _common(bundle: Bundle, dataset: Dataset) -> Iterator[tuple[str, Value]]:
    """Say what the catalogue, the datasets and the series have in common."""
    extent = dataset.extent
    yield "dcterms:publisher", _PUBLISHER
    yield "dcterms:issued", day(bundle.issued or bundle.date)
    yield "dcterms:modified", day(bundle.date)
    for code in extent.languages:
        yield "dcterms:language", authority("language", code)
    for place in extent.places:
        yield "dcterms:spatial", NamedNode(place)
    if extent.last:
        yield "dcterms:temporal", _period(dataset)


def _period(dataset: Dataset) -> NamedNode:
    return NamedNode(f"{PORTAL}period/{dataset.name}")


def _described(bundle: Bundle, dataset: Dataset) -> Iterator[tuple[str, Value]]:
    """Say what datasets and series have in common."""
    yield from _common(bundle, dataset)
    yield "dcterms:identifier", Literal(dataset_iri(dataset.name).value)
    yield "dcterms:title", text(dataset.title)
    yield "dcterms:description", text(dataset.description)
    yield "dcat:contactPoint", _CONTACT
    yield "dcterms:accrualPeriodicity", authority("frequency", "IRREG")
    yield "dcterms:accessRights", authority("access-right", "PUBLIC")
    yield "dcterms:license", LICENCE
    yield "dcterms:rights", _RIGHTS
    yield "dcterms:provenance", _PROVENANCE
    yield "dcat:landingPage", NamedNode(bundle.base_url)
    for word in dataset.keywords:
        yield "dcat:keyword", text(word)
    for code in dataset.subjects:
        yield "dcat:theme", authority("data-theme", code)


def _dataset(bundle: Bundle, dataset: Dataset) -> list[Triple]:
    subject = dataset_iri(dataset.name)
    extent = dataset.extent
    parts = [one for one in bundle.datasets if one.part_of == dataset.name and not one.series]
    triples = said(
        subject,
        ("rdf:type", iri("dcat:Dataset")),
        *_described(bundle, dataset),
        ("dcat:version", Literal(bundle.version)),
        ("adms:versionNotes", text(bundle.changes)),
        *(("dcterms:isPartOf", dataset_iri(dataset.part_of)) for _ in dataset.part_of[:1]),
        *(("dcterms:hasPart", dataset_iri(part.name)) for part in parts),
        *(("dcat:inSeries", dataset_iri(dataset.series)) for _ in dataset.series[:1]),
        *_neighbours(bundle, dataset),
        *(("dcat:distribution", distribution_iri(file)) for file in _offered(dataset)),
    )
    if extent.last:
        triples += said(
            _period(dataset),
            ("rdf:type", iri("dcterms:PeriodOfTime")),
            ("dcat:startDate", day(extent.first)),
            ("dcat:endDate", day(extent.last)),
        )
    for file in _offered(dataset):
        triples += _distribution(bundle, dataset, file)
    return triples


def _neighbours(bundle: Bundle, dataset: Dataset) -> Iterator[tuple[str, Value]]:
    """Point to the member before in a series."""
    if dataset.series:
        members = [one for one in bundle.datasets if one.series == dataset.series]
        place = members.index(dataset)
        if place:
            yield "dcat:prev", dataset_iri(members[place - 1].name)


def _offered(dataset: Dataset) -> list[File]:
    return [file for file in dataset.files if file.type is not None]


def _distribution(bundle: Bundle, dataset: Dataset, file: File) -> Iterator[Triple]:
    subject, kind = distribution_iri(file), file.type
    if kind is None:
        return
    url = NamedNode(bundle.base_url + file.path)
    name = f"{kind.label}, compressed by gzip" if file.compressed else kind.label
    checksum = NamedNode(f"{PORTAL}checksum/{file.path}")
    yield from said(
        subject,
        ("rdf:type", iri("dcat:Distribution")),
        ("dcterms:identifier", Literal(subject.value)),
        ("dcterms:title", text(f"{dataset.title}: {name}")),
        ("dcterms:description", text(f"{dataset.title} as {name}.")),
        ("dcat:accessURL", url),
        ("dcat:downloadURL", url),
        ("dcterms:format", authority("file-type", kind.code)),
        ("dcat:mediaType", NamedNode(IANA + kind.media_type)),
        *(("dcat:compressFormat", NamedNode(IANA + GZIP)) for _ in range(file.compressed)),
        ("dcat:byteSize", typed(str(file.size), "nonNegativeInteger")),
        ("spdx:checksum", checksum),
        ("dcterms:license", LICENCE),
        ("dcterms:rights", _RIGHTS),
        ("dcterms:issued", day(bundle.issued or bundle.date)),
        ("dcterms:modified", day(bundle.date)),
        ("dcterms:conformsTo", NamedNode(kind.standard)),
        *(("dcterms:language", authority("language", c)) for c in dataset.extent.languages),
        ("dcatap:availability", authority("planned-availability", "STABLE")),
        ("adms:status", authority("distribution-status", "COMPLETED")),
    )
    yield from said(
        checksum,
        ("rdf:type", iri("spdx:Checksum")),
        ("spdx:algorithm", NamedNode(SHA256)),
        ("spdx:checksumValue", typed(file.sha256, "hexBinary")),
    )


def _series(bundle: Bundle, name: str, title: str, description: str) -> list[Triple]:
    members = [dataset for dataset in bundle.datasets if dataset.series == name]
    firsts = [one.extent.first for one in members if one.extent.first]
    lasts = [one.extent.last for one in members if one.extent.last]
    extent = bundle.whole.extent._replace(
        first=min(firsts, default=""),
        last=max(lasts, default=""),
        languages=tuple(sorted({code for one in members for code in one.extent.languages})),
    )
    like = members[0]._replace(name=name, title=title, description=description, extent=extent)
    subject = dataset_iri(name)
    triples = said(subject, ("rdf:type", iri("dcat:DatasetSeries")), *_described(bundle, like))
    triples += said(
        subject,
        ("dcat:first", dataset_iri(members[0].name)),
        ("dcat:last", dataset_iri(members[-1].name)),
    )
    if extent.last:
        triples += said(
            _period(like),
            ("rdf:type", iri("dcterms:PeriodOfTime")),
            ("dcat:startDate", day(extent.first)),
            ("dcat:endDate", day(extent.last)),
        )
    return triples


def _services(bundle: Bundle) -> list[tuple[NamedNode, str]]:
    """List the data services and where they answer: the files, and SPARQL where there is one."""
    found = [(NamedNode(PORTAL + "service/files"), bundle.base_url)]
    if bundle.endpoint:
        found.append((NamedNode(PORTAL + "service/sparql"), bundle.endpoint))
    return found


def _service(bundle: Bundle, subject: NamedNode, endpoint: str) -> list[Triple]:
    is_sparql = endpoint == bundle.endpoint
    served = [bundle.whole] if is_sparql else bundle.datasets
    title = "SPARQL endpoint" if is_sparql else "download of files"
    return said(
        subject,
        ("rdf:type", iri("dcat:DataService")),
        ("dcterms:identifier", Literal(subject.value)),
        ("dcterms:title", text(f"{bundle.title}: {title}")),
        ("dcterms:description", text(f"The {title} of the knowledge graph.")),
        ("dcat:endpointURL", NamedNode(endpoint)),
        (
            "dcat:endpointDescription",
            NamedNode(bundle.base_url + ("service.ttl" if is_sparql else "bundle.json")),
        ),
        *(("dcat:servesDataset", dataset_iri(dataset.name)) for dataset in served),
        ("dcat:contactPoint", _CONTACT),
        ("dcterms:publisher", _PUBLISHER),
        ("dcterms:license", LICENCE),
        ("dcterms:accessRights", authority("access-right", "PUBLIC")),
        ("dcterms:conformsTo", NamedNode(_SPARQL if is_sparql else _HTTP)),
        *(("dcat:keyword", text(word)) for word in bundle.whole.keywords),
        *(("dcat:theme", authority("data-theme", code)) for code in bundle.whole.subjects),
    )
