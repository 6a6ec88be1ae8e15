"""Hostile values for every type of parameter, on the embedded engine and on a real server.

Each is refused with a sentence, or is plain data: the form of the query, as an independent parser
sees it, is that of the query with a harmless value.
"""

import socket
import threading
import time
from itertools import product

import pytest
from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

import ip5kg
from ip5kg.errors import Ip5kgError
from ip5kg.querybook.header import read_query
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files, graph_iri
from ip5kg.sparql.binding import bind

LEAST = 500
LIMIT = 250
"""The most characters of an error message; a value of a megabyte is not repeated in it."""

SECRET = "urn:example:secret"
HARMLESS = {
    "iri": ("ip5:Meeting", "heads-2021"),
    "date": ("", "2021-06-23"),
    "integer": ("", "14"),
    "string": ("", "Kim"),
    "language": ("", "ja"),
}
SUFFIX = {
    "iri": "iri",
    "date": "xsd_date",
    "integer": "integer",
    "string": "literal",
    "language": "literal",
}
QUOTES = ['"', "'", '"""', "'''", "`", "“", "”", "＂", "ʺ", ">", "> ", "\\", '\\"', '\\\\"', "\\'"]
ESCAPED = [
    *("\\u0022", "\\U00000022", "\\u0027", "\\u003E", "\\u003e", "\\U0000003E", "\\u007D"),
    *(
        "\\x22",
        "%22",
        "%3E",
        "&quot;",
        "&#34;",
        "\\u005Cu0022",
        "\\\\u0022",
        "\\u{22}",
        "\\N{SPACE}",
    ),
]
CLOSERS = ["", " }", ") }", " . ", "@en", "^^<urn:x>", "\n}", "\r\n} #", "} #", '" } #']
CONTROLS = [
    *map(chr, (*range(0x20), 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200D, 0x200E, 0x200F)),
    *map(chr, (*range(0x202A, 0x202F), 0x2028, 0x2029, *range(0x2066, 0x206A), 0xFEFF, 0xFFFE)),
    *map(chr, (0xFFFD, 0xFFFF, 0xD800, 0xDC00, 0xDFFF, 0x1F600, 0xE0001, 0x10FFFF)),
]
LONG = ["x", '"', "'", "{", "(", "\\", "\n", "<", "#", "漢", "\u202e", "?a "]


def payloads(port):
    """What an attacker would like to have evaluated."""
    here = f"http://127.0.0.1:{port}/"
    return [
        "",
        "UNION { ?s ?p ?o }",
        f"UNION {{ GRAPH <{SECRET}> {{ ?s ?p ?o }} }}",
        f"UNION {{ SERVICE <{here}> {{ ?s ?p ?o }} }}",
        f"UNION {{ SERVICE SILENT <{here}> {{ ?s ?p ?o }} }}",
        f"; LOAD <{here}> INTO GRAPH <urn:x> ;",
        "; LOAD <file:///etc/passwd> ;",
        "; DROP ALL ; INSERT DATA { <urn:s> <urn:p> <urn:o> } #",
        f"FROM <{SECRET}> WHERE {{ ?s ?p ?o }} #",
        "?person $person _:b [] ( ) <urn:x> a ?y ; ?z , ?w .",
    ]


def attacks(base, port):
    """List many hostile values, each once; some begin with what would be a good one."""
    wanted = payloads(port)
    made = [
        *(q + closer + payload for q, closer, payload in [*product(QUOTES, CLOSERS, wanted)][::3]),
        *(escaped + closer + wanted[3] for escaped, closer in product(ESCAPED, CLOSERS)),
        *(form for c in CONTROLS for form in (c, f"x{c}y", f"{c}{c}", f'"{c}}} #')),
        *wanted[1:],
        *("{" * 50, "}" * 50, "{}", "()", "[]", "<<", ">>", "<", ">", "#", "# x\n}", "%s", "$1"),
        *(
            "urn:x y",
            "urn:x>y",
            "urn:x\ny",
            "urn:<x",
            "urn:{x}",
            "urn:|",
            "urn:^",
            "urn:`",
            "urn:\\x",
        ),
        *("http://a b", "//x", "../../etc/passwd", "file:///etc/passwd", "javascript:alert(1)"),
        *(
            "data:,x",
            "_:b0",
            "[]",
            "?x",
            "$x",
            "a",
            "true",
            "nan",
            "INF",
            "1e400",
            "-0",
            "+1",
            "０",
        ),
        *(
            "9" * 400,
            "2021-02-30",
            "2021-06-23Z",
            "20210623",
            "２０２１-０６-２３",
            "en--",
            "-en",
            "e n",
        ),
        *("x" * 300, "😀" * 40, "e\u0301", "\u1e9e", "İ", "ß", "ǆ"),
    ]
    made += [base + attack for attack in made[::4]]
    return list(dict.fromkeys(made))


def form(text):
    """Tell the form of a query as rdflib parses it, which decodes escapes before it parses."""
    shape = []
    waiting = [list(parseQuery(text))]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            shape.append((part.name, tuple(sorted(part))))
            waiting += [part[key] for key in sorted(part)]
        elif isinstance(part, str):
            shape.append(type(part).__name__)
        else:
            shape.append(len(part))
            waiting += list(part)
    return shape


