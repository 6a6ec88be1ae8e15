"""Stored queries: well-formed, safe to bind, the same on every engine, and right."""

import csv
import datetime
import difflib
import io
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql import prepareQuery

from ip5kg.errors import AmbiguousName, Ip5kgError, ParameterError, UnknownName, UnknownQuery
from ip5kg.names import expand, shorten
from ip5kg.querybook import QueryBook
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files, graph_iri, query_files
from ip5kg.sparql.lexer import tokens
from ip5kg.store import EmbeddedStore
from ip5kg.store.lookup import find_thing

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "queries"
RECORDED = ROOT / "tests" / "golden" / "files.txt"
NAMES = sorted(query_files(ROOT))
DAY = "as-of"

# Name: parameters, leading columns.
PROMISED = {
    "associations-at-meeting": ("meeting", "association acronym region office"),
    "heads-of-office": ("office asOf", "office person post tenureKind"),
    "initiative": ("initiative asOf", "property value source"),
    "initiatives-launched": ("meeting", "initiative kind purpose"),
    "meeting-attendees": ("meeting", "person organisation role onBehalfOf title"),
    "meeting-chair": ("meeting", "person organisation post"),
    "meeting-outcomes": ("meeting", "act actor about detail"),
    "meetings": ("series asOf", "meeting ordinal date host place mode"),
    "next-meeting": ("meeting", "host year announcedOn"),
    "office-names": ("office asOf", "name acronym language from to"),
    "source-coverage": ("source", "passage facts reason"),
    "sources-of": ("thing", "fact source locator"),
    "statements-by": ("agent asOf", "date act about meeting"),
    "statistics": ("indicator office", "office year value approximate source"),
}

DATED = [query.name for query in QueryBook(ROOT).all() if query.parameter("asOf")]
CALLS = [*NAMES, *(f"{name}.{DAY}" for name in DATED)]
"""Every query with its examples but for the day, and those that take a day once more with it."""

every_query = pytest.mark.parametrize("name", NAMES)
every_call = pytest.mark.parametrize("call", CALLS)


@pytest.fixture(scope="module")
def book():
    return QueryBook(ROOT)


@pytest.fixture(scope="module")
def triples():
    """All triples in one rdflib graph."""
    graph = rdflib.Graph()
    for path in graph_files(ROOT):
        graph.parse(path, format="turtle")
    return graph


def arguments(query, *, day=False):
    """The values for which a query has a golden answer; with the day of its example or without.

    A parameter whose example is a list is left out, so that the answer is the whole one.
    """
    return {
        parameter.name: parameter.example if parameter.name == "asOf" else value
        for parameter in query.parameters
        if not parameter.examples
        and (value := parameter.default or parameter.example)
        and (day or parameter.name != "asOf")
    }


def text_of(call, book, store):
    """The bound text of one of the calls."""
    name, _, day = call.partition(".")
    query = book.get(name)
    return bound_text(query, arguments(query, day=bool(day)), store)


def significant(text):
    """The tokens that a parser sees."""
    return [token for token in tokens(text) if token.kind not in ("space", "comment")]


def variables(text):
    return {token.text[1:] for token in significant(text) if token.kind == "variable"}


def groups_after(found, *words):
    """The bracketed tokens that follow these words."""
    words = list(words)
    for start in range(len(found)):
        if [token.text.upper() for token in found[start : start + len(words)]] == words:
            depth, inside = 0, []
            for token in found[start + len(words) :]:
                depth += token.text in "({"
                depth -= token.text in ")}"
                inside.append(token)
                if depth == 0:
                    break
            yield inside


def modifiers(found):
    """The tokens after the outermost pattern: GROUP BY, ORDER BY and so on."""
    last = max(n for n, token in enumerate(found) if token.text == "}")
    return found[last + 1 :]


