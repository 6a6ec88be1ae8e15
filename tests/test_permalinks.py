"""Permalinks, and what stored queries promise of their answers."""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, serialize

import ip5kg
from ip5kg.cli.main import main
from ip5kg.errors import ParameterError, UnknownName, UnknownQuery
from ip5kg.permalink import graph_hash
from ip5kg.querybook import QueryBook
from ip5kg.resources import graph_files
from ip5kg.turtle.reader import read

HEADS = "https://w3id.org/ip5kg/query/heads-of-office"


@pytest.fixture
def copy(root, tmp_path):
    """A root of its own, whose data may be changed."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(root / name, tmp_path / name)
    return tmp_path


def call(capsys, *arguments):
    status = main(["query", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


# --- permalinks


def test_a_permalink_asks_the_question_and_tells_of_the_answer(kg):
    link = kg.permalink("heads-of-office", office=["jp", "kr"], as_of="2016-05-01")
    assert link.startswith(f"{HEADS}?as-of=2016-05-01&office=office:jp&office=office:kr#version=")
    assert re.fullmatch(r"[\x21-\x7E]+", link)
    recalled = kg.recall(link)
    assert recalled.changes == ()
    assert recalled.is_same
    asked = kg.query("heads-of-office", office=["jp", "kr"], as_of="2016-05-01")
    assert list(recalled.answer) == list(asked)


def test_every_stored_query_has_a_permalink(kg):
    for query in kg.queries.all():
        given = {p.name: p.example for p in query.parameters}
        recalled = kg.recall(kg.permalink(query.name, **given))
        assert recalled.is_same, query.name
        assert recalled.changes == (), query.name


def test_defaults_are_written_out(kg):
    """A default may be another one day."""
    assert "?as-of=2021-06-23#" in kg.permalink("heads-of-office")


def test_hard_values_come_back(kg):
    for value in ("ä b&c=d#e?f/g%20+", "日本", '"'):
        link = kg.permalink("names-containing", text=value)
        assert kg.recall(link).is_same
        assert urlsplit(link).fragment.startswith("version=")


def test_what_has_changed_is_told(kg, copy):
    link = kg.permalink("meetings", series="heads")
    path = copy / "data" / "meetings" / "2021.ttl"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("meeting:heads-2021 a ", "meeting:heads-2121 a ", 1)
    assert changed != text
    path.write_text(changed.replace("meeting:heads-2021 ", "meeting:heads-2121 "), encoding="utf-8")
    recalled = ip5kg.open(copy).recall(link)
    assert not recalled.is_same
    assert recalled.changes[0] == "The graph has changed."
    assert re.fullmatch(
        r"The answer has changed: (\d+ rows? (is|are) new and )?\d+ (is|are) gone\.|"
        r"The answer has changed: \d+ rows? (is|are) new\.",
        recalled.changes[1],
    )
    rows = list(recalled.answer)
    then = {tuple(map(str, row)) for row in kg.query("meetings", series="heads")}
    new = {n for n, row in enumerate(rows) if tuple(map(str, row)) not in then}
    assert set(recalled.new) == new


def test_a_change_elsewhere_leaves_the_answer_the_same(kg, copy):
    link = kg.permalink("meeting-chair", meeting="heads-2021")
    path = copy / "data" / "places.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Alicante"@en', '"Alikante"@en'), encoding="utf-8"
    )
    recalled = ip5kg.open(copy).recall(link)
    assert recalled.is_same
    query = copy / "queries" / "meetings" / "meeting-chair.rq"
    query.write_text(query.read_text(encoding="utf-8") + "# anew\n", encoding="utf-8")
    assert "The question has been written anew." in ip5kg.open(copy).recall(link).changes


def test_long_answers_are_told_by_their_number(kg, copy):
    link = kg.permalink("timeline")
    assert "rows=" not in link
    path = copy / "data" / "meetings" / "2008.ttl"
    path.unlink()
    [_, told] = ip5kg.open(copy).recall(link).changes
    assert re.fullmatch(r"The answer has changed: \d+ rows then, \d+ now\.", told)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "x",
        "https://example.org/query/meetings#version=1&graph=a&question=b&answer=c&count=1",
        HEADS,
        f"{HEADS}#version=1",
        f"{HEADS}?%#version=1&graph=a&question=b&answer=c&count=1",
        f"{HEADS}#version=1&version=2&graph=a&question=b&answer=c&count=1",
        "http://[",
        "\x00",
        "a" * 100_000,
    ],
)
def test_what_is_no_permalink_is_refused(kg, link):
    with pytest.raises(ParameterError, match="no permalink"):
        kg.recall(link)


def test_a_permalink_of_what_is_no_more_is_refused(kg):
    link = kg.permalink("meeting-chair", meeting="heads-2021")
    with pytest.raises(UnknownQuery):
        kg.recall(link.replace("meeting-chair", "meeting-chairs"))
    with pytest.raises(UnknownName):
        kg.recall(link.replace("heads-2021", "heads-3021"))
    with pytest.raises(ParameterError):
        kg.recall(link.replace("meeting=", "metting="))


@pytest.mark.parametrize("rows", ["!!", "A", "ä", "=", "AAAA"])
def test_broken_digests_do_no_harm(kg, rows):
    link = kg.permalink("meeting-chair", meeting="heads-2021")
    link = re.sub(r"answer=\w+", "answer=0", re.sub(r"rows=[\w-]*", f"rows={rows}", link))
    assert not kg.recall(link).is_same


def test_the_command_line_writes_and_recalls(kg, copy, capsys):
    status, link, _ = call(capsys, "meeting-chair", "--meeting", "heads-2021", "--permalink")
    assert status == 0
    assert link == kg.permalink("meeting-chair", meeting="heads-2021") + "\n"
    status, out, err = call(capsys, "--permalink", link.strip())
    assert (status, err) == (0, "The answer is the same.\n")
    assert "Hirshfeld" not in out
    path = copy / "data" / "meetings" / "2021.ttl"
    path.write_text(
        re.sub(r"role:chair\b", "role:observer", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    status, out, err = call(capsys, "--root", str(copy), "--permalink", link.strip())
    assert status == 1
    assert err == "The graph has changed.\nThe answer has changed: 1 is gone.\n"
    status, out, err = call(capsys, "--permalink", "x")
    assert (status, out) == (2, "")
    assert err.startswith("error: This is no permalink")
    status, _, err = call(capsys, "meetings", "--permalink", "--endpoint", "http://127.0.0.1:9/")
    assert status == 2
    assert "not of one at an endpoint" in err


# --- the hash of the graph


def test_the_hash_is_that_of_the_canonical_graph(root):
    """As the parser of the engine and its canonicalisation have it."""
    triples = {t for path in graph_files(root) for t in read(path)}
    dataset = Dataset(Quad(*t) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(serialize(dataset, format=RdfFormat.N_QUADS).splitlines(keepends=True))
    assert graph_hash(root) == sha256(b"".join(lines)).hexdigest()


def test_the_hash_is_the_same_in_another_process(root):
    code = "from pathlib import Path; from ip5kg.permalink import graph_hash; import sys;"
    code += "print(graph_hash(Path(sys.argv[1])))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, root],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {graph_hash(root) + "\n"}


def test_the_hash_is_of_what_is_said(copy):
    before = graph_hash(copy)
    path = copy / "data" / "places.ttl"
    (copy / "data" / "moved.ttl").write_bytes(b"# A comment\n" + path.read_bytes())
    path.unlink()
    assert graph_hash(copy) == before
    moved = copy / "data" / "moved.ttl"
    moved.write_bytes(moved.read_bytes() + b"<urn:s> <urn:p> <urn:o> .\n")
    assert graph_hash(copy) != before
    assert NamedNode("urn:s") in {t.subject for t in read(moved)}


# --- what queries promise


def test_each_query_names_a_competency_question_and_each_has_a_query(root):
    listed = re.findall(
        r"^\| (CQ-\d\d) \| (.+\?) \|$",
        (root / "ontology" / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    numbers = [number for number, _ in listed]
    assert numbers == [f"CQ-{n:02}" for n in range(1, len(numbers) + 1)]
    named = {number for query in QueryBook(root).all() for number in query.answers}
    assert named == set(numbers)
    assert all(query.answers and query.rows for query in QueryBook(root).all())


def test_all_queries_hold_what_they_promise(kg, capsys):
    assert [one for one in kg.try_queries() if one.faults] == []
    status, out, _ = call(capsys, "--check")
    assert (status, out) == (0, f"All {len(kg.queries.names())} stored queries hold.\n")


def test_a_broken_promise_is_told(copy, capsys):
    path = copy / "queries" / "meetings" / "meeting-chair.rq"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("expect: {rows: 1}", "expect: {rows: 7}"), encoding="utf-8")
    other = copy / "queries" / "overview" / "gaps.rq"
    shutil.copy(other, copy / "queries" / "overview" / "more-gaps.rq")
    more = copy / "queries" / "overview" / "more-gaps.rq"
    text = more.read_text(encoding="utf-8")
    extra = text.replace("#+   columns:\n", "#+   columns:\n#+     extra: X.\n")
    more.write_text(extra, encoding="utf-8")
    status, out, _ = call(capsys, "--check", "--root", str(copy))
    assert status == 1
    lines = out.splitlines()
    assert lines[0] == "meeting-chair: It has 1 rows, where at least 7 are expected."
    assert lines[1].startswith("more-gaps: It has the columns ")
    assert lines[2].startswith("2 of ")


def test_an_example_that_the_graph_does_not_have_is_told(copy, capsys):
    changes = {
        "meetings/meeting-chair.rq": [("example: heads-2021", "example: heads-1999")],
        "offices/office-names.rq": [('"ip5:PatentOffice"', '"ip5:PatentOffize"')],
        "people/heads-of-office.rq": [("example: [jp, kr]", "example: [jp, epo-of-mars]")],
    }
    for name, pairs in changes.items():
        path = copy / "queries" / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, name
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    status, out, _ = call(capsys, "--check", "--root", str(copy))
    assert status == 1
    for name, said in (
        ("meeting-chair", "heads-1999"),
        ("office-names", "no patent offize"),
        ("heads-of-office", "--office epo-of-mars is none"),
    ):
        assert any(line.startswith(f"{name}: ") and said in line for line in out.splitlines()), out


def test_all_queries_hold_at_an_endpoint(served, root, tmp_path, capsys):
    from ip5kg.resources import graph_iri

    files = [(path, graph_iri(path, root)) for path in graph_files(root)]
    with served(tmp_path / "store", files) as endpoint:
        status, out, _ = call(capsys, "--check", "--endpoint", endpoint)
    assert (status, out.startswith("All ")) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check", "--json"],
        ["--check", "--permalink", "x"],
        ["--check", "--tag", "people"],
        ["--endpoint", "http://127.0.0.1:9/"],
        ["--check", "meetings"],
        ["--endpoint", "http://127.0.0.1:9/", "meetings"],
    ],
)
def test_options_for_all_queries_go_alone(capsys, arguments):
    status, out, err = call(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_the_folder_of_a_permalink_is_that_of_the_package(kg):
    assert isinstance(kg.root, Path)
