"""The page about a thing: what is said of it, what points to it, and who says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape
from itertools import groupby

from pyoxigraph import Literal

from ip5kg.answers.markup import html_link, html_text
from ip5kg.describe import Description, Fact, Incoming, Mention
from ip5kg.names import IP5
from ip5kg.render.phrases import Numbers, by_source, numbers_of, shown_facts, title, told_facts
from ip5kg.render.site.frame import Frame, up
from ip5kg.render.site.routes import page_of
from ip5kg.render.site.timeline import dated, timeline
from ip5kg.terms import Thing

__all__ = ["summary", "thing_body"]

_UNFOLDED = 150
"""Of how many assertions at most all is told on the page; of more, only what they are."""

_ADDRESSES = frozenset((IP5 + "url", IP5 + "website"))
_CITES = IP5 + "cites"


def summary(description: Description) -> str:
    """Say in one sentence what a thing is."""
    kinds = ", ".join(name.label for name in description.classes)
    when = f", {description.when}" if description.when else ""
    return f"{description.thing.label}: {kinds or 'thing'}{when}."


def thing_body(frame: Frame, description: Description, today: datetime.date) -> Iterator[str]:
    """Write what the page about a thing says.

    Args:
        frame: What all pages share.
        description: The thing.
        today: The last day that the record tells of.
    """
    thing, numbers = description.thing, numbers_of(description)
    path = page_of(str(thing))
    yield f'<h1 dir="auto">{frame.label(thing)}</h1>'
    kinds = ", ".join(frame.link(kind, path) for kind in description.classes)
    turtle = path.rsplit("/", 1)[-1].removesuffix(".html") + ".ttl"
    twin = f' · <a href="{escape(turtle)}">Turtle</a>'
    yield f'<p class="about">{kinds} · <code>{html_text(str(thing))}</code>{twin}</p>'
    rows = list(_facts(frame, description, numbers, path))
    if rows:
        yield '<dl class="facts">'
        yield from rows
        yield "</dl>"
    for group in description.incoming:
        yield from _group(frame, group, thing, numbers, today)
    if description.sources:
        yield "<h2>Sources</h2>\n<ol>"
        yield from _sources(frame, description, path, numbers)
        yield "</ol>"


def _facts(frame: Frame, description: Description, numbers: Numbers, path: str) -> Iterator[str]:
    if description.when:
        yield f"<dt>when</dt><dd>{html_text(description.when)}</dd>"
    shown = shown_facts(description)
    for name, facts in groupby(shown, key=lambda fact: fact.property):
        values = "<br>".join(_value(frame, fact, path) for fact in facts)
        yield f"<dt>{frame.link(name, path)}</dt><dd>{values}</dd>"
    cited = [str(fact.value) for fact in description.facts if fact.property == _CITES]
    if cited:
        yield f"<dt>sources</dt><dd>{_marks(tuple(cited), numbers)}</dd>"


def _group(
    frame: Frame, group: Incoming, thing: Thing, numbers: Numbers, today: datetime.date
) -> Iterator[str]:
    """Write what points to the thing in one way: a picture of what is dated, and a table."""
    path = page_of(str(thing))
    heading = title(group)
    yield f"<h2>{html_text(heading)}</h2>"
    unfolded = any(mention.facts for mention in group.mentions)
    if not unfolded or len(group.mentions) > _UNFOLDED:
        yield '<ul class="columns">'
        for mention in group.mentions:
            when = f" <span class=about>{html_text(mention.when)}</span>" if mention.when else ""
            yield f"<li>{frame.link(mention.thing, path)}{when}</li>"
        yield "</ul>"
        return
    spans = [dated(_short(mention, thing), mention.facts) for mention in group.mentions]
    picture = timeline(heading, [span for span in spans if span is not None], today)
    if picture:
        yield picture
    yield f'<div class="scroll" role="region" aria-label="{escape(heading)}" tabindex="0">'
    yield '<table class="mentions">\n<thead><tr><th scope="col">when</th><th scope="col">what</th>'
    yield '<th scope="col">sources</th></tr></thead>\n<tbody>'
    for mention in group.mentions:
        when = html_text(mention.when)
        marks = _marks(mention.passages, numbers)
        what = "; ".join(_phrases(frame, mention, thing, path))
        label = escape(f"More about {mention.thing.label}")
        address = escape(_address(frame, mention.thing, path))
        more = f'<a class="about" href="{address}" aria-label="{label}">more</a>'
        yield f'<tr><td class="when">{when}</td><td>{what} {more}</td>'
        yield f'<td class="marks">{marks}</td></tr>'
    yield "</tbody>\n</table>\n</div>"


def _address(frame: Frame, thing: Thing, path: str) -> str:
    """Tell where the page about a thing lies, seen from another page."""
    return up(path) + page_of(thing) if str(thing) in frame.pages else str(thing)


def _phrases(frame: Frame, mention: Mention, thing: Thing, path: str) -> Iterator[str]:
    told = told_facts(mention.facts, thing)
    if not told:
        yield frame.link(mention.thing, path)
    for name, facts in groupby(told, key=lambda fact: fact.property.label):
        values = ", ".join(_value(frame, fact, path) for fact in facts)
        yield f"{html_text(name.removeprefix('has '))} {values}"


def _short(mention: Mention, thing: Thing) -> str:
    """Name a mention in a picture: by the things it ties, or else by its label."""
    told = told_facts(mention.facts, thing)
    named = [fact.value.label for fact in told if isinstance(fact.value, Thing)]
    texts = [str(fact.value) for fact in told if str(fact.property) == IP5 + "name"]
    return ", ".join((texts or named)[:2]) or mention.thing.label


def _sources(frame: Frame, description: Description, path: str, numbers: Numbers) -> Iterator[str]:
    for name, address, passages in by_source(description.sources):
        source = frame.link(Thing(str(passages[0].source), name), path)
        link = f" · {html_link(address, 'document')}" if address else ""
        for citation in passages:
            number = numbers[citation.passage]
            locator = html_text(citation.locator)
            passage = frame.link(Thing(str(citation.passage), locator or "passage"), path)
            yield f'<li id="source-{number}" value="{number}">{source}, {passage}{link}</li>'


def _marks(passages: tuple[str, ...], numbers: Numbers) -> str:
    """Write the numbers of passages as links to the list of sources."""
    known = sorted(numbers[name] for name in passages if name in numbers)
    return " ".join(
        f'<a href="#source-{number}" aria-label="source {number}">[{number}]</a>'
        for number in known
    )


def _value(frame: Frame, fact: Fact, path: str) -> str:
    """Write a value: a thing as a link, a text with its language."""
    if isinstance(fact.value, Thing):
        return frame.link(fact.value, path)
    text = fact.term.value if isinstance(fact.term, Literal) else str(fact.value)
    if str(fact.property) in _ADDRESSES:
        return html_link(text, text)
    language = fact.term.language if isinstance(fact.term, Literal) else None
    if language and language != "en":
        return f'<span lang="{language}" dir="auto">{html_text(text)}</span> ({language})'
    return html_text(text)
