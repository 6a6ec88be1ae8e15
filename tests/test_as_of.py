"""As of a day: every question for which time matters takes one, and answers as it stood then."""

import datetime
import json
from typing import NamedTuple

import pytest
from pyoxigraph import Literal

from ip5kg.describe.as_of import is_of_a_later_day
from ip5kg.describe.periods import DATES, in_words
from ip5kg.names import IP5, SKOS, expand, local_name
from ip5kg.querybook import QueryBook
from ip5kg.render.descriptions import description_json, description_markdown, description_text
from ip5kg.resources import knowledge_root
from ip5kg.sparql.lexer import tokens

BOOK = QueryBook(knowledge_root())
NAMES = [query.name for query in BOOK.all()]
DATED = [query.name for query in BOOK.all() if query.parameter("asOf")]

OCCASIONS = (
    "acronym announcedMeeting announcedYear asOfDay atMeeting changeOf eventOf foundingOf "
    "heldAlongside heldBy hostedBy inGroup inSeries member nameOf ofPost statusOf "
    "supervisedOrganisation supervisor"
)
TIMED = DATES | {IP5 + name for name in OCCASIONS.split()}
"""What dates something, and what ties a thing to a name, tenure, event … that has dates."""

EXCUSED = {
    "associations-at-meeting": "The meeting that is asked for fixes the day.",
    "conflicting-dates": "It compares sources about a date; they disagree on every day alike.",
    "conflicting-figures": "It compares sources about a year, which each row names.",
    "approximate-figures": "A figure is that of the year in its row, whatever the day.",
    "filings": "It takes the first and the last year.",
    "gaps": "It tells what the record lacks, and there is one record: today's.",
    "indicators": "It tells which years the figures cover.",
    "initiatives-launched": "The meeting that is asked for fixes the day.",
    "meeting-attendees": "The meeting that is asked for fixes the day.",
    "meeting-by-number": "A number and a series are the name of a meeting, whose date it tells.",
    "meeting-chair": "The meeting that is asked for fixes the day.",
    "meeting-outcomes": "The meeting that is asked for fixes the day.",
    "names-containing": "A search must find a thing by its former names too.",
    "next-meeting": "The meeting that is asked for fixes the day.",
    "organisations-at-meeting": "The meeting that is asked for fixes the day.",
    "statistics": "A figure is that of the year in its row, whatever the day.",
    "timeline": "It takes the first and the last day.",
    "world-share": "A figure is that of the year in its row, whatever the day.",
}


