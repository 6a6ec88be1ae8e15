"""The graph in a Virtuoso of its own: loaded by ``ip5kg load``, asked all stored queries."""

import os
import shutil
import threading
from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import ip5kg
from ip5kg.cli.main import main
from ip5kg.publishing.export import gather
from ip5kg.publishing.loading import Fate, GraphStore, UpdateEndpoint, load, staging_graph
from ip5kg.querybook import QueryBook
from ip5kg.resources import knowledge_root
from ip5kg.store.http import Client, Credentials
from ip5kg.store.remote import RemoteStore
from virtuoso import PROGRAM, running

ROOT = knowledge_root()
XSD = "http://www.w3.org/2001/XMLSchema#"

pytestmark = [
    # One server for all of them, in one process.
    pytest.mark.xdist_group("virtuoso"),
    pytest.mark.skipif(
        shutil.which(PROGRAM) is None,
        reason="Virtuoso is not installed: make test-remote installs it where it may",
    ),
]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    """A server with the whole graph, loaded by SPARQL Update as an operator would."""
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        os.environ["IP5KG_TEST_PASSWORD"] = server.password
        try:
            assert main(["load", "--endpoint", server.update, *who(server)]) == 0
            yield server
        finally:
            del os.environ["IP5KG_TEST_PASSWORD"]


def who(server):
    return ["--user", server.user, "--password-env", "IP5KG_TEST_PASSWORD"]


def client(server):
    return Client(Credentials(server.user, server.password), timeout=60)


def targets(server):
    """Both ways into the server."""
    return {
        "update": UpdateEndpoint(server.update, server.query, client(server)),
        "graph-store": GraphStore(server.graph_store, client(server)),
    }


def test_a_second_run_has_nothing_to_do(virtuoso, capsys):
    for way in (["--endpoint", virtuoso.update], ["--graph-store", virtuoso.graph_store]):
        assert main(["load", *way, *who(virtuoso), "--dry-run"]) == 0
        captured = capsys.readouterr()
        first, second = captured.out.splitlines()
        assert first.endswith(" there already.")
        assert second.startswith("SHA-256")
        assert captured.err == ""


def questions():
    """Each stored query: with what it needs, with all that has an example, and with several."""
    book = QueryBook(ROOT)
    for name in book.names():
        parameters = book.get(name).parameters
        needed = {p.name: p.default or p.example for p in parameters if p.required or p.default}
        full = needed | {p.name: p.example for p in parameters if p.example and not p.default}
        lists = needed | {p.name: list(p.examples) for p in parameters if p.examples}
        for number, given in enumerate((needed, full, lists)):
            if not number or given not in (needed, full)[:number]:
                kind = ("needed", "all", "several")[number]
                yield pytest.param(name, given, id=f"{name}-{kind}")


@pytest.mark.parametrize(("name", "given"), list(questions()))
def test_virtuoso_answers_as_the_embedded_engine_does(name, given, virtuoso, kg):
    remote = ip5kg.open(ROOT, endpoint=virtuoso.query, timeout=60)
    here, there = kg.query(name, **given), remote.query(name, **given)
    assert here.columns == there.columns
    assert list(here) == list(there)
    assert here.labels == there.labels
    if "asOf" in given or not given:
        assert kg.cite(here)[1:] == remote.cite(there)[1:]


@pytest.mark.parametrize("way", ["update", "graph-store"])
def test_shapes_arrive_with_their_blank_nodes(virtuoso, way):
    quads = [
        quad for quad in gather(ROOT, ["shapes"]) if "/ontology/shapes/" in quad.graph_name.value
    ]
    assert any(isinstance(quad.object, BlankNode) for quad in quads)
    # Each way into graphs of its own, so that neither finds what the other has loaded.
    renamed = [
        Quad(*quad.triple, NamedNode(f"urn:test:{way}:{quad.graph_name.value}")) for quad in quads
    ]
    target = targets(virtuoso)[way]
    assert {one.fate for one in load(renamed, target)} == {Fate.REPLACED}
    assert {one.fate for one in load(renamed, target)} == {Fate.THERE}


@pytest.mark.parametrize("way", ["update", "graph-store"])
def test_what_virtuoso_makes_one_value_is_told(virtuoso, way):
    """To Virtuoso 7 a month is its first day; one of the two triples is lost."""
    subject, graph = NamedNode("urn:s"), NamedNode(f"urn:test:lost:{way}")
    quads = [
        Quad(subject, NamedNode("urn:p"), Literal(value, datatype=NamedNode(XSD + kind)), graph)
        for value, kind in (("2007-05", "gYearMonth"), ("2007-05-01", "date"))
    ]
    [one] = load(quads, targets(virtuoso)[way])
    # By Update the staging graph shows it before anything is published.
    assert one.fate is (Fate.LEFT if way == "update" else Fate.DIFFERENT)
    assert (one.difference.wanted, one.difference.found) == (2, 1)
    assert "1 of 2 triples are there" in str(one.difference)
    left = targets(virtuoso)["graph-store"].read(graph.value)
    assert left.count == (0 if way == "update" else 1)


