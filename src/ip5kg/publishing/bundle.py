"""A bundle: the files that a portal takes, and what is known of each of them.

``bundle.json`` lists all files with size, media type and checksum; ``SHA256SUMS`` is what
``sha256sum --check`` reads. A folder is a bundle of ours when the list fits what lies in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from ip5kg.publishing.extent import Extent
from ip5kg.publishing.outputs import Output, Packed, Place
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
    "files_in",
    "manifest",
    "objection",
]

MANIFEST = "bundle.json"
SUMS = "SHA256SUMS"
FORM = "ip5kg portal bundle 1"
"""What the manifest says of itself."""

_Result = TypeVar("_Result")

_AHEAD = 8
"""How many steps may wait, most of which are for a chunk of some megabytes."""

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


class BundleWriter:
    """Writes the files of a bundle in a block, and keeps account of them.

    Args:
        place: Where to write.

    Attributes:
        files: What has been written.
    """

    def __init__(self, place: Place) -> None:
        self.files: list[File] = []
        self._place = place
        # Compressing, hashing and writing go on while the next chunk is made.
        self._pool = ThreadPoolExecutor(1)
        self._open = ExitStack()
        self._waiting: deque[Future[Any]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._open.close()

    def write(self, path: str, data: bytes, media_type: str) -> File:
        """Write a file that is no distribution."""
        return self._add(File(path, len(data), _digest(data), media_type), data)

    def offer(self, stem: str, data: bytes, kind: FileType, *, gzip: bool = True) -> list[File]:
        """Write a distribution, and its gzip variant.

        Args:
            stem: Its path without suffix.
            data: Its content.
            kind: Its type, which has the suffix.
            gzip: Whether there shall be a gzip variant.

        Raises:
            OutputError: When it cannot be written.
        """
        return self.begin(stem, [data], kind, gzip=gzip).result()

    def begin(
        self, stem: str, chunks: Iterable[bytes], kind: FileType, *, gzip: bool = True
    ) -> Future[list[File]]:
        """Write a distribution whose content comes in chunks, of which the last are under way.

        Args:
            stem: Its path without suffix.
            chunks: Its content.
            kind: Its type, which has the suffix.
            gzip: Whether there shall be a gzip variant.

        Returns:
            What will be the files.

        Raises:
            OutputError: When it, or what was begun before it, cannot be written.
        """
        path = stem + kind.suffix
        outputs: list[Output] = [Output(self._place, path)]
        if gzip:
            outputs.append(Packed(self._place, f"{path}.gz"))
        for output in outputs:
            self._open.callback(output.close)
        for chunk in chunks:
            for output in outputs:
                self._soon(output.add, chunk)

        def finished() -> list[File]:
            written = []
            for output in outputs:
                output.end()
                is_packed = isinstance(output, Packed)
                digest = output.hash.hexdigest()
                written.append(
                    File(output.path, output.size, digest, kind.media_type, kind, is_packed)
                )
            self.files += written
            return written

        return self._soon(finished)

    def _soon(self, task: Callable[..., _Result], *arguments: object) -> Future[_Result]:
        """Do something after what was begun before, not too much of which waits."""
        future = self._pool.submit(task, *arguments)
        self._waiting.append(future)
        while len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()
        return future

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
