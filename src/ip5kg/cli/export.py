"""``ip5kg export``: the graph in RDF syntaxes, from the files and not from the engine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ip5kg.cli.options import Command, not_empty, root_option
from ip5kg.cli.output import Output, ending_tidily, talk
from ip5kg.formats import RDF_FORMATS
from ip5kg.resources import knowledge_root

__all__ = ["command"]


def _export(
    directory: str, *, form: tuple[str, ...], extras: tuple[str, ...], root: str | None
) -> None:
    """Write the graph into a folder and name the files, or write it to standard output."""
    from ip5kg.publishing.export import export, export_bytes

    folder = knowledge_root(Path(root) if root else None)
    if directory == "-":
        if len(form) != 1:
            raise click.UsageError(
                "For standard output, name one syntax with --format.", click.get_current_context()
            )
        Output().write(export_bytes(folder, form[0], extras=extras))
        return
    if sys.stderr.isatty():
        talk(f"Writing the graph into {directory} …")
    with ending_tidily():
        files = export(folder, Path(directory), form, extras=extras)
    Output().write("".join(f"{file}\n" for file in files))


command = Command(
    "export",
    _export,
    [
        click.Argument(
            ["directory"], callback=not_empty("Name a folder, or - for standard output.")
        ),
        click.Option(
            ["--format", "form"],
            type=click.Choice([one.name for one in RDF_FORMATS]),
            multiple=True,
            help="Write only this syntax; may be given several times.",
        ),
        click.Option(
            ["--with", "extras"],
            type=click.Choice(["alignments", "shapes"]),
            multiple=True,
            help="Write this as well; may be given several times.",
        ),
        root_option(),
    ],
    summary="Write the graph in RDF syntaxes.",
    details="DIRECTORY gets one file for each syntax; - is standard output. The graph is the "
    "ontology, its vocabularies and the data. Literals stay exactly as they are in the files; "
    "N-Quads and TriG keep a named graph for each file.",
    example="ip5kg export dump\nip5kg export - --format nquads",
)
