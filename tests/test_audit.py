"""An audit of the answers: the source that a row names is cited by the fact that the row tells.

The fact is looked for in the graph by the cells of the row, not by how the query found it.
"""

from collections import defaultdict
from itertools import pairwise

import pytest

from ip5kg.names import local_name, shorten
from ip5kg.querybook import QueryBook
from ip5kg.resources import knowledge_root

BOOK = QueryBook(knowledge_root())
NAMES = [query.name for query in BOOK.all()]
SAMPLE = 20

OF_PERSON = (
    "Participation atMeeting=meeting participant=$person hasRole=role representing=organisation "
    "printedTitle=title"
)
LED = "Participation atMeeting=meeting participant=person representing=organisation hasRole=role"
TENURE = "Tenure heldBy=person ofPost=post hasConfidence=confidence isPreferred=preferred"
NAME_USE = "NameUse hasBeginPrecision=fromPrecision hasEndPrecision=toPrecision"

FACTS = {
    "acknowledged-not-launched": "Outcome about=initiative atMeeting=meeting madeBy=actor",
    "acting-heads": f"{TENURE} hasTenureKind=kind hasBeginPrecision=fromPrecision "
    "hasEndPrecision=toPrecision",
    "aims-of-initiatives": "aim",
    "announced-meetings": "Announcement announcedMeeting=meeting atMeeting=announcedAt "
    "announcedYear=year announcedHost=announcedHost",
    "announced-never-launched": "InitiativeEvent eventOf=initiative hasAct=event date=date",
    "appearances-of-person": f"{OF_PERSON} onBehalfOf= | "
    "Participation atMeeting=meeting onBehalfOf=$person participant=representedBy hasRole=role",
    "approximate-figures": "Observation forIndicator=indicator observedFor=office year=year "
    "value=value isApproximate=!true",
    "association-attendance": "Participation participant=association atMeeting=meeting | "
    "Participation representing=association atMeeting=meeting",
    "associations-at-meeting": "Participation participant=association atMeeting=$meeting | "
    "Participation representing=association atMeeting=$meeting",
    "associations-by-region": "association",
    "beneficiaries": "Outcome forBenefitOf=audience hasAct=act madeBy=actor about=about "
    "atMeeting=meeting",
    "career": "Tenure heldBy=$person ofPost=post hasConfidence=confidence isPreferred=preferred | "
    "Participation participant=$person representing=organisation",
    "common-attendance": "Participation participant=personA",
    "common-ground": "Outcome about=about hasAct=act atMeeting=meeting",
    "conflicting-dates": "DateStatement dateOf=meeting date=date isPreferred=preferred",
    "conflicting-figures": "Observation forIndicator=indicator observedFor=office year=year "
    "value=value isPreferred=preferred",
    "delegations-without-head": LED,
    "epc-states": "Membership member=state begin=since inGroup=!organisation:epo-org",
    "facts-from-passage": "fact",
    "filings": "Observation forIndicator=!indicator:patent-applications observedFor=office "
    "year=year value=applications",
    "gaps": "what",
    "heads-of-office": f"{TENURE} hasTenureKind=tenureKind hasEndPrecision=untilPrecision",
    "host-rotation": "meeting",
    "initiative": "value | $initiative | Relation relationOf=$initiative relatedTo=value | "
    "Relation relatedTo=$initiative relationOf=value",
    "initiative-timeline": "what",
    "initiatives": "StatusUse statusOf=initiative hasStatus=status",
    "initiatives-launched": "InitiativeEvent eventOf=initiative hasAct=!act:launched "
    "atMeeting=$meeting",
    "initiatives-on-topic": "initiative | Aim aimOf=initiative about=topic",
    "longest-serving-heads": "Tenure heldBy=person begin=from end=to hasConfidence=confidence",
    "meeting-attendees": "Participation atMeeting=$meeting participant=person hasRole=role "
    "representing=organisation onBehalfOf=onBehalfOf printedTitle=title",
    "meeting-by-number": "meeting",
    "meeting-chair": "Participation atMeeting=$meeting participant=person hasRole=!role:chair",
    "meeting-outcomes": "Outcome atMeeting=$meeting hasAct=act madeBy=actor | "
    "Announcement atMeeting=$meeting hasAct=act madeBy=actor announcedMeeting=about",
    "meetings": "meeting",
    "meetings-alongside": "meeting | alongside",
    "meetings-of-person": OF_PERSON,
    "members-of-group": "Membership member=member inGroup=$group hasConfidence=confidence",
    "name-changes": "NameChange changeOf=office date=date isPreferred=preferred legalBasis=basis",
    "names-in-native-script": "thing | NameUse nameOf=thing name=name",
    "next-meeting": "Announcement atMeeting=$meeting announcedMeeting=nextMeeting "
    "announcedHost=host",
    "observers": "Participation atMeeting=meeting participant=observer "
    "representing=organisation hasRole=!role:observer",
    "office-names": f"{NAME_USE} nameOf=$office name=name acronym=acronym",
    "offices": "office",
    "organisation-names": f"{NAME_USE} nameOf=$organisation name=name acronym=acronym",
    "organisations-at-meeting": "Participation atMeeting=$meeting participant=through "
    "representing=organisation hasRole=role | "
    "Participation atMeeting=$meeting participant=organisation hasRole=role",
    "organisations-by-kind": "organisation",
    "passages-without-facts": "passage",
    "relations-of-initiative": "Relation relationOf=$initiative relatedTo=other "
    "hasRelationKind=relation hasConfidence=confidence | Relation relatedTo=$initiative "
    "relationOf=other hasRelationKind=relation hasConfidence=confidence",
    "represented-but-absent": "Participation atMeeting=meeting onBehalfOf=absent "
    "participant=representative hasRole=role",
    "sources-of": "fact",
    "spellings-of-people": "person | Participation participant=person printedName=name",
    "stand-ins": f"{LED} onBehalfOf=onBehalfOf printedTitle=title",
    "statements-about": "Outcome madeBy=actor hasAct=act about=about atMeeting=meeting",
    "statements-by": "outcome",
    "statistics": "Observation forIndicator=$indicator observedFor=office year=year value=value "
    "hasConfidence=confidence",
    "supervision": "Supervision supervisedOrganisation=office supervisor=supervisor begin=from "
    "end=to hasConfidence=confidence",
    "tenures": f"{TENURE} hasTenureKind=kind hasBeginPrecision=fromPrecision "
    "hasEndPrecision=toPrecision",
    "timeline": "what",
    "took-part-in-one-only": "Participation atMeeting=meeting participant=participant hasRole=role",
    "weak-facts": "fact",
    "world-share": "Observation forIndicator=!indicator:world-share-applications year=year "
    "value=value hasConfidence=confidence isPreferred=preferred",
}
"""Query: the fact of a row, as a column that holds it, or as a class and the values that it has.

``$`` names a parameter, ``!`` a value; an empty cell stands for no value. Of several alternatives
one must bear the row out.
"""

