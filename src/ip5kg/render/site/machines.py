"""What is written for machines: site map, and the things that the search looks through."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

__all__ = ["robots", "search_data", "sitemap"]


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


def search_data(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Write what the search looks through, as a script, since a folder answers no requests.

    Args:
        rows: Path of the page, kind, label, and further names in one text.
    """
    data = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    # No line end that a script takes for one, and no tag.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.ip5kgThings = {safe};\n".encode()
