"""Errors in texts, numbers and dates as values: datatype, form, language, letters."""

from __future__ import annotations

import re
from random import Random

from pyoxigraph import Literal

from ip5kg.names import shorten
from mutation.corpus import Corpus, Row
from mutation.mutants import Mutants, Pen
from mutation.spelling import lookalike, misspelt
from mutation.statements import by_property, written

__all__ = ["LITERALS", "texts"]

_OTHER_TYPES = {
    "xsd:date": ("xsd:string", "xsd:dateTime", "xsd:gYear"),
    "xsd:gYear": ("xsd:string", "xsd:integer", "xsd:date"),
    "xsd:gYearMonth": ("xsd:string", "xsd:gYear", "xsd:date"),
    "xsd:integer": ("xsd:string", "xsd:decimal", "xsd:gYear"),
    "xsd:decimal": ("xsd:string", "xsd:integer", "xsd:double"),
    "xsd:boolean": ("xsd:string", "xsd:integer"),
    "xsd:string": ("xsd:anyURI", "xsd:token", "@en"),
    "xsd:anyURI": ("xsd:string", "@en"),
}
_NO_FORMS = {
    "xsd:date": ("2021-13-45", "2021-6-3", "23.06.2021", "2021-02-30", "2021-06"),
    "xsd:gYear": ("21", "2021-06", "c. 2021"),
    "xsd:gYearMonth": ("2021-13", "2021-6", "June 2021"),
    "xsd:integer": ("four", "4.5", "4th", ""),
    "xsd:decimal": ("12,5", "1e5", "12 345", "n/a"),
    "xsd:boolean": ("yes", "TRUE", "wahr"),
    "xsd:anyURI": ("not an address", "www.example.org", "htp:/example.org"),
}
_LANGUAGES = ("en", "de", "fr", "ja", "ko", "zh")
_NO_LANGUAGES = ("xx", "eng", "english")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_CODES = frozenset(
    f"ip5:{name}"
    for name in ("isoCode", "isoAlpha3", "st3Code", "acronym", "url", "website", "name")
)


def texts(corpus: Corpus, *datatypes: str) -> list[Row]:
    """List the statements that have a literal of a datatype as value; all without any."""
    return [
        row
        for row in corpus.all_rows()
        if isinstance(row.value, Literal)
        and (not datatypes or shorten(row.value.datatype.value) in datatypes)
    ]


def _inside(corpus: Corpus, row: Row) -> tuple[str, str]:
    """Split a literal as it is written into what stands in quotes, and the rest."""
    text = corpus.text(row.file)[row.start : row.end]
    quotes, end = text.index('"'), text.rindex('"')
    return text[quotes + 1 : end], text[end + 1 :]


def wrong_datatype(pen: Pen, rng: Random) -> Mutants:
    """A value has the datatype of another."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, *_OTHER_TYPES), rng):
        given = shorten(row.value.datatype.value)  # type: ignore[union-attr]
        other = rng.choice(_OTHER_TYPES[given])
        form = f'"{row.value.value}"'.replace("\n", "\\n")
        name = other if other.startswith("@") else f"^^{corpus.write(row.file, other)}"
        yield pen.replace(row, form if other == "xsd:string" else form + name)


def invalid_form(pen: Pen, rng: Random) -> Mutants:
    """A value is written as its datatype does not allow."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, *_NO_FORMS), rng):
        given = shorten(row.value.datatype.value)  # type: ignore[union-attr]
        name = corpus.write(row.file, given)
        yield pen.replace(row, f'"{rng.choice(_NO_FORMS[given])}"^^{name}')


def dropped_language(pen: Pen, rng: Random) -> Mutants:
    """A text has lost its language."""
    for row in by_property(pen.corpus, texts(pen.corpus, "rdf:langString"), rng):
        yield pen.replace(row, f'"{_inside(pen.corpus, row)[0]}"')


def wrong_language(pen: Pen, rng: Random) -> Mutants:
    """A text is tagged with another language."""
    for row in by_property(pen.corpus, texts(pen.corpus, "rdf:langString"), rng):
        language = rng.choice([tag for tag in _LANGUAGES if tag != row.value.language])  # type: ignore[union-attr]
        yield pen.replace(row, f'"{_inside(pen.corpus, row)[0]}"@{language}')


def no_language(pen: Pen, rng: Random) -> Mutants:
    """A text is tagged with what is no language."""
    for row in by_property(pen.corpus, texts(pen.corpus, "rdf:langString"), rng):
        yield pen.replace(row, f'"{_inside(pen.corpus, row)[0]}"@{rng.choice(_NO_LANGUAGES)}')


def lookalike_letter(pen: Pen, rng: Random) -> Mutants:
    """A text has a Cyrillic letter in it that looks Latin."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, "rdf:langString", "xsd:string"), rng):
        inside, tag = _inside(corpus, row)
        words = list(_LATIN_WORD.finditer(inside))
        word = rng.choice(words) if words and "\\" not in inside else None
        like = lookalike(word[0], rng) if word else None
        if word and like:
            yield pen.replace(row, f'"{inside[: word.start()]}{like}{inside[word.end() :]}"{tag}')


def empty_text(pen: Pen, rng: Random) -> Mutants:
    """A text is empty or blank."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, "rdf:langString", "xsd:string"), rng):
        yield pen.replace(row, f'"{rng.choice(("", " "))}"{_inside(corpus, row)[1]}')


def stray_blank(pen: Pen, rng: Random) -> Mutants:
    """A text begins or ends with a blank."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, "rdf:langString", "xsd:string"), rng):
        inside, tag = _inside(corpus, row)
        yield pen.replace(row, rng.choice((f'" {inside}"{tag}', f'"{inside} "{tag}')))


def misspelt_text(pen: Pen, rng: Random) -> Mutants:
    """A name, code or label is misspelt."""
    corpus = pen.corpus
    rows = [
        row
        for row in texts(corpus, "rdf:langString", "xsd:string")
        if not row.name.startswith("skos:")
    ]
    for row in by_property(corpus, rows, rng):
        inside, tag = _inside(corpus, row)
        words = list(_LATIN_WORD.finditer(inside))
        if words and "\\" not in inside:
            word = rng.choice(words)
            wrong = misspelt(word[0], rng)
            yield pen.replace(row, f'"{inside[: word.start()]}{wrong}{inside[word.end() :]}"{tag}')


def borrowed_text(pen: Pen, rng: Random) -> Mutants:
    """A node has the text that is another node's."""
    corpus = pen.corpus
    rows = [row for row in texts(corpus) if shorten(row.value.datatype.value) in _BORROWED]  # type: ignore[union-attr]
    rows = [row for row in rows if row.name in _CODES or row.name == "rdfs:label"]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((corpus.classes.get(row.subject, ""), row.name), []).append(row)
    for row in by_property(corpus, rows, rng):
        kind = corpus.classes.get(row.subject, "")
        had = {o.value for o in corpus.of(row.subject, row.name)}
        others = [o for o in groups[kind, row.name] if o.value not in had]
        if others:
            yield pen.replace(row, written(corpus, row, rng.choice(others)))


_BORROWED = ("xsd:string", "xsd:anyURI", "rdf:langString")

LITERALS = (
    wrong_datatype,
    invalid_form,
    dropped_language,
    wrong_language,
    no_language,
    lookalike_letter,
    empty_text,
    stray_blank,
    misspelt_text,
    borrowed_text,
)
