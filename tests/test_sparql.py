"""SPARQL that users bring: what of it is run, and what is said where it is not."""

import http.server
import threading

import pytest

from ip5kg.errors import QueryRefused, QuerySyntaxError
from ip5kg.names import GRAPH
from ip5kg.store import EmbeddedStore

# --- the dataset: FROM and FROM NAMED


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Three graphs with a triple each, and one without any."""
    folder = tmp_path_factory.mktemp("graphs")
    for name in "abc":
        (folder / name).write_text(f"<urn:{name}> <urn:p> 1 .", encoding="utf-8")
    (folder / "empty").write_text("", encoding="utf-8")
    return EmbeddedStore((folder / name, GRAPH + name) for name in ("a", "b", "c", "empty"))


ANYTHING = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def seen(store, clauses, prologue=""):
    """What the default graph and the named graphs of a query hold."""
    rows = store.select(f"{prologue} SELECT ?g ?s {clauses} {ANYTHING} ORDER BY ?g ?s").rows
    by_graph = {"default": "", "named": ""}
    for graph, subject in rows:
        by_graph["named" if graph else "default"] += subject.value.removeprefix("urn:")
    return by_graph["default"], by_graph["named"]


@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("", "abc", "abc"),
        (f"FROM <{GRAPH}a>", "a", ""),
        (f"FROM <{GRAPH}a> FROM <{GRAPH}c> WHERE", "ac", ""),
        (f"FROM NAMED <{GRAPH}b>", "", "b"),
        (f"from <{GRAPH}a> From Named <{GRAPH}b> FROM NAMED <{GRAPH}c>", "a", "bc"),
        (f"FROM # NAMED <{GRAPH}c>\n <{GRAPH}a>", "a", ""),
        (f"FROM<{GRAPH}a>FROM NAMED<{GRAPH}b>", "a", "b"),
        (f"FROM <{GRAPH}empty>", "", ""),
    ],
)
def test_dataset_clauses_are_honoured(store, clauses, default, named):
    assert seen(store, clauses) == (default, named)


def test_dataset_clauses_may_use_the_prologue(store):
    assert seen(store, "FROM g:a", f"PREFIX g: <{GRAPH}>") == ("a", "")
    assert seen(store, "FROM NAMED :b", f"PREFIX : <{GRAPH}>") == ("", "b")
    assert seen(store, "FROM <c>", f"BASE <{GRAPH}>") == ("c", "")


def test_dataset_clauses_of_every_form(store):
    graph = f"FROM <{GRAPH}a>"
    assert store.run(f"ASK {graph} {{ <urn:a> ?p ?o }}") is True
    assert store.run(f"ASK {graph} {{ <urn:b> ?p ?o }}") is False
    assert len(store.run(f"CONSTRUCT {{ ?s ?p ?o }} {graph} WHERE {{ ?s ?p ?o }}")) == 1
    assert len(store.run(f"DESCRIBE <urn:a> {graph}")) == 1
    assert len(store.run(f"DESCRIBE <urn:b> {graph}")) == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?from { ?s ?p ?from . BIND('FROM <urn:no>' AS ?x) } # FROM <urn:no>",
        "PREFIX from: <urn:> SELECT * { ?s from:p ?o . FILTER(?s != <urn:FROM>) }",
    ],
)
def test_from_as_a_part_of_something_else_is_none(store, query):
    assert len(store.run(query).rows) == 3


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * FROM <{GRAPH}d> {{ ?s ?p ?o }}",
        f"ASK FROM <{GRAPH}a> FROM NAMED <{GRAPH}d> {{ ?s ?p ?o }}",
        f"PREFIX g: <{GRAPH}> DESCRIBE <urn:a> FROM g:d",
        f"BASE <{GRAPH}> CONSTRUCT {{ ?s ?p ?o }} FROM <d> WHERE {{ ?s ?p ?o }}",
    ],
)
def test_a_graph_that_is_not_there_is_named(store, query):
    with pytest.raises(QueryRefused) as caught:
        store.run(query)
    assert caught.value.message == f"The dataset has no graph <{GRAPH}d> to query FROM."
    assert f"<{GRAPH}a>" in caught.value.hint


def test_graphs_can_be_listed_where_none_comes_near(store):
    with pytest.raises(QueryRefused) as caught:
        store.run("ASK FROM <tag:x> {}")
    query = caught.value.hint.removeprefix("List them by ").removesuffix(".")
    assert {graph.value for (graph,) in store.select(query).rows} >= {
        GRAPH + name for name in "abc"
    }


@pytest.mark.parametrize("query", ["SELECT * FROM {}", "ASK FROM <no> {}", "ASK FROM x:y {}"])
def test_a_wrong_dataset_clause_is_a_fault_of_syntax(store, query):
    with pytest.raises(QuerySyntaxError):
        store.run(query)


def test_the_files_of_the_graph_are_its_graphs(kg):
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s a ip5:Person }}"
    [everywhere] = kg.sparql(count.format(""))
    [there] = kg.sparql(count.format(f"FROM <{GRAPH}data/persons>"))
    [elsewhere] = kg.sparql(count.format(f"FROM <{GRAPH}data/places>"))
    assert everywhere.n == there.n > elsewhere.n == 0


# --- other endpoints: SERVICE


@pytest.fixture
def elsewhere():
    """An endpoint that counts how often it is asked: (its address, the askings)."""
    asked = []

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            self.send_error(500)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE<{}>{{}} }}",
        "SELECT * {{ SERVICE # what?\n <{}> {{}} }}",
        "SELECT * {{ ?s ?p 1 OPTIONAL {{ {{ SERVICE <{}> {{ ?s ?p ?o }} }} UNION {{}} }} }}",
        "ASK {{ FILTER NOT EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ {{ SELECT ?s {{ SERVICE <{}> {{ ?s ?p ?o }} }} }} }}",
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
        "DESCRIBE ?s {{ VALUES ?e {{ <{}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
        "PREFIX e: <{}> ASK {{ SERVICE e:x {{}} }}",
        "PREFIX : <{}> ASK {{ SERVICE:x {{}} }}",
        "PREFIX : <{}> ASK {{ SERVICESILENT:x {{}} }}",
        "ASK {{ ?s ?p trueSERVICE<{}> {{}} }}",
    ],
)
def test_no_other_endpoint_is_asked(store, elsewhere, query):
    address, asked = elsewhere
    with pytest.raises(QueryRefused) as caught:
        store.run(query.format(address))
    assert caught.value.message == (
        "The query asks another endpoint by SERVICE, which is not done here."
    )
    assert caught.value.hint
    assert asked == []


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service <urn:p> ?o, $SERVICE }",
        "ASK { ?s ?p ?o FILTER(STR(?s) != 'SERVICE <urn:x> {}') } # SERVICE <urn:x> {}",
        'ASK { ?s ?p ?o FILTER(?s != <urn:SERVICE>) FILTER(STR(?o) != """ SERVICE """) }',
        "PREFIX service: <urn:> ASK { ?s service:p ?o . FILTER(?s != service:SERVICE) }",
        "PREFIX service: <urn:> ASK { ?s ?p ?o OPTIONAL { GRAPH service:SERVICE { ?s ?p ?o } } }",
        "PREFIX : <urn:> ASK { ?s :p ?o OPTIONAL { ?s :SERVICE ?t } }",
        "ASK { ?s ?p ?o BIND(STRLANG('x', 'en') = 'x'@en-service AS ?t) }",
    ],
)
def test_service_as_a_part_of_something_else_is_none(store, query):
    assert store.run(query) is True


# --- faults


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?a ?b ?a { ?a ?p ?b }", "SELECT names ?a twice, in line 1"),
        ("SELECT ?a\n$a { ?a ?p ?b }", "SELECT names ?a twice, in line 2"),
        ("SELECT ?a (1 AS ?a) { ?a ?p ?b }", "SELECT names ?a twice, in line 1"),
        ("SELECT (1 AS ?a)\n(2 # ?b\nAS ?a) {}", "SELECT names ?a twice, in line 3"),
        ("SELECT ?x {\n{ SELECT ?a ?a { ?a ?p ?b } } }", "SELECT names ?a twice, in line 2"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * does not go with GROUP BY"),
        ("SELECT ?p (COUNT(?o) AS ?n) { ?s ?p ?o }", "that GROUP BY has not"),
        ("SELECT (1 AS ?s) { ?s ?p ?o }", "the name of a variable that its pattern has"),
        ("SELECT * {\n?s ?p x:y }", "prefix that it does not declare, in line 2 before “}”"),
        ("ASK { ?s ?p ?o", "in line 1 at its end"),
    ],
)
def test_a_fault_is_told_in_a_sentence(store, query, says):
    with pytest.raises(QuerySyntaxError) as caught:
        store.run(query)
    assert says in caught.value.message


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a (COUNT(?b) AS ?n) (SUM(?b) AS ?m) { ?a ?p ?b } GROUP BY ?a ORDER BY ?a ?a",
        "SELECT ?s FROM <urn:x> { ?s ?s ?s }",
        "SELECT ?s { { SELECT ?s { ?s ?p ?o } } { SELECT ?s { ?s ?p ?o } } }",
    ],
)
def test_a_variable_that_is_not_projected_twice_is_not_said_to_be(store, query):
    with pytest.raises((QuerySyntaxError, QueryRefused)) as caught:
        store.run(f"{query} nonsense")
    assert "twice" not in caught.value.message


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x07", "\\u0007"),
        ("\x1b[31m", "\\u001B[31m"),
        ("\x85", "\\u0085"),
        ("\u2028", "\\u2028"),
        ("\u202e", "\\u202E"),
        ("\U000e0001", "\\U000E0001"),
        ("é😀", "é😀"),
    ],
)
def test_what_cannot_be_seen_is_shown_escaped(store, character, shown):
    with pytest.raises(QuerySyntaxError) as caught:
        store.run(f"# one\nASK {{ ?s ?p x:y {character} }}")
    assert f"in line 2 before “{shown} }}”" in caught.value.message


def test_half_a_character_is_named(store):
    with pytest.raises(QuerySyntaxError, match="holds U\\+DC80"):
        store.run("ASK { ?s ?p '\udc80' }")
