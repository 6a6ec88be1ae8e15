"""Validation reports say the same in every format, and nothing in them does harm."""

import base64
import hashlib
import json
import os
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from ip5kg.errors import UnknownFormat
from ip5kg.formats import FINDING_FORMATS
from ip5kg.names import BASE, IP5, PREFIXES, expand
from ip5kg.render.reports import render_report
from ip5kg.render.reports.excerpt import excerpt, marked_lines
from ip5kg.render.reports.page import DARK, LIGHT
from ip5kg.render.reports.paths import path_triples
from ip5kg.render.text import UNSEEN, width
from ip5kg.validation.baseline import with_baseline
from ip5kg.validation.findings import NOWHERE, Finding, Place, with_fingerprints
from ip5kg.validation.report import KnownFinding, Report

FORMATS = [form.name for form in FINDING_FORMATS]
SH, SHAPE = PREFIXES["sh"], PREFIXES["shape"]
MEETING = NamedNode(BASE + "id/meeting/heads-2021")
OFFICE = NamedNode(BASE + "id/office/jp")
LINE = '\tip5:date "特許庁" ; ip5:time "soon" .'
START = LINE.index('"soon"') + 1


def finding(message, **changes):
    made = Finding(
        severity="violation",
        focus=MEETING,
        path=f"<{IP5}date>",
        value=Literal("soon"),
        rule=SHAPE + "Meeting-date",
        component=SH + "DatatypeConstraintComponent",
        message=message,
        place=Place("data/meetings/2021.ttl", 12, START, 12, START + 6, LINE),
    )
    return made._replace(**changes)


def report(*findings, **changes):
    ordered = sorted(findings, key=lambda found: found.order)
    made = Report(
        tuple(with_fingerprints(ordered)),
        triples=1234,
        shapes=5,
        checks=6,
        engine="an engine 1.0",
        notes=("One shape was left out.",),
        subject="data/",
    )
    return made._replace(**changes)


def detailed():
    """A finding with what is wrong with its value, and with a value of that."""
    deep = finding("The innermost reason.", place=Place("c.ttl", 3, 1, 3, 2, "y"), value=None)
    details = (
        finding("The first reason.", focus=OFFICE, place=Place("c.ttl", 1, 1, 1, 2, "x")),
        finding("The second reason.", focus=BlankNode("nabc"), place=NOWHERE, details=(deep,)),
    )
    return report(finding("It has details.", details=details), finding("It has none."))


def many():
    """Findings of every kind, some of which a baseline has."""
    related = (Place("data/offices.ttl", 3, 1, 3, 4, "office:jp a ip5:Office ."), Place("a.ttl"))
    whole = report(
        finding("A meeting has a date.", suggestion="Did you mean “2021”?", related=related),
        finding("It ends elsewhere.", place=Place("data/a b,c:d%.ttl", 7, 3, 9, 2, "a [ b")),
        finding("The line is not known.", place=Place("data/z.ttl"), value=None),
        finding("Of known severity.", severity="warning", focus=OFFICE, path=f"^<{IP5}date>"),
        finding("Twice.", place=Place("data/z.ttl", 1, 1, 1, 2, "x")),
        finding("Twice.", place=Place("data/z.ttl", 2, 1, 2, 2, "x")),
        finding("No file.", severity="info", place=NOWHERE, path="", component="", value=None),
        finding("A check.", severity="info", rule=BASE + "checks/owl-lite/declared"),
        finding("A blank node.", focus=BlankNode("nxyz"), rule="nanonymous", place=Place("b.ttl")),
        finding("A value that is a thing.", value=OFFICE, path=f"<{IP5}a>/(<{IP5}b>|<{IP5}c>)*"),
    )
    known = {"Of known severity.", "It ends elsewhere."}
    baseline = [
        KnownFinding(found.fingerprint, found.rule, str(found.focus), found.message)
        for found in whole.findings
        if found.message in known
    ]
    baseline.append(KnownFinding("f" * 16, SHAPE + "Old", str(OFFICE), "It was wrong."))
    return with_baseline(whole, baseline)


# --- Reading reports: each function lists (severity, focus, line, message, known).


def named(focus):
    return focus if focus.startswith("_:") or "://" in focus else expand(focus)


