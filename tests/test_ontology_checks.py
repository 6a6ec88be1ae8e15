"""The ontology checks: each can fail, spares what it should, and says the truth of OWL 2 RL."""

import itertools
import random
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from ip5kg.names import PREFIXES
from ip5kg.resources import check_files
from ip5kg.validation.checks import read_check

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {(path.parent.name, path.stem): read_check(path) for path in check_files(ROOT)}
PROLOGUE = "@prefix : <https://example.org/> .\n" + "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n"
    for name in ("dcterms", "ip5", "owl", "qb", "rdf", "rdfs", "schema", "skos", "xsd")
)


def tripped(family, turtle):
    """The checks of a family that find something."""
    store = Store()
    store.load((PROLOGUE + turtle).encode(), format=RdfFormat.TURTLE)
    return {
        name
        for (folder, name), check in CHECKS.items()
        if folder == family and list(store.query(check.query))
    }


@pytest.mark.parametrize("name", CHECKS, ids="/".join)
def test_check_says_where_it_comes_from_and_what_to_do(name):
    check = CHECKS[name]
    assert check.specification.startswith("https://")
    assert "{focus}" in check.message
    assert check.message.endswith(".")


RL = """
<https://example.org/> a owl:Ontology .
:A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A . :C owl:disjointWith :A .
:Both a owl:Class ; owl:intersectionOf ( :A :B ) ; owl:hasKey ( :code ) .
[] a owl:AllDisjointClasses ; owl:members ( :A :C [ owl:unionOf ( :A :B ) ] ) .
:code a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:dateTimeStamp .
:size a owl:DatatypeProperty ; rdfs:range :Small .
:Small a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ;
  owl:intersectionOf ( xsd:short xsd:nonNegativeInteger ) ] .
:note a owl:AnnotationProperty .
:near a owl:ObjectProperty , owl:SymmetricProperty , owl:IrreflexiveProperty ; rdfs:domain :A ;
  rdfs:range [ a owl:Restriction ; owl:onProperty :near ; owl:allValuesFrom :A ] .
:within a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:subPropertyOf :close .
:close a owl:ObjectProperty ; owl:propertyChainAxiom ( :near :near ) ; owl:inverseOf :around .
:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :code ; owl:maxCardinality 1 ] .
:a a :A , [ a owl:Class ; owl:complementOf :C ] ; :code "2020-01-01T00:00:00Z"^^xsd:dateTimeStamp .
[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ;
  owl:assertionProperty :near ; owl:targetIndividual :a .
:A a :Kind . # OWL 2 lets a class be an individual as well.
"""
RL_TRIPS = {
    "composite-is-not-counted": [
        ":within a owl:FunctionalProperty .",
        ":close a owl:AsymmetricProperty .",
        ":around a owl:IrreflexiveProperty .",
        ":A rdfs:subClassOf [ owl:onProperty :close ; owl:maxQualifiedCardinality 1 ] .",
        ":near owl:propertyDisjointWith :close .",
        "[] a owl:AllDisjointProperties ; owl:members ( :near :close ) .",
    ],
    "data-ranges": [
        ":code rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] .",
        ":code rdfs:range [ a owl:DataRange ; owl:oneOf ( 1 2 ) ] .",
        ":Small owl:equivalentClass [ a rdfs:Datatype ; owl:unionOf ( xsd:int xsd:string ) ] .",
    ],
    "datatypes-of-the-profile": [
        ":code rdfs:range xsd:date .",
        ":code rdfs:range xsd:gYear .",
        ":code rdfs:range owl:real .",
        ":code rdfs:range :Undefined . :Undefined a rdfs:Datatype .",
        ":A rdfs:subClassOf [ owl:onProperty :code ; owl:allValuesFrom xsd:duration ] .",
        "[] owl:onProperty :code ; owl:onDataRange xsd:time .",
        "[] a rdfs:Datatype ; owl:intersectionOf ( xsd:string xsd:gMonth ) .",
    ],
    "equivalent-classes": [
        ":A owl:equivalentClass [ owl:onProperty :near ; owl:someValuesFrom :B ] .",
        ":Both owl:unionOf ( :A :B ) .",
        ":Both owl:oneOf ( :a ) .",
        ":One owl:intersectionOf ( :A [ owl:onProperty :code ; owl:maxCardinality 1 ] ) .",
    ],
    "kinds-apart": [
        ":code a owl:ObjectProperty .",
        ":note a owl:DatatypeProperty .",
        ":near a owl:AnnotationProperty .",
        ":Small a owl:Class .",
    ],
    "no-forbidden-constructs": [
        ":A rdfs:subClassOf [ owl:onProperty :near ; owl:minCardinality 1 ] .",
        ":A rdfs:subClassOf [ owl:onProperty :near ; owl:hasSelf true ] .",
        ":A owl:disjointUnionOf ( :B :C ) .",
        ":near a owl:ReflexiveProperty .",
        "[] a rdfs:Datatype ; owl:onDatatype xsd:int ; owl:withRestrictions ( ) .",
        "[] a rdfs:Datatype ; owl:datatypeComplementOf xsd:int .",
    ],
    "no-top-or-bottom-properties": [
        ":near rdfs:subPropertyOf owl:bottomObjectProperty .",
        ":a owl:topObjectProperty :b .",
        "owl:topDataProperty rdfs:label 'all' .",
    ],
    "subclass-expressions": [
        "[ owl:complementOf :A ] rdfs:subClassOf :B .",
        "[ owl:onProperty :near ; owl:allValuesFrom :A ] owl:disjointWith :B .",
        ":B owl:disjointWith [ owl:onProperty :near ; owl:allValuesFrom :A ] .",
        "[ owl:onProperty :near ; owl:maxCardinality 0 ] owl:hasKey ( :code ) .",
        "[] a owl:AllDisjointClasses ; owl:members ( :A [ owl:complementOf :B ] ) .",
    ],
    "superclass-expressions": [
        ":A rdfs:subClassOf [ owl:unionOf ( :A :B ) ] .",
        ":near rdfs:domain [ owl:unionOf ( :A :B ) ] .",
        ":near rdfs:range [ owl:oneOf ( :a ) ] .",
        ":a a [ owl:onProperty :near ; owl:someValuesFrom :A ] .",
    ],
    "thing-in-place": [
        ":A rdfs:subClassOf owl:Thing .",
        "owl:Thing rdfs:subClassOf :A .",
        ":near rdfs:range owl:Thing .",
        ":a a owl:Thing .",
        ":Both owl:intersectionOf ( owl:Thing :B ) .",
    ],
    "upper-bounds-zero-or-one": [
        ":A rdfs:subClassOf [ owl:onProperty :near ; owl:maxCardinality 2 ] .",
        ":A rdfs:subClassOf [ owl:onProperty :near ; owl:maxQualifiedCardinality 'one' ] .",
    ],
}