def as_csv(solutions):
    """RFC 4180, but for line ends; IRIs as prefixed names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(solutions.variables)
    for row in solutions.rows:
        writer.writerow(
            shorten(term.value) if isinstance(term, NamedNode) else term.value if term else ""
            for term in row
        )
    return text.getvalue()


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("name", PROMISED)
def test_promised_parameters_and_leading_columns(book, name):
    parameters, columns = PROMISED[name]
    query = book.get(name)
    assert " ".join(parameter.name for parameter in query.parameters) == parameters
    leading = [column.name for column in query.columns[: len(columns.split())]]
    assert " ".join(leading) == columns


def test_there_are_enough_questions_and_no_two_are_the_same(book):
    summaries = [query.summary for query in book.all()]
    assert len(summaries) >= 34
    assert len(set(summaries)) == len(summaries)


@every_query
def test_header_asks_a_question_and_describes_the_rest(book, name):
    query = book.get(name)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert query.summary[0].isupper()
    assert query.summary.endswith("?")
    assert query.description.endswith(".")
    assert query.tags
    assert all(column.description.endswith(".") for column in query.columns)
    for parameter in query.parameters:
        assert parameter.description.endswith(".")
        if parameter.class_name:
            expand(parameter.class_name)


@every_query
def test_text_is_sparql_for_both_engines_and_columns_are_as_told(book, name):
    query = book.get(name)
    columns = [column.name for column in query.columns]
    engine = pyoxigraph.Store().query(query.text)
    assert [variable.value for variable in engine.variables] == columns
    prepared = prepareQuery(query.text)
    assert [str(variable) for variable in prepared.algebra.PV] == columns


@every_query
def test_order_is_fixed_and_lines_are_short(book, name):
    text = book.get(name).text
    words = [token.text.upper() for token in modifiers(significant(text))]
    assert "ORDER" in words
    assert max(map(len, text.splitlines())) <= 100


@every_query
def test_rows_cannot_repeat_when_a_triple_stands_in_two_graphs(book, name):
    found = [token.text.upper() for token in significant(book.get(name).text)]
    assert "DISTINCT" in found[found.index("SELECT") :][:2] or "GROUP" in found
    for n, word in enumerate(found):
        if word == "COUNT":
            assert found[n + 2] == "DISTINCT"


@every_query
def test_parameters_occur_where_a_term_can_stand(book, name):
    query = book.get(name)
    found = significant(query.text)
    declared = {parameter.variable for parameter in query.parameters}
    assert {variable for variable in variables(query.text) if variable[0] == "_"} == declared

    forbidden = modifiers(found)
    opening = next(n for n, token in enumerate(found) if token.text == "{")
    forbidden += [token for token in found[:opening] if token.kind == "variable"]
    for inside in groups_after(found, "BOUND"):
        forbidden += inside
    for n, token in enumerate(found[:-1]):
        if token.text.upper() == "AS":
            forbidden.append(found[n + 1])
        if token.text.upper() == "VALUES":
            until = next(m for m in range(n, len(found)) if found[m].text == "{")
            forbidden += found[n:until]
    assert not declared & {token.text[1:] for token in forbidden if token.kind == "variable"}


@every_query
def test_not_exists_holds_one_pattern_only(book, name):
    """Oxigraph evaluates a NOT EXISTS over a join in quadratic time."""
    for inside in groups_after(significant(book.get(name).text), "NOT", "EXISTS"):
        pattern = [token.text for token in inside[1:-1]]
        if pattern[-1:] == ["."]:
            pattern.pop()
        assert len(pattern) == 3, " ".join(pattern)


@every_query
def test_default_graph_is_all_that_is_asked(book, name):
    words = {token.text.upper() for token in significant(book.get(name).text)}
    assert not words & {"FROM", "GRAPH", "SERVICE"}


@every_query
def test_runs_as_it_stands(book, kg, name):
    query = book.get(name)
    unbound = kg.store.select(query.text)
    assert unbound.variables == tuple(column.name for column in query.columns)
    assert unbound.rows


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("meeting-attendee", "meeting-attendees"),
        ("attendees", "meeting-attendees"),
        ("Meeting_Chair", "meeting-chair"),
        ("who chaired", "meeting-chair"),
        ("host of meeting", "hosts-of-meetings"),
    ],
)
def test_unknown_query_is_answered_with_near_names(kg, name, near):
    with pytest.raises(UnknownQuery) as caught:
        kg.query(name)
    assert caught.value.hint.startswith(f"Near matches: {near}")
    assert caught.value.hint.endswith("List all with “ip5kg query”.")


@pytest.mark.parametrize("name", ["nope", "", "who", "?"])
def test_unknown_query_without_near_names_is_answered_with_how_to_list_them(kg, name):
    with pytest.raises(UnknownQuery) as caught:
        kg.query(name)
    assert caught.value.hint == "List all with “ip5kg query”."


# ---------------------------------------------------------------- the answers


@pytest.fixture(scope="module")
def recorded(request):
    """The graph of the files on which the golden answers are recorded.

    A new file changes no golden answer until ``make golden`` records the answers anew, on all
    files that there are; a change of a recorded file does at once.
    """
    data = [path for path in graph_files(ROOT) if path.is_relative_to(ROOT / "data")]
    names = [path.relative_to(ROOT).as_posix() for path in data]
    if request.config.getoption("--update-golden"):
        RECORDED.write_text("".join(f"{name}\n" for name in names), encoding="utf-8", newline="\n")
    known = RECORDED.read_text(encoding="utf-8").splitlines()
    gone = sorted(set(known) - set(names))
    assert not gone, f"recorded and no longer there, see make golden: {gone}"
    new = {path for path, name in zip(data, names, strict=True) if name not in known}
    return EmbeddedStore(
        (path, graph_iri(path, ROOT)) for path in graph_files(ROOT) if path not in new
    )


@every_call
def test_answer_is_the_golden_one(book, recorded, call, request, record_property):
    solutions = recorded.select(text_of(call, book, recorded))
    assert solutions.rows, f"{call} has no answer for its own example"
    new = as_csv(solutions)
    path = GOLDEN / f"{call}.csv"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if request.config.getoption("--update-golden") and new != old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8", newline="\n")
        lines = difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"{call} as it was", f"{call} as it is", lineterm=""
        )
        record_property("golden", "\n".join(lines))
        return
    assert new == old, "look at the difference; accept it with pytest --update-golden"


def test_no_golden_answer_is_left_over():
    assert sorted(path.stem for path in GOLDEN.glob("*.csv")) == sorted(CALLS)


@every_query
def test_an_example_without_the_optional_parameters_has_an_answer(book, kg, name):
    query = book.get(name)
    needed = {p.name: p.example for p in query.parameters if p.required}
    assert len(kg.query(name, **needed)) >= 1


def comparable(term):
    """What a term means, whichever engine returned it."""
    if term is None:
        return None
    if isinstance(term, NamedNode | rdflib.URIRef):
        return str(getattr(term, "value", term))
    if isinstance(term, Literal):
        value, language, datatype = term.value, term.language, term.datatype.value
    else:
        value, language, datatype = str(term), term.language, str(term.datatype or "")
    kind = datatype.rpartition("#")[2]
    if kind in ("decimal", "integer"):
        return Decimal(value)
    return (value, language or "", "" if kind in ("string", "langString") else kind)


@every_call
def test_rdflib_gives_the_same_rows_in_the_same_order(book, kg, triples, call):
    text = text_of(call, book, kg.store)
    ours = [[comparable(term) for term in row] for row in kg.store.select(text).rows]
    theirs = [[comparable(term) for term in row] for row in triples.query(text)]
    assert ours == theirs


@every_call
def test_answer_stays_when_every_triple_stands_in_two_graphs(book, kg, call):
    text = text_of(call, book, kg.store)
    assert as_csv(twice().select(text)) == as_csv(kg.store.select(text))


def twice(made=[]):  # noqa: B006 - made once for all tests
    if not made:
        files = graph_files(ROOT)
        graphs = [(path, f"urn:x:{copy}:{path.name}") for copy in "ab" for path in files]
        made.append(EmbeddedStore(graphs))
    return made[0]


ALL_ANSWERS = """
import sys
sys.path.insert(0, sys.argv[1])
import ip5kg
import test_queries as t
kg = ip5kg.open(t.ROOT)
for call in t.CALLS:
    print(call)
    print(t.as_csv(kg.store.select(t.text_of(call, kg.queries, kg.store))))
