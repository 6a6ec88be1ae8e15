"""Writing the graph in every RDF syntax, and files in one step."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
import xml.parsers.expat
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

import ip5kg
import ip5kg.atomic
from ip5kg.atomic import make_folder, write_all_atomically, write_atomically
from ip5kg.errors import OutputError, ParameterError, RdfSyntaxError, UnknownFormat
from ip5kg.formats import RDF_FORMATS
from ip5kg.names import PREFIXES
from ip5kg.publishing.export import EXTRAS, export, export_bytes, gather
from ip5kg.publishing.serialise import serialise
from ip5kg.resources import graph_files, graph_iri
from ip5kg.turtle.reader import read_document

ROOT = Path(__file__).parents[1]
SUITE = ROOT.parent / "shared" / "suites" / "rdf11-syntax"
SYNTAXES = [row.name for row in RDF_FORMATS]
MERGING = [row.name for row in RDF_FORMATS if not row.named_graphs]
EX = "https://example.org/"
XSD = PREFIXES["xsd"]
G1, G2 = NamedNode(EX + "graph/1"), NamedNode(EX + "graph/2")
S, P = NamedNode(EX + "s"), NamedNode(EX + "p")

PARSERS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "trig": (RdfFormat.TRIG, "trig"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (RdfFormat.RDF_XML, "xml"),
}

LITERALS = [
    *("", " ", "plain", " blanks around ", "two\nlines", "dos\r\nlines", "\r", "\ttab\t", "\n"),
    *('"', '"""', "'''", "\\", "\\n", "</x>", "]]>", "<!--", "&amp;", "&#13;", "{}", "#", "@id"),
    *(
        "日本国特許庁",
        "é e\u0301",
        "👩‍🔬 🇪🇺",
        "bidi \u202e\u2066 x \u2069\u202c",
        "\ufeff\u200b",
        "\u2028",
    ),
    "\x7f\x85\x9f",
    "\U0010fffd",
]
TYPED = [
    *(
        ("007", "integer"),
        ("+7", "integer"),
        ("-0", "integer"),
        ("12345678901234567890", "integer"),
    ),
    *(("1.50", "decimal"), ("1.0", "decimal"), (".5", "decimal"), ("80", "decimal")),
    *(("1.0E0", "double"), ("1e400", "double"), ("NaN", "double"), ("12345678.9", "float")),
    *(("1", "boolean"), ("true", "boolean"), ("PT60S", "duration"), ("2021", "gYear")),
    *(("2021-06-23", "date"), ("2021-06", "gYearMonth"), ("24:00:00", "time")),
    *(("2021-06-23T00:00:00+00:00", "dateTime"), ("2021-06-23T00:00:00.500Z", "dateTime")),
    *((" 7 ", "integer"), ("not a number", "integer"), ("", "integer"), ("a\nb", "anyURI")),
]
LANGUAGES = ["en", "en-us", "zh-hant", "de-ch-1901"]
OBJECTS = [
    *("", "a", "a/", "a/b", "a%20b", "a?b=c&d=e", "a#b", "a/../b", "é", "a'b", "(a)", "1", "a;b,c"),
    *("~a", "a.", "a:b", "日本"),
]


