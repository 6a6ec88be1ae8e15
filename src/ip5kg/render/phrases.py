"""What a description says, in phrases: the same for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import Literal

from ip5kg.describe import Citation, Description, Fact, Incoming, Mention
from ip5kg.describe.periods import DATES
from ip5kg.names import IP5, RDF_TYPE, RDFS_LABEL, SKOS
from ip5kg.render.text import one_line
from ip5kg.terms import Thing

__all__ = [
    "Numbers",
    "by_source",
    "identity",
    "numbers_of",
    "parts",
    "properties",
    "shown_facts",
    "title",
    "told_facts",
]

Numbers = dict[str, int]
"""IRI of a passage → its number in the list of sources."""

# Said in one phrase, or by the numbers of sources, or by the place where it stands.
_SAID_OTHERWISE = DATES | {RDF_TYPE, IP5 + "cites"}
_NOTES = frozenset((IP5 + "description", SKOS + "editorialNote"))
_CITED = "sources"


def identity(description: Description) -> str:
    """Say what a thing is, how it is called in a query, and for which day it is described."""
    thing = description.thing
    names = [", ".join(name.label for name in description.classes), thing.short]
    if thing.short != str(thing):
        names.append(str(thing))
    if description.as_of:
        names.append(f"as of {description.as_of}")
    return one_line(" · ".join(filter(None, names)))


def title(group: Incoming) -> str:
    """Say what points to the thing, by what, and how often."""
    return one_line(f"{group.kind.label} ({group.property.label}): {len(group.mentions)}")


def numbers_of(description: Description) -> Numbers:
    """Number the passages in the order in which the sources are listed."""
    return {citation.passage: n for n, citation in enumerate(description.sources, start=1)}


def shown_facts(description: Description) -> list[Fact]:
    """List the facts that are not said by the heading, the dates or the numbers of sources."""
    return [
        fact
        for fact in description.facts
        if fact.property not in _SAID_OTHERWISE
        and (fact.property != RDFS_LABEL or fact.value != description.thing.label)
    ]


def told_facts(facts: Iterable[Fact], thing: Thing) -> list[Fact]:
    """List what an assertion says of a thing, without what its place has said already."""
    given = list(facts)
    named = {fact.value.label for fact in given if isinstance(fact.value, Thing)}
    told = [
        fact
        for fact in given
        if fact.property not in _SAID_OTHERWISE
        and fact.property != RDFS_LABEL
        and fact.value != thing
        and not (fact.property == IP5 + "hasConfidence" and str(fact.value).endswith("/high"))
        and not (fact.property == IP5 + "printedName" and fact.value in named)
    ]
    told.sort(key=lambda fact: fact.property in _NOTES)
    return told


def properties(description: Description, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Name the properties of the thing, each with its values; then its sources."""
    if description.when:
        yield "when", description.when
    shown = shown_facts(description)
    for (name, language), facts in groupby(shown, key=lambda f: (f.property.label, _language(f))):
        head = f"{name} ({language})" if language else name
        yield one_line(head), ", ".join(_value(fact, short=True) for fact in facts)
    cited = [str(fact.value) for fact in description.facts if fact.property == IP5 + "cites"]
    if cited:
        yield _CITED, _marks(cited, numbers)


def parts(mention: Mention, thing: Thing, numbers: Numbers) -> tuple[str, str]:
    """Say since when something is so; then what it says of a thing, with its sources."""
    when = mention.when if mention.certain else f"{mention.when} (possibly)".strip()
    text = "; ".join(_phrases(mention.facts, thing)) if mention.facts else _named(mention.thing)
    return one_line(when), one_line(f"{text} {_marks(mention.passages, numbers)}".strip())


def by_source(citations: Iterable[Citation]) -> Iterator[tuple[str, str, list[Citation]]]:
    """Group passages by source: title, address, passages."""
    for source, group in groupby(citations, key=lambda citation: citation.source):
        passages = list(group)
        yield one_line(passages[0].title or source.short), one_line(passages[0].address), passages


def _phrases(facts: Iterable[Fact], thing: Thing) -> Iterator[str]:
    """Say in short phrases what an assertion says, without what its place has said already."""
    told = told_facts(facts, thing)
    for name, group in groupby(told, key=lambda fact: fact.property.label):
        values = ", ".join(_value(fact, short=False) for fact in group)
        yield f"{name.removeprefix('has ')} {values}"


def _marks(passages: Iterable[str], numbers: Numbers) -> str:
    """Write the numbers of passages: ``[1] [4]``."""
    known = sorted(numbers[name] for name in passages if name in numbers)
    return " ".join(f"[{number}]" for number in known)


def _language(fact: Fact) -> str:
    """Return the language of a value, unless it is English or has none."""
    language = fact.term.language if isinstance(fact.term, Literal) else None
    return "" if language in (None, "en") else str(language)


def _value(fact: Fact, *, short: bool) -> str:
    """Write a value as the graph has it; an IRI by its label, with its short name if asked."""
    if isinstance(fact.value, Thing):
        return one_line(_named(fact.value) if short else fact.value.label)
    return one_line(fact.term.value if isinstance(fact.term, Literal) else str(fact.value))


def _named(thing: Thing) -> str:
    return thing.label if thing.label == thing.short else f"{thing.label} ({thing.short})"
