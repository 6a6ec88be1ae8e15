"""The OWL Lite rules tell the W3C's own test documents right, and each of them can fail."""

import csv
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from ip5kg.validation.checks import read_check

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT.parent / "shared" / "suites" / "owl-species"
RULES = sorted((ROOT / "ontology" / "checks" / "owl-lite").glob("*.rq"))
BAR = 0.96

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LITE = """
<https://example.org/> a owl:Ontology .
:Thing a owl:Class . :Office a owl:Class ; rdfs:subClassOf :Thing ,
  [ a owl:Restriction ; owl:onProperty :code ; owl:maxCardinality 1 ] .
:Both a owl:Class ; owl:intersectionOf ( :Thing :Office ) .
:code a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:string .
:near a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :Office ; rdfs:range :Office .
:note a owl:AnnotationProperty .
:a a :Office ; :code "a" ; :near :b ; :note "a note" . :b a :Office .
[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) .
"""
TRIPS = {
    "all-different-well-formed": "[] a owl:AllDifferent .",
    "annotations-unaxiomatised": ":note rdfs:range :Office .",
    "blank-individuals-unshared": ":a :near _:x . :b :near _:x . _:x a :Office .",
    "builtin-in-place": ":a a rdfs:Container .",
    "cardinality-zero-or-one": ":Office rdfs:subClassOf "
    "[ a owl:Restriction ; owl:onProperty :code ; owl:minCardinality 2 ] .",
    "class-axioms-lite": ":Office rdfs:subClassOf "
    "[ a owl:Class ; owl:intersectionOf ( :Thing ) ] .",
    "classes-declared": ":a a :Undeclared .",
    "datatypes-declared": ':a :code "x"^^:mine .',
    "domains-and-ranges-named": ":near rdfs:range [ a owl:Restriction ; owl:onProperty :near ; "
    "owl:someValuesFrom :Office ] .",
    "fillers-named": ":Office rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :near ; "
    "owl:allValuesFrom [ a owl:Class ] ] .",
    "individuals-compared": ':a owl:sameAs "b" .',
    "individuals-have-a-type": ':c :code "c" .',
    "intersections-not-empty": ":Both owl:intersectionOf rdf:nil .",
    "kinds-are-owl-kinds": ":Old a rdfs:Class .",
    "lists-well-formed": "[] owl:distinctMembers [ rdf:first :a , :b ; rdf:rest rdf:nil ] .",
    "no-builtin-redefined": "rdfs:label rdfs:range :Office .",
    "no-forbidden-constructs": ":Office owl:disjointWith :Both .",
    "no-punning": ":Office a :Thing .",
    "no-unnamed-classes": "[] a owl:Class .",
    "object-characteristics": ":code a owl:InverseFunctionalProperty .",
    "ontologies-declared": "<https://example.org/x> owl:imports <https://example.org/> .",
    "properties-declared": ":a :undeclared :b .",
    "property-axioms-declared": ":undeclared rdfs:domain :Office .",
    "property-kinds-unmixed": ":near rdfs:range xsd:string .",
    "restrictions-in-place": "[] a owl:Restriction ; owl:onProperty :code ; owl:maxCardinality 1 .",
    "restrictions-well-formed": ":Office rdfs:subClassOf "
    "[ a owl:Restriction ; owl:onProperty :code ] .",
    "transitive-is-simple": ":near a owl:TransitiveProperty , owl:FunctionalProperty .",
    "values-fit-properties": ":a :code :b .",
}


def tripped(store):
    return {path.stem for path in RULES if list(store.query(read_check(path).query))}


def store_of(turtle):
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return store


def document(path, base):
    """Load a document; rdflib reads the entity declarations that pyoxigraph refuses."""
    store = Store()
    try:
        store.load(path=str(path), format=RdfFormat.RDF_XML, base_iri=base)
    except SyntaxError:
        graph = rdflib.Graph()
        graph.parse(str(path), format="xml", publicID=base)
        store.load(graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    return store


def test_the_rules_tell_the_documents_of_the_working_group_right():
    if not SUITE.is_dir():
        pytest.skip("the W3C's OWL test documents are not beside the project")
    with (SUITE / "levels.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    wrong = [
        f"{row['file']} is {row['level']}"
        for row in rows
        if bool(tripped(document(SUITE / row["file"], row["base_iri"]))) == (row["level"] == "Lite")
    ]
    share = 1 - len(wrong) / len(rows)
    print(f"{share:.1%} of {len(rows)} documents told right; wrong: {wrong}")
    assert share >= BAR, wrong


def test_a_lite_ontology_trips_no_rule():
    assert tripped(store_of(PREFIXES + LITE)) == set()


def test_each_rule_has_something_that_trips_it():
    assert {path.stem for path in RULES} == set(TRIPS)


@pytest.mark.parametrize("rule", sorted(TRIPS))
def test_rule_can_fail(rule):
    assert rule in tripped(store_of(PREFIXES + LITE + TRIPS[rule]))


def test_our_ontology_with_all_data_is_owl_lite(kg):
    report = kg.validate()
    assert report.checks >= len(RULES)
    assert [f for f in report.findings if "/checks/owl-lite/" in f.rule] == []