def properties(query):
    """The IRIs of the ontology's terms in a query."""
    return {
        expand(token.text)
        for token in tokens(query.text)
        if token.kind == "name" and token.text.startswith("ip5:")
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_question_that_uses_time_takes_a_day_or_is_excused(name):
    timed = properties(BOOK.get(name)) & TIMED
    if name in DATED:
        assert timed, "it takes a day and does nothing with it"
        assert name not in EXCUSED
    else:
        used = sorted(map(local_name, timed))
        assert bool(timed) == (name in EXCUSED), f"{name} uses {used}"


def test_every_property_that_holds_a_date_counts_as_time(kg):
    """The ranges of such properties are open, for the precision varies: the values tell."""
    found = kg.sparql(
        "SELECT DISTINCT ?property WHERE { ?thing ?property ?value . FILTER(isLiteral(?value)) "
        "FILTER(DATATYPE(?value) IN (xsd:date, xsd:gYear, xsd:gYearMonth)) }"
    )
    dating = {str(row.property) for row in found if row.property.startswith(IP5)}
    assert len(dating) > 10
    # When a page was read says nothing about the world.
    assert dating - {IP5 + "consultedOn"} <= TIMED


@pytest.mark.parametrize("name", DATED)
def test_a_day_is_optional_and_described(name):
    query = BOOK.get(name)
    parameter = query.parameter("as-of")
    assert (parameter.type, parameter.required, parameter.flag) == ("date", False, "as-of")
    assert "as-of" in query.tags
    assert query.parameters[-1] is parameter


class Turn(NamedTuple):
    """A fact that holds from a day on, or until the day before it."""

    query: str
    day: str
    row: dict[str, object]
    parameters: dict[str, str] = {}  # noqa: RUF012 - never changed
    ends: bool = False


HEADS_14 = "2021-06-23"
TURNS = [
    # Names
    Turn("office-names", "2018-08-28", {"acronym": "CNIPA"}, {"office": "cn"}),
    Turn("office-names", "2018-08-28", {"acronym": "SIPO"}, {"office": "cn"}, ends=True),
    Turn("office-names", "2025-10-01", {"acronym": "MOIP"}, {"office": "kr"}),
    Turn("office-names", "2025-10-01", {"acronym": "KIPO"}, {"office": "kr"}, ends=True),
    Turn("offices", "2018-08-28", {"office": "office:cn", "acronym": "CNIPA"}),
    Turn("offices", "2018-08-28", {"office": "office:cn", "acronym": "SIPO"}, ends=True),
    Turn("offices", "2025-10-01", {"office": "office:kr", "acronym": "KIPO"}, ends=True),
    Turn("offices", "2025-10-01", {"office": "office:kr", "acronym": "MOIP"}),
    Turn("offices", "1977-10-07", {"office": "office:ep", "acronym": "EPO"}),
    Turn("name-changes", "2018-08-28", {"office": "office:cn", "date": "2018-08-28"}),
    Turn(
        "name-changes",
        "2025-10-01",
        {"office": "office:kr", "toName": "Ministry of Intellectual Property"},
    ),
    Turn("names-in-native-script", "2025-10-01", {"name": "지식재산처"}),
    Turn("names-in-native-script", "2025-10-01", {"name": "특허청"}, ends=True),
    Turn(
        "organisation-names",
        "2007-01-23",
        {"acronym": "BUSINESSEUROPE"},
        {"organisation": "businesseurope"},
    ),
    # Tenures
    Turn(
        "heads-of-office",
        "2018-07-01",
        {"office": "office:ep", "person": "person:campinos-antonio", "certainty": "certain"},
    ),
    Turn("heads-of-office", "2018-07-01", {"person": "person:battistelli-benoit"}, ends=True),
    Turn("heads-of-office", "2010-07-01", {"person": "person:battistelli-benoit"}),
    Turn("heads-of-office", "2010-07-01", {"person": "person:brimelow-alison"}, ends=True),
    Turn("tenures", "2018-07-01", {"person": "person:campinos-antonio"}, {"office": "ep"}),
    Turn("tenures", "2018-07-01", {"person": "person:battistelli-benoit"}, {"office": "ep"}, True),
    Turn("acting-heads", "2021-01-20", {"person": "person:hirshfeld-drew"}),
    Turn("acting-heads", "2022-04-13", {"person": "person:hirshfeld-drew"}, ends=True),
    Turn("longest-serving-heads", "2018-07-01", {"person": "person:battistelli-benoit"}),
    Turn(
        "career",
        "2021-01-01",
        {"organisation": "organisation:wipo", "from": "2021-01-01"},
        {"person": "jorgenson-lisa"},
    ),
    Turn(
        "career",
        HEADS_14,
        {"organisation": "organisation:wipo", "basis": "seen at meetings"},
        {"person": "jorgenson-lisa"},
    ),
    # Memberships, supervision, foundings
    Turn("epc-states", "2022-10-01", {"code": "ME"}),
    Turn("members-of-group", HEADS_14, {"member": "association:jipa"}, {"group": "ip5-industry"}),
    Turn(
        "members-of-group",
        "2021-06-24",
        {"member": "association:jipa"},
        {"group": "ip5-industry"},
        ends=True,
    ),
    Turn("supervision", "2025-10-01", {"supervisor": "organisation:kr-prime-minister"}),
    Turn("associations-by-region", "2003-10-09", {"association": "association:ppac"}),
    Turn(
        "associations-by-region",
        "2003-10-09",
        {"region": "region:china", "association": None},
        ends=True,
    ),
    Turn("organisations-by-kind", "1970-04-26", {"organisation": "organisation:wipo"}),
    Turn("organisations-by-kind", "1970-04-26", {"organisation": "organisation:birpi"}, ends=True),
    # Initiatives
    Turn("initiatives", HEADS_14, {"initiative": "initiative:global-assignment"}),
    Turn(
        "initiatives-by-kind",
        HEADS_14,
        {"kind": "initiative-kind:project", "status": "status:unknown", "initiatives": 12},
    ),
    Turn(
        "initiatives-on-topic",
        HEADS_14,
        {"initiative": "initiative:allowable-drawings"},
        {"topic": "harmonisation"},
    ),
    Turn(
        "initiative-timeline",
        HEADS_14,
        {"event": "act:acknowledged"},
        {"initiative": "netai-roadmap"},
    ),
    Turn(
        "initiative",
        HEADS_14,
        {"value": "event:netai-roadmap-agreed-2021-06-23"},
        {"initiative": "netai-roadmap"},
    ),
    Turn(
        "relations-of-initiative",
        HEADS_14,
        {"relation": "relation-kind:governed-by", "other": "initiative:global-assignment"},
        {"initiative": "phep"},
    ),
    Turn("acknowledged-not-launched", HEADS_14, {"initiative": "initiative:netai-roadmap"}),
    Turn(
        "announced-never-launched",
        "2018-06-14",
        {"initiative": "initiative:ai-expert-round-table-2018"},
    ),
    # Agreed in 2016, launched on 1 July 2018: then no longer one of those never launched.
    Turn(
        "announced-never-launched", "2018-07-01", {"initiative": "initiative:cse-pilot-3"}, {}, True
    ),
    # Meetings
    Turn("meetings", HEADS_14, {"meeting": "meeting:heads-2021", "ordinal": 14}),
    Turn("meetings", HEADS_14, {"meeting": "meeting:heads-2021"}, {"series": "heads"}),
    Turn("host-rotation", HEADS_14, {"ordinal": 14, "chair": "person:kasutani-toshihide"}),
    Turn("hosts-of-meetings", HEADS_14, {"host": "office:jp", "meetings": 3}, {"series": "heads"}),
    Turn("meeting-series", HEADS_14, {"series": "series:heads", "meetings": 14}),
    Turn("meetings-alongside", HEADS_14, {"meeting": "meeting:industry-2021"}),
    Turn("announced-meetings", HEADS_14, {"meeting": "meeting:heads-2022"}),
    Turn(
        "announced-meetings",
        "2022-06-09",
        {"meeting": "meeting:heads-2022", "status": "status:announced", "host": None},
        ends=True,
    ),
    Turn(
        "announced-meetings",
        "2022-06-09",
        {"meeting": "meeting:heads-2022", "status": "status:held", "host": "office:ep"},
    ),
    Turn("observers", "2018-06-14", {"meeting": "meeting:heads-2018"}),
    Turn("took-part-in-one-only", HEADS_14, {"missed": "meeting:heads-2021"}),
    # Associations
    Turn("association-attendance", "2016-06-01", {"meeting": "meeting:industry-2016"}),
    Turn(
        "association-engagement", "2016-06-01", {"association": "association:aipla", "meetings": 6}
    ),
    # People at meetings
    Turn("appearances-of-person", HEADS_14, {"role": "role:observer"}, {"person": "tang-daren"}),
    Turn(
        "meetings-of-person",
        HEADS_14,
        {"meeting": "meeting:heads-2021"},
        {"person": "jorgenson-lisa"},
    ),
    Turn(
        "people-met",
        HEADS_14,
        {"person": "person:hirshfeld-drew"},
        {"person": "jorgenson-lisa"},
    ),
    Turn(
        "common-attendance",
        HEADS_14,
        {"personA": "person:campinos-antonio", "personB": "person:shen-changyu", "meetings": 4},
    ),
    Turn("delegations-without-head", HEADS_14, {"person": "person:hirshfeld-drew"}),
    Turn("participants-by-organisation", HEADS_14, {"organisation": "office:ep", "meetings": 18}),
    Turn("represented-but-absent", HEADS_14, {"absent": "person:tang-daren"}),
    Turn("stand-ins", HEADS_14, {"person": "person:hirshfeld-drew"}),
    # Statements
    Turn(
        "acts-by-actor", HEADS_14, {"actor": "group:ip5", "act": "act:acknowledged", "meetings": 2}
    ),
    Turn("beneficiaries", HEADS_14, {"about": "initiative:netai-roadmap"}),
    Turn("common-ground", HEADS_14, {"otherMeeting": "meeting:industry-2021"}),
    Turn(
        "statements-about",
        HEADS_14,
        {"about": "initiative:allowable-drawings"},
        {"topic": "harmonisation"},
    ),
    Turn("statements-by", HEADS_14, {"meeting": "meeting:heads-2021"}, {"agent": "ip5"}),
    Turn("topics-of-statements", HEADS_14, {"topic": "topic:economic-recovery"}),
]


def holds(kg, turn, day):
    """Whether some row of the answer has the cells."""
    answer = [
        {name: getattr(cell, "short", cell) for name, cell in row._asdict().items()}
        for row in kg.query(turn.query, as_of=day, **turn.parameters)
    ]
    columns = [column.name for column in BOOK.get(turn.query).columns]
    assert set(turn.row) <= set(columns)
    named = [dict(zip(columns, row.values(), strict=True)) for row in answer]
    return any(
        all(
            row[name] == value
            if value is None or isinstance(value, int)
            else str(row[name]) == value
            for name, value in turn.row.items()
        )
        for row in named
    )


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: f"{turn.query}-{turn.day}-{turn.ends}")
def test_the_day_of_a_change_is_the_first_of_the_new_state(kg, turn):
    day = datetime.date.fromisoformat(turn.day)
    before = (day - datetime.timedelta(days=1)).isoformat()
    assert (holds(kg, turn, before), holds(kg, turn, turn.day)) == (turn.ends, not turn.ends)


