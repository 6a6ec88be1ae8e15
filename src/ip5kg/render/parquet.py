"""An answer as a file of Apache Parquet, the same bytes for the same rows."""

from __future__ import annotations

from ip5kg.answers import Answer
from ip5kg.answers.columns import Column
from ip5kg.answers.frames import arrow_table, need

__all__ = ["to_parquet"]

_ROWS = 2**20


def to_parquet(answer: Answer | bool, *, iris: bool = False) -> bytes:
    """Write an answer as Parquet.

    Nothing is compressed, since libraries compress to bytes of their own. The file names the
    version of its writer, so it stays the same with the same pyarrow.

    Args:
        answer: Rows, or the truth value of ASK, which becomes the only row of one column.
        iris: Let things be their IRIs, not their labels.

    Raises:
        MissingDependency: When pyarrow is not installed.
    """
    parquet = need("pyarrow.parquet", "Files of Parquet", "'ip5kg[tables]'")
    if isinstance(answer, bool):
        columns = [Column("answer", "boolean", [answer])]
    else:
        columns = answer.typed_columns(iris=iris)
    written = need("pyarrow", "Files of Parquet", "'ip5kg[tables]'").BufferOutputStream()
    parquet.write_table(
        arrow_table(columns),
        written,
        version="2.6",
        data_page_version="1.0",
        compression="none",
        row_group_size=_ROWS,
    )
    return bytes(written.getvalue())
