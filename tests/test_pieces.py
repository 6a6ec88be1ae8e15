"""A graph in pieces: what is put together is what is written as a whole, in each syntax."""

import itertools
import random

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ip5kg.errors import OutputError
from ip5kg.formats import RDF_FORMATS
from ip5kg.publishing.pieces import Pieces
from ip5kg.publishing.serialise import serialise

SYNTAXES = [row.name for row in RDF_FORMATS]
BASE = "https://w3id.org/ip5kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NIL = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
SUBJECTS = [
    *(NamedNode(f"{BASE}id/meeting/m{number}") for number in (1, 2, 10)),
    *(NamedNode(f"{BASE}id/meeting/m{number}x") for number in (1, 10)),
    NamedNode("urn:a:b"),
    NamedNode("name:x"),
]
PREDICATES = [
    TYPE,
    *(NamedNode(f"{BASE}ontology#{name}") for name in ("date", "name", "of")),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    NamedNode("http://www.w3.org/2004/02/skos/core#label"),
]
ODD = [NamedNode("http://example.org/one#p"), NamedNode("http://example.org/two/p")]
OBJECTS = [
    *SUBJECTS[:3],
    NIL,
    NamedNode("http://www.w3.org/2002/07/owl#Ontology"),
    Literal("2020-01-02", datatype=NamedNode(XSD + "date")),
    Literal("007", datatype=NamedNode(XSD + "integer")),
    Literal("7", datatype=NamedNode(XSD + "integer")),
    Literal("two\nlines"),
    Literal('a "quoted" & <marked> text'),
    Literal("日本特許庁", language="ja"),
    Literal("zero\u200bwidth \x7f\r", language="en"),
    Literal("x"),
    Literal("x", language="en"),
    Literal("x", datatype=NamedNode(BASE + "own")),
]


def dataset(seed, predicates):
    """Some files: graph → quads; many of their subjects are the same."""
    chance = random.Random(seed)
    return {
        f"{BASE}graph/data/g{number}": [
            Quad(*map(chance.choice, (SUBJECTS, predicates, OBJECTS)))
            for _ in range(chance.randrange(25))
        ]
        for number in range(chance.randrange(1, 5))
    }


def named(files, graphs):
    return [Quad(*quad.triple, NamedNode(graph)) for graph in graphs for quad in files[graph]]


def pieces_of(files):
    pieces = Pieces()
    for graph, quads in files.items():
        pieces.add(graph, quads)
    return pieces


@pytest.mark.parametrize("predicates", [PREDICATES, PREDICATES + ODD], ids=["known", "odd"])
@pytest.mark.parametrize("seed", range(60))
def test_pieces_make_what_is_written_as_a_whole(seed, predicates):
    files = dataset(seed, predicates)
    pieces = pieces_of(files)
    for size in range(1, len(files) + 1):
        for graphs in itertools.combinations(files, size):
            quads = named(files, graphs)
            for syntax in SYNTAXES:
                part = pieces.part(graphs)
                assert b"".join(part.write(syntax)) == serialise(quads, syntax), (graphs, syntax)
            part = pieces.part(graphs)
            assert part.triples == len({quad.triple for quad in quads})
            assert set(part.quads()) == set(quads)
            assert [node for node, _ in part.said()].count(SUBJECTS[0]) <= 1


def test_blank_nodes_are_written_as_a_whole():
    node = BlankNode()
    files = {
        "urn:g:1": [Quad(SUBJECTS[0], PREDICATES[1], node), Quad(node, PREDICATES[2], OBJECTS[8])],
        "urn:g:2": [Quad(SUBJECTS[0], PREDICATES[1], SUBJECTS[1])],
    }
    pieces = pieces_of(files)
    for graphs in (["urn:g:1"], ["urn:g:2"], ["urn:g:2", "urn:g:1"]):
        for syntax in SYNTAXES:
            written = b"".join(pieces.part(graphs).write(syntax))
            assert written == serialise(named(files, graphs), syntax)


def test_what_a_syntax_cannot_hold_is_told_before_its_first_byte():
    files = {
        "urn:g:1": [Quad(SUBJECTS[0], PREDICATES[1], OBJECTS[0])],
        "urn:g:2": [Quad(SUBJECTS[0], NamedNode("urn:1"), OBJECTS[0])],
    }
    with pytest.raises(OutputError, match="<urn:1>"):
        next(pieces_of(files).part().write("rdfxml"))


def test_an_empty_graph_is_an_empty_file_or_frame():
    pieces = pieces_of({"urn:g:1": []})
    for syntax in SYNTAXES:
        assert b"".join(pieces.part().write(syntax)) == serialise([], syntax)
        assert b"".join(pieces.part([]).write(syntax)) == serialise([], syntax)
