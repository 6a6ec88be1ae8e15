"""Where the knowledge lies, and what a root holds: as paths, IRIs and versions.

``ip5kg.layout`` knows the folders.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ip5kg.errors import ResourceMissing
from ip5kg.layout import (
    FOLDERS,
    alignment_names,
    bundled_root,
    check_names,
    data_folder,
    data_names,
    graph_names,
    header_name,
    query_names,
    shape_names,
    words_name,
)
from ip5kg.names import GRAPH

__all__ = [
    "alignment_files",
    "check_files",
    "data_files",
    "graph_files",
    "graph_iri",
    "knowledge_root",
    "note_file",
    "query_files",
    "shape_files",
    "shown",
    "version",
    "words_file",
]

_TO_ESCAPE = re.compile(rb"[^A-Za-z0-9._~/-]")
_VERSION = re.compile(r'owl:versionInfo\s+"([^"]+)"')


def knowledge_root(folder: Path | None = None) -> Path:
    """Return the folder that holds the knowledge.

    Args:
        folder: A root given by the user; by default the one that came with the package.

    Raises:
        ResourceMissing: When the folder lacks ``ontology/``, ``data/`` or ``queries/``.
    """
    if folder is None:
        folder = Path(bundled_root())
    for name in FOLDERS:
        if not (folder / name).is_dir():
            raise ResourceMissing(
                f"The folder {folder} has no {name}/ in it.",
                hint="Name a folder that holds ontology/, data/ and queries/.",
            )
    return folder


def graph_files(root: Path) -> list[Path]:
    """List what makes up the graph: the ontology, its vocabularies and the data."""
    return [Path(name) for name in graph_names(os.fspath(root))]


def data_files(root: Path) -> dict[str, Path]:
    """Map the path of each data file below the folder of the data, with slashes, to the file."""
    folder = data_folder(os.fspath(root))
    paths = [Path(name) for name in data_names(os.fspath(root))]
    return {path.relative_to(folder).as_posix(): path for path in paths}


def note_file(root: Path, name: str) -> Path | None:
    """Find a text that stands beside the knowledge: the licence of the data, the changes."""
    path = root / name
    return path if path.is_file() else None


def alignment_files(root: Path) -> list[Path]:
    """List the files that tie the ontology to other vocabularies."""
    return [Path(name) for name in alignment_names(os.fspath(root))]


def shape_files(root: Path) -> list[Path]:
    """List the SHACL shapes graphs."""
    return [Path(name) for name in shape_names(os.fspath(root))]


def check_files(root: Path) -> list[Path]:
    """List the ontology checks, stored as SPARQL."""
    return [Path(name) for name in check_names(os.fspath(root))]


def words_file(root: Path) -> Path | None:
    """Find the words that are right though they look misspelt; without them none is looked for."""
    path = Path(words_name(os.fspath(root)))
    return path if path.is_file() else None


def query_files(root: Path) -> dict[str, Path]:
    """Map the name of each stored query to its file; the folder in between is its theme."""
    return {name: Path(path) for name, path in query_names(os.fspath(root)).items()}


def graph_iri(path: Path, root: Path) -> str:
    """Return the IRI of the named graph that holds the triples of a file.

    A file outside the root gets the graph of its name.
    """
    absolute, top = os.path.abspath(path), os.path.abspath(root) + os.sep
    inside = absolute.startswith(top)
    name = absolute[len(top) :] if inside else os.path.basename(absolute)
    stem = os.path.splitext(name)[0].replace(os.sep, "/")
    return GRAPH + _TO_ESCAPE.sub(lambda found: b"%%%02X" % found[0][0], os.fsencode(stem)).decode()


def shown(path: Path) -> str:
    """Name a file in a message, in one way whichever command reads it.

    Below the current folder that is how it is called from there, elsewhere its whole path.
    """
    try:
        absolute, here = os.path.abspath(path), os.getcwd()
    except OSError:
        # The current folder has been deleted.
        return str(path)
    return absolute if here == os.sep else absolute.removeprefix(here + os.sep)


def version(root: Path | None = None) -> str:
    """Return the version, which is written in the ontology's header and nowhere else.

    Raises:
        ResourceMissing: When the header holds none.
    """
    header = Path(header_name(os.fspath(knowledge_root(root))))
    found = _VERSION.search(header.read_text(encoding="utf-8"))
    if found is None:
        raise ResourceMissing(f"The file {header} states no owl:versionInfo.")
    return found.group(1)
