"""The parsed files of a graph, without holding all of a large one in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from pyoxigraph import BlankNode, Triple

__all__ = ["ParsedFiles"]

_KEPT = 100_000
"""Up to how many triples of files without blank nodes are kept; so many take about 50 MB."""


class ParsedFiles(Mapping[Path, list[Triple]]):
    """File → its triples, which are read when they are needed, and perhaps again.

    What has blank nodes is read once, since they would have other names the next time.

    Args:
        paths: The files.
        read: What reads one.

    Raises:
        InputError: When a file cannot be read; while it is being looked up.
    """

    def __init__(self, paths: Iterable[Path], read: Callable[[Path], list[Triple]]) -> None:
        self._paths = list(dict.fromkeys(paths))
        self._read = read
        self._kept: dict[Path, list[Triple]] = {}
        self._number = 0
        self._blank: dict[Path, bool] = {}

    @classmethod
    def of(cls, parsed: Mapping[Path, list[Triple]]) -> Self:
        """Wrap what is parsed already."""
        return parsed if isinstance(parsed, cls) else cls(parsed, parsed.__getitem__)

    def has_blank_nodes(self, path: Path) -> bool:
        """Tell whether a file has blank nodes; it need not be held in memory for that."""
        if path not in self._blank:
            self[path]
        return self._blank[path]

    def __getitem__(self, path: Path) -> list[Triple]:
        if path in self._kept:
            return self._kept[path]
        if path not in self._paths:
            raise KeyError(path)
        triples = self._read(path)
        self._blank[path] = _has_blank_nodes(triples)
        if self._blank[path]:
            self._kept[path] = triples
        elif self._number <= _KEPT:
            self._kept[path] = triples
            self._number += len(triples)
            if self._number > _KEPT:
                # Some would be read again anyway: then the memory is better given back.
                self._kept = {kept: self._kept[kept] for kept in self._kept if self._blank[kept]}
        return triples

    def __iter__(self) -> Iterator[Path]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _has_blank_nodes(triples: Iterable[Triple]) -> bool:
    """Tell whether any triple has a blank node."""
    return any(
        isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
        for triple in triples
    )
