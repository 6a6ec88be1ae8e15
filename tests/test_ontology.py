"""The ontology hangs together: versions, names, alignments, use of terms, and consistency."""

import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.names import BASE, IP5, KINDS, PREFIXES, RDF_TYPE, SCHEMES, local_name
from ip5kg.resources import alignment_files, check_files, graph_files, graph_iri, version
from ip5kg.sparql.lexer import tokens
from ip5kg.store import EmbeddedStore
from ip5kg.turtle.reader import read
from ip5kg.validation.checks import read_check, run_check

ROOT = Path(__file__).resolve().parents[1]
OWL, RDFS, SKOS, XSD = (PREFIXES[name] for name in ("owl", "rdfs", "skos", "xsd"))
RDF = PREFIXES["rdf"]
ONTOLOGY = ROOT / "ontology" / "ip5.ttl"
KINDS_OF_TERM = ("Class", "ObjectProperty", "DatatypeProperty")
# OWL 2 RL, section 4.3: the datatypes that the profile has, among those we use.
RL_DATATYPES = {"anyURI", "boolean", "decimal", "integer", "string", "dateTime"}
# What states of the data are compared by: individuals of these kinds have different names because
# they are different things.
UNIQUE_KINDS = ("office", "person", "meeting", "post", "group", "state")


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


def test_labels_tell_terms_of_one_kind_apart(terms):
    for kind in KINDS_OF_TERM:
        labels = Counter(
            label.value
            for statements in terms.values()
            if NamedNode(OWL + kind) in objects(statements, RDF_TYPE)
            for label in objects(statements, RDFS + "label")
        )
        assert [label for label, times in labels.items() if times > 1] == []


def test_no_two_terms_have_the_same_definition(terms):
    definitions = Counter(
        d.value for statements in terms.values() for d in objects(statements, SKOS + "definition")
    )
    assert [text for text, times in definitions.items() if times > 1] == []


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
    for triple in triples(*graph_files(ROOT)):
        namespace = re.match(r".*[#/]", triple.predicate.value).group()
        assert namespace in allowed, triple


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


def test_alignments_keep_the_whole_in_owl_lite():
    """The structure of the Data Cube names properties as individuals, and is left out here."""
    files = [*graph_files(ROOT), *MAPPINGS]
    store = EmbeddedStore((path, graph_iri(path, ROOT)) for path in files)
    for path in check_files(ROOT):
        assert run_check(read_check(path), store) == [], path.stem


def test_each_term_is_used(terms):
    """By a datum, a vocabulary, a shape, or a question; a superclass by its subclasses."""
    used = {
        term.value
        for path in ROOT.glob("ontology/shapes/*.ttl")
        for triple in triples(path)
        for term in (triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    for triple in triples(*graph_files(ROOT)):
        used.add(triple.predicate.value)
        if triple.predicate.value in (RDF_TYPE, RDFS + "subClassOf"):
            used.add(triple.object.value)
    for path in ROOT.glob("queries/*/*.rq"):
        for token in tokens(path.read_text(encoding="utf-8")):
            if token.kind == "name" and token.text.startswith("ip5:"):
                used.add(IP5 + token.text[4:])
    assert sorted(local_name(term) for term in set(terms) - used) == []


def test_ontology_is_within_owl_2_rl(terms):
    """Named classes only, and the datatypes of the profile."""
    for name, statements in terms.items():
        for predicate in ("subClassOf", "subPropertyOf", "domain", "range"):
            for value in objects(statements, RDFS + predicate):
                assert isinstance(value, NamedNode), name
                if value.value.startswith(XSD):
                    assert local_name(value.value) in RL_DATATYPES, name


def plain(term):
    """OWL 2 has no xsd:date, xsd:gYear and xsd:gYearMonth, and HermiT refuses them."""
    foreign = ("date", "gYear", "gYearMonth")
    if isinstance(term, Literal) and term.datatype.value in {XSD + name for name in foreign}:
        return Literal(term.value)
    return term


def all_different(statements):
    """State that things of one kind with different names are different."""
    subjects = {t.subject.value for t in statements if isinstance(t.subject, NamedNode)}
    for kind in UNIQUE_KINDS:
        members = sorted(s for s in subjects if s.startswith(f"{BASE}id/{kind}/"))
        node, cells = BlankNode(kind), [BlankNode(f"{kind}{n}") for n in range(len(members))]
        yield Triple(node, NamedNode(RDF_TYPE), NamedNode(OWL + "AllDifferent"))
        yield Triple(node, NamedNode(OWL + "distinctMembers"), cells[0])
        rests = [*cells[1:], NamedNode(RDF + "nil")]
        for cell, member, rest in zip(cells, members, rests, strict=True):
            yield Triple(cell, NamedNode(RDF + "first"), NamedNode(member))
            yield Triple(cell, NamedNode(RDF + "rest"), rest)


def is_consistent(folder, statements):
    """Ask HermiT."""
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java, which is not installed")
    path = folder / "graph.nt"
    whole = [*statements, *all_different(statements)]
    lines = [f"{t.subject} {t.predicate} {plain(t.object)} .\n" for t in whole]
    path.write_text("".join(lines), encoding="utf-8")
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return True


@pytest.fixture(scope="module")
def whole():
    """All triples of the graph."""
    return triples(*graph_files(ROOT))


@pytest.mark.slow
def test_ontology_is_consistent_with_the_data(tmp_path, whole):
    assert is_consistent(tmp_path, whole)


@pytest.mark.slow
def test_a_contradiction_is_found(tmp_path, whole):
    """Two people in one tenure contradict a functional property, names being unique."""
    held_by = NamedNode(IP5 + "heldBy")
    tenure = next(t for t in whole if t.predicate == held_by)
    other = next(t.object for t in whole if t.predicate == held_by and t.object != tenure.object)
    assert not is_consistent(tmp_path, [*whole, Triple(tenure.subject, held_by, other)])
