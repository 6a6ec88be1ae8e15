"""A Turtle document in canonical form: the same triples, the same comments, one layout.

What comes out is in the form that ``writer`` describes, with the comments where ``comments`` puts
them. Prefixes are ours, and those that the document declares for other namespaces; those that are
not used go. Relative IRIs are resolved and ``@base`` goes; language tags come in lower case, blank
nodes get new labels, line ends become line feeds: none of it is part of a graph.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from ip5kg.errors import InputError, OutputError
from ip5kg.names import PREFIXES
from ip5kg.turtle.comments import comment_line, place_comments
from ip5kg.turtle.isomorphism import is_same_graph
from ip5kg.turtle.plan import Plan
from ip5kg.turtle.positions import Positions, locate
from ip5kg.turtle.reader import read_bytes
from ip5kg.turtle.writer import write_turtle

__all__ = ["canonical_text", "formatted"]


def canonical_text(path: Path) -> str:
    """Read a Turtle file and return its canonical text.

    Raises:
        InputError: When there is no such file.
        RdfSyntaxError: When it is not Turtle; with line and column.
        OutputError: When canonical text cannot be shown to hold all that the file does.
    """
    return formatted(read_bytes(path).decode(), file=str(path))


def formatted(text: str, *, file: str = "The document", base: str | None = None) -> str:
    """Put a Turtle document into canonical form.

    A result that differs is read back by the engine, which is not what read the document here:
    it must give the same graph, and have the same comments.

    Args:
        text: The document, without a byte-order mark.
        file: What errors call the document.
        base: What relative IRIs are relative to; without it they are errors.

    Returns:
        The text, which ends with one line end; nothing for a document that says nothing.

    Raises:
        InputError: When the base is no IRI.
        RdfSyntaxError: When it is not Turtle; with line and column.
        OutputError: When canonical text cannot be shown to hold all that the document does.
    """
    document = locate(text, base=base, file=file)
    comments = place_comments(document)
    plan = Plan((located.triple for located in document.triples), merge=True, notes=comments.above)
    if not plan.is_settled:
        raise OutputError(
            f"{file} cannot be put into canonical form: its blank nodes form a mesh that is so "
            "even that nothing tells them apart.",
            hint="Give an IRI to one of them, or leave the file out.",
        )
    result = write_turtle(plan, {**document.prefixes, **PREFIXES}, comments)
    if result != text and not _holds_all_of(document, result, base):
        raise OutputError(
            f"{file} cannot be put into canonical form: nothing shows that it would say the same.",
            hint="Please report it with the file, which is left as it is.",
        )
    return result


def _holds_all_of(document: Positions, result: str, base: str | None) -> bool:
    """Tell whether a text has the triples and the comments of a document."""
    try:
        before, after = _read_by_engine(document.text, base), _read_by_engine(result, None)
    except SyntaxError:
        return False
    except MemoryError:
        # The engine gives up where a single term takes more than 16 MB.
        raise InputError("There is a term that is too long to be read by the engine.") from None
    return is_same_graph(before, after) and _comments(document) == _comments(locate(result))


def _read_by_engine(text: str, base: str | None) -> list[Quad]:
    # The labels of two documents must not meet, which would make any mistake look right.
    return list(parse(text, RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True))


def _comments(document: Positions) -> list[str]:
    return sorted(map(comment_line, document.comments))
