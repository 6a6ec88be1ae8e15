"""Results as text: the W3C formats to the letter, tables as they look."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse_query_results,
)

from ip5kg.answers import Answer
from ip5kg.errors import UnknownFormat
from ip5kg.names import IP5, PREFIXES
from ip5kg.querybook import Column, Parameter, StoredQuery
from ip5kg.render.catalogue import catalogue_json, catalogue_text, example_call
from ip5kg.render.reports import render_report
from ip5kg.render.results import to_csv, to_json, to_tsv
from ip5kg.render.tables import markdown, render_answer, table
from ip5kg.render.text import align, one_line, width
from ip5kg.render.triples import render_triples
from ip5kg.store import Solutions
from ip5kg.validation.findings import NOWHERE, Finding, Place
from ip5kg.validation.report import Report

XSD = PREFIXES["xsd"]


def typed(text, name):
    return Literal(text, datatype=NamedNode(XSD + name))


TERMS = [
    NamedNode("https://example.org/é"),
    Literal("plain"),
    Literal("été", language="fr"),
    Literal('quote " comma , tab \t line \n end \r\\'),
    typed("14", "integer"),
    typed("-5", "integer"),
    typed("1.5", "decimal"),
    typed("1.0E4", "double"),
    typed("10000", "double"),
    typed("true", "boolean"),
    typed("2021", "gYear"),
    typed("2021-06-23", "date"),
    typed("not a number", "integer"),
    None,
]
ROWS = Solutions(("term", "other"), [(term, None) for term in TERMS])


def test_csv_is_to_the_letter():
    simple = Solutions(("x", "y"), [(NamedNode("a:b"), Literal('a "b", c')), (None, Literal("é"))])
    assert to_csv(simple) == 'x,y\r\na:b,"a ""b"", c"\r\n,é\r\n'


def test_tsv_is_to_the_letter():
    simple = Solutions(
        ("x", "y"),
        [(NamedNode("a:b"), Literal("a\tb\n")), (typed("14", "integer"), None)],
    )
    assert to_tsv(simple) == '?x\t?y\n<a:b>\t"a\\tb\\n"\n14\t\n'


def test_json_is_to_the_letter():
    simple = Solutions(("x", "y"), [(NamedNode("a:b"), Literal("é", language="fr"))])
    assert json.loads(to_json(simple)) == {
        "head": {"vars": ["x", "y"]},
        "results": {
            "bindings": [
                {
                    "x": {"type": "uri", "value": "a:b"},
                    "y": {"type": "literal", "value": "é", "xml:lang": "fr"},
                }
            ]
        },
    }
    assert json.loads(to_json(Solutions(("x",), []))) == {
        "head": {"vars": ["x"]},
        "results": {"bindings": []},
    }


@pytest.mark.parametrize(
    ("write", "form"), [(to_tsv, QueryResultsFormat.TSV), (to_json, QueryResultsFormat.JSON)]
)
def test_another_parser_reads_the_same_terms_back(write, form):
    read = parse_query_results(write(ROWS).encode(), format=form)
    assert [solution["term"] for solution in read] == TERMS


def test_csv_is_what_the_engine_writes():
    store = Store()
    values = " ".join(f"({term})" for term in TERMS if term is not None)
    query = f"SELECT ?term WHERE {{ VALUES (?term) {{ {values} }} }}"
    rows = [(term,) for term in TERMS if term is not None]
    written = store.query(query).serialize(format=QueryResultsFormat.CSV).decode()
    expected = to_csv(Solutions(("term",), rows))
    # The engine rewrites 1.0E4; all else is the same.
    assert written == expected.replace("1.0E4", "10000")


def test_blank_nodes_keep_their_names():
    rows = Solutions(("x",), [(BlankNode("b1"),)])
    assert to_csv(rows) == "x\r\n_:b1\r\n"
    assert to_tsv(rows) == "?x\n_:b1\n"
    assert '"bnode", "value": "b1"' in to_json(rows)


@pytest.mark.parametrize("value", [True, False])
def test_truth_values(value):
    text = str(value).lower()
    assert to_csv(value) == f"{text}\r\n"
    assert to_tsv(value) == f"{text}\n"
    assert json.loads(to_json(value)) == {"head": {}, "boolean": value}
    assert render_answer(value, "table") == ("yes\n" if value else "no\n")


OFFICE = NamedNode("https://w3id.org/ip5kg/id/office/jp")


def answer():
    rows = [
        (OFFICE, typed("14", "integer"), Literal("特許庁")),
        (NamedNode("https://example.org/x"), typed("2", "integer"), Literal("a | b")),
        (None, None, Literal("last")),
    ]
    return Answer(Solutions(("office", "n", "name"), rows), {OFFICE.value: "Japan Patent Office"})


def test_plain_table_is_aligned_by_what_is_seen():
    assert render_answer(answer(), "table") == (
        "office                  n  name\n"
        "Japan Patent Office    14  特許庁\n"
        "https://example.org/x   2  a | b\n"
        "                           last\n"
    )


def test_wide_characters_count_twice():
    assert align([("特許庁", "x"), ("abc", "y")]) == ["特許庁  x", "abc     y"]
    assert width("e\u0301") == 1


def test_iris_are_shown_on_demand():
    assert "office:jp" in render_answer(answer(), "table", iris=True)
    assert "Japan" not in render_answer(answer(), "md", iris=True)


def test_a_plain_table_is_never_cut():
    long = "x" * 5000
    assert long in table(["a", "b"], [[long, "c"]])


def test_markdown_escapes_what_ends_a_cell():
    assert render_answer(answer(), "md").splitlines() == [
        "| office | n | name |",
        "| --- | ---: | --- |",
        "| Japan Patent Office | 14 | 特許庁 |",
        r"| https://example.org/x | 2 | a \| b |",
        "|  |  | last |",
    ]
    assert markdown(["a"], []) == "| a |\n| --- |\n"


def test_a_table_for_a_terminal_is_wrapped_into_its_width():
    text = table(["name"], [["word " * 20], ["y" * 90]], width=40)
    assert all(
        width(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) <= 40
        for line in text.splitlines()
    )
    assert text.count("word") == 20
    assert text.count("y") == 90


BOLD = re.compile("\x1b\\[[01]m")
WORDS = [
    "Administration",
    "特許庁",
    "2021-06-23",
    "a",
    "of the",
    "e\u0301" * 9,
    "x" * 50,
    "",
    "שלום",
]


@pytest.mark.parametrize("columns", [1, 2, 5, 12])
@pytest.mark.parametrize("size", [1, 5, 20, 40, 79, 80, 120, 300])
def test_whatever_the_terminal_the_table_fits_and_is_whole(columns, size):
    heads = [f"head{number}" for number in range(columns)]
    rows = [
        [
            " ".join(WORDS[(row * column + n) % len(WORDS)] for n in range(row))
            for column in range(columns)
        ]
        for row in range(9)
    ]
    text = BOLD.sub("", table(heads, rows, {0}, width=size))
    # A block has an indent of two, and a wide character needs two, whatever there is.
    assert max(map(width, text.splitlines())) <= max(size, 4)
    marks = Counter("".join("".join(row) for row in rows).replace(" ", ""))
    marks.subtract("".join(text.split()))
    assert all(mark in "head0123456789" for mark, number in marks.items() if number)


def test_words_stay_whole_where_there_is_room():
    cells = ["China National Intellectual Property Administration", "2021-06-23", "substantive"]
    text = BOLD.sub("", table(["office", "from", "kind"], [cells], width=45))
    for word in " ".join(cells).split():
        assert word in text.split()


def test_a_table_that_fits_is_as_wide_as_it_need_be():
    text = BOLD.sub("", table(["a", "n"], [["x y", "1"], ["z", "10"]], {1}, width=80))
    assert text == "a     n\nx y   1\nz    10\n"


def test_rows_become_blocks_where_columns_would_get_too_narrow():
    heads = [f"column{number}" for number in range(9)]
    text = BOLD.sub("", table(heads, [["some words"] * 8 + [""], ["x"] * 9], width=60))
    first, second = text.split("\n\n")
    assert first.splitlines() == [f"{head}  some words" for head in heads[:8]]
    assert second.splitlines() == [f"{head}  x" for head in heads]
    narrow = BOLD.sub("", table(heads, [["some words"] * 9], width=12))
    assert narrow.splitlines()[:2] == ["column0", "  some words"]


def test_a_cell_is_no_markup_for_the_terminal():
    assert "[bold]x[/bold]" in table(["a"], [["[bold]x[/bold]"]], width=40)


def test_control_characters_do_not_reach_a_terminal():
    hostile = "a\x1b[31mb\r\nc\u202ed"
    assert one_line(hostile).isprintable()
    rows = Solutions(("x",), [(Literal(hostile),)])
    for form in ("table", "md"):
        assert "\x1b" not in render_answer(Answer(rows, {}), form)
    assert "\x1b" not in render_answer(Answer(rows, {}), "table", width=40).replace(
        "\x1b[1m", ""
    ).replace("\x1b[0m", "")


def test_columns_of_numbers_alone_are_aligned_to_the_right():
    rows = [(typed("1.5", "decimal"), Literal("1")), (typed("10.25", "decimal"), Literal("22"))]
    answer = Answer(Solutions(("a", "b"), rows), {})
    assert answer[0].a == Decimal("1.5")
    assert render_answer(answer, "table") == "    a  b\n  1.5  1\n10.25  22\n"


def test_an_unknown_format_is_refused():
    with pytest.raises(UnknownFormat):
        render_answer(answer(), "excel")


def test_triples_are_written_in_a_fixed_order():
    store = Store()
    construct = "CONSTRUCT { <a:b> <a:c> 2, 1 ; <a:d> <a:e> } WHERE {}"
    triples = list(store.query(construct))
    text = render_triples(triples, "ntriples")
    assert text == render_triples(reversed(triples), "ntriples")
    assert len(text.splitlines()) == 3


def report():
    finding = Finding(
        place=Place("data/meetings.ttl"),
        severity="violation",
        focus=NamedNode("https://w3id.org/ip5kg/id/meeting/heads-2021"),
        path=f"<{IP5}date>",
        value=Literal("soon"),
        rule="https://w3id.org/ip5kg/shapes#Meeting-date",
        component=PREFIXES["sh"] + "DatatypeConstraintComponent",
        message="A meeting has a date.",
    )
    lighter = finding._replace(severity="info", path="", value=None, place=NOWHERE)
    return Report(findings=(finding, lighter), triples=1234, shapes=5, checks=6)


def test_findings_for_people():
    text = render_report(report(), "text")
    assert "data/meetings.ttl" in text
    assert "violation: A meeting has a date." in text
    assert "meeting:heads-2021, ip5:date, value soon  [shape:Meeting-date]" in text
    assert "1 violation, 1 info in 1,234 triples" in text
    assert "\x1b" not in text
    assert "\x1b[31mviolation\x1b[0m" in render_report(report(), "text", colour=True)


def test_no_findings_are_said_in_one_line():
    text = render_report(report()._replace(findings=()), "text")
    assert text == "No findings in 1,234 triples, checked with 5 shapes and 6 ontology checks.\n"


def test_findings_as_json():
    document = json.loads(render_report(report(), "json"))
    assert document["conforms"] is False
    assert document["findings"][0]["focus"] == "https://w3id.org/ip5kg/id/meeting/heads-2021"
    assert document["findings"][0]["value"] == "soon"
    assert document["findings"][1]["value"] is None


def test_findings_as_turtle():
    text = render_report(report(), "turtle")
    assert "sh:ValidationReport" in text
    store = Store()
    store.load(text.encode(), format=RdfFormat.TURTLE)
    assert store.query("ASK { [] <http://www.w3.org/ns/shacl#conforms> false }")


def query(**changes):
    meeting = Parameter("meeting", "iri", "ip5:Meeting", True, None, "heads 2021", "The meeting.")
    as_of = Parameter("asOf", "date", "", False, None, "2021-06-23", "The day.")
    stored = StoredQuery(
        name="who",
        theme="people",
        summary="Who?",
        description="Whoever.",
        tags=("people",),
        parameters=(meeting, as_of),
        columns=(Column("person", "Who."),),
        text="SELECT",
        path=None,
    )
    return stored._replace(**changes)


def test_queries_are_listed_by_theme():
    text = catalogue_text([query(), query(name="what", theme="meetings", summary="What?")])
    assert text == "meetings\n  what  What?\n\npeople\n  who  Who?\n"


def test_an_example_call_can_be_copied():
    assert example_call(query()) == "ip5kg query who --meeting 'heads 2021'"


def test_queries_as_json():
    [entry] = json.loads(catalogue_json([query()]))
    assert entry["parameters"][0]["class"] == "ip5:Meeting"
    assert entry["parameters"][1]["flag"] == "as-of"
    assert entry["columns"] == [{"name": "person", "description": "Who."}]
