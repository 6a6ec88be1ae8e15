"""``ip5kg load``: a real Oxigraph server, a proxy that fails on purpose, and hostile servers."""

import contextlib
import http.client
import http.server
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from hashlib import md5, sha256
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ip5kg.cli.main import main
from ip5kg.errors import EndpointError, ParameterError
from ip5kg.publishing.export import gather
from ip5kg.publishing.loading import (
    Content,
    Fate,
    GraphStore,
    UpdateEndpoint,
    default_query_endpoint,
    load,
    staging_graph,
)
from ip5kg.publishing.loading.chunks import chunks
from ip5kg.store.http import Client, Credentials
from ip5kg.store.http.credentials import choose

ROOT = Path(__file__).resolve().parents[1]
XSD = "http://www.w3.org/2001/XMLSchema#"
SECRET = "pass:wörd-of-nobody"
WAYS = ("update", "graph-store")
both_ways = pytest.mark.parametrize("way", WAYS)


def node(name):
    return NamedNode(f"urn:{name}")


def typed(value, kind):
    return Literal(value, datatype=NamedNode(XSD + kind))


# --- a real server


@pytest.fixture(scope="module")
def running(tmp_path_factory, oxigraph):
    with oxigraph("serve", "-l", tmp_path_factory.mktemp("oxigraph") / "store") as base:
        yield base


@pytest.fixture
def server(running):
    """The server, empty."""
    Client(timeout=20).send("DELETE", f"{running}/store?default")
    change(running, "DROP ALL")
    return running


def change(base, update):
    Client(timeout=20).send(
        "POST", f"{base}/update", update.encode(), {"Content-Type": "application/sparql-update"}
    )


def dump(base):
    """All that a server holds."""
    body = Client(timeout=20).send(
        "GET", f"{base}/store", headers={"Accept": "application/n-quads"}
    )
    return list(parse(body.body, format=RdfFormat.N_QUADS))


def target(base, way, **settings):
    client = Client(**({"timeout": 20, "sleep": lambda _: None} | settings))
    if way == "update":
        return UpdateEndpoint(f"{base}/update", f"{base}/query", client)
    return GraphStore(f"{base}/store", client)


def options(base, way):
    return (
        ["--endpoint", f"{base}/update"] if way == "update" else ["--graph-store", f"{base}/store"]
    )


def by_graph(quads):
    found = {}
    for quad in quads:
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {graph: Content(triples) for graph, triples in found.items()}


def same(one, other):
    one, other = by_graph(one), by_graph(other)
    return one.keys() == other.keys() and all(
        one[graph].difference(other[graph]) is None for graph in one
    )


