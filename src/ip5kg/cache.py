"""A memory of results that can be had again from the same files by the same code.

A result is kept under a hash of all that it depends on: the code of this package and of its
libraries, the interpreter, what was asked, and the content of every file. Nothing else is looked at
to find it, so that the folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.machinery import PathFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["Remembered"]

_FORM = b"ip5kg result 1\n"
_MOST_ENTRIES = 64
_LARGEST = 1 << 23


class Remembered:
    """One result: what was asked, and of which files.

    Args:
        kind: What it is one of; the name of a folder in that of the user's caches.
        asked: What was asked, as values whose ``repr`` tells them apart.
        files: Lists the files that are read.
        libraries: The modules beside this package that have a hand in it.
    """

    def __init__(
        self,
        kind: str,
        asked: Iterable[object],
        files: Callable[[], Iterable[Path | str]],
        libraries: tuple[str, ...],
    ) -> None:
        self._folder = os.path.join(_caches(), kind)
        self._asked = (*asked,)
        self._files = files
        self._libraries = libraries
        self._seen = self._states()
        self._key = self._hash()

    def recall(self) -> bytes | None:
        """Return the result, or None when it is not known or not whole."""
        if self._key is None:
            return None
        try:
            entry = _content(os.path.join(self._folder, self._key))
        except (OSError, ValueError):
            return None
        head, _, data = entry.removeprefix(_FORM).partition(b"\n")
        whole = entry.startswith(_FORM) and head == _digest(data)
        return data if whole else None

    def keep(self, data: bytes) -> None:
        """Remember the result. Where that cannot be done, nothing happens.

        Nor does it when a file has changed since: then nobody knows which state was read.
        """
        if self._key is None or len(data) > _LARGEST or self._states() != self._seen:
            return
        from contextlib import suppress
        from pathlib import Path

        from ip5kg.atomic import write_atomically
        from ip5kg.errors import Ip5kgError

        folder = Path(self._folder)
        with suppress(OSError, ValueError, Ip5kgError):
            folder.mkdir(parents=True, exist_ok=True)
            _forget(folder)
            write_atomically(folder / self._key, _FORM + _digest(data) + b"\n" + data)

    def _states(self) -> list[tuple[str, int, int]] | None:
        """List the files with their times and sizes; None when one cannot be looked at."""
        try:
            return [(os.fspath(path), *_state(os.stat(path))) for path in self._files()]
        except (OSError, ValueError):
            return None

    def _hash(self) -> str | None:
        """Name the result by all that it depends on; None when a file cannot be read."""
        try:
            asked = (*self._asked, sys.version, *_code(self._libraries))
            found = hashlib.sha256(repr(asked).encode("utf-8", "surrogateescape"))
            for path in self._files():
                data, name = _content(path), os.fsencode(path)
                found.update(b"%d %d " % (len(name), len(data)) + name)
                found.update(data)
        except (OSError, ValueError):
            return None
        return found.hexdigest()


def _forget(folder: Path) -> None:
    """Delete the oldest entries when there are many."""
    entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns)
    for entry in entries[: max(0, len(entries) - _MOST_ENTRIES + 1)]:
        entry.unlink()


def _content(path: Path | str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _caches() -> str:
    """Return the folder of our caches (XDG Base Directory Specification); it need not exist."""
    base = os.environ.get("XDG_CACHE_HOME")
    return os.path.join(base or os.path.expanduser("~/.cache"), "ip5kg")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _code(libraries: tuple[str, ...]) -> Iterable[object]:
    """Tell one state of the code from another: ours by its files, that of libraries by theirs."""
    yield from _modules(os.path.dirname(__file__))
    for name in libraries:
        spec = PathFinder.find_spec(name)
        origin = spec.origin if spec else None
        yield name, origin, os.stat(origin).st_mtime_ns if origin else 0


def _modules(folder: str) -> Iterable[tuple[str, int, int]]:
    """List the modules in a folder, with their times and sizes."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                yield entry.path, *_state(entry.stat())
            elif entry.is_dir() and entry.name not in ("__pycache__", "knowledge"):
                yield from _modules(entry.path)


def _state(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_size
