"""Answers in every format: read back by other readers, and compared with the SPARQL JSON."""

import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.errors import MissingDependency, OutputError
from ip5kg.formats import RDF_FORMATS, TABLE_FORMATS, format_of_name
from ip5kg.names import PREFIXES
from ip5kg.render.tables import render_answer
from ip5kg.resources import query_files
from ip5kg.store import Solutions

ROOT = Path(__file__).parents[1]
NAMES = sorted(query_files(ROOT))
FORMS = [one.name for one in TABLE_FORMATS]
XSD = PREFIXES["xsd"]

every_query = pytest.mark.parametrize("name", NAMES)


def typed(text, name):
    return Literal(text, datatype=NamedNode(XSD + name))


def answer_of(labels=None, **columns):
    """An answer with these columns of terms."""
    rows = list(zip(*columns.values(), strict=True))
    return Answer(Solutions(tuple(columns), rows), labels or {})


@pytest.fixture(scope="module")
def answers(kg):
    """Every stored query with the values of its examples."""
    return {
        query.name: kg.query(
            query.name,
            **{
                parameter.name: parameter.default or parameter.example
                for parameter in query.parameters
                if parameter.name != "asOf"
            },
        )
        for query in kg.queries.all()
    }


def bindings(answer):
    """The answer as its SPARQL JSON tells it: a dictionary for each row."""
    return json.loads(render_answer(answer, "json"))["results"]["bindings"]


# --- what a format should hold, worked out from the JSON alone


def expected_types(column):
    """The datatypes of the values of a column; an IRI and a text without a type are strings."""
    return {
        value.get("datatype", XSD + "string").removeprefix(XSD)
        if value["type"] == "literal"
        else "string"
        for value in column
        if value is not None
    }


def expected(answer, *, iris):
    """Column → values of Python as they must come out of a typed format."""
    rows = bindings(answer)
    columns = {}
    for name in answer.columns:
        cells = [row.get(name) for row in rows]
        kinds = expected_types(cells)
        read = {
            frozenset(("integer",)): int,
            frozenset(("decimal",)): Decimal,
            frozenset(("date",)): datetime.date.fromisoformat,
            frozenset(("gYear",)): int,
            frozenset(("boolean",)): {"true": True, "false": False}.get,
        }.get(frozenset(kinds), str)
        columns[name] = [
            None if cell is None else read(shown(cell, answer, iris=iris)) for cell in cells
        ]
    return columns


def shown(cell, answer, *, iris):
    if cell["type"] == "uri" and not iris:
        return answer.labels.get(cell["value"], cell["value"])
    return cell["value"]


