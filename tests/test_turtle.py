"""Reading RDF, and Turtle in canonical form."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from ip5kg.errors import InputError, OutputError, RdfSyntaxError
from ip5kg.names import PREFIXES
from ip5kg.turtle import refine
from ip5kg.turtle.formatter import canonical_text
from ip5kg.turtle.lexical import natural
from ip5kg.turtle.reader import read, read_document
from ip5kg.turtle.writer import write_trig, write_turtle

ROOT = Path(__file__).parents[1]
SUITES = ROOT.parent / "shared" / "suites"
EX = "https://example.org/"
NAMES = {**PREFIXES, "ex": EX}
XSD = PREFIXES["xsd"]
S, P = NamedNode(EX + "s"), NamedNode(EX + "p")


def canonical(quads):
    """The RDFC-1.0 form, for comparing graphs."""
    dataset = Dataset([quad if isinstance(quad, Quad) else Quad(*quad) for quad in quads])
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def turtle(text):
    head = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in NAMES.items())
    return list(parse(head + text, RdfFormat.TURTLE))


def body(text):
    """Turtle without its prefixes."""
    return re.sub(r"\A(?:@prefix .*\n)+\n", "", text)


def rewritten(text):
    return body(write_turtle(turtle(text), NAMES))


def literal_text(literal):
    """How the writer writes a literal, after checking that it is read as it was."""
    text = write_turtle([Triple(S, P, literal)], NAMES)
    assert [quad.object for quad in parse(text, RdfFormat.TURTLE)] == [literal]
    return body(text).removeprefix("ex:s ex:p ").removesuffix(" .\n")


def disguised(quads, seed):
    """The same dataset in another order, with other names for its blank nodes."""
    chance = random.Random(seed)
    names = {}

    def disguise(term):
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"x{chance.randrange(10**12)}"))

    shuffled = list(quads)
    chance.shuffle(shuffled)
    return [Quad(disguise(s), p, disguise(o), disguise(g)) for s, p, o, g in shuffled]


def without_graphs(quads):
    return [quad.triple for quad in quads]


def suite_tests(folder, *kinds):
    """The actions of a W3C manifest, with the IRI that each is read from."""
    manifest = SUITES / "rdf11-syntax" / folder / "manifest.ttl"
    if not manifest.exists():
        return []
    base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/{folder}/"
    quads = list(parse(path=manifest, format=RdfFormat.TURTLE, base_iri=base))
    wanted = {
        quad.subject
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.object.value.endswith(kinds)
    }
    return [
        pytest.param(
            manifest.parent / quad.object.value.removeprefix(base),
            quad.object.value,
            id=quad.object.value.removeprefix(base),
        )
        for quad in quads
        if quad.subject in wanted and quad.predicate.value.endswith("#action")
    ]


NO_SUITES = "the W3C suites are not beside the repository"
GOOD_TURTLE = suite_tests("rdf-turtle", "TestTurtleEval", "TestTurtlePositiveSyntax")
BAD_TURTLE = suite_tests("rdf-turtle", "TestTurtleNegativeSyntax", "TestTurtleNegativeEval")
GOOD_TRIG = suite_tests("rdf-trig", "TestTrigEval", "TestTrigPositiveSyntax")
RDFC = sorted((SUITES / "rdfc10" / "rdfc10").glob("*-in.nq"))
# The comparison itself has no end on this one.
POISON = "test074-in.nq"


# Canonical form: the W3C suites


@pytest.mark.skipif(not GOOD_TURTLE, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base"), GOOD_TURTLE)
def test_suite_turtle_survives_the_writer(path, base):
    document = read_document(path, base=base)
    text = write_turtle(document.quads, document.prefixes)
    again = list(parse(text, RdfFormat.TURTLE))
    assert canonical(again) == canonical(document.quads)
    assert write_turtle(again, document.prefixes) == text
    assert write_turtle(disguised(document.quads, 1), document.prefixes) == text


@pytest.mark.skipif(not GOOD_TRIG, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base"), GOOD_TRIG)
def test_suite_trig_survives_the_writer(path, base):
    document = read_document(path, base=base)
    if any(isinstance(quad.graph_name, BlankNode) for quad in document.quads):
        with pytest.raises(OutputError, match="no name"):
            write_trig(document.quads)
        return
    text = write_trig(document.quads, document.prefixes)
    again = list(parse(text, RdfFormat.TRIG))
    assert canonical(again) == canonical(document.quads)
    assert write_trig(disguised(again, 1), document.prefixes) == text


@pytest.mark.skipif(not RDFC, reason=NO_SUITES)
@pytest.mark.parametrize("path", RDFC, ids=lambda path: path.stem)
def test_blank_nodes_are_told_apart_by_their_surroundings(path):
    quads = [Quad(s, p, o) for s, p, o, _ in read_document(path).quads]
    text = write_turtle(quads)
    assert {write_turtle(disguised(quads, seed)) for seed in range(5)} == {text}
    if path.name != POISON:
        assert canonical(parse(text, RdfFormat.TURTLE)) == canonical(quads)


@pytest.mark.skipif(not BAD_TURTLE, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base"), BAD_TURTLE)
def test_suite_mistakes_are_found_with_their_line(path, base):
    with pytest.raises(RdfSyntaxError) as caught:
        read(path, base=base)
    error = caught.value
    assert error.file == str(path)
    assert error.line >= 1
    assert error.column >= 1
    assert error.message.startswith(f"{path}:{error.line}:{error.column}: ")
    assert error.message.endswith(".")
    assert "\n" not in error.message


# Canonical form: our own files


def repository_files():
    return sorted([*(ROOT / "ontology").rglob("*.ttl"), *(ROOT / "data").rglob("*.ttl")])


@pytest.mark.parametrize("path", repository_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_repository_turtle_is_canonical(path):
    same = path.read_text(encoding="utf-8") == canonical_text(path)
    assert same, f"{path.relative_to(ROOT)} is not in canonical form; run: make fmt"


@pytest.mark.parametrize("path", repository_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_repository_turtle_means_the_same_in_canonical_form(path):
    source = list(parse(path=path, format=RdfFormat.TURTLE))
    assert canonical(parse(canonical_text(path), RdfFormat.TURTLE)) == canonical(source)


# Canonical form: order and layout


def test_layout():
    text = """
    ex:p10 ex:z 1 ; rdfs:label "ten"@en ; a ex:B, ex:A .
    ex:p2 ex:b ex:o10, ex:o2, "x", "x"@de, 10, 9, ex:o2 ; ex:a true .
    ex:scheme a skos:ConceptScheme ; skos:prefLabel "scheme"@en ; ex:a 1.5 .
    """
    assert write_turtle(turtle(text), NAMES) == (
        "@prefix ex: <https://example.org/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "ex:scheme a skos:ConceptScheme ;\n"
        '    skos:prefLabel "scheme"@en ;\n'
        "    ex:a 1.5 .\n"
        "\n"
        "ex:p2 ex:a true ;\n"
        "    ex:b ex:o2 ,\n"
        "        ex:o10 ,\n"
        "        9 ,\n"
        "        10 ,\n"
        '        "x" ,\n'
        '        "x"@de .\n'
        "\n"
        "ex:p10 a ex:A ,\n"
        "        ex:B ;\n"
        '    rdfs:label "ten"@en ;\n'
        "    ex:z 1 .\n"
    )


def test_empty_graph_is_an_empty_file():
    assert write_turtle([]) == ""
    assert write_trig([]) == ""


def test_blank_nodes_are_nested_where_one_statement_points_to_them():
    text = """
    ex:s ex:p [ ex:q ex:o ], [ ex:b 1 ; ex:a [ ex:c 1 ; ex:d 2 ] ] ; ex:r [] ; ex:t [ ex:q ex:o ] .
    """
    assert rewritten(text) == (
        "ex:s ex:p\n"
        "        [\n"
        "            ex:a [\n"
        "                ex:c 1 ;\n"
        "                ex:d 2\n"
        "            ] ;\n"
        "            ex:b 1\n"
        "        ] ,\n"
        "        [ ex:q ex:o ] ;\n"
        "    ex:r [] ;\n"
        "    ex:t [ ex:q ex:o ] .\n"
    )


def test_blank_nodes_that_cannot_be_nested_are_named():
    text = """
    ex:s ex:p _:shared . ex:t ex:p _:shared . _:shared ex:q 1 .
    _:one ex:next _:two . _:two ex:next _:one ; ex:q 2 .
    _:self ex:next _:self . _:free ex:q 3 .
    """
    assert rewritten(text) == (
        "ex:s ex:p _:b2 .\n"
        "\n"
        "ex:t ex:p _:b2 .\n"
        "\n"
        "[] ex:q 3 .\n"
        "\n"
        "_:b0 ex:next _:b1 .\n"
        "\n"
        "_:b1 ex:next _:b0 ;\n"
        "    ex:q 2 .\n"
        "\n"
        "_:b2 ex:q 1 .\n"
        "\n"
        "_:b3 ex:next _:b3 .\n"
    )


def test_lists_are_written_as_lists():
    long = " ".join(f'"item number {number}"' for number in range(8))
    text = f"""
    ex:a ex:p (), ( 1 ( 2 3 ) [ ex:q 4 ] ), ( ex:x "y"@en ) .
    ex:b ex:p ( {long} ) .
    """
    assert rewritten(text).startswith(
        "ex:a ex:p\n"
        "        () ,\n"
        '        ( ex:x "y"@en ) ,\n'
        "        (\n"
        "            1\n"
        "            ( 2 3 )\n"
        "            [ ex:q 4 ]\n"
        "        ) .\n"
        "\n"
        "ex:b ex:p (\n"
        '        "item number 0"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "ex:s ex:p [ rdf:first 1 ; rdf:rest ( 2 ) ; ex:more 3 ] .",
        "ex:s ex:p [ rdf:first 1, 2 ; rdf:rest () ] .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest ex:end ] .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest [] ] .",
        "ex:s ex:p [ rdf:first 1 ] .",
        "ex:s ex:p _:l . ex:t ex:p _:l . _:l rdf:first 1 ; rdf:rest ( 2 ) .",
        "ex:s ex:p _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        "ex:s ex:p _:l . _:l rdf:first _:l ; rdf:rest () .",
        "( 1 2 ) ex:p ( 3 ) . ( 4 5 ) ex:p 6 .",
        "rdf:nil a rdf:List ; rdf:first 1 .",
        "[] rdf:rest () .",
        "[ ex:p () ] .",
        "[] ex:p [ ex:p [ ex:p [] ] ] . [] ex:p [ ex:p [ ex:p [] ] ] .",
        "_:a ex:p _:b . _:b ex:p _:c . _:c ex:p _:a ; ex:q [ ex:r _:a ] .",
    ],
)
def test_odd_shapes_survive(text):
    quads = turtle(text)
    turned = write_turtle(quads, NAMES)
    assert canonical(parse(turned, RdfFormat.TURTLE)) == canonical(quads)
    assert {write_turtle(disguised(quads, seed), NAMES) for seed in range(8)} == {turned}


def test_what_looks_alike_is_told_apart():
    """Circles of blank nodes: two of three and one of six, and a mesh."""
    triples = [(f"a{i}", f"a{(i + 1) % 3}") for i in range(3)]
    triples += [(f"b{i}", f"b{(i + 1) % 3}") for i in range(3)]
    triples += [(f"c{i}", f"c{(i + 1) % 6}") for i in range(6)]
    triples += [(f"m{i}", f"m{j}") for i in range(6) for j in range(6) if i != j]
    quads = [Quad(BlankNode(s), P, BlankNode(o)) for s, o in triples]
    text = write_turtle(quads, NAMES)
    assert {write_turtle(disguised(quads, seed), NAMES) for seed in range(20)} == {text}
    assert canonical(parse(text, RdfFormat.TURTLE)) == canonical(quads)


def regular(size, chance):
    """Links that all nodes have as many of, in and out: by them alone, all look alike."""
    while True:
        targets = [chance.sample(range(size), size) for _ in range(2)]
        links = {(i, order[i]) for order in targets for i in range(size)}
        if len(links) == 2 * size and all(i != j for i, j in links):
            return sorted(links)


@pytest.mark.parametrize("size", [5, 6, 8, 12, 40])
@pytest.mark.parametrize("seed", range(6))
def test_what_looks_alike_and_is_not_is_told_apart(size, seed):
    links = regular(size, random.Random(seed))
    quads = [Quad(BlankNode(f"n{i}"), P, BlankNode(f"n{j}")) for i, j in links]
    text = write_turtle(quads, NAMES)
    assert {write_turtle(disguised(quads, seed), NAMES) for seed in range(4)} == {text}
    assert write_turtle(parse(text, RdfFormat.TURTLE), NAMES) == text
    if size < 12:
        assert canonical(parse(text, RdfFormat.TURTLE)) == canonical(quads)


@pytest.mark.parametrize("patience", [0, 30_000, 300_000])
def test_one_of_what_is_alike_is_as_good_as_another(patience, monkeypatch):
    """However soon the search gives up: a ring, its like with both directions, and twins."""
    monkeypatch.setattr(refine, "_PATIENCE", patience)
    links = [(f"a{i}", f"a{(i + 1) % 24}") for i in range(24)]
    links += [(f"b{i}", f"b{(i + step) % 24}") for i in range(24) for step in (1, -1)]
    links += [link for i in range(24) for link in ((f"c{i}", "c"), ("c", f"c{i}"))]
    quads = [Quad(BlankNode(s), P, BlankNode(o)) for s, o in links]
    text = write_turtle(quads, NAMES)
    assert {write_turtle(disguised(quads, seed), NAMES) for seed in range(4)} == {text}


@pytest.mark.parametrize("seed", range(30))
def test_random_graphs_survive(seed):
    chance = random.Random(seed)
    nodes = [BlankNode(f"n{number}") for number in range(chance.randrange(1, 12))]
    nodes += [NamedNode(f"{EX}s{number}") for number in range(3)]
    predicates = [NamedNode(EX + name) for name in "pq"]
    predicates += [NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest")]
    leaves = [Literal("1"), Literal(1), NamedNode(PREFIXES["rdf"] + "nil")]
    quads = [
        Quad(chance.choice(nodes), chance.choice(predicates), chance.choice([*nodes, *leaves]))
        for _ in range(chance.randrange(1, 25))
    ]
    text = write_turtle(quads, NAMES)
    again = list(parse(text, RdfFormat.TURTLE))
    assert canonical(again) == canonical(quads)
    assert write_turtle(again, NAMES) == text
    assert write_turtle(disguised(quads, seed), NAMES) == text


@pytest.mark.parametrize("brackets", ["[ ex:p 1 ; ex:q {} ]", "( {} )"])
def test_deep_nesting_does_not_end_the_process(brackets):
    text = "1"
    for _ in range(500):
        text = brackets.replace("{}", text)
    quads = turtle(f"ex:s ex:p {text} .")
    turned = write_turtle(quads, NAMES)
    assert write_turtle(disguised(quads, 1), NAMES) == turned
    assert write_turtle(list(parse(turned, RdfFormat.TURTLE)), NAMES) == turned


def test_long_chain_does_not_fill_the_disk():
    quads = [Quad(BlankNode(f"n{i}"), P, BlankNode(f"n{i + 1}")) for i in range(5000)]
    assert len(write_turtle(quads, NAMES)) < 400 * len(quads)


def test_trig_keeps_graphs_apart():
    g1, g2, g10 = (NamedNode(EX + name) for name in ("g1", "g2", "g10"))
    shared, own = BlankNode("shared"), BlankNode("own")
    quads = [
        Quad(S, P, Literal("a\nb"), g10),
        Quad(S, P, shared, g2),
        Quad(shared, P, Literal("1"), g1),
        Quad(S, P, own, g2),
        Quad(own, P, Literal("2"), g2),
        Quad(S, P, Literal("3")),
    ]
    text = write_trig(quads, NAMES)
    assert body(text) == (
        'ex:s ex:p "3" .\n'
        "\n"
        "ex:g1 {\n"
        '    _:b0 ex:p "1" .\n'
        "}\n"
        "\n"
        "ex:g2 {\n"
        '    ex:s ex:p [ ex:p "2" ] ,\n'
        "            _:b0 .\n"
        "}\n"
        "\n"
        "ex:g10 {\n"
        '    ex:s ex:p """a\nb""" .\n'
        "}\n"
    )
    assert canonical(parse(text, RdfFormat.TRIG)) == canonical(quads)


# Canonical form: terms


@pytest.mark.parametrize(
    ("value", "datatype", "text"),
    [
        ("80", "integer", "80"),
        ("0", "integer", "0"),
        ("-7", "integer", "-7"),
        ("007", "integer", '"007"^^xsd:integer'),
        ("+7", "integer", '"+7"^^xsd:integer'),
        ("-0", "integer", '"-0"^^xsd:integer'),
        ("٣", "integer", '"٣"^^xsd:integer'),
        ("7 ", "integer", '"7 "^^xsd:integer'),
        ("80.5", "decimal", "80.5"),
        ("80.0", "decimal", "80.0"),
        ("-0.5", "decimal", "-0.5"),
        ("1.50", "decimal", '"1.50"^^xsd:decimal'),
        (".5", "decimal", '".5"^^xsd:decimal'),
        ("1.", "decimal", '"1."^^xsd:decimal'),
        ("-0.0", "decimal", '"-0.0"^^xsd:decimal'),
        ("80", "decimal", '"80"^^xsd:decimal'),
        ("80.5", "integer", '"80.5"^^xsd:integer'),
        ("1.0E0", "double", '"1.0E0"^^xsd:double'),
        ("true", "boolean", "true"),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("True", "boolean", '"True"^^xsd:boolean'),
        ("true", "string", '"true"'),
        ("2021-06-23", "date", '"2021-06-23"^^xsd:date'),
        ("2021-06-23T00:00:00+00:00", "dateTime", '"2021-06-23T00:00:00+00:00"^^xsd:dateTime'),
        ("", "string", '""'),
        ('say "no"', "string", r'"say \"no\""'),
        ("back\\slash", "string", r'"back\\slash"'),
        ("tab\t", "string", r'"tab\t"'),
        ("cr\r", "string", r'"cr\r"'),
        ("two\nlines", "string", '"""two\nlines"""'),
        ("dos\r\nlines", "string", '"""dos\\r\nlines"""'),
        ('\n"', "string", '"""\n\\""""'),
        ('\n"""""', "string", '"""\n\\"\\"\\""\\""""'),
        ('"\n\\', "string", '""""\n\\\\"""'),
        ("blank \nat the end of a line", "string", r'"blank \nat the end of a line"'),
        ("nul\x00esc\x1b\x7f\x85", "string", r'"nul\u0000esc\u001B\u007F\u0085"'),
        ("bidi\u202e\u2066\u200f", "string", r'"bidi\u202E\u2066\u200F"'),
        ("mark\ufeff\u2028\ufffe\uffff", "string", r'"mark\uFEFF\u2028\uFFFE\uFFFF"'),
        ("日本 é e\u0301 👩‍🔬", "string", '"日本 é e\u0301 👩‍🔬"'),
    ],
)
def test_literal(value, datatype, text):
    assert literal_text(Literal(value, datatype=NamedNode(XSD + datatype))) == text


