"""Stored queries on a remote endpoint: a real server, and servers that misbehave for real."""

import base64
import contextlib
import hashlib
import http.server
import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

import ip5kg
from ip5kg.cli.main import main
from ip5kg.errors import EndpointError, ParameterError, QuerySyntaxError
from ip5kg.resources import graph_files, graph_iri, shape_files
from ip5kg.sparql.projection import projected_variables
from ip5kg.statistics import count
from ip5kg.store.remote import RemoteStore
from ip5kg.turtle.reader import read
from ip5kg.validation import validate_endpoint, validate_files
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.remote import RemoteGraph, run_remote
from ip5kg.validation.shapes import ShapesGraph

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory, served):
    """An Oxigraph server with the whole graph, a named graph for each file."""
    files = [(path, graph_iri(path, ROOT)) for path in graph_files(ROOT)]
    with served(tmp_path_factory.mktemp("server") / "store", files) as endpoint:
        yield endpoint


def examples(query):
    return {
        parameter.name: parameter.default or parameter.example
        for parameter in query.parameters
        if parameter.required or parameter.default
    }


QUERIES = sorted(path.stem for path in ROOT.glob("queries/*/*.rq"))


@pytest.mark.parametrize("name", QUERIES)
def test_remote_answer_equals_embedded_answer(name, server, kg):
    remote = ip5kg.open(ROOT, endpoint=server)
    given = examples(kg.queries.get(name))
    here, there = kg.query(name, **given), remote.query(name, **given)
    assert here.columns == there.columns
    assert list(here) == list(there)
    assert here.labels == there.labels
    assert kg.cite(here)[1:] == remote.cite(there)[1:]


def test_ask_construct_and_describe_work_remotely(server, kg):
    remote = ip5kg.open(ROOT, endpoint=server)
    ask = "ASK { ?s a <https://w3id.org/ip5kg/ontology#Meeting> }"
    assert remote.sparql(ask) is True
    assert remote.sparql(ask.replace("#Meeting", "#Nothing")) is False
    construct = (
        "CONSTRUCT { ?s a <https://w3id.org/ip5kg/ontology#Meeting> } "
        "WHERE { ?s a <https://w3id.org/ip5kg/ontology#Meeting> }"
    )
    assert set(remote.sparql(construct)) == set(kg.sparql(construct))


def test_an_empty_answer_is_explained_as_here(server, capsys):
    wrong = "SELECT ?m { ?m a ip5:Meeting ; ip5:hostBy ?o } ORDER BY ?m"
    told = []
    for where in ((), ("--endpoint", server)):
        assert main(["sparql", wrong, *where]) == 0
        hint = capsys.readouterr().err
        assert main(["sparql", "--explain", wrong, *where]) == 0
        told.append((hint, capsys.readouterr().out))
    assert told[0] == told[1]
    assert "ip5:hostedBy" in told[0][0]
    assert "ip5:hostedBy" in told[0][1]


def test_an_explanation_of_a_malformed_query_is_refused(server, capsys):
    assert main(["sparql", "--explain", "SELECT ?x WHERE { ?x", "--endpoint", server]) == 2
    assert capsys.readouterr().err.count("error:") == 1


def test_a_malformed_query_is_the_user_s_fault(server):
    remote = ip5kg.open(ROOT, endpoint=server)
    with pytest.raises(QuerySyntaxError):
        remote.sparql("SELECT ?x WHERE { ?x")


class Misbehaving(http.server.BaseHTTPRequestHandler):
    """Answers with what its server was told to send."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        status, media_type, body, length, wait = self.server.answer
        time.sleep(wait)
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(length or len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def misbehaving():
    """Start a server that sends one fixed answer to everything."""
    running = []

    def start(status=200, media_type="text/html", body=b"<html>", length=0, wait=0.0):
        handler = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
        handler.daemon_threads = True
        handler.block_on_close = False
        handler.answer = (status, media_type, body, length, wait)
        thread = threading.Thread(target=handler.serve_forever, daemon=True)
        thread.start()
        running.append((handler, thread))
        return f"http://127.0.0.1:{handler.server_port}/query"

    yield start
    for handler, thread in running:
        handler.shutdown()
        handler.server_close()
        thread.join(5)


JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "text/html"),
        ({"media_type": JSON, "body": b'{"head":{"vars":["x"]},"results":{"bin'}, "not complete"),
        ({"media_type": JSON, "body": b"[]"}, "not complete"),
        ({"media_type": JSON, "body": b'{"head":', "length": 999}, "broke off"),
        ({"status": 500}, "500"),
        ({"status": 401}, "401"),
        ({"status": 404}, "404"),
        ({"status": 503}, "503"),
    ],
    ids=["html", "cut-json", "other-json", "cut-body", "500", "401", "404", "503"],
)
def test_a_misbehaving_endpoint_gets_one_sentence(misbehaving, answer, says):
    with pytest.raises(EndpointError, match=says):
        ip5kg.open(ROOT, endpoint=misbehaving(**answer)).query("meetings")


def test_a_slow_endpoint_is_given_up(misbehaving):
    begin = time.monotonic()
    with pytest.raises(EndpointError, match="within 1 second"):
        ip5kg.open(ROOT, endpoint=misbehaving(wait=5), timeout=1).query("meetings")
    assert time.monotonic() - begin < 4


class Trickling(Misbehaving):
    """Sends byte by byte, each well before a socket would have waited for too long."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with contextlib.suppress(OSError):
            for byte in self.server.answer:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)


