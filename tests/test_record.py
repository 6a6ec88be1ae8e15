"""Every row of the fact tables is in the graph, with the row's own source.

The tables lie beside the project. Each has a matcher of its own, which finds the node that a row
became by what the row says, and not by how it was converted.
"""

import calendar
import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from ip5kg.names import local_name, shorten

ROOT = Path(__file__).resolve().parents[1]
FACTS = ROOT.parent / "shared" / "facts"
OFFICES = {
    "EPO": "ep",
    "JPO": "jp",
    "KIPO": "kr",
    "MOIP": "kr",
    "CNIPA": "cn",
    "SIPO": "cn",
    "USPTO": "us",
}
# The page that carries the release is another document, at the same address.
RELEASE = "source:ip5-heads-2021-press-release"


class Graph:
    """All things by class; a thing maps property names to texts, IRIs as prefixed names."""

    def __init__(self, store):
        self.things = defaultdict(lambda: defaultdict(set))
        self.members = defaultdict(list)
        for s, p, o in store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows:
            name = shorten(s.value)
            value = shorten(o.value)
            self.things[name][local_name(p.value)].add(value)
            if local_name(p.value) == "type":
                self.members[local_name(o.value)].append(name)

    def find(self, kind, **properties):
        """The members of a class that have all these values."""
        return [
            name
            for name in self.members[kind]
            if all(str(v) in self.things[name][k] for k, v in properties.items())
        ]

    def addresses(self, name):
        """Where the sources were consulted that a thing cites."""
        return {
            address
            for passage in self.things[name]["cites"]
            for source in self.things[passage]["inSource"]
            for address in self.addresses_of(source)
        }

    def addresses_of(self, source):
        """Where a source was consulted; the release was at hand as a document."""
        return {RELEASE} if source == RELEASE else self.things[source]["url"]


@pytest.fixture(scope="module")
def graph(kg):
    return Graph(kg.store)


def rows(table):
    with (FACTS / table).open(encoding="utf-8", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(file)]


def office(text):
    return (
        f"office:{OFFICES[text]}"
        if text in OFFICES
        else {"IP5": "group:ip5", "WORLD": "region:world"}.get(text, "")
    )


def bare(name):
    return re.sub(r" \(.*\)$", "", name)


def organisation(graph, row):
    if row["kind"] == "state":
        return graph.find("State", isoCode=row["iso3166"])
    found = graph.find("NameUse", name=bare(row["name_en"])) + graph.find(
        "NameUse", name=row["name_native"]
    )
    return [
        n for n in found if not row["valid_from"] or row["valid_from"] in graph.things[n]["begin"]
    ] or (found if not row["valid_from"] else [])


def name_change(graph, row):
    to = bare(row["to_name"])
    found = (
        graph.find("NameChange", date=row["date"])
        if row["date"]
        else [n for n in graph.members["NameChange"] if not graph.things[n]["date"]]
    )
    return [
        n
        for n in found
        if any(
            to in graph.things[name]["name"] or to in " ".join(graph.things[n]["label"])
            for name in graph.things[n]["toName"]
        )
    ]


def last_day(text):
    if len(text) == 7:
        year, month = map(int, text.split("-"))
        return f"{text}-{calendar.monthrange(year, month)[1]}"
    return f"{text}-12-31" if len(text) == 4 else text


def tenure(graph, row):
    found = graph.find(
        "Tenure",
        heldBy=f"person:{row['person_id']}",
        hasTenureKind=f"tenure-kind:{row['tenure_kind']}",
    )
    start = row["start_date"]
    return [
        n
        for n in found
        if start in graph.things[n]["begin"]
        or any(day <= last_day(start) for day in graph.things[n]["beginLatest"])
        or not start
    ]


def association(graph, row):
    """The membership among the industry associations, which says for which region."""
    member = f"association:{row['assoc_id']}"
    return [
        n
        for region in graph.things[member]["inRegion"]
        for n in graph.find("Membership", member=member, inRegion=region)
    ]


def accession(graph, row):
    return graph.find(
        "Membership",
        member=f"state:{row['iso3166'].lower()}",
        inGroup="organisation:epo-org",
        begin=row["accession_date"],
    )


def state(graph, row):
    wikidata = row["wikidata"].replace(
        "https://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/"
    )
    return graph.find("State", isoCode=row["iso3166_alpha2"], sameEntityAs=wikidata)


def meeting(graph, row):
    """The meeting of a row: by name, or by series and date, then by number."""
    if named := graph.find("Meeting", label=row["name"], date=row["start_date"]):
        return named
    found = [
        n
        for n in graph.members["Meeting"]
        if (
            f"series:{row['series']}" in graph.things[n]["inSeries"]
            or row["series"] in ("other", "working-group", "net-ai")
        )
        and row["start_date"] in graph.things[n]["date"]
    ]
    if len(found) > 1:
        found = [n for n in found if row["name"] in graph.things[n]["label"]] or found
    if row["ordinal"]:
        numbered = [
            n
            for n in found
            if row["ordinal"] in graph.things[n]["ordinal"]
            or any(
                row["ordinal"] in graph.things[s]["statedOrdinal"]
                for s in graph.find("OrdinalStatement", ordinalOf=n)
            )
        ]
        found = numbered
    return found


def meetings_by_id(graph):
    return {row["meeting_id"]: meeting(graph, row) for row in rows("meetings/meetings.csv")}


