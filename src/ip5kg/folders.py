"""Writing a folder so that it is the old one or the new one as a whole.

The new folder is made beside the old one and takes its place at the end, in one step where the
system can exchange two names. What a process that was killed has left is put right by the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ip5kg.atomic import output_error
from ip5kg.errors import OutputError

__all__ = ["FolderReplacement"]

_AT_FDCWD = -100
_EXCHANGE = 2


class FolderReplacement:
    """A new folder that takes the place of an old one when the block ends without an error.

    Args:
        path: The folder; of a symbolic link, its target is replaced.
        objection: Says why a folder that is there and is not empty must stay, as the end of a
            sentence that begins with its name; empty when it may be replaced.

    Raises:
        OutputError: From the block, when the folder must stay or cannot be written. The old
            folder is then as it was.
    """

    def __init__(self, path: Path, objection: Callable[[Path], str]) -> None:
        self.path = path
        self._objection = objection
        self._target = path
        self._new = self._old = path
        self._lock: int | None = None
        self._claimed = False

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException as error:
            if self._claimed:
                with suppress(OSError):
                    self._new.rmdir()
            self._unlock()
            if isinstance(error, OSError | ValueError):
                raise output_error(self.path, error) from None
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._take_place()
        except OSError as trouble:
            raise output_error(self.path, trouble) from None
        finally:
            with suppress(OSError):
                shutil.rmtree(self._new)
            self._unlock()

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the new folder.

        Args:
            name: Its path in the folder, with slashes.
            data: Its whole content.

        Raises:
            OutputError: When it cannot be written.
        """
        with self.open(name) as file:
            file.write(data)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a new file of the new folder, for what is written in several steps.

        Args:
            name: Its path in the folder, with slashes.

        Raises:
            OutputError: From the block, when it cannot be written.
        """
        file = self._new / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                yield opened
        except (OSError, ValueError) as error:
            raise output_error(self.path / name, error) from None

    def _begin(self) -> None:
        """Refuse what must stay, put right what was left over, and make the new folder."""
        self._target = Path(os.path.realpath(self.path))
        self._target.parent.mkdir(parents=True, exist_ok=True)
        mark = hashlib.sha256(os.fsencode(self._target.name)).hexdigest()[:12]
        self._new = self._target.with_name(f".ip5kg-{mark}.new")
        self._old = self._target.with_name(f".ip5kg-{mark}.old")
        self._claim()
        if self._old.exists():
            if self._target.exists():
                shutil.rmtree(self._old)
            else:
                self._old.rename(self._target)
        if self._target.exists() and not self._target.is_dir():
            raise OutputError(
                f"{self.path} cannot be written: it is a file.", hint="Name a folder."
            )
        if self._target.is_dir() and any(self._target.iterdir()):
            reason = self._objection(self._target)
            if reason:
                raise OutputError(
                    f"{self.path} {reason}, so it is left as it is.",
                    hint="Name a folder that is empty or does not exist yet.",
                )

    def _claim(self) -> None:
        """Make the new folder, alone: what another process is writing stays."""
        self._new.mkdir(exist_ok=True)
        with suppress(ImportError):
            # Windows has no such locks, and cannot open folders.
            import fcntl

            self._lock = os.open(self._new, os.O_RDONLY)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._lock)
                self._lock = None
                raise OutputError(
                    f"{self.path} is being written by another process.",
                    hint="Wait until that has ended.",
                ) from None
        self._claimed = True
        for entry in self._new.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _take_place(self) -> None:
        """Put the new folder in the place of the old one, once all of it is on the disk."""
        if hasattr(os, "sync"):
            # One wait for all files; a wait for each takes minutes where there are thousands.
            os.sync()
        if self._target.exists():
            self._new.chmod(self._target.stat().st_mode & 0o7777)
        if not self._target.exists() or not any(self._target.iterdir()):
            with suppress(OSError):
                self._target.rmdir()
            self._new.rename(self._target)
        elif _exchange(self._new, self._target):
            self._new.rename(self._old)
        else:
            self._target.rename(self._old)
            try:
                self._new.rename(self._target)
            except BaseException:
                self._old.rename(self._target)
                raise
        with suppress(OSError):
            shutil.rmtree(self._old)
        # Some systems cannot open a folder.
        with suppress(OSError):
            folder = os.open(self._target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the disk cannot."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return int(call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)) == 0