def test_literal_of_a_language():
    assert literal_text(Literal("特許庁", language="ja")) == '"特許庁"@ja'
    assert literal_text(Literal("a\nb", language="zh-hant")) == '"""a\nb"""@zh-hant'


def test_literal_of_an_unknown_datatype():
    odd = Literal("x", datatype=NamedNode("urn:type"))
    assert literal_text(odd) == '"x"^^<urn:type>'


@pytest.mark.parametrize(
    ("iri", "text"),
    [
        (EX + "a", "ex:a"),
        (EX + "heads-2021", "ex:heads-2021"),
        (EX + "1", "ex:1"),
        (EX + "a.b", "ex:a.b"),
        (EX, f"<{EX}>"),
        (EX + "a.", f"<{EX}a.>"),
        (EX + "-a", f"<{EX}-a>"),
        (EX + "a/b", f"<{EX}a/b>"),
        (EX + "a%20b", f"<{EX}a%20b>"),
        (EX + "a'b", f"<{EX}a'b>"),
        (EX + "é", f"<{EX}é>"),
        (EX + "a\u202eb", f"<{EX}a\\u202Eb>"),
        ("https://w3id.org/ip5kg/id/meeting/heads-2021", "meeting:heads-2021"),
        ("urn:x:y", "<urn:x:y>"),
    ],
)
def test_iri(iri, text):
    triple = Triple(S, P, NamedNode(iri))
    turned = write_turtle([triple], NAMES)
    assert body(turned) == f"ex:s ex:p {text} .\n"
    assert [quad.triple for quad in parse(turned, RdfFormat.TURTLE)] == [triple]


