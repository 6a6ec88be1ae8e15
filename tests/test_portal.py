"""The bundle for portals: whole, the same each time, described, checked, and without loss."""

import csv
import gzip
import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet
import pytest
import rdflib
import yaml
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)

import ip5kg
import ip5kg.folders
from ip5kg.errors import InputError, OutputError, ParameterError
from ip5kg.folders import FolderReplacement
from ip5kg.portal.build import build
from ip5kg.portal.checks.run import as_text, check
from ip5kg.publishing.bundle import objection
from ip5kg.publishing.entail import ENTAILED, entailed
from ip5kg.publishing.project import state_of
from ip5kg.publishing.themes import themes, yearly
from ip5kg.resources import data_files, graph_files

ROOT = Path(__file__).parents[1]
SHAPES = ROOT.parent / "shared" / "suites" / "dcat-ap-shacl"
BASE = "https://example.org/ip5kg/"
RDF = rdflib.RDF
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCT = rdflib.DCTERMS
PORTAL = rdflib.Namespace("https://w3id.org/ip5kg/portal/")

HEADER = """
@prefix ip5: <https://w3id.org/ip5kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(*command, **options):
    return subprocess.run(
        [sys.executable, "-m", "ip5kg", *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture(scope="session")
def bundle(tmp_path_factory):
    """The bundle of our own graph."""
    folder = tmp_path_factory.mktemp("portal") / "bundle"
    build(ROOT, folder, base_url=BASE, endpoint="https://example.org/sparql")
    return folder


@pytest.fixture(scope="session")
def part(tmp_path_factory):
    """The bundle of a part of our own graph, which is checked in a moment."""
    folder = tmp_path_factory.mktemp("part")
    shutil.copytree(ROOT / "ontology", folder / "root/ontology")
    (folder / "root/queries").mkdir()
    for name in (
        *("states.ttl", "regions.ttl", "places.ttl", "series.ttl"),
        *("organisations/offices.ttl", "meetings/2020.ttl", "meetings/2021.ttl"),
        *("sources/identifiers.ttl", "sources/ip5-heads-2021-press-release.ttl"),
    ):
        (folder / "root/data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, folder / "root/data" / name)
    build(folder / "root", folder / "bundle", base_url=BASE)
    return folder / "bundle"


@pytest.fixture
def copy(part, tmp_path):
    """A bundle to be spoilt."""
    shutil.copytree(part, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def small(tmp_path):
    """A root with a few facts."""
    root = tmp_path / "root"
    files = {
        "ontology/a.ttl": HEADER
        + '<https://w3id.org/ip5kg/ontology> a owl:Ontology ; owl:versionInfo "7.8.9" .',
        "data/meetings/2020.ttl": HEADER
        + '<urn:m> a ip5:Meeting ; ip5:date "2020-02"^^xsd:gYearMonth ; ip5:x 007 .',
        "data/meetings/2021-more.ttl": HEADER + '<urn:n> ip5:date "2021-05-06"^^xsd:date .',
        "data/Odd Things/a.ttl": HEADER + '<urn:o> rdfs:label "odd"@en .',
        "data/sources/a.ttl": HEADER
        + '<urn:s> ip5:consultedOn "2022-03-04"^^xsd:date ; ip5:cites [ rdfs:label "b"@ja ] .',
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "queries").mkdir()
    return root


@pytest.fixture(scope="session")
def catalogue(bundle):
    return rdflib.Graph().parse(bundle / "catalogue.ttl")


# Themes


def test_each_data_file_is_in_one_theme(small):
    for root in (ROOT, small):
        found = Counter(path for theme in themes(root) for path in theme.files)
        assert set(found) == set(data_files(root).values())
        assert set(found.values()) == {1}
        names = [theme.name for theme in themes(root)]
        assert len(names) == len(set(names))
    assert "odd-things" in [theme.name for theme in themes(small)]
    assert [theme.name for theme in yearly(small)] == ["meetings-2020", "meetings-2021"]


def test_names_of_folders_never_clash(small):
    for name in ("ontology", "odd_things", "日本"):
        (small / "data" / name).mkdir()
        (small / "data" / name / "a.ttl").write_text("<urn:a> <urn:b:c> 1 .", encoding="utf-8")
    found = {theme.name: len(theme.files) for theme in themes(small)}
    assert (found["odd-things"], found["ontology-data"], found["other"]) == (2, 1, 1)


# Determinism and wholeness


def test_same_graph_gives_the_same_bytes_wherever_and_whenever(small, tmp_path):
    build(small, tmp_path / "first")
    first = contents(tmp_path / "first")
    for number, zone in enumerate(("Asia/Tokyo", "America/Los_Angeles")):
        folder = tmp_path / f"again-{number}"
        places = {"PYTHONHASHSEED": str(random.randrange(2**32)), "TZ": zone, "LC_ALL": "C"}
        done = run("export", "--portal", folder, "--root", small, env={**os.environ, **places})
        assert done.returncode == 0, done.stderr
        assert contents(folder) == first
    days = {b"2020-02-29", b"2022-03-04"}
    assert all(day in first["catalogue.ttl"] for day in days)
    assert time.strftime("%Y-%m").encode() not in b"".join(
        data for name, data in first.items() if name != "CHANGELOG.md"
    )


@pytest.mark.slow
def test_our_own_graph_gives_the_same_bytes_under_another_seed(bundle, tmp_path):
    address = ["--base-url", BASE, "--endpoint-url", "https://example.org/sparql"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Seoul"}
    done = run("export", "--portal", tmp_path / "again", *address, env=environment)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "again") == contents(bundle)
    assert done.stdout.count("\n") == len(contents(bundle))


def test_source_date_epoch_is_the_date(small, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    build(small, tmp_path / "out")
    assert (
        b'dcterms:modified "2001-09-09"^^xsd:date'
        in (tmp_path / "out" / "catalogue.ttl").read_bytes()
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH is “yesterday”"):
        build(small, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert state_of([]) == ""


def test_failed_export_leaves_the_old_bundle_and_nothing_else(small, tmp_path):
    folder = tmp_path / "out"
    build(small, folder)
    before = contents(folder)
    (small / "data" / "b.ttl").write_text("<urn:a> <urn:1> 1 .", encoding="utf-8")
    with pytest.raises(OutputError, match="RDF/XML cannot hold the predicate <urn:1>"):
        build(small, folder)
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "root"]
    (small / "data" / "b.ttl").write_text("<urn:a> <urn:b:c> 1 .", encoding="utf-8")
    build(small, folder)
    assert "themes/b.ttl" in contents(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "root"]


def test_what_is_no_bundle_of_ours_is_never_replaced(small, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "thesis.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="is not empty and no earlier bundle"):
        build(small, folder)
    (folder / "bundle.json").write_text("[" * 9000, encoding="utf-8")
    with pytest.raises(OutputError, match="no earlier bundle"):
        build(small, folder)
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="it is a file"):
        build(small, tmp_path / "file")
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "kept"
    assert not list(tmp_path.glob(".ip5kg*"))


def test_bundle_with_a_strange_file_is_never_replaced(small, tmp_path):
    folder = tmp_path / "out"
    build(small, folder)
    (folder / "years" / "notes.md").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="holds years/notes.md, which is no part of a bundle"):
        build(small, folder)
    (folder / "years" / "notes.md").unlink()
    assert objection(folder) == ""
    build(small, folder)


@pytest.mark.parametrize("exchange", [True, False])
def test_folder_is_replaced_in_one_step_or_put_back(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(ip5kg.folders, "_exchange", lambda *_: False)
    folder = tmp_path / "deep" / "out"
    for text in (b"first", b"second"):
        with FolderReplacement(folder, lambda _: "") as place:
            place.write("a/b", text)
        assert contents(folder) == {"a/b": text}
    rename = Path.rename
    calls = []

    def fail(path, target):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "full")
        return rename(path, target)

    if not exchange:
        monkeypatch.setattr(Path, "rename", fail)
        with (
            pytest.raises(OutputError, match="the disk is full"),
            FolderReplacement(folder, lambda _: "") as place,
        ):
            place.write("a/b", b"third")
        assert contents(folder) == {"a/b": b"second"}
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_link_to_a_folder_stays_a_link(small, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    for _ in range(2):
        build(small, tmp_path / "link")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "there" / "catalogue.ttl").is_file()


def test_two_exports_into_one_folder_do_not_mix(tmp_path):
    with FolderReplacement(tmp_path / "out", lambda _: "") as place:
        place.write("a", b"a")
        with (
            pytest.raises(OutputError, match="is being written by another process"),
            FolderReplacement(tmp_path / "out", lambda _: ""),
        ):
            pass
    assert contents(tmp_path / "out") == {"a": b"a"}


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_interrupted_export_leaves_the_old_bundle_whole(small, tmp_path, name):
    folder = tmp_path / "out"
    build(small, folder)
    before = contents(folder)
    for number in range(60):
        facts = "".join(f"<urn:s{n}> <urn:p:q> {n} ." for n in range(400))
        (small / "data" / f"more-{number}.ttl").write_text(facts, encoding="utf-8")
    command = [sys.executable, "-m", "ip5kg", "export", "--portal", folder, "--root", small]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if len(list(tmp_path.glob(".ip5kg-*.new/themes/*"))) > 3:
                break
            time.sleep(0.01)
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=30)
    assert process.returncode != 0
    assert contents(folder) == before
    left = list(tmp_path.glob(".ip5kg-*"))
    assert bool(left) == (name == "SIGKILL")
    build(small, folder)
    assert "themes/more-59.ttl" in contents(folder)
    assert not list(tmp_path.glob(".ip5kg-*"))


def test_bundle_that_a_killed_process_moved_away_comes_back(tmp_path):
    folder = tmp_path / "out"
    with FolderReplacement(folder, lambda _: "") as place:
        place.write("a", b"old")
    with FolderReplacement(folder, lambda _: "") as place:
        old = place._old
        place.write("a", b"new")
        folder.rename(old)
    assert contents(folder) == {"a": b"new"}
    folder.rename(old)
    with (
        pytest.raises(ZeroDivisionError),
        FolderReplacement(folder, lambda _: "") as place,
    ):
        1 / 0  # noqa: B018
    assert contents(folder) == {"a": b"new"}
    assert not list(tmp_path.glob(".ip5kg*"))


@pytest.mark.skipif(os.name == "nt", reason="there is no ulimit")
def test_full_disk_is_told_and_changes_nothing(small, tmp_path):
    folder = tmp_path / "out"
    build(small, folder)
    before = contents(folder)
    command = [sys.executable, "-m", "ip5kg", "export", "--portal", folder, "--root", small]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; "$@"', "sh", *map(str, command)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written: the file would be too large." in done.stderr
    assert contents(folder) == before
    assert not list(tmp_path.glob(".ip5kg*"))


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org", "ftp://example.org/", "https://", "https:///x", "https://a b/"),
        *("https://a.b/?q", "https://a.b/#f", "http://a:99999/", "javascript:alert(1)"),
        "http://[::1/",
    ],
)
def test_what_is_no_address_is_refused(small, tmp_path, url):
    for options in ({"base_url": url}, {"endpoint": url}):
        with pytest.raises(ParameterError, match="no address of the web"):
            build(small, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_misuse_of_the_options_is_told(tmp_path):
    for options, said in [
        (["--portal", "-"], "name it"),
        (["--portal", "x", "--format", "turtle"], "--format does not go here"),
        (["x", "--base-url", BASE], "--base-url goes with --site or --portal"),
        (["x", "--entail"], "--entail goes with --portal"),
        (["x", "--loopback"], "--loopback goes with --check"),
        (["--check", "x", "--portal"], "Ask for one"),
        (["--check", "x", "--root", "."], "--root does not go here"),
        (["--check", "x"], "is no bundle"),
        (["--portal", "x", "--base-url", "x"], "--base-url is “x”"),
        (["--portal", "x", "--base-url", ""], "--base-url is “”"),
        (["--portal", "x", "--endpoint-url", ""], "--endpoint-url is “”"),
        (["--portal", "x", "--changes-since", "git:HEAD"], "does not go here"),
        (["x", "--changes-since", "git:HEAD"], "--changes-since goes with --site"),
        (["--site", "x", "--changes-since", "git:no-such"], "The revision no-such cannot be read"),
        (["--site", "x", "--changes-since", ""], "Name a root folder"),
    ]:
        done = run("export", *options, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), options
        assert said in done.stderr
        assert not list(tmp_path.iterdir())


# Contents


def test_bundle_has_all_that_it_lists(bundle):
    found = contents(bundle)
    listed = {one["path"]: one for one in json.loads(found["bundle.json"])["files"]}
    assert found.keys() == {*listed, "bundle.json", "SHA256SUMS"}
    for path, entry in listed.items():
        assert entry["size"] == len(found[path])
        assert entry["sha256"] == hashlib.sha256(found[path]).hexdigest()
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {
        path: hashlib.sha256(data).hexdigest()
        for path, data in found.items()
        if path != "SHA256SUMS"
    }
    packed = [path for path in found if path.endswith(".gz")]
    assert len(packed) > 60
    for path in packed:
        assert gzip.decompress(found[path]) == found[path.removesuffix(".gz")]
        assert found[path][:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def triples(path):
    return {quad.triple for quad in parse(path=str(path), rename_blank_nodes=True)}


def test_themes_and_ontology_make_the_whole(bundle):
    whole = triples(bundle / "graph/ip5kg.nt")
    parts = [triples(path) for path in (bundle / "themes").glob("*.nt")]
    assert len(parts) == 7
    assert set().union(*parts, triples(bundle / "ontology/ontology.nt")) == whole
    years = [triples(path) for path in (bundle / "years").glob("*.ttl")]
    assert set().union(*years) < triples(bundle / "themes/meetings.nt")
    graphs = {quad.graph_name for quad in parse(path=str(bundle / "graph/ip5kg.nq"))}
    assert len(graphs) == len(graph_files(ROOT))


def test_tables_say_what_the_graph_says(bundle):
    graph = rdflib.Graph().parse(bundle / "graph/ip5kg.nt")
    ip5 = rdflib.Namespace("https://w3id.org/ip5kg/ontology#")
    for name, kind in [
        ("attendance", "Participation"),
        ("initiatives", "Initiative"),
        ("meetings", "Meeting"),
        ("offices", "PatentOffice"),
        ("officials", "Tenure"),
        ("statistics", "Observation"),
    ]:
        text = (bundle / f"tables/{name}.csv").read_bytes().decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        first = next(iter(rows[0]))
        expected = {str(node) for node in graph.subjects(RDF.type, ip5[kind])}
        if name == "statistics":
            expected = {str(node) for node in graph.subjects(ip5.observedFor)}
        assert {row[first] for row in rows} == expected
        described = json.loads((bundle / f"tables/{name}.csv-metadata.json").read_bytes())
        columns = described["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == list(rows[0])
        assert described["url"] == f"{name}.csv"
        table = pyarrow.parquet.read_table(bundle / f"tables/{name}.parquet")
        assert table.column_names == list(rows[0])
        assert table.num_rows == len(rows)
        assert table.column(first).to_pylist() == [row[first] for row in rows]
    stood_in = [
        row
        for row in csv.DictReader(
            (bundle / "tables/attendance.csv").read_text(encoding="utf-8").splitlines()
        )
        if row["meeting"].endswith("heads-2021") and row["onBehalfOf"]
    ]
    assert [(row["participantLabel"], row["onBehalfOfLabel"]) for row in stood_in] == [
        ("Lisa Jorgenson", "Daren Tang")
    ]


# What is entailed


def entailed_by(data, schema):
    both = [
        [Quad(*quad.triple) for quad in parse(HEADER_ENTAIL + text, format=RdfFormat.TURTLE)]
        for text in (data, schema)
    ]
    return {f"{quad.triple}".replace("urn:e:", "") for quad in entailed(*both)}


HEADER_ENTAIL = """
@prefix : <urn:e:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
KIND = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@pytest.mark.parametrize(
    ("data", "schema", "expected"),
    [
        (":x a :A .", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C, owl:Thing .", {"B", "C"}),
        (":x a :B .", ":A rdfs:subClassOf :B .", set()),
        (":x a :B .", ":A owl:equivalentClass :B . :B rdfs:subClassOf :A .", {"A"}),
        (":x :p 7 .", ":p rdfs:domain :A ; rdfs:range :B .", {"A"}),
        (":y :p :x .", ":p rdfs:range :B . :B rdfs:subClassOf :C .", {"B", "C"}),
    ],
)
def test_classes_that_are_entailed(data, schema, expected):
    assert entailed_by(data, schema) == {f"<x> {KIND} <{name}>" for name in expected}


def test_properties_that_are_entailed():
    assert entailed_by(":x :p :y .", ":p rdfs:subPropertyOf :q . :q owl:inverseOf :r .") == {
        "<x> <q> <y>",
        "<y> <r> <x>",
    }
    assert entailed_by(":x :r :y .", ":q owl:inverseOf :r .") == {"<y> <q> <x>"}
    assert entailed_by(":x :p :y .", ":p a owl:SymmetricProperty .") == {"<y> <p> <x>"}
    steps = ":a :p :b . :b :p :c . :c :p :d ."
    assert entailed_by(steps, ":p a owl:TransitiveProperty .") == {
        *("<a> <p> <c>", "<a> <p> <d>", "<b> <p> <d>"),
    }
    assert entailed_by(':x :p "1", 7 .', ":p rdfs:subPropertyOf :q ; owl:inverseOf :r .") == {
        '<x> <q> "1"',
        '<x> <q> "7"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }


@pytest.fixture(scope="session")
def entailing(tmp_path_factory):
    """The bundle of our own graph with what it entails."""
    folder = tmp_path_factory.mktemp("entailing") / "bundle"
    build(ROOT, folder, entail=True)
    return folder


ORG_QUERIES = {
    # What a consumer of W3C ORG asks, who knows no other vocabulary.
    "organisations": "SELECT ?o ?l { ?o a org:Organization ; rdfs:label ?l }",
    "offices": "SELECT ?o { ?o a org:FormalOrganization }",
    "posts": "SELECT ?p ?o { ?p a org:Post ; org:postIn ?o . ?o a org:Organization }",
    "memberships": """SELECT ?who ?in {
        ?m a org:Membership ; org:member ?who ; org:organization ?in .
        ?who a org:Organization . ?in a org:OrganizationalCollaboration }""",
}


def test_consumers_of_org_find_organisations_posts_and_memberships(entailing):
    store = Store()
    store.bulk_load(path=entailing / "graph/ip5kg-entailed.nt")
    org = "PREFIX org: <http://www.w3.org/ns/org#> "
    org += "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    found = {
        name: {tuple(term.value for term in row) for row in store.query(org + text)}
        for name, text in ORG_QUERIES.items()
    }
    thing = "https://w3id.org/ip5kg/id/"
    names = {row[0].removeprefix(thing) for row in found["organisations"]}
    offices = {f"office/{code}" for code in ("ep", "jp", "kr", "cn", "us")}
    assert offices | {"organisation/wipo", "group/ip5", "association/businesseurope"} <= names
    assert {f"{thing}{office}" for office in offices} <= {row[0] for row in found["offices"]}
    posts = rdflib.Graph().parse(entailing / "graph/ip5kg.nt")
    ip5 = rdflib.Namespace("https://w3id.org/ip5kg/ontology#")
    assert {row[0] for row in found["posts"]} == {
        str(post) for post in posts.subjects(RDF.type, ip5.Post)
    }
    members = {row[0] for row in found["memberships"] if row[1] == f"{thing}group/ip5"}
    assert members == {f"{thing}{office}" for office in offices}


def test_consumers_of_other_vocabularies_find_their_words(entailing):
    graph = rdflib.Graph().parse(entailing / "graph/ip5kg-entailed.nt")
    counted = {
        name: len(set(graph.subjects(RDF.type, rdflib.URIRef(name))))
        for name in (
            *(str(rdflib.ORG[name]) for name in ("FormalOrganization", "Post", "Membership")),
            *(str(rdflib.FOAF[name]) for name in ("Person", "Organization")),
            str(rdflib.PROV.Entity),
        )
    }
    ip5 = rdflib.Namespace("https://w3id.org/ip5kg/ontology#")
    assert counted[str(rdflib.FOAF.Person)] == len(set(graph.subjects(RDF.type, ip5.Person)))
    assert counted[str(rdflib.ORG.Post)] == len(set(graph.subjects(RDF.type, ip5.Post)))
    assert min(counted.values()) > 0
    assert set(graph.subject_objects(ip5.postIn)) <= set(graph.subject_objects(rdflib.ORG.postIn))
    whole = triples(entailing / "graph/ip5kg.nt")
    assert whole < triples(entailing / "graph/ip5kg-entailed.nt")
    quads = list(parse(path=str(entailing / "graph/ip5kg-entailed.nq")))
    assert {q.triple for q in quads if q.graph_name != ENTAILED} == whole


# Losslessness


def by_rdflib(path, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    forms = {".jsonld": "json-ld", ".rdf": "xml", ".nt": "nt", ".ttl": "turtle"}
    if path.suffix in forms:
        graph = rdflib.Graph().parse(path, format=forms[path.suffix])
        rows = list(graph)
    else:
        graph = rdflib.Dataset().parse(path, format=path.suffix[1:].replace("nq", "nquads"))
        rows = [quad[:3] for quad in graph.quads()]
    return {Quad(*map(term_of, row)).triple for row in rows}


def term_of(term):
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    kind = term.datatype or rdflib.XSD.string
    return Literal(str(term), datatype=NamedNode(str(kind)))


def rdfc_hash(found):
    dataset = Dataset(Quad(*triple) for triple in found)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad.triple} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("stem", ["graph/ip5kg", "themes/officials", "ontology/shapes"])
def test_each_syntax_is_the_same_graph_for_two_parsers(bundle, stem, monkeypatch):
    files = [path for path in bundle.glob(f"{stem}.*") if path.suffix != ".gz"]
    assert len(files) == 6
    hashes = {rdfc_hash(triples(path)) for path in files}
    hashes |= {rdfc_hash(by_rdflib(path, monkeypatch)) for path in files}
    assert len(hashes) == 1


def test_json_ld_is_read_by_words(bundle):
    page = json.loads((bundle / "themes/meetings.jsonld").read_bytes())
    [meeting] = [one for one in page["@graph"] if one["id"] == "meeting:heads-2021"]
    assert meeting["hostedBy"] == "office:jp"
    assert meeting["earliest"] == "2021-06-23"
    assert page["@context"]["hostedBy"] == {"@id": "ip5:hostedBy", "@type": "@id"}


# Descriptions


def test_catalogue_is_the_same_in_three_syntaxes(bundle):
    hashes = {rdfc_hash(triples(bundle / f"catalogue.{s}")) for s in ("ttl", "rdf", "jsonld")}
    assert len(hashes) == 1


def test_each_distribution_is_a_file_and_each_file_a_distribution(bundle, catalogue):
    found = contents(bundle)
    described = {}
    for one in catalogue.subjects(RDF.type, DCAT.Distribution):
        url = str(catalogue.value(one, DCAT.downloadURL))
        path = url.removeprefix(BASE)
        assert int(catalogue.value(one, DCAT.byteSize)) == len(found[path])
        checksum = catalogue.value(one, rdflib.URIRef("http://spdx.org/rdf/terms#checksum"))
        value = rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue")
        assert str(catalogue.value(checksum, value)).lower() == (
            hashlib.sha256(found[path]).hexdigest()
        )
        packed = catalogue.value(one, DCAT.compressFormat)
        assert (packed is not None) == path.endswith(".gz")
        assert len(list(catalogue.objects(one, DCT.identifier))) == 1
        described[path] = one
    folders = ("graph", "themes", "years", "tables", "ontology", "queries")
    offered = {
        path
        for path in found
        if path.startswith(folders) and not path.endswith("csv-metadata.json")
    }
    assert described.keys() == offered


def test_series_has_the_years_in_order(catalogue):
    series = PORTAL["dataset/meetings-by-year"]
    members = sorted(catalogue.subjects(DCAT.inSeries, series))
    assert len(members) == len(list((ROOT / "data/meetings").glob("*.ttl")))
    assert catalogue.value(series, DCAT.first) == members[0]
    assert catalogue.value(series, DCAT.last) == members[-1]
    for before, after in pairwise(members):
        assert catalogue.value(after, DCAT.prev) == before


def test_nobody_is_invented(small, tmp_path, catalogue):
    foaf = rdflib.FOAF
    assert [str(name) for name in catalogue.objects(None, foaf.name)] == ["ip5kg"]
    assert b"mailto:" not in catalogue.serialize(format="turtle").encode()
    (small / "ontology/b.ttl").write_text(
        HEADER
        + "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        + '<https://w3id.org/ip5kg/ontology> dcterms:publisher "A publisher" ;'
        + " <http://www.w3.org/ns/dcat#contactPoint> <mailto:desk@example.org> .",
        encoding="utf-8",
    )
    build(small, tmp_path / "out")
    named = rdflib.Graph().parse(tmp_path / "out/catalogue.ttl")
    assert [str(name) for name in named.objects(None, foaf.name)] == ["A publisher"]
    assert rdflib.URIRef("mailto:desk@example.org") in set(named.objects())
    assert '- name: "A publisher"' in (tmp_path / "out/CITATION.cff").read_text(encoding="utf-8")


def test_void_counts_what_sparql_counts(bundle):
    graph = rdflib.Graph().parse(bundle / "graph/ip5kg.nt")
    void = rdflib.Graph().parse(bundle / "void.ttl")
    whole = PORTAL["dataset/ip5kg"]
    assert int(void.value(whole, VOID.triples)) == len(graph)
    assert int(void.value(whole, VOID.distinctSubjects)) == len(set(graph.subjects()))
    for node in void.objects(whole, VOID.classPartition):
        members = set(graph.subjects(RDF.type, void.value(node, VOID["class"])))
        assert int(void.value(node, VOID.entities)) == len(members) > 0
    links = {
        str(void.value(node, VOID.objectsTarget)).rpartition("/")[2]: int(
            void.value(node, VOID.triples)
        )
        for node in void.subjects(RDF.type, VOID.Linkset)
    }
    wikidata = [o for o in graph.objects() if str(o).startswith("http://www.wikidata.org/entity/")]
    assert links["wikidata"] == len(wikidata) >= 50
    assert {"epo", "eu-authority"} <= links.keys()
    assert (bundle / ".well-known/void").read_bytes() == (bundle / "void.ttl").read_bytes()


def test_service_description_names_graphs_and_endpoint(bundle, small, tmp_path):
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    page = rdflib.Graph().parse(bundle / "service.ttl")
    assert [str(url) for url in page.objects(None, sd.endpoint)] == ["https://example.org/sparql"]
    names = {str(name) for name in page.objects(None, sd.name)}
    assert len(names) == len(graph_files(ROOT))
    build(small, tmp_path / "out")
    without = rdflib.Graph().parse(tmp_path / "out/service.ttl")
    assert not list(without.objects(None, sd.endpoint))
    catalogue = rdflib.Graph().parse(tmp_path / "out/catalogue.ttl")
    services = list(catalogue.subjects(RDF.type, DCAT.DataService))
    assert services == [PORTAL["service/files"]]


def test_citation_is_yaml_with_what_the_format_wants(bundle):
    page = yaml.safe_load((bundle / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= page.keys()
    assert (page["license"], page["type"]) == ("CC-BY-4.0", "dataset")


# The check


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP are not there")
def test_our_bundle_gets_all_points(bundle):
    outcome = check(bundle, SHAPES, loopback=True)
    assert outcome.lacks == ()
    assert [mark for mark in outcome.marks if mark.points != mark.of] == []
    points = [mark.points for mark in outcome.marks if mark.check.startswith("MQA ")]
    assert sum(points) == 405
    assert "405 of 405" in as_text(outcome)
    assert "corporate body" in outcome.notes[0]


def test_offline_points_without_shapes(part):
    outcome = check(part)
    # The part has 48 links to Wikidata.
    [lack] = outcome.lacks
    assert (lack.check, "fewer than 50 links" in lack.what) == ("LOD cloud", True)
    of = sum(mark.of for mark in outcome.marks if mark.check.startswith("MQA "))
    assert of == 295
    assert {"--shapes", "--loopback"} <= set(" ".join(outcome.notes).replace(".", " ").split())


def spoil(path, old, new, number=1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, number), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "finder", "said"),
    [
        ("catalogue.ttl", "dcat:keyword", "dcterms:subject", "MQA findability", "lacks keywords"),
        ("catalogue.ttl", "dcat:contactPoint", "dcterms:x", "MQA reusability", "lacks a contact"),
        ("catalogue.ttl", "dcat:byteSize", "dcterms:x", "MQA contextuality", "a size in bytes"),
        ("catalogue.ttl", "/access-right/PUBLIC", "/x/PUBLIC", "MQA reusability", "EU's table"),
        ("void.ttl", "void:triples ", "void:triples 1", "VoID", "void:triples"),
        ("void.ttl", "void:distinctObjects ", "void:distinctObjects 1", "VoID", "distinctObjects"),
        ("dataset.jsonld", '"description": "', '"other": "', "Google Dataset Search", "0 char"),
        ("dataset.jsonld", '"license"', '"licence"', "Google Dataset Search", "no license"),
        ("index.html", '"Dataset"', '"Datset"', "Google Dataset Search", "index.html"),
        ("themes/places.nq", "Honolulu", "Hanalulu", "files", "has another checksum"),
        ("SHA256SUMS", "0", "1", "files", "SHA256SUMS"),
        ("themes/places.nt", "Honolulu", "Hanalulu", "same graph", "do not hold the same graph"),
        ("themes/places.rdf", "</rdf:RDF>", "", "files", "places.rdf"),
        ("themes/places.rdf", "<rdf:RDF", "<rdf:RD", "same graph", "places.rdf"),
        ("graph/ip5kg.nq", " .\n", " \n", "VoID", "ip5kg.nq"),
        ("catalogue.ttl", "@prefix dcat:", "@prefix cat:", "catalogue", "catalogue.ttl"),
        ("ontology/ontology.ttl", "dcterms:created", "dcterms:date", "FOOPS", "OM5.1: the header"),
        ("ontology/ontology.ttl", "dc:publisher", "rdfs:seeAlso", "FOOPS", "OM5.2: the header"),
        ("ontology/ontology.ttl", "schema:logo", "schema:image", "FOOPS", "no logo"),
        ("ontology/ontology.ttl", "owl:versionIRI", "owl:priorVersion", "FOOPS", "VER1"),
        ("ontology/ontology.ttl", 'rdfs:label "act"', 'rdfs:x "act"', "FOOPS", "ontology#Act …"),
        ("ontology/ontology.ttl", 'ip5kg/ontology#"', 'ip5kg/other#"', "FOOPS", "URI2"),
        ("ontology/ontology.ttl", "a owl:Ontology", "a owl:Thing", "FOOPS", "HTTP1: there is no"),
    ],
)
def test_what_is_lost_is_told(copy, file, old, new, finder, said):  # noqa: PLR0917 - one row
    spoil(copy / file, old, new, -1 if file == "catalogue.ttl" else 1)
    outcome = check(copy)
    told = [lack for lack in outcome.lacks if lack.check.startswith(finder)]
    assert said in " ".join(lack.what for lack in told)
    assert all(lack.add for lack in told)
    lost = [mark for mark in outcome.marks if mark.check.startswith(finder)]
    assert any(mark.points < mark.of for mark in lost)


def test_missing_and_strange_files_are_told(copy):
    (copy / "themes/places.ttl").unlink()
    (copy / "themes/places.nt.gz").write_bytes(b"no gzip")
    (copy / "strange.txt").write_bytes(b"")
    done = run("export", "--check", copy, "--loopback")
    assert done.returncode == 1, done.stderr
    for said in ("themes/places.ttl does not exist", "strange.txt is not listed", "nt.gz has 7"):
        assert said in done.stdout
    assert "lacks a download URL that answers" in done.stdout
    points = float(
        next(line for line in done.stdout.splitlines() if line.startswith("MQA acc"))
        .split(" of ")[0]
        .split()[-1]
    )
    assert 90 < points < 100


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP are not there")
def test_shapes_find_what_breaks_the_profile(copy):
    spoil(copy / "catalogue.ttl", "dcterms:title", "dcterms:alternative", -1)
    spoil(copy / "catalogue.ttl", "authority/file-type/CSV", "authority/file-type/CVS", -1)
    outcome = check(copy, SHAPES)
    told = " ".join(lack.what for lack in outcome.lacks if lack.check == "DCAT-AP 3.0.1")
    assert "<http://purl.org/dc/terms/title>" in told
    assert "No authority table is known to have" in told
    marks = {mark.check: mark.points for mark in outcome.marks}
    assert marks["MQA interoperability"] < 110 - 30 + 1


def test_shapes_that_are_not_there_are_told(part, tmp_path):
    with pytest.raises(InputError, match="has no file shapes.ttl"):
        check(part, tmp_path)


# From Python


def test_the_python_api_writes_and_checks_a_bundle(small, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = ip5kg.export_portal("out", root=small, base_url=BASE)
    assert sorted(files) == sorted(path for path in Path("out").rglob("*") if path.is_file())
    build(small, tmp_path / "same", base_url=BASE)
    assert contents(Path("out")) == contents(tmp_path / "same")
    marks = {mark.check: mark for mark in ip5kg.check_portal(Path("out")).marks}
    assert marks["files"].points == marks["files"].of == len(files) - 1
    for call in (
        lambda: ip5kg.export_portal(""),
        lambda: ip5kg.export_portal("x", root=""),
        lambda: ip5kg.check_portal(""),
        lambda: ip5kg.check_portal("out", shapes=""),
    ):
        with pytest.raises(ParameterError, match="name of a folder is empty"):
            call()
    with pytest.raises(ParameterError, match="no address of the web"):
        ip5kg.export_portal("other", root=small, base_url="example.org")
    assert not Path("other").exists()
