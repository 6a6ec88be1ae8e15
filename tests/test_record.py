"""Every row of the fact tables is in the graph, with the row's own source."""

import pytest

from fact_tables import FACTS, TABLES, Graph, cited_elsewhere, rows, sources


@pytest.fixture(scope="module")
def graph(kg):
    return Graph(kg.store)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_row_is_in_the_graph_with_its_own_source(table, graph):
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    missing, unsourced, found = [], [], 0
    for position, row in enumerate(rows(table), 2):
        nodes = TABLES[table](graph, row)
        where = f"{table}:{position} {list(row.values())[:4]}"
        if not nodes:
            missing.append(where)
        elif sources(row) - cited_elsewhere(row) - {a for n in nodes for a in graph.addresses(n)}:
            unsourced.append(f"{where} → {nodes}")
        else:
            found += 1
    print(f"{table}: {found} rows found with their sources")
    assert missing == []
    assert unsourced == []


def confidences(graph, names):
    return {value for name in names for value in graph.things[name]["hasConfidence"]}


def of_the_row(graph, table, row, nodes):
    """Of several nodes that a row could have become, those that say more of what it says."""
    nodes = sorted(set(nodes))
    bare_sources = sources(row) - cited_elsewhere(row)
    nodes = [n for n in nodes if bare_sources <= graph.addresses(n)] or [
        n for n in nodes if bare_sources & graph.addresses(n)
    ]
    narrower = {
        "meetings/outcomes.csv": lambda n: any(
            row["short_name"].casefold() in label.casefold() for label in graph.things[n]["label"]
        ),
        # Of a disputed tenure or event there are two nodes, and two rows.
        "institutions/officials.csv": lambda n: n.endswith("-disputed") == is_disputed(row),
        "initiatives/events.csv": lambda n: n.endswith("-disputed") == is_disputed(row),
        "statistics/observations.csv": lambda n: (
            bool(graph.things[n]["isPreferred"]) == (row["note"].startswith("CONFLICT"))
        ),
    }.get(table)
    # The values of the World Bank stand in its data set too, where another source has the same.
    if table == "statistics/observations.csv":
        nodes = [n for n in nodes if not n.endswith("-world-bank")] or nodes
    return [n for n in nodes if narrower and narrower(n)] or nodes


def is_disputed(row):
    return row["note"].casefold().startswith("conflict") and row["confidence"] == "low"


CONFIDENT = sorted(
    table for table in TABLES if FACTS.is_dir() and rows(table) and "confidence" in rows(table)[0]
) or ["meetings/meetings.csv"]

OTHER_CONFIDENCE = {
    ("institutions/officials.csv", "he-zhimin", "high"): "one tenure; the weaker of two rows",
    ("institutions/associations_regions.csv", "kinpa", "medium"): "one region; the better row",
    ("institutions/associations_regions.csv", "ppac", "medium"): "one region; the better row",
    **{
        ("institutions/organisations.csv", f"state-{code}", "medium"): (
            "the state has a row of high confidence in states_links.csv"
        )
        for code in ("cn", "jp", "kr", "us")
    },
}
"""Rows of which another row about the same thing gives the confidence: table, key, confidence."""


def test_all_tables_with_a_confidence_are_held_to_it():
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    assert set(TABLES) - set(CONFIDENT) == {"persons.csv"}


@pytest.mark.parametrize("table", CONFIDENT)
def test_each_row_keeps_its_confidence(table, graph):
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    other, used = {}, set()
    for position, row in enumerate(rows(table), 2):
        nodes = of_the_row(graph, table, row, TABLES[table](graph, row))
        assert nodes, f"{table}:{position}"
        key = table, next(iter(row.values())), row["confidence"]
        if confidences(graph, nodes) == {f"confidence:{row['confidence']}"}:
            continue
        used.add(key)
        if key not in OTHER_CONFIDENCE:
            other[position] = row["confidence"], nodes, confidences(graph, nodes)
    assert other == {}
    assert used == {key for key in OTHER_CONFIDENCE if key[0] == table}


def test_weak_facts_lists_the_meetings_that_are_weak(kg):
    weak = {line.fact.short: line.confidence.short for line in kg.query("weak-facts")}
    assert weak["meeting:deputy-heads-2008"] == "confidence:low"
    assert weak["meeting:phep-2017"] == "confidence:low"
    assert "meeting:heads-2021" not in weak


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"persons.csv"}))
def test_a_stored_question_returns_the_row_with_its_source(table, graph, kg):
    """Of each row sources-of names the node and one of the row's documents."""
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    for row in rows(table):
        answered = {
            url
            for node in TABLES[table](graph, row)
            for line in kg.query("sources-of", thing=node)
            if line.fact.short == node
            for url in graph.addresses_of(line.source.short)
        }
        assert answered & sources(row), row


QUESTIONS = {
    "meetings/meetings.csv": ("meetings", "", {"meeting": ""}),
    "meetings/attendance.csv": (
        "meeting-attendees",
        "atMeeting",
        {"person": "participant", "organisation": "representing", "role": "hasRole"},
    ),
    "meetings/associations_at_meetings.csv": (
        "association-attendance",
        "",
        {"association": "participant", "meeting": "atMeeting"},
    ),
    "meetings/outcomes.csv": ("meeting-outcomes", "atMeeting", {"act": "hasAct", "about": "about"}),
    "initiatives/initiatives.csv": (
        "initiatives",
        "",
        {"initiative": "statusOf", "status": "hasStatus"},
    ),
    "initiatives/events.csv": (
        "initiative-timeline",
        "",
        {"initiative": "eventOf", "event": "hasAct", "date": "date"},
    ),
    "institutions/officials.csv": ("tenures", "", {"person": "heldBy", "post": "ofPost"}),
    "institutions/epc_states.csv": ("epc-states", "", {"state": "member"}),
    "statistics/observations.csv": (
        "statistics",
        "forIndicator",
        {"office": "observedFor", "year": "year", "value": "value"},
    ),
}
"""Table → the question made for it, what its parameter is of a row's node, and its columns."""


@pytest.mark.parametrize("table", sorted(QUESTIONS))
def test_the_question_made_for_a_table_returns_each_row(table, graph, kg):
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    name, parameter, columns = QUESTIONS[table]
    [given] = [p.name for p in kg.queries.get(name).parameters if p.required] or [""]
    answers, missing = {}, []
    for position, row in enumerate(rows(table), 2):
        found = False
        for node in TABLES[table](graph, row):
            for asked in graph.things[node][parameter] if parameter else ("",):
                if asked not in answers:
                    answers[asked] = list(kg.query(name, **({given: asked} if asked else {})))
                wanted = [
                    graph.things[node][one] or {""} if one else {node} for one in columns.values()
                ]
                found |= any(
                    all(
                        cell(getattr(line, column)) in values
                        for column, values in zip(columns, wanted, strict=True)
                    )
                    for line in answers[asked]
                )
        if not found:
            missing.append(f"{table}:{position} {list(row.values())[:5]}")
    assert missing == []


def cell(value):
    """Write a value of an answer as the graph of the tests has it."""
    if value is None:
        return ""
    return value.short if hasattr(value, "short") else str(value)


def test_every_table_has_a_matcher():
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    assert {p.relative_to(FACTS).as_posix() for p in FACTS.rglob("*.csv")} == set(TABLES)
