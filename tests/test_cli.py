"""The command line: what it prints where, and how it ends."""

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

import ip5kg
import ip5kg.graph
import ip5kg.validation
from ip5kg.cli.main import COMMANDS, main
from ip5kg.errors import ParameterError, ValidationFailure
from ip5kg.formats import FINDING_FORMATS, RDF_FORMATS, TABLE_FORMATS
from ip5kg.names import IP5
from ip5kg.publishing.export import EXTRAS
from ip5kg.validation.report import Finding, Report

TINY = Path(__file__).parent / "fixtures" / "tiny"
CHAIR = ("query", "meeting-chair", "--meeting", "heads-2021")
HEAVY = (
    "pyshacl",
    "rdflib",
    "rich",
    "SPARQLWrapper",
    "pandas",
    "polars",
    "pyarrow",
    "xlsxwriter",
    "openpyxl",
)
ENGINE = ("pyoxigraph", "yaml12", "ip5kg.graph")


@pytest.fixture(scope="module")
def tiny(root, tmp_path_factory):
    """A root of its own: the real ontology, and the invented data and queries of the fixture."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "ontology").symlink_to(root / "ontology")
    for name in ("data", "queries"):
        (folder / name).symlink_to(TINY / name)
    return folder


@pytest.fixture
def run(tiny, monkeypatch, tmp_path):
    """Run the program as a process of its own, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*args, program=("-m", "ip5kg"), rooted=True, **more):
        root = ["--root", str(tiny)] if rooted else []
        return subprocess.run(
            [sys.executable, *program, *map(str, args), *root],
            capture_output=True,
            check=False,
            **more,
        )

    return run


@pytest.fixture
def call(tiny, capsys):
    """Call the program inside this process: (status, standard output, standard error)."""

    def call(*args, rooted=True):
        status = main([*map(str, args), *(["--root", str(tiny)] if rooted else [])])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


# --- starting up


def test_alone_it_greets_and_says_what_to_try_first(run):
    done = run(rooted=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"ip5kg query" in done.stdout
    assert len(done.stdout.splitlines()) < 12


def test_what_the_greeting_says_to_try_works(call):
    _, greeting, _ = call(rooted=False)
    calls = re.findall(r"^  ip5kg (.*?)(?:  .*)?$", greeting, re.MULTILINE)
    assert len(calls) == 5
    for line in calls:
        status, text, talk = call(*shlex.split(line), rooted=False)
        assert (status, talk) == (0, "")
        assert len(text.splitlines()) > 1


def loaded(run, args, modules):
    """Tell which modules a call loads."""
    code = (
        "import sys\nfrom ip5kg.cli.main import main\nmain(sys.argv[2:])\n"
        "sys.stderr.write(','.join(m for m in sys.argv[1].split(',') if m in sys.modules))"
    )
    done = run(*args, program=("-c", code, ",".join(modules)), rooted=args[:1] == CHAIR[:1])
    return done.stderr.decode()


@pytest.mark.parametrize("args", [(), ("--help",), ("--version",)], ids=str)
def test_help_loads_neither_the_engine_nor_anything_heavy(run, args):
    assert loaded(run, args, (*HEAVY, *ENGINE)) == ""


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "md", "records", "html"])
def test_a_query_loads_nothing_heavy(run, form):
    assert loaded(run, (*CHAIR, "--format", form), HEAVY) == ""


def test_version_is_that_of_the_ontology(run, root):
    done = run("--version", rooted=False)
    header = (root / "ontology" / "ip5.ttl").read_text(encoding="utf-8")
    version = done.stdout.decode().split()[1]
    assert f'owl:versionInfo "{version}"' in header


# --- help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example(call, name):
    status, text, _ = call(name, "--help", rooted=False)
    assert status == 0
    example = text.partition("\nExample:\n")[2].splitlines()
    assert example
    assert all(line.startswith(f"  ip5kg {name}") for line in example)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_commands_say(name):
    assert import_module(f"ip5kg.cli.{name}").command.short_help == COMMANDS[name]


def test_help_names_all_commands_and_an_example(call):
    status, text, _ = call("--help", rooted=False)
    assert status == 0
    for name, short in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(short)}$", text, re.MULTILINE)
    assert "Example:\n  ip5kg query" in text


def test_help_of_a_query_is_made_from_its_header(call):
    status, text, _ = call("query", "meeting-chair", "--help")
    assert status == 0
    for part in (
        "Who chaired a meeting?",
        "The person in the chair, and for which organisation.",
        "--meeting IRI",
        "[required; such as heads-2021]",
        "--as-of DATE",
        "Columns:\n  person",
        "Example:\n  ip5kg query meeting-chair --meeting heads-2021\n",
    ):
        assert part in text


