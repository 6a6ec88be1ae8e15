"""The ontology of a bundle, held to the tests of FOOPS! that need no network.

FOOPS! (https://w3id.org/foops/) asks whether an ontology is findable, accessible, interoperable and
reusable; 16 of its 24 tests look at nothing but the ontology itself. Each property counts under all
names that FOOPS! takes for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from ip5kg.errors import Ip5kgError
from ip5kg.formats import RDF_FORMATS
from ip5kg.names import PREFIXES
from ip5kg.portal.checks.description import Description
from ip5kg.portal.checks.outcome import Lack, Mark, Outcome

__all__ = ["check_ontology"]

_NAME = "FOOPS! (ontology)"
_DC = PREFIXES["dc"]
_TERMS = PREFIXES["dcterms"]
_OWL = PREFIXES["owl"]
_PAV, _BIBO, _MOD = "http://purl.org/pav/", PREFIXES["bibo"], "https://w3id.org/mod#"
_SCHEMA = ("https://schema.org/", "http://schema.org/")
_PROV, _FOAF = PREFIXES["prov"], PREFIXES["foaf"]
_VANN = PREFIXES["vann"]


def _schema(*names: str) -> list[str]:
    return [space + name for space in _SCHEMA for name in names]


_METADATA: dict[str, list[str]] = {
    "title": [_DC + "title", _TERMS + "title", *_schema("name")],
    "description": [
        *(space + name for space in (_DC, _TERMS) for name in ("description", "abstract")),
        *_schema("description"),
        *(PREFIXES["rdfs"] + "comment", PREFIXES["skos"] + "note"),
    ],
    "license": [_TERMS + "license", *_schema("license"), "http://creativecommons.org/ns#license"],
    "rights": [_DC + "rights", _TERMS + "rights", _TERMS + "accessRights"],
    "version IRI": [_OWL + "versionIRI"],
    "creator": [
        *(_DC + "creator", _TERMS + "creator", *_schema("creator"), _PAV + "createdBy"),
        *(_PAV + "authoredBy", _FOAF + "maker", _PROV + "wasAttributedTo"),
    ],
    "namespace": [_VANN + "preferredNamespaceUri"],
    "prefix": [_VANN + "preferredNamespacePrefix"],
    "version": [_OWL + "versionInfo", *_schema("schemaVersion")],
    "day of creation": [
        *(_TERMS + "created", *_schema("dateCreated"), _PROV + "generatedAtTime"),
        _PAV + "createdOn",
    ],
    "citation": [_TERMS + "bibliographicCitation", *_schema("citation")],
    "identifier": [
        *(_BIBO + "doi", _DC + "identifier", _TERMS + "identifier"),
        *_schema("identifier"),
    ],
    "publisher": [_DC + "publisher", _TERMS + "publisher", *_schema("publisher")],
    "logo": [_FOAF + "logo", *_schema("logo")],
    "status": [_BIBO + "status", _MOD + "status"],
    "source": [_DC + "source", _TERMS + "source", _PROV + "hadOriginalSource"],
    "day of issue": [_TERMS + "issued", _TERMS + "submitted", *_schema("datePublished")],
}
"""What FOOPS! looks for → the properties that it takes for it."""

_VOCABULARIES = (
    *(_DC, _TERMS, _VANN, _PROV, _BIBO, _PAV, _FOAF, *_SCHEMA, PREFIXES["rdfs"], _OWL),
    "http://usefulinc.com/ns/doap#",
)
# The resolvers of persistent identifiers that FOOPS! knows.
_PERSISTENT = re.compile(
    r"https?://(?:(?:www\.)?w3id\.org|(?:dx\.)?doi\.org|purl\.[a-z.]*org|perma\.cc|dbpedia\.org"
    r"|linked\.data\.gov\.au|data\.europa\.eu|www\.w3\.org)/"
)
_OWN_WORDS = (PREFIXES["rdf"], PREFIXES["rdfs"], _OWL, PREFIXES["xsd"])
_KINDS = ("Class", "ObjectProperty", "DatatypeProperty")
_LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
_DEFINITIONS = (PREFIXES["rdfs"] + "comment", PREFIXES["skos"] + "definition")


class _Ontology(NamedTuple):
    """An ontology that was read.

    Attributes:
        heads: The IRIs of what is declared as an ontology.
        said: Predicate → values, of the first of them.
        terms: Class or property → its predicates.
        syntaxes: The suffixes of the files that it stands in.
    """

    heads: list[str]
    said: dict[str, list[str]]
    terms: dict[str, set[str]]
    syntaxes: set[str]

    @property
    def iri(self) -> str:
        return self.heads[0] if self.heads else ""

    def value(self, what: str) -> str:
        """Return what the header says of something that FOOPS! looks for."""
        return next((text for name in _METADATA[what] for text in self.said.get(name, ())), "")

    def own_terms(self) -> list[str]:
        space = self.value("namespace") or self.iri
        return [term for term in self.terms if space and term.startswith(space)]


def check_ontology(folder: Path) -> Outcome:
    """Test the ontology of a bundle.

    Args:
        folder: The bundle.
    """
    path = folder / "ontology" / "ontology.ttl"
    try:
        ontology = _read(path)
    except Ip5kgError as error:
        lack = Lack(_NAME, error.message, "Write the bundle again.")
        return Outcome((Mark(_NAME, 0, len(_TESTS)),), (lack,))
    lacks = []
    for name, (test, add) in _TESTS.items():
        fault = test(ontology)
        if fault:
            lacks.append(Lack(_NAME, f"{name}: {fault}.", add))
    notes = []
    if ontology.value("identifier") and "doi." not in ontology.value("identifier"):
        notes.append(
            "FOOPS! OM3: the identifier is a persistent IRI; a DOI, which a registrar gives, is "
            "what FOOPS! itself looks for."
        )
    return Outcome(
        (Mark(_NAME, len(_TESTS) - len(lacks), len(_TESTS)),), tuple(lacks), tuple(notes)
    )


def _read(path: Path) -> _Ontology:
    page = Description.read(path)
    heads = page.members("owl:Ontology")
    said: dict[str, list[str]] = {}
    terms: dict[str, set[str]] = {}
    for kind in _KINDS:
        terms |= {term: set() for term in page.members(f"owl:{kind}")}
    for subject, predicate, value in page.triples:
        name = str(subject).strip("<>")
        if heads and name == heads[0]:
            said.setdefault(predicate.value, []).append(getattr(value, "value", ""))
        if name in terms:
            terms[name].add(predicate.value)
    syntaxes = {row.suffix for row in RDF_FORMATS if path.with_suffix(row.suffix).is_file()}
    return _Ontology(heads, said, terms, syntaxes)


def _wants(*names: str) -> Callable[[_Ontology], str]:
    """Test that the header has all of some metadata."""

    def test(ontology: _Ontology) -> str:
        missing = [name for name in names if not ontology.value(name)]
        return f"the header has no {', no '.join(missing)}" if missing else ""

    return test


def _documented(what: str, predicates: Iterable[str]) -> Callable[[_Ontology], str]:
    """Test that all terms of the ontology's own namespace have one of some predicates."""
    wanted = set(predicates)

    def test(ontology: _Ontology) -> str:
        own = ontology.own_terms()
        bare = sorted(term for term in own if not wanted & ontology.terms[term])
        if not own:
            return "there are no terms"
        return f"{len(bare)} of {len(own)} terms have no {what}: {bare[0]} …" if bare else ""

    return test


