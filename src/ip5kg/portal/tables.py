"""Flat tables of the graph, from the queries that stand in ``tables/`` beside this module.

Things stand there by IRI; where one has an English label, a column with labels follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.answers.columns import Column
from ip5kg.querybook.header import StoredQuery, read_query
from ip5kg.store import GraphStore, Solutions

__all__ = ["Table", "csvw", "tables"]

_FOLDER = Path(__file__).parent / "tables"
_KINDS = {
    "boolean": "boolean",
    "integer": "integer",
    "decimal": "decimal",
    "double": "double",
    "date": "date",
    "datetime": "dateTime",
    "instant": "dateTime",
    "year": "gYear",
}
_ORDER = ("offices", "officials", "meetings", "attendance", "initiatives", "statistics")


class Table(NamedTuple):
    """A flat table.

    Attributes:
        name: A word for its files.
        title: Its name for people.
        description: What its rows are.
        keywords: Words to find it by.
        columns: Name of each column → its meaning.
        answer: The rows.
    """

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    columns: dict[str, str]
    answer: Answer


def tables(store: GraphStore) -> Iterator[Table]:
    """Make the tables; those without rows are left out."""
    for name in _ORDER:
        query = read_query(_FOLDER / f"{name}.rq")
        solutions = store.select(query.text)
        if not solutions.rows:
            continue
        iris = {term.value for row in solutions.rows for term in row if isinstance(term, NamedNode)}
        labels = store.labels(sorted(iris))
        columns, labelled = _labelled(query, solutions, labels)
        yield Table(
            name=name,
            title=query.summary,
            description=query.description,
            keywords=tuple(tag.replace("-", " ") for tag in query.tags),
            columns=columns,
            answer=Answer(labelled, labels, query.text),
        )


def csvw(table: Table, url: str) -> str:
    """Describe the CSV file of a table as CSVW does (Metadata Vocabulary for Tabular Data).

    Args:
        table: The table.
        url: The CSV file, relative to the description.
    """
    columns = [_column(column, table) for column in table.answer.typed_columns(iris=True)]
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": table.title,
        "dc:description": table.description,
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "tableSchema": {"columns": columns},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _column(column: Column, table: Table) -> dict[str, Any]:
    place = table.answer.columns.index(column.name)
    terms = {type(row[place]) for row in table.answer.solutions.rows} - {type(None)}
    kind = "anyURI" if terms == {NamedNode} else _KINDS.get(column.kind, "string")
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": table.columns[column.name],
        "datatype": kind,
    }


def _labelled(
    query: StoredQuery, solutions: Solutions, labels: dict[str, str]
) -> tuple[dict[str, str], Solutions]:
    """Put a column of labels after each column whose things have some."""
    columns: dict[str, str] = {}
    chosen: list[tuple[int, bool]] = []
    meanings = {column.name: column.description for column in query.columns}
    for place, name in enumerate(solutions.variables):
        terms = {row[place] for row in solutions.rows}
        columns[name] = meanings[name]
        chosen.append((place, False))
        if any(isinstance(term, NamedNode) and term.value in labels for term in terms):
            columns[f"{name}Label"] = f"The label of the column {name}, in English."
            chosen.append((place, True))
    rows = []
    for row in solutions.rows:
        made = []
        for place, is_label in chosen:
            term = row[place]
            if is_label:
                label = labels.get(term.value) if isinstance(term, NamedNode) else None
                term = Literal(label) if label is not None else None
            made.append(term)
        rows.append(tuple(made))
    return columns, Solutions(tuple(columns), rows)