def from_text(text):
    head = re.compile(r"  (?:(\d+)(?::\d+)? )?(violation|warning|info)( \(known\))?: (.*)")
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = head.fullmatch(line)
        if found:
            below = next(line for line in lines[number + 1 :] if line.endswith("]"))
            focus = re.split(r", |  \[", below.strip())[0]
            yield found[2], named(focus), int(found[1] or 0), found[4], bool(found[3])


def commands(text):
    """Read workflow commands the way a runner does."""
    for line in text.splitlines():
        if line.startswith("::"):
            head, _, data = line[2:].partition("::")
            command, _, listed = head.partition(" ")
            properties = dict(pair.split("=", 1) for pair in listed.split(","))
            for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n")):
                properties = {k: v.replace(code, character) for k, v in properties.items()}
                data = data.replace(code, character) if character in "\r\n" else data
            properties = {key: value.replace("%25", "%") for key, value in properties.items()}
            yield command, properties, data.replace("%25", "%")


def from_github(text):
    for command, properties, data in commands(text):
        found = re.fullmatch(r"(known )?(violation|warning|info) \[.*\]", properties["title"])
        if found:
            severity, known = found[2], bool(found[1])
            levels = {"violation": "error", "warning": "warning", "info": "notice"}
            assert command == ("notice" if known else levels[severity])
            message, where = data.split("\n")[:2]
            focus = named(where.split(", ")[0])
            yield severity, focus, int(properties.get("line", 0)), message, known


def from_sarif(text):
    severities = {"error": "violation", "warning": "warning", "note": "info"}
    [run] = json.loads(text)["runs"]
    for result in run["results"]:
        if result["baselineState"] == "absent":
            continue
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        [location] = result["locations"]
        [node] = location["logicalLocations"]
        line = location["physicalLocation"].get("region", {}).get("startLine", 0)
        message = result["message"]["text"].split("\n")[0]
        known = result["baselineState"] == "unchanged"
        yield severities[result["level"]], node["fullyQualifiedName"], line, message, known


def from_junit(text):
    for case in ET.fromstring(text).iter("testcase"):
        for outcome in case:
            focus = named(case.get("name").split(", ")[0].split(" (")[0])
            line = int(case.get("line", 0))
            known = outcome.tag == "skipped"
            yield outcome.get("type"), focus, line, outcome.get("message"), known


def from_html(text):
    page = Page(text)
    for row in page.rows:
        place, severity, _, _ = row.cells
        line = int(re.match(r"\d*", place)[0] or 0)
        focus = named(row.paragraphs[1].split(", ")[0])
        yield row.severity, focus, line, row.paragraphs[0], row.known
        assert severity == f"{row.severity} (known)" if row.known else row.severity


def from_json(text):
    for entry in json.loads(text)["findings"]:
        yield tuple(entry[key] for key in ("severity", "focus", "line", "message", "known"))


def from_turtle(text):
    rows = store_of(text).query(
        f"""PREFIX sh: <{SH}> SELECT ?severity ?focus ?message WHERE {{
        ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
        ?result a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultMessage ?message ;
          sh:resultSeverity ?severity ; sh:sourceShape ?shape }}"""
    )
    for severity, focus, message in rows:
        blank = isinstance(focus, BlankNode)
        name = severity.value.removeprefix(SH).lower()
        yield name, "_:b0" if blank else focus.value, None, message.value, None


READERS = {
    "text": from_text,
    "github": from_github,
    "sarif": from_sarif,
    "junit": from_junit,
    "html": from_html,
    "json": from_json,
    "turtle": from_turtle,
}


def store_of(turtle):
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return store