class Tables(HTMLParser):
    """The cells of all tables of a page, with what they lead to, and every tag."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.links, self.tags, self.inside = [], [], [], None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
            self.links.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.links[-1].append(None)
            self.inside = tag
        elif tag == "a" and self.inside:
            self.links[-1][-1] = dict(attrs)["href"]

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


# --- all stored queries, read back


@every_query
@pytest.mark.parametrize("iris", [False, True])
def test_parquet_holds_what_the_json_holds(answers, name, iris):
    answer = answers[name]
    data = render_answer(answer, "parquet", iris=iris)
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    assert table.to_pydict() == expected(answer, iris=iris)
    assert table.equals(answer.to_arrow(iris=iris))


@every_query
def test_records_hold_what_the_json_holds(answers, name):
    answer = answers[name]
    for iris in (False, True):
        text = render_answer(answer, "records", iris=iris)
        records = json.loads(text, parse_float=Decimal)
        columns = expected(answer, iris=iris)
        assert all(list(record) == list(answer.columns) for record in records)
        for column, values in columns.items():
            read = [record[column] for record in records]
            assert read == [
                value.isoformat() if isinstance(value, datetime.date) else value for value in values
            ]
            # Decimals that are whole numbers have no point, which JSON cannot tell from integers.
            assert all(
                type(one) is not str or isinstance(other, str | datetime.date)
                for one, other in zip(read, values, strict=True)
            )


@every_query
def test_html_holds_what_the_json_holds(answers, name):
    answer = answers[name]
    page = Tables(render_answer(answer, "html"))
    assert page.rows[0] == list(answer.columns)
    rows = bindings(answer)
    assert len(page.rows) == len(rows) + 1
    for row, texts, links in zip(rows, page.rows[1:], page.links[1:], strict=True):
        for column, text, link in zip(answer.columns, texts, links, strict=True):
            cell = row.get(column)
            if cell is None:
                assert (text, link) == ("", None)
            elif cell["type"] == "uri":
                assert link == cell["value"]
                assert text == answer.labels.get(cell["value"], text)
            else:
                assert (text, link) == (cell["value"], None)


def target(cell):
    link = cell.hyperlink
    if link is None:
        return None
    return link.target + (f"#{link.location}" if link.location else "")


@every_query
@pytest.mark.parametrize("iris", [False, True])
def test_xlsx_holds_what_the_json_holds(answers, name, iris):
    answer = answers[name]
    [sheet] = openpyxl.load_workbook(io.BytesIO(render_answer(answer, "xlsx", iris=iris)))
    head, *body = sheet.iter_rows(max_col=len(answer.columns))
    assert [cell.value for cell in head] == list(answer.columns)
    rows = bindings(answer)
    years = [name for name, values in expected(answer, iris=True).items() if holds_years(values)]
    assert len(body) == len(rows)
    for row, cells in zip(rows, body, strict=True):
        for column, cell in zip(answer.columns, cells, strict=True):
            told = row.get(column)
            assert cell.data_type != "f"
            if told is None:
                assert cell.value is None
                continue
            kind = told.get("datatype", "").removeprefix(XSD)
            text = shown(told, answer, iris=iris)
            if kind == "date" and text >= "1900-03-01":
                assert cell.value == datetime.datetime.fromisoformat(told["value"])
                assert cell.number_format == "yyyy-mm-dd"
            elif kind == "boolean":
                assert cell.value is (told["value"] == "true")
            elif kind in ("integer", "decimal") or (kind == "gYear" and column in years):
                assert Decimal(str(cell.value)) == Decimal(told["value"])
            else:
                assert (cell.data_type, cell.value) == ("s", text)
            if told["type"] == "uri":
                assert unquote(target(cell)) == unquote(told["value"])
            else:
                assert cell.hyperlink is None


def holds_years(values):
    return {type(value) for value in values} - {type(None)} == {int}


@every_query
def test_csv_is_sparql_csv(answers, name):
    answer = answers[name]
    head, *body = csv.reader(io.StringIO(render_answer(answer, "csv"), newline=""))
    assert head == list(answer.columns)
    assert body == [
        [row.get(column, {"value": ""})["value"] for column in head] for row in bindings(answer)
    ]


# --- data frames


@every_query
def test_frames_hold_the_same_values_in_the_same_order(answers, name):
    answer = answers[name]
    for iris in (False, True):
        columns = expected(answer, iris=iris)
        assert answer.to_arrow(iris=iris).to_pydict() == columns
        polars = answer.to_polars(iris=iris)
        assert polars.to_dict(as_series=False) == columns
        pandas = answer.to_pandas(iris=iris)
        assert list(pandas.columns) == list(columns)
        for column, values in columns.items():
            read = [None if pd.isna(value) else value for value in pandas[column]]
            if pandas[column].dtype.kind == "M":
                read = [value and value.date() for value in read]
            assert read == [float(v) if isinstance(v, Decimal) else v for v in values]


TYPES = {
    "integer": ([typed("1", "integer"), typed("-5", "int")], pa.int64(), pl.Int64(), "int64"),
    "integer or none": ([typed("1", "integer"), None], pa.int64(), pl.Int64(), "Int64"),
    "large": (
        [typed(str(2**63), "integer"), typed("-1", "integer")],
        pa.decimal128(38, 0),
        pl.Decimal(38, 0),
        "float64",
    ),
    "decimal": (
        [typed("0.10", "decimal"), typed("3", "integer")],
        pa.decimal128(38, 2),
        pl.Decimal(38, 2),
        "float64",
    ),
    "double": (
        [typed("1e3", "double"), typed("-INF", "float")],
        pa.float64(),
        pl.Float64(),
        "float64",
    ),
    "date": (
        [typed("0001-01-01", "date"), typed("9999-12-31", "date")],
        pa.date32(),
        pl.Date(),
        "datetime64[s]",
    ),
    "year": ([typed("2021", "gYear"), typed("-0044", "gYear")], pa.int64(), pl.Int64(), "int64"),
    "boolean": (
        [typed("1", "boolean"), typed("false", "boolean")],
        pa.bool_(),
        pl.Boolean(),
        "bool",
    ),
    "boolean or none": ([typed("1", "boolean"), None], pa.bool_(), pl.Boolean(), "boolean"),
    "moment": (
        [typed("2021-06-23T10:00:00", "dateTime"), None],
        pa.timestamp("us"),
        pl.Datetime("us"),
        "datetime64[us]",
    ),
    "instant": (
        [typed("2021-06-23T10:00:00+09:00", "dateTime"), None],
        pa.timestamp("us", tz="UTC"),
        pl.Datetime("us", "UTC"),
        "datetime64[us, UTC]",
    ),
}


@pytest.mark.parametrize("kind", TYPES)
def test_types_of_frames(kind):
    terms, arrow, polars, pandas = TYPES[kind]
    answer = answer_of(x=terms)
    assert answer.to_arrow().schema.field("x").type == arrow
    assert answer.to_polars().schema["x"] == polars
    assert str(answer.to_pandas()["x"].dtype) == pandas


@pytest.mark.parametrize(
    "terms",
    [
        [typed("2021-06-23", "date"), typed("2021-06", "gYearMonth")],
        [typed("2021-06-23", "date"), typed("2021", "gYear")],
        [typed("2021-06-23", "date"), typed("2021-06-23Z", "date")],
        [typed("2021", "gYear"), typed("2021", "integer")],
        [typed("2021", "gYear"), typed("2021Z", "gYear")],
        [typed("2021-02-30", "date"), typed("2021-02-28", "date")],
        [typed("20210228", "date"), typed("2021-W08-7", "date")],
        [typed("0000-01-01", "date"), typed("-0001-01-01", "date")],
        [typed("1_000", "integer"), typed("1", "integer")],
        [typed("٣", "integer"), typed("1", "integer")],
        [typed("1e3", "decimal"), typed("NaN", "decimal")],
        [typed("infinity", "double"), typed("1.0", "double")],
        [typed("TRUE", "boolean"), typed("true", "boolean")],
        [typed("2021-06-23T10:00:00", "dateTime"), typed("2021-06-23T10:00:00Z", "dateTime")],
        [typed("0001-01-01T00:00:00+01:00", "dateTime"), typed("2021-06-23T10:00:00Z", "dateTime")],
        [typed("2021-06-23T10:00:00.1234567", "dateTime"), None],
        [typed("1" * 30 + ".5", "decimal"), typed("0." + "1" * 20, "decimal")],
        [typed("9" * 5000, "integer"), typed("1", "integer")],
        [typed(str(2**64), "integer"), typed("1.5", "double")],
        [typed("1", "integer"), Literal("1")],
        [typed("true", "boolean"), typed("1", "integer")],
        [None, None],
    ],
    ids=str,
)
def test_a_column_without_a_common_type_is_one_of_texts_to_the_letter(terms):
    texts = [None if term is None else term.value for term in terms]
    answer = answer_of(x=terms)
    assert answer.to_arrow().to_pydict() == {"x": texts}
    assert answer.to_arrow().schema.field("x").type == pa.string()
    assert answer.to_polars()["x"].to_list() == texts
    assert [None if pd.isna(v) else v for v in answer.to_pandas()["x"]] == texts
    assert [record["x"] for record in json.loads(render_answer(answer, "records"))] == texts
    read = pyarrow.parquet.read_table(io.BytesIO(render_answer(answer, "parquet")))
    assert read.to_pydict() == {"x": texts}


def test_numbers_keep_their_digits_in_records():
    terms = [typed(x, "decimal") for x in ("0.10", "12345678901234567890.5", "-7.", ".5")]
    assert json.loads(render_answer(answer_of(x=terms), "records"), parse_float=str) == [
        {"x": "0.10"},
        {"x": "12345678901234567890.5"},
        {"x": -7},
        {"x": "0.5"},
    ]
    odd = [typed(x, "double") for x in ("INF", "-INF", "NaN", "1e400", "0.1")]
    texts = [record["x"] for record in json.loads(render_answer(answer_of(x=odd), "records"))]
    assert texts == ["INF", "-INF", "NaN", "INF", 0.1]


def test_an_answer_without_rows_or_columns_is_one_in_every_format():
    for answer in (answer_of(x=[], y=[]), Answer(Solutions((), [()]), {})):
        for form in FORMS:
            assert render_answer(answer, form) is not None
        assert answer.to_arrow().column_names == list(answer.columns)
        assert answer.to_polars().columns == list(answer.columns)
        assert list(answer.to_pandas().columns) == list(answer.columns)
        assert openpyxl.load_workbook(io.BytesIO(render_answer(answer, "xlsx")))


@pytest.mark.parametrize("value", [True, False])
def test_the_truth_value_of_ask_in_every_format(value):
    assert json.loads(render_answer(value, "records")) is value
    assert f"<p>{'yes' if value else 'no'}</p>" in render_answer(value, "html")
    read = pyarrow.parquet.read_table(io.BytesIO(render_answer(value, "parquet")))
    assert read.to_pydict() == {"answer": [value]}
    [sheet] = openpyxl.load_workbook(io.BytesIO(render_answer(value, "xlsx")))
    assert [cell.value for [cell] in sheet.iter_rows()] == ["answer", value]


# --- hostile values

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://example.org","x")',
    "+1",
    "-1+1|cmd",
    "@SUM(A1)",
    "{=1+1}",
    "\t=1+1",
    "\n=1+1",
    "'=1+1",
    "#N/A",
    "TRUE",
    "1",
    "2021-06-23",
    "a\tb\nc\rd\r\ne",
    "  spaces  ",
    "nul\x00bell\x07escape\x1b[31m",
    "\x7f\x85\u2028\ufffe\uffff\ufeff",
    "_x0041_ and _x000D_",
    "<r><t>run</t></r>",
    "<r>&</r>",
    "<r></r>",
    "</t></si></sst>",
    "<script>alert(1)</script>",
    "</title></style></script>--><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "&amp;&lt;&#x41;",
    "]]>",
    "a | b `c` [d](javascript:e) *f*",
    "\u202eevil\u202c \u2066x",
    "שלום עולם",
    "مرحبا 123",
    "特許庁 🇯🇵 👩‍🔬",
    "e\u0301",
    "x" * 32_767,
    "https://example.org/text",
    "",
]
LONG = "é=1+1\n" * 20_000


def as_openpyxl_reads(text):
    """It leaves the escapes of characters that XML cannot hold, or does not keep, as they are."""
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape_xlsx(text):
    """Read ST_Xstring (ISO/IEC 29500-1, 22.9.2.19)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_xlsx_takes_a_text_for_a_text(text):
    label = "https://example.org/thing"
    answer = answer_of(
        {label: text}, x=[Literal(text)], y=[Literal(text, language="en")], z=[NamedNode(label)]
    )
    data = render_answer(answer, "xlsx", title=text[:200])
    [sheet] = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.value for cell in sheet[1]] == ["x", "y", "z"]
    for cell in sheet[2]:
        assert (cell.data_type, cell.value) == ("s", as_openpyxl_reads(text))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert "formula" not in name
            assert b"<f>" not in parts.read(name)