def nasty():
    """A dataset with everything that syntaxes stumble over, and that all of them can hold."""
    number = iter(range(1000))

    def quad(target, graph=G1):
        return Quad(NamedNode(f"{EX}s{next(number)}"), P, target, graph)

    quads = [quad(Literal(text)) for text in LITERALS]
    quads += [quad(Literal(text, datatype=NamedNode(XSD + kind))) for text, kind in TYPED]
    quads += [quad(Literal("x", datatype=NamedNode(PREFIXES["rdf"] + "JSON")))]
    quads += [quad(Literal("<b>x</b>", datatype=NamedNode(PREFIXES["rdf"] + "XMLLiteral")))]
    quads += [quad(Literal("x", language=language)) for language in LANGUAGES]
    quads += [quad(NamedNode(EX + name)) for name in OBJECTS]
    quads += [
        quad(NamedNode(name)) for name in ("urn:x:y", "role:x", "meeting:a", "tag:a,b:c", "a:")
    ]
    for predicate in ("urn:x:p", EX + "1p", EX + "1/p2", EX + "été", PREFIXES["rdf"] + "_1"):
        quads.append(Quad(S, NamedNode(predicate), Literal("x"), G1))
    quads.append(Quad(S, NamedNode(PREFIXES["rdf"] + "type"), Literal("x"), G1))
    first, second, inner, both = (BlankNode(name) for name in ("b0", "b1", "c14n0", "b9"))
    quads += [
        *(Quad(S, P, first, G1), Quad(first, P, inner, G1), Quad(inner, P, Literal("x"), G1)),
        *(Quad(second, P, second, G2), Quad(BlankNode(), P, Literal("y"), G2)),
        *(Quad(S, P, both, G1), Quad(both, P, Literal("z"), G2)),
        *(Quad(S, P, Literal("in both"), G1), Quad(S, P, Literal("in both"), G2)),
        Quad(S, P, Literal("in the default graph")),
        Quad(S, NamedNode(PREFIXES["rdf"] + "type"), BlankNode("b0"), G1),
    ]
    return quads


NASTY = nasty()


def merged(quads):
    return [Quad(*quad.triple) for quad in quads]


def expected(quads, syntax):
    return canonical(merged(quads) if syntax in MERGING else quads)


def canonical(quads):
    """The RDFC-1.0 form."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def read_by_pyoxigraph(data, syntax):
    return list(parse(data, PARSERS[syntax][0]))


def read_by_rdflib(data, syntax, monkeypatch):
    """Read with the other parser, and hand the terms over as they are."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = rdflib.Dataset()
    target = dataset if syntax not in MERGING else dataset.default_graph
    target.parse(data=data, format=PARSERS[syntax][1])
    return [
        Quad(*(handed_over(term) for term in triple), handed_over(name))
        for graph in dataset.graphs()
        for name in [graph.identifier]
        for triple in graph
    ]


def handed_over(term):
    if term == rdflib.graph.DATASET_DEFAULT_GRAPH_ID:
        return DefaultGraph()
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language is not None:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or XSD + "string")))


# Losing nothing


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_pyoxigraph_reads_back_what_was_written(syntax):
    data = serialise(NASTY, syntax)
    assert canonical(read_by_pyoxigraph(data, syntax)) == expected(NASTY, syntax)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_rdflib_reads_back_what_was_written(syntax, monkeypatch):
    data = serialise(NASTY, syntax)
    assert canonical(read_by_rdflib(data, syntax, monkeypatch)) == expected(NASTY, syntax)


def suite_files():
    """The well-formed documents of the W3C syntax tests."""
    found = []
    for manifest in sorted(SUITE.glob("*/manifest.ttl")):
        base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/{manifest.parent.name}/"
        quads = list(parse(path=manifest, format=RdfFormat.TURTLE, base_iri=base))
        types = {q.subject: q.object.value for q in quads if q.predicate.value.endswith("#type")}
        for quad in quads:
            if quad.predicate.value.endswith("#action") and "Negative" not in types[quad.subject]:
                name = quad.object.value.removeprefix(base)
                found.append((manifest.parent / name, quad.object.value))
    return found


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suites are not beside the repository")
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_w3c_documents_survive(syntax):
    files = suite_files()
    assert len(files) > 600
    refused = []
    for path, base in files:
        quads = read_document(path, base=base).quads
        try:
            data = serialise(quads, syntax)
        except OutputError as error:
            refused.append(error.message)
            continue
        again = read_by_pyoxigraph(data, syntax)
        assert canonical(again) == expected(quads, syntax), path
        assert serialise(again, syntax) == data, path
    # What is refused is refused for a reason.
    reasons = {"rdfxml": "RDF/XML cannot hold", "nquads": "has no name", "trig": "has no name"}
    assert all(syntax in reasons and reasons[syntax] in message for message in refused)
    assert len(refused) < len(files) / 10