def test_the_extras_of_export_are_all_offered(call):
    _, text, _ = call("export", "--help", rooted=False)
    assert f"[{'|'.join(EXTRAS)}]" in text


# --- stored queries


def test_a_query_is_answered_on_standard_output(run):
    done = run(*CHAIR)
    assert done.returncode == 0
    assert done.stdout.decode() == "person       organisation\nHayasi Anne  Exland Patent Office\n"
    assert done.stderr == b""


def test_csv_is_written_byte_for_byte(run):
    done = run(*CHAIR, "--format", "csv")
    assert done.stdout == (
        b"person,organisation\r\n"
        b"https://w3id.org/ip5kg/id/person/hayasi-anne,https://w3id.org/ip5kg/id/office/xx\r\n"
    )


@pytest.mark.parametrize(
    "meeting",
    [
        "heads-2021",
        "meeting:heads-2021",
        "https://w3id.org/ip5kg/id/meeting/heads-2021",
        "<https://w3id.org/ip5kg/id/meeting/heads-2021>",
        "Heads meeting of 2021",
        "heads MEETING of 2021",
    ],
)
def test_a_parameter_takes_any_name_of_a_thing(call, meeting):
    status, text, _ = call("query", "meeting-chair", "--meeting", meeting, "--iris")
    assert (status, text.split()[-2:]) == (0, ["person:hayasi-anne", "office:xx"])


def test_an_empty_answer_is_fine_and_said_on_standard_error(call, monkeypatch):
    monkeypatch.setattr("ip5kg.graph._HINTED_WITHIN", 60)
    status, text, talk = call(*CHAIR, "--as-of", "2020-01-01")
    assert (status, text) == (0, "person  organisation\n")
    assert "empty" in talk
    _, _, talk = call(*CHAIR, "--as-of", "2020-01-01", "--format", "csv")
    assert talk == (
        'hint: Nothing is left at “FILTER(COALESCE(?day <= "2020-01-01"^^xsd:date , true))”, '
        "line 17.\n"
    )


def test_queries_are_listed_by_theme(call):
    expected = (
        "meetings\n  meetings  Which meetings were there?\n\n"
        "people\n  meeting-chair  Who chaired a meeting?\n"
    )
    assert call("query") == (0, expected, "")
    assert call("query", "--list") == (0, expected, "")


def test_queries_are_listed_by_tag_and_as_json(call):
    assert "meeting-chair" not in call("query", "--tag", "meetings", "--json")[1][:40]
    [entry] = json.loads(call("query", "--tag", "people", "--json")[1])
    assert entry["name"] == "meeting-chair"


def test_the_root_may_stand_before_or_after_the_name(tiny, capsys):
    for args in (
        ["query", "--root", str(tiny), "meetings"],
        ["query", "meetings", "--root", str(tiny)],
        ["query", "meetings", f"--root={tiny}"],
    ):
        assert main(args) == 0
        assert "Heads meeting of 2022" in capsys.readouterr().out


def test_a_parameter_that_is_called_like_an_option_is_refused(tmp_path, tiny, capsys):
    query = (TINY / "queries" / "people" / "meeting-chair.rq").read_text(encoding="utf-8")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "bad.rq").write_text(
        query.replace("meeting:", "format:").replace("?_meeting_", "?_format_"),
        encoding="utf-8",
    )
    for name in ("ontology", "data"):
        (tmp_path / name).symlink_to(tiny / name)
    assert main(["query", "bad", "--root", str(tmp_path)]) == 2
    assert "format has the name of an option" in capsys.readouterr().err


# --- SPARQL

MEETINGS = f"SELECT ?m WHERE {{ ?m a <{IP5}Meeting> }} ORDER BY ?m"


def test_a_query_comes_as_argument_as_file_or_on_standard_input(run, tmp_path):
    (tmp_path / "q.rq").write_text(MEETINGS, encoding="utf-8")
    expected = b"m\nmeeting:heads-2021\nmeeting:heads-2022\n"
    assert run("sparql", MEETINGS, "--iris").stdout == expected
    assert run("sparql", "-f", "q.rq", "--iris").stdout == expected
    assert run("sparql", "-", "--iris", input=MEETINGS.encode()).stdout == expected
    assert run("sparql", "-f", "-", "--iris", input=MEETINGS.encode()).stdout == expected


