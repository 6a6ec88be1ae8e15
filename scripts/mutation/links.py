"""Errors in the names of things that statements point to."""

from __future__ import annotations

from random import Random

from pyoxigraph import NamedNode

from ip5kg.names import KINDS, expand, shorten
from mutation.corpus import Corpus, Row
from mutation.mutants import Mutants, Pen, mixed
from mutation.spelling import lookalike, misspelt
from mutation.statements import by_property

__all__ = ["LINKS", "links"]

_OURS = "https://w3id.org/ip5kg/"
_OTHER_BASES = ("http://w3id.org/ip5kg/", "https://www.w3id.org/ip5kg/", "https://w3id.org/ip5/")


def links(corpus: Corpus, *, things: bool = True, concepts: bool = True) -> list[Row]:
    """List the statements that point to things or concepts of ours."""
    return [
        row
        for row in corpus.all_rows()
        if isinstance(row.value, NamedNode)
        and row.value.value.startswith(_OURS)
        and row.name != "rdf:type"
        and (things if row.value.value in corpus.rows else concepts)
    ]


def _local(row: Row) -> tuple[str, str]:
    prefix, _, local = shorten(row.value.value).partition(":")
    return prefix, local


def dangling_iri(pen: Pen, rng: Random) -> Mutants:
    """A link to a thing is misspelt."""
    for row in by_property(pen.corpus, links(pen.corpus, concepts=False), rng):
        prefix, local = _local(row)
        name = f"{prefix}:{misspelt(local, rng)}"
        if expand(name) not in pen.corpus.rows:
            yield pen.replace(row, pen.corpus.write(row.file, name))


def lookalike_iri(pen: Pen, rng: Random) -> Mutants:
    """A link has a Cyrillic letter in it that looks Latin."""
    for row in by_property(pen.corpus, links(pen.corpus), rng):
        prefix, local = _local(row)
        like = lookalike(local, rng)
        yield pen.replace(row, pen.corpus.write(row.file, f"{prefix}:{like}")) if like else None


def wrong_case(pen: Pen, rng: Random) -> Mutants:
    """A link is written with a capital letter."""
    for row in by_property(pen.corpus, links(pen.corpus), rng):
        prefix, local = _local(row)
        if local[0].isalpha():
            name = f"{prefix}:{local[0].upper()}{local[1:]}"
            yield pen.replace(row, pen.corpus.write(row.file, name))


def wrong_namespace(pen: Pen, rng: Random) -> Mutants:
    """A link has the local name of the thing, but the prefix of another kind."""
    for row in by_property(pen.corpus, links(pen.corpus, concepts=False), rng):
        prefix, local = _local(row)
        name = f"{rng.choice([kind for kind in KINDS if kind != prefix])}:{local}"
        yield pen.replace(row, pen.corpus.write(row.file, name))


def wrong_base(pen: Pen, rng: Random) -> Mutants:
    """A link is to another site, protocol or folder."""
    for row in by_property(pen.corpus, links(pen.corpus), rng):
        iri = row.value.value
        others = [base + iri.removeprefix(_OURS) for base in _OTHER_BASES]
        yield pen.replace(row, f"<{rng.choice([*others, iri + '/'])}>")


def thing_of_other_class(pen: Pen, rng: Random) -> Mutants:
    """A link is to a thing of another class."""
    corpus = pen.corpus
    for row in by_property(corpus, links(corpus, concepts=False), rng):
        kind = corpus.classes.get(row.value.value, "")
        wider = corpus.wider.get(kind, {kind})
        allowed = corpus.ranges.get(row.name, kind)
        others = [
            other
            for other in sorted(corpus.members)
            if not wider & corpus.wider.get(other, {other})
            and allowed not in corpus.wider.get(other, {other})
        ]
        if others:
            other = rng.choice(corpus.members[rng.choice(others)])
            yield pen.replace(row, corpus.write(row.file, shorten(other)))


def other_thing(pen: Pen, rng: Random) -> Mutants:
    """A link is to another thing of the same class."""
    corpus = pen.corpus
    for row in by_property(corpus, links(corpus, concepts=False), rng):
        kind = corpus.classes.get(row.value.value)
        linked = {r.value.value for r in corpus.of(row.subject, row.name)}
        others = [o for o in corpus.members.get(kind or "", []) if o not in linked]
        if row.name != "ip5:cites" and others:
            yield pen.replace(row, corpus.write(row.file, shorten(rng.choice(others))))


