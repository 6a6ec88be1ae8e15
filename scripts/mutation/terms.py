"""Errors in the terms of the ontology: classes and properties."""

from __future__ import annotations

from random import Random

from pyoxigraph import Literal

from ip5kg.names import expand
from mutation.corpus import Corpus, Row
from mutation.mutants import Mutants, Pen
from mutation.spelling import misspelt
from mutation.statements import by_property

__all__ = ["TERMS"]

_OWN = ("ip5:", "rdfs:", "skos:", "qb:")


def misspelt_property(pen: Pen, rng: Random) -> Mutants:
    """A property is misspelt."""
    corpus = pen.corpus
    known = {row.name for row in corpus.all_rows()}
    for row in by_property(corpus, _heads(corpus), rng):
        prefix, _, local = row.name.partition(":")
        name = f"{prefix}:{misspelt(local, rng)}"
        if name not in known:
            yield pen.rename_predicate(row, name)


def wrong_property(pen: Pen, rng: Random) -> Mutants:
    """Another property of the ontology stands in the place of one."""
    corpus = pen.corpus
    is_text = {
        name: isinstance(row.value, Literal) for row in corpus.all_rows() for name in [row.name]
    }
    for row in by_property(corpus, _heads(corpus), rng):
        had = {other.name for other in corpus.rows[row.subject]}
        names = [
            name
            for name in corpus.properties
            if is_text[name] == is_text[row.name] and name not in had
        ]
        yield pen.rename_predicate(row, rng.choice(names))


def misspelt_class(pen: Pen, rng: Random) -> Mutants:
    """A class is misspelt."""
    for row in by_property(pen.corpus, _types(pen.corpus), rng):
        name = pen.corpus.classes[row.subject]
        wrong = misspelt(name.partition(":")[2], rng)
        if f"ip5:{wrong}" not in pen.corpus.wider:
            yield pen.replace(row, f"ip5:{wrong}")


def wrong_class(pen: Pen, rng: Random) -> Mutants:
    """A node is said to be of another class."""
    for row in by_property(pen.corpus, _types(pen.corpus), rng):
        yield pen.replace(row, rng.choice(_strangers(pen.corpus, row)))


def wider_class(pen: Pen, rng: Random) -> Mutants:
    """A node is said to be of a class that is too wide."""
    for row in by_property(pen.corpus, _types(pen.corpus), rng):
        name = pen.corpus.classes[row.subject]
        wider = [w for w in sorted(pen.corpus.wider.get(name, ())) if w.startswith("ip5:")]
        others = [w for w in wider if w != name]
        yield pen.replace(row, rng.choice(others)) if others else None


def second_class(pen: Pen, rng: Random) -> Mutants:
    """A node is said to be of another class as well."""
    for row in by_property(pen.corpus, _types(pen.corpus), rng):
        yield pen.add(row, rng.choice(_strangers(pen.corpus, row)))


def class_as_text(pen: Pen, rng: Random) -> Mutants:
    """Instead of the class stands its name."""
    for row in by_property(pen.corpus, _types(pen.corpus), rng):
        yield pen.replace(row, f'"{expand(pen.corpus.classes[row.subject])}"')


def _heads(corpus: Corpus) -> list[Row]:
    """List the first statement of each subject with each property."""
    firsts: dict[tuple[str, str], Row] = {}
    for row in corpus.all_rows():
        if row.name.startswith(_OWN) and row.subject in corpus.classes:
            firsts.setdefault((row.subject, row.name), row)
    return list(firsts.values())


def _types(corpus: Corpus) -> list[Row]:
    """List the statements that tell the class of a node in our ontology."""
    return [
        row
        for subject, name in sorted(corpus.classes.items())
        for row in corpus.of(subject, "rdf:type")
        if row.value.value == expand(name)
    ]


def _strangers(corpus: Corpus, row: Row) -> list[str]:
    """List the classes that are neither wider nor narrower than that of a node."""
    own = corpus.classes[row.subject]
    return [
        name
        for name in sorted(corpus.members)
        if name not in corpus.wider.get(own, {own}) and own not in corpus.wider.get(name, {name})
    ]


TERMS = (
    misspelt_property,
    wrong_property,
    misspelt_class,
    wrong_class,
    wider_class,
    second_class,
    class_as_text,
)
