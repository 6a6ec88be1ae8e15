"""A stored query: what it asks, takes and gives, read from the header of its file.

The file stays valid SPARQL that runs as it stands. Which of its variables are parameters is
declared in the header, and their names follow grlc: ``?_meeting_iri`` for one that is required,
``?__asOf_xsd_date`` for one that may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ip5kg.errors import QueryHeaderError
from ip5kg.names import PREFIXES
from ip5kg.querybook.schema import HEADER, PARAMETER_TYPES, VIEWS
from ip5kg.resources import shown
from ip5kg.sparql.header import MARK, read_header

__all__ = ["Column", "Parameter", "StoredQuery", "read_query"]

# What the Python functions call their own parameters.
_RESERVED = frozenset(("kg", "name", "self"))
_VIEW = re.compile(r"^#defaultView:(.*)$", re.MULTILINE)
_PARAMETER_VARIABLE = re.compile(
    rf"[?$](__?[A-Za-z0-9]+_(?:{'|'.join(sorted(set(PARAMETER_TYPES.values())))}))(?!\w)"
)


class Parameter(NamedTuple):
    """What a stored query takes.

    Attributes:
        name: Its name in camel case, ``asOf``.
        type: ``iri``, ``date``, ``integer``, ``string`` or ``language``.
        class_name: For an IRI, the prefixed name of the class it must belong to, or empty.
        required: Whether the query makes no sense without it.
        default: The value taken when none is given, or None.
        example: A value for which the query has an answer.
        description: What it means.
        multiple: Whether it takes several values, any of which will do.
        enumerated: Whether its values are those that the graph has in the column of its name.
        examples: Of a multiple one, several values for which the query has an answer; or none.
    """

    name: str
    type: str
    class_name: str
    required: bool
    default: str | None
    example: str
    description: str
    multiple: bool = False
    enumerated: bool = False
    examples: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The SPARQL variable that it binds, without the question mark."""
        mark = "_" if self.required else "__"
        return f"{mark}{self.name}_{PARAMETER_TYPES[self.type]}"

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
        view: How people would rather look at the answer, by the names of the Wikidata Query
            Service; ``Table`` when the file names no other.
        answers: The competency questions that it helps to answer, by the numbers that they have in
            ``ontology/README.md``.
        rows: How many rows its shortest call has at least, the one with required parameters alone.
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
    view: str = VIEWS[0]
    answers: tuple[str, ...] = ()
    rows: int = 0

    @property
    def function(self) -> str:
        """The name of the Python function that answers it: ``heads_of_office``."""
        return self.name.replace("-", "_")

    @property
    def body(self) -> str:
        """The query without its header."""
        return "".join(
            line for line in self.text.splitlines(keepends=True) if not line.startswith(MARK)
        )

    def parameter(self, name: str) -> Parameter | None:
        """Find a parameter by its name, written ``asOf``, ``as_of`` or ``as-of``."""
        wanted = _plain(name)
        for parameter in self.parameters:
            if _plain(parameter.name) == wanted:
                return parameter
        return None


def read_query(path: Path) -> StoredQuery:
    """Read a stored query.

    Raises:
        QueryHeaderError: When the header is missing, is no YAML or breaks the schema; the message
            names the file and the field.
    """
    header, text = read_header(path, HEADER)
    own = header["x-ip5kg"]
    defaults = _defaults(path, header, own)
    query = StoredQuery(
        name=path.stem,
        theme=path.parent.name,
        summary=header["summary"].strip(),
        description=header["description"].strip(),
        tags=tuple(header["tags"]),
        parameters=tuple(
            _parameter(path, name, fields, defaults.get(name))
            for name, fields in own.get("parameters", {}).items()
        ),
        columns=tuple(Column(name, text.strip()) for name, text in own["columns"].items()),
        text=text,
        path=path,
        answers=tuple(own.get("answers", ())),
        rows=int(own.get("expect", {}).get("rows", 0)),
        view=_view(path, text),
    )
    _check_parameters(query)
    return query