def link_to_itself(pen: Pen, rng: Random) -> Mutants:
    """A thing is tied to itself."""
    corpus = pen.corpus
    rows = [
        row
        for row in links(corpus, concepts=False)
        if corpus.classes.get(row.value.value) == corpus.classes.get(row.subject)
    ]
    for row in by_property(corpus, rows, rng):
        yield pen.replace(row, corpus.write(row.file, shorten(row.subject)))


def both_ends_the_same(pen: Pen, rng: Random) -> Mutants:
    """Of two links of a node, one repeats the end of the other."""
    for one, two in _pairs(pen.corpus, rng):
        # Where the end stands there already, a value would only be lost.
        if two.value not in {row.value for row in pen.corpus.of(one.subject, one.name)}:
            yield pen.replace(one, pen.corpus.text(two.file)[two.start : two.end])


def exchanged_ends(pen: Pen, rng: Random) -> Mutants:
    """Two links of a node to things of one kind have exchanged their ends."""
    for one, two in _pairs(pen.corpus, rng):
        text = pen.corpus.text(one.file)
        yield pen.replace_all([(one, text[two.start : two.end]), (two, text[one.start : one.end])])


def _pairs(corpus: Corpus, rng: Random):  # noqa: ANN202 - an iterator of pairs of rows
    rows = links(corpus, concepts=False)
    pairs = [
        (one, two)
        for one in rows
        for two in corpus.rows[one.subject]
        if one.name < two.name
        and one.file == two.file
        and one.value != two.value
        and corpus.classes.get(one.value.value)
        and corpus.classes.get(one.value.value) == corpus.classes.get(two.value.value)
    ]
    return mixed(pairs, lambda pair: (pair[0].name, pair[1].name), rng)


def turned_statement(pen: Pen, rng: Random) -> Mutants:
    """Subject and object of a statement are exchanged."""
    for row in by_property(pen.corpus, links(pen.corpus, concepts=False), rng):
        if row.value.value != row.subject:
            yield pen.turn(row)


def link_as_text(pen: Pen, rng: Random) -> Mutants:
    """Instead of a link stands its text."""
    for row in by_property(pen.corpus, links(pen.corpus), rng):
        yield pen.replace(row, f'"{shorten(row.value.value)}"')


def link_to_nothing(pen: Pen, rng: Random) -> Mutants:
    """Instead of a link stands a blank node."""
    for row in by_property(pen.corpus, links(pen.corpus), rng):
        yield pen.replace(row, "[]")


def misspelt_concept(pen: Pen, rng: Random) -> Mutants:
    """A concept is misspelt."""
    for row in by_property(pen.corpus, links(pen.corpus, things=False), rng):
        prefix, local = _local(row)
        name = f"{prefix}:{misspelt(local, rng)}"
        if name not in pen.corpus.concepts.get(prefix, []):
            yield pen.replace(row, pen.corpus.write(row.file, name))


def concept_of_other_scheme(pen: Pen, rng: Random) -> Mutants:
    """A concept is of another scheme."""
    schemes = sorted(pen.corpus.concepts)
    for row in by_property(pen.corpus, links(pen.corpus, things=False), rng):
        scheme = rng.choice([name for name in schemes if name != _local(row)[0]])
        name = rng.choice(pen.corpus.concepts[scheme])
        yield pen.replace(row, pen.corpus.write(row.file, name))


def other_concept(pen: Pen, rng: Random) -> Mutants:
    """A concept is another of the same scheme."""
    for row in by_property(pen.corpus, links(pen.corpus, things=False), rng):
        prefix, _ = _local(row)
        had = {shorten(r.value.value) for r in pen.corpus.of(row.subject, row.name)}
        others = [name for name in pen.corpus.concepts.get(prefix, []) if name not in had]
        if others:
            yield pen.replace(row, pen.corpus.write(row.file, rng.choice(others)))


LINKS = (
    dangling_iri,
    lookalike_iri,
    wrong_case,
    wrong_namespace,
    wrong_base,
    thing_of_other_class,
    other_thing,
    link_to_itself,
    both_ends_the_same,
    exchanged_ends,
    turned_statement,
    link_as_text,
    link_to_nothing,
    misspelt_concept,
    concept_of_other_scheme,
    other_concept,
)