WITHOUT = {
    "acts-by-actor": "A count; statements-by tells each statement with its source.",
    "association-engagement": "A count; association-attendance tells each meeting.",
    "concepts-in-use": "A count, and definitions that are those of this graph.",
    "confidence-of-facts": "A count; weak-facts tells the facts that are not of high confidence.",
    "contents": "A count of the graph itself.",
    "facts-per-source": "A count of the graph itself, by source.",
    "hosts-of-meetings": "A count; meetings tells each meeting with its source.",
    "identities-elsewhere": "The IRI elsewhere is itself the place to look.",
    "indicators": "A count; statistics tells each figure with its source.",
    "initiatives-by-kind": "A count; initiatives tells each initiative with its source.",
    "meeting-series": "A count; meetings tells each meeting with its source.",
    "names-containing": "A search; sources-of tells the sources of what it finds.",
    "participants-by-organisation": "A count; meetings-of-person tells each participation.",
    "people-met": "A count; meetings-of-person tells each participation.",
    "source-coverage": "It asks about one source.",
    "topics-of-statements": "A count; statements-about tells each statement.",
}


class Facts:
    """The graph as the audit reads it: thing → property → values."""

    def __init__(self, store):
        self.things = defaultdict(lambda: defaultdict(set))
        self.holding = defaultdict(set)
        for subject, link, value in store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows:
            name, key, text = shorten(subject.value), local_name(link.value), shorten(value.value)
            self.things[name][key].add(text)
            self.holding[key, text].add(name)

    def members(self, name):
        """The things of a class or of a narrower one."""
        classes, new = set(), {name}
        while new:
            classes |= new
            new = {c for wider in new for c in self.holding["subClassOf", wider]} - classes
        return sorted(thing for c in classes for thing in self.holding["type", c])

    def sources(self, thing):
        """The documents that a thing cites; of a passage, its own."""
        passages = self.things[thing]["cites"] | {thing}
        return {source for p in passages for source in self.things[p]["inSource"]}

    def matching(self, text, cells):
        """The things that a row can mean, by one alternative of ``FACTS``."""
        head, *conditions = text.split()
        if not conditions:
            return {cells[head]} - {""}
        found = set(self.holding["type", f"ip5:{head}"])
        for condition in conditions:
            key, _, value = condition.partition("=")
            wanted = value[1:] if value[:1] == "!" else cells[value] if value else ""
            if wanted:
                found &= self.holding[key, wanted]
            else:
                found = {thing for thing in found if not self.things[thing][key]}
        return found