def test_xlsx_is_read_by_another_reader_too():
    """What the standard library reads of the XML is what was written, rich runs and all."""
    from xml.etree import ElementTree

    texts = [text for text in HOSTILE if text]
    data = render_answer(answer_of(x=[Literal(text) for text in texts]), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        tree = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    read = ["".join(t.text or "" for t in one.iter(f"{main}t")) for one in tree]
    assert [unescape_xlsx(text) for text in read] == ["x", *texts]


def test_xlsx_refuses_what_no_cell_can_hold():
    for text in ("x" * 32_768, "🇯" * 16_384, LONG):
        with pytest.raises(OutputError, match="cannot hold a text of"):
            render_answer(answer_of(x=[Literal(text)]), "xlsx")
    too_many = Answer(Solutions(("x",), [(None,)] * 1_048_576), {})
    with pytest.raises(OutputError, match="1,048,576 rows"):
        render_answer(too_many, "xlsx")


def test_xlsx_writes_as_text_what_a_spreadsheet_would_change():
    terms = [
        typed("1899-12-31", "date"),
        typed("1900-02-28", "date"),
        typed("1900-03-01", "date"),
        typed("123456789012345", "integer"),
        typed("1234567890123456", "integer"),
        typed("NaN", "double"),
        typed("-INF", "double"),
        typed("2021-06-23T10:00:00Z", "dateTime"),
        typed("2021-06-23T10:00:00", "dateTime"),
        typed("2021", "gYear"),
        typed("2021-06", "gYearMonth"),
    ]
    [sheet] = openpyxl.load_workbook(io.BytesIO(render_answer(answer_of(x=terms), "xlsx")))
    assert [cell.value for [cell] in sheet.iter_rows(min_row=2)] == [
        "1899-12-31",
        "1900-02-28",
        datetime.datetime.fromisoformat("1900-03-01"),
        123456789012345,
        "1234567890123456",
        "NaN",
        "-INF",
        "2021-06-23T10:00:00Z",
        datetime.datetime.fromisoformat("2021-06-23T10:00:00"),
        "2021",
        "2021-06",
    ]


LINKS = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "urn:x",
    "https://example.org/" + "x" * 3000,
    "HTTPS://example.org/",
]


