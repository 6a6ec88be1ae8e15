"""The list of words by which texts are spell-checked has only words of the graph."""

import shutil

import pytest

import words
from ip5kg.turtle.formatter import canonical_text
from ip5kg.validation import validate

PREFIXES = """@prefix ip5: <https://w3id.org/ip5kg/ontology#> .
@prefix meeting: <https://w3id.org/ip5kg/id/meeting/> .
"""
MEETING = """
meeting:slip-{} a ip5:Meeting ;
    ip5:venue "{}"@en .
"""


@pytest.fixture
def copy(root, tmp_path):
    for part in ("ontology", "queries"):
        shutil.copytree(root / part, tmp_path / part)
    (tmp_path / "data").mkdir()
    return tmp_path


def slips(root, texts):
    """Of some texts, list those in which a slip is found."""
    nodes = "".join(MEETING.format(number, text) for number, text in enumerate(texts))
    (root / "data" / "slip.ttl").write_text(PREFIXES + nodes, encoding="utf-8")
    found = [f for f in validate(root).findings if f.rule.endswith("#Text-spelling")]
    assert all(finding.severity == "warning" for finding in found)
    return sorted(finding.value.value for finding in found)


def test_the_list_has_words_of_the_graph_only(root):
    """A word that nothing uses any more would let a slip pass; a new one may be missing."""
    listed, used = words.listed(root), words.words_in_use(root)
    assert listed - used == set()
    assert len(used - listed) < len(used) / 10
    assert len(listed) > 2500


def test_the_list_is_written_as_it_is_read(copy):
    had = (copy / words.SHAPE).read_text(encoding="utf-8")
    known = words.listed(copy)
    words.write(copy, known)
    assert (copy / words.SHAPE).read_text(encoding="utf-8") == had
    words.write(copy, {*known, "quarterdeck"})
    assert words.listed(copy) == {*known, "quarterdeck"}
    assert canonical_text(copy / words.SHAPE) == (copy / words.SHAPE).read_text(encoding="utf-8")


SLIPS = [
    "Trilateral forerumner",
    "Trilateral forerunnner",
    "Trilateral forernner",
    "Trilateral froerunner",
    "rrilateral forerunner",
    "Officee of the heads",
    "Meetings of tte heads",
    "Meeting on Global Dosseir",
    "heads offic",
]
NO_SLIPS = [
    "Quantum refrigerators of Ouagadougou",
    "Global Dossiers, harmonisations and JPQ",
    "Four Seasons Hotel, 東京, 12–14, § 4 (a)",
    "São Paulo",
]


def test_slips_are_noticed_and_new_words_are_welcome(copy):
    assert slips(copy, SLIPS + NO_SLIPS) == sorted(SLIPS)


def test_a_new_word_in_the_list_is_no_slip(copy):
    assert slips(copy, ["Harmonisatian"]) == ["Harmonisatian"]
    words.write(copy, {*words.listed(copy), "harmonisatian"})
    assert slips(copy, ["Harmonisatian", "Harmonisatiam"]) == ["Harmonisatiam"]