HEAD = f"HTTP/1.0 200 OK\r\nContent-Type: {JSON}\r\n".encode()


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"X-A: " + b"a" * 60,
        HEAD + b"\r\n" + b" " * 80,
        b"HTTP/1.0 400 Bad\r\n\r\n" + b"a" * 80,
    ],
    ids=["head", "body", "refusal"],
)
def test_the_limit_is_for_the_whole_answer(answer):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trickling) as trickling:
        trickling.daemon_threads = True
        trickling.block_on_close = False
        trickling.answer = answer
        threading.Thread(target=trickling.serve_forever, daemon=True).start()
        begin = time.monotonic()
        store = RemoteStore(f"http://127.0.0.1:{trickling.server_port}/query", timeout=1)
        with pytest.raises(EndpointError, match="within 1 second"):
            store.run("ASK {}")
        assert time.monotonic() - begin < 3
        trickling.shutdown()


def results(variables, *bindings):
    return json.dumps({"head": {"vars": variables}, "results": {"bindings": bindings}}).encode()


@pytest.mark.parametrize(
    "binding",
    [
        {"type": "weird", "value": 1},
        {"type": "weird", "value": "a"},
        {"type": "literal", "value": 1},
        {"type": "literal", "value": True},
        {"type": "uri", "value": None},
        {"type": "uri", "value": "no IRI"},
        {"type": "uri", "value": ["urn:a"]},
        {"type": ["uri"], "value": "urn:a"},
        {"type": "bnode", "value": "no label"},
        {"type": "literal", "value": "a", "xml:lang": 1},
        {"type": "literal", "value": "a", "datatype": "no IRI"},
        {"type": "triple", "value": {}},
        {"value": "a"},
        {"type": "uri"},
        "urn:a",
        ["urn:a"],
    ],
    ids=str,
)
def test_a_binding_that_is_no_term_is_refused(misbehaving, binding):
    store = RemoteStore(misbehaving(media_type=JSON, body=results(["x"], {"x": binding})))
    with pytest.raises(EndpointError, match="not complete SPARQL results"):
        store.select("SELECT ?x { ?x ?y ?z }")


@pytest.mark.parametrize(
    "binding", [{"type": "typed-literal", "value": "1", "datatype": "urn:d"}, None]
)
def test_what_old_endpoints_write_is_read(misbehaving, binding):
    store = RemoteStore(misbehaving(media_type=JSON, body=results(["x"], {"x": binding})))
    [(term,)] = store.select("SELECT ?x { ?x ?y ?z }").rows
    assert term == (Literal("1", datatype=NamedNode("urn:d")) if binding else None)


@pytest.mark.parametrize("variables", ["x", ["x", "x"], ["x", 1], [["x"]], {"x": 1}, None], ids=str)
def test_variables_that_are_no_list_of_names_are_refused(misbehaving, variables):
    store = RemoteStore(misbehaving(media_type=JSON, body=results(variables)))
    for query in ("SELECT ?x {}", "SELECT * { ?x ?y ?z }"):
        with pytest.raises(EndpointError, match="not complete SPARQL results"):
            store.select(query)


