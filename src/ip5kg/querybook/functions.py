"""What the Python function of a stored query takes, and what its help says."""

from __future__ import annotations

from inspect import Parameter as Argument
from inspect import Signature
from keyword import iskeyword
from textwrap import fill

from ip5kg.names import shorten
from ip5kg.querybook.header import Parameter, StoredQuery

__all__ = ["docstring_of", "signature_of"]

_TYPES = {
    "iri": "str",
    "date": "datetime.date | str",
    "integer": "int",
    "string": "str",
    "language": "str",
}
_GRAPH = "kg"
_WIDTH = 92


def signature_of(query: StoredQuery) -> Signature:
    """Make the signature of a stored query's function; all its arguments are named.

    The last, ``kg``, is the graph to ask.
    """
    arguments = [_argument(parameter) for parameter in query.parameters]
    # What has no default may not follow what has one, though the order of names means nothing.
    arguments.sort(key=lambda argument: argument.default is not Argument.empty)
    graph = Argument(
        _GRAPH, Argument.KEYWORD_ONLY, default=None, annotation="KnowledgeGraph | None"
    )
    return Signature([*arguments, graph], return_annotation="Answer")


def docstring_of(query: StoredQuery) -> str:
    """Write the help of a stored query's function."""
    arguments = [
        _item(_name(parameter), f"{parameter.description} {_note(parameter)}")
        for parameter in query.parameters
    ]
    columns = [_item(column.name, column.description) for column in query.columns]
    return "\n".join(
        (
            fill(query.summary, _WIDTH),
            "",
            fill(query.description, _WIDTH),
            "",
            "Args:",
            *arguments,
            _item(_GRAPH, "The graph to ask; by default the one that came with the package."),
            "",
            "Returns:",
            "    Rows with these columns.",
            "",
            *columns,
        )
    )


def _argument(parameter: Parameter) -> Argument:
    kind = _TYPES[parameter.type]
    if parameter.multiple:
        kind += f" | Iterable[{kind}]"
    default = Argument.empty if parameter.required else None
    if not parameter.required:
        kind += " | None"
    return Argument(_name(parameter), Argument.KEYWORD_ONLY, default=default, annotation=kind)


def _name(parameter: Parameter) -> str:
    """Name an argument as PEP 8 has it: ``as_of``, and ``from_`` for a keyword of Python."""
    name = parameter.flag.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def _item(name: str, text: str) -> str:
    return fill(f"{name}: {text}", _WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8)


def _note(parameter: Parameter) -> str:
    notes = [f"Such as {parameter.example}."]
    if parameter.multiple:
        notes.insert(0, "One or several.")
    if parameter.default is not None:
        notes.insert(0, f"By default {shorten(parameter.default)}.")
    return " ".join(notes)
