"""``ip5kg diff``: what has changed between two states, told of things."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

import ip5kg
from ip5kg.changes.blank import with_stable_names
from ip5kg.changes.compare import compare
from ip5kg.cli.main import main
from ip5kg.errors import InputError, ParameterError, ResourceMissing
from ip5kg.names import IP5, PREFIXES, RDF_TYPE, RDFS_LABEL, expand
from ip5kg.publishing.export import export
from ip5kg.render.changes import changes_json, changes_markdown, changes_text
from ip5kg.render.feeds import changes_atom, changes_turtle
from ip5kg.resources import graph_files
from ip5kg.turtle.reader import read

ROOT = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"
TENURES = "data/tenures/office-jp.ttl"
END = """    ip5:end "2024-07-01"^^xsd:date ;
    ip5:endEarliest "2024-07-01"^^xsd:date ;
    ip5:endLatest "2024-07-01"^^xsd:date ;
"""
NEW_EVENT = """
event:ip5-cooperation-completed-2026-01-02 a ip5:InitiativeEvent ;
    rdfs:label "IP5 co-operation completed, 2 January 2026"@en ;
    ip5:cites passage:ip5-heads-2021-press-release-p3-s1 ;
    ip5:date "2026-01-02"^^xsd:date ;
    ip5:eventOf initiative:ip5-cooperation ;
    ip5:hasAct act:completed .
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the graph that may be changed."""
    folder = tmp_path / "copy"
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def edit(folder, name, *pairs):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@cache
def record():
    """The triples of the graph as it is."""
    return frozenset(triple for path in graph_files(ROOT) for triple in read(path))


def triples(root):
    if root == ROOT:
        return record()
    return frozenset(triple for path in graph_files(root) for triple in read(path))


def told(old, new):
    """Compare, hold the triples of the changes against those of the states, and return them."""
    changes = ip5kg.diff(old, new, answers=False)
    before, after = triples(old), triples(new)
    removed = [triple for one in changes.things for triple in one.removed]
    added = [triple for one in changes.things for triple in one.added]
    assert len(removed) == len(set(removed))
    assert set(removed) == before - after
    assert len(added) == len(set(added))
    assert set(added) == after - before
    return changes


def sentences(changes):
    return [(one.kind.value, str(one)) for one in changes.things]


def turtle(text):
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return frozenset(
        quad.triple
        for quad in parse((prefixes + text).encode(), RdfFormat.TURTLE, rename_blank_nodes=True)
    )


def of(old, new):
    """Compare two texts in Turtle."""
    return [
        (one.kind.value, one.thing.short, one.sentence)
        for one in compare(with_stable_names(turtle(old)), with_stable_names(turtle(new)))
    ]


# What is told.


def test_the_end_of_a_tenure_is_told_of_the_person(copy):
    edit(copy, TENURES, (END, ""), ("from 1 July 2022 until 1 July 2024", "from 1 July 2022"))
    [change] = told(copy, ROOT).things
    assert change.kind == "ended"
    assert change.thing == expand("person:hamano-koichi")
    assert change.group == IP5 + "Person"
    assert str(change) == (
        "Hamano Koichi: tenure as Commissioner of the Japan Patent Office: ended 2024-07-01"
    )
    # The label of the tenure, which tells its dates, is in the same change.
    assert RDFS_LABEL in {triple.predicate.value for triple in change.added}
    [back] = told(ROOT, copy).things
    assert (back.kind, back.removed) == ("reopened", change.added)
    assert back.sentence.endswith("end withdrawn, which was 2024-07-01")


def test_a_completed_initiative_is_told_as_such(copy):
    edit(
        copy,
        "data/initiatives/cooperation.ttl",
        ("status-use:ip5-cooperation-2025-05-27 a", "status-use:ip5-cooperation-2026-01-02 a"),
        ("IP5 co-operation: active, as of 27 May 2025", "IP5 co-operation: completed, as of 2026"),
    )
    path = copy / "data/initiatives/cooperation.ttl"
    text = path.read_text(encoding="utf-8")
    head, mark, tail = text.partition("status-use:ip5-cooperation-2026-01-02 a")
    tail = tail.replace("status:active", "status:completed", 1)
    path.write_text(head + mark + tail + NEW_EVENT, encoding="utf-8")
    changes = told(ROOT, copy)
    assert {one.thing for one in changes.things} == {expand("initiative:ip5-cooperation")}
    assert ("event", "IP5 co-operation: completed, 2026-01-02") in sentences(changes)
    statuses = [one.sentence for one in changes.things if one.kind == "status"]
    assert statuses == ["status: active → completed"]


def test_a_corrected_name_is_told_once_with_the_labels_that_hang_on_it(copy):
    edit(copy, "data/persons.ttl", ("Battistelli", "Batistelli"))
    edit(copy, "data/tenures/office-ep.ttl", ("Battistelli", "Batistelli"))
    changes = told(copy, ROOT)
    [change] = changes.things
    assert sentences(changes) == [
        (
            "corrected",
            "Benoît Battistelli: name corrected: “Benoît Batistelli” → “Benoît Battistelli”",
        )
    ]
    assert {t.subject.value for t in change.added} > {expand("person:battistelli-benoit")}


def test_a_new_meeting_comes_with_who_was_there_and_goes_with_them(copy):
    (copy / "data/meetings/2023.ttl").unlink()
    come = told(copy, ROOT)
    said = sentences(come)
    assert ("new", "16th IP5 Heads of Office meeting: new meeting, 2023-06-15") in said
    assert (
        "new",
        (
            "16th IP5 Heads of Office meeting: new participation: "
            "Kathi Vidal at the 16th IP5 Heads of Office meeting: chair"
        ),
    ) in said
    heads = [one for one in come.things if one.thing == expand("meeting:heads-2023")]
    assert heads[0].sentence == "new meeting, 2023-06-15"
    gone = told(ROOT, copy)
    assert (
        "gone",
        "16th IP5 Heads of Office meeting: meeting no longer in the graph",
    ) in sentences(gone)
    assert len(gone.things) == len(come.things)


def test_a_source_that_is_dropped_goes_with_its_passage(copy):
    text = (copy / "data/sources/epo.ttl").read_text(encoding="utf-8")
    blocks = text.split("\n\n")
    kept = [
        block
        for block in blocks
        if not re.match(r"(passage:epo-2012-01-17-whole|source:epo-2012-01-17) a ", block)
    ]
    assert len(blocks) - len(kept) == 2
    (copy / "data/sources/epo.ttl").write_text("\n\n".join(kept), encoding="utf-8")
    [change] = told(ROOT, copy).things
    assert change.kind == "gone"
    assert change.thing == expand("source:epo-2012-01-17")
    assert change.sentence == "source no longer in the graph"
    assert {t.subject.value for t in change.removed} == {
        expand("source:epo-2012-01-17"),
        expand("passage:epo-2012-01-17-whole"),
    }


def test_sources_of_a_statement_come_and_go(copy):
    edit(
        copy,
        TENURES,
        ("        passage:jpo-2024newyear-whole ,\n        passage:jpo-august2022-whole ,\n", ""),
    )
    [change] = told(copy, ROOT).things
    assert change.kind == "source-added"
    assert change.thing == expand("person:hamano-koichi")
    assert change.sentence.startswith(
        "tenure as Commissioner of the Japan Patent Office: source added: "
    )
    assert len(change.added) == 2
    [back] = told(ROOT, copy).things
    assert back.kind == "source-removed"


def test_of_conflicting_statements_another_is_preferred(copy):
    path = copy / "data/meetings/2014.ttl"
    text = path.read_text(encoding="utf-8")
    start = text.index("statement:deputy-heads-2014-06-date-2014-06-04 a")
    end = text.index("statement:industry-2014-date-2014-06-05 a")
    swap = {"true": "false", "false": "true"}
    swapped = re.sub(
        "isPreferred (true|false)", lambda m: f"isPreferred {swap[m[1]]}", text[start:end]
    )
    path.write_text(text[:start] + swapped + text[end:], encoding="utf-8")
    [change] = told(ROOT, copy).things
    assert change.kind == "preferred"
    assert change.thing == expand("meeting:deputy-heads-2014-06")
    now, instead = change.sentence.split(", not ")
    assert now.startswith("conflicting statement now preferred: ")
    assert "dated 5 June 2014" in now
    assert "dated 4 June 2014" in instead


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ('"2007"^^xsd:gYear', '"2007-05"^^xsd:gYearMonth', "more-exact", "2007 → 2007-05"),
        ('"2007-05-02"^^xsd:date', '"2007"^^xsd:gYear', "less-exact", "2007-05-02 → 2007"),
        ('"2007-05-02"^^xsd:date', '"2007-05-03"^^xsd:date', "moved", "2007-05-02 → 2007-05-03"),
        ('"2007"^^xsd:gYear', '"2008-01"^^xsd:gYearMonth', "moved", "2007 → 2008-01"),
    ],
)
def test_a_date_becomes_more_or_less_exact_or_moves(old, new, kind, words):
    text = 'meeting:a a ip5:Meeting ; rdfs:label "A"@en ; ip5:date '
    [(found, thing, sentence)] = of(f"{text}{old} .", f"{text}{new} .")
    assert (found, thing) == (kind, "meeting:a")
    assert sentence.endswith(words)


def test_bounds_alone_become_more_exact():
    text = 'tenure:a a ip5:Tenure ; ip5:heldBy person:p ; ip5:beginLatest "2020-01-01"^^xsd:date '
    bound = '; ip5:beginEarliest "2019-01-01"^^xsd:date '
    [(kind, thing, sentence)] = of(f"{text}.", f"{text}{bound}.")
    assert (kind, thing) == ("more-exact", "person:p")
    assert "2020-01-01 or earlier → between 2019-01-01 and 2020-01-01" in sentence
    assert of(f"{text}{bound}.", f"{text}.")[0][0] == "less-exact"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('"1.50"^^xsd:decimal', '"1.5"^^xsd:decimal', "corrected"),
        ('"1.5"^^xsd:decimal', '"1.6"^^xsd:decimal', "changed"),
        ('"Universitaet"@de', '"Universität"@de', "corrected"),
        ('"IP5-Heads"@en', '"ip5 heads"@en', "corrected"),
        ('"Note about this"@en', '"Something else altogether"@en', "changed"),
        ('"same"', '"same"@en', "corrected"),
    ],
)
def test_a_literal_is_corrected_in_its_spelling_or_another_one(old, new, kind):
    text = "meeting:a a ip5:Meeting ; ip5:venue"
    assert [one[0] for one in of(f"{text} {old} .", f"{text} {new} .")] == [kind]


def test_a_name_of_an_organisation_is_corrected_at_the_organisation():
    text = 'name:a a ip5:NameUse ; ip5:nameOf office:jp ; ip5:name "{}"@en .'
    assert of(text.format("Japan Patnt Office"), text.format("Japan Patent Office")) == [
        (
            "corrected",
            "office:jp",
            "name use name:a: name corrected: “Japan Patnt Office” → “Japan Patent Office”",
        )
    ]


def test_a_thing_under_another_iri_is_renamed_and_nothing_else(copy):
    edit(copy, "data/meetings/2021.ttl", ("meeting:heads-2021", "meeting:heads-14"))
    [change] = [one for one in told(copy, ROOT).things if one.kind == "renamed"]
    assert change.thing == expand("meeting:heads-2021")
    assert change.sentence == "renamed: meeting:heads-14 → meeting:heads-2021"


def test_things_that_refer_to_each_other_are_renamed_together():
    def text(first, second):
        return (
            f'{first} a ip5:Meeting ; rdfs:label "One"@en ; ip5:heldAlongside {second} .'
            f'{second} a ip5:Meeting ; rdfs:label "Two"@en ; ip5:heldAlongside {first} .'
        )

    assert of(text("meeting:a", "meeting:b"), text("meeting:x", "meeting:y")) == [
        ("renamed", "meeting:x", "renamed: meeting:a → meeting:x"),
        ("renamed", "meeting:y", "renamed: meeting:b → meeting:y"),
    ]
    # Where something else is said as well, the one is gone and the other new.
    assert [one[0] for one in of('meeting:a rdfs:label "A" .', 'meeting:b rdfs:label "B" .')] == [
        "gone",
        "new",
    ]


def test_a_renamed_property_changes_what_it_says_in_name_only():
    text = """
        ip5:{0} a owl:DatatypeProperty ; rdfs:label "colour"@en .
        meeting:a a ip5:Meeting ; rdfs:label "A"@en ; ip5:{0} "red" .
        meeting:b a ip5:Meeting ; rdfs:label "B"@en ; ip5:{0} "blue" .
    """
    assert of(text.format("colour"), text.format("hue")) == [
        ("renamed", "ip5:hue", "renamed: ip5:colour → ip5:hue")
    ]


def test_an_assertion_whose_name_tells_its_date_moves_with_it():
    text = """
        event:{0} a ip5:InitiativeEvent ; ip5:eventOf initiative:i ; ip5:hasAct act:launched ;
            ip5:date "{0}"^^xsd:date .
    """
    found = of(text.format("2007-05-01"), text.format("2007-05-02"))
    assert [one[0] for one in found] == ["renamed", "moved"]
    assert found[1][2].endswith("date moved: 2007-05-01 → 2007-05-02")


# What is not told.


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_the_same_graph_in_another_syntax_is_the_same(tmp_path, syntax):
    [path] = [p for p in export(ROOT, tmp_path / "x", (syntax,)) if p.suffix != ".json"][:1]
    changes = ip5kg.diff(ROOT, path)
    assert not changes
    assert changes.answers is None


def test_the_same_graph_in_other_files_and_another_order_is_the_same(copy):
    lines = [f"{triple} .\n" for path in graph_files(copy) for triple in read(path)]
    shutil.rmtree(copy / "data")
    (copy / "data").mkdir()
    (copy / "data" / "all.ttl").write_text("".join(reversed(lines)), encoding="utf-8")
    changes = ip5kg.diff(copy, ROOT)
    assert not changes
    assert changes.answers == ()


def test_blank_nodes_are_compared_by_what_is_said_of_them():
    one = "meeting:a ip5:venue [ rdfs:label 'x' ; rdfs:seeAlso [ rdfs:label 'y' ] ] ."
    other = "_:z rdfs:label 'y' . _:q rdfs:seeAlso _:z ; rdfs:label 'x' . meeting:a ip5:venue _:q ."
    assert of(one, other) == []
    assert of(one, one.replace("'y'", "'w'"))
    twice = "meeting:a ip5:venue [ rdfs:label 'x' ] , [ rdfs:label 'x' ] ."
    assert of(twice, "meeting:a ip5:venue [ rdfs:label 'x' ] .")
    # One that changes leaves the others alone.
    many = "".join(f"meeting:m{n} ip5:venue [ rdfs:label '{n}' ] . " for n in range(50))
    assert {one[1] for one in of(many, many.replace("'7'", "'seven'"))} == {"meeting:m7"}


def test_a_mesh_of_blank_nodes_that_look_alike_ends():
    nodes = [BlankNode(f"n{n}") for n in range(14)]
    knows = NamedNode("http://example.org/knows")
    mesh = [Triple(a, knows, b) for a in nodes for b in nodes if a != b]
    began = time.monotonic()
    assert with_stable_names(mesh) == with_stable_names(reversed(mesh))
    assert time.monotonic() - began < 5


# The formats.


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Two states that differ in several ways."""
    folder = tmp_path_factory.mktemp("several") / "old"
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    edit(folder, TENURES, (END, ""))
    edit(folder, "data/meetings/2022.ttl", ('ip5:date "2022-03-04"', 'ip5:date "2022-03-05"'))
    edit(folder, "data/persons.ttl", ("Anastasi", "Anastassi"))
    return ip5kg.diff(folder, ROOT)