def test_a_graph_is_the_old_or_the_new_one_but_for_the_moment_of_its_move(virtuoso):
    """By Update. Virtuoso 7 shows its readers none or a part of a graph that it is moving."""
    name = "https://w3id.org/ip5kg/graph/data/statistics/world-bank"
    graph, way = NamedNode("urn:test:seen"), targets(virtuoso)["update"]
    new = [Quad(*q.triple, graph) for q in gather(ROOT) if q.graph_name.value == name]
    old = [Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("old"), graph)]
    load(old, way)
    store, seen, done = RemoteStore(virtuoso.query), Counter(), threading.Event()

    def look():
        while not done.is_set():
            [[count]] = store.select(
                f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            ).rows
            seen[int(count.value)] += 1

    looking = threading.Thread(target=look)
    looking.start()
    try:
        fates = [one.fate for _ in range(2) for quads in (new, old) for one in load(quads, way)]
    finally:
        done.set()
        looking.join()
    assert set(fates) == {Fate.REPLACED}
    assert {1, len(new)} <= seen.keys()
    whole = seen[1] + seen[len(new)]
    assert whole > 0.5 * seen.total()
    [[count]] = store.select(
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    ).rows
    assert int(count.value) == len(old)


@pytest.mark.parametrize("way", ["update", "graph-store"])
def test_texts_of_all_kinds_arrive(virtuoso, way):
    texts = [
        '"',
        "\\",
        "a\nb\r\tc",
        "日本特許庁",
        "\U0001f600",
        "{ } ?x $y <urn:a> #",
        "%41 %",
        "'''",
    ]
    graph = NamedNode(f"urn:test:texts:{way}")
    quads = [
        Quad(NamedNode(f"urn:s:{number}"), NamedNode("urn:p"), literal, graph)
        for number, text in enumerate(texts)
        for literal in (Literal(text), Literal(text, language="zh-Hant-TW"))
    ]
    [one] = load(quads, targets(virtuoso)[way])
    assert one.fate is Fate.REPLACED, str(one.difference)


def test_nothing_is_left_beside_the_graphs(virtuoso):
    graphs = sorted({quad.graph_name.value for quad in gather(ROOT)})
    counts = RemoteStore(virtuoso.query).select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    )
    there = {row[0].value for row in counts.rows}
    assert there >= set(graphs)
    assert not there & {staging_graph(graph) for graph in there}
    assert not any(graph.startswith("urn:ip5kg:staging:") for graph in there)


@pytest.mark.parametrize("way", ["--endpoint", "--graph-store"])
def test_a_wrong_password_is_told_and_not_shown(virtuoso, way, monkeypatch, capsys):
    monkeypatch.setenv("WRONG_PASSWORD", "not-the-Password")
    address = virtuoso.update if way == "--endpoint" else virtuoso.graph_store
    given = ["load", way, address, "--user", "dba", "--password-env", "WRONG_PASSWORD"]
    assert main(given) == 2
    captured = capsys.readouterr()
    assert "status 401: it refuses the user “dba” with this password" in captured.err
    assert "not-the-Password" not in captured.out + captured.err


def test_who_asks_is_told_by_digest(virtuoso, monkeypatch, capsys):
    """At /sparql-auth nobody may ask without a name."""
    endpoint = virtuoso.query + "-auth"
    ask = ["sparql", "ASK {}", "--endpoint", endpoint, "--format", "csv"]
    assert main(ask) == 2
    assert "it wants a user and a password" in capsys.readouterr().err
    monkeypatch.setenv("OF_VIRTUOSO", virtuoso.password)
    assert main([*ask, "--user", "dba", "--password-env", "OF_VIRTUOSO"]) == 0
    assert "true" in capsys.readouterr().out


def test_who_may_not_write_is_told(virtuoso):
    """Anybody may ask at /sparql; an update there is refused."""
    before = targets(virtuoso)["graph-store"].read("urn:test:nobody")
    with pytest.raises(ip5kg.errors.EndpointError, match="status [45]"):
        UpdateEndpoint(virtuoso.query, virtuoso.query, Client(timeout=60)).replace(
            "urn:test:nobody", targets(virtuoso)["graph-store"].read("urn:test:texts:update")
        )
    assert before.count == targets(virtuoso)["graph-store"].read("urn:test:nobody").count == 0
