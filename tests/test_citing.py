"""The sources of rows: what a query reads, what that cites, and the footnotes."""

import csv
import io
import json
import re

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Store

import ip5kg
from ip5kg.answers import Answer
from ip5kg.answers.cited import COLUMN, Cited, Note
from ip5kg.cli.main import main
from ip5kg.errors import QueryRefused
from ip5kg.formats import TABLE_FORMATS
from ip5kg.names import IP5, PREFIXES
from ip5kg.querybook.parameters import bound_text
from ip5kg.render.footnotes import marks_text
from ip5kg.render.tables import render_answer
from ip5kg.resources import knowledge_root, query_files
from ip5kg.sparql.reading import reading
from ip5kg.store import Solutions

ROOT = knowledge_root()
NAMES = sorted(query_files(ROOT))
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())

every_query = pytest.mark.parametrize("name", NAMES)


def arguments(query):
    return {
        parameter.name: parameter.default or parameter.example
        for parameter in query.parameters
        if parameter.name != "asOf"
    }


@pytest.fixture(scope="module")
def cited(kg):
    """Every stored query with the values of its examples, and the sources of its rows."""
    return {
        query.name: kg.cite(kg.query(query.name, **arguments(query))) for query in kg.queries.all()
    }


# --- what a query reads

SYNTAX = {
    "?a :p ?b . ?c :q ?d": "a c",
    "?a :p ?b ; :q ?c , ?d . ?e :p ?f .": "a e",
    "?a a :C . ?b a :C ; :p ?c": "b",
    "?a a :C , :D ; :p 1": "a",
    "?a a ?class": "",
    "$a :p ?b": "a",
    "?a :p ?b OPTIONAL { ?c :q ?a } ?d :p ?e": "a c d",
    "{ ?a :p ?b } UNION { ?c :p ?b }": "a c",
    "?a :p ?b FILTER(?b > 1) ?c :p ?d": "a c",
    "?a :p ?b FILTER REGEX(STR(?b), '}') ?c :p ?d": "a c",
    "?a :p ?b FILTER NOT EXISTS { ?c :q ?a } ?d :p ?e": "a d",
    "?a :p ?b BIND(STR(?b) AS ?s) ?c :p ?s": "a c",
    "VALUES ?x { :a :b } ?a :p ?x": "a",
    "VALUES (?x ?y) { (:a UNDEF) (:b 1) } ?a :p ?x": "a",
    "?a (:p|:q)+/^:r ?b . ?c !(:p|:q) ?d": "a c",
    "[ :p ?a ] :q ?b . ?c :q [ :p ?d ] . ?e :p ?f": "c e",
    "(1 ?a) :p ?b . ?c :p ( ?d ) . ?e :p ?f": "c e",
    ":thing :p ?a . ?b :p :thing": "b",
    "GRAPH ?g { ?a :p ?b } ?c :p ?d": "a c",
    "MINUS { ?a :p ?b } ?c :p ?d": "a c",
    "?a :p 1. ?b :p 1.5 . ?c :p true . ?d :p 'x'@en . ?e :p 'x'^^:t . ?f :p ?g": "a b c d e f",
    "?a :p ?b # . ?no :p ?b\n . ?c :p '. ?no2 :p ?b' ; :q <http://example.org/?no3>": "a c",
    "{ SELECT ?a (COUNT(?z) AS ?n) { ?y :p ?z ; :q ?a } GROUP BY ?a } ?a :p ?b": "y a",
    "{ { { ?a :p ?b } } }": "a",
    "": "",
}


