"""The data holds what the press release says, sentence by sentence."""

import re

import pytest

IP5 = "PREFIX ip5: <https://w3id.org/ip5kg/ontology#>\n"
SOURCE = "<https://w3id.org/ip5kg/id/source/ip5-heads-2021-press-release>"


@pytest.fixture(scope="module")
def release(root):
    path = root.parent / "shared" / "source" / "2021-06-23-ip5-heads-press-release.txt"
    if not path.exists():
        pytest.skip("the text of the press release is not beside the project")
    return path.read_text(encoding="utf-8")


def sentences(text):
    """Number the sentences: heading lines as paragraph 0, list items as paragraphs."""
    lines = text.strip().splitlines()
    opening = next(n for n, line in enumerate(lines) if line.startswith("The heads of"))
    title = " ".join(lines[1 : opening - 1])
    found = {(0, 1): lines[0], (0, 2): title, (0, 3): lines[opening - 1]}
    body = re.sub(r"\s+", " ", " ".join(lines[opening:]))
    starts = (
        "The heads of",
        "The meeting was chaired",
        "Since the launch",
        "At this year's",
        "1. A new",
        "2. The launch",
        "A separate meeting",
        "In this meeting",
        "The IP5 offices reaffirmed",
        "The next IP5",
        "More information",
    )
    body = body.replace("’", "'")
    places = [body.index(start) for start in starts]
    assert places == sorted(places)
    for number, (begin, end) in enumerate(zip(places, [*places[1:], None], strict=True), 1):
        paragraph = re.sub(r"^\d\. ", "", body[begin:end].strip())
        parts = re.split(r"(?<=[.:])\s+(?=[A-Z])", paragraph)
        for position, part in enumerate(parts, 1):
            found[number, position] = part
    return found


def test_each_sentence_is_a_passage_and_each_passage_a_sentence(release, kg):
    rows = kg.sparql(
        IP5 + f"SELECT ?paragraph ?sentence WHERE {{ ?p ip5:inSource {SOURCE} ; "
        "ip5:paragraph ?paragraph ; ip5:sentence ?sentence }"
    )
    assert {(row.paragraph, row.sentence) for row in rows} == set(sentences(release))


def test_each_passage_is_cited_or_says_why_not(kg):
    for row in kg.query("source-coverage", source="ip5-heads-2021-press-release"):
        assert bool(row.facts) != bool(row.reason), row


def test_no_sentence_of_the_release_is_stored(release, kg):
    """No literal but names and titles shares eight words in a row with the text."""
    words = re.findall(r"\w+", release.lower())
    runs = {tuple(words[n : n + 8]) for n in range(len(words) - 7)}
    named = {
        "title",
        "printedTitle",
        "tenureTitle",
        "titleGloss",
        "label",
        "name",
        "altLabel",
        "prefLabel",
    }
    for row in kg.sparql("SELECT ?s ?p ?text WHERE { ?s ?p ?text . FILTER(ISLITERAL(?text)) }"):
        if re.split(r"[/#]", row.p)[-1] in named:
            continue
        own = re.findall(r"\w+", str(row.text).lower())
        shared = [own[n : n + 8] for n in range(len(own) - 7) if tuple(own[n : n + 8]) in runs]
        assert not shared, f"{row.s} quotes: {shared}"


# What the tables rest on the release without one of its sentences saying so, and why.
NO_SENTENCE = {
    "relation:netai-roadmap-part-of-netai-task-force": "the release names no task force",
    "status-use:netai-roadmap-2024-04-08": "the release cannot speak of the status of 2024",
}


def test_what_a_sentence_states_cites_the_sentence(kg):
    """The release as a whole stands only where no sentence of it bears the fact out."""
    rows = kg.sparql(
        IP5
        + f"SELECT DISTINCT ?fact WHERE {{ ?fact ip5:cites ?whole . ?whole ip5:inSource {SOURCE} "
        "OPTIONAL { ?whole ip5:sentence ?number } FILTER(!BOUND(?number)) }"
    )
    assert {row.fact.short for row in rows} == set(NO_SENTENCE)


def test_the_release_and_the_page_that_carries_it_are_two_documents(kg):
    """The joint statement stands on the page; nothing in the release tells of one."""
    carriers = {
        row.page.short
        for row in kg.sparql(IP5 + f"SELECT ?page {{ {SOURCE} ip5:carriedBy ?page }}")
    }
    assert carriers == {"source:ip5-offices-news-20210623", "source:kipo-ek06-01-01-1716"}
    cited = {
        row.source.short
        for thing in (
            "outcome:heads-2021-ip5-joint-statement-2021-adopted",
            "event:joint-statements-adopted-2021-06-23",
        )
        for row in kg.query("sources-of", thing=thing)
    }
    assert "source:ip5-offices-news-20210623" in cited
    assert "source:ip5-heads-2021-press-release" not in cited


def test_no_sentence_of_the_release_tells_of_a_joint_statement(release):
    assert "joint statement" not in " ".join(release.lower().split())


@pytest.mark.parametrize(
    ("initiative", "outcome", "meeting"),
    [
        (
            "ip5-social-challenges-exchange",
            "heads-2021-social-challenges-exchanged",
            "heads-2021",
        ),
        ("ip5-post-covid-cooperation", "industry-2021-post-covid-discussed", "industry-2021"),
    ],
)
def test_what_was_said_stands_in_the_timeline_of_the_initiative(kg, initiative, outcome, meeting):
    told = {
        (row.what.short, row.meeting.short): row.source.short
        for row in kg.query("initiative-timeline", initiative=initiative)
        if row.what.short == f"outcome:{outcome}"
        and row.source.short == "source:ip5-heads-2021-press-release"
    }
    assert list(told) == [(f"outcome:{outcome}", f"meeting:{meeting}")]


def test_the_release_and_the_table_disagree_about_a_meeting_and_both_stand(kg):
    """The post-COVID era was discussed with the industry, says the release."""
    told = {
        (row.meeting.short, row.preferred, row.source.short)
        for row in kg.query("initiative-timeline", initiative="ip5-post-covid-cooperation")
        if row.kind.short == "ip5:InitiativeEvent"
        and row.event.short == "act:discussed"
        and row.meeting.short.endswith("-2021")
    }
    assert told == {
        ("meeting:industry-2021", True, "source:ip5-heads-2021-press-release"),
        ("meeting:heads-2021", False, "source:jpo-2021-06-24"),
    }