# RDF/XML


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        (EX, "does not end with an XML name"),
        (EX + "a/", "does not end with an XML name"),
        (EX + "2021", "does not end with an XML name"),
        (EX + "a%20", "does not end with an XML name"),
        (EX + "a#", "does not end with an XML name"),
        (EX + "𐀀", "does not end with an XML name"),
        (PREFIXES["rdf"] + "li", "is a word of RDF/XML itself"),
        (PREFIXES["rdf"] + "Description", "is a word of RDF/XML itself"),
        ("http://www.w3.org/2000/xmlns/p", "belongs to XML itself"),
    ],
)
def test_rdfxml_refuses_predicates_that_it_cannot_hold(predicate, said):
    quads = [Quad(S, NamedNode(predicate), Literal("x"))]
    with pytest.raises(OutputError, match=said) as caught:
        serialise(quads, "rdfxml")
    assert f"<{predicate}>" in caught.value.message
    assert "turtle" in caught.value.hint
    for syntax in ("turtle", "ntriples", "nquads", "trig", "jsonld"):
        assert canonical(read_by_pyoxigraph(serialise(quads, syntax), syntax)) == canonical(quads)


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_rdfxml_refuses_characters_that_it_cannot_hold(character):
    quads = [Quad(S, P, Literal(f"before{character}after"))]
    with pytest.raises(OutputError, match="U\\+00|U\\+FFF") as caught:
        serialise(quads, "rdfxml")
    assert "“before”" in caught.value.message
    for syntax in ("turtle", "ntriples", "nquads", "trig", "jsonld"):
        assert canonical(read_by_pyoxigraph(serialise(quads, syntax), syntax)) == canonical(quads)


@pytest.mark.parametrize("prefix", ["xml", "XMLns", "1a", "rdf", "", "ns1"])
def test_rdfxml_is_xml_whatever_the_prefixes(prefix):
    prefixes = {prefix: EX, "other": PREFIXES["rdf"]}
    quads = [Quad(S, P, S), Quad(S, NamedNode("urn:x:p"), S)]
    quads.append(Quad(S, NamedNode(PREFIXES["rdf"] + "type"), S))
    data = serialise(quads, "rdfxml", prefixes)
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.Parse(data, True)
    assert canonical(read_by_pyoxigraph(data, "rdfxml")) == canonical(quads)


# JSON-LD


def test_jsonld_writes_literals_as_strings():
    quads = [
        Quad(S, P, Literal("1.50", datatype=NamedNode(XSD + "decimal"))),
        Quad(S, NamedNode(EX + "q"), Literal("plain")),
        Quad(S, NamedNode(EX + "q"), Literal("名", language="ja")),
        Quad(S, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(EX + "T")),
        Quad(S, NamedNode(PREFIXES["rdfs"] + "seeAlso"), NamedNode(EX)),
    ]
    assert json.loads(serialise(quads, "jsonld", {**PREFIXES, "ex": EX})) == {
        "@context": {
            "id": "@id",
            "type": "@type",
            "ex": EX,
            "rdfs": PREFIXES["rdfs"],
            "xsd": XSD,
            "p": {"@id": "ex:p", "@type": "xsd:decimal"},
            "q": {"@id": "ex:q"},
            "seeAlso": {"@id": "rdfs:seeAlso", "@type": "@id"},
        },
        "@graph": [
            {
                "id": "ex:s",
                "type": "ex:T",
                "p": "1.50",
                "q": ["plain", {"@language": "ja", "@value": "名"}],
                "seeAlso": EX,
            }
        ],
    }


