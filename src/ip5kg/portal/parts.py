"""The datasets of a bundle: themes, years, ontology, stored questions and tables, as files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from ip5kg.formats import RDF_FORMATS
from ip5kg.graph import KnowledgeGraph
from ip5kg.portal.tables import csvw, tables
from ip5kg.publishing.bundle import BundleWriter, Dataset, File
from ip5kg.publishing.entail import ENTAILED, entailed
from ip5kg.publishing.extent import Extent, extent_of
from ip5kg.publishing.pieces import Part, Pieces
from ip5kg.publishing.themes import Theme
from ip5kg.publishing.vocabulary import FILE_TYPES
from ip5kg.render.catalogue.openapi import openapi
from ip5kg.render.catalogue.turtle import turtle
from ip5kg.render.parquet import to_parquet
from ip5kg.render.results import to_csv
from ip5kg.resources import alignment_files, graph_iri, shape_files
from ip5kg.turtle.reader import read_document

__all__ = ["KEYWORDS", "YEARS", "Parts", "queries", "tables_of"]

KEYWORDS = ("IP5", "patents", "patent office", "knowledge graph", "linked data")
"""Words by which all of the bundle is found."""

YEARS = "meetings-by-year"
"""The dataset series of the meetings of each year."""

_ALL = tuple(row.name for row in RDF_FORMATS)
_FEW = ("turtle", "jsonld")
_TOGETHER = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_LAST_OF_ITS_KIND = {"trig", "nquads", "jsonld", "rdfxml"}


class _Job(NamedTuple):
    """A graph that is to be written: whose it is, where, and how."""

    dataset: str
    stem: str
    part: Part
    syntaxes: Sequence[str]
    gzip: bool


class Parts:
    """Makes the datasets that are graphs.

    Args:
        pieces: The files of the graph.
        whole: The dataset that they are parts of.
    """

    def __init__(self, pieces: Pieces, whole: Dataset) -> None:
        self._pieces = pieces
        self._whole = whole
        self._jobs: list[_Job] = []

    def whole(self, part: Part) -> Dataset:
        """Plan to write the whole in all syntaxes."""
        self._plan(self._whole.name, "graph/ip5kg", part)
        return self._whole

    def theme(self, theme: Theme, part: Part) -> Dataset:
        """Plan to write a theme in all syntaxes."""
        self._plan(theme.name, f"themes/{theme.name}", part)
        return self._part(theme, part)

    def year(self, theme: Theme, part: Part) -> Dataset:
        """Plan to write the meetings of a year, which are few."""
        self._plan(theme.name, f"years/{theme.name}", part, _FEW, gzip=False)
        return self._part(theme, part)._replace(part_of="meetings", series=YEARS)

    def written(self, datasets: Iterable[Dataset], writer: BundleWriter) -> list[Dataset]:
        """Write what was planned: a syntax after the other, so that pieces are shared.

        Returns:
            The datasets, with their files.
        """
        begun: dict[str, list[tuple[int, Future[list[File]]]]] = defaultdict(list)
        # What shares its pieces comes one after the other: TriG those of Turtle, for one.
        for syntax in sorted(_ALL, key=_TOGETHER.index):
            for job in self._jobs:
                if syntax in job.syntaxes:
                    chunks, kind = job.part.write(syntax), FILE_TYPES[syntax]
                    files = writer.begin(job.stem, chunks, kind, gzip=job.gzip)
                    begun[job.dataset].append((_ALL.index(syntax), files))
            if syntax in _LAST_OF_ITS_KIND:
                self._pieces.forget()
        return [
            dataset._replace(
                files=tuple(
                    file
                    for _, files in sorted(begun[dataset.name], key=itemgetter(0))
                    for file in files.result()
                )
            )
            for dataset in datasets
        ]

    def ontology(self, root: Path, terms: Part) -> Iterable[Dataset]:
        """Plan to write the ontology with its vocabularies, the alignments and the shapes."""
        for name, title, description, part in (
            (
                "ontology",
                "IP5 ontology and vocabularies",
                "The OWL Lite ontology in which the graph is written, with its SKOS vocabularies.",
                terms,
            ),
            (
                "alignments",
                "Alignments of the IP5 ontology",
                "How its terms relate to W3C ORG, FOAF, PROV-O, SKOS, schema.org and others.",
                self._read(root, alignment_files(root)),
            ),
            (
                "shapes",
                "SHACL shapes of the IP5 knowledge graph",
                "The constraints that the graph keeps, in SHACL.",
                self._read(root, shape_files(root)),
            ),
        ):
            if part.triples:
                theme = Theme(name, title, description, (name, *KEYWORDS), ("TECH",))
                part_of = self._whole.name if part is terms else ""
                self._plan(name, f"ontology/{name}", part)
                yield self._part(theme, part)._replace(part_of=part_of)

    def entailed(self, root: Path, whole: Part, terms: Part) -> Dataset:
        """Plan to write the graph with what it entails, which is a named graph of its own."""
        schema = self._read(root, alignment_files(root))
        found = entailed(whole.quads(), [*terms.quads(), *schema.quads()])
        self._pieces.add(ENTAILED.value, found)
        more = self._pieces.part([*whole.graphs, ENTAILED.value])
        theme = Theme(
            "ip5kg-entailed",
            "Knowledge graph of the IP5 in the words of other vocabularies",
            "The graph with all that OWL 2 RL entails by the ontology and its alignments to W3C "
            "ORG, FOAF, PROV-O, SKOS, Dublin Core, schema.org and the RDF Data Cube.",
            ("ORG", "FOAF", "PROV-O", "schema.org", *KEYWORDS),
            self._whole.subjects,
        )
        self._plan(theme.name, "graph/ip5kg-entailed", more)
        return self._part(theme, more)._replace(part_of="")

    def _read(self, root: Path, files: Iterable[Path]) -> Part:
        graphs = {graph_iri(path, root): path for path in files}
        for graph, path in graphs.items():
            self._pieces.add(graph, read_document(path).quads)
        return self._pieces.part(graphs)

    def _plan(
        self,
        dataset: str,
        stem: str,
        part: Part,
        syntaxes: Sequence[str] = _ALL,
        *,
        gzip: bool = True,
    ) -> None:
        self._jobs.append(_Job(dataset, stem, part, syntaxes, gzip))

    def _part(self, theme: Theme, part: Part) -> Dataset:
        return Dataset(
            theme.name,
            theme.title,
            theme.description,
            (*theme.keywords, "IP5"),
            theme.subjects,
            extent_of(part.said(), self._whole.extent),
            part_of=self._whole.name,
            triples=part.triples,
        )


def queries(writer: BundleWriter, graph: KnowledgeGraph, version: str, extent: Extent) -> Dataset:
    """Write the catalogue of the stored questions."""
    questions = graph.queries.all()
    choices = {
        (question.name, parameter.name): graph.choices(question.name, parameter.name)
        for question in questions
        for parameter in question.parameters
        if parameter.enumerated
    }
    turtle_text = turtle(questions, version, choices)
    api = openapi(questions, version, choices)
    return Dataset(
        "queries",
        "Stored questions to the knowledge graph of the IP5",
        "SPARQL queries with their parameters and columns, as RDF and as OpenAPI 3.1.",
        ("SPARQL", "queries", *KEYWORDS),
        ("TECH",),
        extent,
        (
            *writer.offer("queries/queries", turtle_text.encode(), FILE_TYPES["turtle"]),
            *writer.offer("queries/openapi", api.encode(), FILE_TYPES["json"]),
        ),
    )


def tables_of(writer: BundleWriter, graph: KnowledgeGraph, whole: Dataset) -> Iterable[Dataset]:
    """Write the flat tables, each as CSV with its description and as Parquet."""
    for table in tables(graph.store):
        stem = f"tables/{table.name}"
        text = to_csv(table.answer.solutions)
        files = writer.offer(stem, text.encode(), FILE_TYPES["csv"])
        parquet = to_parquet(table.answer, iris=True)
        files += writer.offer(stem, parquet, FILE_TYPES["parquet"], gzip=False)
        description = csvw(table, f"{table.name}.csv").encode()
        # Where readers of CSVW look for it (Model for Tabular Data, section 5.3).
        path = f"{stem}.csv-metadata.json"
        files.append(writer.write(path, description, "application/csvm+json"))
        yield Dataset(
            f"table-{table.name}",
            f"{table.title}: a table",
            table.description,
            (*table.keywords, *KEYWORDS),
            ("GOVE", "TECH"),
            whole.extent,
            tuple(files),
            part_of=whole.name,
        )
