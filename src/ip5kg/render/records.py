"""An answer as JSON records: a list of objects with plain values, a row to a line."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from ip5kg.answers import Answer
from ip5kg.answers.columns import Plain, lexical

__all__ = ["to_records"]


def to_records(answer: Answer | bool, *, iris: bool = False) -> str:
    """Write an answer as JSON records.

    Numbers have the digits of the answer, days and moments are texts in ISO 8601, and what is
    unbound is null. A column that holds values of several types is one of texts. What JSON has no
    number for (INF, NaN) is a text.

    Args:
        answer: Rows, or the truth value of ASK, which becomes a truth value of JSON.
        iris: Let things be their IRIs, not their labels.
    """
    if isinstance(answer, bool):
        return f"{_value(answer)}\n"
    columns = answer.typed_columns(iris=iris)
    lines = [
        "{" + ", ".join(f"{_text(c.name)}: {_value(c.values[row])}" for c in columns) + "}"
        for row in range(len(answer))
    ]
    return "[" + ",\n ".join(lines) + "]\n"


def _value(value: Plain) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool | int | float | Decimal) and isfinite(value):
        return repr(value) if type(value) is float else lexical(value)
    return _text(lexical(value))


def _text(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