def test_what_owl_2_rl_allows_trips_nothing():
    assert tripped("owl-2-rl", RL) == set()


def test_each_rule_of_the_profile_has_something_that_trips_it():
    assert {name for family, name in CHECKS if family == "owl-2-rl"} == set(RL_TRIPS)


@pytest.mark.parametrize(
    ("rule", "fault"), [(rule, fault) for rule, faults in RL_TRIPS.items() for fault in faults]
)
def test_rule_of_the_profile_can_fail(rule, fault):
    assert rule in tripped("owl-2-rl", RL + fault)


# The grammar of class expressions in OWL 2 RL, section 4.2.3, a second time, over small trees. A
# tree is a constructor and the trees below it.
LEAVES = ("name", "thing", "has", "one", "max0", "max2", "min", "exact", "self")
NESTING = {"not": 1, "some": 1, "all": 1, "maxq": 1, "and": 2, "or": 2}


def is_below(tree):
    match tree:
        case ("name" | "has" | "one",) | ("some", ("thing",)):
            return True
        case ("some" | "and" | "or", *parts):
            return all(map(is_below, parts))
    return False


def is_above(tree):
    match tree:
        case ("name" | "has" | "max0",) | ("maxq", ("thing",)):
            return True
        case ("not" | "maxq", part):
            return is_below(part)
        case ("and" | "all", *parts):
            return all(map(is_above, parts))
    return False


