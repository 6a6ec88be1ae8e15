"""All stored queries of a root, by name."""

from __future__ import annotations

from pathlib import Path

from ip5kg.errors import UnknownQuery
from ip5kg.querybook.header import StoredQuery, read_query
from ip5kg.resources import query_files

__all__ = ["QueryBook"]

_NEAR = 3
_STEM = 4


class QueryBook:
    """The stored queries below ``queries/``; a file is read when it is asked for.

    Args:
        root: A folder with ``queries/`` in it.
    """

    def __init__(self, root: Path) -> None:
        self._files = query_files(root)
        self._read: dict[str, StoredQuery] = {}

    def names(self) -> list[str]:
        """List the names, sorted."""
        return sorted(self._files)

    def get(self, name: str) -> StoredQuery:
        """Return the stored query of this name.

        Raises:
            UnknownQuery: With near matches.
            QueryHeaderError: When its header is wrong.
        """
        path = self._files.get(name)
        if path is None:
            raise UnknownQuery(
                f"There is no stored query “{name}”.", hint=_nearest(name, self.names())
            )
        if name not in self._read:
            self._read[name] = read_query(path)
        return self._read[name]

    def all(self) -> list[StoredQuery]:
        """Return all stored queries, sorted by name."""
        return [self.get(name) for name in self.names()]


def _nearest(name: str, names: list[str]) -> str:
    """Say which names look like the one that was asked for, and how to list them all."""
    from difflib import get_close_matches

    from ip5kg.words import words_of

    # The words of a question are often in another form: “who chaired” for meeting-chair.
    wanted = [word[:_STEM] for word in words_of(name) if len(word) >= _STEM]
    close = get_close_matches(name.casefold(), names, n=_NEAR, cutoff=0.6)
    found = {stored: sum(word in stored for word in wanted) for stored in names}
    close += sorted((one for one in names if found[one]), key=lambda one: -found[one])
    near = list(dict.fromkeys(close))[:_NEAR]
    every = "List all with “ip5kg query”."
    return f"Near matches: {', '.join(near)}. {every}" if near else every