def test_ask_and_construct_have_formats_of_their_own(call):
    assert call("sparql", "ASK { ?s ?p ?o }")[1] == "yes\n"
    assert json.loads(call("sparql", "ASK { ?s ?p ?o }", "--format", "json")[1])["boolean"]
    construct = f"CONSTRUCT {{ ?m a <{IP5}Meeting> }} WHERE {{ ?m a <{IP5}Meeting> }}"
    assert "meeting:heads-2021 a ip5:Meeting ." in call("sparql", construct)[1]
    assert call("sparql", construct, "--format", "ntriples")[1].count(" .\n") == 2


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:c> 1 }",
        "# SELECT\nPREFIX insert: <a:b>\nDELETE WHERE { ?s ?p ?o }",
        "BASE <http://example.org/> PREFIX : <#> with <g> delete {} where { select * {} }",
        "CLEAR ALL",
        "load <http://example.org/>",
    ],
)
def test_updates_are_refused(call, update):
    status, text, error = call("sparql", update)
    assert (status, text) == (2, "")
    assert "is an update, and ip5kg only answers queries" in error


@pytest.mark.parametrize(
    "query",
    [
        "ASK { meeting:heads-2021 a ip5:Meeting ; ip5:hasStatus status:held }",
        "PREFIX ip5: <https://w3id.org/ip5kg/ontology#>\nASK { meeting:heads-2021 a ip5:Meeting }",
        "BASE <a:b>\nASK { meeting:heads-2021 a ip5:Meeting }",
        "# owl:Thing\nASK { ?s a owl:Class FILTER(STR(?s) != 'nope:x') }",
        "PREFIX role: <https://w3id.org/ip5kg/scheme/status/> ASK { ?m ip5:hasStatus role:held }",
    ],
)
def test_our_prefixes_need_no_declaration(call, query):
    assert call("sparql", query) == (0, "yes\n", "")


def test_line_numbers_of_faults_are_those_of_the_text(call):
    assert "in line 2 " in call("sparql", "SELECT *\nWHER { ?s a ip5:Meeting }")[2]


# --- show, search, stats


@pytest.mark.parametrize("form", ["text", "md", "json", "turtle"])
def test_show_in_every_format(call, form):
    status, text, talk = call("show", "office:xx", "--format", form)
    assert (status, talk) == (0, "")
    assert "Hayasi Anne" in text
    if form == "json":
        assert json.loads(text)["thing"]["name"] == "office:xx"


def test_show_as_of(call):
    _, text, _ = call("show", "EXPO", "--as-of", "2021-06-24")
    assert "as of 2021-06-24" in text
    assert (
        "held by Moe Peter; of post Head of the Exland Patent Office; kind of tenure acting; "
        "confidence low [2]"
    ) in text
    assert "held by Hayasi" not in text


def test_show_names_the_sources(call):
    _, text, _ = call("show", "office:xx")
    assert text.endswith(
        "sources\n  Report on Exland\n  https://example.org/report\n"
        "    [1] paragraph 2, sentence 1\n    [2] paragraph 10, sentence 1\n"
    )


def test_search(call):
    _, text, _ = call("search", "hayasi", "anne", "--limit", "1")
    assert text.splitlines()[1].split() == ["person:hayasi-anne", "Hayasi", "Anne", "person"]
    [hit] = json.loads(call("search", "EXPO", "--format", "json")[1])
    assert hit["score"] == 7
    status, text, talk = call("search", "nowhere")
    assert (status, text) == (0, "name  label  kind\n")
    assert "Nothing" in talk


def test_stats(call):
    document = json.loads(call("stats", "--format", "json")[1])
    assert (document["sources"], document["passages"]) == (1, 3)
    assert (document["cited"], document["omitted"]) == (2, 1)
    # What is only announced has not taken place.
    assert (document["first"], document["last"]) == ("2021-06-23", "2021-06-23")
    counts = {entry["name"]: entry["count"] for entry in document["classes"]}
    assert (counts["ip5:Meeting"], counts["ip5:Tenure"]) == (2, 2)
    assert re.search(r"^tenure +2$", call("stats")[1], re.MULTILINE)


# --- validate and export


@pytest.fixture
def report(monkeypatch):
    """Make validation return a report with findings of the given severities."""

    def make(*severities):
        findings = tuple(
            Finding(severity, NamedNode("a:b"), "", None, "a:rule", "", "Wrong.")
            for severity in severities
        )
        made = Report(findings, 1, 1, 1)
        monkeypatch.setattr(ip5kg.validation, "validate", lambda *_, **__: made)

    return make


