"""The feed of the site: what has changed since an earlier state, and what the record tells of."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from operator import attrgetter

from ip5kg.changes import Changes
from ip5kg.names import BASE
from ip5kg.render.atom import Entry, atom
from ip5kg.render.feeds import change_entries
from ip5kg.render.site.routes import page_of

__all__ = ["site_feed"]

_NEWEST = 50
_NEVER = "2007-01-01T00:00:00Z"


def site_feed(
    base_url: str,
    title: str,
    occasions: Iterable[Entry],
    changes: Changes | None,
    pages: AbstractSet[str],
) -> bytes:
    """Write what has changed, then the newest occasions of which the record tells.

    The time of an occasion is its day, since there is no other in the graph.

    Args:
        base_url: Where the site will lie.
        title: The title of the site.
        occasions: What the record tells of.
        changes: What has changed since an earlier state.
        pages: The paths of all pages.

    Raises:
        ParameterError: When ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """

    def link(thing: str) -> str:
        path = page_of(thing)
        return base_url + path if path in pages else ""

    entries = [] if changes is None else change_entries(changes, link)
    entries += sorted(occasions, key=attrgetter("time", "name"), reverse=True)[:_NEWEST]
    newest = max((entry.time for entry in entries), default=_NEVER)
    links = [("self", f"{base_url}feed.atom"), ("alternate", f"{base_url}index.html")]
    return atom(f"{BASE}feed", f"{title}: what is new", newest, entries, links).encode()
