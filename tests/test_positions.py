"""Seeded errors with a known place are found there: the right file, line and column.

An error counts as right when one of the findings that the sound data does not have stands exactly
where the edit was made: at the changed value or property, or at the subject of what is missing.
"""

import shutil
from collections import Counter

import pytest

from ip5kg.validation import validate
from mutants import mutants
from mutation.corpus import Corpus
from mutation.laboratory import batches
from mutation.mutants import merged

KINDS = (
    "dangling-iri",
    "lookalike-iri",
    "wrong-namespace",
    "thing-of-other-class",
    "link-as-text",
    "link-to-nothing",
    "misspelt-concept",
    "concept-of-other-scheme",
    "wrong-datatype",
    "invalid-form",
    "dropped-language",
    "lookalike-letter",
    "stray-blank",
    "misspelt-property",
    "misspelt-class",
    "dropped-value",
    "dropped-evidence",
    "dropped-label",
    "doubled-value",
    "negative-value",
    "value-is-no-number",
    "wrong-year",
    "wrong-number",
    "moved-occasion",
    "doubled-preferred",
)
OF_EACH = 8
LINES, COLUMNS = 0.99, 0.95


def key(finding):
    nodes = (str(finding.focus), str(finding.value))
    return (finding.rule, finding.component, finding.severity, finding.path, *nodes)


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """A copy of the knowledge that can be broken."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("ontology", "data"):
        shutil.copytree(root / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def sought(copy):
    """Each mutant with the places of the findings that are new with it."""
    corpus = Corpus(copy)
    known = Counter(map(key, validate(copy, engine="fast").findings))
    made = mutants(corpus, OF_EACH, KINDS)
    found = []
    for batch in batches(corpus, made):
        files = {mutant.file for mutant in batch.values()}
        whole = {file: merged(m for m in batch.values() if m.file == file) for file in files}
        for file, mutant in whole.items():
            (copy / file).write_text(mutant.apply(corpus.text(file)), encoding="utf-8")
        left = known.copy()
        new = []
        for finding in validate(copy, engine="fast").findings:
            if left[key(finding)]:
                left[key(finding)] -= 1
            else:
                new.append(finding)
        for mutant in batch.values():
            together = whole[mutant.file]._replace(expected=mutant.expected)
            places = together.places(corpus.text(mutant.file))
            found.append(
                (mutant, places, [f for f in new if f.place.file == str(mutant.file)], new)
            )
        for file in files:
            (copy / file).write_text(corpus.text(file), encoding="utf-8")
    return found


def missed(sought, *, column):
    """Tell which errors no finding stands at."""
    lines = []
    for mutant, places, here, _ in sought:
        at = {(f.place.line, f.place.column) if column else (f.place.line,) for f in here}
        if not at & {place if column else place[:1] for place in places}:
            near = sorted({str(f.place) for f in here})[:6]
            lines.append(f"{mutant.kind}: {mutant.file}{places}: {mutant.what}: found at {near}")
    return lines


def first(sought):
    """Count how often the first finding about the changed node stands at the error."""
    right = 0
    for mutant, places, _, new in sought:
        about = [f for f in new if getattr(f.focus, "value", "") == mutant.subject]
        right += bool(about) and (about[0].place.line, about[0].place.column) in places
    return right


def figures(sought, lost):
    return "\n".join((f"{len(sought)} errors, the first finding right for {first(sought)}", *lost))


def test_seeded_errors_are_found_in_their_place(sought):
    assert len(sought) == OF_EACH * len(KINDS)
    lines, columns = missed(sought, column=False), missed(sought, column=True)
    print(figures(sought, columns))
    assert len(lines) <= (1 - LINES) * len(sought), figures(sought, lines)
    assert len(columns) <= (1 - COLUMNS) * len(sought), figures(sought, columns)
