"""Errors by which statements or whole nodes are lost, doubled or renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from pyoxigraph import NamedNode

from ip5kg.names import KINDS, expand, shorten
from mutation.corpus import Corpus, Row
from mutation.mutants import Mutants, Pen, mixed
from mutation.spelling import misspelt

__all__ = ["STATEMENTS", "by_property"]


def by_property(corpus: Corpus, rows: list[Row], rng: Random) -> Iterator[Row]:
    """Go through statements in a random order in which the properties of all classes take turns."""
    return mixed(rows, lambda row: (corpus.classes.get(row.subject), row.name), rng)


def _groups(corpus: Corpus, rows: list[Row], rng: Random) -> Iterator[list[Row]]:
    """The same, with all statements of one subject and property together."""
    firsts = {(row.subject, row.name): row for row in rows}
    for row in by_property(corpus, list(firsts.values()), rng):
        yield corpus.of(row.subject, row.name)


def _by_class(corpus: Corpus, subjects: list[str], rng: Random) -> Iterator[str]:
    return mixed(subjects, lambda subject: corpus.classes[subject], rng)


def dropped_value(pen: Pen, rng: Random) -> Mutants:
    """A property is lost that every node of the class has."""
    corpus = pen.corpus
    rows = [
        row
        for row in corpus.all_rows()
        if (corpus.classes.get(row.subject), row.name) in corpus.always
        and row.name.startswith(("ip5:", "qb:"))
        and row.name != "ip5:cites"
    ]
    for group in _groups(corpus, rows, rng):
        yield pen.drop(group)


def dropped_evidence(pen: Pen, rng: Random) -> Mutants:
    """A node cites nothing any more."""
    corpus = pen.corpus
    rows = [row for row in corpus.all_rows() if row.name == "ip5:cites"]
    for group in _groups(corpus, rows, rng):
        yield pen.drop(group)


def dropped_label(pen: Pen, rng: Random) -> Mutants:
    """A node has no label any more."""
    corpus = pen.corpus
    rows = [row for row in corpus.all_rows() if row.name == "rdfs:label"]
    for group in _groups(corpus, rows, rng):
        yield pen.drop(group)


def dropped_class(pen: Pen, rng: Random) -> Mutants:
    """A node has no class any more."""
    corpus = pen.corpus
    rows = [row for row in corpus.all_rows() if row.name == "rdf:type"]
    for group in _groups(corpus, rows, rng):
        yield pen.drop(group)


def doubled_value(pen: Pen, rng: Random) -> Mutants:
    """A property that no node of the class has twice gets a second value, another node's."""
    corpus = pen.corpus
    rows = [
        row
        for row in corpus.all_rows()
        if (corpus.classes.get(row.subject), row.name) in corpus.single
        and row.name.startswith("ip5:")
    ]
    values: dict[str, list[Row]] = {}
    for row in rows:
        values.setdefault(row.name, []).append(row)
    for row in by_property(corpus, rows, rng):
        others = [other for other in values[row.name] if other.value != row.value]
        if others:
            yield pen.add(row, written(corpus, row, rng.choice(others)))


def doubled_label(pen: Pen, rng: Random) -> Mutants:
    """A node gets a second label in one language."""
    corpus = pen.corpus
    rows = [row for row in corpus.all_rows() if row.name == "rdfs:label"]
    for row in by_property(corpus, rows, rng):
        text = corpus.text(row.file)[row.start : row.end]
        yield pen.add(row, text.replace('"', '"Former ', 1))


def removed_source(pen: Pen, rng: Random) -> Mutants:
    """A source document is not described any more."""
    corpus = pen.corpus
    for subject in mixed(corpus.members["ip5:Source"], _file(corpus), rng):
        yield pen.remove(subject)


def removed_passage(pen: Pen, rng: Random) -> Mutants:
    """A passage is not described any more."""
    corpus = pen.corpus
    for subject in mixed(corpus.members["ip5:Passage"], _file(corpus), rng):
        yield pen.remove(subject)


def removed_node(pen: Pen, rng: Random) -> Mutants:
    """A node is not described any more of which others speak."""
    corpus = pen.corpus
    subjects = [
        subject
        for subject, kind in corpus.classes.items()
        if kind not in ("ip5:Source", "ip5:Passage") and corpus.named.get(subject)
    ]
    for subject in _by_class(corpus, sorted(subjects), rng):
        yield pen.remove(subject)


def misspelt_subject(pen: Pen, rng: Random) -> Mutants:
    """A node of which others speak is described under a misspelt name."""
    corpus = pen.corpus
    subjects = [subject for subject in corpus.classes if corpus.named.get(subject)]
    for subject in _by_class(corpus, sorted(subjects), rng):
        prefix, _, local = shorten(subject).partition(":")
        name = f"{prefix}:{misspelt(local, rng)}"
        if expand(name) not in corpus.rows:
            yield pen.rename_subject(subject, name)


def wrong_kind_of_name(pen: Pen, rng: Random) -> Mutants:
    """A node is named in the namespace of another kind."""
    corpus = pen.corpus
    for subject in _by_class(corpus, sorted(corpus.classes), rng):
        prefix, _, local = shorten(subject).partition(":")
        name = f"{rng.choice([kind for kind in KINDS if kind != prefix])}:{local}"
        if expand(name) not in corpus.rows:
            yield pen.rename_subject(subject, name)


def blank_subject(pen: Pen, rng: Random) -> Mutants:
    """A node has no name that lasts."""
    corpus = pen.corpus
    for subject in _by_class(corpus, sorted(corpus.classes), rng):
        if subject not in corpus.named:
            yield pen.rename_subject(subject, "[]")


def copied_record(pen: Pen, rng: Random) -> Mutants:
    """A record of a fact stands there once more under another name."""
    corpus = pen.corpus
    subjects = [
        subject
        for subject, kind in corpus.classes.items()
        if "ip5:Assertion" in corpus.wider.get(kind, ()) and not kind.endswith("Observation")
    ]
    for subject in _by_class(corpus, sorted(subjects), rng):
        yield pen.copy(subject, f"{shorten(subject)}-2")


def copied_observation(pen: Pen, rng: Random) -> Mutants:
    """An observation stands there once more under another name."""
    corpus = pen.corpus
    for kind in ("ip5:Observation", "ip5:PairObservation"):
        for subject in mixed(corpus.members[kind], _file(corpus), rng):
            yield pen.copy(subject, f"{shorten(subject)}-2")


def written(corpus: Corpus, row: Row, other: Row) -> str:
    """Write the value of another statement so that it can stand in the file of a row."""
    value = other.value
    if isinstance(value, NamedNode):
        return corpus.write(row.file, shorten(value.value))
    return corpus.text(other.file)[other.start : other.end]


def _file(corpus: Corpus) -> Callable[[str], object]:
    return lambda subject: corpus.rows[subject][0].file


STATEMENTS = (
    dropped_value,
    dropped_evidence,
    dropped_label,
    dropped_class,
    doubled_value,
    doubled_label,
    removed_source,
    removed_passage,
    removed_node,
    misspelt_subject,
    wrong_kind_of_name,
    blank_subject,
    copied_record,
    copied_observation,
)
