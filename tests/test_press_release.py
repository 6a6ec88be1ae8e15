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