"""


def test_answers_do_not_hang_on_the_hash_seed():
    answers = set()
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", ALL_ANSWERS, str(Path(__file__).parent)],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONIOENCODING": "utf-8",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert len(answers) == 1


# ---------------------------------------------------------------- what must come out right


def rows(kg, name, columns, **parameters):
    """Some columns of an answer, things by their prefixed names."""
    return [
        tuple(getattr(cell, "short", cell) for cell in map(row._asdict().get, columns.split()))
        for row in kg.query(name, **parameters)
    ]


def test_lisa_jorgenson_came_for_daren_tang_who_did_not(kg):
    answer = rows(
        kg,
        "meeting-attendees",
        "person organisation role onBehalfOf title",
        meeting="heads-2021",
    )
    assert len(answer) == 6
    assert [row for row in answer if row[3]] == [
        (
            "person:jorgenson-lisa",
            "organisation:wipo",
            "role:observer",
            "person:tang-daren",
            "Deputy Director General of WIPO",
        )
    ]
    assert {row[1] for row in answer} == {
        "office:cn",
        "office:ep",
        "office:jp",
        "office:kr",
        "office:us",
        "organisation:wipo",
    }
    absent = rows(kg, "represented-but-absent", "absent representative meeting")
    assert ("person:tang-daren", "person:jorgenson-lisa", "meeting:heads-2021") in absent
    appearances = rows(kg, "appearances-of-person", "meeting representedBy", person="tang-daren")
    assert ("meeting:heads-2021", "person:jorgenson-lisa") in appearances
    assert (
        rows(kg, "people-met", "person", person="campinos-antonio").count(("person:tang-daren",))
        == 0
    )


def test_nobody_from_an_association_was_at_the_heads_meeting(kg):
    present = rows(kg, "organisations-at-meeting", "organisation", meeting="heads-2021")
    assert present
    assert not [name for (name,) in present if name.startswith("association:")]
    assert not kg.query("associations-at-meeting", meeting="heads-2021")


def test_kasutani_toshihide_chaired_for_the_jpo(kg):
    assert rows(
        kg, "meeting-chair", "person organisation post tenureKind", meeting="heads-2021"
    ) == [
        (
            "person:kasutani-toshihide",
            "office:jp",
            "post:jp-commissioner",
            "tenure-kind:substantive",
        )
    ]


def test_drew_hirshfeld_performed_the_functions_and_duties(kg):
    heads = {
        row[0]: row[1:]
        for row in rows(
            kg, "heads-of-office", "office person tenureKind certainty", as_of="2021-06-23"
        )
    }
    assert heads == {
        "office:cn": ("person:shen-changyu", "tenure-kind:substantive", "certain"),
        "office:ep": ("person:campinos-antonio", "tenure-kind:substantive", "certain"),
        "office:jp": ("person:kasutani-toshihide", "tenure-kind:substantive", "certain"),
        "office:kr": ("person:kim-yongrae", "tenure-kind:substantive", "certain"),
        "office:us": ("person:hirshfeld-drew", "tenure-kind:performing-functions", "certain"),
    }
    led = rows(kg, "delegations-without-head", "organisation person")
    assert ("office:us", "person:hirshfeld-drew") in led


def test_both_questions_about_stand_ins_tell_the_same_participations(kg):
    """Whoever came in the stead of a head is in both, and so is whoever headed by another title."""
    stood_in = set(rows(kg, "stand-ins", "meeting organisation person role"))
    led = set(rows(kg, "delegations-without-head", "meeting organisation person role"))
    assert stood_in == led
    marked = kg.sparql(
        """SELECT ?meeting ?organisation ?person ?role {
             ?part ip5:atMeeting ?meeting ; ip5:representing ?organisation ;
               ip5:participant ?person ; ip5:hasRole ?role .
             OPTIONAL { ?part ip5:onBehalfOf ?absent }
             FILTER(BOUND(?absent)
               || ?role IN (role:on-behalf-of-head, role:acting-head-of-office)) }"""
    )
    assert {tuple(cell.short for cell in row) for row in marked} < led
    for meeting in ("meeting:heads-2024", "meeting:industry-2024"):
        assert (meeting, "office:kr", "person:kim-shi-hyeong", "role:chair") in stood_in
    names = {person for meeting, _, person, _ in led if meeting == "meeting:heads-2015"}
    assert names == {"person:kihara-yoshitake", "person:slifer-russell"}


def test_the_day_of_a_hand_over_belongs_to_the_successor(kg):
    def heads(day):
        return rows(kg, "heads-of-office", "person", as_of=day)

    assert ("person:kasutani-toshihide",) in heads("2021-06-30")
    assert ("person:kasutani-toshihide",) not in heads("2021-07-01")
    assert ("person:hirshfeld-drew",) not in heads("2021-01-19")
    assert ("person:hirshfeld-drew",) in heads("2021-01-20")


def test_the_14th_heads_meeting_was_virtual_and_announced_the_15th(kg):
    meetings = {
        row[0]: (row[1], str(row[2]), *row[3:])
        for row in rows(kg, "meetings", "meeting ordinal date host mode status", series="heads")
    }
    assert meetings["meeting:heads-2021"] == (
        14,
        "2021-06-23",
        "office:jp",
        "mode:virtual",
        "status:held",
    )
    assert meetings["meeting:heads-2022"] == (
        15,
        "2022-06-09",
        "office:ep",
        "mode:virtual",
        "status:held",
    )
    assert rows(kg, "next-meeting", "host year", meeting="heads-2021") == [("office:ep", 2022)]
    [announcement] = kg.query("next-meeting", meeting="heads-2021")
    assert str(announcement.announcedOn) == "2021-06-23"


def test_the_roadmap_was_acknowledged_and_two_projects_were_launched(kg):
    launched = rows(kg, "initiatives-launched", "initiative kind", meeting="heads-2021")
    assert set(launched) == {
        ("initiative:allowable-drawings", "initiative-kind:project"),
        ("initiative:global-assignment", "initiative-kind:project"),
    }
    purposes = rows(kg, "initiatives-launched", "purpose", meeting="heads-2021")
    assert all(purpose for (purpose,) in purposes)
    assert rows(kg, "acknowledged-not-launched", "initiative", meeting="heads-2021") == [
        ("initiative:netai-roadmap",)
    ]


def test_outcomes_of_the_heads_meeting_are_each_of_their_kind(kg):
    acts = {}
    for act, about in rows(kg, "meeting-outcomes", "act about", meeting="heads-2021"):
        acts.setdefault(act.partition(":")[2], set()).add(about)
    assert set(acts) == {
        "acknowledged",
        "adopted",
        "agreed",
        "announced",
        "exchanged-views",
        "launched",
        "noted",
        "reaffirmed",
    }
    assert acts["launched"] == {"initiative:allowable-drawings", "initiative:global-assignment"}
    assert "initiative:netai-roadmap" in acts["acknowledged"]
    assert acts["noted"] == {"topic:tangible-outcomes", "topic:user-needs"}
    assert "topic:economic-recovery" in acts["reaffirmed"]


def test_six_associations_met_the_heads_separately(kg):
    assert rows(
        kg,
        "associations-at-meeting",
        "association acronym region office",
        meeting="industry-2021",
    ) == [
        ("association:aipla", "AIPLA", "region:united-states", "office:us"),
        ("association:businesseurope", "BE", "region:europe", "office:ep"),
        ("association:ipo", "IPO", "region:united-states", "office:us"),
        ("association:jipa", "JIPA", "region:japan", "office:jp"),
        ("association:kinpa", "KINPA", "region:korea", "office:kr"),
        ("association:ppac", "PPAC", "region:china", "office:cn"),
    ]
    one_only = rows(kg, "took-part-in-one-only", "participant", meeting="industry-2021")
    assert len(one_only) == 6
    assert ("organisation:wipo",) in rows(
        kg, "took-part-in-one-only", "participant", meeting="heads-2021"
    )


def test_the_association_ipo_is_no_office(kg):
    with pytest.raises(UnknownName):
        kg.query("office-names", office="IPO")
    assert rows(kg, "organisation-names", "acronym", organisation="IPO") == [("IPO",)]


def test_the_support_of_the_associations_is_theirs(kg):
    said = rows(kg, "statements-by", "act about madeBy", agent="ip5-industry")
    assert ("act:supported", "topic:office-initiatives", "group:ip5-industry") in said
    assert ("act:confirmed", "topic:dialogue-with-industry", "group:ip5-industry") in said
    assert set(rows(kg, "statements-by", "act about madeBy", agent="ppac")) <= set(said)
    assert ("act:supported", "topic:office-initiatives", "group:ip5-industry") in rows(
        kg, "statements-by", "act about madeBy", agent="ppac"
    )
    offices = rows(kg, "statements-by", "act", agent="ip5")
    assert ("act:confirmed",) not in offices
    assert not kg.query("statements-by", agent="wipo")


@pytest.mark.parametrize("office", ["region:world", "world", "World"])
def test_statistics_of_the_world_are_asked_for_as_they_are_answered(kg, office):
    every = kg.query("statistics", indicator="world-pct-applications")
    answer = kg.query("statistics", indicator="world-pct-applications", office=office)
    assert answer
    assert list(answer) == [row for row in every if row.office.short == "region:world"]


@pytest.mark.parametrize("name", ["state:jp", "person:tomoko-uesugi", "indicator:no-such"])
def test_what_has_no_statistics_is_told_from_what_has(kg, name):
    with pytest.raises(UnknownName, match="statistical subject"):
        kg.query("statistics", indicator="world-pct-applications", office=name)


def test_around_80_percent_is_the_figure_of_the_release(kg):
    answer = kg.query("statistics", indicator="world-share-applications", office="ip5")
    [row] = [row for row in answer if row.source.short == "source:ip5-heads-2021-press-release"]
    assert row.value == 80
    assert row.approximate is True
    assert row.unit == "percent"
    assert row.locator == "paragraph 1, sentence 3"


def test_names_are_those_of_the_day(kg):
    def acronyms(office, day):
        answer = rows(kg, "office-names", "acronym", office=office, as_of=day)
        return {acronym for (acronym,) in answer if acronym}

    assert acronyms("kr", "2021-06-23") == {"KIPO"}
    assert acronyms("kr", "2025-10-01") == {"MIP", "MOIP"}
    assert acronyms("cn", "2021-06-23") == {"CNIPA"}
    assert [row.from_ for row in kg.query("office-names", office="jp")]


def test_an_initiative_tells_what_it_is_for_and_what_became_of_it(kg):
    answer = rows(kg, "initiative", "property value source", initiative="netai-roadmap")
    found = {}
    for words, value, source in answer:
        of_release = words == "aim" and source == "source:ip5-heads-2021-press-release"
        found.setdefault("aim of the release" if of_release else words, set()).add(value)
    assert found["kind"] == {"initiative-kind:roadmap"}
    assert len(found["aim of the release"]) == 4
    assert found["aim"] == {"aim:netai-roadmap-joint-work"}
    assert found["life-cycle"] >= {
        "event:netai-roadmap-acknowledged-2021-06-23",
        "event:netai-roadmap-agreed-2021-06-23",
    }


def test_sources_name_paragraph_and_sentence(kg):
    answer = rows(kg, "sources-of", "fact locator", thing="meeting:heads-2022")
    assert ("outcome:heads-2021-next-meeting-announced", "paragraph 10, sentence 1") in answer
    assert ("paragraph 2, sentence 2",) in rows(
        kg, "sources-of", "locator", thing="participation:heads-2021-jorgenson-lisa"
    )


def test_each_sentence_is_covered_and_in_order(kg):
    answer = kg.query("source-coverage", source="ip5-heads-2021-press-release")
    places = [(row.paragraph, row.sentence) for row in answer if row.paragraph is not None]
    assert places == sorted(places)
    assert places[-1] == (11, 1)
    for row in answer:
        assert bool(row.facts) != bool(row.reason), row.passage.short


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("name", "parameter", "forms"),
    [
        (
            "meeting-attendees",
            "meeting",
            [
                "https://w3id.org/ip5kg/id/meeting/heads-2021",
                "<https://w3id.org/ip5kg/id/meeting/heads-2021>",
                "meeting:heads-2021",
                "heads-2021",
                "14th IP5 Heads of Office meeting",
                "14TH ip5 heads of office MEETING",
            ],
        ),
        (
            "office-names",
            "office",
            [
                "https://w3id.org/ip5kg/id/office/kr",
                "office:kr",
                "kr",
                "KIPO",
                "moip",
                "Korean Intellectual Property Office",
                "특허청",
            ],
        ),
        (
            "initiative",
            "initiative",
            [
                "initiative:netai-roadmap",
                "netai-roadmap",
                "net-ai-roadmap",
                "NET/AI roadmap",
                "IP5 NET/AI Roadmap",
            ],
        ),
        ("statements-by", "agent", ["association:aipla", "aipla", "AIPLA"]),
        ("statements-about", "topic", ["topic:net-ai", "net-ai", "NET/AI"]),
        ("beneficiaries", "audience", ["audience:users", "users", "Users"]),
        ("meetings", "series", ["series:heads", "heads", "IP5 Heads of Office meetings"]),
        ("appearances-of-person", "person", ["kim-yongrae", "Kim Yongrae", "Yongrae Kim"]),
    ],
)
def test_every_form_of_a_name_gives_the_same_answer(kg, name, parameter, forms):
    answers = {as_csv(kg.query(name, **{parameter: form}).solutions) for form in forms}
    assert len(answers) == 1
    assert answers.pop().count("\n") > 1


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [
        ("meeting-attendees", "heads-2009", "meeting:heads-2019"),
        ("meeting-attendees", "meeting:head-2021", "meeting:heads-2021"),
        ("office-names", "jpx", "office:jp"),
        ("initiative", "net-ai-road-map", "initiative:netai-roadmap"),
        ("appearances-of-person", "Kasutanni", "person:kasutani-toshihide"),
        ("statistics", "world share", "indicator:world-share-applications"),
    ],
)
def test_unknown_name_is_answered_with_near_ones(kg, name, value, near):
    parameter = kg.queries.get(name).parameters[0]
    with pytest.raises(UnknownName) as caught:
        kg.query(name, **{parameter.name: value})
    assert near in caught.value.near
    assert near in caught.value.hint
    assert caught.value.message.startswith(f"The parameter {parameter.name}: the graph has no ")


@pytest.mark.parametrize(
    "name",
    [
        "hirshfeld",
        "HIRSHFELD",
        "Drew Hirshfeld",
        "Hirshfeld Drew",
        "Hirshfeld, Drew",
        "hirshfeld  drew",
        "drew-hirshfeld",
    ],
)
def test_person_is_found_by_family_name_and_in_any_order_of_names(kg, name):
    assert kg.show(name).thing.short == "person:hirshfeld-drew"


def test_accents_and_scripts_make_no_difference_for_names_of_people(kg):
    for name in ("antonio campinos", "Campinos, António", "CAMPINOS"):
        assert kg.show(name).thing.short == "person:campinos-antonio"
    assert kg.show("濱野").thing.short == "person:hamano-koichi"


def test_family_name_of_several_people_lists_them(kg):
    with pytest.raises(AmbiguousName) as caught:
        kg.show("takenaka")
    assert len(caught.value.near) == 2
    assert all(name.startswith("person:takenaka-") for name in caught.value.near)


@pytest.mark.parametrize("name", ["Ito", "ito", "ITO"])
def test_a_family_name_is_that_of_everybody_who_has_it(kg, name):
    """Of one Ito no more is known than the family name, which is therefore his label."""
    for ask in (
        lambda: kg.show(name),
        lambda: kg.query("career", person=name),
        lambda: kg.query("meetings-of-person", person=name),
    ):
        with pytest.raises(AmbiguousName) as caught:
            ask()
        assert set(caught.value.near) == {"person:ito-hitoshi", "person:ito-jipa"}
        assert "person:ito-hitoshi (Ito Hitoshi)" in str(caught.value)
    assert kg.show("Ito Hitoshi").thing.short == "person:ito-hitoshi"
    assert kg.show("Hitoshi Ito").thing.short == "person:ito-hitoshi"
    assert kg.show("ito-jipa").thing.short == "person:ito-jipa"
    assert kg.show("Betsumiya").thing.short == "person:betsumiya-jipa"


def test_words_in_order_are_meant_before_those_in_another(tmp_path):
    graph = tmp_path / "graph.ttl"
    graph.write_text(
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:a> a <urn:T> ; rdfs:label "Peter Paul" .
        <urn:b> a <urn:T> ; rdfs:label "Paul Peter" .
        <urn:c> a <urn:T> ; rdfs:label "Other" ; <https://w3id.org/ip5kg/ontology#familyName> "Li" .
        <urn:d> a <urn:T> ; rdfs:label "Li" .""",
        encoding="utf-8",
    )
    store = EmbeddedStore([(graph, "urn:g")])
    assert find_thing(store, "Paul Peter") == NamedNode("urn:b")
    assert find_thing(store, "li") == NamedNode("urn:d")
    with pytest.raises(AmbiguousName):
        find_thing(store, "Paul, Peter")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Andrew Hirshfeld", ["person:hirshfeld-drew"]),
        ("Hirshfeld Andrew", ["person:hirshfeld-drew"]),
        ("Hirshfeld, Andrew", ["person:hirshfeld-drew"]),
        ("person:hirshfeld", ["person:hirshfeld-drew"]),
        ("hirschfelt", ["person:hirshfeld-drew"]),
        ("https://w3id.org/ip5kg/office/jp", ["office:jp"]),
        ("<https://w3id.org/ip5kg/office/jp>", ["office:jp"]),
        ("http://w3id.org/ip5kg/id/office/jp", ["office:jp"]),
        ("https://w3id.org/ip5kg/id/offices/jp", ["office:jp"]),
        ("https://w3id.org/ip5kg/id/office/jp/", ["office:jp"]),
        ("https://w3id.org/ip5kg/id/office/JP", ["office:jp"]),
        ("https://w3id.org/ip5kg/id/jp", ["office:jp", "state:jp"]),
        ("https://w3id.org/ip5kg/meeting/heads-2021", ["meeting:heads-2021"]),
        ("offices/kr", ["office:kr"]),
        ("office:kp", ["office:kr"]),
        ("https://w3id.org/ip5kg/id/meeting/head-2021", ["meeting:heads-2021"]),
        ("office/kr", ["office:kr"]),
        ("states:kr", ["state:kr"]),
        ("Japanese Patent Office", ["office:jp"]),
        ("heads meeting 2021", ["meeting:heads-2021"]),
        ("global dosier", ["initiative:global-dossier"]),
        ("xyzzy", []),
        ("", []),
        ("…", []),
        ("/", []),
        ("x" * 5000, []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_near_names_are_what_was_probably_meant(kg, name, near):
    with pytest.raises(UnknownName) as caught:
        kg.show(name)
    assert list(caught.value.near[: max(len(near), 1)]) == near
    # One wrong guess among the right ones may stand, five may not.
    assert len(caught.value.near) <= len(near) + 4


def test_words_of_a_series_suggest_its_meetings(kg):
    with pytest.raises(UnknownName) as caught:
        kg.query("meeting-chair", meeting="heads")
    assert len(caught.value.near) == 5
    assert all(re.fullmatch(r"meeting:heads-\d+", name) for name in caught.value.near)


def test_ambiguous_name_is_answered_with_what_it_can_be(kg):
    with pytest.raises(AmbiguousName) as caught:
        kg.query("sources-of", thing="Japan")
    assert {"region:japan", "state:jp"} <= set(caught.value.near)


@pytest.mark.parametrize("short", ["cn", "jp", "kr", "us"])
def test_short_name_of_an_office_and_its_state_is_the_office(kg, short):
    assert kg.show(short).thing.short == f"office:{short}"
    assert kg.show(short.upper()).thing.short == f"office:{short}"
    assert kg.show(f"state:{short}").thing.short == f"state:{short}"
    assert find_thing(kg.store, short, "ip5:State") == NamedNode(expand(f"state:{short}"))


def test_short_name_of_an_organisation_and_its_founding_is_the_organisation(kg):
    assert kg.show("wipo").thing.short == "organisation:wipo"
    assert kg.show("aipla").thing.short == "association:aipla"
    assert kg.show("founding:wipo").thing.short == "founding:wipo"


def test_other_short_names_of_two_things_stay_ambiguous(kg):
    with pytest.raises(AmbiguousName) as caught:
        kg.show("net-ai")
    assert set(caught.value.near) == {"series:net-ai", "topic:net-ai"}


def test_parameter_of_the_wrong_class_is_refused(kg):
    with pytest.raises(UnknownName):
        kg.query("meeting-attendees", meeting="office:jp")
    with pytest.raises(UnknownName):
        kg.query("office-names", office="meeting:heads-2021")


@pytest.mark.parametrize(
    ("name", "values", "word"),
    [
        ("meeting-attendees", {}, "needs the parameter meeting."),
        ("meeting-attendees", {"meeting": None}, "needs the parameter meeting."),
        ("meeting-attendees", {"meeting": "heads-2021", "office": "jp"}, "office"),
        ("heads-of-office", {"as_of": "2021-02-30"}, "2021-02-30"),
        ("heads-of-office", {"as_of": "23 June 2021"}, "23 June 2021"),
        ("heads-of-office", {"as_of": "2021-6-23"}, "2021-6-23"),
        ("heads-of-office", {"as_of": "20210623"}, "20210623"),
        ("meeting-by-number", {"number": "fourteen"}, "fourteen"),
        ("meeting-by-number", {"number": "14.0"}, "14.0"),
        ("meeting-by-number", {"number": True}, "True"),
        ("names-containing", {"text": "  "}, "The parameter text is empty."),
    ],
)
def test_missing_unknown_or_ill_typed_parameter_is_told(kg, name, values, word):
    with pytest.raises(ParameterError) as caught:
        kg.query(name, **values)
    assert word in caught.value.message
    assert caught.value.hint
    # Dashes are for the command line.
    assert "--" not in caught.value.message + caught.value.hint


HOSTILE = [
    '"', "'", "}", "{", ">", "<", "#", "%s", "\\", "?person", "$person", "_:b",
    "} UNION { ?s ?p ?o }",
    'x" } UNION { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #',
    "heads-2021> } UNION { ?s ?p ?o . BIND(<urn:x",
    "<urn:x> } #",
    "urn:x>",
    "heads-2021#",
    "meeting:heads-2021 . ?s ?p ?o",
    "heads-2021\n} UNION { ?s ?p ?o }",
    "\\u0022 } #",
    '"\\u0022',
    "\\U00000022",
    '"""',
    "'''",
    '2021-06-23"^^<urn:x>',
    "\x00",
    "heads\x002021",
    "\ud800",
    "\u202e",
    "9" * 5000,
    "x" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("meeting-attendees", "meeting"),
        ("sources-of", "thing"),
        ("heads-of-office", "asOf"),
        ("meeting-by-number", "number"),
    ],
)
def test_hostile_value_is_refused_in_one_short_sentence(kg, name, parameter, value):
    with pytest.raises((ParameterError, UnknownName)) as caught:
        kg.query(name, **{parameter: value})
    assert len(caught.value.message) < 200
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_data_or_refused(kg, value):
    """The value becomes one token, and nothing around it changes."""
    query = kg.queries.get("names-containing")
    try:
        bound = bound_text(query, {"text": value}, kg.store)
    except Ip5kgError:
        bound = ""
    if not bound:
        assert "\\" in value or not value.isprintable()
        return
    assert [token.kind for token in significant(bound)] == [
        "string" if token.text == "?_text_literal" else token.kind
        for token in significant(query.text)
    ]
    for row in kg.query("names-containing", text=value):
        assert value.lower() in row.name.lower()


