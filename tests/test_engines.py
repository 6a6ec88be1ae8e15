"""All engines on mutants of the real data: they find the same, error by error."""

import sys
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from ip5kg.errors import ValidationFailure
from ip5kg.names import local_name
from ip5kg.resources import graph_files, shape_files
from ip5kg.turtle.reader import read
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.fast import FastEngine
from ip5kg.validation.shapes import SH, ShapesGraph

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from mutants import mutants  # noqa: E402
from mutation.corpus import Corpus  # noqa: E402
from mutation.engines import gathered, identity  # noqa: E402

# pySHACL takes some milliseconds for each node; these files have all kinds of errors in them.
FILES = (
    "meetings/2021.ttl",
    "organisations/offices.ttl",
    "tenures/office-us.ttl",
    "initiatives/net-ai.ttl",
    "statistics/observations-kr.ttl",
)
LIMIT = 12
GRAPHS = 12
SPARQL = "SPARQLConstraintComponent"
COMPARING = {
    "Assertion-knownThen",
    "Edition-inOrder",
    "Interval-order",
    "Interval-seenBetween",
    "Observation-qualified",
}
COMPARING_WITH_OTHERS = {
    "Meeting-ordinalInOrder",
    "Meeting-ordinalWithoutGap",
    "StatusUse-afterBegin",
}
TYPES = ("DatatypeConstraintComponent", "OrConstraintComponent")


@pytest.fixture(scope="module")
def mutated():
    """The data graph of the ontology and some files, each with as many errors as it can have."""
    corpus = Corpus(ROOT)
    by_file = defaultdict(list)
    for mutant in mutants(corpus, LIMIT):
        by_file[Path(mutant.file)].append(mutant)
    parsed = {p: read(p) for p in graph_files(ROOT) if p.is_relative_to(ROOT / "ontology")}
    kinds = set()
    for file in FILES:
        path = next(p for p in by_file if p.as_posix().endswith(f"data/{file}"))
        text = (ROOT / path).read_text(encoding="utf-8")
        chosen, done = [], []
        for mutant in sorted(by_file[path], key=lambda mutant: mutant.edits):
            if all(e.start >= d.end or e.end <= d.start for e in mutant.edits for d in done):
                chosen.append(mutant)
                done += mutant.edits
                kinds.add(mutant.kind)
        edits = tuple(sorted(edit for mutant in chosen for edit in mutant.edits))
        quads = parse(chosen[0]._replace(edits=edits).apply(text), RdfFormat.TURTLE)
        parsed[ROOT / path] = [quad.triple for quad in quads]
    return DataGraph(parsed), kinds


def test_engines_find_the_same_errors(mutated, shapes):
    data, kinds = mutated
    found = {name: run_engine(name, data, shapes) for name in ("fast", "auto", "reference")}
    sets = {name: {identity(f) for f in outcome.findings} for name, outcome in found.items()}
    assert sets["fast"] - sets["reference"] == set()
    assert_explained(sets["fast"], sets["reference"] - sets["fast"])
    assert sets["auto"] == sets["fast"]
    assert not any("does not confirm" in note for note in found["auto"].notes)
    assert len(kinds) >= 40
    assert len({f.rule for f in found["reference"].findings}) > 100


@pytest.fixture(scope="module")
def shapes():
    return ShapesGraph(triple for path in shape_files(ROOT) for triple in read(path))


@pytest.fixture(scope="module")
def everything():
    """All mutants that scripts/mutants.py makes, in as few graphs as hold them."""
    corpus = Corpus(ROOT)
    return gathered(corpus, mutants(corpus, 24))


def test_all_mutants_come_before_both_engines(everything):
    assert sum(len(gathering.mutants) for gathering in everything) > 1700
    assert len(everything) <= GRAPHS


@pytest.mark.parametrize("number", range(GRAPHS))
def test_engines_agree_on_all_mutants(everything, shapes, number):
    """They differ only where values of different datatypes are compared.

    rdflib puts an xsd:dateTime, an xsd:gYear or a text in some order with an xsd:date, which
    SPARQL 1.1 (section 17.3) leaves undefined and Oxigraph takes for an error. Nothing goes
    unnoticed by that: of that node, both engines say that a value has a wrong datatype.
    """
    if number >= len(everything):
        pytest.skip("so many graphs are not needed")
    gathering = everything[number]
    if gathering.oddity == "NaN":
        with pytest.raises(ValidationFailure, match="cannot convert NaN"):
            gathering.verdicts(shapes, seed=number)
        return
    fast, reference = gathering.verdicts(shapes, seed=number)
    assert len(reference) >= len(gathering.mutants) // 2
    assert fast - reference == set()
    assert_explained(fast, reference - fast)
    assert len(reference - fast) <= len(reference) // 50


