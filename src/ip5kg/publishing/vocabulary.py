"""The words of descriptions: prefixes, file types, and the authority tables of the EU.

DCAT-AP 3.0.1 wants terms of these tables. Which ones are used here is listed, since the tables
themselves cannot be fetched where there is no network; the check knows them from this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from ip5kg.formats import RDF_FORMATS
from ip5kg.names import BASE, PREFIXES, RDF_TYPE

__all__ = [
    "AUTHORITY",
    "FILE_TYPES",
    "IANA",
    "PORTAL",
    "SHA256",
    "WORDS",
    "FileType",
    "authority",
    "authority_facts",
    "iri",
]

PORTAL = BASE + "portal/"
"""What the IRIs of catalogues, datasets and distributions begin with, wherever the files lie."""

AUTHORITY = "http://publications.europa.eu/resource/authority/"
SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
"""The checksum algorithm by the IRI that DCAT-AP's shapes take; SPDX itself writes it with http."""

IANA = "https://www.iana.org/assignments/media-types/"

WORDS: dict[str, str] = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
"""Prefix → namespace, for descriptions."""


class FileType(NamedTuple):
    """What a file is.

    Attributes:
        suffix: How its name ends.
        media_type: Its media type, as registered.
        code: Its code in the table of file types of the EU.
        label: Its name for people.
        standard: The specification.
    """

    suffix: str
    media_type: str
    code: str
    label: str
    standard: str


_CODES = {
    "turtle": ("RDF_TURTLE", "https://www.w3.org/TR/turtle/"),
    "ntriples": ("RDF_N_TRIPLES", "https://www.w3.org/TR/n-triples/"),
    "nquads": ("RDF_N_QUADS", "https://www.w3.org/TR/n-quads/"),
    "trig": ("RDF_TRIG", "https://www.w3.org/TR/trig/"),
    "jsonld": ("JSON_LD", "https://www.w3.org/TR/json-ld11/"),
    "rdfxml": ("RDF_XML", "https://www.w3.org/TR/rdf-syntax-grammar/"),
}
FILE_TYPES: dict[str, FileType] = {
    **{
        row.name: FileType(row.suffix, row.media_type, code, row.label, standard)
        for row in RDF_FORMATS
        for code, standard in [_CODES[row.name]]
    },
    "csv": FileType(".csv", "text/csv", "CSV", "CSV", "https://www.w3.org/TR/tabular-data-model/"),
    "parquet": FileType(
        ".parquet",
        "application/vnd.apache.parquet",
        "PARQUET",
        "Apache Parquet",
        "https://parquet.apache.org/docs/file-format/",
    ),
    "json": FileType(
        ".json", "application/json", "JSON", "JSON", "https://www.rfc-editor.org/rfc/rfc8259"
    ),
}
"""The types of the files that are offered for download."""


class _Table(NamedTuple):
    """An authority table: the class of its terms, and a pattern of the codes that are known."""

    kind: str
    codes: str


_TABLES = {
    "access-right": _Table("dcterms:RightsStatement", "PUBLIC"),
    "continent": _Table("dcterms:Location", "AFRICA|AMERICA|ANTARCTICA|ASIA|EUROPE|OCEANIA"),
    "country": _Table("dcterms:Location", "[A-Z]{3}|1A0"),
    "data-theme": _Table(
        "skos:Concept",
        "AGRI|ECON|EDUC|ENER|ENVI|GOVE|HEAL|INTR|JUST|OP_DATPRO|REGI|SOCI|TECH|TRAN",
    ),
    "file-type": _Table(
        "dcterms:MediaTypeOrExtent", "|".join(one.code for one in FILE_TYPES.values())
    ),
    "frequency": _Table("dcterms:Frequency", "IRREG|NEVER"),
    "language": _Table("dcterms:LinguisticSystem", "DEU|ENG|FRA|JPN|KOR|ZHO"),
    "licence": _Table("dcterms:LicenseDocument", "CC_BY_4_0"),
    "planned-availability": _Table("skos:Concept", "STABLE"),
    "distribution-status": _Table("skos:Concept", "COMPLETED"),
}
_TERM = re.compile(rf"{re.escape(AUTHORITY)}([a-z-]+)/([A-Z0-9_]+)")
_PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"


def iri(name: str) -> NamedNode:
    """Turn a prefixed name of ``WORDS`` into an IRI."""
    prefix, _, local = name.partition(":")
    return NamedNode(WORDS[prefix] + local)


def authority(table: str, code: str) -> NamedNode:
    """Name a term of an authority table of the EU."""
    return NamedNode(f"{AUTHORITY}{table}/{code}")


def authority_facts(terms: Iterable[str]) -> Iterator[Triple]:
    """Say of terms of others what their tables say: the class, and the scheme they are in.

    Args:
        terms: IRIs; of those that no table here knows, nothing is said.
    """
    kind, scheme = NamedNode(RDF_TYPE), iri("skos:inScheme")
    for term in sorted(set(terms)):
        found = _TERM.fullmatch(term)
        table = _TABLES.get(found[1]) if found else None
        if found and table and re.fullmatch(table.codes, found[2]):
            yield Triple(NamedNode(term), kind, iri(table.kind))
            yield Triple(NamedNode(term), kind, iri("skos:Concept"))
            yield Triple(NamedNode(term), scheme, NamedNode(AUTHORITY + found[1]))
            yield Triple(NamedNode(AUTHORITY + found[1]), kind, iri("skos:ConceptScheme"))
        elif term == AUTHORITY + "data-theme":
            yield Triple(NamedNode(term), kind, iri("skos:ConceptScheme"))
        elif term == SHA256:
            yield Triple(NamedNode(term), kind, iri("spdx:ChecksumAlgorithm"))
        elif term.startswith(IANA):
            yield Triple(NamedNode(term), kind, iri("dcterms:MediaType"))
        elif term.startswith(_PUBLISHER_TYPES):
            yield Triple(NamedNode(term), kind, iri("skos:Concept"))
            yield Triple(NamedNode(term), scheme, NamedNode(_PUBLISHER_TYPES + "1.0"))
