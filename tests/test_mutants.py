"""A sample of the seeded errors that scripts/mutants.py makes by the thousand, and its tools."""

import random

import pytest
from pyoxigraph import RdfFormat, parse

from mutants import KINDS, mutants, table, told, total, verdicts
from mutation.corpus import Corpus
from mutation.equivalents import CONSISTENT, EQUIVALENTS, why_consistent, why_equivalent
from mutation.laboratory import Laboratory, batches, run
from mutation.mutants import Edit, Mutant
from mutation.spelling import lookalike, misspelt, shifted


@pytest.fixture(scope="module")
def corpus(root):
    return Corpus(root)


@pytest.fixture(scope="module")
def sample(corpus):
    """One mutant of each kind."""
    return mutants(corpus, limit=1)


@pytest.fixture(scope="module")
def more(corpus):
    """Three mutants of each kind."""
    return mutants(corpus, limit=3)


@pytest.fixture(scope="module")
def laboratory(root):
    return Laboratory(root)


def test_there_are_mutants_of_each_kind(corpus):
    made = mutants(corpus, limit=14)
    assert {mutant.kind for mutant in made} == set(KINDS)
    assert len(made) > 900
    assert len(set(made)) == len(made)
    assert len({mutant.file for mutant in made}) > 60


def test_mutants_are_the_same_each_time(root, sample):
    assert mutants(Corpus(root), limit=1) == sample


def test_mutants_are_turtle_that_says_something_else(corpus, more):
    for mutant in more:
        text = corpus.text(mutant.file)
        changed = mutant.apply(text)
        triples = {str(quad.triple) for quad in parse(changed, RdfFormat.TURTLE)}
        assert triples != {str(quad.triple) for quad in parse(text, RdfFormat.TURTLE)}, mutant


def test_expected_places_are_where_the_edit_is(corpus, more):
    for mutant in more:
        lines = mutant.apply(corpus.text(mutant.file)).split("\n")
        for line, column in mutant.places(corpus.text(mutant.file)):
            assert lines[line - 1][column - 1].strip(), mutant
            assert column == 1 or lines[line - 1][column - 2].isspace(), mutant


def test_a_sample_is_caught(corpus, root, sample):
    results = list(run(root, sample, jobs=1))
    assert sorted(result.number for result in results) == list(range(len(sample)))
    found = verdicts(corpus, sample, results)
    left = [told(corpus, sample[r.number]) for r in results if r.severity in ("", "info")]
    # One of each kind gives more weight than they have to those that only a source could show.
    count = total(found)
    assert count["consistent"] <= len(sample) // 15, "\n".join((table(found), *left))
    assert not {"survived", "info"} & {*total(found)}, "\n".join((table(found), *left))


def test_a_batch_says_what_each_of_its_mutants_says_alone(corpus, laboratory, sample):
    batch = max(batches(corpus, sample), key=len)
    assert len(batch) > 3
    picked = dict(list(batch.items())[:5])
    together = {r.number: bool(r.severity) for r in laboratory.look_at(picked)}
    alone = {
        number: bool(laboratory.look_at({number: mutant})[0].severity)
        for number, mutant in picked.items()
    }
    assert together == alone


def test_what_changes_nothing_is_not_caught(corpus, laboratory):
    [sound] = mutants(corpus, limit=1, kinds=["dangling-iri"])
    idle = sound._replace(edits=(Edit(0, 0, "# Nothing but a comment.\n"),))
    [result] = laboratory.look_at({0: idle})
    assert result.severity == ""


def test_a_batch_does_not_blame_the_innocent(corpus, laboratory):
    [sound] = mutants(corpus, limit=1, kinds=["dangling-iri"])
    idle = sound._replace(
        file=next(file for file in sorted(corpus.positions) if file != sound.file),
        edits=(Edit(0, 0, "# Nothing but a comment.\n"),),
        subject="https://w3id.org/ip5kg/id/place/nowhere",
    )
    caught, spared = sorted(laboratory.look_at({0: sound, 1: idle}))
    assert caught.severity == "violation"
    assert spared.severity == ""


def test_mutants_of_a_batch_touch_different_text(corpus, sample):
    for batch in batches(corpus, sample):
        edits = [(m.file, edit) for m in batch.values() for edit in m.edits]
        for place, (file, edit) in enumerate(edits):
            for other_file, other in edits[:place]:
                assert (
                    file != other_file
                    or edit.start > other.end
                    or other.start > edit.end
                    or (_of(batch, edit) == _of(batch, other))
                )


def _of(batch, edit):
    return next(number for number, mutant in batch.items() if edit in mutant.edits)


def test_equivalence_is_claimed_for_known_kinds_only_and_with_a_reason(corpus):
    for rule in (*EQUIVALENTS, *CONSISTENT):
        assert set(rule.kinds) <= set(KINDS), rule
        assert rule.reason.endswith("."), rule
    [sound] = mutants(corpus, limit=1, kinds=["misspelt-class"])
    assert why_equivalent(corpus, sound) == why_consistent(corpus, sound) == ""


def test_spelling_mistakes_are_mistakes():
    rng = random.Random(1)
    for word in ("heads-2021", "jp", "a", "2021", "Tokyo"):
        assert misspelt(word, rng) != word
    assert lookalike("oa", rng) not in ("oa", None)
    assert lookalike("2021", rng) is None
    assert shifted("2020-02-29", 1) == "2021-02-28"
    assert shifted("2020-02-29", 4) == "2024-02-29"
    assert shifted("1999", 1) == "2000"


def test_an_edit_applies_in_order():
    mutant = Mutant(
        "x", None, (Edit(0, 1, "AB"), Edit(2, 2, "-")), "", "", "", "", ((2, 0), (2, 1))
    )
    assert mutant.apply("abcd") == "ABb-cd"
    assert mutant.places("abcd") == [(1, 4), (1, 5)]