def test_all_formats_hold_the_same_changes(several):
    said = [one.sentence for one in several.things]
    assert len(said) >= 3
    text, markdown = changes_text(several), changes_markdown(several)
    document = json.loads(changes_json(several))
    assert [one["sentence"] for one in document["changes"]] == said
    feed = ET.fromstring(changes_atom(several).encode())
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[: len(said)] == [str(one) for one in several.things]
    graph = list(parse(changes_turtle(several).encode(), RdfFormat.TURTLE))
    reasons = {q.object.value for q in graph if q.predicate.value.endswith("#changeReason")}
    assert reasons == set(said)
    for sentence in said:
        assert sentence in text
        assert sentence in markdown
    assert several.answers
    assert len(document["answers"]) == len(several.answers)
    assert len(titles) == len(said) + len(several.answers)
    for one in several.answers:
        assert f"{one.call}: " in text


def test_the_turtle_holds_each_triple(several):
    cs = "http://purl.org/vocab/changeset/schema#"
    quads = list(parse(changes_turtle(several).encode(), RdfFormat.TURTLE))
    parts = {
        (q.subject, q.predicate.value.rsplit("#", 1)[1]): q.object
        for q in quads
        if q.predicate.value.startswith(PREFIXES["rdf"])
    }
    for name, triples in (
        ("removal", [t for one in several.things for t in one.removed]),
        ("addition", [t for one in several.things for t in one.added]),
    ):
        held = {
            Triple(*(parts[q.object, part] for part in ("subject", "predicate", "object")))
            for q in quads
            if q.predicate.value == cs + name
        }
        assert held == set(triples)