def test_text_is_looked_for_as_it_is(kg):
    assert not kg.query("names-containing", text="Kim.*")
    assert not kg.query("names-containing", text='Kim" || true || "')
    assert kg.query("names-containing", text="kim")
    assert kg.query("names-containing", text="'")


# ---------------------------------------------------------------- the record of 2007 to today


def test_heads_meetings_are_numbered_without_gap_and_none_was_in_2009(kg):
    rotation = rows(kg, "host-rotation", "ordinal year host mode")
    numbers = [row[0] for row in rotation if row[0]]
    assert numbers[:18] == list(range(1, 19))
    assert numbers == list(range(1, len(numbers) + 1))
    assert 2009 not in {row[1] for row in rotation}
    by_year = {row[1]: row[2:] for row in rotation}
    assert by_year[2007] == ("office:us", "mode:in-person")
    assert by_year[2020][1] == by_year[2021][1] == by_year[2022][1] == "mode:virtual"


def test_the_heads_met_in_porticcio_in_2012(kg):
    [meeting] = [row for row in kg.query("host-rotation") if row.year == 2012]
    assert meeting.place.label == "Porticcio"
    assert meeting.host.short == "office:ep"


def test_names_changed_on_their_days(kg):
    changes = {
        (office, str(date), new)
        for office, date, new in rows(kg, "name-changes", "office date toName")
    }
    assert (
        "office:cn",
        "2018-08-28",
        "China National Intellectual Property Administration",
    ) in changes
    assert ("office:kr", "2025-10-01", "Ministry of Intellectual Property") in changes