def attendance(graph, row):
    at = meetings_by_id(graph)[row["meeting_id"]]
    return [
        n
        for m in at
        for n in graph.find("Participation", atMeeting=m, hasRole=f"role:{row['role']}")
        if row["person_printed"] in graph.things[n]["printedName"]
        or any(
            row["person_western"] in graph.things[p]["westernName"] | graph.things[p]["altLabel"]
            for p in graph.things[n]["participant"]
        )
    ]


def association_at_meeting(graph, row):
    wanted = f"association:{row['association'].lower()}"
    return [
        n
        for m in meetings_by_id(graph)[row["meeting_id"]]
        for n in graph.find("Participation", atMeeting=m, participant=wanted)
    ]


def outcome(graph, row):
    return [
        n
        for m in meetings_by_id(graph)[row["meeting_id"]]
        for kind in ("Outcome", "Announcement")
        for n in graph.find(kind, atMeeting=m, hasAct=f"act:{row['event']}")
    ]


def initiative(graph, row):
    name = f"initiative:{row['initiative_id']}"
    if f"initiative-kind:{row['kind']}" not in graph.things[name]["hasInitiativeKind"]:
        return []
    return graph.find("StatusUse", statusOf=name, hasStatus=f"status:{row['status']}")


def relation(graph, row):
    return graph.find(
        "Relation",
        relationOf=f"initiative:{row['subject_initiative_id']}",
        relatedTo=f"initiative:{row['object_id']}",
        hasRelationKind=f"relation-kind:{row['relation']}",
    )


def event(graph, row):
    return graph.find(
        "InitiativeEvent",
        eventOf=f"initiative:{row['initiative_id']}",
        hasAct=f"act:{row['event']}",
        date=row["date"],
    )


def indicator(graph, row):
    return graph.find("Indicator", label=row["name"])


def number(text):
    return float(text)


def observation(graph, row):
    found = graph.find(
        "Observation",
        year=row["year"],
        forIndicator=f"indicator:{row['indicator_id'].replace('_', '-')}",
        observedFor=office(row["office"]),
    )
    return [
        n for n in found if any(number(v) == number(row["value"]) for v in graph.things[n]["value"])
    ]


def edition(graph, row):
    return graph.find("Edition", label=row["edition"])


def pair(graph, row):
    return [
        n
        for n in graph.find(
            "PairObservation",
            earlierOffice=office(row["office_of_earlier_examination"]),
            laterOffice=office(row["office_of_later_examination"]),
            asOfDay=row["as_of"],
        )
        if any(number(v) == number(row["requests_cumulative"]) for v in graph.things[n]["value"])
    ]


def world_bank(graph, row):
    found = graph.find(
        "Observation",
        year=row["year"],
        observedFor=office(row["office"]),
        dataSet="https://w3id.org/ip5kg/id/dataset/world-bank",
    ) or graph.find(
        "Observation",
        year=row["year"],
        observedFor=office(row["office"]),
        dataSet="dataset:world-bank",
    )
    return [
        n for n in found if any(number(v) == number(row["value"]) for v in graph.things[n]["value"])
    ]


def person(graph, row):
    return graph.find("Person", westernName=row["western_name"]) or [
        f"person:{row['person_id']}"
    ] * (f"person:{row['person_id']}" in graph.members["Person"])


TABLES = {
    "institutions/organisations.csv": organisation,
    "institutions/name_changes.csv": name_change,
    "institutions/officials.csv": tenure,
    "institutions/associations_regions.csv": association,
    "institutions/epc_states.csv": accession,
    "institutions/states_links.csv": state,
    "meetings/meetings.csv": meeting,
    "meetings/attendance.csv": attendance,
    "meetings/associations_at_meetings.csv": association_at_meeting,
    "meetings/outcomes.csv": outcome,
    "initiatives/initiatives.csv": initiative,
    "initiatives/relations.csv": relation,
    "initiatives/events.csv": event,
    "statistics/indicators.csv": indicator,
    "statistics/observations.csv": observation,
    "statistics/report_editions.csv": edition,
    "statistics/pph-office-pairs-2012.csv": pair,
    "statistics/worldbank-patent-applications.csv": world_bank,
    "persons.csv": person,
}


# What a source that a row names says otherwise, in a node of its own.
CITED_ELSEWHERE = {
    ("netai-roadmap", "agreed"): "the release has it acknowledged: another event",
    ("ip5-post-covid-cooperation", "discussed"): "the release has it at another meeting",
}


def cited_elsewhere(row):
    key = row.get("initiative_id"), row.get("event")
    return {RELEASE} if key in CITED_ELSEWHERE and row.get("date") == "2021-06-23" else set()


def sources(row):
    """The addresses that a row names."""
    return {
        RELEASE if url.startswith("source/") else url
        for url in row.get("source_url", "").split(" | ")
        if url
    }


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


STEP = 25


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"persons.csv"}))
def test_a_stored_question_returns_the_row_with_its_source(table, graph, kg):
    """Of each table every 25th row: sources-of names the node and one of the row's documents."""
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    for row in rows(table)[::STEP]:
        answered = {
            url
            for node in TABLES[table](graph, row)
            for line in kg.query("sources-of", thing=node)
            if line.fact.short == node
            for url in graph.addresses_of(line.source.short)
        }
        assert answered & sources(row), row


def test_every_table_has_a_matcher():
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    assert {p.relative_to(FACTS).as_posix() for p in FACTS.rglob("*.csv")} == set(TABLES)
