"""The ontology as a whole: its checks with places, the use of its terms, and contradictions."""

import itertools
import random
import shutil
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import BASE, IP5, PREFIXES
from ip5kg.sparql.mentions import mentions
from ip5kg.validation.contradiction import contradiction
from ip5kg.validation.hermit import hindrance
from ip5kg.validation.ontology import validate_ontology

ROOT = Path(__file__).resolve().parents[1]
CHECKS = BASE + "checks/"
needs_hermit = pytest.mark.skipif(bool(hindrance()), reason=hindrance())


@pytest.fixture
def root(tmp_path):
    """A copy of the whole, to do harm to."""
    for name in ("ontology", "queries", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def _without_java(monkeypatch):
    """HermiT takes long, and most tests are not about it."""
    monkeypatch.setenv("PATH", "")


without_java = pytest.mark.usefixtures("_without_java")


def add(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def found(root):
    """Rule, severity and place of each finding."""
    findings = validate_ontology(root).findings
    return [(f.rule.removeprefix(CHECKS), f.severity, f.place.file, f.place.line) for f in findings]


def line_of(path, text):
    lines = path.read_text(encoding="utf-8").splitlines()
    [number] = [number for number, line in enumerate(lines, 1) if text in line]
    return number


@without_java
def test_without_java_all_else_is_checked_and_a_note_says_so():
    report = validate_ontology(ROOT)
    assert report.findings == ()
    assert report.conforms
    assert report.triples > 40_000
    assert report.checks == len(list((ROOT / "ontology" / "checks").rglob("*.rq"))) + 3
    [note] = report.notes
    assert note.endswith("is not known: HermiT needs Java, which is not installed.")


def test_java_that_is_only_a_name_is_none(tmp_path, monkeypatch):
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'Unable to locate a Java Runtime.' >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hindrance() == "HermiT needs Java, which is not installed."


def test_without_owlready2_a_note_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "owlready2", None)
    assert "pip install 'ip5kg[hermit]'" in hindrance()


def spare(number):
    """A term that is declared and well made, and that nothing uses."""
    return f"""
ip5:Spare{number} a owl:Class ;
    rdfs:label "spare {number}"@en ;
    rdfs:isDefinedBy <https://w3id.org/ip5kg/ontology> ;
    skos:definition "A thing for later, {number}."@en .
"""


def harm(root, faults):
    """Declare a term for each fault, and write the fault into its file."""
    for number, (file, text) in enumerate(faults):
        add(root / "ontology" / "ip5.ttl", spare(number))
        path = root / file.format(number)
        path.touch()
        add(path, text.replace("Spare", f"Spare{number}") + "\n")


@without_java
def test_a_term_that_nothing_uses_is_found(root):
    path = root / "ontology" / "ip5.ttl"
    add(path, spare(0))
    line = line_of(path, "ip5:Spare0 a")
    assert found(root) == [("usage/terms-used", "warning", "ontology/ip5.ttl", line)]


@without_java
def test_a_term_that_something_uses_or_that_is_deprecated_is_spared(root):
    uses = (
        ("ontology/ip5.ttl", "ip5:Spare owl:deprecated true ."),
        ("ontology/ip5.ttl", "ip5:Spare a owl:DeprecatedClass ."),
        ("ontology/ip5.ttl", "ip5:Absence rdfs:subClassOf ip5:Spare ."),
        ("queries/meetings/spare{}.rq", f"SELECT * {{ ?s a <{IP5}Spare> }}"),
        ("queries/meetings/spare{}.rq", f"prefix x: <{IP5}>\nSELECT * {{ ?s a x:Spare }}"),
        ("ontology/shapes/meetings.ttl", "shape:Spare sh:targetClass ip5:Spare ."),
        ("ontology/shapes/meetings.ttl", 'shape:Q sh:select "SELECT * { $this a ip5:Spare }" .'),
    )
    harm(root, uses)
    assert found(root) == []


@without_java
def test_to_speak_of_a_term_is_not_to_use_it(root):
    words = (
        ("queries/meetings/spare{}.rq", "SELECT * { ?s a ?class } # ip5:Spare"),
        ("queries/meetings/spare{}.rq", f'SELECT ("{IP5}Spare" AS ?name) {{}}'),
        ("queries/meetings/spare{}.rq", "PREFIX ip5: <x:> SELECT * { ?s a ip5:Spare }"),
        ("ontology/ip5.ttl", "ip5:Spare rdfs:seeAlso ip5:Spare ; owl:deprecated false ."),
        ("ontology/shapes/meetings.ttl", 'shape:Spare sh:message "ip5:Spare" .'),
        ("ontology/alignments/foaf.ttl", "ip5:Spare rdfs:subClassOf foaf:Agent ."),
    )
    harm(root, words)
    assert [rule for rule, *_ in found(root)] == ["usage/terms-used"] * len(words)


@without_java
def test_a_query_that_names_what_does_not_exist_is_found_to_the_column(root):
    path = root / "queries" / "meetings" / "wrong.rq"
    path.write_text(
        f"PREFIX ip5: <{IP5}>\r\nPREFIX role: <{BASE}scheme/role/>\r\n"
        "SELECT * {\r\n  ?s ip5:hasRole role:char ; a ip5:Meetng , ip5:Meetng .\r\n}\r\n",
        encoding="utf-8",
        newline="",
    )
    findings = validate_ontology(root).findings
    assert [(f.severity, str(f.place), f.message) for f in findings] == [
        (
            "warning",
            "queries/meetings/wrong.rq:4:18",
            "role:char is described by nothing in the graph; correct the name.",
        ),
        (
            "violation",
            "queries/meetings/wrong.rq:4:32",
            "ip5:Meetng is no term of the ontology; correct the name.",
        ),
    ]
    assert [f.place.text[f.place.column - 1 : f.place.end_column - 1] for f in findings] == [
        "role:char",
        "ip5:Meetng",
    ]


@without_java
def test_a_shape_that_names_what_does_not_exist_is_found(root):
    path = root / "ontology" / "shapes" / "meetings.ttl"
    add(
        path,
        "\nshape:Wrong sh:path ip5:hots .\n"
        'shape:Query sh:select """SELECT $this { $this ip5:wrong role:none }""" .\n',
    )
    wrong, query = line_of(path, "shape:Wrong"), line_of(path, "shape:Query")
    file = "ontology/shapes/meetings.ttl"
    assert found(root) == [
        ("usage/names-known", "violation", file, wrong),
        ("usage/names-known", "violation", file, query),
        ("usage/names-known", "warning", file, query),
    ]


@without_java
def test_a_deprecated_term_is_found_wherever_it_is_still_used(root):
    path = root / "ontology" / "ip5.ttl"
    add(path, "ip5:legalBasis owl:deprecated true .\n")
    findings = validate_ontology(root).findings
    by_rule = {f.rule.removeprefix(CHECKS) for f in findings}
    assert by_rule == {"quality/deprecated-unused", "usage/names-not-deprecated"}
    files = {f.place.file.split("/")[0] for f in findings}
    assert files == {"data", "ontology", "queries"}
    assert {f.severity for f in findings} == {"warning"}


@without_java
def test_faults_in_alignments_are_found_there(root):
    path = root / "ontology" / "alignments" / "foaf.ttl"
    add(path, "ip5:Persn rdfs:subClassOf foaf:Person .\nfoaf:Agent rdfs:subClassOf ip5:Person .\n")
    rules = {(rule, file) for rule, _, file, _ in found(root)}
    assert ("quality/aligned-terms-declared", "ontology/alignments/foaf.ttl") in rules
    assert ("quality/hierarchies-without-cycles", "ontology/alignments/foaf.ttl") in rules


@without_java
def test_owl_lite_is_asked_of_alignments_that_are_ontologies_only(root):
    """The structure of the Data Cube takes properties for individuals."""
    folder = root / "ontology" / "alignments"
    fault = "<{}> <http://www.w3.org/2002/07/owl#disjointWith> <{}> .\n"
    add(folder / "data-cube.ttl", fault.format(IP5 + "Meeting", IP5 + "Person"))
    assert found(root) == []
    add(folder / "foaf.ttl", fault.format(IP5 + "Meeting", IP5 + "Place"))
    [(rule, *place)] = found(root)
    line = line_of(folder / "foaf.ttl", "disjointWith")
    assert rule == "owl-lite/no-forbidden-constructs"
    assert place == ["violation", "ontology/alignments/foaf.ttl", line]


@without_java
def test_same_fault_has_the_same_fingerprint_when_lines_move(root):
    path = root / "ontology" / "ip5.ttl"
    add(path, spare(0))
    [first] = validate_ontology(root).findings
    path.write_text("# A comment.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    [second] = validate_ontology(root).findings
    assert first.fingerprint == second.fingerprint != ""
    assert second.place.line == first.place.line + 2


SMALL = """
@prefix ip5: <https://w3id.org/ip5kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/ip5kg/id/person/> .

<https://w3id.org/ip5kg/ontology> a owl:Ontology .
ip5:Post a owl:Class . ip5:Person a owl:Class .
ip5:heldBy a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:range ip5:Person .
ip5:begin a owl:DatatypeProperty ; rdfs:range xsd:integer .
"""


@pytest.fixture
def small(tmp_path):
    """A root with an ontology of a few lines, which HermiT is done with in a second."""
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "ontology" / "ip5.ttl").write_text(SMALL, encoding="utf-8")
    prefixes = SMALL.partition("\n\n")[0]
    people = "".join(f":p{n} a ip5:Person .\n" for n in range(40))
    (tmp_path / "data" / "posts.ttl").write_text(
        f"{prefixes}\n{people}"
        ":one a ip5:Post ; ip5:heldBy :p1 .\n:two a ip5:Post ; ip5:heldBy :p2 ; ip5:begin 3 .\n",
        encoding="utf-8",
    )
    return tmp_path


def reasoned(root):
    report = validate_ontology(root)
    assert report.notes == ()
    return [f for f in report.findings if f.rule.startswith(CHECKS + "reasoning/")]


@needs_hermit
def test_what_can_be_true_is_consistent(small):
    assert reasoned(small) == []


@needs_hermit
@pytest.mark.slow
def test_a_contradiction_is_told_by_the_statements_that_make_it(small):
    """One post has two holders, told in two files; the datum between them is not to blame."""
    prefixes = SMALL.partition("\n\n")[0]
    add(small / "data" / "posts.ttl", ":one ip5:begin 2 .\n")
    more = small / "data" / "more.ttl"
    more.write_text(f"{prefixes}\n:one ip5:heldBy\n    :p9 .\n", encoding="utf-8")
    [finding] = reasoned(small)
    assert finding.rule == CHECKS + "reasoning/consistent"
    assert finding.severity == "violation"
    assert "begin" not in finding.message
    places = {finding.place, *finding.related}
    assert {(place.file, place.text.strip()) for place in places} >= {
        ("data/posts.ttl", ":one a ip5:Post ; ip5:heldBy :p1 ."),
        ("data/more.ttl", ":p9 ."),
    }
    assert finding.message == (
        "The ontology does not allow all of this: person:one ip5:heldBy person:p9; "
        "person:one ip5:heldBy person:p1. Correct one of these statements."
    )


@needs_hermit
@pytest.mark.slow
def test_an_ontology_that_contradicts_itself_is_told_by_its_axioms(small):
    path = small / "ontology" / "ip5.ttl"
    add(
        path,
        "ip5:Thing owl:equivalentClass owl:Thing ; a owl:Class ; rdfs:subClassOf ip5:Post .\n"
        "ip5:Post owl:disjointWith ip5:Thing .\n",
    )
    [finding] = reasoned(small)
    for part in ("ip5:Thing owl:equivalentClass owl:Thing", "ip5:Post owl:disjointWith ip5:Thing"):
        assert part in finding.message
    assert "heldBy" not in finding.message
    assert finding.place.file == "ontology/ip5.ttl"


@needs_hermit
@pytest.mark.slow
def test_a_declaration_can_be_the_contradiction(small):
    path = small / "ontology" / "ip5.ttl"
    add(path, "ip5:nobody a owl:Nothing .\n")
    [finding] = reasoned(small)
    assert "all of this: ip5:nobody rdf:type owl:Nothing. " in finding.message
    assert finding.place.line == line_of(path, "ip5:nobody")


@needs_hermit
@pytest.mark.slow
def test_a_class_that_can_have_no_members_is_found(small):
    path = small / "ontology" / "ip5.ttl"
    add(
        path,
        "ip5:Post owl:disjointWith ip5:Person .\n"
        "ip5:Both a owl:Class ; rdfs:subClassOf ip5:Post , ip5:Person .\n",
    )
    [finding] = reasoned(small)
    assert finding.rule == CHECKS + "reasoning/classes-satisfiable"
    assert finding.focus == NamedNode(IP5 + "Both")
    assert finding.place.line == line_of(path, "ip5:Both a")


@needs_hermit
@pytest.mark.slow
def test_a_literal_that_is_not_of_its_datatype_is_found(small):
    path = small / "data" / "posts.ttl"
    add(path, ':two ip5:begin "a \\"b\\" c"^^xsd:integer .\n')
    [finding] = reasoned(small)
    assert finding.rule == CHECKS + "reasoning/literals-well-formed"
    assert finding.value == Literal('a "b" c', datatype=NamedNode(PREFIXES["xsd"] + "integer"))
    assert finding.place.line == line_of(path, "xsd:integer .")
    assert "no xsd:integer" in finding.message


@needs_hermit
def test_what_hermit_cannot_read_is_a_finding_beside_the_others(small):
    path = small / "ontology" / "ip5.ttl"
    add(path, "ip5:begin rdfs:range xsd:date . ip5:Spare a owl:Class .\n")
    findings = validate_ontology(small).findings
    assert {f.rule.removeprefix(CHECKS) for f in findings} == {
        "reasoning/consistent",
        "usage/terms-used",
    }
    [told] = reasoned(small)
    assert told.message.startswith("HermiT broke off: HermiT supports all and only the datatypes")
    assert "XMLSchema#date" in told.message
    assert told.message.endswith(". So whether there are contradictions is not known.")
    assert told.place.line == line_of(path, "a owl:Ontology")


@needs_hermit
def test_days_and_what_else_owl_2_does_not_have_are_no_trouble(small):
    add(
        small / "data" / "posts.ttl",
        ':two rdfs:seeAlso "2020-01-01"^^xsd:date , "2020"^^xsd:gYear , "é\\n"@en ;\n'
        '    rdfs:comment "x"^^ip5:mine ;\n'
        "    owl:imports <http://127.0.0.1:9/nothing> .\n",
    )
    assert reasoned(small) == []


def statement(subject, number):
    return Triple(NamedNode(f"urn:s:{subject}"), NamedNode("urn:p"), NamedNode(f"urn:o:{number}"))


@pytest.mark.parametrize("seed", range(30))
def test_a_contradiction_is_reduced_until_nothing_can_be_left_out(seed):
    chance = random.Random(seed)
    doubtful = [statement(chance.randrange(60), number) for number in range(300)]
    certain = [statement("certain", 0)]
    cores = [
        set(chance.sample(doubtful, chance.randint(1, 4))) for _ in range(chance.randint(1, 3))
    ]
    asked = itertools.count()

    def is_consistent(triples):
        next(asked)
        assert triples[:1] == certain
        return not any(core <= set(triples) for core in cores)

    result = contradiction(certain, doubtful, is_consistent)
    assert set(result) in cores or any(core == set(result) for core in cores)
    assert len(result) == len(set(result))
    assert next(asked) < 120


@pytest.mark.parametrize(
    ("text", "iris"),
    [
        ("PREFIX a: <x:> SELECT * { a:b a:c ?d }", ["x:b", "x:c"]),
        ("prefix : <x:> ASK { :b :c <y:d> }", ["x:b", "x:c", "y:d"]),
        ("PREFIX a: <x:> PREFIX a: <y:> ASK { a:b ?p ?o }", ["y:b"]),
        (
            "BASE <http://e.org/a/> PREFIX p: <b#> ASK { p:c ?p <../d> }",
            ["http://e.org/a/b#c", "http://e.org/d"],
        ),
        ("PREFIX a: <x:> ASK { a:b\\-c\\,d a:%41 ?o }", ["x:b-c,d", "x:%41"]),
        ("PREFIX a: <x:> ASK { ?s ?p 'a:b <y:z>' } # a:c", []),
        ("PREFIX a: <x:> ASK { _:a ?p ?o FILTER(?o<?p && ?p>?o) }", []),
        ("ASK { undeclared:a ?p ?o }", []),
        ("PREFIX a: <x:> SELECT * { ?prefix a:b/a:c* ?base }", ["x:b", "x:c"]),
    ],
)
def test_what_a_query_names(text, iris):
    found = list(mentions(text))
    assert [mention.iri for mention in found] == iris
    for mention in found:
        assert text[mention.start : mention.end].strip("<>")[-1] in mention.iri