def test_every_question_that_takes_a_day_has_a_change_to_tell():
    assert {turn.query for turn in TURNS} == set(DATED)


LATER = "2026-11-23"
STATES = {
    "acting-heads": "those who did the work earlier",
    "epc-states": "nothing",
    "heads-of-office": "the heads of before",
    "initiatives": "initiatives whose beginning is unknown",
    "initiatives-by-kind": "initiatives whose beginning is unknown",
    "initiatives-on-topic": "initiatives whose beginning is unknown",
    "members-of-group": "memberships of unknown end",
    "name-changes": "changes on an unknown day",
    "names-in-native-script": "former names",
    "office-names": "former names",
    "offices": "nothing",
    "organisation-names": "former names",
    "organisations-by-kind": "bodies that are no more",
    "relations-of-initiative": "initiatives whose beginning is unknown",
    "supervision": "former supervisors",
    "tenures": "former holders",
}
"""Questions about a state, and what a late day leaves out that is told without one."""


@pytest.mark.parametrize("name", sorted(set(DATED) - set(STATES)))
def test_a_late_day_leaves_nothing_of_the_past_out(kg, name):
    """Questions about what has happened: by a day after all of it, everything has."""
    needed = {p.name: p.example for p in BOOK.get(name).parameters if p.required}
    assert list(kg.query(name, as_of="2999-12-31", **needed)) == list(kg.query(name, **needed))


