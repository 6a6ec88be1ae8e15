"""The graph of a root as files, one for each RDF syntax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from ip5kg.atomic import make_folder, write_all_atomically
from ip5kg.errors import UnknownFormat
from ip5kg.formats import RDF_FORMATS, find_format
from ip5kg.publishing.pieces import Pieces, without_collections
from ip5kg.publishing.serialise import serialise
from ip5kg.resources import alignment_files, graph_files, graph_iri, shape_files
from ip5kg.turtle.reader import read_document

__all__ = ["EXTRAS", "export", "export_bytes", "gather", "read_graph"]

_STEM = "ip5kg"
_CAREFUL = "rdfxml"
"""The syntax that cannot hold every graph."""

EXTRAS = {"alignments": alignment_files, "shapes": shape_files}
"""What can be exported beside the ontology, its vocabularies and the data."""


def gather(root: Path, extras: Sequence[str] = ()) -> list[Quad]:
    """Read the graph from its files, each file into the named graph of its own.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
        extras: What to read beside the ontology, its vocabularies and the data; of ``EXTRAS``.

    Raises:
        UnknownFormat: When there is no such extra.
        RdfSyntaxError: When a file is not Turtle.
    """
    return [quad for path in _files(root, extras) for quad in read_graph(path, root)]


def _files(root: Path, extras: Sequence[str]) -> list[Path]:
    """List the files to read, each once."""
    files = graph_files(root)
    for extra in extras:
        if extra not in EXTRAS:
            possible = ", ".join(EXTRAS)
            raise UnknownFormat(f"There is no “{extra}” to export.", hint=f"Possible: {possible}.")
        files += EXTRAS[extra](root)
    return list(dict.fromkeys(files))


def read_graph(path: Path, root: Path) -> list[Quad]:
    """Read a file of a root into the named graph of its own.

    Raises:
        RdfSyntaxError: When it is not Turtle.
    """
    graph = NamedNode(graph_iri(path, root))
    quads = []
    for quad in read_document(path).quads:
        inside = graph if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
        quads.append(Quad(quad.subject, quad.predicate, quad.object, inside))
    return quads


def export(
    root: Path, folder: Path, formats: Sequence[str] = (), *, extras: Sequence[str] = ()
) -> list[Path]:
    """Write the graph into a folder, one file for each syntax.

    The files are written as one: a failure leaves those of an earlier export as they are.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
        folder: Where to write; it is made when it does not exist.
        formats: Names of ``RDF_FORMATS``; all of them by default.
        extras: What to write beside the ontology, its vocabularies and the data; of ``EXTRAS``.

    Returns:
        The files, in the order of the formats.

    Raises:
        UnknownFormat: When there is no such format or extra.
        RdfSyntaxError: When a file of the graph is not Turtle.
        OutputError: When a syntax cannot hold the graph, or the folder cannot be written.
    """
    wanted = [find_format(name, RDF_FORMATS) for name in dict.fromkeys(formats)] or RDF_FORMATS
    with without_collections():
        pieces = Pieces()
        for path in _files(root, extras):
            pieces.add(graph_iri(path, root), read_document(path).quads)
        whole = pieces.part()
        written = {
            folder / f"{_STEM}{row.suffix}": _begun(whole.write(row.name))
            if row.name == _CAREFUL
            else whole.write(row.name)
            for row in wanted
        }
        was_there = folder.exists()
        make_folder(folder)
        try:
            write_all_atomically(written)
        except BaseException:
            if not was_there:
                with suppress(OSError):
                    folder.rmdir()
            raise
    return list(written)


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Begin to write, so that what cannot be written is refused before there is a file."""
    return chain([next(chunks)], chunks)


def export_bytes(root: Path, syntax: str, *, extras: Sequence[str] = ()) -> bytes:
    """Return the graph in one syntax, for standard output.

    Raises:
        UnknownFormat: When there is no such format or extra.
        RdfSyntaxError: When a file of the graph is not Turtle.
        OutputError: When the syntax cannot hold the graph.
    """
    row = find_format(syntax, RDF_FORMATS)
    return serialise(gather(root, extras), row.name)