@pytest.mark.parametrize("form", ["html", "xlsx"])
@pytest.mark.parametrize("iri", LINKS, ids=lambda iri: iri[:30])
def test_only_addresses_of_the_web_are_links(form, iri):
    written = render_answer(answer_of(x=[NamedNode(iri)]), form)
    if form == "xlsx":
        [sheet] = openpyxl.load_workbook(io.BytesIO(written))
        assert (sheet["A2"].hyperlink, sheet["A2"].value) == (None, iri)
    elif not iri.startswith("https://example.org/xx"):
        assert Tables(written).links[1] == [None]


def test_links_keep_their_characters():
    for iri in (
        "https://example.org/é/特?a=1&b=%20%2F#frag",
        "https://example.org/(x)'y'",
        "http://example.org/%25%22",
    ):
        answer = answer_of(x=[NamedNode(iri)])
        assert Tables(render_answer(answer, "html")).links[1] == [iri]
        [sheet] = openpyxl.load_workbook(io.BytesIO(render_answer(answer, "xlsx")))
        assert target(sheet["A2"]) == iri


def test_more_links_than_a_sheet_takes_are_none():
    iri = NamedNode("https://example.org/x")
    [sheet] = openpyxl.load_workbook(
        io.BytesIO(render_answer(Answer(Solutions(("x",), [(iri,)] * 65_531), {}), "xlsx"))
    )
    assert sheet["A2"].hyperlink is None
    assert sheet["A65532"].value == iri.value