def test_every_format_is_read_here():
    assert sorted(READERS) == sorted(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_findings_are_the_same_in_every_format(form):
    whole = many()
    expected = [
        (
            found.severity,
            "_:b0" if isinstance(found.focus, BlankNode) else found.focus.value,
            found.place.line,
            found.message,
            found.known,
        )
        for found in whole.findings
    ]
    assert len(expected) == 10
    assert sum(entry[-1] for entry in expected) == 2
    read = list(READERS[form](render_report(whole, form)))
    if form == "turtle":
        # A set has no order, and SHACL knows neither lines nor baselines.
        expected = [(severity, focus, None, text, None) for severity, focus, _, text, _ in expected]
        assert Counter(read) == Counter(expected)
    else:
        assert read == expected


@pytest.mark.parametrize("form", FORMATS)
def test_what_blank_nodes_are_called_does_not_show(form):
    def made(first, second):
        # A fingerprint is made by the validation, before.
        one = finding("One.", focus=BlankNode(first), value=BlankNode(second))
        two = finding("Two.", focus=BlankNode(second), rule=f"n{first}")
        return report()._replace(findings=(one, two))

    text = render_report(made("n1a", "n2b"), form)
    assert text == render_report(made("zz", "aa"), form)
    assert "n1a" not in text
    assert "n2b" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_without_findings(form):
    text = render_report(report(), form)
    assert not list(READERS[form](text)) if form != "turtle" else "sh:conforms true" in text
    if form in {"text", "github", "junit", "html"}:
        assert "No findings in 1,234 triples" in text
    if form == "junit":
        root = ET.fromstring(text)
        [case] = root.iter("testcase")
        assert (len(case), root.get("tests"), root.get("failures")) == (0, "1", "0")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "turtle"])
def test_what_else_a_report_knows_is_said(form):
    text = render_report(many(), form)
    assert "One shape was left out." in text
    assert "an engine 1.0" in text
    assert "It was wrong." in text
    assert "Did you mean “2021”?" in text


@pytest.mark.parametrize("form", ["text", "junit", "html", "sarif", "json"])
def test_related_places_are_named(form):
    text = render_report(many(), form)
    assert "data/offices.ttl" in text
    assert "a.ttl" in text.replace("data.ttl", "")


def test_an_unknown_format_is_refused():
    with pytest.raises(UnknownFormat):
        render_report(report(), "pdf")


# --- Text


def test_known_findings_are_dimmed_and_the_others_coloured():
    text = render_report(many(), "text", colour=True)
    assert f"\x1b[2m  12:{START} warning (known): Of known severity.\x1b[0m" in text
    assert "\x1b[31mviolation\x1b[0m: A meeting has a date." in text
    plain = re.sub(r"\x1b\[\d+m", "", text)
    assert plain == render_report(many(), "text")
    assert "2 violations" not in plain
    assert "7 violations (1 known), 1 warning (1 known), 2 info in" in plain


def test_the_stretch_is_underlined():
    text = render_report(report(finding("Wrong.")), "text")
    [line] = [line for line in text.splitlines() if "| " in line and "soon" in line]
    under = text.splitlines()[text.splitlines().index(line) + 1]
    assert under_of(line, under) == '"soon"'
    assert "| " + " " * 4 + "ip5:date" in line


def under_of(line, under):
    """Return what stands above the carets, column by column of the terminal."""
    first, last = under.index("^"), under.rindex("^")
    shown, column = [], 0
    for character in line:
        if first <= column <= last:
            shown.append(character)
        column += width(character)
    return "".join(shown)


LONG = "x" * 50_000


@pytest.mark.parametrize(
    ("line", "stretch"),
    [
        ("ab cd", "cd"),
        ("\t\tab cd\tef", "cd"),
        ("特許庁 知識 財産", "知識"),
        ("e\u0301e\u0301 ab\u0301c d", "ab\u0301c"),
        (f"{LONG} target {LONG}", "target"),
        (f"{'特' * 20_000} 目的 {'許' * 20_000}", "目的"),
        (f"{LONG} target", "target"),
        (f"target {LONG}", "target"),
        (f"{chr(9) * 5000} target", "target"),
        ("👩🏽\u200d🔬 target 🇯🇵", "target"),
    ],
)
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_caret_stands_under_the_stretch(line, stretch, columns):
    start = line.index(stretch) + 1
    place = Place("a.ttl", 123, start, 123, start + len(stretch), line)
    shown, under = marked_lines(place, columns)
    assert under_of(shown, under) == stretch
    assert max(width(shown), width(under)) <= columns