@pytest.fixture(scope="module")
def everything():
    return gather(ROOT, ["alignments", "shapes"])


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A root of one file, for what is told before much is read."""
    root = tmp_path_factory.mktemp("tiny")
    for name in ("ontology", "data", "queries"):
        (root / name).mkdir()
    shutil.copy(ROOT / "ontology" / "ip5.ttl", root / "ontology")
    return ["--root", str(root)]


@pytest.fixture(scope="module")
def few(everything):
    """Eight graphs, some with blank nodes."""
    graphs = sorted({quad.graph_name.value for quad in everything})
    blank = [g for g in graphs if "/shapes/" in g][:3]
    chosen = {*blank, *[g for g in graphs if "/vocabularies/" in g][:5]}
    quads = [quad for quad in everything if quad.graph_name.value in chosen]
    assert any(isinstance(quad.object, BlankNode) for quad in quads)
    return quads


@both_ways
def test_the_whole_graph_arrives_and_a_second_run_does_nothing(server, way, everything, capsys):
    change(server, "INSERT DATA { GRAPH <urn:other> { <urn:s> <urn:p> 1 } }")
    arguments = ["load", *options(server, way), "--with", "shapes", "--with", "alignments"]
    assert main([*arguments, "--dry-run"]) == 0
    graphs = len({quad.graph_name for quad in everything})
    assert f"{graphs} to be replaced." in capsys.readouterr().out
    assert len(dump(server)) == 1
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert f"triples: {graphs} replaced.\n" in said.out
    assert said.err == ""
    other = Quad(node("s"), node("p"), typed("1", "integer"), node("other"))
    assert same(dump(server), [*everything, other])
    assert main(arguments) == 0
    again = capsys.readouterr().out.splitlines()
    assert len(again) == 2
    assert again[0].endswith(f"{graphs} there already.")
    assert again[1] == said.out.splitlines()[-1]


@both_ways
@pytest.mark.parametrize(
    "meddling",
    [
        "DELETE WHERE { GRAPH <G> { ?s a ?o } }",
        "INSERT DATA { GRAPH <G> { <urn:s> <urn:p> 1 } }",
        "DROP GRAPH <G>",
        # As many triples as before.
        (
            "DELETE { GRAPH <G> { ?s a ?o } } INSERT { GRAPH <G> { ?s a <urn:x> } } "
            "WHERE { { SELECT ?s ?o { GRAPH <G> { ?s a ?o } } LIMIT 1 } }"
        ),
    ],
    ids=["less", "more", "gone", "other"],
)
def test_what_is_another_is_replaced_and_nothing_else(server, way, few, meddling):
    load(few, target(server, "graph-store"))
    graph = max({quad.graph_name.value for quad in few})
    change(server, meddling.replace("<G>", f"<{graph}>"))
    assert not same(dump(server), few)
    before = len(dump(server))
    dry = load(few, target(server, way), dry=True)
    assert {one.graph for one in dry if one.fate is Fate.MISSING} == {graph}
    assert len(dump(server)) == before
    done = load(few, target(server, way))
    assert {one.graph for one in done if one.fate is Fate.REPLACED} == {graph}
    assert same(dump(server), few)


@both_ways
def test_values_count_and_not_how_they_are_written(server, way):
    values = [
        typed("1.50", "decimal"),
        typed("007", "integer"),
        typed("7", "integer"),
        typed("1", "boolean"),
        typed("2021-06-23T00:00:00+00:00", "dateTime"),
        Literal("x", language="EN-us"),
        Literal('\\ " \n \r \t { } # ?x $y 日本 \U0001f600 %41'),
    ]
    quads = [Quad(node("s"), node("p"), value, node("g")) for value in values]
    [one] = load(quads, target(server, way))
    assert one.fate is Fate.REPLACED, str(one.difference)
    assert one.triples == 6
    [again] = load(quads, target(server, way))
    assert again.fate is Fate.THERE


@both_ways
def test_an_iri_of_any_script_can_name_a_graph(server, way):
    quads = [Quad(node("s"), node("p"), node("o"), NamedNode("http://e/日本?a=b&c=%20#d+e"))]
    assert load(quads, target(server, way))[0].fate is Fate.REPLACED
    assert dump(server) == quads


# --- a proxy that fails on purpose


class Handler(http.server.BaseHTTPRequestHandler):
    """Handles all methods alike, by ``handle_any``."""

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.handle_any
        raise AttributeError(name)

    def log_message(self, *_):
        pass


class Proxy(Handler):
    """Hands requests on, unless its server was told what else to do with them."""

    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, body))
        act = self.server.decide(self.command, self.path, body)
        if act == "drop":
            self.close_connection = True
            return
        if isinstance(act, int):
            self.send_response(act)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        behind = http.client.HTTPConnection(self.server.behind, timeout=20)
        headers = {k: v for k, v in self.headers.items() if k in ("Accept", "Content-Type")}
        behind.request(self.command, self.path, body, headers)
        answer = behind.getresponse()
        data = answer.read()
        behind.close()
        if act == "drop-answer":
            self.close_connection = True
            return
        data = data[: len(data) // 2] if act == "half" else data
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextlib.contextmanager
def serving(handler, **attributes):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    for name, value in attributes.items():
        setattr(server, name, value)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.daemon = True
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextlib.contextmanager
def proxy(base, decide):
    behind = base.removeprefix("http://")
    with serving(Proxy, behind=behind, decide=decide, seen=[]) as (address, server):
        yield address, server.seen


def writes(method, path, _body=b""):
    return method in ("PUT", "DELETE") or path.startswith("/update")


class After:
    """Does something with all that is written, once so much has been written."""

    def __init__(self, count, act):
        self.count, self.act = count, act

    def __call__(self, method, path, body):
        if writes(method, path, body):
            self.count -= 1
            return self.act if self.count < 0 else None
        return None


@both_ways
@pytest.mark.parametrize("act", ["drop", "drop-answer", 500, 503])
@pytest.mark.parametrize("count", [0, 1, 5, 8])
def test_a_run_that_breaks_off_leaves_whole_graphs_and_is_resumed(server, way, act, count, few):
    wanted = by_graph(few)
    with proxy(server, After(count, act)) as (address, _):
        try:
            load(few, target(address, way, retries=1))
        except EndpointError:
            pass
        else:
            # All had been written before, or was written although no answer came.
            assert way == "graph-store"
            assert count == 8
    there = by_graph(dump(server))
    # Whether a server that answers nothing could remove it is its own affair.
    left = {graph for graph in there if graph.startswith("urn:ip5kg:staging:")}
    assert len(left) <= 1
    for graph in there.keys() - left:
        assert wanted[graph].difference(there[graph]) is None
    done = load(few, target(server, way))
    assert sum(one.fate is Fate.THERE for one in done) == len(there.keys() - left)
    assert same(dump(server), few)


def test_the_staging_graph_is_removed_upon_failure(server, few):
    def decide(_method, _path, body):
        return 500 if body.startswith(b"MOVE") else None

    with proxy(server, decide) as (address, _), pytest.raises(EndpointError, match="status 500"):
        load(few, target(address, "update"))
    assert dump(server) == []


def test_a_move_whose_answer_is_lost_is_not_sent_again(server, few):
    def decide(_method, _path, body):
        return "drop-answer" if body.startswith(b"MOVE") else None

    with proxy(server, decide) as (address, seen):
        done = load(few, target(address, "update"))
    assert {one.fate for one in done} == {Fate.REPLACED}
    moves = [body for _, _, body in seen if body.startswith(b"MOVE")]
    assert len(moves) == len(set(moves)) == len(done)
    assert same(dump(server), few)


def test_requests_are_small_and_half_a_graph_is_never_seen(server, everything):
    name = "https://w3id.org/ip5kg/graph/data/statistics/world-bank"
    quads = [quad for quad in everything if quad.graph_name.value == name]
    change(server, f"INSERT DATA {{ GRAPH <{name}> {{ <urn:old> <urn:p> 1 }} }}")
    counts = set()

    def decide(_method, path, _body):
        if path.startswith("/update"):
            counts.add(target(server, "graph-store").read(name).count)

    with proxy(server, decide) as (address, seen):
        load(quads, target(address, "update"))
    counts.add(target(server, "graph-store").read(name).count)
    assert counts == {1, len(quads)}
    sizes = [len(body) for _, path, body in seen if path == "/update"]
    assert max(sizes) < 300_000
    assert len(sizes) >= 4


@both_ways
def test_a_store_that_loses_triples_is_told(server, way, few):
    """The graph is left as it was where there is a staging graph to see it in."""
    graph = min({quad.graph_name.value for quad in few})
    quads = [quad for quad in few if quad.graph_name.value == graph]
    ground = [q.triple for q in quads if not isinstance(q.subject, BlankNode)]
    ground = [t for t in ground if not isinstance(t.object, BlankNode)]
    lost = f"{ground[0]} .".encode()

    class Losing(Proxy):
        def handle_any(self):
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if writes(self.command, self.path):
                raw = raw.replace(lost, b"")
            behind = http.client.HTTPConnection(self.server.behind, timeout=20)
            headers = {k: v for k, v in self.headers.items() if k in ("Accept", "Content-Type")}
            behind.request(self.command, self.path, raw, headers)
            answer = behind.getresponse()
            data = answer.read()
            behind.close()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with serving(Losing, behind=server.removeprefix("http://")) as (address, _):
        [one] = load(quads, target(address, way))
    assert one.fate is (Fate.LEFT if way == "update" else Fate.DIFFERENT)
    assert one.difference.missing == (str(ground[0]),)
    assert f"missing: {ground[0]}" in str(one.difference)
    assert bool(dump(server)) is (way == "graph-store")


def test_differences_give_status_1(tiny, capsys):
    """A server that takes all and keeps nothing."""

    class Forgetful(Hostile):
        def handle_any(self):
            if self.command == "GET":
                self.reply(200, b"<urn:s> <urn:p> <urn:o> .\n", "application/n-triples")
            else:
                self.reply(204)

    with serving(Forgetful) as (address, _):
        assert main(["load", "--graph-store", address, *tiny]) == 1
    said = capsys.readouterr()
    assert "was replaced, and differs" in said.out
    assert "  not sent: <urn:s> <urn:p> <urn:o>" in said.out.replace("    ", "  ")
    assert "… and " in said.out
    assert said.err == ""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_is_resumed(server, how, tmp_path):
    """On the ontology and its vocabularies, a graph for each file."""
    for name in ("data", "queries"):
        (tmp_path / name).mkdir()
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    quads = gather(tmp_path)
    slow = threading.Event()

    def decide(_method, path, body):
        if path == "/update" and body.startswith(b"MOVE") and not slow.is_set():
            decide.moves += 1
            if decide.moves > 4:
                slow.set()
                time.sleep(3)

    decide.moves = 0
    with proxy(server, decide) as (address, _):
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "ip5kg",
                "load",
                *options(address, "update"),
                "--root",
                tmp_path,
            ],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert slow.wait(60)
        process.send_signal(how)
        out, err = process.communicate(timeout=30)
    assert process.returncode == (130 if how is signal.SIGINT else -how)
    assert out == b""
    assert b"Traceback" not in err
    time.sleep(3.2 if how is signal.SIGKILL else 0)
    graphs = {quad.graph_name.value for quad in dump(server)}
    assert 4 <= len(graphs) <= 6
    done = load(quads, target(server, "update"))
    assert sum(one.fate is Fate.THERE for one in done) >= 4
    assert same(dump(server), quads)


# --- hostile servers


class Hostile(Handler):
    """Answers one thing to everything; ``server.answer`` makes it."""

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        self.server.answer(self)

    def reply(self, status, body=b"", media_type="text/plain", **headers):
        with contextlib.suppress(OSError):
            self.send_response(status)
            if media_type:
                self.send_header("Content-Type", media_type)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def raw(self, data):
        with contextlib.suppress(OSError):
            self.wfile.write(data)

    def trickle(self, data):
        with contextlib.suppress(OSError):
            for byte in data:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)


@contextlib.contextmanager
def hostile(answer):
    with serving(Hostile, answer=answer, seen=[]) as (address, server):
        yield address, server.seen


ONE = [Quad(node("s"), node("p"), node("o"), node("g"))]
HTML = b"<!DOCTYPE html><html><body>Welcome</body></html>"
NT = "application/n-triples"
ANSWERS = {
    "html": (lambda s: s.reply(200, HTML, "text/html"), "text/html instead of"),
    "no-type": (lambda s: s.reply(200, b"x", ""), "no media type instead of"),
    "400": (lambda s: s.reply(400, b"no such thing\nline 2"), r"status 400 \(no such thing\)\.$"),
    "401": (lambda s: s.reply(401, WWW_Authenticate='Basic realm="x"'), "wants a user and a"),
    "403": (lambda s: s.reply(403), "status 403"),
    "413": (lambda s: s.reply(413), "status 413"),
    "500": (lambda s: s.reply(500, HTML, "text/html"), r"status 500\.$"),
    "502": (lambda s: s.reply(502), "status 502 3 times"),
    "503": (lambda s: s.reply(503), "status 503 3 times"),
    "302": (lambda s: s.reply(302, Location="http://elsewhere.example/"), "redirects to elsewhere"),
    "loop": (lambda s: s.reply(307, Location=s.path), "redirects to"),
    "cut": (lambda s: s.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<urn:s>"), "broke off"),
    "cut-chunk": (
        lambda s: s.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\n<urn:s>"),
        "broke off",
    ),
    "cut-line": (
        lambda s: s.raw(b"HTTP/1.0 200 OK\r\nContent-Type: %s\r\n\r\n<urn:s> <ur" % NT.encode()),
        "well-formed|instead of JSON",
    ),
    "no-http": (lambda s: s.raw(b"220 smtp.example ESMTP\r\n"), "not HTTP"),
    "nothing": (lambda _: None, "broke off"),
    "trickle": (lambda s: s.trickle(b"HTTP/1.0 200 OK\r\nX-A: " + b"a" * 60), "within 1 second"),
    "slow": (lambda _: time.sleep(4), "within 1 second"),
    "deep-json": (
        lambda s: s.reply(200, b"[" * 100_000, "application/sparql-results+json"),
        "no number|instead of RDF",
    ),
}


@both_ways
@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_server_gets_one_sentence(name, way):
    answer, says = ANSWERS[name]
    begin = time.monotonic()
    with hostile(answer) as (address, _), pytest.raises(EndpointError, match=says) as caught:
        load(ONE, target(address, way, timeout=1, retries=2))
    assert time.monotonic() - begin < 6
    assert caught.value.hint
    assert str(caught.value).count("\n") == 0
    assert "127.0.0.1" in str(caught.value)


@both_ways
def test_a_store_that_refuses_what_is_written_is_told(way):
    """Reading goes well; writing does not."""

    def answer(server):
        if server.command == "GET":
            server.reply(404)
        elif server.path == "/query":
            body = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"value":"0"}}]}}'
            server.reply(200, body, "application/sparql-results+json")
        else:
            server.reply(403, b"read only")

    with hostile(answer) as (address, _), pytest.raises(EndpointError) as caught:
        load(ONE, target(address, way))
    assert "status 403 (read only)" in str(caught.value)
    assert "may write" in caught.value.hint


def test_an_endpoint_that_takes_updates_and_does_nothing_is_told():
    def answer(server):
        if server.path == "/query":
            body = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"value":"0"}}]}}'
            server.reply(200, body, "application/sparql-results+json")
        else:
            server.reply(200, HTML, "text/html")

    with hostile(answer) as (address, seen), pytest.raises(EndpointError, match="counts 0"):
        load(ONE, target(address, "update"))
    assert not any(body.startswith(b"MOVE") for _, _, _, body in seen)


def test_nobody_there_is_tried_again_and_told():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    waits = []
    with pytest.raises(EndpointError, match="connection refused, 4 times"):
        load(ONE, target(address, "update", sleep=waits.append, retries=3))
    assert waits == [0.5, 1, 2]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_when_to_come_back(status):
    waits, times = [], iter(range(9))

    def answer(server):
        if next(times) == 0:
            server.reply(status, Retry_After="7")
        else:
            server.reply(200, b"<urn:s> <urn:p> <urn:o> .\n", NT)

    with hostile(answer) as (address, seen):
        [one] = load(ONE, target(address, "graph-store", sleep=waits.append))
    assert one.fate is Fate.THERE
    assert waits == [7]
    assert len(seen) == 2


@pytest.mark.parametrize("after", ["86400", "Fri, 31 Dec 2100 23:59:59 GMT", "9" * 400])
def test_a_server_that_would_have_us_wait_too_long_is_told(after):
    waits = []
    with (
        hostile(lambda s: s.reply(503, Retry_After=after)) as (address, _),
        pytest.raises(EndpointError) as caught,
    ):
        load(ONE, target(address, "graph-store", sleep=waits.append))
    assert waits == []
    assert "come back in" in caught.value.hint


@pytest.mark.parametrize("after", ["", "soon", "-5", "²", "Mon, 99 Foo", "1e9"])
def test_a_retry_after_that_is_none_is_ignored(after):
    waits = []
    with (
        hostile(lambda s: s.reply(503, Retry_After=after)) as (address, _),
        pytest.raises(EndpointError, match="503 2 times"),
    ):
        load(ONE, target(address, "graph-store", sleep=waits.append, retries=1))
    assert waits == [0.5]


def test_redirects_stay_within_the_origin():
    def answer(server):
        if server.path.startswith("/store"):
            server.reply(307, Location="/moved?graph=x")
        else:
            server.reply(200, b"<urn:s> <urn:p> <urn:o> .\n", NT)

    with hostile(answer) as (address, _):
        assert load(ONE, target(address, "graph-store"))[0].fate is Fate.THERE


def test_credentials_do_not_follow_a_redirect_elsewhere():
    def here(server):
        if "Authorization" in server.headers:
            server.reply(307, Location=f"{there}/store")
        else:
            server.reply(401, WWW_Authenticate='Basic realm="x"')

    client = Client(Credentials("u", SECRET), timeout=5)
    with (
        hostile(lambda s: s.reply(200, b"", NT)) as (there, seen),
        hostile(here) as (address, _),
        pytest.raises(EndpointError, match="redirects to 127.0.0.1"),
    ):
        load(ONE, GraphStore(f"{address}/store", client))
    assert seen == []


# --- who may write


class Guarded(Hostile):
    """Lets in by Digest as RFC 7616 has it, checked anew here, or by Basic."""

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        given = self.headers.get("Authorization", "")
        self.server.seen.append((self.command, given))
        if self.server.passes(self.command, self.path, given):
            if self.command == "GET":
                self.reply(200 if self.server.kept else 404, self.server.kept, NT)
            else:
                self.server.kept = body
                self.reply(204)
        else:
            self.reply(401, WWW_Authenticate=self.server.challenge())


def digest_passes(hashed, nonces, method, path, given):
    if not given.startswith("Digest "):
        return False
    said = dict(re.findall(r'(\w+)=(?:"|)((?<=").*?(?<!\\)(?=")|[^",]+)', given))
    if said["nonce"] not in nonces or said["uri"] != path:
        return False
    nonces[said["nonce"]] -= 1
    if not nonces[said["nonce"]]:
        del nonces[said["nonce"]]
    ha1 = hashed(f'üs"er:the realm:{SECRET}')
    ha2 = hashed(f"{method}:{path}")
    middle = f"{said['nonce']}:{said['nc']}:{said['cnonce']}:auth"
    return said["response"] == hashed(f"{ha1}:{middle}:{ha2}")


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_digest_with_nonces_that_grow_old(algorithm):
    kind = {"MD5": md5, "SHA-256": sha256}[algorithm]
    nonces, number = {}, iter(range(99))

    def hashed(text):
        return kind(text.encode()).hexdigest()

    def challenge():
        nonce = f"nonce{next(number)}"
        nonces[nonce] = 2
        return (
            f'Basic realm="the realm", Digest realm="the realm", nonce="{nonce}", '
            f'qop="auth,auth-int", algorithm={algorithm}, opaque="a, Basic b"'
        )

    def passes(method, path, given):
        return digest_passes(hashed, nonces, method, path, given)

    quads = [Quad(node("s"), node("p"), node("o"), node(f"g{n}")) for n in range(4)]
    with serving(Guarded, passes=passes, challenge=challenge, kept=b"", seen=[]) as (address, s):
        store = GraphStore(f"{address}/store", Client(Credentials('üs"er', SECRET), timeout=5))
        done = load(quads, store)
        # It keeps one graph only, and gives it under all names.
        assert [one.fate for one in done] == [Fate.REPLACED, *[Fate.THERE] * 3]
    assert not any(given.startswith("Basic") for _, given in s.seen)
    # The first request, and one each time a nonce had been used twice.
    assert sum(not given for _, given in s.seen) == 1
    assert len(s.seen) <= 10


def test_basic_is_sent_only_where_it_is_asked_for():
    def passes(_method, _path, given):
        return given == "Basic dTpwYXNzOnfDtnJkLW9mLW5vYm9keQ=="

    with serving(
        Guarded, passes=passes, challenge=lambda: 'Basic realm="x"', kept=b"", seen=[]
    ) as (address, s):
        client = Client(Credentials("u", SECRET), timeout=5)
        assert load(ONE, GraphStore(address, client))[0].fate is Fate.REPLACED
    assert [given.partition(" ")[0] for _, given in s.seen] == ["", "Basic", "Basic", "Basic"]


@pytest.mark.parametrize(
    ("header", "scheme"),
    [
        ('Basic realm="a"', "basic"),
        ('basic REALM="Digest realm=b"', "basic"),
        ('Digest realm="a", nonce="b"', "digest"),
        ('Negotiate, Digest realm="a", nonce="b", qop="auth"', "digest"),
        ('Digest realm="a", nonce="b", algorithm=SHA-512-256, Basic realm="a"', "basic"),
        ('Digest realm="a", nonce="b", qop="auth-int"', None),
        ('Bearer realm="a"', None),
        ("Negotiate", None),
        ("", None),
        ("Digest", None),
        (", , =", None),
    ],
)
def test_challenges(header, scheme):
    found = choose([header])
    assert (found and found.scheme) == scheme


def echo(server):
    """Ask for Basic, and say in plain text what came."""
    given = server.headers.get("Authorization")
    if given is None:
        server.reply(401, WWW_Authenticate='Basic realm="x"')
    else:
        server.reply(400, f"cannot do with {given}".encode())


WRONG = [
    echo,
    lambda s: s.reply(401, WWW_Authenticate='Basic realm="x"'),
    lambda s: s.reply(401, WWW_Authenticate='Digest realm="x", nonce="y", qop="auth"'),
    lambda s: s.reply(401),
    lambda s: s.reply(400, f"{s.headers.get('Authorization')} {SECRET}".encode()),
    lambda s: s.reply(500, SECRET.encode()),
    lambda s: s.raw(f"{SECRET}\r\n".encode()),
    lambda s: s.reply(302, Location=f"http://u:{SECRET}@elsewhere.example/{SECRET}"),
]


@pytest.mark.parametrize("answer", WRONG)
@pytest.mark.parametrize("option", ["--endpoint", "--graph-store"])
def test_the_password_is_never_shown(answer, option, tiny, monkeypatch, capsys):
    monkeypatch.setenv("STORE_PASSWORD", SECRET)
    given = ["--user", "u", "--password-env", "STORE_PASSWORD", "--retries", "0", *tiny]
    with hostile(answer) as (address, _):
        assert main(["--debug", "load", option, f"{address}/update", *given]) == 2
    said = capsys.readouterr()
    shown = said.out + said.err
    assert SECRET not in shown
    assert "wörd" not in shown
    assert "dTpwYXNz" not in shown
    assert said.err.startswith("error: ")
    assert "\nhint: " in said.err
    assert SECRET not in repr(Credentials("u", SECRET))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "Name one store"),
        (["--endpoint", "http://a/", "--graph-store", "http://b/"], "Name one store"),
        (["--query-endpoint", "http://a/", "--graph-store", "http://b/"], "Name one store"),
        (["--query-endpoint", "http://a/"], "Name one store"),
        (["--endpoint", "file:///etc/passwd"], "not the address"),
        (["--graph-store", "ftp://a/"], "not the address"),
        (["--endpoint", "http://a/", "--query-endpoint", "nonsense"], "not the address"),
        (["--endpoint", "http://u:secret@a/"], "no place for a user"),
        (["--endpoint", "http://a/", "--user", "u"], "belong together"),
        (["--endpoint", "http://a/", "--password-env", "PATH"], "belong together"),
        (["--endpoint", "http://a/", "--user", "u", "--password-env", "NOT_SET_AT_ALL"], "not set"),
        (["--endpoint", "http://a/", "--timeout", "0"], "not positive"),
        (["--endpoint", "http://a/", "--timeout", "nan"], "not positive"),
        (["--endpoint", "http://a/", "--timeout", "inf"], "more than a day"),
        (["--endpoint", "http://a/", "--retries", "-1"], "no number of retries"),
        (["--endpoint", "http://a/", "--user", "a\nb", "--password-env", "PATH"], "control char"),
        (["--endpoint", "http://a/", "--user", "a:b", "--password-env", "PATH"], "a colon"),
    ],
)
def test_wrong_use_is_told(given, says, capsys):
    assert main(["load", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert "secret" not in said.err


def test_a_password_that_is_not_utf8_is_told(monkeypatch, capsys):
    monkeypatch.setenv("STORE_PASSWORD", os.fsdecode(b"secret\xff"))
    given = ["--user", "u", "--password-env", "STORE_PASSWORD"]
    assert main(["load", "--endpoint", "http://127.0.0.1:1/", *given]) == 2
    said = capsys.readouterr().err
    assert "not UTF-8" in said
    assert "secret" not in said


def test_where_queries_go():
    assert default_query_endpoint("http://a/update") == "http://a/query"
    assert default_query_endpoint("http://a/update?x=/update") == "http://a/query?x=/update"
    assert default_query_endpoint("http://a/repositories/r/statements") == "http://a/repositories/r"
    assert default_query_endpoint("http://a/sparql-auth") == "http://a/sparql-auth"


# --- contents and parts


def blank_cycle(length, start=0):
    nodes = [BlankNode(f"n{start + number}") for number in range(length)]
    return [Triple(a, node("p"), b) for a, b in zip(nodes, nodes[1:] + nodes[:1], strict=True)]


def test_contents_are_equal_when_they_are_isomorphic():
    one = Content([*blank_cycle(6), Triple(node("s"), node("p"), typed("1.50", "decimal"))])
    other = Content([*blank_cycle(6, 90), Triple(node("s"), node("p"), typed("1.5", "decimal"))])
    assert one.difference(other) is None
    assert one.sha256 == other.sha256


def test_blank_nodes_that_are_tied_otherwise_are_told():
    """As many triples and as many blank nodes: one ring of six, or two of three."""
    difference = Content(blank_cycle(6)).difference(Content([*blank_cycle(3), *blank_cycle(3, 90)]))
    assert difference is not None
    assert "tied otherwise" in str(difference)


def test_a_graph_of_strangers_is_not_canonicalised():
    """Its canonical form would take for ever: all blank nodes are tied to all others."""
    nodes = [BlankNode(f"n{number}") for number in range(40)]
    poison = [Triple(a, node("p"), b) for a in nodes for b in nodes if a != b]
    begin = time.monotonic()
    assert Content(blank_cycle(40)).difference(Content(poison)) is not None
    assert time.monotonic() - begin < 2


def test_parts_keep_what_blank_nodes_tie_together():
    ring = blank_cycle(50)
    ground = [Triple(node(f"s{n}"), node("p"), Literal("x" * 100)) for n in range(100)]
    mixed = [triple for pair in zip(ring, ground, strict=False) for triple in pair] + ground[50:]
    parts = list(chunks(mixed, most_bytes=2000, most_triples=20))
    assert sum(part.count(b"\n") for part in parts) == 150
    with_blank = [part for part in parts if b"_:" in part]
    assert len(with_blank) == 1
    assert all(len(part) <= 2000 and part.count(b"\n") <= 20 for part in parts if b"_:" not in part)


def test_long_chains_of_blank_nodes_are_no_recursion():
    [part] = chunks(reversed(blank_cycle(20_000)), most_triples=10)
    assert part.count(b"\n") == 20_000


def test_staging_graphs_are_of_one_graph_each(everything):
    graphs = {quad.graph_name.value for quad in everything}
    assert len({staging_graph(graph) for graph in graphs}) == len(graphs)


def test_a_timeout_is_one():
    with pytest.raises(ParameterError):
        Client(timeout=0)