@pytest.mark.parametrize("text", [*HOSTILE, LONG], ids=lambda text: ascii(text)[:30])
def test_html_is_no_markup_and_hides_nothing(text):
    label = "https://example.org/thing"
    answer = answer_of({label: text}, x=[Literal(text, language="ar")], z=[NamedNode(label)])
    for html in (render_answer(answer, "html", title=text), answer._repr_html_()):
        page = Tables(html)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", html)
        kept = re.sub(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]",
            " ",
            text,
        )
        assert page.rows == [["x", "z"], [kept, kept]]
        assert page.links == [[None, None], [None, label]]
        cells = [attributes for tag, attributes in page.tags if tag == "td"]
        assert cells == [{"lang": "ar", "dir": "auto"}, {"dir": "auto"}]
        known = {"html", "head", "meta", "title", "style", "body", "header", "h1", "main", "div"}
        known |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "a"}
        assert {tag for tag, _ in page.tags} <= known
        assert not any(key.startswith("on") for _, attributes in page.tags for key in attributes)


def test_html_can_be_read_without_eyes():
    answer = answer_of(x=[Literal("été", language="fr")], n=[typed("1", "integer")])
    html = render_answer(answer, "html", title="Why?")
    page = Tables(html)
    attributes = dict(reversed(page.tags))
    assert attributes["html"] == {"lang": "en"}
    assert [found["scope"] for tag, found in page.tags if tag == "th"] == ["col", "col"]
    assert ("td", {"lang": "fr", "dir": "auto"}) in page.tags
    region = attributes["div"]
    assert (region["role"], region["tabindex"], bool(region["aria-label"])) == ("region", "0", True)
    assert "<caption>1 row</caption>" in html
    assert "<h1" in html
    assert "Content-Security-Policy" in html
    assert "default-src &#x27;none&#x27;" in html
    assert not re.search(r" src=|@import|url\(", html)


@pytest.mark.parametrize("text", [*HOSTILE, LONG], ids=lambda text: ascii(text)[:30])
def test_programs_get_the_text_itself(text):
    answer = answer_of(x=[Literal(text)])
    assert json.loads(render_answer(answer, "records")) == [{"x": text}]
    table = pyarrow.parquet.read_table(io.BytesIO(render_answer(answer, "parquet")))
    assert table.to_pydict() == {"x": [text]}
    assert answer.to_polars()["x"].to_list() == [text]
    read = list(csv.reader(io.StringIO(render_answer(answer, "csv"), newline="")))
    assert read == [["x"], [text]] or not text
    assert bindings(answer)[0]["x"]["value"] == text