@pytest.mark.parametrize("pattern", SYNTAX)
@pytest.mark.parametrize("head", ["SELECT *", "SELECT DISTINCT *", "select *\nwhere "])
def test_the_subjects_of_triple_patterns_are_read(pattern, head):
    query = f"PREFIX : <http://example.org/> {head} {{ {pattern} }} LIMIT 5"
    columns = [variable.value for variable in Store().query(query).variables]
    found = reading(query, columns)
    assert list(found.subjects if found else ()) == SYNTAX[pattern].split()
    if found:
        Store().query(found.text)
        assert set(columns) == set(found.row)


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a :p ?b } GROUP BY ?a HAVING (?n > 1) ORDER BY ?n", "a"),
        ("SELECT ?y (SUM(?b) AS ?n) { ?a :p ?b } GROUP BY (STR(?b) AS ?y)", ""),
        ("SELECT (STR(?b) AS ?s) ?a { ?a :p ?b } ORDER BY ?s OFFSET 1", "a"),
        ("SELECT (EXISTS { ?c :p ?d } AS ?s) ?a { ?a :p ?b }", "a"),
        ("SELECT (COUNT(*) AS ?n) FROM <http://example.org/g> WHERE { ?a :p ?b }", ""),
        ("SELECT ?a FROM NAMED :g { GRAPH ?g { ?a :p ?b } } VALUES ?a { :x }", "a"),
        ("SELECT ?nowhere ?a { ?a :p ?b }", "a"),
    ],
)
def test_a_row_is_known_by_what_is_projected_as_it_is(query, row):
    query = f"BASE <http://example.org/> PREFIX : <http://example.org/> {query}"
    found = reading(query, [variable.value for variable in Store().query(query).variables])
    assert found.row == tuple(row.split())
    assert set(found.subjects) <= {"a", "c"}
    assert ("FROM" in query) == ("FROM" in found.text)
    Store().query(found.text)


def test_no_other_form_of_query_reads():
    for query in ("ASK { ?a ?p ?b }", "CONSTRUCT WHERE { ?a ?p ?b }", "DESCRIBE ?a", "", "SELECT"):
        assert reading(query, []) is None


@every_query
def test_what_stored_queries_read_can_be_asked_for(kg, name):
    query = kg.queries.get(name)
    text = bound_text(query, arguments(query), kg.store)
    found = reading(text, [column.name for column in query.columns])
    kg.store.select(found.text)


# --- the sources of rows


def documents(kg, pattern):
    """The documents that are cited by ``?fact`` of a pattern."""
    return {
        row[0].value
        for row in kg.store.select(
            f"{PROLOGUE} SELECT DISTINCT ?d {{ {pattern} ?fact ip5:cites/ip5:inSource ?d }}"
        ).rows
    }


def told(cited, row):
    """The documents of one row of an answer."""
    return {cited.notes[mark - 1].source for mark in cited.marks[row]}


@every_query
def test_a_source_that_the_row_names_is_its_source(kg, cited, name):
    found = cited[name]
    sources = {row[0].value for row in kg.store.select(f"SELECT ?s {{ ?s a <{IP5}Source> }}").rows}
    assert len(found.marks) == len(found.answer)
    for number, row in enumerate(found.answer.solutions.rows):
        named = {term.value for term in row if isinstance(term, NamedNode)} & sources
        if "passage" in found.answer.columns:
            assert named <= told(found, number)
        elif named:
            assert named == told(found, number)


