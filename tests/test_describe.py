"""Descriptions: what a thing is, what points to it, since when, and by which sources."""

from pathlib import Path

import pytest

from ip5kg.describe import describe
from ip5kg.describe.periods import force_on, in_words
from ip5kg.errors import AmbiguousName, ParameterError, UnknownName
from ip5kg.names import IP5, PREFIXES
from ip5kg.resources import graph_files, graph_iri
from ip5kg.store import EmbeddedStore

TINY = Path(__file__).parent / "fixtures" / "tiny"


@pytest.fixture(scope="module")
def store(root):
    """The invented data of the fixture, with the real ontology."""
    ontology = [path for path in graph_files(root) if path.is_relative_to(root / "ontology")]
    data = sorted(TINY.glob("data/*.ttl"))
    return EmbeddedStore((path, graph_iri(path, root)) for path in (*ontology, *data))


class OnlyProtocol:
    """A store that can do no more than the protocol says."""

    def __init__(self, store):
        self._store = store
        self.requests = 0

    def select(self, query):
        self.requests += 1
        return self._store.select(query)

    def labels(self, iris, language="en"):
        self.requests += 1
        return self._store.labels(iris, language)


def groups(description):
    return {
        (group.kind.label, group.property.label): [m.thing.short for m in group.mentions]
        for group in description.incoming
    }


def test_an_office_lists_names_tenures_meetings_and_participations(store):
    assert groups(describe(store, "office:xx")) == {
        ("name use", "name of"): ["name:xx-old", "name:xx-new"],
        ("tenure", "of post"): ["tenure:hayasi-2019", "tenure:moe-2021"],
        ("post", "post in"): ["post:xx-head"],
        ("meeting", "hosted by"): ["meeting:heads-2021"],
        ("participation", "representing"): ["participation:heads-2021-hayasi-anne"],
        ("announcement", "made by"): ["outcome:heads-2022-announced"],
    }


@pytest.mark.parametrize(
    "name",
    [
        "https://w3id.org/ip5kg/id/office/xx",
        "<https://w3id.org/ip5kg/id/office/xx>",
        "office:xx",
        "xx",
        "Office of Exland | Patents",
        "ooe",
    ],
)
def test_a_thing_is_found_by_any_of_its_names(store, name):
    assert describe(store, name).thing.short == "office:xx"


def test_classes_come_narrowest_first(store):
    outcome = describe(store, "outcome:heads-2022-announced")
    assert [name.short for name in outcome.classes] == ["ip5:Announcement", "ip5:Outcome"]
    assert [name.short for name in describe(store, "role:chair").classes] == [
        "ip5:Role",
        "skos:Concept",
    ]


def test_facts_come_in_a_fixed_order_with_labels_of_properties(store):
    facts = describe(store, "meeting:heads-2021").facts
    assert [fact.property.label for fact in facts] == [
        "label",
        "ordinal number",
        "date as stated",
        "earliest day",
        "latest day",
        "has precision",
        "hosted by",
        "has status",
        "cites",
    ]
    assert facts[1].value == 14
    assert facts[6].value.label == "Exland Patent Office"


def test_english_comes_before_other_languages(store):
    labels = [f.term for f in describe(store, "xx").facts if f.property.short == "rdfs:label"]
    assert [label.language for label in labels] == ["en", "ja"]


def test_assertions_are_unfolded_and_things_are_not(store):
    incoming = {group.kind.label: group.mentions for group in describe(store, "xx").incoming}
    tenure = {fact.property.short: fact.value for fact in incoming["tenure"][0].facts}
    assert tenure["ip5:heldBy"].label == "Hayasi Anne"
    assert tenure["ip5:ofPost"].label == "Head of the Exland Patent Office"
    assert incoming["meeting"][0].facts == ()


