"""The graph as a static site: a page for each thing, class, property, question and source."""

from __future__ import annotations

from ip5kg.render.site.build import build_site, write_site

__all__ = ["build_site", "write_site"]