def test_two_men_are_called_takashi_suzuki(kg):
    jpo = rows(kg, "meetings-of-person", "organisation", person="suzuki-takashi-jpo")
    jipa = rows(kg, "meetings-of-person", "organisation", person="suzuki-takashi")
    assert set(jpo) == {("office:jp",)}
    assert set(jipa) == {("association:jipa",)}


def test_lisa_jorgenson_changed_sides(kg):
    organisations = {row[0] for row in rows(kg, "career", "organisation", person="jorgenson-lisa")}
    assert organisations == {"association:aipla", "organisation:wipo"}


def test_performing_the_functions_is_not_acting(kg):
    kinds = {row[0]: row[1] for row in rows(kg, "acting-heads", "person kind")}
    assert kinds["person:hirshfeld-drew"] == "tenure-kind:performing-functions"
    assert kinds["person:kim-shi-hyeong"] == "tenure-kind:acting"


@pytest.mark.parametrize(
    ("day", "states"),
    [("1977-10-07", 7), ("1980-01-01", 10), ("2010-10-01", 38), ("2026-11-23", 40)],
)
def test_epc_states_are_those_of_the_day(kg, day, states):
    assert len(kg.query("epc-states", as_of=day)) == states


def test_the_roadmap_is_acknowledged_by_one_source_and_agreed_by_others(kg):
    events = rows(kg, "initiative-timeline", "event source", initiative="netai-roadmap")
    assert ("act:acknowledged", "source:ip5-heads-2021-press-release") in events
    assert "act:agreed" in {event for event, _ in events}