def test_what_happens_at_a_meeting_has_its_date(store):
    mentions = {
        group.kind.label: group.mentions[0].when for group in describe(store, "xx").incoming
    }
    assert mentions["participation"] == "2021-06-23"
    assert mentions["tenure"] == "from 2019 until 2021-06-24"
    assert mentions["name use"] == "until 2020-01-01"
    assert mentions["post"] == ""


def test_sources_come_with_title_locator_and_address_in_natural_order(store):
    sources = describe(store, "xx").sources
    assert [(c.title, c.locator, c.address) for c in sources] == [
        ("Report on Exland", "paragraph 2, sentence 1", "https://example.org/report"),
        ("Report on Exland", "paragraph 10, sentence 1", "https://example.org/report"),
    ]


def test_a_passage_is_its_own_source(store):
    passage = describe(store, "passage:report-p1-s1")
    assert [citation.locator for citation in passage.sources] == ["paragraph 1, sentence 1"]


def test_as_of_leaves_out_what_was_not_in_force_or_had_not_happened(store):
    assert groups(describe(store, "xx", as_of="2019-06-01")) == {
        ("name use", "name of"): ["name:xx-old"],
        ("tenure", "of post"): ["tenure:hayasi-2019"],
        ("post", "post in"): ["post:xx-head"],
    }
    later = groups(describe(store, "xx", as_of="2021-06-24"))
    assert later["tenure", "of post"] == ["tenure:moe-2021"]
    assert later["name use", "name of"] == ["name:xx-new"]
    assert later["participation", "representing"] == ["participation:heads-2021-hayasi-anne"]


def test_as_of_tells_what_is_certain_from_what_is_possible(store):
    def tenure(day):
        [group] = [g for g in describe(store, "xx", as_of=day).incoming if g.kind.label == "tenure"]
        [mention] = group.mentions
        return mention.certain

    assert not tenure("2019-06-01")  # within the year in which it began
    assert tenure("2020-06-01")
    assert tenure("2021-09-01")  # the day on which it was last seen
    assert not tenure("2021-09-02")


def test_sources_of_what_is_left_out_are_left_out(store):
    post = describe(store, "post:xx-head", as_of="2021-06-24")
    assert [citation.locator for citation in post.sources] == ["paragraph 10, sentence 1"]


@pytest.mark.parametrize("day", ["2021", "yesterday", "2021-02-30", "20210623", ""])
def test_as_of_must_be_a_day(store, day):
    with pytest.raises(ParameterError, match="not a day"):
        describe(store, "xx", as_of=day)


def test_unknown_and_ambiguous_names_are_answered_with_near_matches(store):
    with pytest.raises(UnknownName) as caught:
        describe(store, "office:xy")
    assert "office:xx" in caught.value.near
    with pytest.raises(AmbiguousName) as caught:
        describe(store, "Exland Patent Office")
    assert set(caught.value.near) == {"name:xx-new", "office:xx"}


def test_triples_are_those_of_the_graph(store):
    triples = describe(store, "xx").triples()
    assert len(triples) == len(set(triples))
    asked = store.run(
        "PREFIX ip5: <https://w3id.org/ip5kg/ontology#> "
        "CONSTRUCT { ?s ?p ?o } WHERE { "
        "{ BIND(<https://w3id.org/ip5kg/id/office/xx> AS ?s) ?s ?p ?o } UNION "
        "{ ?s ip5:nameOf|ip5:representing|ip5:madeBy|ip5:ofPost/ip5:postIn "
        "<https://w3id.org/ip5kg/id/office/xx> . ?s ?p ?o } UNION "
        "{ ?s ip5:hostedBy|ip5:postIn ?o . ?s ?p ?o "
        "FILTER(?o = <https://w3id.org/ip5kg/id/office/xx>) } }"
    )
    assert set(triples) == set(asked)


def test_the_protocol_is_enough_and_the_requests_are_few(store):
    remote = OnlyProtocol(store)
    assert describe(remote, "xx") == describe(store, "xx")
    assert remote.requests <= 8


