"""Writing a file so that it is either the old one or the new one, never half of the new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from ip5kg.errors import OutputError

__all__ = ["make_folder", "reason_of", "write_atomically"]

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
    try:
        if path.exists() and not path.is_file():
            # Opening a folder fails here with the right reason.
            path.write_bytes(data)
            return
        _replace(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise _output_error(path, error) from None


def make_folder(path: Path) -> None:
    """Make sure that a folder exists, with the folders above it.

    Raises:
        OutputError: When it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _output_error(path, error) from None


def reason_of(error: OSError | ValueError) -> str:
    """Say in a few words why something cannot be written."""
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return "the system takes no such name"


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside the path, and move it there."""
    # A short name: the name of the file itself may be as long as the disk allows.
    beside = path.parent / f".ip5kg-{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    # The new name is on the disk once the folder is. Some systems cannot open a folder.
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _output_error(path: Path, error: OSError | ValueError) -> OutputError:
    """Say in one sentence why a path cannot be written."""
    return OutputError(
        f"{path} cannot be written: {reason_of(error)}.",
        hint="Name another place to write to, or put this one right.",
    )
