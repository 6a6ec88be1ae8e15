"""The header of a stored query: ``#+`` comment lines that hold YAML, as grlc reads them.

The file stays valid SPARQL. Besides grlc's ``summary``, ``description`` and ``tags`` there is one
key of our own, ``x-ip5kg``, with the parameters and the columns.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ip5kg.errors import QueryHeaderError
from ip5kg.resources import shown
from ip5kg.sparql.header import Fields, read_header

__all__ = ["PARAMETER_TYPES", "Column", "Parameter", "StoredQuery", "read_query"]

PARAMETER_TYPES = {"iri": "iri", "date": "xsd_date", "integer": "integer", "string": "literal"}
"""Type of a parameter → suffix of its variable: ``?_asOf_xsd_date``."""

_KEYS = frozenset(("summary", "description", "tags", "x-ip5kg"))
_OWN_KEYS = frozenset(("parameters", "columns"))
_PARAMETER_KEYS = frozenset(("type", "class", "required", "default", "example", "description"))


class Parameter(NamedTuple):
    """What a stored query takes.

    Attributes:
        name: Its name in camel case, ``asOf``.
        type: ``iri``, ``date``, ``integer`` or ``string``.
        class_name: For an IRI, the prefixed name of the class it must belong to, or empty.
        required: Whether the query makes no sense without it.
        default: The value taken when none is given, or None.
        example: A value for which the query has an answer.
        description: What it means.
    """

    name: str
    type: str
    class_name: str
    required: bool
    default: str | None
    example: str
    description: str

    @property
    def variable(self) -> str:
        """The SPARQL variable that it binds, without the question mark."""
        return f"_{self.name}_{PARAMETER_TYPES[self.type]}"

    @property
    def flag(self) -> str:
        """Its name on the command line, without the dashes: ``as-of``."""
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in self.name)


class Column(NamedTuple):
    """What a stored query gives: a projected variable and its meaning."""

    name: str
    description: str


class StoredQuery(NamedTuple):
    """A question in SPARQL.

    Attributes:
        name: The file's name without suffix.
        theme: The folder it lies in.
        summary: The question in English.
        description: What counts as an answer, and what does not.
        tags: Words to find it by.
        parameters: What it takes.
        columns: What it gives, in order.
        text: The whole file, which is valid SPARQL.
        path: The file.
    """

    name: str
    theme: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    path: Path

    def parameter(self, name: str) -> Parameter | None:
        """Find a parameter by its name, written ``asOf``, ``as_of`` or ``as-of``."""
        wanted = name.replace("_", "").replace("-", "").lower()
        for parameter in self.parameters:
            if parameter.name.lower() == wanted:
                return parameter
        return None


def read_query(path: Path) -> StoredQuery:
    """Read a stored query.

    Raises:
        QueryHeaderError: When the header is missing, is no YAML or breaks the schema; the message
            names the file and the field.
    """
    fields, text = read_header(path, _KEYS)
    own = Fields(path, "x-ip5kg", fields.value("x-ip5kg"), _OWN_KEYS)
    parameters = own.mapping("parameters") if "parameters" in own else {}
    return StoredQuery(
        name=path.stem,
        theme=path.parent.name,
        summary=fields.text("summary"),
        description=fields.text("description"),
        tags=fields.texts("tags"),
        parameters=tuple(_parameter(path, *item) for item in parameters.items()),
        columns=tuple(Column(*item) for item in own.mapping("columns").items()),
        text=text,
        path=path,
    )


def _parameter(path: Path, name: str, value: object) -> Parameter:
    """Read one entry of ``parameters``."""
    fields = Fields(path, f"parameter {name}", value, _PARAMETER_KEYS)
    kind = fields.text("type")
    if kind not in PARAMETER_TYPES:
        raise QueryHeaderError(
            f"{shown(path)}: the type of parameter {name} is “{kind}”.",
            hint=f"Possible: {', '.join(PARAMETER_TYPES)}.",
        )
    return Parameter(
        name=name,
        type=kind,
        class_name=fields.text("class") if "class" in fields else "",
        required="required" in fields and fields.flag("required"),
        default=fields.text("default") if "default" in fields else None,
        example=fields.text("example"),
        description=fields.text("description"),
    )
