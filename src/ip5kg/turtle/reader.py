"""Reading RDF files, with errors that say where the fault is and what to do about it.

Literals keep the lexical form of the file (``007`` stays ``007``). Language tags come in lower
case, as RDF 1.1 allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, Quad, QuadParser, RdfFormat, Triple, parse

from ip5kg.errors import InputError, RdfSyntaxError
from ip5kg.formats import RDF_FORMATS, format_of_suffix
from ip5kg.names import PREFIXES
from ip5kg.resources import shown

__all__ = [
    "Document",
    "raw_bytes",
    "rdf_syntax_error",
    "read",
    "read_bytes",
    "read_document",
    "syntax_of",
    "utf8",
]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONGEST = 240

_SYNTAXES = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}

_TEXTS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG)
# In those, every triple term is written with the first and every direction with another.
_SIGNS_OF_RDF12 = (b"<<", b"--ltr", b"--rtl")

# What the parser says first, and what it hardly ever says.
_POSITION = re.compile(r"^Parser error at line \d+ (?:column \d+|between [^:]*?): ")
_HINTS = (
    ("No scheme found", "Write the IRI in full, with its https://, or declare a @base."),
    ("Unexpected end", "The last statement is not finished; does it end with “ .”?"),
    ("not a valid subject", "Look at the line before: does it end with “;”, “,” or “ .”?"),
    ("not a valid predicate", "Look at the line before: does it end with “;”, “,” or “ .”?"),
    ("not a valid RDF object", "A name needs a prefix, a text needs quotation marks."),
    ("Invalid IRI", 'Blanks and the characters <>"{}|^`\\ in an IRI are written as %20 and so on.'),
)
_UNDECLARED = re.compile(r"The prefix ([^\s:]*): has not been declared")


class Document(NamedTuple):
    """What a file says.

    Attributes:
        quads: Its triples, each with its graph; the default graph but in TriG and N-Quads.
        prefixes: The prefixes that it declares.
    """

    quads: list[Quad]
    prefixes: dict[str, str]


def read(path: Path, *, base: str | None = None) -> list[Triple]:
    """Read the triples of a file in any RDF syntax; named graphs are merged.

    Args:
        path: A file whose suffix names its syntax.
        base: What relative IRIs are relative to; without it they are errors.

    Raises:
        InputError: When there is no such file, or it is of no known syntax.
        RdfSyntaxError: When it breaks its syntax; with line and column.
    """
    with _speaking_of(path, base):
        parser, is_plain = _parser(path, base)
        triples = [quad.triple for quad in parser]
    if not is_plain:
        _refuse_rdf12(path, triples)
    return triples


def read_document(path: Path, *, base: str | None = None) -> Document:
    """Read a file in any RDF syntax, with its graphs and prefixes.

    Blank nodes get new names, so that those of two files can be put together.

    Args:
        path: A file whose suffix names its syntax.
        base: What relative IRIs are relative to; without it they are errors.

    Raises:
        InputError: When there is no such file, or it is of no known syntax.
        RdfSyntaxError: When it breaks its syntax; with line and column.
    """
    with _speaking_of(path, base):
        parser, is_plain = _parser(path, base)
        document = Document(list(parser), dict(parser.prefixes))
    if not is_plain:
        _refuse_rdf12(path, document.quads)
    return document


def _parser(path: Path, base: str | None) -> tuple[QuadParser, bool]:
    """Begin to parse a file, and tell whether it can only hold terms of RDF 1.1."""
    syntax = syntax_of(path)
    data = read_bytes(path)
    _refuse_traps(path, syntax, data)
    is_plain = syntax in _TEXTS and not any(sign in data for sign in _SIGNS_OF_RDF12)
    return parse(data, syntax, base_iri=base, rename_blank_nodes=True), is_plain


@contextmanager
def _speaking_of(path: Path, base: str | None) -> Iterator[None]:
    """Raise what the parser raises as an error of ours."""
    try:
        yield
    except SyntaxError as error:
        raise rdf_syntax_error(path, error) from None
    except MemoryError:
        # The parser gives up where a single term takes more than 16 MB.
        raise InputError(f"{shown(path)} has a term that is too long to be read.") from None
    except ValueError as error:
        raise InputError(f"{shown(path)} cannot be read with the base <{base}>: {error}.") from None


def syntax_of(path: Path) -> RdfFormat:
    """Tell the syntax of a file from its suffix.

    Raises:
        InputError: When the suffix is not that of an RDF syntax.
    """
    known = format_of_suffix(path.suffix)
    if known is None:
        possible = ", ".join(row.suffix for row in RDF_FORMATS)
        # A folder is the likelier mistake where there is no suffix.
        if path.is_dir():
            raise _folder(path)
        raise InputError(
            f"{shown(path)} has no suffix that names an RDF syntax.", hint=f"Possible: {possible}."
        )
    return _SYNTAXES[known.name]


def read_bytes(path: Path) -> bytes:
    """Read a text file as UTF-8 bytes, without a byte-order mark.

    Raises:
        InputError: When there is no such file, or it may not be read.
        RdfSyntaxError: When it is not UTF-8; with line and column.
    """
    return utf8(raw_bytes(path), shown(path))


def raw_bytes(path: Path) -> bytes:
    """Read a file as it is.

    Raises:
        InputError: When there is no such file, or it may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(
                f"{shown(path)} is a symbolic link to {path.readlink()}, which does not exist.",
                hint="Delete the link, or put the file there.",
            ) from None
        raise InputError(f"There is no file {shown(path)}.", hint="Check the spelling.") from None
    except IsADirectoryError:
        raise _folder(path) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"{shown(path)} cannot be read: {reason}.") from None


