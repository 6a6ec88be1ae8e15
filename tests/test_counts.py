"""Questions that count agree with counts made otherwise, on whatever data there is."""

import shutil
from collections import Counter, defaultdict

import pytest

import ip5kg
from ip5kg.names import local_name, shorten
from ip5kg.render.figures import statistics_text


class Triples:
    """All triples, as prefixed names and texts."""

    def __init__(self, store):
        self.values = defaultdict(lambda: defaultdict(set))
        self.users = defaultdict(set)
        for subject, link, value in store.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows:
            thing, key, text = shorten(subject.value), local_name(link.value), shorten(value.value)
            self.values[thing][key].add(text)
            self.users[text].add(thing)

    def members(self, kind):
        return {thing for thing in self.users[kind] if kind in self.values[thing]["type"]}


@pytest.fixture(scope="module")
def triples(kg):
    return Triples(kg.store)


def counted(kg, name, keys, number, **parameters):
    """The counts of a question by its other columns, as prefixed names and texts."""
    found = {}
    for row in kg.query(name, **parameters):
        cells = row._asdict()
        key = tuple(getattr(cells[k], "short", cells[k]) for k in keys.split())
        assert key not in found
        found[key] = cells[number]
    return found


def test_contents_counts_each_thing_under_each_of_its_classes(kg, triples):
    kinds = counted(kg, "contents", "kind", "things")
    for (kind,), number in kinds.items():
        assert number == len(triples.members(kind)), kind
    typed = {t for t in triples.values if t.partition(":")[0] in ("meeting", "person", "source")}
    assert kinds["ip5:Meeting",] + kinds["ip5:Person",] + kinds["ip5:Source",] == len(typed)


def test_confidence_of_facts_counts_each_fact(kg, triples):
    expected = Counter(
        (kind, confidence)
        for thing in triples.values
        for confidence in triples.values[thing]["hasConfidence"]
        for kind in triples.values[thing]["type"]
    )
    assert counted(kg, "confidence-of-facts", "kind confidence", "facts") == expected


def test_concepts_in_use_counts_what_cites_a_source(kg, triples):
    for (concept,), number in counted(kg, "concepts-in-use", "concept", "uses").items():
        users = {thing for thing in triples.users[concept] if triples.values[thing]["cites"]}
        assert number == len(users), concept


def test_facts_per_source_counts_every_citation(kg, triples):
    expected = {(source,): 0 for source in triples.members("ip5:Source")}
    for thing, values in list(triples.values.items()):
        if values["hasConfidence"]:
            for source in {s for p in values["cites"] for s in triples.values[p]["inSource"]}:
                expected[source,] += 1
                assert thing
    assert counted(kg, "facts-per-source", "source", "facts") == expected


def test_meetings_of_series_and_hosts_are_counted_from_the_meetings(kg):
    listed = list(kg.query("meetings"))
    held = {(row.series, row.meeting) for row in listed if row.status.label == "held"}
    hosted = Counter(host for host, _ in {(row.host, row.meeting) for row in listed if row.host})
    series = counted(kg, "meeting-series", "series convenedBy", "meetings")
    for (name, _), number in series.items():
        assert number == len([one for one, _ in held if one and one.short == name]), name
    assert counted(kg, "hosts-of-meetings", "host", "meetings") == {
        (host.short,): number for host, number in hosted.items()
    }


def test_gaps_of_the_question_are_those_of_the_statistics(kg):
    gaps = Counter(row.missing for row in kg.query("gaps"))
    stats = {gap.what: gap.number for gap in kg.stats().gaps}
    assert gaps["the day of the meeting"] == stats["meetings held on an unknown day"]
    assert (
        gaps["who took part in the meeting"] == stats["meetings held without a known participant"]
    )
    assert gaps["the host of the meeting"] == stats["meetings held without a known host"]
    assert gaps["the status of the initiative"] == stats["initiatives of unknown status"]
    for told, counted_as in (
        (": Patent applications filed", "years without a number of patent applications"),
        (": Patents granted", "years without a number of patents granted"),
    ):
        found = [number for missing, number in gaps.items() if missing.endswith(told)]
        assert sum(found) == stats[counted_as] > 0


