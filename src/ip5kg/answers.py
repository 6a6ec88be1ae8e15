"""The answer to a SELECT query, for people and programs."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import NamedNode

from ip5kg.errors import MissingDependency
from ip5kg.store import GraphStore, Solutions
from ip5kg.terms import to_python

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Answer"]


class Answer(Sequence[Any]):
    """Rows as named tuples of Python values, with the terms they came from.

    Attributes:
        columns: The names of the columns.
        solutions: The rows as RDF terms.
        labels: IRI → English label, for each IRI in the rows.
    """

    def __init__(self, solutions: Solutions, labels: dict[str, str]) -> None:
        self.solutions = solutions
        self.columns = solutions.variables
        self.labels = labels
        # A column named like a keyword of Python gets an underscore, as PEP 8 has it: from_.
        names = [f"{name}_" if iskeyword(name) else name for name in solutions.variables]
        row = namedtuple("Row", names, rename=True)  # type: ignore[misc] # noqa: PYI024
        self._rows: list[Any] = [
            row(*(to_python(term, labels) for term in terms)) for terms in solutions.rows
        ]

    @classmethod
    def of(cls, solutions: Solutions, store: GraphStore) -> Answer:
        """Make an answer of solutions, with the labels that the store has for its IRIs."""
        iris = {
            term.value for terms in solutions.rows for term in terms if isinstance(term, NamedNode)
        }
        return cls(solutions, store.labels(sorted(iris)))

    def __len__(self) -> int:
        return len(self._rows)

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

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas data frame, with labels in place of IRIs.

        Raises:
            MissingDependency: When pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingDependency(
                "Data frames need pandas, which is not installed.", hint="pip install pandas"
            ) from None
        records: list[list[Any]] = [
            [getattr(value, "label", value) for value in row] for row in self._rows
        ]
        return pd.DataFrame.from_records(records, columns=list(self.columns))
