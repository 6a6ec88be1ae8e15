"""Parameters that take several values, and values that the graph enumerates."""

import datetime
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

from ip5kg.cli.main import main
from ip5kg.errors import ParameterError, UnknownName
from ip5kg.names import shorten
from ip5kg.querybook import QueryBook
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files
from ip5kg.sparql.binding import bind
from ip5kg.sparql.lexer import tokens

ROOT = Path(__file__).parents[1]
BOOK = QueryBook(ROOT)
SEVERAL = [(q.name, p.name) for q in BOOK.all() for p in q.parameters if p.multiple]
ENUMERATED = [(q.name, p.name) for q in BOOK.all() for p in q.parameters if p.enumerated]
COUNTS = {"hosts-of-meetings"}
"""Queries that count over all values together."""

each_of_several = pytest.mark.parametrize(("name", "parameter"), SEVERAL)
each_enumerated = pytest.mark.parametrize(("name", "parameter"), ENUMERATED)


def needed(name):
    """Values for what a query cannot do without."""
    if name == "statistics":
        # The indicator of its example is measured for one subject only.
        return {"indicator": "patent-applications"}
    return {p.name: p.example for p in BOOK.get(name).parameters if p.required}


def some_values(kg, name, parameter):
    """A few values of a parameter with which the query has an answer, and one more."""
    stored = BOOK.get(name).parameter(parameter)
    values = kg.choices(name, parameter)
    one = values.index(next(v for v in values if stored.example in shorten(str(v))))
    values = [values[one], *values[:one], *values[one + 1 :]]
    good, other = [], None
    for value in values:
        if kg.query(name, **needed(name), **{parameter: value}):
            good.append(value)
        else:
            other = value
        if len(good) == 4:
            break
    return good, other


def test_the_questions_for_which_it_is_natural_take_several():
    for pair in [
        ("statistics", "office"),
        ("heads-of-office", "office"),
        ("filings", "office"),
        ("meetings", "series"),
        ("initiatives", "topic"),
        ("tenures", "person"),
        ("names-in-native-script", "language"),
    ]:
        assert pair in SEVERAL


@each_of_several
def test_several_values_give_what_each_gives(kg, name, parameter):
    good, other = some_values(kg, name, parameter)
    assert len(good) >= 2
    default = {"asOf": None} if name != "heads-of-office" else {"asOf": "2021-06-23"}
    asked = needed(name) | {k: v for k, v in default.items() if BOOK.get(name).parameter(k)}
    whole = list(kg.query(name, **asked))
    for pair in combinations(good, 2):
        both = list(kg.query(name, **asked, **{parameter: list(pair)}))
        each = [list(kg.query(name, **asked, **{parameter: one})) for one in pair]
        if name in COUNTS:
            first, second = (Counter({row.host: row.meetings for row in rows}) for rows in each)
            assert Counter({row.host: row.meetings for row in both}) == first + second
            continue
        assert set(both) == set(each[0]) | set(each[1])
        assert len(both) == len(set(both))
        # In the order of the whole answer, and nothing else of it.
        kept = set(both)
        assert both == [row for row in whole if row in kept]
    if other is not None:
        alone = kg.query(name, **asked, **{parameter: good[0]})
        assert list(kg.query(name, **asked, **{parameter: [good[0], other]})) == list(alone)


@each_of_several
def test_all_values_restrict_nothing_that_has_one(kg, name, parameter):
    """A row is left out only where it has no such thing at all."""
    values = kg.choices(name, parameter)
    whole = kg.query(name, **needed(name))
    restricted = kg.query(name, **needed(name), **{parameter: values})
    if name in COUNTS:
        assert len(restricted) <= len(whole)
        return
    assert set(restricted) <= set(whole)
    if parameter in whole.columns:
        column = whole.columns.index(parameter)
        having = [row for row in whole if row[column] not in (None, "")]
        assert list(restricted) == having


def test_rdflib_takes_several_values_alike(kg):
    graph = rdflib.Graph()
    for path in graph_files(ROOT):
        graph.parse(path, format="turtle")
    for name, given in [
        ("heads-of-office", {"office": ["jp", "kr"], "as_of": "2018-07-01"}),
        ("statistics", {"indicator": "patent-applications", "office": ["ep", "us"]}),
        ("meetings", {"series": ["heads", "deputy-heads"]}),
        ("names-in-native-script", {"language": ["ja", "ko"]}),
        ("initiatives", {"status": ["active", "completed"], "topic": ["classification"]}),
    ]:
        text = bound_text(BOOK.get(name), given, kg.store)
        ours = [[term and term.value for term in row] for row in kg.store.select(text).rows]
        theirs = [[term and str(term) for term in row] for row in graph.query(text)]
        assert [row[:2] for row in ours] == [row[:2] for row in theirs]
        assert ours


