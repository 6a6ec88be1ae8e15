"""What is generated from the headers of stored queries, for machines and for people."""

import datetime
import json
import os
import re
import shlex
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, RdfFormat

from ip5kg.answers import Answer
from ip5kg.cli.main import main
from ip5kg.formats import TABLE_FORMATS
from ip5kg.names import BASE, PREFIXES, expand
from ip5kg.render.catalogue import example_calls
from ip5kg.render.tables import render_answer
from ip5kg.resources import query_files, version
from ip5kg.sparql.lexer import tokens
from ip5kg.terms import Thing

SH = PREFIXES["sh"]
SCHEMA = PREFIXES["schema"]
DATATYPES = {"date": "date", "integer": "integer", "string": "string", "language": "string"}


@pytest.fixture(scope="module", autouse=True)
def at_home(root):
    """Run what follows in the repository."""
    before = Path.cwd()
    os.chdir(root)
    yield
    os.chdir(before)


def printed(capsys, *args):
    assert main(["query", *args]) == 0
    return capsys.readouterr().out


NAMES = sorted(query_files(Path(__file__).parents[1]))
every_query = pytest.mark.parametrize("name", NAMES)


# --- RDF


@pytest.fixture(scope="module")
def turtle(root, tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "queries.ttl"
    assert main(["query", "--catalogue", "turtle", "-o", str(path), "--root", str(root)]) == 0
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalogue(turtle):
    graph = rdflib.Graph()
    graph.parse(data=turtle, format="turtle")
    return graph


def canonical(quads):
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def test_two_parsers_read_the_same_catalogue(turtle, catalogue):
    ours = canonical(pyoxigraph.parse(turtle.encode(), RdfFormat.TURTLE))
    text = catalogue.serialize(format="nt")
    theirs = canonical(pyoxigraph.parse(text.encode(), RdfFormat.N_TRIPLES))
    assert ours == theirs
    assert len(ours) > 3000


def node(name):
    return rdflib.URIRef(f"{BASE}query/{name}")


def sh(name):
    return rdflib.URIRef(SH + name)


def test_the_catalogue_holds_all_queries_and_nothing_else(catalogue):
    found = set(catalogue.subjects(rdflib.RDF.type, sh("SPARQLExecutable")))
    assert found == set(catalogue.subjects(rdflib.RDF.type, sh("SPARQLSelectExecutable")))
    assert found == {node(name) for name in NAMES}


@every_query
def test_each_text_in_the_catalogue_runs_and_gives_what_the_file_gives(catalogue, kg, name):
    query = kg.queries.get(name)
    [text] = catalogue.objects(node(name), sh("select"))
    assert not text.startswith("#+")
    assert kg.store.select(str(text)) == kg.store.select(query.text)


@every_query
def test_the_catalogue_says_what_the_header_says(catalogue, kg, name):
    query = kg.queries.get(name)
    english = {"lang": "en"}

    def one(subject, predicate):
        [value] = catalogue.objects(subject, predicate)
        return value

    assert one(node(name), rdflib.RDFS.comment) == rdflib.Literal(query.summary, **english)
    assert one(node(name), rdflib.DCTERMS.description) == rdflib.Literal(
        query.description, **english
    )
    keywords = catalogue.objects(node(name), rdflib.URIRef(SCHEMA + "keywords"))
    assert {str(word) for word in keywords} == set(query.tags)

    measured = rdflib.URIRef(SCHEMA + "variableMeasured")
    columns = {
        one(column, rdflib.URIRef(SCHEMA + "position")).toPython(): (
            str(one(column, rdflib.URIRef(SCHEMA + "name"))),
            str(one(column, rdflib.URIRef(SCHEMA + "description"))),
        )
        for column in catalogue.objects(node(name), measured)
    }
    assert [columns[number] for number in sorted(columns)] == list(query.columns)

    found = sorted(
        catalogue.objects(node(name), sh("parameter")), key=lambda p: one(p, sh("order"))
    )
    assert len(found) == len(query.parameters)
    variables = {token.text[1:] for token in tokens(query.body) if token.kind == "variable"}
    for described, parameter in zip(found, query.parameters, strict=True):
        path = str(one(described, sh("path")))
        assert path.rpartition("#")[2] == parameter.variable
        assert parameter.variable in variables
        assert str(one(described, sh("name"))) == parameter.name
        assert one(described, sh("optional")).toPython() is not parameter.required
        counts = [
            [value.toPython() for value in catalogue.objects(described, sh(bound))]
            for bound in ("minCount", "maxCount")
        ]
        assert counts == [[1] * parameter.required, [1] * (not parameter.multiple)]
        if parameter.type == "iri":
            assert one(described, sh("nodeKind")) == sh("IRI")
        else:
            datatype = rdflib.XSD[DATATYPES[parameter.type]]
            assert one(described, sh("datatype")) == datatype
        classes = [str(value) for value in catalogue.objects(described, sh("class"))]
        assert classes == ([expand(parameter.class_name)] if parameter.class_name else [])
        listed = list(catalogue.objects(described, sh("in")))
        assert len(listed) == parameter.enumerated
        if listed:
            values = [str(item) for item in catalogue.items(listed[0])]
            assert values == [str(value) for value in kg.choices(name, parameter.name)]
        defaults = list(catalogue.objects(described, sh("defaultValue")))
        assert len(defaults) == (parameter.default is not None)


def test_defaults_are_terms(catalogue):
    defaults = set(catalogue.objects(None, sh("defaultValue")))
    assert rdflib.Literal("2021-06-23", datatype=rdflib.XSD.date) in defaults
    assert rdflib.Literal(3) in defaults
    assert rdflib.URIRef(f"{BASE}id/group/ip5") in defaults


def test_the_prefixes_are_those_that_the_texts_declare(catalogue, kg):
    declared = {
        str(next(catalogue.objects(one, sh("prefix")))): str(
            next(catalogue.objects(one, sh("namespace")))
        )
        for one in catalogue.objects(None, sh("declare"))
    }
    for query in kg.queries.all():
        found = re.findall(r"^PREFIX ([a-z0-9-]+): <(.*)>$", query.body, re.MULTILINE)
        assert found
        assert set(found) <= declared.items()
        assert list(catalogue.objects(node(query.name), sh("prefixes"))) == [
            rdflib.URIRef(f"{BASE}query/")
        ]
    assert declared.items() <= PREFIXES.items()


@pytest.mark.parametrize("form", ["turtle", "openapi"])
def test_a_catalogue_is_the_same_bytes_each_time(form):
    written = set()
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-m", "ip5kg", "query", "--catalogue", form],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        )
        written.add(done.stdout)
    assert len(written) == 1


def test_a_tag_makes_a_catalogue_smaller(capsys, kg):
    some = printed(capsys, "--catalogue", "turtle", "--tag", "statistics")
    graph = rdflib.Graph().parse(data=some, format="turtle")
    found = set(graph.subjects(rdflib.RDF.type, sh("SPARQLExecutable")))
    expected = {node(q.name) for q in kg.queries.all() if "statistics" in q.tags}
    assert found == expected
    paths = json.loads(printed(capsys, "--catalogue", "openapi", "--tag", "statistics"))["paths"]
    assert len(paths) == len(expected)


# --- OpenAPI


@pytest.fixture(scope="module")
def openapi(root, tmp_path_factory):
    path = tmp_path_factory.mktemp("openapi") / "queries.json"
    assert main(["query", "--catalogue", "openapi", "-o", str(path), "--root", str(root)]) == 0
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_is_openapi_3_1(openapi):
    validator = pytest.importorskip("openapi_spec_validator", reason="it is not installed")
    assert openapi["openapi"] == "3.1.0"
    validator.validate(openapi, cls=validator.OpenAPIV31SpecValidator)
    # The validator is awake.
    del openapi["info"]["title"]
    with pytest.raises(validator.validation.exceptions.OpenAPIValidationError):
        validator.validate(openapi, cls=validator.OpenAPIV31SpecValidator)
    openapi["info"]["title"] = "x"


def test_there_is_a_path_for_each_query(openapi, kg):
    assert sorted(openapi["paths"]) == [f"/query/{name}" for name in NAMES]
    operations = [path["get"]["operationId"] for path in openapi["paths"].values()]
    assert operations == [kg.queries.get(name).function for name in NAMES]
    assert openapi["info"]["version"] == version()


@every_query
def test_parameters_of_openapi_are_those_of_the_header(openapi, kg, name):
    query = kg.queries.get(name)
    described = openapi["paths"][f"/query/{name}"]["get"]["parameters"]
    assert [one["name"] for one in described] == [one.name for one in query.parameters]
    given = {}
    for one, parameter in zip(described, query.parameters, strict=True):
        assert one["required"] is parameter.required
        schema = one["schema"]
        jsonschema.Draft202012Validator(schema).validate(one["example"])
        if parameter.default is not None:
            assert str(schema["default"]) == parameter.default
        if parameter.multiple:
            assert (schema["type"], one["style"], one["explode"]) == ("array", "form", True)
            schema = schema["items"]
        if parameter.enumerated:
            values = schema["examples" if parameter.type == "iri" else "enum"]
            chosen = kg.choices(name, parameter.name)
            assert values == [getattr(value, "short", value) for value in chosen]
        given[parameter.name] = one["example"]
    # The examples are a call that has an answer.
    assert kg.query(name, **given)


@every_query
@pytest.mark.parametrize("form", ["json", "records"])
def test_answers_are_as_openapi_says(openapi, kg, name, form):
    query = kg.queries.get(name)
    content = openapi["paths"][f"/query/{name}"]["get"]["responses"]["200"]["content"]
    assert set(content) == {one.media_type for one in TABLE_FORMATS}
    [media_type] = [one.media_type for one in TABLE_FORMATS if one.name == form]
    schema = {**content[media_type]["schema"], "components": openapi["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    answer = kg.query(name, **{p.name: p.example for p in query.parameters if p.required})
    validator.validate(json.loads(render_answer(answer, form)))
    assert not validator.is_valid({"head": {"vars": ["x"]}, "results": {"bindings": []}})
    assert not validator.is_valid([{"x": 1}])


# --- lists


def test_the_list_as_json_says_all_that_the_headers_say(capsys, kg):
    entries = {entry["name"]: entry for entry in json.loads(printed(capsys, "--json"))}
    assert sorted(entries) == NAMES
    entry = entries["heads-of-office"]
    office, as_of = entry["parameters"]
    assert (office["multiple"], office["enumerated"], office["examples"]) == (
        True,
        True,
        ["jp", "kr"],
    )
    assert as_of["default"] == "2021-06-23"
    assert entries["filings"]["view"] == "LineChart"
    for name, entry in entries.items():
        assert entry["tags"] == list(kg.queries.get(name).tags)


@every_query
def test_the_example_calls_have_answers(capsys, kg, name):
    for call in example_calls(kg.queries.get(name)):
        words = shlex.split(call)
        assert words[:3] == ["ip5kg", "query", name]
        assert main([*words[1:], "--format", "csv"]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 1, call


@pytest.mark.parametrize(
    "args",
    [
        ("--json", "--catalogue", "turtle"),
        ("--new", "x", "--json"),
        ("--new", "x", "--tag", "people"),
        ("--json", "meetings"),
        ("-o", "x", "meetings"),
        ("--catalogue", "turtle", "meetings"),
        ("--catalogue", "rdf"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_refused(capsys, monkeypatch, tmp_path, args):
    monkeypatch.chdir(tmp_path)
    assert main(["query", *args]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert not list(tmp_path.iterdir())


def test_a_skeleton_goes_into_a_file(capsys, tmp_path):
    path = tmp_path / "x.rq"
    assert main(["query", "--new", "heads-in-office", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith("#+ summary: ")
    assert printed(capsys, "--new", "heads-in-office") == path.read_text(encoding="utf-8")
    assert main(["query", "--new", "meetings"]) == 2
    assert "There is a query “meetings” already" in capsys.readouterr().err


# --- views

NEEDS = {
    "Table": "",
    "BarChart": "number",
    "LineChart": "number year",
    "Timeline": "time",
    "Graph": "things",
    "Map": "place",
}


def features(answer: Answer):
    """What the columns of an answer could be shown as."""
    found = set()
    things = 0
    for number, _ in enumerate(answer.columns):
        terms = [row[number] for row in answer.solutions.rows if row[number] is not None]
        values = [row[number] for row in answer if row[number] is not None]
        if not terms:
            continue
        if all(isinstance(value, Thing) for value in values):
            things += 1
            kinds = {value.short.partition(":")[0] for value in values}
            if kinds <= {"state", "place"}:
                found.add("place")
        if all(isinstance(value, int | float | Decimal) for value in values):
            found.add("number")
        if all(isinstance(value, int) and 1900 < value < 2100 for value in values):
            found.add("year")
        texts = [term.value for term in terms if isinstance(term, Literal)]
        if len(texts) == len(terms) and all(
            re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) for text in texts
        ):
            found.add("time")
        if all(isinstance(value, datetime.date) for value in values):
            found.add("time")
    # The thing that a question is about, if there is one, is a node as well.
    if things >= 2:
        found.add("things")
    return found


@every_query
def test_an_answer_can_be_shown_in_its_view(kg, name):
    query = kg.queries.get(name)
    answer = kg.query(name, **{p.name: p.example for p in query.parameters if p.required})
    needs = set(NEEDS[query.view].split())
    assert needs <= features(answer), f"{query.view} of {answer.columns}"


def test_several_views_are_preferred(kg):
    assert {query.view for query in kg.queries.all()} == NEEDS.keys()