def test_both_dates_of_the_13th_heads_meeting_stand(kg):
    dates = {
        (str(date), preferred)
        for meeting, date, preferred in rows(kg, "conflicting-dates", "meeting date preferred")
        if meeting == "meeting:heads-2020"
    }
    assert dates == {("2020-07-21", True), ("2020-07-23", False)}


def test_figures_for_the_share_of_2021_stand_side_by_side(kg):
    values = {(row.year, float(row.value)) for row in kg.query("world-share")}
    assert {(2021, 80.0), (2022, 84.9), (2022, 85.1), (2007, 75.2)} <= values
    preferred = {float(r.value) for r in kg.query("world-share") if r.year == 2022 and r.preferred}
    assert preferred == {84.9}


def test_filings_are_those_of_the_years_asked_for(kg):
    years = {row.year for row in kg.query("filings", **{"from": 2010, "to": 2012})}
    assert years == {2010, 2011, 2012}
    values = {(row.office.short, row.year): row.applications for row in kg.query("filings")}
    assert values["office:ep", 2008] == 146600


def test_each_conflict_has_one_preferred_value(kg):
    cells = {}
    for row in kg.query("conflicting-figures"):
        cells.setdefault((row.indicator, row.office, row.year), []).append(row.preferred)
    assert cells
    for cell, marks in cells.items():
        assert sum(marks) == 1, cell
        assert len(marks) > 1, cell


