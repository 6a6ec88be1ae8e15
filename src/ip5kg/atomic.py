"""Writing files so that each is the old one or the new one, never half of the new one.

Files that belong together are all old or all new.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ip5kg.errors import OutputError

__all__ = ["make_folder", "output_error", "reason_of", "write_all_atomically", "write_atomically"]

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be too large",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EEXIST: "a file of that name exists",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EPIPE: "the reader has gone",
    errno.EBADF: "it is not open for writing",
}


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file in one step.

    The bytes go to a new file in the same folder, which takes the place of the old one only
    when all of it is on the disk. A symbolic link stays a link, and the permissions of an
    existing file stay as they are.

    Args:
        path: The file to write; a device or a pipe is written to as it is.
        data: Its whole content.

    Raises:
        OutputError: When it cannot be written; an existing file is then untouched.
    """
    write_all_atomically({path: data})


def write_all_atomically(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write files that belong together: all of them or none.

    Each is first written whole beside the file that it shall replace. Only a process that is
    killed outright between two of the renamings can leave old files among new ones.

    Args:
        files: File → its whole content, as ``write_atomically`` takes them, or in chunks.

    Raises:
        OutputError: When one cannot be written; all files are then as they were.
    """
    replacements: list[_Replacement] = []
    path = Path()
    try:
        for path, data in files.items():
            if path.exists() and not path.is_file():
                # Opening a folder fails here with the right reason.
                with path.open("wb") as opened:
                    opened.writelines(_chunks(data))
            else:
                replacements.append(_Replacement(path))
                replacements[-1].prepare(_chunks(data))
        if len(replacements) > 1:
            for replacement in replacements:
                path = replacement.path
                replacement.keep_old()
        for replacement in replacements:
            path = replacement.path
            replacement.take_place()
    except BaseException as error:
        for replacement in reversed(replacements):
            replacement.take_back()
        if isinstance(error, OSError | ValueError):
            raise output_error(path, error) from None
        raise
    finally:
        for replacement in replacements:
            replacement.clean_up()
    _settle({replacement.target.parent for replacement in replacements})


def make_folder(path: Path) -> None:
    """Make sure that a folder exists, with the folders above it.

    Raises:
        OutputError: When it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise output_error(path, error) from None


def reason_of(error: OSError | ValueError) -> str:
    """Say in a few words why something cannot be written."""
    if isinstance(error, OSError):
        if error.errno == errno.ENOENT and _folder_exists(error.filename):
            return "its folder takes no new files"
        return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return "the system takes no such name"


def _folder_exists(name: object) -> bool:
    """Tell whether a file could not be made in a folder that is there, such as ``/proc``."""
    return isinstance(name, str | os.PathLike) and Path(name).parent.is_dir()


class _Replacement:
    """A new file that shall take the place of another, which may not exist yet.

    Args:
        path: The name of the file as it was given; for a symbolic link its target is replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.target = Path(os.path.realpath(path))
        # Short names: the name of the file itself may be as long as the disk allows.
        stem = f".ip5kg-{os.getpid()}-{os.urandom(4).hex()}"
        self._new = self.target.with_name(f"{stem}.tmp")
        self._old = self.target.with_name(f"{stem}.old")
        self._undo: Callable[[], object] | None = None

    def prepare(self, chunks: Iterable[bytes]) -> None:
        """Write the new file, with the permissions of the old one."""
        with self._new.open("xb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if self.target.exists():
            self._new.chmod(self.target.stat().st_mode & 0o7777)

    def keep_old(self) -> None:
        """Give the old file a second name, so that it can come back."""
        if not self.target.exists():
            self._undo = self.target.unlink
            return
        try:
            os.link(self.target, self._old)
        except OSError:
            # Some file systems have no second names.
            shutil.copy2(self.target, self._old)
        self._undo = lambda: self._old.replace(self.target)

    def take_place(self) -> None:
        """Put the new file in the place of the old one."""
        self._new.replace(self.target)

    def take_back(self) -> None:
        """Put the old file back, where it was kept; this changes nothing where it still is."""
        if self._undo is not None:
            with suppress(OSError):
                self._undo()

    def clean_up(self) -> None:
        """Remove what was needed on the way."""
        for path in (self._new, self._old):
            with suppress(OSError):
                path.unlink()


def _chunks(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _settle(folders: Iterable[Path]) -> None:
    """Wait until the new names are on the disk, which they are once their folder is."""
    for path in folders:
        # Some systems cannot open a folder.
        with suppress(OSError):
            folder = os.open(path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def output_error(path: Path, error: OSError | ValueError) -> OutputError:
    """Say in one sentence why a path cannot be written.

    Args:
        path: The path as the user named it.
        error: What went wrong.
    """
    return OutputError(
        f"{path} cannot be written: {reason_of(error)}.",
        hint="Name another place to write to, or put this one right.",
    )