COMPARABLE = set(STATES) - {
    "heads-of-office",  # without a day it takes that of the 14th heads meeting
    "initiatives-by-kind",  # counts, of which fewer initiatives make others
}


@pytest.mark.parametrize("name", sorted(COMPARABLE))
def test_a_late_day_adds_nothing(kg, name):
    needed = {p.name: p.example for p in BOOK.get(name).parameters if p.required}
    late = set(map(str, kg.query(name, as_of=LATER, **needed)))
    assert late <= set(map(str, kg.query(name, **needed)))


def test_nothing_had_happened_before_the_first_meeting(kg):
    for name in sorted(set(DATED) - set(STATES)):
        query = BOOK.get(name)
        needed = {p.name: p.example for p in query.parameters if p.required}
        counts = [
            cell
            for row in kg.query(name, as_of="1700-01-01", **needed)
            for cell in row
            if isinstance(cell, int)
        ]
        assert not any(counts), name


def test_initiatives_by_kind_counts_the_initiatives_of_the_day(kg):
    for day in ("2010-01-01", "2018-07-01", LATER):
        counted = sum(row.initiatives for row in kg.query("initiatives-by-kind", as_of=day))
        assert counted == len({row.initiative for row in kg.query("initiatives", as_of=day)})


def test_a_status_that_a_later_source_gives_is_not_known_yet(kg):
    def status(day):
        [row] = [
            row
            for row in kg.query("initiatives", as_of=day)
            if row.initiative.short == "initiative:global-assignment"
        ]
        [same] = {
            other.status.short
            for other in kg.query("initiatives-on-topic", topic="harmonisation", as_of=day)
            if other.initiative == row.initiative
        }
        assert row.status.short == same
        return row.status.short

    assert status(HEADS_14) == "status:unknown"
    assert status(LATER) != "status:unknown"


