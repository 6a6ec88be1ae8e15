"""What is written for machines: site map, feed, and the things that the search looks through."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ip5kg.names import BASE

__all__ = ["Entry", "atom", "robots", "search_data", "sitemap"]


class Entry(NamedTuple):
    """Something that the record tells of.

    Attributes:
        iri: The thing.
        title: What it is called.
        day: When it happened, as an ISO 8601 day.
        path: The path of its page.
        summary: What it is, in one sentence.
    """

    iri: str
    title: str
    day: str
    path: str
    summary: str


def sitemap(base_url: str, paths: Iterable[str]) -> bytes:
    """Write a site map (sitemaps.org 0.9)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>{escape(base_url + path)}</loc></url>" for path in sorted(paths)),
        "</urlset>",
        "",
    ]
    return "\n".join(lines).encode()


def robots(base_url: str) -> bytes:
    """Let everybody read everything, and say where the site map is (RFC 9309)."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n".encode()


def atom(base_url: str, title: str, entries: Iterable[Entry]) -> bytes:
    """Write a feed (RFC 4287) of what the record tells of, the newest first.

    The time of an entry is the day of the occasion, since there is no other in the graph.
    """
    rows = list(entries)
    newest = max((entry.day for entry in rows), default="2007-01-01")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(title)}</title>",
        f"<id>{BASE}feed</id>",
        f"<updated>{newest}T00:00:00Z</updated>",
        "<author><name>ip5kg</name></author>",
        f'<link rel="self" href="{escape(base_url)}feed.atom"/>',
        f'<link href="{escape(base_url)}index.html"/>',
    ]
    for entry in rows:
        lines += [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>{escape(entry.iri)}</id>",
            f"<updated>{entry.day}T00:00:00Z</updated>",
            f'<link href="{escape(base_url + entry.path)}"/>',
            f"<summary>{escape(entry.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def search_data(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Write what the search looks through, as a script, since a folder answers no requests.

    Args:
        rows: Path of the page, kind, label, and further names in one text.
    """
    data = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    # No line end that a script takes for one, and no tag.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.ip5kgThings = {safe};\n".encode()