@pytest.mark.parametrize("columns", [1, 2, 3, 10, 77])
@pytest.mark.parametrize("line", [LONG, "特" * 999, "\u0301" * 999, "\t" * 99, "a\u0301\t特" * 99])
@pytest.mark.parametrize("start", [1, 2, 50, 90])
@pytest.mark.parametrize("length", [0, 1, 40, 1000])
def test_an_excerpt_fits(columns, line, start, length):
    found = excerpt(Place("a.ttl", 1, start, 1, start + length, line), columns)
    # Where there is no room for anything else, two dots and one character remain.
    assert sum(map(width, found)) <= max(columns, 4)
    assert "\t" not in "".join(found)
    if columns > 10:
        assert found.stretch


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("a.ttl", 1, 0, 0, 0, "abc"), ("", "", "abc")),
        (Place("a.ttl", 1, 2, 0, 0, "abc"), ("a", "b", "c")),
        (Place("a.ttl", 1, 2, 1, 2, "abc"), ("a", "b", "c")),
        (Place("a.ttl", 1, 2, 1, 1, "abc"), ("a", "b", "c")),
        (Place("a.ttl", 1, 2, 3, 1, "abc"), ("a", "bc", "")),
        (Place("a.ttl", 1, 9, 1, 99, "abc"), ("abc", "", "")),
        (Place("a.ttl", 1, 4, 1, 5, "abc"), ("abc", "", "")),
    ],
)
def test_ends_that_are_unknown_or_wrong(place, expected):
    assert excerpt(place, 80) == expected
    lines = marked_lines(place, 80)
    assert len(lines) == (2 if place.column else 1)


def test_no_text_no_excerpt():
    assert excerpt(Place("a.ttl", 1, 1, 1, 2, ""), 80) is None
    assert excerpt(NOWHERE, 80) is None


def test_a_source_line_keeps_to_the_width():
    place = Place("a.ttl", 1, 5, 1, 9, "word " * 100)
    text = render_report(report(finding("Wrong.", place=place)), "text", width=60)
    assert max(width(line) for line in text.splitlines() if "| " in line) <= 60


@pytest.mark.parametrize("form", ["text", "github", "junit", "html"])
def test_a_long_value_is_cut_for_people(form):
    path = f"<{IP5}{'p' * 100_000}>"
    text = render_report(report(finding("Wrong.", value=Literal(LONG), path=path)), form)
    assert len(text) < len(render_report(report(finding("Wrong.")), form)) + 1000
    assert "xxx…" in text


def test_a_flood_of_related_places_is_cut():
    related = tuple(Place("b.ttl", number, 1, number, 2, "x") for number in range(1, 100))
    text = render_report(report(finding("Wrong.", related=related)), "text")
    assert text.count("see also") == 5
    assert "and 94 more places" in text


# --- Workflow commands


def test_workflow_commands_are_escaped_as_the_runner_reads_them():
    rows = list(commands(render_report(many(), "github")))
    by_message = {data.split("\n")[0]: properties for _, properties, data in rows}
    strange = by_message["It ends elsewhere."]
    assert strange["file"] == "data/a b,c:d%.ttl"
    # The runner refuses columns where the lines differ.
    assert (strange["line"], strange["endLine"]) == ("7", "9")
    assert "col" not in strange
    assert by_message["A meeting has a date."]["endColumn"] == str(START + 6)
    assert "file" not in by_message["No file."]
    assert "line" not in by_message["The line is not known."]


def test_workflow_commands_keep_what_looks_like_an_escape():
    message = "50%0A off, %25, a:b,c::d"
    [(_, properties, data)] = commands(render_report(report(finding(message), notes=()), "github"))
    assert data.split("\n")[0] == message
    assert properties["title"] == "violation [shape:Meeting-date]"


# --- SARIF


def sarif_run(whole):
    [run] = json.loads(render_report(whole, "sarif"))["runs"]
    return run


def test_sarif_columns_count_utf16_code_units():
    line = '𝔸 "👍x" .'
    place = Place("data/a.ttl", 1, 3, 1, 7, line)
    run = sarif_run(report(finding("Wrong.", place=place)))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "utf16CodeUnits"
    assert region == {"startLine": 1, "startColumn": 4, "endColumn": 9}
    units = line.encode("utf-16-le")
    assert units[2 * 3 : 2 * 8].decode("utf-16-le") == '"👍x"'


