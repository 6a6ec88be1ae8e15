"""The datasets of a bundle: themes, years, ontology, stored questions and tables, as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import Quad

from ip5kg.formats import RDF_FORMATS
from ip5kg.graph import KnowledgeGraph
from ip5kg.portal.tables import csvw, tables
from ip5kg.publishing.bundle import BundleWriter, Dataset, File
from ip5kg.publishing.entail import entailed
from ip5kg.publishing.export import read_graph
from ip5kg.publishing.extent import extent_of
from ip5kg.publishing.serialise import Prepared, serialise
from ip5kg.publishing.themes import Theme
from ip5kg.publishing.vocabulary import FILE_TYPES
from ip5kg.render.catalogue.openapi import openapi
from ip5kg.render.catalogue.turtle import turtle
from ip5kg.render.parquet import to_parquet
from ip5kg.render.results import to_csv
from ip5kg.resources import alignment_files, shape_files

__all__ = ["KEYWORDS", "YEARS", "Parts", "graph_files_of"]

KEYWORDS = ("IP5", "patents", "patent office", "knowledge graph", "linked data")
"""Words by which all of the bundle is found."""

YEARS = "meetings-by-year"
"""The dataset series of the meetings of each year."""

_ALL = tuple(row.name for row in RDF_FORMATS)
_FEW = ("turtle", "jsonld")


class Parts:
    """Makes the datasets beside the whole.

    Args:
        writer: Where their files go.
        whole: The dataset that they are parts of.
    """

    def __init__(self, writer: BundleWriter, whole: Dataset) -> None:
        self._writer = writer
        self._whole = whole

    def theme(self, theme: Theme, quads: list[Quad]) -> Dataset:
        """Write a theme in all syntaxes."""
        return self._part(theme, quads)._replace(
            files=graph_files_of(self._writer, f"themes/{theme.name}", quads)
        )

    def year(self, theme: Theme, quads: list[Quad]) -> Dataset:
        """Write the meetings of a year, which are few."""
        stem = f"years/{theme.name}"
        files = graph_files_of(self._writer, stem, quads, _FEW, gzip=False)
        return self._part(theme, quads)._replace(files=files, part_of="meetings", series=YEARS)

    def ontology(self, root: Path, terms: list[Quad]) -> Iterable[Dataset]:
        """Write the ontology with its vocabularies, the alignments and the shapes."""

        def read(files: list[Path]) -> list[Quad]:
            return [quad for path in files for quad in read_graph(path, root)]

        for name, title, description, quads in (
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
                read(alignment_files(root)),
            ),
            (
                "shapes",
                "SHACL shapes of the IP5 knowledge graph",
                "The constraints that the graph keeps, in SHACL.",
                read(shape_files(root)),
            ),
        ):
            if quads:
                theme = Theme(name, title, description, (name, *KEYWORDS), ("TECH",))
                part_of = self._whole.name if quads is terms else ""
                files = graph_files_of(self._writer, f"ontology/{name}", quads)
                yield self._part(theme, quads)._replace(files=files, part_of=part_of)

    def entailed(self, root: Path, quads: list[Quad], terms: list[Quad]) -> Dataset:
        """Write the graph with what it entails, which stands in a named graph of its own."""
        schema = [quad for path in alignment_files(root) for quad in read_graph(path, root)]
        more = [*quads, *entailed(quads, [*terms, *schema])]
        theme = Theme(
            "ip5kg-entailed",
            "Knowledge graph of the IP5 in the words of other vocabularies",
            "The graph with all that OWL 2 RL entails by the ontology and its alignments to W3C "
            "ORG, FOAF, PROV-O, SKOS, Dublin Core, schema.org and the RDF Data Cube.",
            ("ORG", "FOAF", "PROV-O", "schema.org", *KEYWORDS),
            self._whole.subjects,
        )
        files = graph_files_of(self._writer, "graph/ip5kg-entailed", more)
        return self._part(theme, more)._replace(files=files, part_of="")

    def queries(self, graph: KnowledgeGraph, version: str) -> Dataset:
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
            self._whole.extent,
            (
                *self._writer.offer("queries/queries", turtle_text.encode(), FILE_TYPES["turtle"]),
                *self._writer.offer("queries/openapi", api.encode(), FILE_TYPES["json"]),
            ),
        )

    def tables(self, graph: KnowledgeGraph) -> Iterable[Dataset]:
        """Write the flat tables, each as CSV with its description and as Parquet."""
        for table in tables(graph.store):
            stem = f"tables/{table.name}"
            text = to_csv(table.answer.solutions)
            files = self._writer.offer(stem, text.encode(), FILE_TYPES["csv"])
            parquet = to_parquet(table.answer, iris=True)
            files += self._writer.offer(stem, parquet, FILE_TYPES["parquet"], gzip=False)
            description = csvw(table, f"{table.name}.csv").encode()
            # Where readers of CSVW look for it (Model for Tabular Data, section 5.3).
            path = f"{stem}.csv-metadata.json"
            files.append(self._writer.write(path, description, "application/csvm+json"))
            yield Dataset(
                f"table-{table.name}",
                f"{table.title}: a table",
                table.description,
                (*table.keywords, *KEYWORDS),
                ("GOVE", "TECH"),
                self._whole.extent,
                tuple(files),
                part_of=self._whole.name,
            )

    def _part(self, theme: Theme, quads: list[Quad]) -> Dataset:
        return Dataset(
            theme.name,
            theme.title,
            theme.description,
            (*theme.keywords, "IP5"),
            theme.subjects,
            extent_of(quads, self._whole.extent),
            part_of=self._whole.name,
            triples=len({quad.triple for quad in quads}),
        )


def graph_files_of(
    writer: BundleWriter,
    stem: str,
    quads: list[Quad],
    syntaxes: Sequence[str] = _ALL,
    *,
    gzip: bool = True,
) -> tuple[File, ...]:
    """Write a graph, a file for each syntax, with gzip variants."""
    graph = Prepared(quads)
    return tuple(
        file
        for syntax in syntaxes
        for file in writer.offer(stem, serialise(graph, syntax), FILE_TYPES[syntax], gzip=gzip)
    )
