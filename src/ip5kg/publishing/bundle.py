"""A bundle: the files that a portal takes, and what is known of each of them.

``bundle.json`` lists all files with size, media type and checksum; ``SHA256SUMS`` is what
``sha256sum --check`` reads. A folder is a bundle of ours when the list fits what lies in it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from ip5kg.publishing.extent import Extent
from ip5kg.publishing.vocabulary import FileType

__all__ = [
    "FORM",
    "GZIP",
    "MANIFEST",
    "SUMS",
    "Bundle",
    "BundleWriter",
    "Dataset",
    "File",
    "Place",
    "files_in",
    "manifest",
    "objection",
]

MANIFEST = "bundle.json"
SUMS = "SHA256SUMS"
FORM = "ip5kg portal bundle 1"
"""What the manifest says of itself."""

GZIP = "application/gzip"
"""The media type of compressed files."""


class File(NamedTuple):
    """A file of a bundle.

    Attributes:
        path: Its path in the bundle, with slashes.
        size: How many bytes it has.
        sha256: Its checksum.
        media_type: Its media type, that of its content where it is compressed.
        type: Its type where it is offered as a distribution.
        compressed: Whether it is a gzip variant.
    """

    path: str
    size: int
    sha256: str
    media_type: str
    type: FileType | None = None
    compressed: bool = False


class Dataset(NamedTuple):
    """A dataset of the catalogue.

    Attributes:
        name: A word for its IRI.
        title: Its name for people.
        description: What is in it.
        keywords: Words to find it by.
        subjects: Codes of the EU's table of data themes.
        extent: Its time, places and languages.
        files: Its files.
        series: The dataset series that it is a member of, or empty.
        part_of: The dataset that it is a part of, or empty.
        triples: How many triples it has; None for a table.
    """

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    subjects: tuple[str, ...]
    extent: Extent
    files: tuple[File, ...] = ()
    series: str = ""
    part_of: str = ""
    triples: int | None = None


class Bundle(NamedTuple):
    """All that descriptions are made of.

    Attributes:
        base_url: Where the files will lie; ends with a slash.
        endpoint: The SPARQL endpoint that answers for the graph, or empty.
        title: The name of the whole.
        description: What it is about.
        version: Its version.
        changes: What is new in the version, or empty.
        publisher: Who publishes it.
        contact: A page or a mailto: address of whoever answers questions.
        date: The day of the state that it has, or empty.
        issued: The day on which it was first issued, or empty.
        provenance: Where the facts come from.
        whole: The dataset with everything.
        datasets: All datasets, the whole among them.
        series: Name of a dataset series → its title and description.
    """

    base_url: str
    endpoint: str
    title: str
    description: str
    version: str
    changes: str
    publisher: str
    contact: str
    date: str
    issued: str
    provenance: str
    whole: Dataset
    datasets: tuple[Dataset, ...]
    series: dict[str, tuple[str, str]]


class Place(Protocol):
    """Where files are written."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file to be written in several steps."""


class BundleWriter:
    """Writes the files of a bundle, and keeps account of them.

    Args:
        place: Where to write.

    Attributes:
        files: What has been written.
    """

    def __init__(self, place: Place) -> None:
        self.files: list[File] = []
        self._place = place

    def write(self, path: str, data: bytes, media_type: str) -> File:
        """Write a file that is no distribution."""
        return self._add(File(path, len(data), _digest(data), media_type), data)

    def offer(
        self, stem: str, data: bytes | Iterable[bytes], kind: FileType, *, gzip: bool = True
    ) -> list[File]:
        """Write a distribution, and its gzip variant.

        Args:
            stem: Its path without suffix.
            data: Its content, whole or in chunks.
            kind: Its type, which has the suffix.
            gzip: Whether there shall be a gzip variant.
        """
        path = stem + kind.suffix
        chunks = [data] if isinstance(data, bytes) else data
        with ExitStack() as stack:
            # Compressing, hashing and writing go on while the next chunk is made.
            pool = stack.enter_context(ThreadPoolExecutor(1))
            plain = _Output(stack.enter_context(self._place.open(path)))
            outputs = [plain]
            if gzip:
                packed = stack.enter_context(self._place.open(f"{path}.gz"))
                outputs.append(_Packed(packed))
            waiting: deque[Future[None]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(_to_all, outputs, chunk))
                if len(waiting) > _AHEAD:
                    waiting.popleft().result()
            for future in waiting:
                future.result()
            for output in outputs:
                output.end()
        written = [File(path, plain.size, plain.hash.hexdigest(), kind.media_type, kind)]
        for output in outputs[1:]:
            name, digest = f"{path}.gz", output.hash.hexdigest()
            written.append(File(name, output.size, digest, kind.media_type, kind, True))
        self.files += written
        return written

    def finish(self, base_url: str, version: str) -> None:
        """Write the list of all files, and the checksums."""
        text = manifest(self.files, base_url, version)
        self.write(MANIFEST, text.encode(), "application/json")
        ordered = sorted(self.files, key=lambda file: file.path)
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in ordered)
        self._place.write(SUMS, sums.encode())

    def _add(self, file: File, data: bytes) -> File:
        self._place.write(file.path, data)
        self.files.append(file)
        return file


def manifest(files: Iterable[File], base_url: str, version: str) -> str:
    """List the files of a bundle, as JSON."""
    entries = [
        {
            "path": file.path,
            "size": file.size,
            "mediaType": file.media_type,
            **({"encoding": "gzip"} if file.compressed else {}),
            "sha256": file.sha256,
        }
        for file in sorted(files, key=lambda file: file.path)
    ]
    whole = {"form": FORM, "version": version, "baseUrl": base_url, "files": entries}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def files_in(folder: Path) -> list[str]:
    """List all files below a folder, with slashes, sorted."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    )


def objection(folder: Path) -> str:
    """Say why a folder must not be replaced by a bundle; nothing when it is an earlier bundle."""
    listed = _listed(folder)
    if listed is None:
        return "is not empty and no earlier bundle"
    strange = [name for name in files_in(folder) if name not in {*listed, MANIFEST, SUMS}]
    return f"holds {strange[0]}, which is no part of a bundle" if strange else ""


def _listed(folder: Path) -> set[str] | None:
    """Read which files a bundle has; None where there is no bundle."""
    try:
        found: Any = json.loads((folder / MANIFEST).read_bytes())
        return {entry["path"] for entry in found["files"]} if found["form"] == FORM else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_AHEAD = 8
"""How many chunks may wait to be written."""


class _Output:
    """A file that is written in chunks, measured and hashed on the way.

    Attributes:
        size: How many bytes it has.
        hash: The hash of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.size = 0
        self.hash = hashlib.sha256()
        self._file = file

    def add(self, chunk: bytes) -> None:
        """Write a chunk of the content."""
        self._put(chunk)

    def end(self) -> None:
        """Write what comes after the content."""

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self.hash.update(data)
        self.size += len(data)


class _Packed(_Output):
    """A gzip file; its header (RFC 1952, section 2.3) names neither time nor system."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc = self._length = 0
        self._put(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")

    def add(self, chunk: bytes) -> None:
        """Compress a chunk of the content."""
        self._put(self._packer.compress(chunk))
        self._crc = zlib.crc32(chunk, self._crc)
        self._length += len(chunk)

    def end(self) -> None:
        """Write the rest, and the check values."""
        self._put(self._packer.flush())
        self._put(struct.pack("<II", self._crc, self._length & 0xFFFFFFFF))


def _to_all(outputs: Iterable[_Output], chunk: bytes) -> None:
    for output in outputs:
        output.add(chunk)