def test_a_term_of_the_ontology_is_described_as_well(store):
    described = describe(store, "ip5:Meeting")
    assert described.thing.label == "meeting"
    assert ("meeting", "type") in groups(described)


def test_every_thing_of_the_real_graph_with_assertions_has_sources(kg):
    described = kg.show("meeting:heads-2021")
    assert described.sources
    assert all(
        mention.passages
        for group in described.incoming
        for mention in group.mentions
        if mention.facts
    )


def dates(**values):
    named = {}
    for name, value in values.items():
        is_precision = name.endswith("Precision")
        named[IP5 + name] = PREFIXES["precision"] + value if is_precision else value
    return named


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"date": "2007-05", "earliest": "2007-05-01"}, "2007-05"),
        ({"date": "2021-06-23", "lastDay": "2021-06-24"}, "2021-06-23 to 2021-06-24"),
        ({"hasPrecision": "unknown"}, ""),
        ({"year": "2020"}, "2020"),
        ({"begin": "2018", "end": "2021-01-20"}, "from 2018 until 2021-01-20"),
        ({"begin": "2018", "hasEndPrecision": "open"}, "from 2018, not ended"),
        ({"begin": "2018", "hasEndPrecision": "unknown"}, "from 2018"),
        ({"beginLatest": "2021-06-23", "hasBeginPrecision": "by"}, "by 2021-06-23"),
        ({"begin": "2018", "endEarliest": "2021-03-01"}, "from 2018, still on 2021-02-28"),
        ({"end": "2018"}, "until 2018"),
        ({"hasBeginPrecision": "unknown", "hasEndPrecision": "open"}, "not ended"),
    ],
)
def test_dates_in_words(values, words):
    assert in_words(dates(**values)) == words


YEAR = {"beginEarliest": "2019-01-01", "beginLatest": "2019-12-31"}


@pytest.mark.parametrize(
    ("values", "day", "force"),
    [
        ({}, "2021-06-23", "certain"),
        ({"earliest": "2021-06-23"}, "2021-06-23", "certain"),
        ({"earliest": "2021-06-23"}, "2021-06-22", "no"),
        ({"year": "2021"}, "2020-12-31", "no"),
        ({"year": "2021"}, "2021-01-01", "certain"),
        ({**YEAR, "hasEndPrecision": "open"}, "2018-12-31", "no"),
        ({**YEAR, "hasEndPrecision": "open"}, "2019-01-01", "possible"),
        ({**YEAR, "hasEndPrecision": "open"}, "2019-12-31", "certain"),
        ({**YEAR, "hasEndPrecision": "unknown"}, "2020-01-01", "possible"),
        ({**YEAR, "endEarliest": "2021-01-01", "endLatest": "2021-12-31"}, "2020-12-31", "certain"),
        (
            {**YEAR, "endEarliest": "2021-01-01", "endLatest": "2021-12-31"},
            "2021-01-01",
            "possible",
        ),
        # Half-open: the day of the end is the first day after it.
        ({**YEAR, "endEarliest": "2021-06-23", "endLatest": "2021-06-23"}, "2021-06-23", "no"),
        # What is first seen on a later day is not told of an earlier one.
        ({"beginLatest": "2021-06-23", "hasBeginPrecision": "by"}, "2020-01-01", "no"),
        (
            {**YEAR, "endEarliest": "2021-06-24", "hasEndPrecision": "after"},
            "2021-06-23",
            "certain",
        ),
        (
            {**YEAR, "endEarliest": "2021-06-24", "hasEndPrecision": "after"},
            "2025-01-01",
            "possible",
        ),
        ({"hasBeginPrecision": "unknown", "hasEndPrecision": "open"}, "2025-01-01", "possible"),
    ],
)
def test_force_on_a_day(values, day, force):
    assert force_on(dates(**values), day) == force