def is_equal(tree):
    match tree:
        case ("name" | "has",):
            return True
        case ("and", *parts):
            return all(map(is_equal, parts))
    return False


def written(tree):
    """A class expression in Turtle, after the mapping of OWL 2 to RDF graphs."""
    kind, parts = tree[0], [written(part) for part in tree[1:]]
    if kind in ("name", "thing"):
        return ":A" if kind == "name" else "owl:Thing"
    many = " ".join(parts)
    description = {"and": "intersectionOf", "or": "unionOf", "one": "oneOf"}.get(kind)
    if description:
        return f"[ a owl:Class ; owl:{description} ( {many or ':a'} ) ]"
    if kind == "not":
        return f"[ a owl:Class ; owl:complementOf {many} ]"
    said = {
        "has": "owl:hasValue :a",
        "max0": "owl:maxCardinality 0",
        "max2": "owl:maxCardinality 2",
        "min": "owl:minCardinality 1",
        "exact": "owl:cardinality 1",
        "self": "owl:hasSelf true",
        "some": f"owl:someValuesFrom {many}",
        "all": f"owl:allValuesFrom {many}",
        "maxq": f"owl:maxQualifiedCardinality 1 ; owl:onClass {many}",
    }[kind]
    return f"[ a owl:Restriction ; owl:onProperty :near ; {said} ]"


def trees():
    """All trees of one constructor over leaves, and some that are deeper."""
    leaves = [(leaf,) for leaf in LEAVES]
    flat = [
        (kind, *parts)
        for kind, size in NESTING.items()
        for parts in itertools.product(leaves, repeat=size)
    ]
    chance = random.Random(5)
    deep = [
        (kind, *(chance.choice(flat + leaves) for _ in range(size)))
        for kind, size in NESTING.items()
        for _ in range(12)
    ]
    # Chance seldom hits what is allowed, which has to pass as well.
    allowed = [tree for tree in flat + leaves if is_below(tree) or is_above(tree)]
    deep += [
        (kind, *(chance.choice(allowed) for _ in range(size)))
        for kind, size in NESTING.items()
        for _ in range(12)
    ]
    return leaves + flat + deep


POSITIONS = {
    "subclass": ("{} rdfs:subClassOf :B .", is_below),
    "disjoint": (":B owl:disjointWith {} .", is_below),
    "member": ("[] a owl:AllDisjointClasses ; owl:members ( :B {} ) .", is_below),
    "key": ("{} owl:hasKey ( :near ) .", is_below),
    "superclass": (":B rdfs:subClassOf {} .", is_above),
    "domain": (":near rdfs:domain {} .", is_above),
    "range": (":near rdfs:range {} .", is_above),
    "type": (":b a {} .", is_above),
    "equivalent": (":B owl:equivalentClass {} .", is_equal),
}


@pytest.mark.parametrize("position", POSITIONS)
def test_checks_agree_with_the_grammar_of_the_profile(position):
    pattern, is_allowed = POSITIONS[position]
    declared = ":A a owl:Class . :B a owl:Class . :near a owl:ObjectProperty .\n"
    wrong = [
        tree
        for tree in trees()
        if bool(tripped("owl-2-rl", declared + pattern.format(written(tree)))) == is_allowed(tree)
    ]
    assert wrong == []


