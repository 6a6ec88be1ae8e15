"""``ip5kg fmt``: put Turtle files into canonical form."""

from __future__ import annotations

import difflib
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from ip5kg.cli.options import Command, not_empty
from ip5kg.cli.output import Output, talk
from ip5kg.cli.statuses import FINDINGS, FINE
from ip5kg.errors import InputError, OutputError, ResourceMissing

__all__ = ["command"]

_STANDARD_INPUT = Path("-")
_SUFFIX = ".ttl"
# Other characters that end lines in Python do not for diff and patch.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Document(NamedTuple):
    """A Turtle document as it is, and as it should be.

    Attributes:
        path: Where it stands.
        name: What it is called.
        before: Its text, with the byte-order mark that it may have.
        after: Its canonical text.
    """

    path: Path
    name: str
    before: str
    after: str


def _format(files: tuple[str, ...], *, check: bool, diff: bool) -> int:
    """Rewrite what is not in canonical form, or tell; nothing is written before all is read."""
    documents = list(_documents(_expanded(files)))
    different = [document for document in documents if document.before != document.after]
    if diff:
        Output().write("".join(map(_difference, different)))
    elif check:
        Output().write("".join(f"{one.name} is not in canonical form.\n" for one in different))
    else:
        _rewrite(documents)
        return FINE
    return FINDINGS if different else FINE


def _expanded(files: tuple[str, ...]) -> Iterator[Path]:
    """Replace folders by the Turtle files beneath them, and nothing by those of a checkout."""
    for path in map(Path, files) if files else _folders_of_checkout():
        if path != _STANDARD_INPUT and path.is_dir():
            found = _files_beneath(path)
            if not found:
                talk(f"There is no Turtle file in {path}.")
            yield from found
        else:
            yield path


def _folders_of_checkout() -> list[Path]:
    """Name the folders with Turtle of the checkout that the user stands in."""
    from ip5kg.resources import knowledge_root

    try:
        knowledge_root(Path())
    except ResourceMissing:
        raise click.UsageError(
            "Name the files or folders to format; this folder is no checkout of ip5kg.",
            click.get_current_context(),
        ) from None
    return [Path("ontology"), Path("data")]


def _files_beneath(folder: Path) -> list[Path]:
    """List the Turtle files beneath a folder, sorted by path; what is hidden is left alone."""

    def refuse(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{error.filename} cannot be read: {reason}.")

    found = []
    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(where, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path.suffix.lower() == _SUFFIX and path.is_file())


def _documents(paths: Iterable[Path]) -> Iterator[_Document]:
    """Read each document once, and put it into canonical form."""
    from ip5kg.turtle.formatter import formatted
    from ip5kg.turtle.reader import raw_bytes, utf8

    seen: set[str] = set()
    for path in paths:
        if path == _STANDARD_INPUT:
            name, data = "standard input", _standard_input()
        else:
            name, data = str(path), raw_bytes(path)
            _refuse_other_syntaxes(path)
        place = os.path.realpath(path)
        if place not in seen:
            seen.add(place)
            after = formatted(utf8(data, name).decode(), file=name)
            yield _Document(path, name, data.decode(), after)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("Standard input cannot be read: it is closed.")
    return sys.stdin.buffer.read()


def _refuse_other_syntaxes(path: Path) -> None:
    """Refuse a file that others would not read as Turtle."""
    if path.suffix.lower() != _SUFFIX:
        raise InputError(
            f"{path} has not the suffix of Turtle.",
            hint=f"Name it *{_SUFFIX}, or give “-” to format standard input.",
        )


def _difference(document: _Document) -> str:
    """Write what changes as a unified diff, as ``patch -p0`` takes it."""
    # A name with a blank ends at a tabulator.
    name = f"{document.name}\t" if " " in document.name else document.name
    before, after = _LINE.findall(document.before), _LINE.findall(document.after)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(before, after, name, name)
    )


def _rewrite(documents: list[_Document]) -> None:
    """Write what is not in canonical form; of standard input, all."""
    from ip5kg.atomic import write_atomically

    files = [document for document in documents if document.path != _STANDARD_INPUT]
    different = [document for document in files if document.before != document.after]
    for document in different:
        _refuse_read_only(document.path)
    for document in documents:
        if document.path == _STANDARD_INPUT:
            Output().write(document.after)
    for document in different:
        write_atomically(document.path, document.after.encode())
        talk(f"{document.name} rewritten.")


def _refuse_read_only(path: Path) -> None:
    """Refuse a file that is to stay as it is, which an atomic writer could replace."""
    writable = path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    if not writable or not os.access(path, os.W_OK):
        raise OutputError(
            f"{path} cannot be written: it is read-only.", hint="Nothing was rewritten."
        )


command = Command(
    "fmt",
    _format,
    [
        click.Argument(
            ["files"], nargs=-1, callback=not_empty("Name a file or folder; “.” is this folder.")
        ),
        click.Option(
            ["--check"],
            is_flag=True,
            help="Change nothing, name the files that are not in canonical form; the exit status "
            "is 1 when there are any.",
        ),
        click.Option(
            ["--diff"],
            is_flag=True,
            help="Change nothing, show what would change as a unified diff; the exit status is 1 "
            "when anything would.",
        ),
    ],
    summary="Put Turtle files into canonical form.",
    details="FILES are Turtle files, folders (all *.ttl beneath them that are not hidden), or - "
    "for standard input, which goes to standard output. Without any, ontology/ and data/ of the "
    "checkout that you stand in are formatted.\n\n"
    "The same graph gives the same text, whatever the order of its triples. Its triples stay the "
    "same, which is verified before a file is written, and literals stay as they are written, "
    "but for language tags, which get small letters. "
    "Prefixes that are not used go. Comments are kept, as lines of their own: those of the file "
    "at its head and end, all others above the subject that they stand before or in. A file whose "
    "blank nodes form a mesh so even that nothing tells them apart is refused.",
    example="ip5kg fmt my-meeting.ttl\nip5kg fmt --check ontology data\n"
    "ip5kg fmt - < untidy.ttl > tidy.ttl",
)
