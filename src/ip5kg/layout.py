"""The folders of a root, as names of files. No other module knows what the folders are called.

A *root* is any folder with ``ontology/``, ``data/`` and ``queries/`` in it. Names are texts here:
to import pathlib takes as long as to give an answer that is remembered.
"""

from __future__ import annotations

import os

__all__ = [
    "FOLDERS",
    "alignment_names",
    "bundled_root",
    "check_names",
    "data_folder",
    "data_names",
    "graph_names",
    "header_name",
    "query_names",
    "shape_names",
    "words_name",
]

FOLDERS = ("ontology", "data", "queries")
"""What every root has."""

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def bundled_root() -> str:
    """Return the root that came with the package: in a wheel in it, in a checkout two folders up.

    Whether it is whole is for others to see.
    """
    bundled = os.path.join(_PACKAGE, "knowledge")
    return bundled if os.path.isdir(bundled) else os.path.dirname(os.path.dirname(_PACKAGE))


def graph_names(root: str) -> list[str]:
    """List what makes up the graph: the ontology, its vocabularies and the data."""
    ontology = os.path.join(root, "ontology")
    try:
        core = sorted(name for name in os.listdir(ontology) if name.endswith(".ttl"))
    except OSError:
        core = []
    return [
        *(os.path.join(ontology, name) for name in core),
        *_names(os.path.join(ontology, "vocabularies"), ".ttl"),
        *data_names(root),
    ]


def header_name(root: str) -> str:
    """Name the file that holds the header of the ontology."""
    return os.path.join(root, "ontology", "ip5.ttl")


def data_folder(root: str) -> str:
    """Name the folder of the data."""
    return os.path.join(root, "data")


def data_names(root: str) -> list[str]:
    """List the data files."""
    return _names(data_folder(root), ".ttl")


def alignment_names(root: str) -> list[str]:
    """List the files that tie the ontology to other vocabularies."""
    return _names(os.path.join(root, "ontology", "alignments"), ".ttl")


def shape_names(root: str) -> list[str]:
    """List the SHACL shapes graphs."""
    return _names(os.path.join(root, "ontology", "shapes"), ".ttl")


def check_names(root: str) -> list[str]:
    """List the ontology checks, stored as SPARQL."""
    return _names(os.path.join(root, "ontology", "checks"), ".rq")


def words_name(root: str) -> str:
    """Name the file of the words that are right though they look misspelt; it need not be there."""
    return os.path.join(root, "ontology", "checks", "words.txt")


def query_names(root: str) -> dict[str, str]:
    """Map the name of each stored query to its file; the folder in between is its theme."""
    found = _names(os.path.join(root, "queries"), ".rq")
    return {os.path.splitext(os.path.basename(name))[0]: name for name in found}


def _names(folder: str, suffix: str) -> list[str]:
    """List the files below a folder that end with the suffix, sorted by path."""
    return sorted(
        os.path.join(where, name)
        for where, _, names in os.walk(folder)
        for name in names
        if name.endswith(suffix)
    )
