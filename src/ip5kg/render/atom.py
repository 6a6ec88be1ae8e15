"""Feeds in Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ip5kg.render.text import one_line

__all__ = ["Entry", "atom"]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """An entry of a feed.

    Attributes:
        name: Its IRI, which no other entry has.
        title: Its title, as text.
        time: When it was last written, as RFC 3339 has it.
        content: What it says, as text; or empty.
        summary: What it is about, as text; or empty.
        link: The address of a page about it; or empty.
        categories: Words to find it by.
    """

    name: str
    title: str
    time: str
    content: str = ""
    summary: str = ""
    link: str = ""
    categories: tuple[str, ...] = ()


def atom(
    name: str,
    title: str,
    time: str,
    entries: Iterable[Entry],
    links: Iterable[tuple[str, str]] = (),
) -> str:
    """Write a feed.

    Args:
        name: Its IRI.
        title: Its title, as text.
        time: When it was last written, as RFC 3339 has it.
        entries: What it has, in order.
        links: Relation and address of what belongs to it, such as ``self``.
    """
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"  <id>{_xml(name)}</id>",
        f"  <title>{_xml(title)}</title>",
        f"  <updated>{time}</updated>",
        "  <author><name>ip5kg</name></author>",
        *(f"  <link rel={_quoted(rel)} href={_quoted(href)}/>" for rel, href in links),
    ]
    for entry in entries:
        lines += _entry(entry)
    return "".join(f"{line}\n" for line in [*lines, "</feed>"])


def _entry(entry: Entry) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_xml(entry.name)}</id>"
    yield f"    <title>{_xml(entry.title)}</title>"
    yield f"    <updated>{entry.time}</updated>"
    yield from (f"    <category term={_quoted(term)}/>" for term in entry.categories)
    if entry.link:
        yield f"    <link href={_quoted(entry.link)}/>"
    if entry.summary:
        yield f"    <summary>{_xml(entry.summary)}</summary>"
    if entry.content:
        yield f'    <content type="text">{_xml(entry.content)}</content>'
    yield "  </entry>"


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", one_line(text))


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _xml(text: str) -> str:
    """Put a text into XML: without what XML 1.0 cannot hold, lines kept."""
    return escape("\n".join(map(_clean, text.split("\n"))))
