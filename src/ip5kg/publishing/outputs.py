"""Files that are written in chunks, measured and hashed on the way."""

from __future__ import annotations

import hashlib
import struct
import zlib
from contextlib import AbstractContextManager, ExitStack
from typing import BinaryIO, Protocol

__all__ = ["Output", "Packed", "Place"]


class Place(Protocol):
    """Where files are written."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file to be written in several steps."""


class Output:
    """A file that is written in chunks, measured and hashed on the way.

    Attributes:
        path: Its path in the bundle.
        size: How many bytes it has.
        hash: The hash of them.
    """

    def __init__(self, place: Place, path: str) -> None:
        self.path = path
        self.size = 0
        self.hash = hashlib.sha256()
        self._place = place
        self._stack = ExitStack()
        self._file: BinaryIO | None = None

    def add(self, chunk: bytes) -> None:
        """Write a chunk of the content.

        Raises:
            OutputError: When it cannot be written.
        """
        self._put(chunk)

    def end(self) -> None:
        """Write what comes after the content, and close the file.

        Raises:
            OutputError: When it cannot be written.
        """
        self._put(b"")
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def _put(self, data: bytes) -> None:
        if self._file is None:
            self._file = self._stack.enter_context(self._place.open(self.path))
        try:
            self._file.write(data)
        except OSError as error:
            # The place says what that means for its file.
            if not self._stack.__exit__(type(error), error, error.__traceback__):
                raise
        self.hash.update(data)
        self.size += len(data)


class Packed(Output):
    """A gzip file; its header (RFC 1952, section 2.3) names neither time nor system."""

    def __init__(self, place: Place, path: str) -> None:
        super().__init__(place, path)
        self._packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc = self._length = 0

    def add(self, chunk: bytes) -> None:
        """Compress a chunk of the content."""
        self._begin()
        self._put(self._packer.compress(chunk))
        self._crc = zlib.crc32(chunk, self._crc)
        self._length += len(chunk)

    def end(self) -> None:
        """Write the rest and the check values, and close the file."""
        self._begin()
        self._put(self._packer.flush())
        self._put(struct.pack("<II", self._crc, self._length & 0xFFFFFFFF))
        super().end()

    def _begin(self) -> None:
        if not self.size:
            self._put(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
