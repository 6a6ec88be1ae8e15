"""From findings back to files: reading only what is about some nodes, and files read again."""

import random

import pytest
from pyoxigraph import BlankNode, NamedNode

from ip5kg.resources import graph_files, shape_files
from ip5kg.turtle.positions import locate
from ip5kg.turtle.reader import read
from ip5kg.validation import files as files_module
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.files import ParsedFiles
from ip5kg.validation.findings import NOWHERE, Finding
from ip5kg.validation.places import Places
from ip5kg.validation.shapes import ShapesGraph

ODD = """\
@prefix : <urn:x#> . # a comment. with dots . and "quotes"
PREFIX e: <urn:e:>
BASE <urn:base:>
:a.b :p "a. <b> # c", '''long
. ' '' text.''' , 1.5, 1.0, .5e1 ;
  :q e:x\\'y , e:a.b.c , <#frag> . :c :p true.
<rel> :p [ :q "x . y" ; :r ( 1 2 . 3 ) ] . # :d :p :e .
:d :p "\\"." , "#" , e:%20.:e :p <http://e/#a.b> .#last
:f :p :g.
"""


def triples(positions, subjects):
    """The triples about some subjects with their places; blank nodes have fresh labels."""
    return [
        ("_:" if isinstance(located.triple.object, BlankNode) else located.triple, *located[1:])
        for located in positions.triples
        if located.triple.subject in subjects
    ]


def test_statements_about_others_are_passed_over_in_every_file(root):
    for path in [*graph_files(root), *shape_files(root)]:
        text = path.read_text(encoding="utf-8")
        whole = locate(text)
        subjects = sorted(
            {t.triple.subject for t in whole.triples if isinstance(t.triple.subject, NamedNode)},
            key=str,
        )
        some = set(random.Random(path.name).sample(subjects, len(subjects) // 3))
        for wanted in (set(), some, set(subjects)):
            part = locate(text, about=wanted)
            assert triples(part, wanted) == triples(whole, wanted), path
            assert {
                t.triple.subject for t in part.triples if t.triple.subject in subjects
            } <= wanted


def test_odd_statements_are_passed_over_too():
    text = ODD.replace("( 1 2 . 3 )", "( 1 2 3 )").replace("e:%20.:e", "e:%20 . :e")
    whole = locate(text)
    subjects = {t.triple.subject for t in whole.triples if isinstance(t.triple.subject, NamedNode)}
    assert len(subjects) == 6
    for wanted in subjects:
        found = triples(locate(text, about={wanted}), {wanted})
        assert found == triples(whole, {wanted}), wanted


@pytest.fixture
def two_files(tmp_path):
    named, blank = tmp_path / "named.ttl", tmp_path / "blank.ttl"
    named.write_text("<urn:a> <urn:p> <urn:b> .\n\n<urn:b> a <urn:C> .\n", encoding="utf-8")
    blank.write_text("[] <urn:p> [ <urn:q> 1 ] .\n", encoding="utf-8")
    return named, blank


def test_a_large_graph_is_read_again_but_for_blank_nodes(two_files, monkeypatch):
    monkeypatch.setattr(files_module, "_KEPT", 0)
    calls = []

    def reading(path):
        calls.append(path.name)
        return read(path)

    parsed = ParsedFiles([*two_files, *two_files], reading)
    assert len(parsed) == 2
    first = {path: parsed[path] for path in parsed}
    assert {path: parsed[path] for path in parsed} == first
    assert calls == ["named.ttl", "blank.ttl", "named.ttl"]
    with pytest.raises(KeyError):
        parsed[two_files[0].with_name("other.ttl")]


def test_places_are_the_same_whether_files_are_held_or_not(root, monkeypatch):
    paths = graph_files(root)
    shapes = ShapesGraph(triple for path in shape_files(root) for triple in read(path))
    findings = run_engine("fast", DataGraph(ParsedFiles(paths, read)), shapes).findings
    held = Places({path: read(path) for path in paths}, str, shapes).placed(findings)
    monkeypatch.setattr(files_module, "_KEPT", 0)
    again = Places(ParsedFiles(paths, read), str, shapes).placed(findings)
    assert held == again
    assert all(finding.place.line for finding in held)


def test_blank_nodes_have_places(two_files):
    parsed = ParsedFiles(two_files, read)
    blank = [t.subject for t in parsed[two_files[1]] if t.predicate.value == "urn:q"]
    [node] = blank
    assert isinstance(node, BlankNode)
    finding = Finding("violation", node, "<urn:q>", None, "urn:s", "", "Wrong.")
    [placed] = Places(parsed, lambda path: path.name, ShapesGraph(())).placed([finding])
    assert (placed.place.file, placed.place.line, placed.place.column) == ("blank.ttl", 1, 12)


def test_what_is_only_spoken_of_has_the_place_where_it_is(two_files):
    parsed = ParsedFiles(two_files, read)
    spoken = Finding("violation", NamedNode("urn:C"), "", None, "urn:s", "", "Wrong.")
    unheard = Finding("violation", NamedNode("urn:nowhere"), "", None, "urn:s", "", "Wrong.")
    found = Places(parsed, lambda path: path.name, ShapesGraph(())).placed([spoken, unheard])
    assert (found[0].place.line, found[0].place.column) == (3, 11)
    assert found[1].place == NOWHERE


def test_a_property_that_nothing_declares_has_the_place_where_it_is_first_used(two_files):
    unknown = Finding("violation", NamedNode("urn:p"), "", None, "urn:s", "", "Wrong.")
    parsed = ParsedFiles(two_files, read)
    [placed] = Places(parsed, lambda path: path.name, ShapesGraph(())).placed([unknown])
    assert (placed.place.file, placed.place.line, placed.place.column) == ("named.ttl", 1, 9)


def test_a_property_at_fault_has_the_place_where_it_stands_at_the_node(two_files):
    of_two = two_files[0].with_name("two.ttl")
    of_two.write_text("<urn:b> <urn:p> 1 .\n<urn:a> <urn:p> 2 .\n", encoding="utf-8")
    node, step = NamedNode("urn:a"), NamedNode("urn:p")
    finding = Finding("violation", node, "<urn:p>", step, "urn:s", "", "Wrong.")
    parsed = ParsedFiles([of_two], read)
    [placed] = Places(parsed, lambda path: path.name, ShapesGraph(())).placed([finding])
    assert (placed.place.line, placed.place.column) == (2, 9)


def test_a_blank_value_has_a_place_under_whatever_name(two_files):
    blank = two_files[0].with_name("value.ttl")
    blank.write_text("<urn:a> <urn:p> <urn:b> ,\n  [] .\n", encoding="utf-8")
    node, value = NamedNode("urn:a"), BlankNode("called-otherwise")
    finding = Finding("violation", node, "<urn:p>", value, "urn:s", "", "Wrong.")
    parsed = ParsedFiles([blank], read)
    [placed] = Places(parsed, lambda path: path.name, ShapesGraph(())).placed([finding])
    assert (placed.place.line, placed.place.column) == (2, 3)