@pytest.mark.parametrize(
    ("severities", "options", "status"),
    [
        ((), (), 0),
        (("violation",), (), 1),
        (("warning", "info"), (), 0),
        (("warning",), ("--fail-on", "warning"), 1),
        (("info",), ("--fail-on", "warning"), 0),
        (("info",), ("--fail-on", "info"), 1),
        (("violation",), ("--fail-on", "never"), 0),
    ],
)
def test_findings_decide_the_exit_status(call, report, severities, options, status):
    report(*severities)
    for form in (form.name for form in FINDING_FORMATS):
        ended, text, talk = call("validate", "--format", form, *options)
        assert (ended, talk) == (status, "")
        assert text


def test_a_report_in_a_file_ends_with_the_same_status(call, report, tmp_path):
    report("violation")
    assert call("validate", "-o", tmp_path / "report.txt") == (1, "", "")
    assert "Wrong." in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_export_writes_each_syntax_and_names_the_files(call, tmp_path):
    status, text, _ = call("export", tmp_path / "out", "--format", "nquads", "--format", "turtle")
    assert status == 0
    names = sorted(Path(line).name for line in text.splitlines())
    assert names == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [Path(name).suffix for name in names] == [".nq", ".ttl"]


def test_export_to_standard_output_is_lossless(run):
    done = run("export", "-", "--format", "nquads")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>' in done.stdout
    assert b"/graph/data/tiny>" in done.stdout


# --- bad input: one sentence, the right status, never a traceback