def _available(ontology: _Ontology) -> str:
    return "" if {".ttl", ".rdf", ".jsonld"} <= ontology.syntaxes else "an RDF syntax is missing"


def _open(ontology: _Ontology) -> str:
    fits = ontology.iri.startswith(("http://", "https://"))
    return "" if fits else "there is no ontology with an IRI of the web"


def _consistent(ontology: _Ontology) -> str:
    if len(ontology.heads) != 1:
        return f"{len(ontology.heads)} things are declared as an ontology"
    space = ontology.value("namespace").rstrip("#/")
    return "" if space == ontology.iri.rstrip("#/") else "IRI and namespace of the ontology differ"


def _versioned(ontology: _Ontology) -> str:
    version = ontology.value("version IRI")
    return "" if version and version != ontology.iri else "there is no version IRI of its own"


def _licensed(ontology: _Ontology) -> str:
    found = ontology.value("license") or ontology.value("rights")
    return "" if found else "there is no licence"


def _reuses_metadata(ontology: _Ontology) -> str:
    others = [name for name in ontology.said if name.startswith(_VOCABULARIES)]
    return "" if others else "the header is in no vocabulary for metadata"


def _reuses_terms(ontology: _Ontology) -> str:
    if ontology.said.get(_OWL + "imports"):
        return ""
    own = set(ontology.own_terms())
    others = [t for t in ontology.terms if t not in own and not t.startswith(_OWN_WORDS)]
    return "" if others else "no term of another vocabulary is used"


def _persistent(ontology: _Ontology) -> str:
    return "" if _PERSISTENT.match(ontology.iri) else "the IRI is of no persistent resolver"


_HEADER = "Complete the header of the ontology."
_TESTS: dict[str, tuple[Callable[[_Ontology], str], str]] = {
    "FIND1": (_wants("prefix"), _HEADER),
    "HTTP1": (_open, "Name the ontology by an IRI that begins with https."),
    "OM1": (
        _wants("title", "description", "license", "version IRI", "creator", "namespace"),
        _HEADER,
    ),
    "OM2": (_wants("prefix", "version", "day of creation", "citation"), _HEADER),
    "OM3": (
        _wants("identifier", "publisher", "logo", "status", "source", "day of issue"),
        _HEADER,
    ),
    "OM4.1": (_licensed, _HEADER),
    "OM5.1": (_wants("creator", "day of creation"), _HEADER),
    "OM5.2": (_wants("publisher", "day of issue"), _HEADER),
    "PURL1": (_persistent, "Name the ontology by an IRI of w3id.org or purl.org."),
    "RDF1": (_available, "Write the bundle again."),
    "URI2": (_consistent, "Let one owl:Ontology be named as its namespace."),
    "VER1": (_versioned, "Add owl:versionIRI."),
    "VOC1": (_reuses_metadata, "Describe the ontology in Dublin Core."),
    "VOC2": (_reuses_terms, "Use a vocabulary such as SKOS."),
    "VOC3": (_documented("label", _LABELS), "Add rdfs:label."),
    "VOC4": (_documented("definition", _DEFINITIONS), "Add skos:definition."),
}
"""Name of a test → what says what is wrong, and what to do then."""
