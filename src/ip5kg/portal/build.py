"""Making a bundle for portals: the graph in parts, tables, and all that describes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Quad, Triple

from ip5kg.answers.frames import need
from ip5kg.folders import FolderReplacement
from ip5kg.graph import KnowledgeGraph
from ip5kg.names import BASE, IP5, PREFIXES
from ip5kg.portal.parts import KEYWORDS, YEARS, Parts, queries, tables_of
from ip5kg.publishing.addresses import checked_address, checked_folder
from ip5kg.publishing.bundle import SUMS, Bundle, BundleWriter, Dataset, objection
from ip5kg.publishing.dcat import catalogue
from ip5kg.publishing.extent import extent_of, places_of
from ip5kg.publishing.landing import citation, landing_page, schema_org
from ip5kg.publishing.pieces import Part, Pieces, without_collections
from ip5kg.publishing.project import changes_of, project_of, state_of
from ip5kg.publishing.serialise import serialise
from ip5kg.publishing.service import describe_service
from ip5kg.publishing.themes import themes, yearly
from ip5kg.publishing.vocabulary import FILE_TYPES, PORTAL, WORDS
from ip5kg.publishing.void import Counts, count, describe_void
from ip5kg.querybook import QueryBook
from ip5kg.resources import graph_files, graph_iri, note_file
from ip5kg.turtle.reader import read_document

__all__ = ["DEFAULT_BASE_URL", "build"]

DEFAULT_BASE_URL = PORTAL
"""Where the files are said to lie when nothing else is said."""

_DESCRIPTION = (
    "The co-operation of the world's five largest patent offices (EPO, JPO, KIPO, since 2025 MOIP, "
    "CNIPA and USPTO) as linked data: the offices and their names over time, the people who led "
    "them, every meeting and who took part for whom, the industry associations, the initiatives "
    "with their life-cycle, what was said and decided, and the statistics, each fact with its "
    "source."
)
_THINGS = (f"{BASE}id/", f"{BASE}scheme/", f"{BASE}graph/")


def build(
    root: Path,
    folder: Path,
    *,
    base_url: str | None = None,
    endpoint: str | None = None,
    entail: bool = False,
) -> list[str]:
    """Write a bundle into a folder, which is the old one or the new one as a whole.

    Args:
        root: The folder with ``ontology/``, ``data/`` and ``queries/``.
        folder: Where to write: nothing, an empty folder or an earlier bundle.
        base_url: Where the files will lie.
        endpoint: The SPARQL endpoint that answers for the graph, where there is one.
        entail: Whether to write as well what the alignments entail.

    Returns:
        The paths of the files in the folder.

    Raises:
        ParameterError: When an address is none.
        MissingDependency: When pyarrow is not installed.
        QueryError: When a stored query is not well-formed.
        RdfSyntaxError: When a file of the graph is not Turtle.
        OutputError: When a syntax cannot hold the graph, or the folder cannot be written.
    """
    base_url = checked_folder(DEFAULT_BASE_URL if base_url is None else base_url)
    endpoint = "" if endpoint is None else checked_address(endpoint, "endpoint_url")
    # What would stop the tables, which come last, is found at once.
    need("pyarrow.parquet", "Files of Parquet", "'ip5kg[tables]'")
    QueryBook(root).all()
    with (
        FolderReplacement(folder, objection) as place,
        BundleWriter(place) as writer,
        without_collections(),
    ):
        _write(root, writer, base_url, endpoint, entail=entail)
    return [*sorted(file.path for file in writer.files), SUMS]


def _write(root: Path, writer: BundleWriter, base_url: str, endpoint: str, *, entail: bool) -> None:
    """Write all files of a bundle."""
    pieces = Pieces()
    for path in graph_files(root):
        pieces.add(graph_iri(path, root), read_document(path).quads)
    everything = pieces.part()
    project, date = project_of(everything.said()), state_of(everything.said())
    counts = count(everything.said())
    extent = extent_of(everything.said())._replace(places=places_of(everything.said()))
    whole = Dataset(
        "ip5kg",
        "Knowledge graph of the IP5",
        _DESCRIPTION,
        KEYWORDS,
        ("GOVE", "TECH"),
        extent,
        triples=counts.triples,
    )
    parts = Parts(pieces, whole)
    divided = themes(root)

    def of(files: Iterable[Path]) -> Part:
        return pieces.part(graph_iri(path, root) for path in files)

    datasets = [parts.whole(everything), *(parts.theme(one, of(one.files)) for one in divided)]
    datasets += [parts.year(theme, of(theme.files)) for theme in yearly(root)]
    data = {path for theme in divided for path in theme.files}
    terms = of(path for path in graph_files(root) if path not in data)
    datasets += parts.ontology(root, terms)
    if entail:
        datasets.append(parts.entailed(root, everything, terms))
    datasets = parts.written(datasets, writer)
    named = everything.sizes()
    # The engine, which makes the tables, takes as much memory again.
    del everything, parts, terms, of
    pieces.clear()
    graph = KnowledgeGraph(root)
    datasets.append(queries(writer, graph, project.version, extent))
    datasets += tables_of(writer, graph, whole)
    bundle = Bundle(
        base_url=base_url,
        endpoint=endpoint,
        title=whole.title,
        description=whole.description,
        version=project.version,
        changes=changes_of(root, project.version),
        publisher=project.publisher,
        contact=project.contact,
        date=date,
        issued=project.issued,
        provenance=_provenance(counts.classes),
        whole=datasets[0],
        datasets=tuple(datasets),
        series={YEARS: ("Meetings of the IP5 by year", "A dataset for the meetings of each year.")}
        if any(dataset.series for dataset in datasets)
        else {},
    )
    _describe(bundle, writer, named, counts)
    for name, media_type in (("LICENSE-DATA", "text/plain"), ("CHANGELOG.md", "text/markdown")):
        note = note_file(root, name)
        if note is not None:
            writer.write(name, note.read_bytes(), media_type)
    writer.finish(base_url, project.version)


def _describe(
    bundle: Bundle, writer: BundleWriter, graphs: Mapping[str, int], counts: Counts
) -> None:
    """Write the descriptions, in the syntaxes in which portals ask for them."""
    void = describe_void(bundle, counts, _vocabularies(counts))
    described = {
        "catalogue": (catalogue(bundle), ("turtle", "rdfxml", "jsonld")),
        "void": (void, ("turtle",)),
        "service": (describe_service(bundle, graphs), ("turtle",)),
    }
    for name, (triples, syntaxes) in described.items():
        for syntax in syntaxes:
            kind = FILE_TYPES[syntax]
            data = serialise(_quads(triples), syntax, WORDS)
            writer.write(name + kind.suffix, data, kind.media_type)
    data = serialise(_quads(void), "turtle", WORDS)
    writer.write(".well-known/void", data, FILE_TYPES["turtle"].media_type)
    writer.write("dataset.jsonld", schema_org(bundle).encode(), "application/ld+json")
    writer.write("index.html", landing_page(bundle).encode(), "text/html")
    writer.write("CITATION.cff", citation(bundle).encode(), "application/yaml")


def _quads(triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(*triple) for triple in triples]


def _vocabularies(counts: Counts) -> set[str]:
    """Find the namespaces of the vocabularies whose properties and classes are used."""
    names = {*counts.properties, *counts.classes}
    return {
        namespace
        for namespace in PREFIXES.values()
        if any(name.startswith(namespace) for name in names) and not namespace.startswith(_THINGS)
    }


def _provenance(classes: Mapping[str, int]) -> str:
    """Say where the facts come from, in numbers."""
    documents, passages = (classes.get(IP5 + name, 0) for name in ("Source", "Passage"))
    return (
        f"Facts, names, titles and locators taken from {documents} public documents, by "
        f"{passages} passages, which every assertion cites; no sentence of a source is stored. "
        "Each assertion states how well the sources bear it out; where sources disagree, each "
        "statement stands with its source."
    )
