"""Namespaces, prefixes, and the two ways of writing an IRI.

Every kind of thing and every concept scheme has a namespace of its own, so that its members read
as prefixed names without escapes: ``meeting:heads-2021``, ``role:observer``.
"""

from __future__ import annotations

import re

from ip5kg.errors import UnknownName

__all__ = [
    "BASE",
    "GRAPH",
    "IP5",
    "KINDS",
    "PREFIXES",
    "RDFS_LABEL",
    "RDF_TYPE",
    "SCHEMES",
    "SKOS",
    "expand",
    "is_iri",
    "local_name",
    "shorten",
]

BASE = "https://w3id.org/ip5kg/"
IP5 = BASE + "ontology#"
GRAPH = BASE + "graph/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

KINDS = (
    "absence",
    "aim",
    "association",
    "dataset",
    "edition",
    "event",
    "founding",
    "group",
    "indicator",
    "initiative",
    "meeting",
    "membership",
    "name",
    "name-change",
    "observation",
    "office",
    "organisation",
    "outcome",
    "participation",
    "passage",
    "person",
    "place",
    "post",
    "region",
    "relation",
    "series",
    "source",
    "state",
    "statement",
    "status-use",
    "structure",
    "supervision",
    "tenure",
)
"""Kinds of thing; each is a segment of the IRI and a prefix."""

SCHEMES = (
    "act",
    "aim-kind",
    "audience",
    "confidence",
    "end-basis",
    "frequency",
    "initiative-kind",
    "mode",
    "omission",
    "outcome-kind",
    "post-kind",
    "precision",
    "relation-kind",
    "role",
    "status",
    "tenure-kind",
    "topic",
    "unit",
    "year-basis",
)
"""SKOS concept schemes; each is a segment of the IRI and a prefix."""

PREFIXES: dict[str, str] = {
    "ip5": IP5,
    "shape": BASE + "shapes#",
    "graph": GRAPH,
    "scheme": BASE + "scheme/",
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    **{scheme: f"{BASE}scheme/{scheme}/" for scheme in SCHEMES},
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix → namespace, for reading and writing."""

# The local names that Turtle and SPARQL take without escapes (a subset of PN_LOCAL).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# RFC 3987 excludes these, and so do IRIREF of Turtle and SPARQL.
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\x7f-\x9f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI that Turtle and SPARQL can write as ``<…>``."""
    return bool(_SCHEME.match(text)) and not _NOT_IN_IRI.search(text)


def expand(name: str) -> str:
    """Turn a prefixed name into an IRI.

    Args:
        name: A prefixed name with one of the ``PREFIXES``.

    Raises:
        UnknownName: When the text has no colon or its prefix is not known.
    """
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES:
        known = ", ".join(sorted(PREFIXES))
        raise UnknownName(f"“{name}” has no known prefix.", hint=f"Known prefixes: {known}.")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Write an IRI as a prefixed name where a known prefix fits, else as it is."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BY_NAMESPACE.get(iri[:cut])
    if prefix is not None and _LOCAL.fullmatch(iri, cut):
        return f"{prefix}:{iri[cut:]}"
    return iri


def local_name(iri: str) -> str:
    """Return what follows the last ``/`` or ``#`` of an IRI."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