QUALITY = """
ip5:Meeting a owl:Class ; rdfs:label "meeting"@en , "会議"@ja ; rdfs:isDefinedBy ip5: ;
  skos:definition "An occasion, e.g. a summit (v. 2.0), on which agents meet."@en ;
  rdfs:subClassOf ip5:Event , schema:Event .
ip5:Event a owl:Class ; rdfs:label "event"@en ; rdfs:isDefinedBy ip5: ;
  skos:definition "What happens."@en ; skos:closeMatch schema:Thing .
ip5:host a owl:ObjectProperty ; rdfs:label "host"@en ; rdfs:isDefinedBy ip5: ;
  skos:definition "Tells who holds a meeting."@en ; rdfs:subPropertyOf schema:organizer ;
  a qb:DimensionProperty .
ip5:hostName a owl:DatatypeProperty ; rdfs:label "host"@en ; rdfs:isDefinedBy ip5: ;
  skos:definition "Names who holds a meeting."@en ; skos:closeMatch schema:organizer .
ip5:Old a owl:Class ; owl:deprecated true ; rdfs:label "old"@en ; rdfs:isDefinedBy ip5: ;
  skos:definition "What was."@en ; rdfs:subClassOf ip5:Older .
ip5:Older a owl:Class , owl:DeprecatedClass ; dcterms:isReplacedBy ip5:Event ;
  rdfs:label "older"@en ; rdfs:isDefinedBy ip5: ; skos:definition "What was long ago."@en .
ip5:Event dcterms:replaces ip5:Older ; rdfs:subClassOf owl:Thing .
ip5:Live a owl:Class ; owl:deprecated false ; rdfs:label "live"@en ; rdfs:isDefinedBy ip5: .
schema:Event a owl:Class ; rdfs:subClassOf schema:Thing ; owl:equivalentClass dcterms:Event .
schema:Thing a owl:Class . dcterms:Event a owl:Class . schema:organizer a owl:ObjectProperty .
schema:Person a owl:Class ; owl:disjointWith schema:Event .
[] qb:componentProperty ip5:host .
:a a ip5:Meeting , ip5:Live ; ip5:host :b .
:s a skos:ConceptScheme . :t a skos:ConceptScheme .
:one a skos:Concept ; skos:inScheme :s ; skos:definition "The same."@en ; skos:related :two .
:two a skos:Concept ; skos:inScheme :s ; skos:definition "Other."@en ; skos:broader :three .
:three a skos:Concept ; skos:inScheme :t ; skos:definition "The same."@en ; skos:narrower :two ;
  skos:exactMatch <https://example.com/three> ; skos:closeMatch <https://example.com/four> .
"""
QUALITY_TRIPS = {
    "aligned-kind-to-kind": [
        "ip5:host rdfs:subClassOf schema:Event .",
        "ip5:Meeting rdfs:subClassOf schema:organizer .",
        "schema:Event owl:equivalentClass ip5:hostName .",
        "ip5:host rdfs:subPropertyOf schema:Event .",
        "ip5:Meeting owl:equivalentProperty schema:organizer .",
        "ip5:Meeting skos:closeMatch schema:organizer .",
        "ip5:host skos:broadMatch schema:Thing .",
        ":one skos:exactMatch ip5:Meeting .",
    ],
    "aligned-once": [
        "ip5:Meeting skos:closeMatch schema:Event .",
        "ip5:Event skos:exactMatch schema:Thing .",
        "ip5:Meeting owl:equivalentClass schema:Event .",
        "schema:organizer skos:narrowMatch ip5:host .",
    ],
    "aligned-terms-declared": [
        "ip5:Meetng rdfs:subClassOf schema:Event .",
        "schema:Event owl:equivalentClass ip5:Meetng .",
        "ip5:Meetng skos:closeMatch schema:Thing .",
        "ip5:Meeting rdfs:subClassOf schema:Evnt .",
        "schema:Evnt skos:closeMatch ip5:Meeting .",
        "[] qb:componentProperty ip5:hots .",
        "ip5:hots a qb:MeasureProperty .",
    ],
    "concepts-without-cycles": [
        ":three skos:broader :two .",
        ":one skos:narrower :one .",
    ],
    "definitions-apart": [
        'ip5:host skos:definition "What happens."@en .',
        ':two skos:definition "The same."@en .',
    ],
    "definitions-one-sentence": [
        'ip5:Live skos:definition "What lives. It does so now."@en .',
        ':two skos:definition "What is (as one says.) “Two” is meant."@en .',
        ':two skos:definition "What is.\\nNo more."@en .',
    ],
    "deprecated-unused": [
        ":a a ip5:Old .",
        ":a a ip5:Older .",
        "ip5:host rdfs:range ip5:Older .",
        "ip5:host owl:deprecated true .",
        "ip5:host a owl:DeprecatedProperty .",
        ':two owl:deprecated "1"^^xsd:boolean .',
    ],
    "hierarchies-without-cycles": [
        "schema:Thing rdfs:subClassOf ip5:Meeting .",
        "ip5:Meeting rdfs:subClassOf ip5:Meeting .",
        "schema:organizer rdfs:subPropertyOf ip5:host .",
    ],
    "labels-apart": [
        'ip5:Live rdfs:label "Meeting"@en .',
        'ip5:Event rdfs:label "会議"@ja .',
    ],
    "matches-apart": [
        ":three skos:relatedMatch <https://example.com/three> .",
        "<https://example.com/three> skos:broadMatch :three .",
    ],
    "not-same-and-disjoint": [
        "ip5:Meeting owl:disjointWith schema:Event .",
        "ip5:Meeting rdfs:subClassOf schema:Person .",
        "ip5:Meeting skos:exactMatch schema:Person .",
        "dcterms:Event rdfs:subClassOf [ owl:equivalentClass schema:Person ] .",
        "[] a owl:AllDisjointClasses ; owl:members ( :X dcterms:Event :Y ip5:Event ) .",
        "[] a owl:AllDisjointProperties ; owl:members ( schema:organizer ip5:host ) .",
        "schema:organizer owl:propertyDisjointWith ip5:host .",
    ],
    "related-is-not-broader": [
        ":two skos:related :three .",
        ":one skos:broader [ skos:broader :two ] .",
    ],
}