def test_sarif_addresses_of_files():
    names = (
        ("data/a b%ü.ttl", "data/a%20b%25%C3%BC.ttl", True),
        ("a:b.ttl", "a%3Ab.ttl", True),
        ("/srv/a b.ttl", "file:///srv/a%20b.ttl", False),
        ("C:\\a\\b.ttl", "file:///C%3A/a/b.ttl", False),
        ("\udcff.ttl", "%FF.ttl", True),
        ("\ud800.ttl", "%3F.ttl", True),
    )
    for name, uri, inside in names:
        run = sarif_run(report(finding("Wrong.", place=Place(name))))
        location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"] == uri
        assert ("uriBaseId" in location) == inside
        assert location.get("uriBaseId", "%SRCROOT%") in run["originalUriBaseIds"]


@pytest.mark.parametrize("form", FORMATS)
def test_details_stand_in_every_format(form):
    text = render_report(detailed(), form)
    for said in ("The first reason.", "The second reason.", "The innermost reason."):
        assert said in text
    if form == "text":
        lines = [line for line in text.splitlines() if "reason." in line]
        assert [len(line) - len(line.lstrip()) for line in lines] == [6, 6, 8]


def test_details_are_nested_in_json_and_turtle():
    found = json.loads(render_report(detailed(), "json"))["findings"]
    [told] = [one for one in found if one["message"] == "It has details."]
    assert [one["message"] for one in told["details"]] == [
        "The first reason.",
        "The second reason.",
    ]
    assert told["details"][1]["details"][0]["line"] == 3
    graph = rdflib.Graph().parse(data=render_report(detailed(), "turtle"))
    outer = graph.value(None, rdflib.SH.resultMessage, rdflib.Literal("It has details.", "en"))
    assert len(set(graph.objects(outer, rdflib.SH.detail))) == 2
    assert len(set(graph.objects(outer, rdflib.SH.detail / rdflib.SH.detail))) == 1
    # Details are no results of the report itself.
    assert len(set(graph.objects(None, rdflib.SH.result))) == len(detailed().findings)


def test_details_are_places_in_sarif():
    [told] = [
        r
        for r in sarif_run(detailed())["results"]
        if r["message"]["text"].startswith("It has details")
    ]
    said = [place["message"]["text"] for place in told["relatedLocations"]]
    assert said == ["The first reason.", "The second reason.", "The innermost reason."]
    assert [place["id"] for place in told["relatedLocations"]] == [1, 2, 3]


def test_sarif_has_a_file_for_what_stands_in_none():
    """A document with a result that names no file is refused as a whole by GitHub."""
    for subject, uri in (
        ("data/", "data/"),
        ("my graph.ttl", "my%20graph.ttl"),
        ("http://localhost:7878/query", "http://localhost:7878/query"),
    ):
        run = sarif_run(many()._replace(subject=subject))
        found = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
        assert [f["uri"] for f in found].count(uri) == 2  # one finding, one that is gone
        assert all(f["uri"] for f in found)
    [result] = sarif_run(report(finding("Wrong.", place=NOWHERE), subject=""))["results"]
    assert [*result["locations"][0]] == ["logicalLocations"]


def test_sarif_does_not_take_what_is_gone_for_a_fault():
    [gone] = [r for r in sarif_run(many())["results"] if r["baselineState"] == "absent"]
    assert (gone["kind"], gone["level"]) == ("pass", "none")


def test_sarif_tells_what_the_baseline_has():
    states = [result.get("baselineState") for result in sarif_run(many())["results"]]
    assert Counter(states) == {"new": 8, "unchanged": 2, "absent": 1}
    [result] = sarif_run(report(finding("Wrong.")))["results"]
    assert "baselineState" not in result
    assert result["partialFingerprints"] == {
        "ip5kg/v1": report(finding("Wrong.")).findings[0].fingerprint
    }


def test_sarif_messages_have_neither_placeholders_nor_links():
    run = sarif_run(report(finding("Use {0}, not [this](https://example.org).")))
    assert run["results"][0]["message"]["text"] == ("Use {{0}}, not [this] (https://example.org).")