def test_jsonld_prefix_never_captures_an_iri():
    prefixes = {"urn": EX, "a": EX + "a/", "odd": EX + "odd"}
    quads = [
        Quad(S, NamedNode("urn:x:p"), NamedNode(EX + "a/b")),
        Quad(NamedNode(EX + "oddity"), P, Literal("x", datatype=NamedNode("a:type"))),
    ]
    data = serialise(quads, "jsonld", prefixes)
    assert json.loads(data)["@context"] == {"id": "@id", "type": "@type"}
    assert canonical(read_by_pyoxigraph(data, "jsonld")) == canonical(quads)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_jsonld_calls_properties_by_words_that_mean_nothing_else(monkeypatch):
    prefixes = {"ex": EX, "other": "https://example.com/", "role": EX + "role/", "xsd": XSD}
    other = "https://example.com/"
    number = NamedNode(XSD + "integer")
    quads = [
        *(Quad(S, NamedNode(EX + "same"), S), Quad(S, NamedNode(other + "same"), S)),
        # A word that is a prefix, a keyword, or the scheme of an IRI.
        *(Quad(S, NamedNode(EX + name), NamedNode("scheme:x")) for name in ("role", "id", "type")),
        Quad(S, NamedNode(EX + "scheme"), NamedNode(EX + "role/x")),
        # Values of two kinds.
        Quad(S, NamedNode(EX + "mixed"), Literal("7", datatype=number)),
        Quad(S, NamedNode(EX + "mixed"), Literal("7")),
        Quad(S, NamedNode(EX + "link"), NamedNode(EX + "x")),
        Quad(S, NamedNode(EX + "link"), Literal("x")),
        Quad(S, NamedNode(EX + "count"), Literal("007", datatype=number)),
        Quad(S, NamedNode(EX + "blank"), BlankNode()),
    ]
    data = serialise(quads, "jsonld", prefixes)
    page = json.loads(data)
    [said] = page["@graph"]
    assert {"ex:same", "other:same", "ex:role", "ex:id", "ex:type", "ex:scheme"} < set(said)
    assert said["count"] == "007"
    assert said["mixed"] == [{"@type": "xsd:integer", "@value": "7"}, "7"]
    assert canonical(read_by_pyoxigraph(data, "jsonld")) == canonical(quads)
    assert canonical(read_by_rdflib(data, "jsonld", monkeypatch)) == canonical(quads)


# The same bytes for the same graph


def disguised(quads, seed):
    """The same dataset in another order, with other names for its blank nodes."""
    chance = random.Random(seed)
    names = {}

    def disguise(term):
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"x{chance.randrange(10**12)}"))

    shuffled = [*quads, *quads[:7]]
    chance.shuffle(shuffled)
    return [Quad(disguise(s), p, disguise(o), g) for s, p, o, g in shuffled]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_bytes_do_not_depend_on_order_or_blank_node_names(syntax):
    assert len({serialise(disguised(NASTY, seed), syntax) for seed in range(5)}) == 1


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path):
    path = tmp_path / "nasty.nq"
    path.write_bytes(serialise(NASTY, "nquads"))
    command = (
        "import sys, pathlib, hashlib\n"
        "from ip5kg.publishing.serialise import serialise\n"
        "from ip5kg.turtle.reader import read_document\n"
        "quads = read_document(pathlib.Path(sys.argv[1])).quads\n"
        "print([hashlib.sha256(serialise(quads, name)).hexdigest() for name in sys.argv[2:]])\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", command, path, *SYNTAXES],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(seen) == 1


def test_lines_are_those_of_rdfc_where_there_are_no_blank_nodes():
    quads = [quad for quad in NASTY if "_:" not in str(quad)]
    lines = serialise(quads, "nquads").decode().split("\n")
    assert lines == [*(f"{line} ." for line in sorted(canonical(quads))), ""]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_empty_dataset(syntax):
    assert read_by_pyoxigraph(serialise([], syntax), syntax) == []


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_terms_of_rdf_12_are_refused(syntax):
    with pytest.raises(OutputError, match="RDF 1.2"):
        serialise([Quad(S, P, Triple(S, P, S))], syntax)
    with pytest.raises(OutputError, match="RDF 1.2"):
        serialise([Quad(S, P, Literal("x", language="en", direction=BaseDirection.RTL))], syntax)