@pytest.fixture(scope="module")
def facts(kg):
    return Facts(kg.store)


def answers(kg, facts, name):
    """The rows of a query with every value of its required parameters, as cells by column."""
    query = BOOK.get(name)
    calls = [{}]
    for parameter in (p for p in query.parameters if p.required):
        values = [parameter.example]
        if parameter.type == "iri":
            values = facts.members(parameter.class_name) or ["person:tang-daren"]
        calls = [{**call, parameter.name: value} for call in calls for value in values]
    for call in calls:
        given = {f"${key}": value for key, value in call.items()}
        solutions = kg.query(name, **call).solutions
        for row in solutions.rows:
            cells = (shorten(term.value) if term else "" for term in row)
            yield {**given, **dict(zip(solutions.variables, cells, strict=True))}


def sample(rows):
    """Some rows, spread evenly, the same at every run."""
    rows = list(rows)
    return [rows[n * len(rows) // SAMPLE] for n in range(SAMPLE)] if len(rows) > SAMPLE else rows


@pytest.mark.parametrize("name", sorted(FACTS))
def test_the_source_of_a_row_is_cited_by_its_fact(kg, facts, name):
    rows = sample(answers(kg, facts, name))
    assert rows
    for cells in rows:
        if name == "associations-by-region" and not cells["association"]:
            continue  # the row tells that none is known
        assert "ip5:Source" in facts.things[cells["source"]]["type"], cells
        meant = set().union(*(facts.matching(text, cells) for text in FACTS[name].split(" | ")))
        assert meant, cells
        assert any(cells["source"] in facts.sources(thing) for thing in meant), (cells, meant)


def test_both_who_found_common_ground_have_a_source(kg, facts):
    for cells in sample(answers(kg, facts, "common-ground")):
        meant = facts.matching("Outcome about=about hasAct=otherAct atMeeting=otherMeeting", cells)
        assert any(cells["otherSource"] in facts.sources(thing) for thing in meant), cells


def test_every_question_tells_its_sources_or_why_it_does_not():
    assert sorted([*FACTS, *WITHOUT]) == NAMES
    for name in NAMES:
        # In the first column it is what the row is about.
        columns = [column.name for column in BOOK.get(name).columns[1:]]
        assert ("source" in columns) == (name in FACTS), name


def test_a_source_that_no_fact_cites_would_be_found(facts):
    """The audit itself: neither a wrong document nor a wrong row passes."""
    cells = {
        "$meeting": "meeting:heads-2021",
        "person": "person:jorgenson-lisa",
        "role": "role:observer",
        "organisation": "organisation:wipo",
        "onBehalfOf": "person:tang-daren",
        "title": "Deputy Director General of WIPO",
    }
    [fact] = facts.matching(FACTS["meeting-attendees"], cells)
    assert fact == "participation:heads-2021-jorgenson-lisa"
    assert "source:ip5-heads-2021-press-release" in facts.sources(fact)
    assert "source:jpo-2021-06-24" not in facts.sources(fact)
    for wrong in ({"onBehalfOf": ""}, {"role": "role:chair"}, {"title": "Director"}):
        assert not facts.matching(FACTS["meeting-attendees"], {**cells, **wrong})


def test_a_sample_is_spread_over_all_rows():
    taken = sample(range(1000))
    assert len(set(taken)) == SAMPLE
    assert {after - before for before, after in pairwise(taken)} == {1000 // SAMPLE}


BY_SOURCE = {
    "approximate-figures",
    "conflicting-dates",
    "conflicting-figures",
    "filings",
    "initiative",
    "initiative-timeline",
    "relations-of-initiative",
    "sources-of",
    "statistics",
    "weak-facts",
    "world-share",
}
"""Questions about what sources say, which have a row for each source."""


@pytest.mark.parametrize("name", sorted(set(FACTS) - BY_SOURCE))
def test_a_fact_of_several_sources_is_one_row(kg, facts, name):
    seen = [
        tuple(value for key, value in cells.items() if key not in ("source", "otherSource"))
        for cells in answers(kg, facts, name)
    ]
    assert len(seen) == len(set(seen))