BAD = [
    (("nonsense",), "There is no command “nonsense”"),
    (("quer",), "Near matches: query"),
    (("--nonsense",), "No such option"),
    (("query", "meeting-chairs"), "Near matches: meeting-chair"),
    (("query", "../secrets"), "no stored query"),
    (("query", "--tag", "nonsense"), "There are: meetings, people"),
    (("query", "--json", "meetings"), "name no query"),
    (("query", "meeting-chair"), "error: The query meeting-chair needs --meeting.\n"),
    (("query", "meeting-chair"), "For example: ip5kg query meeting-chair --meeting heads-2021\n"),
    (("query", "meeting-chair", "heads-2021"), "It takes --meeting, --as-of"),
    ((*CHAIR, "--office", "xx"), "It takes --meeting, --as-of"),
    (("query", "meetings", "--office", "xx"), "It takes no parameters"),
    ((*CHAIR, "--as-of", "23 June"), "error: --as-of: “23 June” is not a day of the calendar.\n"),
    ((*CHAIR, "--as-of", ""), "error: --as-of is empty.\n"),
    ((*CHAIR, "--format", "excel"), "'excel' is not one of"),
    (
        ("query", "meeting-chair", "--meeting", "x"),
        "error: --meeting: the graph has no meeting “x”",
    ),
    (("query", "meeting-chair", "--meeting", "heads-2020"), "Near matches: meeting:heads-202"),
    (("query", "meeting-chair", "--meeting", "office:xx"), "no meeting “office:xx”"),
    (("query", "meeting-chair", "--meeting", "http://bad iri/>"), "no meeting"),
    (("query", "meeting-chair", "--meeting", 'x" } DROP ALL #'), "no meeting"),
    ((*CHAIR, "--endpoint", "nonsense"), "not the address of an endpoint"),
    ((*CHAIR, "--endpoint", "http://127.0.0.1:9/", "--timeout", "0"), "not positive"),
    ((*CHAIR, "--timeout", "long"), "not a valid integer"),
    ((*CHAIR, "-o", "no/such/folder/x"), "cannot be written"),
    ((*CHAIR, "-o", "."), "cannot be written"),
    (("sparql",), "Write one query"),
    (("sparql", "ASK {}", "-f", "x"), "Write one query"),
    (("sparql", "-f", "missing.rq"), "missing.rq cannot be read"),
    (("sparql", "SELECT ?x WHERE { ?x"), "not SPARQL"),
    (("sparql", ""), "The query is empty."),
    (("sparql", " \n# SELECT * {}"), "The query is empty."),
    (("sparql", "SELECT * {}" + "{" * 3000), "nests"),
    (("sparql", "ASK {}", "--format", "turtle"), "Possible: table, csv, tsv, json, md"),
    (("sparql", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"), "Possible: turtle"),
    (("show",), "Missing argument"),
    (("show", "nonsense"), "no thing “nonsense”"),
    (("show", ""), "no thing"),
    (("show", "Exland Patent Office"), "can be name:xx-new or office:xx"),
    (("show", "xx", "--as-of", "2021-13-01"), "error: --as-of: “2021-13-01” is not a day"),
    (("search",), "Missing argument"),
    (("search", "…"), "no words"),
    (("search", "x", "--limit", "0"), "limit"),
    (("stats", "--format", "csv"), "'csv' is not one of"),
    (("validate", "missing.ttl"), "missing.ttl"),
    (("validate", "bad.ttl"), "bad.ttl:2:"),
    (("validate", "--fail-on", "sometimes"), "'sometimes' is not one of"),
    (("export",), "Missing argument"),
    (("export", "-"), "--format"),
    (("export", "-", "--format", "turtle", "--format", "trig"), "--format"),
    (("export", "bad.ttl"), "cannot be written"),
    (("export", "out", "--format", "excel"), "'excel' is not one of"),
]


@pytest.mark.parametrize(("args", "says"), BAD, ids=lambda value: " ".join(value)[:40])
def test_bad_input_gets_one_sentence_and_status_2(call, monkeypatch, tmp_path, args, says):
    monkeypatch.chdir(tmp_path)
    Path("bad.ttl").write_text("<a:b> <a:c> <a:d> .\n<a:b> nonsense\n", encoding="utf-8")
    rooted = args[0] not in ("nonsense", "quer", "--nonsense")
    status, text, error = call(*args, rooted=rooted)
    assert (status, text) == (2, "")
    assert says in error
    assert error.startswith("error: ")
    assert "Traceback" not in error
    assert len(error.splitlines()) <= 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("export", ""), "DIRECTORY is empty."),
        (("export", "", "--format", "turtle"), "DIRECTORY is empty."),
        (("export", "out", "--root", ""), "--root is empty."),
        (("query", "--root", ""), "--root is empty."),
        (("query", "--root", "", "meetings"), "--root is empty."),
        (("query", "meetings", "--root", ""), "--root is empty."),
        (("query", "meetings", "--root="), "--root is empty."),
        (("show", "office:jp", "--root", ""), "--root is empty."),
        (("stats", "-o", ""), "-o is empty."),
        (("stats", "--output="), "-o is empty."),
        (("query", "meetings", "-o", ""), "-o is empty."),
        (("sparql", "-f", ""), "-f is empty."),
    ],
    ids=str,
)
def test_an_empty_name_is_not_the_current_folder(call, root, tmp_path, args, says):
    # A folder that would do for a root.
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).symlink_to(root / name)
    with contextlib.chdir(tmp_path):
        status, text, error = call(*args, rooted=False)
    assert (status, text) == (2, "")
    assert error.startswith(f"error: {says}\nhint: Name a ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "ontology", "queries"]


def test_an_empty_root_is_not_the_current_folder_for_python_either():
    with pytest.raises(ParameterError, match="root is empty"):
        ip5kg.open("")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("data", "broken.ttl:1:"),
        ("queries", "header is missing"),
        ("ontology", "has no ontology/ in it"),
    ],
)
def test_a_broken_root_is_named(tiny, tmp_path, capsys, broken, says):
    for name in ("ontology", "data", "queries"):
        if name != broken:
            (tmp_path / name).symlink_to(tiny / name)
    if broken != "ontology":
        (tmp_path / broken).mkdir()
        for suffix in (".ttl", ".rq"):
            (tmp_path / broken / f"broken{suffix}").write_text("nonsense", encoding="utf-8")
    name = "broken" if broken == "queries" else "meetings"
    assert main(["query", name, "--root", str(tmp_path)]) == 2
    assert says in capsys.readouterr().err


READERS = [
    ("show", "office:xx"),
    ("query", "meetings"),
    ("search", "x"),
    ("stats",),
    ("sparql", "ASK {}"),
    ("validate",),
    ("export", "out"),
    ("export", "-", "--format", "turtle"),
]


