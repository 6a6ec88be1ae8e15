"""``ip5kg validate`` on other people's graphs: places, baseline, coverage, memory, bad input."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import pytest

from ip5kg.cli.main import main

SHAPES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:PersonShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:closed true ;
    sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
    sh:property [
        sh:path ex:name ;
        sh:minCount 1 ;
        sh:maxCount 1 ;
        sh:datatype xsd:string ;
        sh:message "A person has one name."
    ] , [
        sh:path ex:knows ;
        sh:class ex:Person ;
        sh:message "A person knows persons."
    ] , [
        sh:path ex:status ;
        sh:in ( "active" "retired" ) ;
        sh:message "A status is active or retired."
    ] .
"""
DATA = """\
@prefix ex: <http://example.org/> .

# Ann is as she should be.
ex:ann a ex:Person ;
    ex:name "Ann" ;
    ex:knows ex:bob .

ex:bob a ex:Person ;
    ex:name 42 ;
    ex:knows ex:anne ;
    ex:status "activ" .

ex:cid a ex:Person ;
    ex:name "Cid" , "Sid" ;
    ex:nmae "Cid" .

ex:dan a ex:Person .
"""
PLACES = {
    (9, 13, "A person has one name."),
    (10, 14, "A person knows persons."),
    (11, 15, "A status is active or retired."),
    (14, 21, "A person has one name."),
    (17, 1, "A person has one name."),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def validate(folder, capsys):  # noqa: ARG001 - it changes the working folder
    """Call ``ip5kg validate --shapes shapes.ttl data.ttl``: (status, output, errors)."""

    def validate(*args, data=("data.ttl",), shapes=("shapes.ttl",)):
        given = [*data, *(word for name in shapes for word in ("--shapes", name)), *args]
        status = main(["validate", *map(str, given)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return validate


def findings(output):
    return json.loads(output)["findings"]


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_each_finding_has_the_place_of_what_causes_it(validate, engine):
    status, output, _ = validate("--format", "json", "--engine", engine)
    assert status == 1
    found = {(f["line"], f["column"], f["message"]) for f in findings(output)}
    assert found >= PLACES
    assert {f["file"] for f in findings(output)} == {"data.ttl"}
    [unknown] = [
        f for f in findings(output) if f["component"].endswith("#ClosedConstraintComponent")
    ]
    assert (unknown["line"], unknown["column"], unknown["end_column"]) == (15, 5, 12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "One of FILES is empty."),
        (("data.ttl", ""), "One of FILES is empty."),
        (("data.ttl", "--shapes="), "--shapes is empty."),
        (("data.ttl", "--shapes", "shapes.ttl", "--shapes", ""), "--shapes is empty."),
        (("data.ttl", "--shapes", "shapes.ttl", "--baseline="), "--baseline is empty."),
        (("--baseline", "", "--update-baseline"), "--baseline is empty."),
    ],
)
def test_an_empty_name_is_told_from_this_folder(folder, capsys, arguments, said):
    before = sorted(folder.rglob("*"))
    assert main(["validate", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {said}\n")
    assert sorted(folder.rglob("*")) == before


def test_near_misses_are_said(validate):
    _, output, _ = validate("--format", "json")
    said = {(f["line"], f["suggestion"]) for f in findings(output) if f["suggestion"]}
    assert said == {
        (10, "Did you mean http://example.org/ann?"),
        (11, "Did you mean “active”?"),
        (15, "Did you mean http://example.org/name?"),
    }


def test_the_other_values_of_one_too_many_are_related(validate):
    _, output, _ = validate("--format", "json")
    [doubled] = [f for f in findings(output) if (f["line"], f["column"]) == (14, 21)]
    assert [(place["line"], place["column"]) for place in doubled["related"]] == [(14, 13)]


def test_text_shows_the_line_and_a_caret(validate):
    _, output, _ = validate()
    assert "data.ttl\n" in output
    assert "\n    10 |     ex:knows ex:anne ;\n       |              ^^^^^^^\n" in output


def test_the_readme_shows_what_is_printed(validate, root):
    _, output, _ = validate()
    readme = (root / "README.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\ndata\.ttl\n(.*?)```", readme, re.DOTALL)
    assert shown in output


def test_relative_iris_and_blank_nodes_have_places_too(validate, folder):
    (folder / "data.ttl").write_text(
        "@prefix ex: <http://example.org/> .\n<#me> a ex:Person ; ex:name 1 .\n"
        "[] a ex:Person ; ex:name 2 .\n",
        encoding="utf-8",
    )
    _, output, _ = validate("--format", "json")
    assert {(f["line"], f["column"]) for f in findings(output)} == {(2, 29), (3, 26)}


# --- policy


@pytest.mark.parametrize(("threshold", "status"), [("violation", 1), ("info", 1), ("never", 0)])
def test_fail_on_decides_the_exit_status(validate, threshold, status):
    assert validate("--fail-on", threshold)[0] == status


def test_baseline_makes_only_new_findings_fail(validate, folder):
    status, _, said = validate("--baseline", "known.json", "--update-baseline")
    assert (status, said) == (0, "known.json knows 6 findings now.\n")
    moved = DATA.replace("# Ann", "# moved\n# down\n# Ann")
    (folder / "data.ttl").write_text(moved, encoding="utf-8")
    status, output, _ = validate("--baseline", "known.json", "--format", "json")
    assert status == 0
    assert all(finding["known"] for finding in findings(output))
    (folder / "data.ttl").write_text(moved + "ex:eve a ex:Person .\n", encoding="utf-8")
    status, output, _ = validate("--baseline", "known.json", "--format", "json")
    assert status == 1
    [new] = [finding for finding in findings(output) if not finding["known"]]
    assert new["focus"] == "http://example.org/eve"


def test_a_baseline_entry_that_is_gone_is_told(validate, folder):
    validate("--baseline", "known.json", "--update-baseline")
    (folder / "data.ttl").write_text(DATA.replace("ex:name 42", 'ex:name "B"'), encoding="utf-8")
    status, output, _ = validate("--baseline", "known.json")
    assert status == 0
    assert "In the baseline, but no longer found:\n  http://example.org/bob: A person" in output


def test_update_needs_a_baseline(validate):
    status, _, said = validate("--update-baseline")
    assert (status, said.splitlines()[0]) == (2, "error: --update-baseline needs --baseline FILE.")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 2}', "nul\0l"])
def test_what_is_no_baseline_is_refused(validate, folder, content):
    (folder / "known.json").write_text(content, encoding="utf-8")
    status, output, said = validate("--baseline", "known.json")
    assert (status, output) == (2, "")
    assert "known.json is no baseline" in said


# --- coverage


def test_coverage_tells_what_no_shape_looks_at(validate, folder):
    (folder / "data.ttl").write_text(
        DATA + 'ex:x a ex:Thing ; ex:name "X" ; ex:weight 1 .\n', encoding="utf-8"
    )
    _, output, _ = validate("--coverage", "--format", "json")
    coverage = json.loads(output)["coverage"]
    [file] = coverage["files"]
    # The name of a thing is not that of a person.
    assert file["properties"] == {
        "http://example.org/name": 1,
        "http://example.org/nmae": 1,
        "http://example.org/weight": 1,
    }
    assert file["classes"] == {"http://example.org/Thing": 1}
    assert (file["triples"], file["covered"]) == (15, 11)
    assert coverage["share"] == 73.3


def test_coverage_names_the_shapes_that_find_nothing(validate, folder):
    (folder / "more.ttl").write_text(
        "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "ex:Idle a sh:NodeShape ; sh:targetClass ex:Nothing .\n",
        encoding="utf-8",
    )
    _, output, _ = validate("--coverage", shapes=("shapes.ttl", "more.ttl"))
    assert "http://example.org/Idle finds no focus node" in output


def test_coverage_below_the_threshold_fails(validate):
    status, _, said = validate("--coverage", "99.5", "--fail-on", "never")
    assert (status, said) == (1, "The shapes look at less than 99.5 % of the triples.\n")
    assert validate("--coverage", "50", "--fail-on", "never")[0] == 0


# --- memory


def test_what_passed_is_remembered_until_something_changes(validate, folder):
    cache = folder / "cache" / "ip5kg" / "reports"
    first = validate("--fail-on", "never")
    [entry] = cache.iterdir()
    told = entry.read_bytes()
    assert validate("--fail-on", "never") == first
    assert [path.name for path in cache.iterdir()] == [entry.name]
    (folder / "data.ttl").write_text(DATA + "\n", encoding="utf-8")
    validate("--fail-on", "never")
    assert len(list(cache.iterdir())) == 2
    # An entry that is not whole is not believed.
    (folder / "data.ttl").write_text(DATA, encoding="utf-8")
    entry.write_bytes(told[:-5])
    assert validate("--fail-on", "never") == first


def test_an_entry_is_what_answers(validate, folder):
    """The second run does not validate again: it says what the memory says."""
    validate("--fail-on", "never")
    [entry] = (folder / "cache" / "ip5kg" / "reports").iterdir()
    import hashlib

    body = b"remembered\n"
    digest = hashlib.sha256(body).hexdigest().encode()
    entry.write_bytes(b"ip5kg result 1\n" + digest + b"\n" + body)
    assert validate("--fail-on", "never")[1] == "remembered\n"
    assert validate("--fail-on", "never", "--no-cache")[1] != "remembered\n"
    assert validate("--fail-on", "never", "--format", "json")[1] != "remembered\n"


def test_what_failed_is_not_remembered(validate, folder):
    assert validate()[0] == 1
    assert not (folder / "cache").exists()


def test_a_cache_that_cannot_be_written_does_no_harm(validate, folder):
    (folder / "cache").write_text("a file")
    assert validate("--fail-on", "never")[0] == 0


# --- bad input


def wrong(validate, sentence, **more):
    status, output, said = validate(**more)
    assert (status, output) == (2, "")
    first, *rest = said.splitlines()
    assert re.search(sentence, first), first
    assert all(line.startswith("hint: ") for line in rest)


def test_missing_file(validate):
    wrong(validate, "There is no file nowhere.ttl", data=["nowhere.ttl"])
    wrong(validate, "There is no file nowhere.ttl", shapes=["nowhere.ttl"])


def test_directory(validate, folder):
    (folder / "folder.ttl").mkdir()
    wrong(validate, "folder.ttl is a folder", data=["folder.ttl"])


def test_broken_utf8(validate, folder):
    (folder / "bad.ttl").write_bytes(b"<urn:a> <urn:b> '\xff' .")
    wrong(validate, "bad.ttl:1:18: The byte 0xFF is not UTF-8", data=["bad.ttl"])


def test_truncated_file(validate, folder):
    (folder / "cut.ttl").write_text(DATA[:200], encoding="utf-8")
    wrong(validate, r"cut.ttl:\d+:\d+: ", data=["cut.ttl"])


@pytest.mark.slow
def test_line_of_200_megabytes(validate, folder):
    with (folder / "long.ttl").open("w", encoding="utf-8") as file:
        file.write('<urn:a> <urn:b> "')
        for _ in range(200):
            file.write("x" * 1_000_000)
    wrong(validate, "long.ttl has a term that is too long to be read", data=["long.ttl"])


def test_a_wrong_shapes_graph_is_refused_with_its_place(validate, folder):
    (folder / "shapes.ttl").write_text(
        SHAPES.replace("sh:maxCount 1", 'sh:maxCount "one"'), encoding="utf-8"
    )
    wrong(validate, r"^error: shapes.ttl:12:21: This is no well-formed shape: ")


def test_a_shapes_graph_without_shapes_is_refused(validate):
    wrong(validate, "There is no shape in data.ttl", shapes=["data.ttl"])


def test_an_unknown_term_of_shacl_is_said(validate, folder):
    text = SHAPES.replace("sh:minCount 1 ;", "sh:minCout 1 ;")
    (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    _, output, _ = validate()
    assert "Note: SHACL has no term sh:minCout; it constrains nothing." in output
    assert "by pySHACL." in output


def test_entailment_that_is_not_supported_is_a_failure(validate, folder):
    text = SHAPES + "<> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .\n"
    (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    status, output, said = validate()
    assert (status, output) == (3, "")
    assert "entailment" in said


def test_imports_are_never_fetched(validate, folder):
    import http.server
    import threading

    class Server(http.server.BaseHTTPRequestHandler):
        asked: ClassVar[list[str]] = []

        def do_GET(self):
            self.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        iri = f"http://127.0.0.1:{server.server_port}/x.ttl"
        head = f"<> <http://www.w3.org/2002/07/owl#imports> <{iri}> .\n"
        (folder / "data.ttl").write_text(head + DATA, encoding="utf-8")
        (folder / "shapes.ttl").write_text(head + SHAPES, encoding="utf-8")
        for engine in ("auto", "fast", "reference"):
            _, output, _ = validate("--engine", engine)
            assert f"Note: The import of <{iri}> is not followed" in output
    finally:
        server.shutdown()
        server.server_close()
    assert Server.asked == []


def test_report_file_that_cannot_be_written(validate, folder):
    (folder / "report").mkdir()
    status, output, said = validate("-o", "report")
    assert (status, output) == (2, "")
    assert said.startswith("error: report cannot be written")
    status, _, said = validate("-o", "nowhere/report.txt")
    assert status == 2
    assert not Path("nowhere").exists()


def test_shapes_need_data(validate):
    wrong(validate, "--shapes needs the data files to check", data=[])


# --- watch


@pytest.mark.skipif(sys.platform == "win32", reason="signals work differently there")
def test_watch_validates_again_on_save(folder):
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "ip5kg",
            "validate",
            "--watch",
            "--shapes",
            "shapes.ttl",
            "data.ttl",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert _until(process.stdout, "6 violations")
        (folder / "data.ttl").write_text("broken", encoding="utf-8")
        assert _until(process.stderr, "error: data.ttl:1:")
        (folder / "data.ttl").write_text(DATA.split("ex:bob a", maxsplit=1)[0], encoding="utf-8")
        assert _until(process.stdout, "1 violation in")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.stdout.close()
        process.stderr.close()
        process.wait()


def _until(stream, text):
    """Read lines until one has the text in it, for a while."""
    end = time.monotonic() + 60
    for line in stream:
        if text in line:
            return True
        if time.monotonic() > end:
            break
    return False


# --- what a second reading found


def test_a_share_that_is_no_number_is_refused(validate):
    status, output, _ = validate("--coverage", "nan")
    assert (status, output) == (2, "")


def test_a_report_that_cannot_be_written_leaves_the_baseline(validate, folder):
    status, _, _ = validate("--baseline", "b.json", "--update-baseline", "-o", "no/such/x")
    assert status == 2
    assert not (folder / "b.json").exists()


def test_constraints_of_one_shape_are_told_apart_by_the_baseline(folder, capsys):
    (folder / "s.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:sparql
  [ sh:message "has one" ; sh:select "SELECT $this WHERE { $this <http://example.org/one> ?x }" ] ,
  [ sh:message "has two" ; sh:select "SELECT $this WHERE { $this <http://example.org/two> ?x }" ] .
""",
        encoding="utf-8",
    )
    data = folder / "d.ttl"
    data.write_text("@prefix ex: <http://example.org/> .\nex:a a ex:P ; ex:one 1 .\n")
    call = ["validate", "--shapes", "s.ttl", "d.ttl", "--baseline", "b.json"]
    main([*call, "--update-baseline"])
    assert main(call) == 0
    data.write_text("@prefix ex: <http://example.org/> .\nex:a a ex:P ; ex:two 1 .\n")
    capsys.readouterr()
    assert main(call) == 1
    assert "violation: has two" in capsys.readouterr().out


PATTERN = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:a ; sh:pattern "%s" ] .
"""


@pytest.mark.parametrize("pattern", ["(a", "[", "*", "a{2,1}"])
def test_a_pattern_that_is_none_is_refused_with_its_file(folder, capsys, pattern):
    (folder / "s.ttl").write_text(PATTERN % pattern, encoding="utf-8")
    assert main(["validate", "--shapes", "s.ttl", "data.ttl"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: s.ttl: sh:pattern ")


def test_a_pattern_of_xpath_is_taken(folder, capsys):
    (folder / "s.ttl").write_text(PATTERN % "^\\\\p{L}+$", encoding="utf-8")
    (folder / "d.ttl").write_text(
        '@prefix ex: <http://example.org/> .\nex:a a ex:P ; ex:a "5" .\n', encoding="utf-8"
    )
    assert main(["validate", "--shapes", "s.ttl", "d.ttl"]) == 1
    assert "1 violation" in capsys.readouterr().out


def test_what_pyshacl_cannot_compare_is_told_as_the_fast_engine_found_it(folder, capsys):
    (folder / "s.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property ex:S-a .
ex:S-a a sh:PropertyShape ; sh:path ex:a ; sh:lessThanOrEquals ex:b .
""",
        encoding="utf-8",
    )
    (folder / "d.ttl").write_text(
        """@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:x a ex:P ; ex:a "2020-02-30"^^xsd:date ; ex:b "2020-01-01"^^xsd:date .
""",
        encoding="utf-8",
    )
    assert main(["validate", "--shapes", "s.ttl", "d.ttl"]) == 1
    output = capsys.readouterr().out
    assert "3:20 violation" in output
    assert "is told as the fast engine found it" in output


def test_the_turtle_report_has_the_words_and_the_severity_of_the_shapes(folder, capsys):
    (folder / "s.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property ex:S-n .
ex:S-n a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:severity ex:Fatal ;
  sh:message "Name fehlt"@de , "nom"@fr .
""",
        encoding="utf-8",
    )
    (folder / "d.ttl").write_text("<urn:x> a <http://example.org/P> .\n", encoding="utf-8")
    call = ["validate", "--shapes", "s.ttl", "d.ttl", "--format"]
    assert main([*call, "turtle"]) == 1
    output = capsys.readouterr().out
    assert 'sh:resultMessage "Name fehlt"@de ,\n            "nom"@fr ;' in output
    assert "sh:resultSeverity <http://example.org/Fatal> ;" in output
    assert main([*call, "json"]) == 1
    [found] = json.loads(capsys.readouterr().out)["findings"]
    assert found["level"] == "http://example.org/Fatal"
    assert {one["language"] for one in found["said"]} == {"de", "fr"}
    assert found["severity"] == "violation"


def test_a_target_that_no_file_describes_stands_where_the_shapes_name_it(tmp_path, capsys):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix ex: <http://example.org/> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "ex:S a sh:NodeShape ; sh:targetNode ex:gone ; sh:property ex:P .\n"
        "ex:P sh:path ex:p ; sh:minCount 1 .\n"
    )
    data.write_text("<http://example.org/a> <http://example.org/p> 1 .\n")
    call = ["validate", "--shapes", str(shapes), str(data), "--no-cache"]
    assert main([*call, "--format", "json"]) == 1
    [found] = json.loads(capsys.readouterr().out)["findings"]
    assert (found["file"], found["line"], found["column"]) == (str(shapes), 3, 37)
    assert main([*call, "--format", "sarif"]) == 1
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("/shapes.ttl")


NESTED = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:S a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property [ sh:path ex:address ; sh:node ex:Address ] ;
    sh:or (
        [ sh:path ex:mail ; sh:minCount 1 ]
        [ sh:path [ sh:inversePath ex:of ] ; sh:in ( ex:a "b" ) ]
    ) .
ex:Address a sh:NodeShape ; sh:property [ sh:path ex:city ; sh:node ex:City ] .
ex:City a sh:NodeShape ; sh:property [ sh:path ex:name ; sh:datatype ex:none ;
    sh:message "A name." ] .
"""


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_reasons_are_told_with_their_places(validate, folder, engine):
    (folder / "nested.ttl").write_text(NESTED)
    (folder / "people.ttl").write_text(
        "@prefix ex: <http://example.org/> .\n"
        "ex:ann a ex:Person ; ex:address [ ex:city ex:rome ] .\n"
        "ex:rome ex:name 5 . ex:x ex:of ex:ann .\n"
    )
    given = {"data": ("people.ttl",), "shapes": ("nested.ttl",)}
    status, text, _ = validate("--engine", engine, **given)
    assert status == 1
    because = text[text.index("because") :].splitlines()
    assert because[1].startswith("      people.ttl:2:43: Value does not conform to Shape")
    assert because[2].startswith("        people.ttl:3:17: A name. (http://example.org/rome")
    # What pySHACL calls shapes without a name is of no use to the reader.
    assert "urn:ip5kg" not in text
    assert "[ sh:path <http://example.org/mail> ; sh:minCount 1 ]" in text
    assert '[ sh:path ^<http://example.org/of> ; sh:in ( <http://example.org/a> "b" ) ]' in text
    for form in ("github", "html", "json", "junit", "sarif", "turtle"):
        _, text, _ = validate("--engine", engine, "--format", form, **given)
        assert "A name." in text
        assert "urn:ip5kg" not in text