def test_an_initiative_has_begun_by_the_day_asked_for(kg):
    early = {row.initiative.short for row in kg.query("initiatives", as_of="2010-01-01")}
    assert "initiative:ip5-cooperation" in early
    assert "initiative:netai-roadmap" not in early
    assert kg.query("initiatives", status="completed", topic="harmonisation")


def test_places_of_the_heads_meetings_are_told_by_both_questions(kg):
    listed = {r.meeting.short: str(r.place) for r in kg.query("meetings", series="heads")}
    for row in kg.query("host-rotation"):
        assert listed[row.meeting.short] == str(row.place)
    assert listed["meeting:heads-2010"].endswith("/place/guilin")
    assert listed["meeting:heads-2021"] == "Videoconference"


def test_the_projects_of_2021_say_what_they_are_for(kg):
    purposes = {
        row.initiative.short: row.purpose
        for row in kg.query("initiatives-launched", meeting="heads-2021")
    }
    assert purposes["initiative:global-assignment"].startswith("Harmonise")
    assert "size" in purposes["initiative:allowable-drawings"]


@pytest.mark.parametrize(
    ("name", "parameters", "row"),
    [
        ("career", {"person": "jorgenson-lisa"}, {"from_": "2021-01-01"}),
        ("tenures", {"person": "jorgenson-lisa"}, {"from_": "2021-01-01"}),
        (
            "heads-of-office",
            {"as_of": "2013-01-31"},
            {"office": "office:us", "until": "2013-02-02"},
        ),
        ("longest-serving-heads", {}, {"person": "person:kappos-david", "to": "2013-02-02"}),
    ],
)
def test_of_disputed_tenures_it_is_said_which_is_taken(kg, name, parameters, row):
    """The statement that is not taken stands beside it, of low confidence."""
    columns = "organisation office person post from_ to until confidence preferred"
    taken, other = (
        [
            dict(zip(columns.split(), map(str, cells), strict=True))
            for cells in rows(kg, name, columns, **parameters)
            if cells[-1] is wanted
        ]
        for wanted in (True, False)
    )
    [found] = [cells for cells in taken if row.items() <= cells.items()]
    assert found["confidence"] in ("confidence:high", "confidence:medium")
    [beside] = [c for c in other if (c["person"], c["post"]) == (found["person"], found["post"])]
    assert beside["confidence"] == "confidence:low"


def test_having_been_seen_is_as_sure_as_the_best_known_meeting(kg):
    seen = rows(kg, "career", "organisation basis confidence", person="jorgenson-lisa")
    assert ("organisation:wipo", "seen at meetings", "confidence:high") in seen
    assert ("association:aipla", "seen at meetings", "confidence:medium") in seen


