"""The ontology hangs together: versions, names, alignments; and no check finds anything."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from ip5kg.names import BASE, IP5, KINDS, PREFIXES, RDF_TYPE, SCHEMES
from ip5kg.resources import alignment_files, graph_files, version
from ip5kg.turtle.reader import read
from ip5kg.validation.hermit import hindrance, is_consistent
from ip5kg.validation.ontology import validate_ontology

ROOT = Path(__file__).resolve().parents[1]
OWL, RDF, RDFS, SKOS = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos"))
ONTOLOGY = ROOT / "ontology" / "ip5.ttl"


def triples(*paths):
    return [triple for path in paths for triple in read(path)]


@pytest.fixture(scope="module")
def terms():
    """Our classes and properties: IRI → their triples."""
    found = defaultdict(list)
    for triple in triples(ONTOLOGY):
        if triple.subject.value.startswith(IP5):
            found[triple.subject.value].append(triple)
    return found


def objects(statements, predicate):
    return [t.object for t in statements if t.predicate.value == predicate]


def test_version_is_the_same_wherever_it_stands():
    header = [t for t in triples(ONTOLOGY) if t.subject.value == IP5[:-1]]
    [info] = objects(header, OWL + "versionInfo")
    [iri] = objects(header, OWL + "versionIRI")
    assert iri.value == f"{BASE}ontology/{info.value}"
    assert version(ROOT) == info.value
    [citation] = objects(header, PREFIXES["dcterms"] + "bibliographicCitation")
    assert f"version {info.value}, {iri.value}" in citation.value


def test_header_says_when_the_ontology_was_last_changed():
    created, issued, modified = (
        min(t.object.value for t in triples(ONTOLOGY) if t.predicate.value == name)
        for name in (PREFIXES["dcterms"] + word for word in ("created", "issued", "modified"))
    )
    assert created <= issued <= modified

    def git(*words):
        command = ["git", "-C", str(ROOT), *words]
        return subprocess.run(command, capture_output=True, check=False, text=True).stdout.strip()

    if shutil.which("git") is None or git("rev-parse", "--is-shallow-repository") != "false":
        pytest.skip("the history of the repository is not there")
    days = git("log", "--format=%as", "--", "ontology/ip5.ttl").splitlines()
    assert created == min(days, default=created)
    assert modified >= max(days, default=modified), "set dcterms:modified in ontology/ip5.ttl"


def test_each_scheme_has_a_file_and_each_file_a_scheme():
    files = {path.stem for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl")}
    assert files == set(SCHEMES)


def test_each_kind_is_used_and_each_used_kind_is_known():
    used = set()
    for path in graph_files(ROOT):
        used |= set(re.findall(rf"{BASE}id/([a-z-]+)/", path.read_text(encoding="utf-8")))
    used_outside = {"component", "structure"}  # of the Data Cube, in its alignment
    assert used <= set(KINDS)
    assert set(KINDS) <= used | used_outside


def test_core_needs_no_alignment():
    """The graph uses our terms and the vocabularies that the ontology itself declares."""
    allowed = {OWL, RDFS, RDF, SKOS, PREFIXES["dcterms"], PREFIXES["vann"], PREFIXES["qb"], IP5}
    header = {PREFIXES[name] for name in ("bibo", "dc", "schema")}
    for triple in triples(*graph_files(ROOT)):
        namespace = re.match(r".*[#/]", triple.predicate.value).group()
        about_itself = triple.subject.value == IP5[:-1] and namespace in header
        assert namespace in allowed or about_itself, triple


@pytest.mark.parametrize("path", alignment_files(ROOT), ids=lambda p: p.stem)
def test_alignment_speaks_of_terms_that_exist(path, terms):
    described = {t.subject.value for t in triples(path)}
    things = {t.subject.value for t in triples(*graph_files(ROOT))}
    for triple in triples(path):
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode) and term.value.startswith(IP5):
                assert term.value in terms, term
            elif isinstance(term, NamedNode) and term.value.startswith(BASE + "id/"):
                assert term.value in things | described, term


MAPPINGS = [path for path in alignment_files(ROOT) if path.stem != "data-cube"]


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
def test_alignment_declares_itself_and_the_terms_it_maps_to(path):
    statements = triples(path)
    typed = {t.subject.value for t in statements if t.predicate.value == RDF_TYPE}
    assert f"{BASE}ontology/alignments/{path.stem}" in typed
    for triple in statements:
        if triple.predicate.value in (RDFS + "subClassOf", RDFS + "subPropertyOf"):
            assert triple.object.value in typed or triple.object.value.startswith(IP5), triple


@pytest.mark.slow
def test_nothing_is_wrong_with_the_ontology():
    """By no check, with the alignments and all data; and HermiT finds no contradiction."""
    report = validate_ontology(ROOT)
    assert report.findings == ()
    if report.notes:
        pytest.skip(report.notes[0])


@pytest.mark.slow
def test_a_contradiction_is_found():
    """Two people in one tenure contradict a functional property, names being unique."""
    if hindrance():
        pytest.skip(hindrance())
    whole = triples(*graph_files(ROOT))
    held_by = NamedNode(IP5 + "heldBy")
    tenure = next(t for t in whole if t.predicate == held_by)
    other = next(t.object for t in whole if t.predicate == held_by and t.object != tenure.object)
    assert not is_consistent([*whole, Triple(tenure.subject, held_by, other)])
