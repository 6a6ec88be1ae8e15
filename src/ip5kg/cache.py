"""A memory of results that can be had again from the same files by the same code.

An entry is named by a hash of all that the result depends on: the code of this package and of its
engines, the interpreter, what was asked, and the content of every file. Nothing else is looked at
to find it, so that the folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from ip5kg.atomic import write_atomically
from ip5kg.errors import Ip5kgError

__all__ = ["Cache", "content_key"]

_ENGINES = ("pyoxigraph", "shacl", "pyshacl", "rdflib")
_FORM = b"ip5kg result 1\n"
_MOST_ENTRIES = 64


class Cache:
    """Results in a folder.

    Args:
        folder: The folder; by default that of the user's caches. It need not exist.
    """

    def __init__(self, folder: Path | None = None) -> None:
        base = os.environ.get("XDG_CACHE_HOME")
        self._folder = folder or (Path(base) if base else Path.home() / ".cache") / "ip5kg"

    def get(self, key: str) -> bytes | None:
        """Return a result, or None when it is not known or not whole."""
        try:
            entry = (self._folder / key).read_bytes()
        except (OSError, ValueError):
            return None
        head, _, data = entry.removeprefix(_FORM).partition(b"\n")
        whole = entry.startswith(_FORM) and head == _digest(data)
        return data if whole else None

    def put(self, key: str, data: bytes) -> None:
        """Remember a result. Where that cannot be done, nothing happens."""
        with suppress(OSError, ValueError, Ip5kgError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget()
            write_atomically(self._folder / key, _FORM + _digest(data) + b"\n" + data)

    def _forget(self) -> None:
        """Delete the oldest entries when there are many."""
        entries = sorted(self._folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[: max(0, len(entries) - _MOST_ENTRIES + 1)]:
            entry.unlink()


def content_key(asked: Iterable[object], files: Iterable[Path]) -> str | None:
    """Name a result by all that it depends on.

    Args:
        asked: What was asked, as values whose ``repr`` tells them apart.
        files: The files that are read.

    Returns:
        A hash, or None when a file cannot be read: then there is no result to remember.
    """
    found = hashlib.sha256(repr((*asked, *_code())).encode("utf-8", "surrogateescape"))
    try:
        for path in files:
            data = path.read_bytes()
            name = os.fsencode(path)
            found.update(b"%d %d " % (len(name), len(data)) + name)
            found.update(data)
    except (OSError, ValueError):
        return None
    return found.hexdigest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _code() -> Iterable[object]:
    """Tell one state of the code from another: ours by its files, the engines' by theirs."""
    yield sys.version
    yield from _states(Path(__file__).parent)
    for name in _ENGINES:
        spec = find_spec(name)
        origin = spec.origin if spec else None
        yield name, origin, Path(origin).stat().st_mtime_ns if origin else 0


def _states(folder: str | Path) -> Iterable[tuple[str, int, int]]:
    """List the modules in a folder, with their times and sizes."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                state = entry.stat()
                yield entry.path, state.st_mtime_ns, state.st_size
            elif entry.is_dir() and entry.name not in ("__pycache__", "knowledge"):
                yield from _states(entry.path)