# --- what is given


def test_forms_of_several_values(kg):
    """Lists, tuples, sets, generators; once or twice; by any of their names."""

    def offices(value):
        return [row.office.short for row in kg.query("heads-of-office", office=value)]

    expected = ["office:jp", "office:kr"]
    assert offices(["jp", "kr"]) == expected
    assert offices(("kr", "jp")) == expected
    assert offices({"jp", "kr"}) == expected
    assert offices(name for name in ("jp", "kr")) == expected
    assert offices(["jp", "JPO", "office:jp", "kr"]) == expected
    assert offices(["jp"]) == offices("jp") == ["office:jp"]
    assert offices(kg.choices("heads-of-office", "office")) == [
        "office:cn",
        "office:ep",
        "office:jp",
        "office:kr",
        "office:us",
    ]
    assert len(offices(None)) == 5


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("heads-of-office", {"office": []}, "The parameter office is an empty list."),
        ("heads-of-office", {"office": ["jp", ""]}, "The parameter office is empty."),
        ("heads-of-office", {"office": ["jp", "JIPA"]}, "the graph has no patent office “JIPA”"),
        ("heads-of-office", {"office": ["jp", None]}, "“None”"),
        ("heads-of-office", {"office": b"jp"}, "b'jp'"),
        (
            "heads-of-office",
            {"asOf": ["2021-01-01", "2022-01-01"]},
            "The parameter asOf takes one value, not 2.",
        ),
        ("heads-of-office", {"asOf": "2021-01-01", "as_of": "2021-01-01"}, "asOf is given twice"),
        ("meeting-chair", {"meeting": ["heads-2021", "heads-2022"]}, "takes one value, not 2"),
        ("names-in-native-script", {"language": ["ja", "xx"]}, "the graph has nothing with “xx”"),
        ("names-in-native-script", {"language": "日本"}, "“日本” is not a language tag"),
        ("names-in-native-script", {"language": 'ja" "'}, "is not a language tag"),
    ],
)
def test_what_does_not_fit_is_refused(kg, name, given, says):
    with pytest.raises((ParameterError, UnknownName)) as caught:
        kg.query(name, **given)
    assert says in caught.value.message
    assert "\n" not in caught.value.message


def test_one_value_may_come_in_a_list(kg):
    day = [datetime.date(2016, 5, 1)]
    one = kg.query("heads-of-office", office="ep", as_of=day)
    assert [row.person.short for row in one] == ["person:battistelli-benoit"]


def test_capitals_of_a_language_tag_mean_nothing(kg):
    assert list(kg.query("names-in-native-script", language="JA")) == list(
        kg.query("names-in-native-script", language="ja")
    )


def test_an_unknown_language_is_answered_with_those_that_there_are(kg):
    with pytest.raises(ParameterError) as caught:
        kg.query("names-in-native-script", language="en")
    assert caught.value.hint == "Possible: de, fr, ja, ko, zh."
    assert kg.query("organisation-names", organisation="businesseurope", language="en")


# --- binding


def test_several_terms_become_the_items_of_a_list():
    terms = [NamedNode("urn:a"), Literal('", <urn:x>) } #')]
    text = "ASK { ?s ?p ?o FILTER(?o IN (?__x_iri)) } # ?__x_iri IN (?__x_iri)"
    bound = bind(text, {"__x_iri": terms})
    kinds = [token.kind for token in tokens(bound) if token.kind != "space"]
    assert kinds.count("iri") == 1
    assert kinds.count("string") == 1
    assert bound.endswith("# ?__x_iri IN (?__x_iri)")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?__x_iri }",
        "SELECT * { ?__x_iri ?p ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o = ?__x_iri) }",
        "SELECT * { ?s ?p ?o FILTER(?o = COALESCE(?__x_iri, ?o)) }",
        'SELECT * { ?s ?p ?o FILTER(?o = "" || COALESCE(?__x_iri, "") = ?o) }',
        'SELECT * { ?s ?p ?o FILTER(COALESCE(?__x_iri, "x") = "") }',
        'SELECT * { ?s ?p ?o FILTER(COALESCE(?s, ?__x_iri, "") = "") }',
        "SELECT * { ?s ?p ?o FILTER(?o IN (?s, ?__x_iri)) }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (STR(?__x_iri))) }",
        "SELECT * { ?s ?p ?o BIND(?__x_iri AS ?y) }",
    ],
)
def test_several_terms_stand_nowhere_else(text):
    with pytest.raises(ParameterError, match="takes one value, not several"):
        bind(text, {"__x_iri": [NamedNode("urn:a"), NamedNode("urn:b")]})


