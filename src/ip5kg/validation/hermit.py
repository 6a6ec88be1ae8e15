"""HermiT, a reasoner for OWL 2, which tells whether statements can all be true.

It is a Java program that comes with owlready2; both are optional.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.errors import ValidationFailure
from ip5kg.names import BASE, PREFIXES, RDF_TYPE

__all__ = ["Verdict", "hindrance", "is_consistent", "reason"]

_OWL, _RDF, _XSD = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["xsd"]
_IMPORTS = _OWL + "imports"
_PROGRAM = "org.semanticweb.HermiT.cli.CommandLine"
_PATIENCE = 1800  # seconds
_LONGEST = 400
_EXCEPTION = re.compile(r'^Exception in thread "[^"]*" (?:[\w.$]+: )?')
_INCONSISTENT = "InconsistentOntologyException"
_MALFORMED = re.compile(r'MalformedLiteralException: Literal "(.*)"\^\^<([^<>]*)> is', re.DOTALL)
# Things of these kinds have different names because they are different things.
_UNIQUE_KINDS = ("office", "person", "meeting", "post", "group", "state")
_WORDS = ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "anyURI")
_NUMBERS = ("decimal", "double", "float", "integer", "long", "int", "short", "byte")
_SIGNED = ("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger")
_UNSIGNED = ("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_OTHERS = ("boolean", "base64Binary", "hexBinary", "dateTime", "dateTimeStamp")
# The datatypes of literals in OWL 2 (Structural Specification, section 4).
_DATATYPES = frozenset(
    (
        *(_XSD + name for name in (*_WORDS, *_NUMBERS, *_SIGNED, *_UNSIGNED, *_OTHERS)),
        *(_RDF + name for name in ("langString", "PlainLiteral", "XMLLiteral")),
    )
)


class Verdict(NamedTuple):
    """What HermiT says.

    Attributes:
        is_consistent: Whether all statements can be true together.
        unsatisfiable: The IRIs of the classes that can have no members.
        malformed: A literal that is not of its datatype, as the lexical form and the IRI of the
            datatype. HermiT looks no further than to the first, and nothing else is known.
    """

    is_consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    malformed: tuple[str, str] | None = None


def hindrance() -> str:
    """Say in a sentence why HermiT cannot be asked; empty when it can."""
    if not _class_path():
        return "owlready2, which brings HermiT, is not installed (pip install 'ip5kg[hermit]')."
    java = shutil.which("java")
    # macOS has a program of this name that only says that there is no Java.
    if java is None or _run([java, "-version"]).returncode:
        return "HermiT needs Java, which is not installed."
    return ""


def reason(triples: Iterable[Triple]) -> Verdict:
    """Ask HermiT whether statements are consistent, and which classes can have no members.

    Things of the kinds whose names are unique count as different. Literals of datatypes that
    OWL 2 does not have, such as ``xsd:date``, count as plain ones. No import is followed.

    Raises:
        ValidationFailure: When HermiT breaks off.
    """
    told, complaint = _ask(triples, "--no-prefixes", "--unsatisfiable")
    if _INCONSISTENT in complaint:
        return Verdict(is_consistent=False)
    malformed = _MALFORMED.search(complaint)
    if malformed:
        return Verdict(is_consistent=False, malformed=(malformed[1], malformed[2]))
    lines = [line.strip().strip("<>") for line in told.splitlines()]
    if _OWL + "Nothing" not in lines:
        raise _failure(told, complaint)
    start = lines.index(_OWL + "Nothing") + 1
    return Verdict(is_consistent=True, unsatisfiable=tuple(sorted(filter(None, lines[start:]))))


def is_consistent(triples: Iterable[Triple]) -> bool:
    """Ask HermiT only whether statements are consistent, which takes less time.

    Raises:
        ValidationFailure: When HermiT breaks off.
    """
    told, complaint = _ask(triples, "--consistency")
    if _INCONSISTENT not in complaint and "satisfiable" not in told:
        raise _failure(told, complaint)
    return _INCONSISTENT not in complaint


def _ask(triples: Iterable[Triple], *options: str) -> tuple[str, str]:
    """Run HermiT, and return what it says to standard output and to standard error."""
    given = list(triples)
    lines = [_line(triple) for triple in (*given, *_all_different(given))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statements.nt"
        path.write_text("".join(lines), encoding="utf-8")
        done = _run(["java", "-cp", _class_path(), _PROGRAM, *options, path.as_uri()])
    return done.stdout, done.stderr


def _class_path() -> str:
    """Return where Java finds HermiT; empty when it is not installed."""
    spec = importlib.util.find_spec("owlready2")
    if spec is None or spec.origin is None:
        return ""
    folder = Path(spec.origin).parent / "hermit"
    return os.pathsep.join((str(folder), str(folder / "HermiT.jar"))) if folder.is_dir() else ""


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of ours, in English."""
    try:
        return subprocess.run(  # noqa: S603 - the command is made of constants and our own paths
            command,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise ValidationFailure(
            f"HermiT has not come to an end in {_PATIENCE // 60} minutes."
        ) from None


def _failure(told: str, complaint: str) -> ValidationFailure:
    """Make an error of what HermiT says when it breaks off, without what is for programmers."""
    lines = [line.strip() for line in (complaint + told).splitlines()]
    lines = [line for line in lines if line and not line.startswith("Picked up ")]
    said = " ".join(takewhile(lambda line: not line.startswith("at "), lines))
    said = _EXCEPTION.sub("", said).rstrip(".") or "it does not say why"
    if len(said) > _LONGEST:
        said = said[:_LONGEST] + "…"
    return ValidationFailure(f"HermiT broke off: {said}.")


def _line(triple: Triple) -> str:
    """Write a triple as N-Triples, if HermiT can take it."""
    value = triple.object
    if isinstance(value, Triple) or triple.predicate.value == _IMPORTS:
        return ""
    if isinstance(value, Literal) and value.datatype.value not in _DATATYPES:
        value = Literal(value.value)
    return f"{triple.subject} {triple.predicate} {value} .\n"


def _all_different(triples: list[Triple]) -> Iterator[Triple]:
    """State that things of one kind with different names are different."""
    named = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode)
    }
    for kind in _UNIQUE_KINDS:
        members = sorted(iri for iri in named if iri.startswith(f"{BASE}id/{kind}/"))
        if len(members) > 1:
            node, cells = BlankNode(), [BlankNode() for _ in members]
            yield Triple(node, NamedNode(RDF_TYPE), NamedNode(_OWL + "AllDifferent"))
            yield Triple(node, NamedNode(_OWL + "distinctMembers"), cells[0])
            rests: list[BlankNode | NamedNode] = [*cells[1:], NamedNode(_RDF + "nil")]
            for cell, member, rest in zip(cells, members, rests, strict=True):
                yield Triple(cell, NamedNode(_RDF + "first"), NamedNode(member))
                yield Triple(cell, NamedNode(_RDF + "rest"), rest)