@pytest.fixture
def rooted(tiny, tmp_path):
    """A root whose data can be broken."""
    folder = tmp_path / "root"
    for name in ("ontology", "queries"):
        folder.mkdir(exist_ok=True)
        (folder / name).symlink_to(tiny / name)
    (folder / "data").mkdir()
    return folder


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_a_broken_file_is_named_in_the_same_way_by_all_commands(rooted, args, capsys):
    (rooted / "data" / "broken.ttl").write_text("\n<a:b> nonsense", encoding="utf-8")
    elsewhere = rooted.with_name("elsewhere")
    elsewhere.mkdir()
    for folder, root, named in [
        (rooted.parent, "root", "root/data/broken.ttl"),
        (rooted.parent, rooted, "root/data/broken.ttl"),
        (rooted, ".", "data/broken.ttl"),
        (rooted / "data", "..", "broken.ttl"),
        (elsewhere, "../root", str(rooted / "data" / "broken.ttl")),
    ]:
        with contextlib.chdir(folder):
            assert main([*args, "--root", str(root)]) == 2
        error = capsys.readouterr().err
        assert error.startswith(f"error: {named}:2:7: nonsense is not a valid predicate.\n")


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_a_dangling_link_is_named(rooted, args, capsys):
    (rooted / "data" / "gone.ttl").symlink_to("nowhere.ttl")
    with contextlib.chdir(rooted):
        assert main([*args, "--root", "."]) == 2
    assert capsys.readouterr().err == (
        "error: data/gone.ttl is a symbolic link to nowhere.ttl, which does not exist.\n"
        "hint: Delete the link, or put the file there.\n"
    )


def test_a_query_file_that_cannot_be_read_is_named(rooted, capsys):
    (rooted / "queries").unlink()
    (rooted / "queries").mkdir()
    (rooted / "queries" / "gone.rq").symlink_to("nowhere.rq")
    (rooted / "queries" / "latin.rq").write_bytes(b"#+ summary: \xe9\n")
    for name, says in [
        ("gone", "queries/gone.rq cannot be read: no such file or directory."),
        ("latin", "queries/latin.rq is not UTF-8."),
    ]:
        with contextlib.chdir(rooted):
            assert main(["query", name, "--root", "."]) == 2
        assert capsys.readouterr().err.startswith(f"error: {says}\n")


def test_a_query_that_is_not_utf_8_is_refused(run):
    done = run("sparql", "-", input=b"SELECT \xff")
    assert done.returncode == 2
    assert b"not UTF-8" in done.stderr


def test_an_error_cannot_restyle_the_terminal(call):
    assert "\x1b" not in call("show", "\x1b[31mred")[2]


# --- failures of ours


def test_an_internal_failure_is_one_sentence_and_status_3(call, monkeypatch):
    def fail(*_args, **_more):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(ip5kg.graph.KnowledgeGraph, "query", fail)
    status, text, error = call(*CHAIR)
    assert (status, text) == (3, "")
    assert "ZeroDivisionError: oops" in error
    assert "--debug" in error
    assert "Traceback" not in error
    status, _, error = call("--debug", *CHAIR)
    assert status == 3
    assert "Traceback" in error


def test_an_engine_that_breaks_off_is_status_3(call, monkeypatch):
    def fail(*_, **__):
        raise ValidationFailure("The engine broke off.")

    monkeypatch.setattr(ip5kg.validation, "validate", fail)
    status, text, error = call("validate")
    assert (status, text, error) == (3, "", "error: The engine broke off.\n")


# --- files and pipes


def test_a_result_goes_into_a_file(call, tmp_path):
    assert call(*CHAIR, "-o", tmp_path / "out.txt") == (0, "", "")
    assert "Hayasi Anne" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("form", TABLE_FORMATS, ids=lambda form: form.name)
def test_the_name_of_the_file_says_the_format(call, tmp_path, form):
    named, told = tmp_path / f"a{form.suffix}", tmp_path / "b"
    assert call(*CHAIR, "-o", named) == (0, "", "")
    assert call(*CHAIR, "-o", told, "--format", form.name) == (0, "", "")
    assert named.read_bytes() == told.read_bytes()
    other = tmp_path / "c.parquet"
    assert call(*CHAIR, "-o", other, "--format", form.name) == (0, "", "")
    assert other.read_bytes() == told.read_bytes()
    assert call("sparql", "ASK {}", "-o", named) == (0, "", "")


