"""``ip5kg export``: the graph in RDF syntaxes, from the files and not from the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ip5kg.cli.options import Command, not_empty, root_option
from ip5kg.cli.output import Output, ending_tidily, talk
from ip5kg.formats import RDF_FORMATS
from ip5kg.resources import knowledge_root

__all__ = ["command"]

_STEP = 25


def _export(  # noqa: PLR0913 - each is an option
    directory: str,
    *,
    form: tuple[str, ...],
    extras: tuple[str, ...],
    site: bool,
    base_url: str | None,
    root: str | None,
) -> None:
    """Write the graph into a folder and name the files, or write it to standard output."""
    if site:
        _write_site(root, directory, form or extras, base_url)
        return
    if base_url is not None:
        raise click.UsageError("--base-url goes with --site.", click.get_current_context())
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


def _write_site(root: str | None, directory: str, others: object, base_url: str | None) -> None:
    """Write the site into a folder, and tell how far it has come."""
    if others or directory == "-":
        raise click.UsageError(
            "--site writes a folder of pages; name the folder alone.", click.get_current_context()
        )
    from ip5kg.graph import open as open_graph
    from ip5kg.names import BASE
    from ip5kg.render.site import write_site

    graph = open_graph(root)
    base = BASE if base_url is None else base_url
    with ending_tidily(), _progress() as progress:
        number = write_site(graph, Path(directory), base, progress)
    Output().write(f"{directory}: {number:,} files, to be read from {directory}/index.html\n")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many pages are written."""
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shown and (done % _STEP == 0 or done == total):
            sys.stderr.write(f"\r{done:,} of {total:,} pages ")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\n")


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
        click.Option(
            ["--site"],
            is_flag=True,
            help="Write a site of web pages that needs no server: a page for each thing, class, "
            "property and question, with the data beside it.",
        ),
        click.Option(["--base-url"], metavar="URL", help="Where the site will lie on the web."),
        root_option(),
    ],
    summary="Write the graph in RDF syntaxes.",
    details="DIRECTORY gets one file for each syntax; - is standard output. The graph is the "
    "ontology, its vocabularies and the data. Literals stay exactly as they are in the files; "
    "N-Quads and TriG keep a named graph for each file.",
    example="ip5kg export dump\nip5kg export - --format nquads\n"
    "ip5kg export --site site --base-url https://example.org/ip5kg/",
)
