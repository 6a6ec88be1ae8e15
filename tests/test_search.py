"""Search: by any name, in any script, best first."""

from pathlib import Path

import pytest

from ip5kg.errors import ParameterError
from ip5kg.resources import graph_iri
from ip5kg.search import search
from ip5kg.store import EmbeddedStore

TINY = Path(__file__).parent / "fixtures" / "tiny"


@pytest.fixture(scope="module")
def store(root):
    """The invented data of the fixture, with the classes of the real ontology."""
    files = [(root / "ontology" / "ip5.ttl", root), *((p, TINY) for p in TINY.glob("data/*.ttl"))]
    return EmbeddedStore((path, graph_iri(path, folder)) for path, folder in files)


def names(hits):
    return [hit.thing.short for hit in hits]


@pytest.mark.parametrize(
    ("words", "thing", "score"),
    [
        ("Exland Patent Office", "office:xx", 8),
        ("exland patent office", "office:xx", 8),
        ("EXPO", "office:xx", 7),
        ("ooe", "office:xx", 7),
        ("old office of exland", "office:xx", 8),
        ("anné hayasi", "person:hayasi-anne", 8),
        ("anne hayasi", "person:hayasi-anne", 8),
        ("HAYASI", "person:hayasi-anne", 6),
        ("hay ann", "person:hayasi-anne", 6),
        ("ayas", "person:hayasi-anne", 5),
        ("林杏", "person:hayasi-anne", 8),
        ("杏", "person:hayasi-anne", 5),
        ("特許庁", "office:xx", 5),
        ("エクスランド", "office:xx", 6),
        ("heads-2021", "meeting:heads-2021", 8),
        ("heads 2021", "meeting:heads-2021", 8),
    ],
)
def test_best_hit(store, words, thing, score):
    best = search(store, words)[0]
    assert (best.thing.short, best.score) == (thing, score)


def test_every_word_must_occur(store):
    assert search(store, "exland nowhere") == []


def test_assertions_come_after_things(store):
    assert names(search(store, "hayasi")) == [
        "person:hayasi-anne",
        "participation:heads-2021-hayasi-anne",
        "tenure:hayasi-2019",
    ]


def test_sources_come_after_what_they_tell_of(store):
    hits = search(store, "exland")
    kinds = [hit.kind for hit in hits]
    assert kinds[:2] == ["patent office", "post"]
    assert {hit.score for hit in hits if hit.kind in ("source", "passage")} == {2}


def test_voicing_marks_tell_letters_apart(store):
    assert search(store, "エグスランド") == []


def test_a_hit_says_what_matched_and_what_it_is(store):
    [hit] = search(store, "EXPO")
    assert (hit.thing.label, hit.matched, hit.kind) == (
        "Exland Patent Office",
        "EXPO",
        "patent office",
    )
    assert search(store, "hayasi")[0].matched == "Hayasi Anne"


def test_the_order_is_stable_and_the_limit_cuts_its_end(store):
    hits = search(store, "exland")
    assert hits == search(store, "exland")
    assert search(store, "exland", limit=2) == hits[:2]


@pytest.mark.parametrize("words", ["", "  ", "…", "-"])
def test_no_words_are_refused(store, words):
    with pytest.raises(ParameterError, match="no words"):
        search(store, words)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_must_be_positive(store, limit):
    with pytest.raises(ParameterError, match="limit"):
        search(store, "exland", limit=limit)


def test_search_is_part_of_the_python_api(kg):
    assert kg.search("jpo", limit=1)[0].thing.short == "office:jp"