@pytest.mark.parametrize("form", RDF_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("query", ["DESCRIBE meeting:heads-2021", "CONSTRUCT WHERE { ?s a ?o }"])
def test_triples_go_into_every_rdf_syntax(call, tiny, tmp_path, form, query):
    named = tmp_path / f"a{form.suffix}"
    assert call("sparql", query, "-o", named) == (0, "", "")
    assert call("sparql", query, "--format", form.name)[1] == named.read_text(encoding="utf-8")
    expected = set(ip5kg.open(tiny).sparql(query))
    assert {
        quad.triple for quad in parse(path=named, format=RdfFormat.from_extension(form.suffix[1:]))
    } == expected


@pytest.mark.parametrize("name", ["a.pdf", "a.xls", "a.CSVX", "a.b.zzz"])
def test_a_name_that_says_another_format_is_refused(call, tmp_path, name):
    status, text, error = call(*CHAIR, "-o", tmp_path / name)
    assert (status, text) == (2, "")
    assert "ends with that of no format" in error
    assert call(*CHAIR, "-o", tmp_path / name, "--format", "csv") == (0, "", "")


def test_a_root_without_shapes_or_data_is_told(tmp_path, capsys):
    for folder in ("ontology", "data", "queries"):
        (tmp_path / folder).mkdir()
    assert main(["validate", "--root", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: There are no shapes and no checks below ")


def test_a_format_that_cannot_hold_the_answer_is_refused(call, tmp_path):
    for args, name in (
        (CHAIR, "a.ttl"),
        (("sparql", "SELECT * {}"), "a.nq"),
        (("sparql", "DESCRIBE meeting:heads-2021"), "a.xlsx"),
    ):
        status, text, error = call(*args, "-o", tmp_path / name)
        assert (status, text) == (2, "")
        assert "cannot be written as" in error
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_binary_format_is_nothing_for_a_terminal(tiny, form):
    pty = pytest.importorskip("pty")
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "ip5kg", *CHAIR, "--root", str(tiny), "--format", form]
    done = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, check=False)
    os.close(terminal)
    with contextlib.suppress(OSError):
        assert os.read(reader, 1) == b""
    os.close(reader)
    assert done.returncode == 2
    assert f"-o FILE.{form}".encode() in done.stderr
    piped = subprocess.run(command, capture_output=True, check=True).stdout
    assert piped[:4] == {"xlsx": b"PK\x03\x04", "parquet": b"PAR1"}[form]


def test_a_failure_leaves_the_old_file_alone(call, tmp_path):
    old = tmp_path / "out.txt"
    old.write_text("old", encoding="utf-8")
    assert call("query", "meeting-chair", "--meeting", "nonsense", "-o", old)[0] == 2
    assert call("show", "nonsense", "-o", old)[0] == 2
    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_file_named_by_a_dash_is_standard_output(call):
    assert call(*CHAIR, "-o", "-")[1].startswith("person")


WITHOUT_A_GRAPH = [(), ("--help",), ("--version",), ("query",), ("query", "-h"), ("show", "--help")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("args", [*WITHOUT_A_GRAPH, CHAIR, (*CHAIR, "--help")], ids=" ".join)
def test_a_full_disk_is_said(args):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ip5kg", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"error: Standard output cannot be written: the disk is full.\n"


@pytest.mark.skipif(os.name == "nt", reason="streams are closed in another way there")
@pytest.mark.parametrize("args", WITHOUT_A_GRAPH, ids=" ".join)
def test_a_closed_standard_output_is_said(args):
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "ip5kg", *args],
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"error: Standard output cannot be written: it is closed.\n"


# --- locales

PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture(params=[PLAIN, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"LC_ALL": "C.UTF-8"}])
def speak(request, run):
    """Run the program in a locale that may know ASCII alone: (status, output, error)."""
    if os.name == "nt":
        pytest.skip("locales are of another kind there")

    def speak(*args, rooted=True):
        done = run(*args, rooted=rooted, env={**os.environ, **request.param})
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return speak


def test_words_are_read_and_written_in_any_locale(speak):
    assert speak("search", "campinos", rooted=False)[1].count("António Campinos") > 1
    assert speak("search", "António", "--limit", "1", rooted=False)[1].count("António") == 1
    status, text, _ = speak("show", "濱野", rooted=False)
    assert (status, text.partition("\n")[0]) == (0, "Hamano Koichi")
    status, text, _ = speak("query", "appearances-of-person", "--person", "濱野", rooted=False)
    assert status == 0
    text = speak("sparql", "SELECT ('濱' AS ?x) {}", "--format", "csv")[1]
    assert text == "x\r\n濱\r\n"


def test_errors_are_written_in_any_locale(speak):
    assert speak("search", "笠谷") == (0, "name  label  kind\n", "Nothing bears these words.\n")
    status, text, error = speak("show", "笠谷")
    assert (status, text) == (2, "")
    assert error.startswith("error: The graph has no thing “笠谷”.\n")
    assert "“é”" in speak("é", rooted=False)[2]
    assert "“é”" in speak("query", "é")[2]
    assert "“é”" in speak(*CHAIR, "é")[2]
    assert "dossier é/x cannot be written" in speak("stats", "-o", "dossier é/x")[2]


