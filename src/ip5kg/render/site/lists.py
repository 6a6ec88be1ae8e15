"""The pages that lead to others: the first one, one for each kind of thing, the ontology's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from ip5kg.answers.markup import html_text
from ip5kg.describe.order import natural_order
from ip5kg.names import IP5
from ip5kg.render.site.frame import Frame
from ip5kg.terms import Thing

__all__ = ["Term", "home_body", "kind_body", "ontology_body"]


class Term(NamedTuple):
    """A term of the ontology.

    Attributes:
        thing: The term.
        kind: ``class`` or ``property``.
        definition: What it means, in one sentence.
        facts: Words such as ``subclass of`` → the terms or types that follow.
    """

    thing: Thing
    kind: str
    definition: str
    facts: Mapping[str, Sequence[Thing]]


def home_body(counts: Iterable[tuple[str, str, int]], title: str) -> Iterator[str]:
    """Write the first page.

    Args:
        counts: For each kind of thing the path of its list, what it is called, and how many.
        title: What the graph is called.
    """
    yield f"<h1>{html_text(title)}</h1>"
    yield (
        "<p>The offices, officials, meetings, industry associations and initiatives of the "
        "co-operation of the five largest patent offices, from 2007 to today. Every fact names the "
        "passage that says so.</p>"
    )
    yield '<ul class="columns">'
    for path, name, count in counts:
        yield f'<li><a href="{escape(path)}">{html_text(name)}</a> ({count:,})</li>'
    yield "</ul>"
    yield (
        '<p>All of it as data: <a href="graph.ttl">Turtle</a>, '
        '<a href="graph.nt">N-Triples</a>. What is new in the record: '
        '<a href="feed.atom">feed</a>.</p>'
    )


def kind_body(
    frame: Frame, path: str, name: str, things: Iterable[tuple[Thing, str]]
) -> Iterator[str]:
    """Write the list of all things of a kind.

    Args:
        frame: What all pages share.
        path: The path of the page.
        name: What the kind is called.
        things: The things, and when they are.
    """
    yield f'<h1>{html_text(name)}</h1>\n<ul class="columns">'
    for thing, when in sorted(things, key=lambda row: (natural_order(row[0].label), row[0])):
        told = f' <span class="about">{html_text(when)}</span>' if when else ""
        yield f"<li>{frame.link(thing, path)}{told}</li>"
    yield "</ul>"


def ontology_body(frame: Frame, header: str, terms: Sequence[Term]) -> Iterator[str]:
    """Write the reference of the ontology; each term has its local name as its anchor.

    Args:
        frame: What all pages share.
        header: What the ontology is, as text.
        terms: Its terms, in order.
    """
    path = "ontology/index.html"
    yield "<h1>Ontology</h1>"
    yield f"<p>{html_text(header)}</p>"
    yield (
        f'<p class="about"><code>{html_text(IP5.removesuffix("#"))}</code> · '
        '<a href="../ontology.ttl">Turtle</a> · <a href="../ontology.jsonld">JSON-LD</a></p>'
    )
    for kind, heading in (("class", "Classes"), ("property", "Properties")):
        yield f"<h2>{heading}</h2>"
        for term in terms:
            if term.kind != kind:
                continue
            local = str(term.thing).removeprefix(IP5)
            yield f'<h3 id="{escape(local)}">{frame.link(term.thing, path)}</h3>'
            yield f"<p>{html_text(term.definition)}</p>"
            if term.facts:
                yield '<dl class="facts">'
                for name, values in term.facts.items():
                    linked = ", ".join(frame.link(value, path) for value in values)
                    yield f"<dt>{html_text(name)}</dt><dd>{linked}</dd>"
                yield "</dl>"