def test_unknown_syntax_is_told_with_what_is_possible():
    with pytest.raises(UnknownFormat) as caught:
        serialise([], "n3")
    assert "turtle" in caught.value.hint


# Exporting a root


@pytest.fixture
def small(tmp_path):
    """A root with two files that share a triple and a blank node label."""
    root = tmp_path / "root"
    texts = {
        "ontology/ip5.ttl": "<urn:o> <urn:p> 1 .",
        "ontology/vocabularies/a.ttl": "<urn:v> <urn:p> 007 . _:x <urn:p> 1 .",
        "ontology/alignments/a.ttl": "<urn:alignment> <urn:p> 1 .",
        "ontology/shapes/a.ttl": "<urn:shape> <urn:p> 1 .",
        "data/a.ttl": "<urn:v> <urn:p> 007 . _:x <urn:p> 2 .",
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_export_writes_a_file_for_each_syntax(small, tmp_path):
    folder = tmp_path / "new" / "folder"
    files = export(small, folder)
    assert [path.name for path in files] == [
        *("ip5kg.ttl", "ip5kg.nt", "ip5kg.nq", "ip5kg.trig", "ip5kg.jsonld", "ip5kg.rdf")
    ]
    assert sorted(folder.iterdir()) == sorted(files)
    for path, syntax in zip(files, SYNTAXES, strict=True):
        data = path.read_bytes()
        assert data == export_bytes(small, syntax)
        assert len(read_by_pyoxigraph(data, syntax)) == (4 if syntax in MERGING else 5)
        assert b"007" in data


@pytest.mark.parametrize("kind", [str, Path])
def test_the_python_api_exports_into_a_folder_by_name_or_path(small, tmp_path, kind, monkeypatch):
    (small / "queries").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    files = ip5kg.open(small).export(kind("out"), ["turtle"])
    assert files == [Path("out", "ip5kg.ttl")]
    assert Path("out", "ip5kg.ttl").read_bytes() == export_bytes(small, "turtle")


def test_an_empty_name_is_not_this_folder(small, tmp_path, monkeypatch):
    (small / "queries").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ParameterError, match="folder is empty"):
        ip5kg.open(small).export("")
    assert sorted(tmp_path.rglob("*")) == before


def test_export_names_graphs_after_files(small, tmp_path):
    (path,) = export(small, tmp_path / "out", ["nquads", "nquads"])
    graphs = {quad.graph_name.value for quad in parse(path=path, format=RdfFormat.N_QUADS)}
    assert graphs == {
        f"https://w3id.org/ip5kg/graph/{name}"
        for name in ("ontology/ip5", "ontology/vocabularies/a", "data/a")
    }


def test_export_leaves_out_alignments_and_shapes_unless_asked(small):
    assert b"urn:alignment" not in export_bytes(small, "ntriples")
    both = export_bytes(small, "ntriples", extras=list(EXTRAS))
    assert b"urn:alignment" in both
    assert b"urn:shape" in both
    with pytest.raises(UnknownFormat) as caught:
        gather(small, ["everything"])
    assert "alignments, shapes" in caught.value.hint