def test_a_notebook_shows_a_hundred_rows_at_most():
    html = answer_of(x=[Literal(str(n)) for n in range(250)])._repr_html_()
    page = Tables(html)
    assert [row[0] for row in page.rows] == ["x", *map(str, range(100))]
    assert "250 rows, of which the first 100 are shown" in html
    assert "<script" not in html


# --- the same bytes


SCRIPT = """
import sys, hashlib, pathlib
import ip5kg
from ip5kg.render.tables import render_answer
kg = ip5kg.open(pathlib.Path(sys.argv[1]))
answers = [kg.query("meetings"), kg.query("world-share"), kg.query("tenures", person="tang-daren"),
           kg.sparql("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"),
           kg.sparql("SELECT * { ?s a ?c OPTIONAL { ?s ip5:date ?d } } LIMIT 2000"),
           kg.sparql("ASK {}")]
for form in sys.argv[2].split(","):
    for answer in answers:
        data = render_answer(answer, form)
        data = data.encode() if isinstance(data, str) else data
        print(form, hashlib.sha256(data).hexdigest())
"""


def test_every_format_is_the_same_bytes_whatever_the_day_the_place_and_the_hash_seed(tmp_path):
    outputs = set()
    for number, zone in enumerate(("Asia/Tokyo", "America/New_York", "UTC")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": str(number),
            "TZ": zone,
            "LC_ALL": ("C", "C.UTF-8", "POSIX")[number],
            "SOURCE_DATE_EPOCH": str(number * 10**8),
            "POLARS_MAX_THREADS": str(number + 1),
            "OMP_NUM_THREADS": str(number + 1),
        }
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(ROOT), ",".join(FORMS)],
            capture_output=True,
            check=True,
            text=True,
            env=environment,
            cwd=tmp_path,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count("\n") == 6 * len(FORMS)


def test_a_workbook_knows_neither_clock_nor_machine():
    data = render_answer(answer_of(x=[Literal("a")]), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.infolist():
            assert part.date_time == (1980, 1, 1, 0, 0, 0)
            assert (part.create_system, part.external_attr) == (0, 0o600 << 16)
            assert part.compress_type == zipfile.ZIP_STORED
        assert str(datetime.datetime.now(datetime.UTC).year) not in parts.read(
            "docProps/core.xml"
        ).decode().replace("officedocument/2006", "")


# --- without the libraries


@pytest.mark.parametrize(
    ("module", "work", "install"),
    [
        ("xlsxwriter", lambda answer: render_answer(answer, "xlsx"), "'ip5kg[tables]'"),
        ("pyarrow", lambda answer: render_answer(answer, "parquet"), "'ip5kg[tables]'"),
        ("pyarrow", Answer.to_arrow, "'ip5kg[tables]'"),
        ("polars", Answer.to_polars, "polars"),
        ("pandas", Answer.to_pandas, "pandas"),
    ],
)
def test_what_is_not_installed_is_named(monkeypatch, module, work, install):
    for name in [name for name in sys.modules if name.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match=f"{module}, which is not installed") as caught:
        work(answer_of(x=[Literal("a")]))
    assert caught.value.hint == f"pip install {install}"


# --- formats by the name of the file


@pytest.mark.parametrize("form", [*TABLE_FORMATS, *RDF_FORMATS], ids=lambda form: form.name)
def test_a_format_is_found_by_the_end_of_its_files(form):
    assert format_of_name(f"/some.dir/answer{form.suffix}") == form
    assert format_of_name(f"ANSWER{form.suffix.upper()}") == form


def test_other_names_have_no_format():
    for name in ("", "answer", "answer.exe", "csv", "xlsx", "a.csv.gz", "a.csv/b"):
        assert format_of_name(name) is None


def test_blank_nodes_have_the_same_names_each_time(kg):
    query = "SELECT ?b ?n { VALUES ?n { 1 2 } BIND(BNODE(STR(?n)) AS ?b) } ORDER BY ?n"
    assert render_answer(kg.sparql(query), "csv") == "b,n\r\n_:b0,1\r\n_:b1,2\r\n"


def test_blank_nodes_are_texts():
    answer = answer_of(x=[BlankNode("b0")])
    assert answer.to_arrow().to_pydict() == {"x": ["_:b0"]}
    assert Tables(render_answer(answer, "html")).rows[1] == ["_:b0"]