def test_the_statistics_name_the_meetings_without_a_day_and_the_years_without_figures(kg):
    thin = {gap.what: gap.names for gap in kg.stats().gaps}
    meetings = thin["meetings held on an unknown day"]
    labels = {row.what.label for row in kg.query("gaps") if row.missing == "the day of the meeting"}
    assert {name.rpartition(" (")[0] for name in meetings} == labels
    assert meetings[0].endswith("(2007-05)")
    assert "3rd IP5 Heads of Office meeting (2010-04)" in meetings
    figures = {(row.office.short, row.year) for row in kg.query("filings")}
    assert ("office:ep", 2010) not in figures
    assert "European Patent Office 2010" in thin["years without a number of patent applications"]
    for name in thin["years without a number of patent applications"]:
        assert not name.endswith("2008"), "all offices have a number for 2008"


SEEDED = """@prefix confidence: <https://w3id.org/ip5kg/scheme/confidence/> .
@prefix ip5: <https://w3id.org/ip5kg/ontology#> .
@prefix meeting: <https://w3id.org/ip5kg/id/meeting/> .
@prefix office: <https://w3id.org/ip5kg/id/office/> .
@prefix participation: <https://w3id.org/ip5kg/id/participation/> .
@prefix passage: <https://w3id.org/ip5kg/id/passage/> .
@prefix person: <https://w3id.org/ip5kg/id/person/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/ip5kg/scheme/role/> .

person:nobody-known a ip5:Person ;
    rdfs:label "Nobody Known"@en ;
    ip5:cites passage:ip5-heads-2021-press-release-p2-s1 .

participation:heads-2021-nobody-known a ip5:Participation ;
    rdfs:label "Nobody Known at the 14th IP5 Heads of Office meeting: head of office"@en ;
    ip5:atMeeting meeting:heads-2021 ;
    ip5:cites passage:ip5-heads-2021-press-release-p2-s1 ;
    ip5:hasConfidence confidence:high ;
    ip5:hasRole role:head-of-office ;
    ip5:participant person:nobody-known ;
    ip5:representing office:ep .

participation:heads-2021-nobody-elsewhere a ip5:Participation ;
    rdfs:label "A head of one office at the 14th IP5 heads meeting, for another"@en ;
    ip5:atMeeting meeting:heads-2021 ;
    ip5:cites passage:ip5-heads-2021-press-release-p2-s1 ;
    ip5:hasConfidence confidence:high ;
    ip5:hasRole role:acting-head-of-office ;
    ip5:participant person:tang-daren ;
    ip5:representing office:ep .
"""


def test_a_head_without_a_known_tenure_is_a_gap(kg, root, tmp_path):
    """Of a head with none at all, and of one whose only tenure is in another organisation."""
    missing = "the tenure of the head of office"
    what = "heads of office at meetings without a known tenure"
    assert missing not in {row.missing for row in kg.query("gaps")}
    assert what not in {gap.what for gap in kg.stats().gaps}
    for part in ("data", "ontology", "queries"):
        shutil.copytree(root / part, tmp_path / part)
    (tmp_path / "data" / "meetings" / "seeded.ttl").write_text(SEEDED, encoding="utf-8")
    seeded = ip5kg.open(tmp_path)
    found = {row.what.short for row in seeded.query("gaps") if row.missing == missing}
    assert found == {"person:nobody-known", "person:tang-daren"}
    [gap] = [gap for gap in seeded.stats().gaps if gap.what == what]
    assert gap.number == 2
    assert set(gap.names) == {"Nobody Known", "Daren Tang"}


def test_a_terminal_shows_as_many_names_as_fit_and_a_file_all(kg):
    statistics = kg.stats()
    [gap] = [gap for gap in statistics.gaps if gap.what == "facts of low confidence"]
    whole, narrow = statistics_text(statistics), statistics_text(statistics, 80)
    for name in gap.names:
        assert name in whole
    assert max(map(len, narrow.splitlines())) <= 80
    under = " ".join(narrow.partition(gap.what)[2].split())
    shown, _, more = under.partition("; and ")
    left = sum(" ".join(name.split()) in shown for name in gap.names)
    assert 0 < left < len(gap.names)
    assert more.startswith(f"{len(gap.names) - left} more")
