"""The answer to a SELECT query: rows, and what they become in other libraries."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import BlankNode, NamedNode

from ip5kg.store import GraphStore, Solutions
from ip5kg.terms import Term, to_python

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from matplotlib.figure import Figure

    from ip5kg.answers.columns import Column
    from ip5kg.answers.pictures import Picture

__all__ = ["Answer"]

_MOST_IN_NOTEBOOKS = 100


class Answer(Sequence[Any]):
    """Rows as named tuples of Python values, with the terms they came from.

    Attributes:
        columns: The names of the columns.
        solutions: The rows as RDF terms.
        labels: IRI → English label, for each IRI in the rows and in what was given.
        text: The query that it answers; empty when that is not known.
        given: The name of a parameter of the stored query → the terms that it was given.
    """

    def __init__(
        self,
        solutions: Solutions,
        labels: dict[str, str],
        text: str = "",
        given: Mapping[str, Sequence[Term]] | None = None,
    ) -> None:
        self.solutions = solutions
        self.given = dict(given or {})
        self.text = text
        self.columns = solutions.variables
        self.labels = labels
        self._typed: dict[bool, list[Column]] = {}

    @cached_property
    def _rows(self) -> list[Any]:
        # A column named like a keyword of Python gets an underscore, as PEP 8 has it: from_.
        names = [f"{name}_" if iskeyword(name) else name for name in self.solutions.variables]
        row = namedtuple("Row", names, rename=True)  # type: ignore[misc] # noqa: PYI024
        return [
            row(*(to_python(term, self.labels) for term in terms)) for terms in self.solutions.rows
        ]

    @classmethod
    def of(
        cls,
        solutions: Solutions,
        store: GraphStore,
        text: str = "",
        given: Mapping[str, Sequence[Term]] | None = None,
    ) -> Answer:
        """Make an answer of the solutions of a query, with the labels that the store has.

        Blank nodes, whose names mean nothing outside of the answer and are others each time, are
        numbered in the order of the rows.
        """
        said = (term for terms in (given or {}).values() for term in terms)
        iris = {term.value for term in said if isinstance(term, NamedNode)}
        names: dict[str, BlankNode] = {}
        for terms in solutions.rows:
            for term in terms:
                if isinstance(term, NamedNode):
                    iris.add(term.value)
                elif isinstance(term, BlankNode):
                    names.setdefault(term.value, BlankNode(f"b{len(names)}"))
        if names:
            rows = [
                tuple(names[term.value] if isinstance(term, BlankNode) else term for term in terms)
                for terms in solutions.rows
            ]
            solutions = Solutions(solutions.variables, rows)
        return cls(solutions, store.labels(sorted(iris)), text, given)

    def __len__(self) -> int:
        return len(self.solutions.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """Return the first rows as a table of HTML, for notebooks."""
        from ip5kg.answers.markup import html_table

        shown = self.solutions.rows[:_MOST_IN_NOTEBOOKS]
        caption = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        if len(shown) < len(self):
            caption += f", of which the first {len(shown)} are shown"
        return "\n".join(
            html_table(self.columns, shown, self.labels, right=self.numeric(), caption=caption)
        )

    def numeric(self) -> set[int]:
        """Find the columns that hold numbers alone, counted from 0."""
        found = set()
        for number in range(len(self.columns)):
            kinds = {type(row[number]) for row in self._rows} - {type(None)}
            if kinds and kinds <= {int, float, Decimal}:
                found.add(number)
        return found

    def typed_columns(self, *, iris: bool = False) -> list[Column]:
        """Return the columns with one type each, which their values have or else are texts.

        Args:
            iris: Let things be their IRIs, not their labels.
        """
        from ip5kg.answers.columns import columns_of

        if iris not in self._typed:
            rows = self.solutions.rows
            self._typed[iris] = columns_of(self.columns, rows, self.labels, iris=iris)
        return list(self._typed[iris])

    def to_pandas(self, *, iris: bool = False) -> pd.DataFrame:
        """Return the rows as a pandas data frame, in their order.

        Dates are ``datetime64``, whole numbers and years integers, decimals floating-point numbers.
        A column that holds values of several types, such as days and months, is one of texts.

        Args:
            iris: Let things be their IRIs, not their labels.

        Raises:
            MissingDependency: When pandas is not installed.
        """
        from ip5kg.answers.frames import pandas_frame

        return pandas_frame(self.typed_columns(iris=iris))

    def to_polars(self, *, iris: bool = False) -> pl.DataFrame:
        """Return the rows as a polars data frame, as ``to_pandas`` does but with exact decimals.

        Raises:
            MissingDependency: When polars is not installed.
        """
        from ip5kg.answers.frames import polars_frame

        return polars_frame(self.typed_columns(iris=iris))

    def to_arrow(self, *, iris: bool = False) -> pa.Table:
        """Return the rows as an Arrow table, as ``to_pandas`` does but with exact decimals.

        Raises:
            MissingDependency: When pyarrow is not installed.
        """
        from ip5kg.answers.frames import arrow_table

        return arrow_table(self.typed_columns(iris=iris))

    def plot(self, view: str | None = None, *, title: str | None = None) -> Picture:
        """Draw the rows, as a picture that a notebook shows and that saves itself.

        Args:
            view: ``timeline``, ``bar``, ``line``, ``network`` or ``map``; by default the one that
                the query prefers.
            title: What was asked; by default what the query says.

        Raises:
            ParameterError: When there is no such view.
            UnfitView: When the view needs other columns, or there are no rows.
            MissingDependency: When matplotlib, or networkx for a network, is not installed.
        """
        from ip5kg.answers.pictures import draw

        return draw(self, view, title=title)

    def figure(self, view: str | None = None, *, title: str | None = None) -> Figure:
        """Draw the rows as ``plot`` does, as a figure of matplotlib to work on."""
        return self.plot(view, title=title).figure
