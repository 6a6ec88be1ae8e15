"""Where the knowledge lies: in a wheel beside this module, in a checkout two folders up.

A *root* is any folder with ``ontology/``, ``data/`` and ``queries/`` in it. This is the only
module that knows the folder names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ip5kg.errors import ResourceMissing
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
]

_PACKAGE = Path(__file__).parent
_FOLDERS = ("ontology", "data", "queries")
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
        bundled = _PACKAGE / "knowledge"
        folder = bundled if bundled.is_dir() else _PACKAGE.parents[1]
    for name in _FOLDERS:
        if not (folder / name).is_dir():
            raise ResourceMissing(
                f"The folder {folder} has no {name}/ in it.",
                hint="Name a folder that holds ontology/, data/ and queries/.",
            )
    return folder


def _files(folder: Path, suffix: str) -> list[Path]:
    """List the files below a folder that end with the suffix, sorted by path."""
    found = [
        os.path.join(where, name)
        for where, _, names in os.walk(folder)
        for name in names
        if name.endswith(suffix)
    ]
    return [Path(path) for path in sorted(found)]


def graph_files(root: Path) -> list[Path]:
    """List what makes up the graph: the ontology, its vocabularies and the data."""
    ontology = root / "ontology"
    return [
        *sorted(ontology.glob("*.ttl")),
        *_files(ontology / "vocabularies", ".ttl"),
        *_files(root / "data", ".ttl"),
    ]


def data_files(root: Path) -> dict[str, Path]:
    """Map the path of each data file below the folder of the data, with slashes, to the file."""
    folder = root / "data"
    return {path.relative_to(folder).as_posix(): path for path in _files(folder, ".ttl")}


def note_file(root: Path, name: str) -> Path | None:
    """Find a text that stands beside the knowledge: the licence of the data, the changes."""
    path = root / name
    return path if path.is_file() else None


def alignment_files(root: Path) -> list[Path]:
    """List the files that tie the ontology to other vocabularies."""
    return _files(root / "ontology" / "alignments", ".ttl")


def shape_files(root: Path) -> list[Path]:
    """List the SHACL shapes graphs."""
    return _files(root / "ontology" / "shapes", ".ttl")


def check_files(root: Path) -> list[Path]:
    """List the ontology checks, stored as SPARQL."""
    return _files(root / "ontology" / "checks", ".rq")


def query_files(root: Path) -> dict[str, Path]:
    """Map the name of each stored query to its file; the folder in between is its theme."""
    return {path.stem: path for path in _files(root / "queries", ".rq")}


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
    header = knowledge_root(root) / "ontology" / "ip5.ttl"
    found = _VERSION.search(header.read_text(encoding="utf-8"))
    if found is None:
        raise ResourceMissing(f"The file {header} states no owl:versionInfo.")
    return found.group(1)