def test_files_have_the_same_names_in_any_locale(speak, tmp_path):
    name = "dossier é"
    status, text, _ = speak("export", name, "--format", "turtle")
    assert (status, text) == (0, f"{name}/ip5kg.ttl\n")
    assert speak("stats", "-o", f"{name}/濱.txt")[0] == 0
    (tmp_path / "é.rq").write_text("ASK {}", encoding="utf-8")
    assert speak("sparql", "-f", "é.rq") == (0, "yes\n", "")
    assert sorted(path.name for path in (tmp_path / name).iterdir()) == ["ip5kg.ttl", "濱.txt"]


def test_graphs_have_the_same_names_in_any_locale(speak, rooted):
    (rooted / "data" / "é.ttl").write_text("<a:b> <a:c> <a:d> .", encoding="utf-8")
    query = "SELECT ?g { GRAPH ?g { <a:b> ?p ?o } }"
    text = speak("sparql", query, "--format", "csv", "--root", rooted, rooted=False)[1]
    assert text == "g\r\nhttps://w3id.org/ip5kg/graph/data/%C3%A9\r\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_an_error_that_cannot_be_told_keeps_its_status(where):
    for args, status in ((("nonsense",), 2), (("--version",), 0)):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {where}', "sh", sys.executable, "-m", "ip5kg", *args],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way there")
def test_a_reader_that_goes_away_ends_it_quietly(tiny):
    with subprocess.Popen(
        [sys.executable, "-m", "ip5kg", "sparql", "-", "--root", str(tiny)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        process.stdin.write(b"SELECT * { ?s ?p ?o }")
        process.stdin.close()
        assert process.wait(30) == 141
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
def test_ctrl_c_ends_it_with_one_line(tiny):
    with subprocess.Popen(
        [sys.executable, "-m", "ip5kg", "sparql", "-", "--root", str(tiny)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(0.5)  # by then it waits for the query
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=30)
    assert (process.returncode, out, error) == (130, b"", b"interrupted\n")


def on_terminal(args, **environment):
    """Run the program on a pseudo-terminal; return its status and what the terminal got."""
    import pty

    outer, inner = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ip5kg", *map(str, args)],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**os.environ, "TERM": "xterm", **environment},
    ) as process:
        os.close(inner)
        seen = b""
        while True:
            try:
                piece = os.read(outer, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
    os.close(outer)
    return process.returncode, seen.decode()


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_colour_is_for_terminals_whose_users_want_it(tiny, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    wrong = ["show", "nonsense", "--root", tiny]
    status, seen = on_terminal(wrong)
    assert status == 2
    assert seen.startswith("\x1b[1;31merror:\x1b[0m ")
    assert "\x1b" not in on_terminal(wrong, NO_COLOR="1")[1]
    assert "\x1b[1m" in on_terminal(["show", "xx", "--root", tiny])[1]
    assert "\x1b" not in on_terminal(["show", "xx", "--root", tiny], NO_COLOR="1")[1]


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_on_a_terminal_a_table_has_a_header_in_bold(tiny):
    status, seen = on_terminal([*CHAIR, "--root", tiny])
    assert status == 0
    assert "\x1b[1mperson" in seen
    assert "Hayasi Anne" in seen


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_on_a_narrow_terminal_errors_and_hints_are_wrapped_between_words(tiny):
    wrong = ["query", "meeting-chair", "--meeting", "https://w3id.org/ip5kg/meeting/heads-2031"]
    status, seen = on_terminal([*wrong, "--root", tiny], COLUMNS="40", NO_COLOR="1")
    assert status == 2
    assert seen.splitlines() == [
        "error: --meeting: the graph has no",
        "       meeting",
        "       “https://w3id.org/ip5kg/meeting/heads-2031”.",
        "hint: Near matches: meeting:heads-2021,",
        "      meeting:heads-2022.",
    ]
    seen = on_terminal([*wrong, "--root", tiny], COLUMNS="40", NO_COLOR="")[1]
    assert re.sub(r"\x1b\[[\d;]*m", "", seen).splitlines()[1] == "       meeting"
    assert len(on_terminal([*wrong, "--root", tiny], COLUMNS="200")[1].splitlines()) == 2
    assert len(on_terminal([*wrong, "--root", tiny], COLUMNS="1")[1].splitlines()) > 5


def test_where_there_is_no_terminal_nothing_is_wrapped(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    done = run("query", "meeting-chair", "--meeting", "heads-2031")
    assert len(done.stderr.splitlines()) == 2