def test_failed_export_leaves_an_earlier_one_alone(small, tmp_path):
    folder = tmp_path / "out"
    before = {path: path.read_bytes() for path in export(small, folder)}
    (small / "data" / "b.ttl").write_text("<urn:a> <urn:1> 1 .", encoding="utf-8")
    with pytest.raises(OutputError, match="<urn:1>"):
        export(small, folder)
    (small / "data" / "b.ttl").write_text("<urn:a> <urn:1>", encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match="b.ttl:1:"):
        export(small, folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.fixture
def bigger(small, tmp_path):
    """An export of a root that has become bigger since: the root, the folder, the old files."""
    folder = tmp_path / "out"
    before = {path: path.read_bytes() for path in export(small, folder)}
    lines = "".join(f"<urn:s> <urn:p> {number} .\n" for number in range(500))
    (small / "data" / "b.ttl").write_text(lines, encoding="utf-8")
    for name in ("data", "queries"):
        (small / name).mkdir(exist_ok=True)
    return small, folder, before


@pytest.mark.skipif(os.name == "nt", reason="there is no ulimit")
def test_export_that_fails_at_its_third_file_leaves_all_files_alone(bigger):
    root, folder, before = bigger
    sizes = [len(export_bytes(root, syntax)) for syntax in SYNTAXES]
    blocks = (max(sizes[:2]) // 512) + 1
    assert sizes[2] > 512 * blocks, "N-Quads is not the first that is too large"
    command = [sys.executable, "-m", "ip5kg", "export", folder, "--root", root]
    done = subprocess.run(
        ["sh", "-c", f'ulimit -f {blocks}; "$@"', "sh", *command],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "ip5kg.nq cannot be written: the file would be too large." in done.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    subprocess.run(command, check=True, capture_output=True)
    assert [path.stat().st_size for path in before] == sizes


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_export_that_is_ended_leaves_all_files_alone(bigger, name):
    number = getattr(signal, name)
    root, folder, before = bigger
    # Nobody reads from the pipe, so that writing the last file waits.
    (folder / "ip5kg.rdf").unlink()
    before.pop(folder / "ip5kg.rdf")
    os.mkfifo(folder / "ip5kg.rdf")
    command = [sys.executable, "-m", "ip5kg", "export", folder, "--root", root]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while len(list(folder.glob(".ip5kg-*.tmp"))) < 5 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        try:
            out, said = process.communicate(timeout=30)
        finally:
            process.kill()
    assert out == b""
    if number == signal.SIGINT:
        assert (process.returncode, said) == (130, b"interrupted\n")
    else:
        assert (process.returncode, said) == (-number, b"")
    (folder / "ip5kg.rdf").unlink()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_export_into_what_is_no_folder(small, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"kept")
    for folder, said in [(file, "a file of that name exists"), (file / "below", "is a file")]:
        with pytest.raises(OutputError, match=said) as caught:
            export(small, folder)
        assert str(folder) in caught.value.message
    assert file.read_bytes() == b"kept"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_our_own_graph_survives(syntax, monkeypatch):
    source = [
        Quad(*quad.triple, NamedNode(graph_iri(path, ROOT)))
        for path in graph_files(ROOT)
        for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
    data = export_bytes(ROOT, syntax)
    wanted = expected(source, syntax)
    assert wanted
    assert canonical(read_by_pyoxigraph(data, syntax)) == wanted
    assert canonical(read_by_rdflib(data, syntax, monkeypatch)) == wanted


# Files in one step


def test_write_replaces_a_file(tmp_path):
    path = tmp_path / "file"
    write_atomically(path, b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").write_bytes(b"")
    write_atomically(tmp_path / "file", b"")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_write_keeps_a_symbolic_link(tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_write_to_a_device():
    write_atomically(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()


def test_name_may_be_as_long_as_the_disk_allows(tmp_path):
    write_atomically(tmp_path / ("x" * 255), b"new")
    with pytest.raises(OutputError, match="its name is too long"):
        write_atomically(tmp_path / ("x" * 256), b"new")


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "the disk is read-only"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
        (KeyboardInterrupt(), None),
    ],
)
def test_failure_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch, step, trouble, said):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_):
        raise trouble

    owner = ip5kg.atomic.os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OutputError if said else KeyboardInterrupt, match=said):
        write_atomically(path, b"new" * 1000)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def three(tmp_path):
    """Three files to write, of which the second does not exist, and what there is before."""
    files = {tmp_path / name: f"new {name}".encode() for name in "abc"}
    for name in "ac":
        (tmp_path / name).write_bytes(f"old {name}".encode())
    (tmp_path / "a").chmod(0o640)
    return files


def found(folder):
    return {path: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_together(three, tmp_path):
    write_all_atomically(three)
    assert found(tmp_path) == three
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    write_all_atomically({})


@pytest.fixture(params=["links", "no links"])
def disk(request, monkeypatch):
    """A disk on which a file can have two names, and one on which it cannot."""

    def no_link(*_):
        raise OSError(errno.EPERM, "No links here")

    if request.param == "no links":
        monkeypatch.setattr(ip5kg.atomic.os, "link", no_link)


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("trouble", [OSError(errno.EBUSY, "Busy"), KeyboardInterrupt()])
def test_files_are_put_back_together(three, monkeypatch, at, after, trouble):
    (folder,) = {path.parent for path in three}
    before = found(folder)
    replace, calls = Path.replace, []

    def fail(path, target):
        calls.append(path)
        if len(calls) != at or after:
            replace(path, target)
        if len(calls) == at:
            raise trouble

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_all_atomically(three)
    assert found(folder) == before
    assert (folder / "a").stat().st_mode & 0o777 == 0o640


def test_a_folder_among_the_files_keeps_all_as_they_are(three, tmp_path):
    (tmp_path / "d").mkdir()
    files = {**three, tmp_path / "d": b"new"}
    with pytest.raises(OutputError, match="d cannot be written: it is a folder"):
        write_all_atomically(files)
    (tmp_path / "d").rmdir()
    assert found(tmp_path) == {tmp_path / "a": b"old a", tmp_path / "c": b"old c"}


def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for path, said in [
        (tmp_path, "it is a folder"),
        (tmp_path / "none" / "file", "its folder does not exist"),
        (tmp_path / "file" / "below", "a part of its path is a file, not a folder"),
        (tmp_path / "a\0b", "the system takes no such name"),
    ]:
        with pytest.raises(OutputError) as caught:
            write_atomically(path, b"")
        assert caught.value.message == f"{path} cannot be written: {said}."
    with pytest.raises(OutputError, match="takes no such name"):
        make_folder(tmp_path / "a\0b")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="there is no /proc")
def test_a_folder_that_takes_no_files_is_not_called_missing(tmp_path):
    """The kernel says of a new file in /proc that there is no such file or folder."""
    for path in ("/proc/ip5kg.csv", "/proc/self/ip5kg.csv"):
        with pytest.raises(
            OutputError, match=r"cannot be written: its folder takes no new files\."
        ):
            write_atomically(Path(path), b"")
    with pytest.raises(OutputError, match="its folder takes no new files"):
        make_folder(Path("/proc/ip5kg"))
    with pytest.raises(OutputError, match="its folder does not exist"):
        write_atomically(Path("/proc/ip5kg/none.csv"), b"")
    (tmp_path / "link").symlink_to(tmp_path / "none" / "file")
    with pytest.raises(OutputError, match="its folder does not exist"):
        write_atomically(tmp_path / "link", b"")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_written_is_told(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="permission is denied"):
        write_atomically(closed / "file", b"")
    with pytest.raises(OutputError, match="permission is denied"):
        make_folder(closed / "below")


@pytest.mark.skipif(os.name == "nt", reason="there is no ulimit")
def test_failed_export_leaves_no_folder_that_it_made(bigger, tmp_path):
    root, _, _ = bigger
    command = [sys.executable, "-m", "ip5kg", "export", tmp_path / "new", "--root", root]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 4; "$@"', "sh", *command], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert not (tmp_path / "new").exists()


def test_refused_export_makes_no_folder(small, tmp_path):
    (small / "data" / "b.ttl").write_text("<urn:a> <urn:1> 1 .", encoding="utf-8")
    with pytest.raises(OutputError, match="<urn:1>"):
        export(small, tmp_path / "new")
    assert not (tmp_path / "new").exists()