@pytest.mark.parametrize("variables", [[], ["a"], ["x"], ["x", "y", "z"]], ids=str)
def test_other_variables_than_were_asked_for_are_refused(misbehaving, variables):
    endpoint = misbehaving(media_type=JSON, body=results(variables))
    with pytest.raises(EndpointError, match="other variables"):
        RemoteStore(endpoint).select("SELECT ?x (1 AS ?y) { ?x ?p ?z }")
    remote = ip5kg.open(ROOT, endpoint=endpoint)
    for ask in (lambda: remote.query("meetings"), remote.stats, lambda: remote.show("office:jp")):
        with pytest.raises(EndpointError, match="other variables"):
            ask()
    with pytest.raises(EndpointError):
        validate_endpoint(RemoteStore(endpoint), ROOT)


def test_variables_come_in_the_order_of_the_query(misbehaving):
    one, two = ({"type": "literal", "value": value} for value in "12")
    body = results(["y", "x"], {"y": two, "x": one})
    store = RemoteStore(misbehaving(media_type=JSON, body=body))
    assert store.select("SELECT $x ?y {}") == (("x", "y"), [(Literal("1"), Literal("2"))])
    assert store.select("SELECT * {}") == (("y", "x"), [(Literal("2"), Literal("1"))])


@pytest.mark.parametrize("bindings", [(), ({},), ({"n": {"type": "literal", "value": "many"}},)])
def test_a_count_that_is_no_number_is_refused(misbehaving, bindings):
    store = RemoteStore(misbehaving(media_type=JSON, body=results(["n"], *bindings)))
    with pytest.raises(EndpointError, match="no number"):
        len(RemoteGraph(store))
    with pytest.raises(EndpointError, match=r"no number|other variables"):
        count(store)


@pytest.mark.parametrize(
    "body", [b'{"boolean": "false"}', b'{"boolean": 1}', results([], {}), b"1"]
)
def test_an_answer_to_ask_that_is_no_truth_value_is_refused(misbehaving, body):
    store = RemoteStore(misbehaving(media_type=JSON, body=body))
    with pytest.raises(EndpointError, match="not complete SPARQL results"):
        store.run("ASK {}")


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (
            "PREFIX select: <urn:select> # SELECT ?no\nselect distinct ?a $b WHERE { ?c ?d ?e }",
            "a b",
        ),
        ("SELECT (COUNT(?a) AS ?b) (?c + (?d) as ?e) ?f FROM <urn:g> { ?g ?h ?i }", "b e f"),
        ("SELECT ?a { SELECT ?b { ?b ?c ?a } }", "a"),
        ("SELECT (EXISTS { SELECT (1 AS ?x) {} } AS ?a) {}", "a"),
        ("SELECT * { SELECT ?b { ?b ?c ?a } }", ""),
        ("SELECT COUNT(*) { ?a ?b ?c }", ""),
    ],
)
def test_projected_variables(query, variables):
    assert projected_variables(query) == (tuple(variables.split()) or None)