def utf8(data: bytes, name: str) -> bytes:
    """Make sure that bytes are UTF-8, and take a byte-order mark away.

    Args:
        data: What was read.
        name: What errors call the file.

    Raises:
        RdfSyntaxError: When they are not UTF-8; with line and column.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        line, column = before.count(b"\n") + 1, len(before[line_start:].decode()) + 1
        raise RdfSyntaxError(
            f"{name}:{line}:{column}: The byte 0x{data[error.start]:02X} is not UTF-8.",
            file=name,
            line=line,
            column=column,
            hint="Save the file in the encoding UTF-8.",
        ) from None
    return data


def rdf_syntax_error(path: Path, error: SyntaxError) -> RdfSyntaxError:
    """Turn the parser's error into ours, with a hint where the usual cause is known."""
    said = _POSITION.sub("", error.msg or str(error)).rstrip(".")
    if len(said) > _LONGEST:
        said = said[:_LONGEST] + " …"
    line, column = error.lineno or 0, error.offset or 0
    where = f"{shown(path)}:{line}:{column}" if line else shown(path)
    return RdfSyntaxError(
        f"{where}: {said}.",
        file=shown(path),
        line=line,
        column=column,
        hint=_hint(said),
    )


def _folder(path: Path) -> InputError:
    return InputError(f"{shown(path)} is a folder, not a file.", hint="Name the files in it.")


def _hint(said: str) -> str:
    """Say what usually causes an error of the parser, or nothing."""
    undeclared = _UNDECLARED.search(said)
    if undeclared is not None:
        prefix = undeclared[1]
        return f"Add “@prefix {prefix}: <{PREFIXES.get(prefix, '…')}> .” at the top."
    return next((hint for sign, hint in _HINTS if sign in said), "")


def _refuse_traps(path: Path, syntax: RdfFormat, data: bytes) -> None:
    """Refuse what makes the parser crash or run away, before it sees it."""
    if syntax == RdfFormat.RDF_XML and re.match(
        rb"(?:\s|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", data, re.DOTALL
    ):
        # A few entities that name each other fill any memory.
        raise InputError(
            f"{shown(path)} has a DOCTYPE, which is not read.",
            hint="Replace its entities by what they stand for, and delete it.",
        )
    if syntax == RdfFormat.JSON_LD and _depth(data) > _DEEPEST:
        raise InputError(f"{shown(path)} is nested more than {_DEEPEST} levels deep.")
    if data.count(b"<<") > _DEEPEST:
        raise InputError(f"{shown(path)} is full of “<<”: triple terms of RDF 1.2 are not read.")


_DEEPEST = 500


def _depth(data: bytes) -> int:
    """Count how deep the brackets of a JSON text are nested."""
    depth = deepest = 0
    for token in re.finditer(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', data):
        if token[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in b"]}":
            depth -= 1
    return deepest


def _refuse_rdf12(path: Path, statements: Iterable[Quad | Triple]) -> None:
    """Refuse the terms that RDF 1.1 does not have."""
    for statement in statements:
        term = statement.object
        if type(term) is Triple or (type(term) is Literal and term.direction is not None):
            raise InputError(
                f"{shown(path)} has a triple term or a text direction of RDF 1.2: {term}.",
                hint="Only RDF 1.1 is read; say it with a node of its own.",
            )