def test_sarif_lists_each_rule_once():
    rules = sarif_run(many())["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 4
    by_id = {rule["id"]: rule for rule in rules}
    date = by_id["shape:Meeting-date"]
    assert date["defaultConfiguration"]["level"] == "error"
    assert date["helpUri"] == SHAPE + "Meeting-date"
    assert by_id[BASE + "checks/owl-lite/declared"]["defaultConfiguration"]["level"] == "note"
    assert "helpUri" not in by_id["_:shape0"]


def sarif_schema(root):
    """Find the schema of SARIF in an installed npm package, since none on PyPI has it."""
    named = filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep))
    for folder in (root / "node_modules", *map(Path, named)):
        for path in sorted(folder.glob("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0*.json")):
            return json.loads(path.read_text(encoding="utf-8"))
    pytest.skip("no schema of SARIF: npm install --no-save @microsoft/jest-sarif")
    return None


@pytest.mark.parametrize("kind", ["many", "none", "hostile"])
def test_sarif_is_valid(root, kind):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = sarif_schema(root)
    whole = {"many": many, "none": report, "hostile": hostile}[kind]()
    document = json.loads(render_report(whole, "sarif"))
    jsonschema.Draft4Validator(schema).validate(document)
    document["runs"][0]["results"].append({"message": 1})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(document)


# --- JUnit


def test_junit_counts_are_those_of_its_cases():
    root = ET.fromstring(render_report(many(), "junit"))
    suites = root.findall("testsuite")
    for suite in (root, *suites):
        assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
        assert int(suite.get("failures")) == len(list(suite.iter("failure")))
        assert int(suite.get("skipped")) == len(list(suite.iter("skipped")))
    assert len({suite.get("name") for suite in suites}) == len(suites) == 5
    cases = [(case.get("classname"), case.get("name")) for case in suites[-1].iter("testcase")]
    # The same rule, focus node and value twice: still two tests.
    assert len(set(cases)) == len(cases) == 3


# --- HTML


class Row:
    def __init__(self, attributes):
        self.severity = attributes["data-severity"]
        self.known = "data-known" in attributes
        self.cells = []
        self.paragraphs = []


class Page(HTMLParser):
    """A page read strictly: every element closed in order, every attribute quoted once."""

    VOID = frozenset(("meta", "input"))

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.rows, self.inside = [], [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        assert len(attributes) == len(attrs)
        self.elements.append((tag, attributes))
        if tag not in self.VOID:
            self.open.append(tag)
        if "data-severity" in attributes:
            self.rows.append(Row(attributes))
        elif "tbody" in self.open and self.rows and "section" in self.open:
            if tag in {"th", "td"}:
                self.rows[-1].cells.append("")
            if tag == "p":
                self.rows[-1].paragraphs.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, _):
        raise AssertionError(f"<{tag}/>")

    def handle_data(self, data):
        if self.open:
            self.inside[self.open[-1]] = self.inside.get(self.open[-1], "") + data
        if {"section", "tbody"} <= set(self.open) and {"th", "td"} & set(self.open):
            self.rows[-1].cells[-1] += data
            if "p" in self.open:
                self.rows[-1].paragraphs[-1] += data


def test_html_is_whole_and_accessible():
    page = Page(render_report(many(), "html"))
    tags = Counter(tag for tag, _ in page.elements)
    assert page.elements[0] == ("html", {"lang": "en"})
    assert tags["h1"] == tags["main"] == tags["title"] == 1
    assert tags["caption"] == tags["table"] == tags["section"] - 2 + 1
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in page.elements:
        assert attributes.get("aria-labelledby", ids[0]) in ids
    # What needs the script is hidden until the script shows it; nothing else is.
    assert [tag for tag, attributes in page.elements if "hidden" in attributes] == ["form"]