@pytest.mark.parametrize(
    ("name", "parameters", "post", "dates"),
    [
        ("tenures", {"person": "katsura-masanori"}, "jp-deputy-commissioner", "2023 2023 by after"),
        (
            "tenures",
            {"person": "kim-jong-kap"},
            "kr-commissioner",
            "2005-12 2006-01-27 by day",
        ),
        (
            "career",
            {"person": "jorgenson-lisa"},
            "aipla-executive-director",
            "2017-01-18 2019-06 by after",
        ),
        (
            "career",
            {"person": "martin-wallace-valencia"},
            "us-deputy-commissioner-for-patents",
            "2022-04-07 2023 by after",
        ),
    ],
)
def test_a_sighting_of_a_year_or_month_never_looks_like_a_day(kg, name, parameters, post, dates):
    answer = rows(kg, name, "post from_ to fromPrecision toPrecision", **parameters)
    found = [
        " ".join(str(cell).removeprefix("precision:") for cell in cells[1:])
        for cells in answer
        if cells[0] == f"post:{post}"
    ]
    assert dates in found


def test_no_tenure_shows_a_bound_of_an_imprecise_date(kg):
    """Only what is stated: a label that says “in 2023” stands beside no invented day."""
    labels = {
        (row.person, row.post): row.label
        for row in kg.sparql(
            "SELECT ?person ?post ?label { ?tenure ip5:heldBy ?person ; ip5:ofPost ?post ; "
            'rdfs:label ?label . FILTER(REGEX(?label, "still (in post )?in [0-9A-Z]")) }'
        )
    }
    assert len(labels) == 7
    shown = [row for row in kg.query("tenures") if (row.person, row.post) in labels]
    assert len(shown) == 7
    assert all(len(str(row.to)) in (4, 7) for row in shown)


def test_who_gave_way_long_ago_is_no_possible_head(kg):
    """Last seen in 2008, with two known successors since: not possible in 2014."""

    def heads(day):
        answer = rows(kg, "heads-of-office", "person certainty", as_of=day)
        return dict(answer)

    assert heads("2009-01-20")["person:suzuki-takashi-jpo"] == "possible"
    assert "person:suzuki-takashi-jpo" not in heads("2014-02-01")
    assert {"person:hato-hideo", "person:ito-hitoshi"} <= set(heads("2014-02-01"))
    # A sighting of 2006, which another source makes impossible.
    assert "person:kim-jong-kap" not in heads("2008-05-01")


def test_nobody_is_a_head_for_certain_after_the_sources_were_consulted(kg):
    """An open end is not known to have ended; what has come since, no document can tell."""
    [last] = kg.sparql(
        """SELECT (MAX(?day) AS ?day) {
             ?tenure ip5:hasEndPrecision precision:open ;
               ip5:ofPost/ip5:hasPostKind post-kind:head ;
               ip5:cites/ip5:inSource/ip5:consultedOn ?day }"""
    )
    consulted = datetime.date.fromisoformat(str(last.day))
    after = consulted + datetime.timedelta(days=1)
    known = rows(kg, "heads-of-office", "office person certainty", as_of=consulted.isoformat())
    assert len(known) == len({office for office, _, _ in known}) == 5
    assert {certainty for _, _, certainty in known} == {"certain"}
    for later in (after.isoformat(), "2099-01-01"):
        told = rows(kg, "heads-of-office", "office person certainty", as_of=later)
        assert told == [(office, person, "possible") for office, person, _ in known]
    # A stated end is told for good, however late the day on which its documents were read.
    assert ("person:hirshfeld-drew", "certain") in rows(
        kg, "heads-of-office", "person certainty", as_of="2022-04-12"
    )


def test_a_timeline_tells_events_and_what_was_said_about_the_initiative(kg):
    told = rows(kg, "initiative-timeline", "kind event meeting source", initiative="netai-roadmap")
    release = ("meeting:heads-2021", "source:ip5-heads-2021-press-release")
    assert ("ip5:InitiativeEvent", "act:acknowledged", *release) in told
    assert ("ip5:Outcome", "act:acknowledged", *release) in told
    every = kg.query("initiative-timeline")
    [counted] = kg.sparql(
        """SELECT (COUNT(DISTINCT ?event) AS ?events) (COUNT(DISTINCT ?outcome) AS ?outcomes) {
             { ?event a ip5:InitiativeEvent }
             UNION { ?outcome a ip5:Outcome ; ip5:about ?matter . ?matter a ip5:Initiative } }"""
    )
    for kind, number in (
        ("ip5:InitiativeEvent", counted.events),
        ("ip5:Outcome", counted.outcomes),
    ):
        assert len({row.what for row in every if row.kind.short == kind}) == number > 50
    for row in every:
        assert row.date
        assert row.source


def test_a_status_rests_on_the_latest_document_that_the_record_can_tell(kg):
    """Not on a page of April 2021, before the roadmap was agreed, only for its name."""
    told = dict(rows(kg, "initiatives", "initiative source"))
    assert told["initiative:netai-roadmap"] == "source:ip5-heads-2021-press-release"
    dated = kg.sparql(
        """SELECT ?initiative ?source (MAX(STR(?day)) AS ?last) {
             ?use ip5:statusOf ?initiative ; ip5:cites/ip5:inSource ?source .
             ?event a ip5:InitiativeEvent ; ip5:cites/ip5:inSource ?source ; ip5:earliest ?day }
           GROUP BY ?initiative ?source"""
    )
    days = {(row.initiative.short, row.source.short): row.last for row in dated}
    for (initiative, source), day in days.items():
        assert days.get((initiative, told[initiative]), "") >= day, (initiative, source)


def test_the_meeting_with_which_an_initiative_began_can_be_asked_for(kg):
    began = dict(rows(kg, "initiatives", "initiative beganAt"))
    assert began["initiative:netai-roadmap"] == "meeting:heads-2021"
    assert began["initiative:phep-user-consultation-2015"] is None
    [counted] = kg.sparql("SELECT (COUNT(*) AS ?number) { ?i ip5:beganAt ?meeting }")
    assert sum(meeting is not None for meeting in began.values()) == counted.number > 50


def test_an_end_is_the_first_day_after_the_last(kg):
    """The consultation went on until 15 September 2015, and was over on the 16th."""

    def until(day):
        told = dict(rows(kg, "initiatives", "initiative until", as_of=day))
        return told["initiative:phep-user-consultation-2015"]

    assert until("2015-09-15") == ""
    assert until("2015-09-16") == "2015-09-16"