def _defaults(path: Path, header: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, str]:
    """Read the defaults, which stand where grlc looks for them."""
    defaults: dict[str, str] = {}
    for entry in header.get("defaults", ()):
        for name, value in entry.items():
            if name not in own.get("parameters", {}):
                raise _wrong(path, "defaults", f"names “{name}”, which is no parameter")
            if name in defaults:
                raise _wrong(path, "defaults", f"names “{name}” twice")
            defaults[name] = str(value).strip()
    return defaults


def _parameter(path: Path, name: str, fields: Mapping[str, Any], default: str | None) -> Parameter:
    """Read one entry of ``parameters``."""
    field = f"x-ip5kg.parameters.{name}"
    example = fields["example"]
    several = isinstance(example, list)
    parameter = Parameter(
        name=name,
        type=fields["type"],
        class_name=fields.get("class", ""),
        required=fields.get("required", False),
        default=default,
        example=str(example[0] if several else example).strip(),
        description=fields["description"].strip(),
        multiple=fields.get("multiple", False),
        enumerated=fields.get("enumerate", False),
        examples=tuple(str(one).strip() for one in example) if several else (),
    )
    if parameter.class_name and parameter.type != "iri":
        raise _wrong(path, f"{field}.class", f"does not fit the type {parameter.type}")
    if parameter.class_name and parameter.class_name.partition(":")[0] not in PREFIXES:
        prefixes = f"Known prefixes: {', '.join(sorted(PREFIXES))}."
        raise _wrong(path, f"{field}.class", f"has an unknown prefix: {fields['class']}", prefixes)
    if parameter.required and default is not None:
        raise _wrong(path, f"{field}.required", "does not go with a default")
    if several and not parameter.multiple:
        raise _wrong(path, f"{field}.example", "is a list, but the parameter is not multiple")
    return parameter


def _check_parameters(query: StoredQuery) -> None:
    """Hold the parameters against each other, the columns and the text."""
    columns = {column.name for column in query.columns}
    for parameter in query.parameters:
        field = f"x-ip5kg.parameters.{parameter.name}"
        if parameter.name in _RESERVED:
            raise _wrong(query.path, field, "has a name that is not free in Python")
        if query.parameter(parameter.name) is not parameter:
            raise _wrong(query.path, field, "differs from another only in how it is written")
        if parameter.enumerated and parameter.name not in columns:
            raise _wrong(query.path, f"{field}.enumerate", "needs a column of the same name")
    declared = {parameter.variable: parameter.name for parameter in query.parameters}
    body = query.body
    used = set(_PARAMETER_VARIABLE.findall(body))
    if used == declared.keys():
        return
    # The text says otherwise; but variables in comments and strings do not count.
    from ip5kg.sparql.lexer import tokens

    used &= {token.text[1:] for token in tokens(body) if token.kind == "variable"}
    for variable, name in declared.items():
        if variable not in used:
            raise _wrong(
                query.path,
                f"x-ip5kg.parameters.{name}",
                f"is never used: the query has no variable ?{variable}",
            )
    for variable in sorted(used - declared.keys()):
        raise _wrong(query.path, "x-ip5kg.parameters", f"does not declare the variable ?{variable}")


def _view(path: Path, text: str) -> str:
    """Read the preferred view, which has a line of its own as in the Wikidata Query Service."""
    found = [name.strip() for name in _VIEW.findall(text)]
    if len(found) > 1:
        raise _wrong(path, "#defaultView", "stands there twice")
    if found and found[0] not in VIEWS:
        raise _wrong(path, "#defaultView", f"is “{found[0]}”", f"Possible: {', '.join(VIEWS)}.")
    return found[0] if found else VIEWS[0]


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _wrong(path: Path, field: str, what: str, hint: str = "") -> QueryHeaderError:
    return QueryHeaderError(f"{shown(path)}: the field {field} {what}.", hint=hint)