def test_html_loads_nothing_and_runs_only_its_script():
    text = render_report(many(), "html")
    page = Page(text)
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "style", "action", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert "href" not in attributes or (tag == "a" and attributes["href"].startswith(BASE))
    assert "url(" not in page.inside["style"]
    assert "@import" not in page.inside["style"]
    [policy] = [a["content"] for _, a in page.elements if "http-equiv" in a]
    for kind in ("style", "script"):
        digest = hashlib.sha256(page.inside[kind].encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("name", ["text", "faint", "violation", "warning", "info"])
def test_html_has_the_contrast_of_wcag(colours, name):
    assert contrast(colours[name], colours["back"]) >= 4.5
    assert contrast(colours["marked"], colours["mark"]) >= 4.5


# --- JSON


def test_json_has_every_field():
    whole = many()
    document = json.loads(render_report(whole, "json"))
    assert document["counts"] == {"violation": 7, "warning": 1, "info": 2, "known": 2, "gone": 1}
    assert document["engine"] == whole.engine
    assert document["notes"] == list(whole.notes)
    assert document["gone"] == [entry._asdict() for entry in whole.gone]
    for entry, found in zip(document["findings"], whole.findings, strict=True):
        assert set(entry) == (set(Finding._fields) | set(Place._fields)) - {"place"}
        assert Place(**{key: entry[key] for key in Place._fields}) == found.place
        assert tuple(Place(**place) for place in entry["related"]) == found.related


def test_json_tells_an_empty_value_from_none():
    whole = report(finding("Empty.", value=Literal("")), finding("None.", value=None))
    entries = json.loads(render_report(whole, "json"))["findings"]
    values = {entry["message"]: entry["value"] for entry in entries}
    assert values == {"Empty.": "", "None.": None}


# --- Turtle


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("<a:b>", "<a:b>"),
        ("^<a:b>", "[ sh:inversePath <a:b> ]"),
        ("<a:b>/<a:c>/<a:d>", "( <a:b> <a:c> <a:d> )"),
        ("<a:b>|^<a:c>", "[ sh:alternativePath ( <a:b> [ sh:inversePath <a:c> ] ) ]"),
        ("<a:b>*", "[ sh:zeroOrMorePath <a:b> ]"),
        ("^<a:b>+", "[ sh:inversePath [ sh:oneOrMorePath <a:b> ] ]"),
        (
            "(<a:b>/<a:c>)?|<a:d>",
            "[ sh:alternativePath ( [ sh:zeroOrOnePath ( <a:b> <a:c> ) ] <a:d> ) ]",
        ),
        ("((<a:b>))", "<a:b>"),
    ],
)
def test_turtle_has_the_paths_of_shacl(path, expected):
    text = render_report(report(finding("Wrong.", path=path)), "turtle")
    asked = f"PREFIX sh: <{SH}> ASK {{ [] a sh:ValidationResult ; sh:resultPath {expected} }}"
    assert store_of(text).query(asked)
    # The question would also hold of a graph that says more.
    _, triples = path_triples(path, "p")
    assert len(triples) == len(store_of(f"@prefix sh: <{SH}> . <x:y> <x:z> {expected} .")) - 1


NO_PATHS = (
    *("", "(a property path)", "<a:b>/", "<a:b", "a:b", "<a:b>)", "(<a:b>", "!<a:b>"),
    *("<a:b><a:c>", "<a b>", "<>", "*", "^", "<a:b>**", "(" * 100_000),
    f"{'(' * 60}<a:b>{')' * 60}",
)


@pytest.mark.parametrize("path", NO_PATHS, ids=lambda path: path[:20])
def test_what_is_no_path_is_left_out(path):
    assert path_triples(path, "p") is None
    text = render_report(report(finding("Wrong.", path=path)), "turtle")
    assert "sh:resultPath" not in text
    assert "sh:value" in text


def test_turtle_holds_no_triple_terms():
    triple = Triple(MEETING, NamedNode(IP5 + "date"), BlankNode("x"))
    for form in FORMATS:
        text = render_report(report(finding("Wrong.", focus=triple, value=triple)), form)
        assert "Wrong." in text
    turtle = render_report(report(finding("Wrong.", focus=triple, value=triple)), "turtle")
    assert "<<" not in turtle
    assert "sh:focusNode []" in turtle


# --- Hostile content


EVIL = (
    "<script>alert(1)</script>",
    "%0A::error::forged",
    "\n::error::forged\r\n::warning::forged",
    "\x1b[2J\x1b]8;;https://example.org\x07x\x9b31m",
    "\x00\x01\x08\x7f",
    "\ud800 \udfff",
    "\u202emoc.live\u202c\u2066x\u2069\u200b\ufeff",
    "\"'><img src=x onerror=alert(1)>",
    "]]></failure><testcase/>&amp;&#0;",
    "\u2028\u2029\x85\x0b\x0c",
    "\ufffe\uffff\U000e0041",
    "{0} [x](javascript:alert(1))",
    "</style></pre></title>",
    '""" . <a:b> <a:c> <a:d> .',
    "y" * 100_000,
)