def test_prefixes_choose_the_longest_namespace_and_the_first_name():
    names = {"z": EX, "b": EX, "odd": EX + "item-", "long": EX + "item/", "": "urn:"}
    quads = [Quad(NamedNode(EX + "a"), NamedNode(EX + "item-7"), NamedNode(EX + "item/7"))]
    quads += [Quad(NamedNode("urn:x"), NamedNode(EX + "item-"), Literal("1"))]
    assert write_turtle(quads, names) == (
        "@prefix : <urn:> .\n"
        "@prefix b: <https://example.org/> .\n"
        "@prefix long: <https://example.org/item/> .\n"
        "@prefix odd: <https://example.org/item-> .\n"
        "\n"
        "b:a odd:7 long:7 .\n"
        "\n"
        ':x b:item- "1" .\n'
    )


def test_terms_of_rdf_12_are_refused():
    with pytest.raises(OutputError, match="triple term"):
        write_turtle([Triple(S, P, Triple(S, P, S))])
    with pytest.raises(OutputError, match="direction"):
        write_turtle([Triple(S, P, Literal("x", language="en", direction=BaseDirection.LTR))])


def test_natural_order():
    names = ["p10", "p2", "p", "p02", "q1", "p2-s10", "p2-s9", "p-", "10" * 3000, "9"]
    assert sorted(names, key=lambda name: (natural(name), name)) == [
        *("9", "10" * 3000, "p", "p-", "p02", "p2", "p2-s9", "p2-s10", "p10", "q1")
    ]


