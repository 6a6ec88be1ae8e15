"""Words that are likely to be misspelt: one text has them, and others have one a slip away."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.resources import words_file
from ip5kg.store import EmbeddedStore
from ip5kg.validation import validate
from ip5kg.validation.spelling import SPELLING, read_words, run_spelling, slips

ROOT = Path(__file__).resolve().parents[1]
XSD_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
OTHERS = (
    "The patent office",
    "Offices of patents in Tōkyō",
    "One patent, two patents: Tōkyō office",
    "all offices",
)


@pytest.fixture(scope="module")
def words():
    return read_words(words_file(ROOT))


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("patennt", ["patent"]),
        ("ptent", ["patent"]),
        ("paxent", ["patent"]),
        ("paetnt", ["patent"]),
        ("Ofice", ["office"]),
        ("offcies", ["offices"]),
        ("patentt", ["patent", "patents"]),
        ("tōkyo", ["tōkyō"]),
    ],
)
def test_a_slip_in_a_word_is_noticed(word, near):
    assert slips((*OTHERS, f"A {word} of ours")) == {word.lower(): near}


@pytest.mark.parametrize(
    "text",
    [
        "A paternal patron",  # two slips
        "Patented patents",  # other forms of a word
        "An office offices",
        "It is of",  # too short to tell
        "専利 특허",  # no letters of ours
        "p4tent 2021",
        "blockchain",
    ],
)
def test_what_is_no_slip_is_spared(text):
    assert slips((*OTHERS, text)) == {}


def test_a_word_that_two_texts_have_is_right():
    assert slips((*OTHERS, "paxent")) == {"paxent": ["patent"]}
    assert slips((*OTHERS, "paxent", "a paxent")) == {}
    assert slips((*OTHERS, "paxent and paxent")) == {"paxent": ["patent"]}


def test_two_words_of_one_text_are_not_compared():
    assert slips(("A right of might",)) == {}
    assert slips(("A right", "of might")) == {"might": ["right"], "right": ["might"]}


def test_a_listed_word_is_right():
    assert slips((*OTHERS, "paxent"), frozenset({"paxent"})) == {}


def test_the_texts_of_the_graph_have_no_slip(kg, words):
    assert run_spelling(words, kg.store) == []


def test_every_listed_word_is_needed_and_in_its_place(kg, words):
    """A word that no text has any more, or that is like none, is to be taken off the list."""
    needed = {
        finding.message.split("“")[1].split("”")[0]
        for finding in run_spelling(frozenset(), kg.store)
    }
    assert words == needed
    lines = words_file(ROOT).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_texts_in_other_languages_are_left_alone():
    texts = [Literal(text, language="en") for text in OTHERS]
    texts += [Literal("Le patennt", language="fr"), Literal("2021-patennt", datatype=XSD_URI)]
    store = EmbeddedStore.of(Triple(NamedNode("urn:a"), NamedNode("urn:b"), text) for text in texts)
    assert run_spelling(frozenset(), store) == []
    more = EmbeddedStore.of(
        Triple(NamedNode("urn:a"), NamedNode("urn:b"), text)
        for text in (*texts, Literal("patennt"))
    )
    assert [str(found.value) for found in run_spelling(frozenset(), more)] == ['"patennt"']


@pytest.fixture
def copy(tmp_path):
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def test_a_finding_has_its_place_and_says_what_to_do(copy):
    file = copy / "data" / "meetings" / "2010.ttl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if "2nd IP5 Examiners' Workshop" in line)
    lines[number] = lines[number].replace("Workshop", "Wokrshop")
    file.write_text("".join(lines), encoding="utf-8")
    [found] = [one for one in validate(copy).findings if one.rule == SPELLING]
    assert found.severity == "warning"
    assert (found.place.file, found.place.line) == ("data/meetings/2010.ttl", number + 1)
    assert lines[number][found.place.column - 1 :].startswith('"2nd IP5')
    assert found.message == (
        "“wokrshop” stands in one text only, and others have “workshop”; correct the spelling, "
        "or add the word to ontology/checks/words.txt."
    )
    words = copy / "ontology" / "checks" / "words.txt"
    words.write_text(words.read_text(encoding="utf-8") + "wokrshop\n", encoding="utf-8")
    assert [one for one in validate(copy).findings if one.rule == SPELLING] == []


def test_without_a_list_nothing_is_looked_for(copy):
    (copy / "ontology" / "checks" / "words.txt").unlink()
    report = validate(copy)
    assert report.checks == len(list((ROOT / "ontology" / "checks").rglob("*.rq")))
    assert not any(one.rule == SPELLING for one in report.findings)
