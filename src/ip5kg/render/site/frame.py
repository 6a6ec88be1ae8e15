"""The frame of a page: head, search, menu of languages, foot; and links from page to page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from ip5kg.answers.markup import html_link, html_text
from ip5kg.render.site.routes import page_of
from ip5kg.terms import Thing

__all__ = ["LANGUAGES", "Frame", "up"]

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "ja": "日本語",
    "ko": "한국어",
    "zh": "中文",
}
"""The languages in which the graph has names, as their readers call them."""

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NAVIGATION = (
    ("id/office/index.html", "Offices"),
    ("id/person/index.html", "People"),
    ("id/meeting/index.html", "Meetings"),
    ("id/initiative/index.html", "Initiatives"),
    ("id/source/index.html", "Sources"),
    ("query/index.html", "Questions"),
    ("ontology/index.html", "Ontology"),
)


class Frame(NamedTuple):
    """What all pages of a site share.

    Attributes:
        pages: The IRIs that have a page.
        labels: IRI → label in English.
        names: IRI → language → name in that language, where there are others than English.
        version: The version of the graph.
        base_url: Where the site will lie, with a slash at the end.
    """

    pages: frozenset[str]
    labels: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    version: str
    base_url: str

    def link(self, thing: Thing, path: str) -> str:
        """Write a link to a thing: to its page in the site, or to its address elsewhere.

        Args:
            thing: What is linked to.
            path: The path of the page on which the link stands.
        """
        if str(thing) not in self.pages:
            return html_link(str(thing), thing.label)
        href = escape(up(path) + page_of(str(thing)))
        return f'<a href="{href}">{self.label(thing)}</a>'

    def label(self, thing: Thing) -> str:
        """Write the label of a thing, with what it is called in other languages."""
        names = self.names.get(str(thing))
        if not names:
            return html_text(thing.label)
        labels = escape(json.dumps({"en": thing.label, **names}, ensure_ascii=False))
        return f'<span data-labels="{labels}">{html_text(thing.label)}</span>'

    def page(  # noqa: PLR0913 - each is a part of the page
        self,
        path: str,
        title: str,
        body: Iterable[str],
        *,
        twins: Iterable[tuple[str, str]] = (),
        about: str = "",
        jsonld: str = "",
        description: str = "",
    ) -> bytes:
        """Write a page.

        Args:
            path: Its path in the site.
            title: Its title, as text.
            body: The content of ``main``, as HTML.
            twins: Media types and paths of files that say the same for machines.
            about: The IRI that it is about.
            jsonld: What it says as JSON-LD.
            description: What it says in one sentence, as text.
        """
        root = up(path)
        head = [
            f"<title>{html_text(title)}</title>",
            f'<link rel="canonical" href="{escape(self.base_url + path)}">',
            f'<link rel="stylesheet" href="{root}style.css">',
            f'<link rel="icon" type="image/svg+xml" href="{root}logo.svg">',
            f'<link rel="alternate" type="application/atom+xml" href="{root}feed.atom">',
        ]
        if description:
            head.append(f'<meta name="description" content="{html_text(description)}">')
        for media_type, file in twins:
            head.append(f'<link rel="alternate" type="{media_type}" href="{escape(root + file)}">')
        if about:
            head.append(f'<link rel="describes" href="{escape(about)}">')
        if jsonld:
            # A tag inside of the text must not end it.
            safe = jsonld.replace("<", "\\u003c")
            head.append(f'<script type="application/ld+json">{safe}</script>')
        menu = "".join(f'<a href="{root}{file}">{name}</a>' for file, name in _NAVIGATION)
        options = "".join(
            f'<option value="{tag}" lang="{tag}">{name}</option>' for tag, name in LANGUAGES.items()
        )
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="en" data-root="{root}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            *head,
            f'<script src="{root}script.js" defer></script>',
            "</head>",
            "<body>",
            '<a class="skip" href="#main">Skip to the content</a>',
            "<header>",
            f'<a class="name" href="{root}index.html">ip5kg</a>',
            f'<nav aria-label="Main">{menu}</nav>',
            '<form role="search" hidden>',
            '<input id="search" type="search" aria-label="Search" placeholder="Search">',
            f'<select id="language" aria-label="Language of names">{options}</select>',
            "</form>",
            "</header>",
            '<div id="results" role="status" aria-live="polite"></div>',
            '<main id="main">',
            *body,
            "</main>",
            "<footer>",
            f'<p>Version {html_text(self.version)}. Data: <a href="{_LICENCE}">CC BY 4.0</a>.</p>',
            "</footer>",
            "</body>",
            "</html>",
            "",
        ]
        return "\n".join(lines).encode()


def up(path: str) -> str:
    """Lead from a page to the root of the site: ``../../`` from ``id/meeting/x.html``."""
    return "../" * path.count("/")
