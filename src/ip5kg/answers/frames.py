"""Columns as tables of Arrow, polars and pandas, with the types that these have.

Each library is optional and is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ip5kg.answers.columns import DECIMAL_DIGITS, Column, decimal_scale
from ip5kg.errors import MissingDependency

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["arrow_table", "need", "pandas_frame", "polars_frame"]


def need(module: str, what: str, install: str) -> Any:
    """Import an optional library.

    Args:
        module: The module to import.
        what: What needs it, as the subject of a sentence in the plural.
        install: What to tell pip.

    Raises:
        MissingDependency: When it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise MissingDependency(
            f"{what} need {library}, which is not installed.", hint=f"pip install {install}"
        ) from None


def arrow_table(columns: Sequence[Column]) -> pa.Table:
    """Make a table of Arrow.

    Raises:
        MissingDependency: When pyarrow is not installed.
    """
    pa = need("pyarrow", "Tables of Arrow", "'ip5kg[tables]'")
    simple = {
        "text": pa.string(),
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "double": pa.float64(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us"),
        "instant": pa.timestamp("us", tz="UTC"),
        "year": pa.int64(),
    }
    types = [
        pa.decimal128(DECIMAL_DIGITS, decimal_scale(column.values))
        if column.kind == "decimal"
        else simple[column.kind]
        for column in columns
    ]
    return pa.Table.from_arrays(
        [pa.array(column.values, type=kind) for column, kind in zip(columns, types, strict=True)],
        schema=pa.schema([pa.field(c.name, kind) for c, kind in zip(columns, types, strict=True)]),
    )


def polars_frame(columns: Sequence[Column]) -> pl.DataFrame:
    """Make a data frame of polars.

    Raises:
        MissingDependency: When polars is not installed.
    """
    pl = need("polars", "Data frames of polars", "polars")
    simple = {
        "text": pl.String(),
        "boolean": pl.Boolean(),
        "integer": pl.Int64(),
        "double": pl.Float64(),
        "date": pl.Date(),
        "datetime": pl.Datetime("us"),
        "instant": pl.Datetime("us", "UTC"),
        "year": pl.Int64(),
    }
    return pl.DataFrame(
        [
            pl.Series(
                column.name,
                column.values,
                dtype=pl.Decimal(DECIMAL_DIGITS, decimal_scale(column.values))
                if column.kind == "decimal"
                else simple[column.kind],
            )
            for column in columns
        ]
    )


def pandas_frame(columns: Sequence[Column]) -> pd.DataFrame:
    """Make a data frame of pandas, which has no decimals: they become floating-point numbers.

    Whole and truth values are of the types that can be missing where one is.

    Raises:
        MissingDependency: When pandas is not installed.
    """
    pd = need("pandas", "Data frames", "pandas")
    series = {}
    for name, sort, values in columns:
        missing = None in values
        kind = {
            "boolean": "boolean" if missing else "bool",
            "integer": "Int64" if missing else "int64",
            "year": "Int64" if missing else "int64",
            "decimal": "float64",
            "double": "float64",
            # Of seconds, since those of nanoseconds end in the year 2262.
            "date": "datetime64[s]",
            "datetime": "datetime64[us]",
            "instant": "datetime64[us, UTC]",
        }.get(sort)
        if sort == "text" and set(values) <= {None}:
            kind = "object"
        series[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(series, columns=[column.name for column in columns])