def told(kg, thing, day, property_):
    """The values of a property as they are shown of a thing on a day."""
    facts = kg.show(thing, as_of=day).facts
    return [str(f.value) for f in facts if local_name(str(f.property)) == property_]


def test_a_meeting_to_come_is_announced_and_not_held(kg):
    before, after = (kg.show("meeting:heads-2022", as_of=d) for d in ("2021-06-30", "2022-06-09"))
    [status] = [f.value.short for f in before.facts if f.property == IP5 + "hasStatus"]
    assert status == "status:announced"
    [status] = [f.value.short for f in after.facts if f.property == IP5 + "hasStatus"]
    assert status == "status:held"
    assert not told(kg, "meeting:heads-2022", "2021-06-30", "editorialNote")
    assert not told(kg, "meeting:heads-2022", "2021-01-01", "hasStatus")


def test_an_office_is_shown_under_the_names_of_the_day(kg):
    assert kg.show("office:kr", as_of="2025-09-30").thing.label.startswith("Korean Intellectual")
    then = kg.show("office:kr", as_of="2026-01-01")
    assert then.thing.label == "Ministry of Intellectual Property"
    labels = [*told(kg, "office:kr", "2026-01-01", "label")]
    assert "지식재산처" in labels
    assert "특허청" not in labels
    assert told(kg, "office:kr", "2026-01-01", "altLabel") == ["MIP", "MOIP"]
    assert told(kg, "office:kr", "2010-01-01", "altLabel") == ["KIPO"]
    notes = " ".join(told(kg, "office:kr", "2010-01-01", "editorialNote"))
    assert "2025" not in notes


def test_who_is_shown_to_head_an_office_is_who_heads_it_in_the_stored_query(kg):
    shown = kg.show("office:us", as_of=HEADS_14)
    directors = [
        (mention.certain, fact.value.short)
        for group in shown.incoming
        for mention in group.mentions
        if any(str(f.value).endswith("/post/us-director") for f in mention.facts)
        for fact in mention.facts
        if fact.property == IP5 + "heldBy"
    ]
    assert directors == [(True, "person:hirshfeld-drew")]


@pytest.mark.parametrize(
    ("note", "later"),
    [
        ("Renamed on 1 October 2025.", True),
        ("Renamed on 24 June 2021.", True),
        ("Renamed on 23 June 2021.", False),
        ("Since July 2021.", True),
        ("Since June 2021.", False),
        ("Since 2021-06-24.", True),
        ("In 2022.", True),
        ("In 2021.", False),
        ("It handles 2500 files.", False),
    ],
)
def test_a_note_is_of_the_last_date_that_it_names(note, later):
    assert is_of_a_later_day((SKOS + "editorialNote", Literal(note)), HEADS_14) == later
    assert not is_of_a_later_day((IP5 + "description", Literal(note)), HEADS_14)


def test_a_sighting_is_worded_as_it_is_stated():
    seen = {"beginLatest": "2023-12-31", "endEarliest": "2023-01-02"}
    stated = {"firstSeen": "2023", "lastSeen": "2023"}
    assert in_words({IP5 + k: v for k, v in {**seen, **stated}.items()}) == "by 2023, still in 2023"


TOO_EARLY = [
    ("meeting:heads-2021", "2021-01-01"),
    ("office:kr", "1940-01-01"),
    ("office:us", "1780-01-01"),
    ("association:kinpa", "2006-12-31"),
    ("group:ip5", "2006-12-31"),
    ("initiative:global-dossier", "2006-12-31"),
    ("initiative:gci-activity-i", "2006-12-31"),
    ("series:heads", "2006-12-31"),
    ("post:kr-minister", "2025-09-30"),
    ("aim:netai-roadmap-guide", "2021-01-01"),
    ("membership:ip5-jp", "2006-12-31"),
    ("participation:heads-2021-jorgenson-lisa", "2021-06-22"),
    ("outcome:heads-2021-next-meeting-announced", "2021-06-22"),
    ("observation:patent-grants-us-2010", "2009-12-31"),
    ("tenure:jorgenson-lisa-aipla-executive-director", "2010-01-01"),
]


