"""Every stored query is one of grlc's: its own parser reads it, and what it makes of it answers."""

import contextlib
import io
import logging
import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode

from ip5kg.querybook import QueryBook
from ip5kg.querybook.values import term_for
from ip5kg.sparql.header import read_header

ROOT = Path(__file__).parents[1]
BOOK = QueryBook(ROOT)
NOWHERE = "http://127.0.0.1:1/sparql"

every_query = pytest.mark.parametrize("name", BOOK.names())


@pytest.fixture(scope="module")
def grlc(tmp_path_factory):
    """grlc's parser and its maker of specifications; it looks for a file where it is run."""
    with (
        contextlib.chdir(tmp_path_factory.mktemp("grlc")),
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        pytest.importorskip("grlc", reason="grlc is not installed")
        from grlc import gquery, swagger

        return gquery, swagger


class Loader:
    """Where grlc would look for the address of an endpoint."""

    def getEndpointText(self):  # noqa: N802 - grlc calls it so
        return NOWHERE


@every_query
def test_grlc_reads_the_header_as_we_do(grlc, name):
    """YAML 1.1 and 1.2 differ: a day without quotation marks would be read differently."""
    query = BOOK.get(name)
    ours, _ = read_header(query.path, {})
    theirs = grlc[0].get_yaml_decorators(query.text)
    assert theirs.pop("query").strip() == query.body.strip()
    assert theirs == ours


@every_query
def test_grlc_has_nothing_to_complain_of(grlc, name, caplog):
    query = BOOK.get(name)
    logging.getLogger("grlc.gquery").propagate = True
    with caplog.at_level(logging.WARNING):
        found = grlc[0].get_metadata(query.text, NOWHERE)
    assert not caplog.records
    assert found["type"] == "SelectQuery"
    assert [str(variable) for variable in found["variables"]] == [c.name for c in query.columns]
    assert found["summary"] == query.summary
    assert found["tags"] == list(query.tags)

    types = {"iri": ("string", "iri", None), "date": ("string", None, "xsd:date")}
    types |= {"integer": ("string", None, "xsd:integer"), "string": ("literal", None, None)}
    types["language"] = types["string"]
    assert found["parameters"].keys() == {parameter.name for parameter in query.parameters}
    for parameter in query.parameters:
        said = found["parameters"][parameter.name]
        assert said["original"] == f"?{parameter.variable}"
        assert said["required"] is parameter.required
        kind = (said["type"], said.get("format"), said.get("datatype"))
        assert kind == types[parameter.type]
        assert str(said.get("default")) == str(parameter.default)
        assert "lang" not in said


@every_query
def test_grlc_makes_a_path_of_each_query(grlc, name):
    query = BOOK.get(name)
    item = grlc[1].process_sparql_query_text(query.text, Loader(), name, [])
    assert item["call_name"] == f"/{name}"
    named = [one["name"] for one in item["params"]]
    assert set(named) == {"endpoint", *(one.name for one in query.parameters)}


@every_query
def test_what_grlc_makes_of_the_examples_gives_our_answer(grlc, kg, name):
    """It replaces text by text; with good values the query is the one that we bind."""
    query = BOOK.get(name)
    given, asked = {}, {}
    for parameter in query.parameters:
        term = term_for(parameter, parameter.default or parameter.example, kg.store)
        given[parameter.name] = term.value
        asked[parameter.name] = term.value if isinstance(term, NamedNode) else parameter.example
        if parameter.default:
            asked[parameter.name] = parameter.default
    found = grlc[0].get_metadata(query.text, NOWHERE)
    text = grlc[0].rewrite_query(found["query"], found["parameters"], given)
    theirs = kg.store.select(text)
    ours = kg.query(name, **asked).solutions
    assert theirs == ours
    assert theirs.rows


@every_query
def test_grlc_takes_a_query_without_its_optional_parameters(grlc, kg, name):
    query = BOOK.get(name)
    needed = [parameter for parameter in query.parameters if parameter.required]
    given = {one.name: term_for(one, one.example, kg.store).value for one in needed}
    found = grlc[0].get_metadata(query.text, NOWHERE)
    text = grlc[0].rewrite_query(found["query"], found["parameters"], given)
    assert kg.store.select(text).variables == tuple(column.name for column in query.columns)
    rdflib.plugins.sparql.prepareQuery(text)