def test_the_feed_is_valid_and_never_asks_the_clock(several, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = changes_atom(several)
    feed = ET.fromstring(first.encode())
    names = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
    times = {element.text for element in feed.iter(f"{ATOM}updated")}
    newest = max(t.object.value for t in record() if t.predicate.value == IP5 + "consultedOn")
    assert times == {f"{newest}T00:00:00Z"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    dated = changes_atom(several)
    assert "<updated>1970-01-02T00:00:00Z</updated>" in dated
    assert dated.replace("1970-01-02", newest) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ParameterError):
        changes_atom(several)


def test_hostile_literals_are_escaped(tmp_path):
    hostile = "</title><script>&amp;\x1b[31m]]>\u202e\ufffe\n# **x** `y` [z](javascript:1)"
    subject = NamedNode("http://example.org/a")
    paths = [tmp_path / "old.nt", tmp_path / "new.nt"]
    for path, text in zip(paths, ("plain", hostile), strict=True):
        triples = [
            Triple(subject, NamedNode(RDFS_LABEL), Literal(text, language="en")),
            Triple(subject, NamedNode(RDF_TYPE), NamedNode("http://example.org/C")),
        ]
        path.write_text("".join(f"{triple} .\n" for triple in triples), encoding="utf-8")
    changes = ip5kg.diff(*paths)
    assert len(changes.things) == 1
    feed = ET.fromstring(changes_atom(changes).encode())
    assert "</title><script>&amp;" in feed.findtext(f"{ATOM}entry/{ATOM}title")
    text, markdown = changes_text(changes), changes_markdown(changes)
    assert "\x1b" not in text + markdown
    assert "\u202e" not in text + markdown
    assert not any(line.startswith("#") and "x" in line for line in markdown.splitlines())
    assert "<script" not in markdown.replace("\\<", "")
    [one] = json.loads(changes_json(changes))["changes"]
    assert len(one["added"]) == 1
    assert list(parse(changes_turtle(changes).encode(), RdfFormat.TURTLE))


def test_the_same_states_give_the_same_bytes(copy):
    edit(copy, "data/persons.ttl", ("Anastasi", "Anastassi"))
    (copy / "data/meetings/2019.ttl").unlink()
    command = ["-m", "ip5kg", "diff", str(copy), str(ROOT), "--no-answers", "--format", "json"]
    outs = [
        subprocess.run(
            [sys.executable, *command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outs[0] == outs[1]
    assert json.loads(outs[0])["changes"]


# The answers, the command line and Python.


def test_answers_that_change_are_counted(copy):
    edit(copy, "data/meetings/2021.ttl", ("role:chair ", "role:observer "))
    changes = ip5kg.diff(copy, ROOT)
    by_call = {one.call: one for one in changes.answers}
    chair = by_call["meeting-chair"]
    assert (chair.new.total(), chair.gone.total(), chair.total) == (1, 0, 1)
    assert "filings" not in by_call
    assert ip5kg.diff(copy, ROOT, answers=False).answers is None


def test_an_answer_about_a_thing_that_the_old_state_lacks_is_all_new(copy):
    (copy / "data/meetings/2021.ttl").unlink()
    by_call = {one.call: one for one in ip5kg.diff(copy, ROOT).answers}
    attendees = by_call["meeting-attendees"]
    assert attendees.new.total() == attendees.total > 0
    assert not attendees.gone


def test_stored_queries_of_one_side_only_are_told(copy, capsys):
    gone, other = (copy / "queries/meetings" / name for name in ("own.rq", "meetings.rq"))
    new = next((copy / "queries").rglob("meeting-chair.rq"))
    new.unlink()
    other = next((copy / "queries").rglob("timeline.rq"))
    other.write_bytes(other.read_bytes() + b"# the end\n")
    gone.write_text("no header", encoding="utf-8")
    changes = ip5kg.diff(copy, ROOT, answers=False)
    assert [(one.name, one.kind.value, bool(one.summary)) for one in changes.queries] == [
        ("meeting-chair", "new", True),
        ("own", "gone", False),
        ("timeline", "changed", True),
    ]
    assert changes
    assert not changes.things
    assert str(changes.queries[1]) == "Stored query own is gone"
    said = {}
    for form in ("text", "md", "json", "atom"):
        given = ["diff", str(copy), str(ROOT), "--no-answers", "--format", form]
        assert main(given) == 1
        said[form] = capsys.readouterr().out
    assert "  + meeting-chair: Who chaired a meeting" in said["text"]
    assert "  - own\n" in said["text"]
    assert said["text"].endswith("0 changes of 0 things; 3 stored queries differ.\n")
    assert "- Stored query timeline has been rewritten: " in said["md"]
    assert json.loads(said["json"])["queries"][1] == {"name": "own", "summary": "", "kind": "gone"}
    titles = re.findall("<title>(.*)</title>", said["atom"])[1:]
    assert [title.split()[2] for title in titles] == ["meeting-chair", "own", "timeline"]


def test_the_exit_status_is_that_of_diff(copy, tmp_path, capsys):
    assert main(["diff", str(copy), str(ROOT), "--no-answers"]) == 0
    assert capsys.readouterr().out == "Nothing has changed.\n"
    edit(copy, TENURES, (END, ""))
    assert main(["diff", str(copy), "--root", str(ROOT), "--no-answers"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("person\n  Hamano Koichi (person:hamano-koichi)\n    ~ tenure as ")
    assert "\x1b" not in out
    file = tmp_path / "changes.xml"
    assert (
        main(["diff", str(copy), str(ROOT), "--no-answers", "--format", "atom", "-o", str(file)])
        == 1
    )
    assert ET.parse(file).getroot().tag == f"{ATOM}feed"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nowhere.ttl"], "There is no file nowhere.ttl"),
        (["tests"], "has no ontology/ in it"),
        ([""], "OLD is empty"),
        (["git:"], "The name of a state is empty"),
        (["git:no-such-revision"], "The revision no-such-revision cannot be read"),
        (["git:--output=x"], "The revision --output=x cannot be read"),
        (["README.md"], "no suffix that names an RDF syntax"),
        ([], "Missing argument"),
    ],
)
def test_wrong_use_gets_one_sentence_and_status_2(args, says, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(["diff", *args]) == 2
    assert says in capsys.readouterr().err


def test_answers_of_files_cannot_be_asked_for(tmp_path, capsys):
    path = tmp_path / "a.ttl"
    path.write_text("", encoding="utf-8")
    assert main(["diff", str(path), str(ROOT), "--answers"]) == 2
    assert "Answers can be compared only of root folders" in capsys.readouterr().err


def test_a_revision_of_the_root_is_a_state(copy):
    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=copy,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    edit(copy, TENURES, (END, ""))
    changes = ip5kg.open(copy).diff("git:HEAD", answers=False)
    assert changes.old == "git:HEAD"
    assert {one.kind for one in changes.things} == {"reopened"}
    git("commit", "-qam", "two")
    assert not ip5kg.diff("git:HEAD", root=copy, answers=False)
    assert ip5kg.diff("git:HEAD~1", "git:HEAD", root=copy, answers=False).things == changes.things


def test_python_refuses_what_it_cannot_compare(tmp_path):
    with pytest.raises(ParameterError):
        ip5kg.diff("")
    with pytest.raises(ParameterError):
        ip5kg.diff(ROOT, root="")
    with pytest.raises(ResourceMissing):
        ip5kg.diff(tmp_path)
    with pytest.raises(InputError):
        ip5kg.diff(tmp_path / "x.ttl")


def test_the_whole_graph_can_come_and_go():
    began = time.process_time()
    come, gone = compare(frozenset(), record()), compare(record(), frozenset())
    assert time.process_time() - began < 20
    assert len(come) == len(gone) > 1000
    assert {one.kind.value for one in come} == {"new", "event", "status"}
    assert {one.kind.value for one in gone} == {"gone"}