def probe(folder, kind):
    """Write a stored query with one parameter, which it answers with."""
    class_name, example = HARMLESS[kind]
    given = f'class: "{class_name}", ' if class_name else ""
    path = folder / f"probe-{kind}.rq"
    path.write_text(
        "#+ summary: What is given?\n#+ description: The parameter.\n#+ tags: [probe]\n"
        "#+ x-ip5kg:\n#+   parameters:\n"
        f'#+     given: {{type: {kind}, {given}required: true, example: "{example}", '
        "description: A value.}\n#+   columns: {found: The value.}\n"
        f"SELECT ?found WHERE {{ BIND(?_given_{SUFFIX[kind]} AS ?found) }} # ?_given_iri\n",
        encoding="utf-8",
    )
    return read_query(path)


@pytest.fixture(scope="module")
def listener():
    """A port that nothing may ask; it counts who does."""
    callers = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stopped = threading.Event()

        def listen():
            while not stopped.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                callers.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], callers
        stopped.set()
        thread.join(5)


@pytest.fixture(scope="module")
def server(tmp_path_factory, served, root):
    """The graph behind a real server, and a graph beside it that no question is about."""
    folder = tmp_path_factory.mktemp("attacked")
    secret = folder / "secret.ttl"
    secret.write_text(f'<{SECRET}> <urn:example:is> "hidden" .\n', encoding="utf-8")
    files = [(path, graph_iri(path, root)) for path in graph_files(root)]
    with served(folder / "store", [*files, (secret, SECRET)]) as endpoint:
        yield endpoint


@pytest.fixture(params=["embedded", "remote"])
def graph(request, root, kg):
    if request.param == "embedded":
        return kg
    return ip5kg.open(root, endpoint=request.getfixturevalue("server"))


def bound_or_refused(query, value, store):
    """Bind a value, or return nothing where a sentence refuses it."""
    refusals = []
    try:
        return bound_text(query, {"given": value}, store)
    except Ip5kgError as error:
        refusals.append(error)
    [refusal] = refusals
    assert refusal.code != "internal"
    assert "\n" not in refusal.message
    assert len(refusal.message) <= LIMIT
    assert len(refusal.hint) <= 2 * LIMIT
    return ""


def everything(kg):
    [row] = kg.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    return row.n


@pytest.mark.parametrize("kind", HARMLESS)
def test_attacks_are_refused_or_are_data(kind, graph, listener, tmp_path):
    port, callers = listener
    query = probe(tmp_path, kind)
    harmless = form(bound_text(query, {"given": HARMLESS[kind][1]}, graph.store))
    values = attacks(HARMLESS[kind][1], port)
    assert len(values) >= LEAST
    before = everything(graph)
    taken = 0
    for value in values:
        text = bound_or_refused(query, value, graph.store)
        if not text:
            continue
        taken += 1
        assert form(text) == harmless, value
        [[found]] = graph.store.select(text).rows
        if kind in ("string", "language"):
            wanted = value.strip()
            assert found == Literal(wanted if kind == "string" else wanted.lower())
        elif kind == "iri":
            assert found.value.startswith("https://w3id.org/ip5kg/id/meeting/")
    assert callers == []
    assert everything(graph) == before
    if kind == "string":
        assert taken >= LEAST


@pytest.mark.parametrize("kind", HARMLESS)
@pytest.mark.parametrize("character", LONG, ids=[f"U+{ord(c[0]):04X}" for c in LONG])
def test_a_megabyte_is_refused_or_is_data_at_once(kind, character, kg, tmp_path):
    query = probe(tmp_path, kind)
    value = character * (1_000_000 // len(character))
    start = time.process_time()
    text = bound_or_refused(query, value, kg.store)
    if text:
        assert kind == "string"
        [[found]] = kg.store.select(text).rows
        assert found == Literal(value.strip())
    assert time.process_time() - start < 5


def test_the_stored_queries_keep_their_form_too(kg, listener):
    """All texts of the stored queries, each with a few of the worst."""
    port, callers = listener
    worst = attacks("", port)[::31]
    seen = 0
    for query in kg.queries.all():
        given = {p.name: p.default or p.example for p in query.parameters if p.required}
        for parameter in query.parameters:
            if parameter.type != "string":
                continue
            harmless = form(bound_text(query, {**given, parameter.name: "Kim"}, kg.store))
            for value in worst:
                try:
                    text = bound_text(query, {**given, parameter.name: value}, kg.store)
                except Ip5kgError:
                    continue
                seen += 1
                assert form(text) == harmless, (query.name, value)
    assert 2 * seen > len(worst)
    assert callers == []


def test_the_secret_would_be_seen(server, root):
    """What the attacks are after can be had: the test above could fail."""
    remote = ip5kg.open(root, endpoint=server)
    text = f"SELECT ?o WHERE {{ GRAPH <{SECRET}> {{ ?s ?p ?o }} }}"
    assert [row.o for row in remote.sparql(text)] == ["hidden"]
    naive = 'SELECT ?x WHERE { { BIND("VALUE" AS ?x) } }'
    attack = f'" AS ?x) }} UNION {{ GRAPH <{SECRET}> {{ ?s ?p ?x }} }} }} #'
    assert form(naive.replace("VALUE", attack)) != form(naive)
    bound = bind(naive.replace('"VALUE"', "?v"), {"v": Literal(attack)})
    assert form(bound) == form(naive)
    assert form(bind(naive.replace('"VALUE"', "?v"), {"v": NamedNode("urn:x")})) != form(naive)
