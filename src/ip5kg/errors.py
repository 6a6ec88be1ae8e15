"""The tree of errors that the package raises.

    Ip5kgError
    ├── ResourceMissing       a bundled folder or file is not where it should be
    ├── InputError            a file given by the user cannot be read
    │   └── RdfSyntaxError    … because it is not well-formed RDF
    ├── UnknownName           a thing, term or prefix that the graph does not have
    │   └── AmbiguousName     … or has more than once
    ├── UnknownFormat         an output format that does not exist or does not fit
    ├── QueryError
    │   ├── UnknownQuery      no stored query has this name
    │   ├── QueryHeaderError  a stored query's header is wrong
    │   ├── ParameterError    a parameter is missing, unknown or of the wrong type
    │   ├── QuerySyntaxError  the text is not SPARQL
    │   └── QueryRefused      the text is SPARQL that is not run here
    ├── UnfitView             an answer cannot be drawn in the view that is asked for
    ├── EndpointError         a remote SPARQL endpoint is down, slow or answers nonsense
    ├── OutputError           a result cannot be written
    ├── MissingDependency     an optional library is not installed
    └── ValidationFailure     a validation engine could not finish

Each error is one sentence, a machine-readable ``code`` and, where something can be done, a
``hint``. How an error is shown, and with which exit status, is decided by the doors.
"""

from __future__ import annotations

__all__ = [
    "AmbiguousName",
    "EndpointError",
    "InputError",
    "Ip5kgError",
    "MissingDependency",
    "OutputError",
    "ParameterError",
    "QueryError",
    "QueryHeaderError",
    "QueryRefused",
    "QuerySyntaxError",
    "RdfSyntaxError",
    "ResourceMissing",
    "UnfitView",
    "UnknownFormat",
    "UnknownName",
    "UnknownQuery",
    "ValidationFailure",
]


class Ip5kgError(Exception):
    """Base of all errors that this package raises on purpose.

    Args:
        message: One sentence that names the file, line or parameter.
        hint: What the reader can do about it; empty when there is nothing to say.
        parameter: The name of the parameter that is wrong, which the message then calls
            “the parameter NAME”; a door may call it otherwise. Empty when it is none.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "", parameter: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.parameter = parameter


class ResourceMissing(Ip5kgError):
    """A folder or file that belongs to the package is not where it should be."""

    code = "resource-missing"


class InputError(Ip5kgError):
    """A file that the user named cannot be read."""

    code = "input-unreadable"


class RdfSyntaxError(InputError):
    """A file is not well-formed RDF.

    Attributes:
        file: The file as the message names it.
        line: Line of the fault, counted from 1; 0 when the parser gives none.
        column: Column of the fault, counted from 1; 0 when the parser gives none.
    """

    code = "rdf-syntax"

    def __init__(
        self, message: str, *, file: str, line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.file = file
        self.line = line
        self.column = column


class UnknownName(Ip5kgError):
    """A name that stands for nothing in the graph.

    Attributes:
        near: Names that look like it, best first.
    """

    code = "unknown-name"

    def __init__(
        self, message: str, *, near: tuple[str, ...] = (), hint: str = "", parameter: str = ""
    ) -> None:
        super().__init__(message, hint=hint, parameter=parameter)
        self.near = near


class AmbiguousName(UnknownName):
    """A name that stands for more than one thing; ``near`` lists them."""

    code = "ambiguous-name"


class UnknownFormat(Ip5kgError):
    """A format that does not exist, or that cannot hold this kind of result."""

    code = "unknown-format"


class QueryError(Ip5kgError):
    """Anything that is wrong with a query or its parameters."""

    code = "query"


class UnknownQuery(QueryError):
    """No stored query has this name."""

    code = "unknown-query"


class QueryHeaderError(QueryError):
    """The ``#+`` header of a stored query breaks its schema."""

    code = "query-header"


class ParameterError(QueryError):
    """A parameter is missing, unknown or of the wrong type."""

    code = "parameter"


class QuerySyntaxError(QueryError):
    """A text is not a SPARQL 1.1 query."""

    code = "query-syntax"


class QueryRefused(QueryError):
    """A query that would be valid but is not run here."""

    code = "query-refused"


class UnfitView(Ip5kgError):
    """An answer that cannot be drawn in the view that is asked for."""

    code = "unfit-view"


class EndpointError(Ip5kgError):
    """A remote SPARQL endpoint cannot be reached or does not answer as it should."""

    code = "endpoint"


class OutputError(Ip5kgError):
    """A result cannot be written to where it should go."""

    code = "output"


class MissingDependency(Ip5kgError):
    """A feature needs a library that is not installed."""

    code = "missing-dependency"


class ValidationFailure(Ip5kgError):
    """A validation engine broke off; nothing is known about conformance."""

    code = "validation-failure"