def assert_explained(fast, more):
    """What the reference engine finds more comes of comparing a value that has a wrong datatype."""
    of_wrong_type = {
        focus for _, component, _, _, focus, _ in fast if component.removeprefix(SH) in TYPES
    }
    assert {component.removeprefix(SH) for _, component, *_ in more} <= {SPARQL}
    assert {local_name(rule) for rule, *_ in more} <= COMPARING | COMPARING_WITH_OTHERS
    own = {focus for rule, _, _, _, focus, _ in more if local_name(rule) in COMPARING}
    assert own <= of_wrong_type


ODD = """\
@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:a a ex:Thing ; ex:year "02017"^^xsd:integer ; ex:size 1.0 ; ex:name "a" .
ex:b a ex:Thing ; ex:year 2017 ; ex:size "01"^^xsd:decimal ; ex:name "b" .
ex:c a ex:Thing ; ex:year 2018 ; ex:size 1 ; ex:name "c" .
"""
ODD_SHAPE = """\
ex:%s a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql [ sh:message "So." ;
    sh:select "SELECT $this ?value WHERE { %s }" ] .
"""
ODD_PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ODD_SHAPES = {
    "Named": "$this <http://example.org/name> ?value . FILTER(STRLEN(?value) < 2)",
    "Year": "$this <http://example.org/year> ?value . FILTER(STRLEN(STR(?value)) > 4)",
    "Any": "$this ?path ?value . FILTER(STRSTARTS(STR(?value), '0'))",
    "Other": "$this !<http://example.org/name> ?value . FILTER(STRENDS(STR(?value), '0'))",
}


def test_engines_agree_on_literals_that_the_store_writes_anew(tmp_path):
    """What reads the text of such a literal is left to pySHACL, and nothing else is."""
    written = ODD_PREFIXES + "".join(ODD_SHAPE % pair for pair in ODD_SHAPES.items())
    for name, text in (("data", ODD), ("shapes", written)):
        (tmp_path / f"{name}.ttl").write_text(text)
    data = DataGraph({tmp_path / "data.ttl": read(tmp_path / "data.ttl")})
    assert {iri.rpartition("/")[2] for iri in data.rewritten_predicates} == {"year", "size"}
    shapes = ShapesGraph(read(tmp_path / "shapes.ttl"))
    found = {name: run_engine(name, data, shapes).findings for name in ("fast", "reference")}
    sets = {name: {identity(f) for f in findings} for name, findings in found.items()}
    assert sets["fast"] == sets["reference"]
    assert len(sets["fast"]) == 3 + 1 + 2 + 1
    assert {iri.rpartition("/")[2] for iri in FastEngine(data, shapes).left} == {
        "Year",
        "Any",
        "Other",
    }


ALL_TRIPLES = (
    """
@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:%s a sh:NodeShape ; sh:targetSubjectsOf :name %s ;
    sh:sparql [ sh:message "No number is below zero." ; sh:select """
    '''"""
        SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(?value < 0) }""" ] .
'''
)


@pytest.mark.parametrize("more", ["", "; sh:targetClass :Thing"])
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (':a :name "a" ; :size 5 . :b :size -5 .', 0),
        (':a :name "a" ; :size -5 . :b :size -5 .', 1),
        ('[] :name "a" ; :size -5 . [] :size -5 . :b a :Other ; :size -5 .', 1),
        (":b :size 1 .", 0),
    ],
)
def test_engines_agree_on_shapes_over_all_triples_of_their_targets(tmp_path, data, found, more):
    """The fast engine asks them without their targets first."""
    (tmp_path / "shapes.ttl").write_text(ALL_TRIPLES % ("Positive", more))
    (tmp_path / "data.ttl").write_text(f"@prefix : <http://example.org/> . {data}")
    graph = DataGraph({tmp_path / "data.ttl": read(tmp_path / "data.ttl")})
    shapes = ShapesGraph(read(tmp_path / "shapes.ttl"))
    sets = [
        {identity(f) for f in run_engine(name, graph, shapes).findings}
        for name in ("fast", "reference", "auto")
    ]
    assert sets[0] == sets[1] == sets[2]
    assert len(sets[0]) == found