def clean(text):
    return text.encode("utf-8", "replace").decode()


def hostile():
    """Every evil text in every place where a text can be."""
    findings = [finding("A rule.", rule="javascript:alert(1)")]
    for evil in EVIL:
        literal = Literal(clean(evil))
        place = Place(f"{evil[:50]}.ttl", 3, 2, 3, 9, evil)
        findings.append(
            finding(
                evil,
                focus=BlankNode("x"),
                path=evil,
                value=literal,
                rule=evil,
                component=evil,
                place=place,
                related=(place,),
                suggestion=evil,
            )
        )
        findings.append(finding(evil, severity="info", place=place, value=literal))
    gone = tuple(KnownFinding(evil, evil, evil, evil) for evil in EVIL)
    return report(*findings, engine=EVIL[0] + EVIL[3], notes=EVIL, gone=gone)


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_content_is_shown_and_does_nothing(form):
    text = render_report(hostile(), form)
    text.encode()
    shown = text.replace("\n", "")
    if form != "turtle":
        # Turtle is written by what writes it everywhere, which escapes less.
        assert not UNSEEN.search(shown), UNSEEN.search(shown)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in shown)
    assert "y" * 1000 in text


def test_hostile_content_is_coloured_by_the_report_alone():
    text = render_report(hostile(), "text", colour=True)
    assert set(re.findall(r"\x1b[^m]*m?", text)) <= {f"\x1b[{n}m" for n in (0, 1, 2, 31, 33, 36)}
    assert not UNSEEN.search(re.sub(r"\x1b\[\d+m|\n", "", text))


def test_hostile_content_forges_no_workflow_command():
    text = render_report(hostile(), "github")
    whole = hostile()
    expected = len(whole.findings) + len(whole.gone) + len(whole.notes)
    assert sum(line.startswith("::") for line in text.splitlines()) == expected
    assert len(text.split("\n")) == expected + 2
    for command, properties, _ in commands(text):
        assert command in {"error", "notice"}
        assert "title" in properties
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


def test_hostile_content_stays_text_in_html():
    page = Page(render_report(hostile(), "html"))
    tags = Counter(tag for tag, _ in page.elements)
    assert tags["script"] == tags["style"] == 1
    assert "img" not in tags
    assert len(page.rows) == len(hostile().findings)
    assert any("<script>alert(1)</script>" in row.cells[2] for row in page.rows)
    assert all("javascript:" not in a.get("href", "") for _, a in page.elements)


def test_hostile_content_stays_text_in_junit():
    root = ET.fromstring(render_report(hostile(), "junit"))
    cases = list(root.iter("testcase"))
    assert len(cases) == len(hostile().findings)
    assert {child.tag for case in cases for child in case} == {"failure"}


def test_hostile_content_comes_back_from_json_and_turtle():
    messages = Counter(re.sub("[\ud800-\udfff]", "\ufffd", evil) for evil in EVIL)
    whole = hostile()
    read = [e["message"] for e in json.loads(render_report(whole, "json"))["findings"]]
    messages += messages + Counter(["A rule."])
    assert Counter(read) == messages
    store = store_of(render_report(whole, "turtle"))
    rows = store.query(f"SELECT ?message WHERE {{ ?result <{SH}resultMessage> ?message }}")
    found = [row[0].value for row in rows]
    assert Counter(found) == messages


def texts(value):
    """All texts in a JSON document, but for names of files, which can be any bytes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner if key != "file" else None)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_hostile_content_stays_unicode_in_json(form):
    for text in texts(json.loads(render_report(hostile(), form))):
        text.encode()


def test_hostile_content_moves_no_cursor_from_sarif():
    run = sarif_run(hostile())
    for result in run["results"]:
        assert not UNSEEN.search(result["message"]["text"].replace("\n", ""))


def test_names_of_files_that_are_not_utf_8_come_back_from_json():
    place = Place("data/\udcff.ttl")
    text = render_report(report(finding("Wrong.", place=place)), "json")
    text.encode()
    assert json.loads(text)["findings"][0]["file"] == "data/\udcff.ttl"