# Canonical text of files


def test_canonical_text_keeps_the_prefixes_of_the_file(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix own: <https://own.example/> .\n"
        "@prefix unused: <https://unused.example/> .\n"
        "@prefix mine: <https://w3id.org/ip5kg/ontology#> .\n"
        "@prefix role: <https://role.example/> .\n"
        "own:a mine:date role:b .\n",
        encoding="utf-8",
    )
    text = canonical_text(path)
    assert text == (
        "@prefix ip5: <https://w3id.org/ip5kg/ontology#> .\n"
        "@prefix own: <https://own.example/> .\n"
        "\n"
        "own:a ip5:date <https://role.example/b> .\n"
    )
    path.write_text(text, encoding="utf-8")
    assert canonical_text(path) == text


def test_text_does_not_depend_on_the_hash_seed(tmp_path):
    path = tmp_path / "a.ttl"
    quads = turtle(
        "ex:s ex:p [ ex:q 1, 2, 3 ], [ ex:q ( 1 2 ) ], _:x ; ex:r _:x . "
        "_:x ex:y _:y . _:y ex:y _:x . "
        "ex:t ex:p _:u, _:v . ex:w ex:p _:u, _:v ."
    )
    path.write_text(write_turtle(disguised(quads, 3), NAMES), encoding="utf-8")
    command = "import sys, pathlib; from ip5kg.turtle.formatter import canonical_text as c;"
    command += "sys.stdout.buffer.write(c(pathlib.Path(sys.argv[1])).encode())"
    texts = {
        subprocess.run(
            [sys.executable, "-c", command, path],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert texts == {path.read_bytes()}


# Reading


def test_read_keeps_lexical_forms(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> 007, 1.50, 1e0 .", encoding="utf-8")
    assert [triple.object.value for triple in read(path)] == ["007", "1.50", "1e0"]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".ttl", "<urn:a> <urn:p> <urn:b> ."),
        (".nt", "<urn:a> <urn:p> <urn:b> ."),
        (".nq", "<urn:a> <urn:p> <urn:b> <urn:g> ."),
        (".trig", "<urn:g> { <urn:a> <urn:p> <urn:b> }"),
        (".jsonld", '{"@id": "urn:a", "urn:p": {"@id": "urn:b"}}'),
        (
            ".rdf",
            f"""<r:RDF xmlns:r="{PREFIXES["rdf"]}"><r:Description r:about="urn:a">
            <p xmlns="urn:" r:resource="urn:b"/></r:Description></r:RDF>""",
        ),
    ],
)
def test_suffix_tells_the_syntax(tmp_path, suffix, text):
    path = tmp_path / f"a{suffix.upper()}"
    path.write_text(text, encoding="utf-8")
    assert read(path) == [Triple(*(NamedNode(f"urn:{name}") for name in "apb"))]


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> 1 .", encoding="utf-8-sig")
    assert len(read(path)) == 1