@pytest.mark.parametrize("arguments", [("query", "meetings"), ("validate",)])
def test_the_command_line_reports_half_an_address(arguments, capsys):
    assert main([*arguments, "--endpoint", "http://[::1"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: “http://[::1” is not the address of an endpoint.\n")


def test_an_endpoint_that_is_down_is_named(free_port):
    with pytest.raises(EndpointError, match="127.0.0.1"):
        ip5kg.open(ROOT, endpoint=f"http://127.0.0.1:{free_port}/query").query("meetings")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "file:///etc/passwd",
        "http://",
        "ftp://example.org/",
        "http:// x",
        "http://[::1",
        "http://::1]/sparql",
        "http://[nonsense]/sparql",
        "http://example.org:65536/sparql",
        "http://example.org:port/sparql",
        "http://example.org:0/sparql",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ParameterError, match="not the address"):
        ip5kg.open(ROOT, endpoint=address)


def test_an_ipv6_address_is_one():
    assert RemoteStore("http://[::1]:7878/query")


def test_a_password_in_the_address_is_never_shown(free_port):
    address = f"http://user:secret@127.0.0.1:{free_port}/query"
    with pytest.raises(EndpointError) as caught:
        ip5kg.open(ROOT, endpoint=address).query("meetings")
    assert "secret" not in str(caught.value)


def test_the_command_line_reports_a_dead_endpoint(free_port):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ip5kg",
            "query",
            "meetings",
            "--endpoint",
            f"http://127.0.0.1:{free_port}/query",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


# --- validation at the endpoint


def identity(finding):
    return (finding.rule, finding.component, finding.severity, finding.path, finding.focus)


def test_validation_at_the_endpoint_finds_what_validation_of_the_files_finds(server, kg):
    remote = validate_endpoint(RemoteStore(server), kg.root)
    local = kg.validate()
    assert remote.triples == local.triples
    assert sorted(map(identity, remote.findings), key=str) == sorted(
        map(identity, local.findings), key=str
    )
    assert remote.findings


ABSENT = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetNode ex:absent , ex:a ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path [ sh:zeroOrMorePath ex:next ] ; sh:in ( ex:b ) .
ex:Q a sh:NodeShape ; sh:targetNode ex:absent , ex:a ; sh:sparql ex:R .
ex:R a sh:SPARQLConstraint ; sh:message "Reaches itself." ; sh:select
    "SELECT $this ?value { $this <http://example.org/next>? ?value . FILTER(?value = $this) }" .
"""


def test_paths_of_no_length_lead_from_nodes_that_the_graph_does_not_have(tmp_path, served):
    """They do so in files, by each engine, and at an endpoint, which is told."""
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text("@prefix ex: <http://example.org/> . ex:a ex:next ex:b .")
    shapes.write_text(ABSENT)
    found = {
        engine: sorted(
            map(identity, validate_files([data], [shapes], engine=engine).findings), key=str
        )
        for engine in ("auto", "fast", "reference")
    }
    assert found["auto"] == found["fast"] == found["reference"]
    assert len(found["auto"]) == 4
    with served(tmp_path / "store", [(data, None)]) as endpoint:
        report = validate_endpoint(RemoteStore(endpoint), None, [shapes])
    assert sorted(map(identity, report.findings), key=str) == found["auto"]
    assert "pySHACL evaluated 2 shapes" in report.notes[0]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory, served):
    """A server with all fixtures of the shapes that name no blank node."""
    data = tmp_path_factory.mktemp("faulty") / "data.nt"
    ontology = [path for path in graph_files(ROOT) if path.is_relative_to(ROOT / "ontology")]
    fixtures = sorted((ROOT / "tests" / "shapes").rglob("*.ttl"))
    triples = [
        triple
        for path in [*ontology, *fixtures]
        for triple in read(path)
        if path in ontology or not _is_blank(path)
    ]
    data.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES))
    with served(tmp_path_factory.mktemp("server") / "store", [(data, None)]) as endpoint:
        yield endpoint, triples


def _is_blank(path):
    return any(isinstance(t.subject, BlankNode) for t in read(path))


def test_every_fault_of_the_fixtures_is_found_at_the_endpoint(faulty):
    endpoint, triples = faulty
    shapes = ShapesGraph(triple for path in shape_files(ROOT) for triple in read(path))
    findings, _, _ = run_remote(RemoteStore(endpoint), shapes)
    # The server writes some literals anew; it is judged by what it holds.
    rows = RemoteStore(endpoint).select("SELECT ?s ?p ?o { ?s ?p ?o }").rows
    held = [Triple(*row) for row in rows]
    assert len(held) == len(set(triples))
    local = run_engine("auto", DataGraph({ROOT: held}), shapes).findings
    assert {identity(f) for f in findings} == {identity(f) for f in local}
    assert len({f.rule for f in findings}) > 150


CLOSED = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:S a sh:NodeShape ; sh:targetClass ex:Person ;
  sh:property [ sh:path ex:name ] , [ sh:path ex:born ; sh:datatype xsd:date ] , ex:S-age ;
  sh:closed true ;
  sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) .
ex:S-age a sh:PropertyShape ; sh:path ex:age ; sh:lessThan ex:max .
"""
PEOPLE = """@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:ann a ex:Person ; ex:name "Ann" ; ex:age 3 ; ex:born "2020-02-30"^^xsd:date .
ex:bob a ex:Person ; ex:name "Bob" ; ex:age 300 ; ex:other "a" ; ex:born "2020-02-29"^^xsd:date .
ex:cid a ex:Person ; ex:name "Cid" ; ex:born "2021-02-29"^^xsd:date .
ex:dan a ex:Person ; ex:name "Dan" ; ex:born "2021-04-31"^^xsd:date .
"""


def test_closed_shapes_and_days_are_judged_at_an_endpoint_as_in_files(tmp_path, served):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(CLOSED, encoding="utf-8")
    data.write_text(PEOPLE, encoding="utf-8")
    here = validate_files([data], [shapes]).findings
    with served(tmp_path / "store", [(data, None)]) as endpoint:
        there = validate_endpoint(RemoteStore(endpoint), None, [shapes]).findings
    told = {(str(f.focus), f.path, f.component) for f in here}
    assert {(str(f.focus), f.path, f.component) for f in there} == told
    assert len(there) == len(here) == 4


# --- who asks

ROWS = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": []}}).encode()
SECRET = "pass wörd: of nobody"


class Guarded(http.server.BaseHTTPRequestHandler):
    """Answers those whom its server lets in."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        given = self.headers.get("Authorization", "")
        self.server.seen.append(given)
        let_in = self.server.lets_in(given, self.path)
        self.send_response(200 if let_in else 401)
        if not let_in:
            for challenge in self.server.challenges:
                self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(ROWS)))
        self.end_headers()
        self.wfile.write(ROWS)

    def log_message(self, *_):
        pass


@pytest.fixture
def guarded():
    """Start a server that lets in whom a function lets in."""
    running = []

    def start(lets_in, *challenges):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Guarded)
        server.lets_in, server.challenges, server.seen = lets_in, challenges, []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/query?a=b", server.seen

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join(5)


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def digest(user, password):
    def passes(given, path):
        said = dict(re.findall(r'(\w+)="?([^",]+)', given))
        if not given.startswith("Digest") or said["uri"] != path:
            return False
        one, two = (
            hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
            for text in (f"{user}:here:{password}", f"POST:{path}")
        )
        proof = f"{one}:{said['nonce']}:{said['nc']}:{said['cnonce']}:auth:{two}"
        return said["response"] == hashlib.md5(proof.encode(), usedforsecurity=False).hexdigest()

    return passes


def test_basic_is_sent_only_when_it_is_asked_for(guarded):
    right = basic("dba", SECRET)
    endpoint, seen = guarded(lambda given, _: given == right, 'Basic realm="here"')
    kg = ip5kg.open(ROOT, endpoint=endpoint, credentials=("dba", SECRET))
    for _ in range(2):
        assert not kg.sparql("SELECT ?x { ?x ?x ?x }")
    assert seen == ["", right, right]
    open_to_all, seen = guarded(lambda *_: True)
    ip5kg.open(ROOT, endpoint=open_to_all, credentials=("dba", SECRET)).sparql("SELECT ?x {}")
    assert seen == [""]


def test_digest_is_preferred(guarded):
    challenges = ('Basic realm="here"', 'Digest realm="here", nonce="n", qop="auth"')
    endpoint, seen = guarded(digest("dba", SECRET), *challenges)
    store = RemoteStore(endpoint, credentials=("dba", SECRET))
    for _ in range(2):
        assert store.select("SELECT ?x { ?x ?x ?x }").rows == []
    assert [given.partition(" ")[0] for given in seen] == ["", "Digest", "Digest"]
    assert "nc=00000002" in seen[-1]


@pytest.mark.parametrize("command", ["query", "sparql", "show", "search", "stats", "validate"])
def test_who_is_refused_is_told_and_no_password_is_shown(guarded, command, monkeypatch, capsys):
    endpoint, seen = guarded(lambda *_: False, 'Digest realm="here", nonce="n", qop="auth"')
    monkeypatch.setenv("WRONG", SECRET)
    words = {
        "query": ["query", "offices"],
        "sparql": ["sparql", "ASK {}"],
        "show": ["show", "jp"],
        "search": ["search", "Tokyo"],
    }.get(command, [command])
    assert main([*words, "--endpoint", endpoint]) == 2
    assert "it wants a user and a password" in capsys.readouterr().err
    assert main([*words, "--endpoint", endpoint, "--user", "dba", "--password-env", "WRONG"]) == 2
    captured = capsys.readouterr()
    assert "refuses the user “dba” with this password" in captured.err
    assert SECRET not in captured.out + captured.err
    assert len(seen) == 3
    assert main([*words, "--endpoint", endpoint, "--user", "dba"]) == 2
    assert "belong together" in capsys.readouterr().err
    assert main([*words, "--endpoint", endpoint, "--user", "a", "--password-env", "NONE"]) == 2
    assert "not set, or empty" in capsys.readouterr().err
    assert len(seen) == 3


def test_an_unknown_kind_of_authentication_is_told(guarded):
    for challenges in ((), ("Negotiate",), ('Digest realm="x", algorithm=SHA-512-256, nonce="n"',)):
        endpoint, seen = guarded(lambda *_: False, *challenges)
        with pytest.raises(EndpointError, match="neither Basic nor Digest"):
            RemoteStore(endpoint, credentials=("dba", SECRET)).select("SELECT ?x {}")
        assert seen == [""]