WHETHER_LEFT_OUT = (["COALESCE", "("], [",", '""', ")", "=", '""'])


@each_of_several
def test_in_the_files_they_stand_in_lists(name, parameter):
    query = BOOK.get(name)
    found = [t.text for t in tokens(query.text) if t.kind not in ("space", "comment")]
    variable = f"?{query.parameter(parameter).variable}"
    lists = 0
    for number, text in enumerate(found):
        if text == variable:
            before, after = found[number - 2 : number], found[number + 1 : number + 6]
            # In a list, or in the question whether it was left out.
            in_list = before == ["IN", "("] and after[0] == ")"
            assert in_list or (before, after) == WHETHER_LEFT_OUT
            lists += in_list
    assert lists


# --- what there is to choose from


@each_enumerated
def test_each_choice_has_an_answer_and_says_so_in_its_column(kg, name, parameter):
    values = kg.choices(name, parameter)
    assert values
    asked = {} if BOOK.get(name).parameter("asOf") is None else {"asOf": None}
    for value in values[:12]:
        answer = kg.query(name, **needed(name), **asked, **{parameter: value})
        column = answer.columns.index(parameter)
        assert {row[column] for row in answer} <= {value}


def test_choices_are_those_of_the_graph(kg):
    assert kg.choices("names-in-native-script", "language") == ["de", "fr", "ja", "ko", "zh"]
    series = kg.choices("meetings", "series")
    assert "series:heads" in {one.short for one in series}
    assert all(one.label != one.short for one in series)
    people = kg.choices("career", "person")
    assert len(people) > 100
    assert people == sorted(people, key=lambda one: f"<{one}>")


@pytest.mark.parametrize(
    ("name", "parameter", "says"),
    [
        ("names-containing", "text", "The parameter text takes any string."),
        ("heads-of-office", "as_of", "The parameter asOf takes any date."),
        ("heads-of-office", "person", "The query heads-of-office has no parameter “person”."),
    ],
)
def test_where_there_is_nothing_to_choose_it_is_said(kg, name, parameter, says):
    with pytest.raises(ParameterError) as caught:
        kg.choices(name, parameter)
    assert caught.value.message == says


# --- on the command line


def test_an_option_is_repeated_for_several_values(capsys):
    call = ["query", "heads-of-office", "--office", "jp", "--office", "kr", "--iris"]
    assert main(call) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["office", "office:jp", "office:kr"]


def test_an_option_that_takes_one_value_is_not_repeated(capsys):
    call = ["query", "meeting-chair", "--meeting", "heads-2021", "--meeting", "heads-2022"]
    assert main(call) == 2
    assert "error: --meeting takes one value, not 2." in capsys.readouterr().err


def test_choices_are_listed(capsys):
    assert main(["query", "meetings", "--choices", "series"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split(maxsplit=1)[0] == "series:heads" for line in lines)
    assert main(["query", "meeting-chair", "--choices", "meeting"]) == 0
    assert "meeting:heads-2021 " in capsys.readouterr().out
    assert main(["query", "meetings", "--choices", "serie"]) == 2
    assert "has no parameter “serie”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ip5kg query statistics --office j", ["plain,jp"]),
        ("ip5kg query names-in-native-script --language ", ["de", "fr", "ja", "ko", "zh"]),
        ("ip5kg query names-containing --text K", []),
        ("ip5kg query meetings --series gl", ["plain,global-dossier-task-force"]),
    ],
)
def test_a_shell_completes_values(capsys, monkeypatch, words, expected):
    monkeypatch.setenv("_IP5KG_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", "4")
    with pytest.raises(SystemExit):
        main([])
    lines = capsys.readouterr().out.split()
    assert lines == [one if "," in one else f"plain,{one}" for one in expected]