@pytest.mark.parametrize(("thing", "day"), TOO_EARLY)
def test_of_what_begins_later_nothing_is_shown_and_that_is_said(kg, thing, day):
    now, then = kg.show(thing), kg.show(thing, as_of=day)
    assert now.facts
    assert not now.remark
    assert (then.facts, then.incoming, then.sources, then.when) == ((), (), (), "")
    assert then.remark.startswith(f"Nothing is known of it for {day}")
    text = description_text(then)
    assert then.remark in text
    # The heading names it, and nothing in it is of a later year.
    if thing.partition(":")[0] in {"observation", "tenure", "participation", "outcome"}:
        assert now.thing.label not in text


@pytest.mark.parametrize(
    "thing", ["office:kr", "office:jp", "person:jorgenson-lisa", "organisation:wipo", "group:ip5"]
)
@pytest.mark.parametrize("day", ["1900-01-01", "2006-12-31", "2015-06-30"])
def test_nothing_that_points_to_a_thing_is_dated_after_the_day(kg, thing, day):
    """Neither by its own dates, nor by those of the meeting, initiative or group it belongs to."""
    begun = "earliest", "beginEarliest", "year"
    for group in kg.show(thing, as_of=day).incoming:
        for mention in group.mentions:
            for row in kg.sparql(
                "PREFIX ip5: <https://w3id.org/ip5kg/ontology#> SELECT ?p ?o {"
                f"{{ <{mention.thing}> ?p ?o }} UNION {{ <{mention.thing}> "
                "ip5:atMeeting|ip5:aimOf|ip5:relationOf|ip5:relatedTo|ip5:postIn ?of . "
                "?of ?p ?o } }"
            ):
                if local_name(str(row.p)) in begun:
                    assert str(row.o) <= day, mention.thing.short


def test_what_is_shown_of_a_person_before_anything_is_known_is_the_name(kg):
    then = kg.show("person:tang-daren", as_of="2006-12-31")
    assert then.remark == "Nothing that has a date is known for 2006-12-31."
    assert not then.incoming
    assert "Daren" in {fact.value for fact in then.facts}
    assert not kg.show("person:tang-daren", as_of="2021-06-23").remark


def test_what_is_over_is_said_to_be(kg):
    over = kg.show("tenure:kappos-david-us-director", as_of="2020-01-01")
    assert over.remark == "It was over, or no longer in force, on 2020-01-01."
    assert not kg.show("tenure:kappos-david-us-director", as_of="2012-01-01").remark


def test_of_a_meeting_that_is_announced_no_more_is_told_than_the_announcement(kg):
    then = kg.show("meeting:heads-2022", as_of="2021-06-30")
    assert then.remark == "On 2021-06-30 it had only been announced."
    assert not then.when
    assert {f.property.short for f in then.facts} == {
        "rdfs:label",
        "ip5:inSeries",
        "ip5:hasStatus",
    }
    [group] = then.incoming
    [announcement] = group.mentions
    assert announcement.thing.short == "outcome:heads-2021-next-meeting-announced"


def test_a_description_as_json_says_the_remark(kg):
    document = json.loads(description_json(kg.show("group:ip5", as_of="1999-01-01")))
    assert document["remark"].startswith("Nothing is known of it")
    assert document["facts"] == document["incoming"] == []
    assert "Nothing is known of it" in description_markdown(kg.show("ip5", as_of="1999-01-01"))


@pytest.mark.parametrize(
    ("office", "day", "seat", "website"),
    [
        ("office:kr", "1985-06-30", ["place:seoul"], []),
        ("office:kr", "2010-01-01", ["place:daejeon"], ["https://www.kipo.go.kr/"]),
        ("office:kr", "2026-01-01", ["place:daejeon"], ["https://www.kipo.go.kr/"]),
        ("office:cn", "2010-01-01", ["place:beijing"], ["http://www.sipo.gov.cn/"]),
        ("office:cn", "2021-06-23", ["place:beijing"], ["https://www.cnipa.gov.cn/"]),
    ],
)
def test_seat_and_website_are_those_of_the_day(kg, office, day, seat, website):
    facts = kg.show(office, as_of=day).facts
    assert [f.value.short for f in facts if f.property == IP5 + "seat"] == seat
    assert [str(f.value) for f in facts if f.property == IP5 + "website"] == website
    [row] = [row for row in kg.query("offices", as_of=day) if row.office.short == office]
    assert [str(row.website)] * bool(row.website) == website