def test_blank_nodes_of_two_files_stay_apart(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text("_:x <urn:p> 1 .", encoding="utf-8")
    assert len({*read(path), *read(path)}) == 2


@pytest.mark.parametrize(
    ("text", "place", "said", "hint"),
    [
        (b"<urn:a>\n <urn:p> foo:x .", (2, 10), "foo:", "@prefix foo: <"),
        (b"<urn:a> ip5:p 1 .", (1, 9), "ip5:", "@prefix ip5: <https://w3id.org/ip5kg/ontology#>"),
        (b"<urn:a> <urn:p>\n\n <b> .", (3, 2), "IRI", "in full"),
        (b"<urn:a> <urn:p> 1 ", (1, 19), "end", " ."),
        (b"<urn:a> <urn:p> 1\n2 <urn:p> 3 .", (2, 1), "2", "before"),
        ("<urn:a> <urn:p> “x” .".encode(), (1, 17), "“", ""),
        (b"<urn:a> <urn:p> x .", (1, 17), "x", "quotation"),
        (b"<urn:a> <urn:p> <urn:b c> .", (1, 17), "IRI", "%20"),
        ("<urn:a> <urn:p>\n 'é".encode() + b"\xff' .", (2, 4), "0xFF", "UTF-8"),
        ("<urn:a> <urn:p> 1 .".encode("utf-16"), (1, 1), "0xFF", "UTF-8"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path, text, place, said, hint):
    path = tmp_path / "a.ttl"
    path.write_bytes(text)
    with pytest.raises(RdfSyntaxError) as caught:
        read(path)
    error = caught.value
    line, column = place
    assert (error.file, error.line, error.column) == (str(path), line, column)
    assert error.message.startswith(f"{path}:{line}:{column}: ")
    assert said in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.ttl", None, "There is no file"),
        ("", None, "is a folder"),
        ("a.txt", b"", "no suffix"),
        ("a", b"", "no suffix"),
        ("a\0.ttl", None, "cannot be read"),
        ("doctype.rdf", b'<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE r []><r/>', "DOCTYPE"),
        ("deep.jsonld", b"[" * 4000, "deep"),
        ("terms.ttl", b"<urn:a> <urn:p> " + b"<<( <urn:a> <urn:p> " * 4000, "<<"),
        ("term.ttl", b"<urn:a> <urn:p> <<( <urn:a> <urn:p> 1 )>> .", "RDF 1.2"),
        ("direction.ttl", b'<urn:a> <urn:p> "x"@en--ltr .', "RDF 1.2"),
        ("broken.jsonld", b'{"@id": ,}', "comma"),
        ("broken.rdf", b"<rdf:RDF>", "prefix"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path, name, content, said):
    path = tmp_path / name if name else tmp_path
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(path) in caught.value.message
    assert said in caught.value.message
    assert caught.value.message.endswith(".")


def test_folder_with_a_suffix_is_told(tmp_path):
    path = tmp_path / "a.ttl"
    path.mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read(path)


def test_base_that_is_no_iri_is_told(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="base"):
        read(path, base="no iri")