# These count, and tell no source; what is counted is written down here once more.
COUNTED = {
    "acts-by-actor": "?fact ip5:madeBy <{actor}> ; ip5:hasAct <{act}> .",
    "association-engagement": "?fact ip5:participant|ip5:representing <{association}> .",
    "hosts-of-meetings": "?fact ip5:hostedBy <{host}> ; ip5:inSeries series:heads .",
    "identities-elsewhere": "?fact ip5:sameEntityAs <{elsewhere}> FILTER(?fact = <{thing}>)",
    "indicators": "?fact ip5:forIndicator <{indicator}> .",
    "meeting-series": "?fact ip5:inSeries <{series}> ; ip5:hasStatus status:held .",
    "participants-by-organisation": "?fact ip5:representing <{organisation}> ; "
    "ip5:participant/a ip5:Person .",
    "topics-of-statements": "?fact ip5:about <{topic}> ; ip5:madeBy ?actor .",
    "people-met": "?fact ip5:participant <{person}> ; ip5:atMeeting ?m . "
    "?other ip5:atMeeting ?m ; ip5:participant person:campinos-antonio .",
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_rests_on_what_is_counted(kg, cited, name):
    found = cited[name]
    if name == "people-met":
        found = kg.cite(kg.query(name, person="campinos-antonio"))
    assert len(found.answer)
    for number, row in enumerate(found.answer.solutions.rows):
        values = {
            column: term.value
            for column, term in zip(found.answer.columns, row, strict=True)
            if term is not None
        }
        counted = documents(kg, COUNTED[name].format(**values))
        assert counted or values.get("meetings") == "0"
        assert counted <= told(found, number)


@pytest.mark.parametrize("name", ["hosts-of-meetings", "identities-elsewhere"])
def test_a_row_rests_on_nothing_else(kg, cited, name):
    found = cited[name]
    for number, row in enumerate(found.answer.solutions.rows):
        values = dict(zip(found.answer.columns, (term.value for term in row), strict=True))
        assert documents(kg, COUNTED[name].format(**values)) == told(found, number)


def test_what_nothing_bears_out_has_no_sources(kg, cited):
    assert not cited["contents"].notes
    assert not any(cited["contents"].marks)
    assert not kg.cite(kg.sparql("SELECT (1 AS ?one) {}")).notes
    assert not kg.cite(kg.sparql("SELECT ?m { ?m a ip5:Meeting }")).notes
    assert kg.cite(kg.sparql("SELECT (COUNT(*) AS ?n) { ?m ip5:hostedBy office:jp }")).marks[0]
    empty = kg.cite(kg.sparql("SELECT ?m { ?m ip5:hostedBy state:jp }"))
    assert (empty.notes, empty.marks) == ((), ())


def test_an_answer_whose_query_is_not_known_has_the_sources_it_names(kg):
    known = kg.sparql("SELECT ?o ?d { ?o ip5:cites/ip5:inSource ?d } ORDER BY ?o ?d LIMIT 3")
    found = kg.cite(Answer(known.solutions, known.labels))
    assert [told(found, row) for row in range(3)] == [{row.d} for row in known]


def test_a_passage_says_where(kg, cited):
    found = cited["sources-of"]
    columns = found.answer.columns
    for row, marks in zip(found.answer.solutions.rows, found.marks, strict=True):
        [note] = [found.notes[mark - 1] for mark in marks]
        assert note.source == row[columns.index("source")].value
        assert note.locator == row[columns.index("locator")].value
    [chair] = kg.cite(kg.query("meeting-chair", meeting="heads-2021")).notes
    assert (chair.locator, chair.publisher) == ("paragraph 2, sentence 1", "IP5 Offices")
    assert chair.address == "https://www.fiveipoffices.org/news/20210623"
    assert chair.title.startswith("Heads of the World’s Five Largest")


@every_query
def test_notes_have_their_numbers_in_the_order_of_their_marks(cited, name):
    found = cited[name]
    called = list(dict.fromkeys(mark for marks in found.marks for mark in marks))
    assert called == list(range(1, len(found.notes) + 1))
    assert len(set(found.notes)) == len(found.notes)
    assert all(note.title and note.source for note in found.notes)


def test_a_column_of_its_own_is_not_written_over(kg):
    with pytest.raises(QueryRefused, match="sources"):
        kg.cite(kg.sparql("SELECT (1 AS ?sources) {}"))


# --- footnotes


def test_marks_are_joined_where_three_are_in_a_row():
    assert marks_text(()) == ""
    assert marks_text((2,)) == "[2]"
    assert marks_text((2, 3)) == "[2] [3]"
    assert marks_text((9, 1, 2, 3, 7, 8)) == "[1]–[3] [7]–[9]"
    assert marks_text((1, 3, 5)) == "[1] [3] [5]"


HOSTILE = Note(
    "https://example.org/s",
    "p. 1\n\x1b[31m | *x*",
    "<script>alert(1)</script> [a](javascript:b) =1+1",
    "\u202eevil & Sons",
    "javascript:alert(1)",
)


def hostile(address=HOSTILE.address):
    answer = Answer(Solutions(("x",), [(Literal("=1+1"),), (Literal("b"),)]), {})
    return Cited(answer, (HOSTILE._replace(address=address),), ((1,), ()))


def test_notes_in_a_table():
    assert render_answer(hostile("https://example.org/a"), "table") == (
        "x     sources\n=1+1  [1]\nb\n\nSources\n"
        "[1] <script>alert(1)</script> [a](javascript:b) =1+1;  evil & Sons; p. 1  [31m | *x*\n"
        "    https://example.org/a\n"
    )
    narrow = render_answer(hostile("https://example.org/a"), "table", width=30)
    assert max(map(len, narrow.splitlines())) <= 30 + len("\x1b[1m\x1b[0m")


def test_notes_in_markdown():
    assert render_answer(hostile("https://example.org/a"), "md") == (
        "| x | sources |\n| --- | --- |\n| =1+1 | [1] |\n| b |  |\n\n## Sources\n\n"
        r"- [1] \<script\>alert(1)\</script\> \[a\](javascript:b) =1+1;  evil & Sons; "
        "p. 1  \\[31m \\| \\*x\\* <https://example.org/a>\n"
    )
    assert render_answer(hostile(), "md").endswith(" javascript:alert(1)\n")
    assert "<javascript" not in render_answer(hostile(), "md")


def test_notes_in_html():
    for address in ("https://example.org/a?b=1&c", "javascript:alert(1)"):
        html = render_answer(hostile(address), "html")
        assert "<script" not in html
        assert 'href="javascript' not in html
        assert '<td><a href="#note-1">[1]</a></td>' in html
        assert '<li id="note-1" dir="auto">' in html
        assert ("https://example.org/a?b=1&amp;c" in html) == address.startswith("https")
        assert not re.search("[\x1b\u202e]", html)


@every_query
def test_all_marks_of_a_page_lead_to_a_note(cited, name):
    html = render_answer(cited[name], "html")
    called = set(re.findall(r'href="#(note-\d+)"', html))
    noted = re.findall(r'id="(note-\d+)"', html)
    assert called <= set(noted)
    assert len(noted) == len(cited[name].notes) == len(set(noted))


def test_notes_in_a_workbook():
    data = render_answer(hostile("https://example.org/a"), "xlsx")
    rows, notes = openpyxl.load_workbook(io.BytesIO(data))
    assert [[cell.value for cell in row] for row in rows] == [
        ["x", "sources"],
        ["=1+1", "[1]"],
        ["b", None],
    ]
    assert (notes.title, [cell.value for cell in notes[2]][0::4]) == (
        "Sources",
        ["[1]", "https://example.org/a"],
    )
    assert notes["E2"].hyperlink.target == "https://example.org/a"
    data = render_answer(hostile(), "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(data))["Sources"]["E2"].hyperlink is None
    assert all(cell.data_type == "s" for row in (*rows["A2:B2"], *notes["A2:F2"]) for cell in row)


def test_programs_get_iris(cited):
    found = cited["hosts-of-meetings"]
    expected = [" ".join(sorted(told(found, row))) for row in range(len(found.answer))]

    def same(texts):
        return [" ".join(sorted(text.split())) for text in texts] == expected

    rows = list(csv.DictReader(io.StringIO(render_answer(found, "csv"), newline="")))
    assert same(row[COLUMN] for row in rows)
    bindings = json.loads(render_answer(found, "json"))["results"]["bindings"]
    assert same(row[COLUMN]["value"] for row in bindings)
    assert same(row[COLUMN] for row in json.loads(render_answer(found, "records")))
    assert same(found.with_column().to_arrow()[COLUMN].to_pylist())
    nothing = json.loads(render_answer(cited["contents"], "records"))
    assert {row[COLUMN] for row in nothing} == {None}


@pytest.mark.parametrize("form", [form.name for form in TABLE_FORMATS])
def test_the_command_tells_the_sources(tmp_path, form):
    call = ["query", "meeting-attendees", "--meeting", "heads-2021", "--format", form, "-o"]
    plain, cited = tmp_path / "plain", tmp_path / "cited"
    assert main([*call, str(plain)]) == 0
    assert main([*call, str(cited), "--with-sources"]) == 0
    if form not in ("xlsx", "parquet"):
        assert COLUMN in cited.read_text(encoding="utf-8")
        assert COLUMN not in plain.read_text(encoding="utf-8").replace("</", "")
    kg = ip5kg.open()
    told = kg.cite(kg.query("meeting-attendees", meeting="heads-2021"))
    title = kg.queries.get("meeting-attendees").summary
    expected = render_answer(told, form, title=title)
    data = expected.encode() if isinstance(expected, str) else expected
    assert cited.read_bytes() == data


def test_help_says_what_is_taken_for_a_source(capsys):
    main(["query", "meetings", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "the documents that the row names" in said
    assert "can be more than the row needs" in said


def test_the_order_of_notes_does_not_hang_on_hashes(cited):
    first = cited["acts-by-actor"]
    assert [note.title for note in first.notes[: len(first.marks[0])]] == sorted(
        note.title for note in first.notes[: len(first.marks[0])]
    )
