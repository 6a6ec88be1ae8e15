"""The table of formats: which exist, how their files end, and what they can hold."""

from __future__ import annotations

from typing import NamedTuple

from ip5kg.errors import UnknownFormat

__all__ = [
    "FINDING_FORMATS",
    "PICTURE_FORMATS",
    "RDF_FORMATS",
    "TABLE_FORMATS",
    "Format",
    "find_format",
    "format_of_name",
    "format_of_suffix",
]


class Format(NamedTuple):
    """One way of writing a result down.

    Attributes:
        name: The name on the command line.
        suffix: How its files end, with the dot.
        media_type: The registered media type.
        label: The name for people.
        named_graphs: Whether it keeps the named graph of each triple.
        binary: Whether it is no text, and so nothing for a terminal.
    """

    name: str
    suffix: str
    media_type: str
    label: str
    named_graphs: bool = False
    binary: bool = False


RDF_FORMATS = (
    Format("turtle", ".ttl", "text/turtle", "Turtle"),
    Format("ntriples", ".nt", "application/n-triples", "N-Triples"),
    Format("nquads", ".nq", "application/n-quads", "N-Quads", named_graphs=True),
    Format("trig", ".trig", "application/trig", "TriG", named_graphs=True),
    Format("jsonld", ".jsonld", "application/ld+json", "JSON-LD"),
    Format("rdfxml", ".rdf", "application/rdf+xml", "RDF/XML"),
)
"""RDF syntaxes, for whole graphs and for the answers of CONSTRUCT and DESCRIBE."""

TABLE_FORMATS = (
    Format("table", ".txt", "text/plain", "table for people"),
    Format("csv", ".csv", "text/csv", "SPARQL 1.1 results as CSV"),
    Format("tsv", ".tsv", "text/tab-separated-values", "SPARQL 1.1 results as TSV"),
    Format("json", ".json", "application/sparql-results+json", "SPARQL 1.1 results as JSON"),
    Format("md", ".md", "text/markdown", "Markdown table"),
    Format("records", ".records.json", "application/json", "JSON records"),
    Format("html", ".html", "text/html", "page for a browser"),
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "workbook",
        binary=True,
    ),
    Format("parquet", ".parquet", "application/vnd.apache.parquet", "Apache Parquet", binary=True),
)
"""Formats for the answers of SELECT and ASK."""

PICTURE_FORMATS = (
    Format("svg", ".svg", "image/svg+xml", "picture as SVG"),
    Format("png", ".png", "image/png", "picture as PNG", binary=True),
    Format("html", ".html", "text/html", "page with picture and table"),
)
"""Formats for the answers of SELECT as pictures."""

FINDING_FORMATS = (
    Format("text", ".txt", "text/plain", "report for people"),
    Format("github", ".txt", "text/plain", "workflow commands of GitHub Actions"),
    Format("sarif", ".sarif", "application/sarif+json", "SARIF 2.1.0"),
    Format("junit", ".xml", "application/xml", "JUnit XML"),
    Format("html", ".html", "text/html", "page for a browser"),
    Format("json", ".json", "application/json", "list of findings as JSON"),
    Format("turtle", ".ttl", "text/turtle", "sh:ValidationReport as Turtle"),
)
"""Formats for validation reports."""


def find_format(name: str, among: tuple[Format, ...]) -> Format:
    """Find a format by name.

    Raises:
        UnknownFormat: With the list of what is possible.
    """
    for candidate in among:
        if candidate.name == name:
            return candidate
    possible = ", ".join(candidate.name for candidate in among)
    raise UnknownFormat(f"There is no format “{name}” here.", hint=f"Possible: {possible}.")


def format_of_suffix(suffix: str) -> Format | None:
    """Find the RDF syntax whose files end with the suffix, or return None."""
    for candidate in RDF_FORMATS:
        if candidate.suffix == suffix.lower():
            return candidate
    return None


def format_of_name(name: str) -> Format | None:
    """Find the format of an answer by the name of its file, or return None.

    What ends with .html is a table, and becomes a page with a picture where a view is asked for.
    """
    fitting = [one for one in _NAMED if name.lower().endswith(one.suffix)]
    return max(fitting, key=lambda one: len(one.suffix), default=None)


_NAMED = (*TABLE_FORMATS, *(one for one in PICTURE_FORMATS if one.name != "html"), *RDF_FORMATS)
