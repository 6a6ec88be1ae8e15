"""The fact tables that lie beside the project, and which node each of their rows became.

Each table has a matcher of its own, which finds the node by what the row says, and not by how it
was converted.
"""

import calendar
import csv
import re
from collections import defaultdict
from pathlib import Path

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