def test_what_is_well_made_trips_nothing():
    assert tripped("quality", QUALITY) == set()


def test_each_check_of_quality_has_something_that_trips_it():
    assert {name for family, name in CHECKS if family == "quality"} == set(QUALITY_TRIPS)


@pytest.mark.parametrize(
    ("check", "fault"),
    [(name, fault) for name, faults in QUALITY_TRIPS.items() for fault in faults],
)
def test_check_of_quality_can_fail(check, fault):
    assert tripped("quality", QUALITY + fault) >= {check}


def test_labels_are_told_apart_by_kind_and_language():
    """A class may be called like a property, and one word may be a label in two languages."""
    fault = 'ip5:Live rdfs:label "host"@en , "meeting"@fr .'
    assert tripped("quality", QUALITY + fault) == set()


def test_what_is_deprecated_may_be_told_of():
    fault = "ip5:Event skos:closeMatch ip5:Older ; rdfs:seeAlso ip5:Old ."
    assert tripped("quality", QUALITY + fault) == set()


SURE = """
:high skos:prefLabel "high" . :low skos:prefLabel "low" .
:a a ip5:Outcome ; ip5:hasConfidence :high ; ip5:cites :p , :q .
:b a ip5:Outcome ; ip5:hasConfidence :high ; ip5:cites :p , :q .
:c a ip5:Outcome ; ip5:hasConfidence :low ; ip5:cites :p .
:d a ip5:Absence ; ip5:hasConfidence :low ; ip5:cites :p , :q .
"""


LESS_SURE = ":e a ip5:Outcome ; ip5:hasConfidence :low ; ip5:cites :q , :p"
RELATIONS = """
:e a ip5:Relation ; ip5:hasConfidence :low ; ip5:cites :p ; ip5:hasRelationKind :part .
:f a ip5:Relation ; ip5:hasConfidence :high ; ip5:cites :p ; ip5:hasRelationKind {} .
"""


@pytest.mark.parametrize(
    ("added", "trips"),
    [
        ("", False),
        (f"{LESS_SURE} .", True),
        (f'{LESS_SURE} ; skos:editorialNote "Inferred."@en .', False),
        (RELATIONS.format(":related"), False),
        (RELATIONS.format(":part"), True),
    ],
)
def test_what_rests_on_the_same_passages_is_as_sure(added, trips):
    assert tripped("evidence", SURE + added) == (
        {"like-sources-like-confidence"} if trips else set()
    )
