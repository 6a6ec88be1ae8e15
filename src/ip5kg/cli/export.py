"""``ip5kg export``: the graph in RDF syntaxes, from the files and not from the engine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ip5kg.cli.options import Command, not_empty, root_option
from ip5kg.cli.output import Output, ProgressLine, ending_tidily, talk
from ip5kg.cli.statuses import FINDINGS, FINE
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
    portal: bool,
    base_url: str | None,
    endpoint_url: str | None,
    entail: bool,
    changes_since: str | None,
    checked: bool,
    shapes: str | None,
    loopback: bool,
    root: str | None,
) -> int:
    """Write the graph into a folder and name the files, or write it to standard output."""
    _refuse_mixtures(click.get_current_context().params)
    if checked:
        return _check(directory, shapes, loopback=loopback)
    if site:
        _write_site(root, directory, base_url, changes_since)
        return FINE
    folder = knowledge_root(Path(root) if root else None)
    if portal:
        _write_bundle(folder, directory, base_url, endpoint_url, entail=entail)
        return FINE
    from ip5kg.publishing.export import export, export_bytes

    if directory == "-":
        if len(form) != 1:
            raise _misuse("For standard output, name one syntax with --format.")
        Output().write(export_bytes(folder, form[0], extras=extras))
        return FINE
    if sys.stderr.isatty():
        talk(f"Writing the graph into {directory} …")
    with ending_tidily():
        files = export(folder, Path(directory), form, extras=extras)
    Output().write("".join(f"{file}\n" for file in files))
    return FINE


def _refuse_mixtures(given: dict[str, object]) -> None:
    """Refuse options that do not go together."""
    ways = [name for name in ("site", "portal", "checked") if given[name]]
    if len(ways) > 1:
        raise _misuse("Ask for one: --site, --portal or --check.")
    fitting = {
        "site": ("base_url", "changes_since", "root"),
        "portal": ("base_url", "endpoint_url", "entail", "root"),
        "checked": ("shapes", "loopback"),
        "": ("form", "extras", "root"),
    }
    way = ways[0] if ways else ""
    options = {name for names in fitting.values() for name in names}
    for name in sorted(options - set(fitting[way])):
        if given[name]:
            shown = {"form": "--format", "extras": "--with"}.get(name)
            option = shown or f"--{name.replace('_', '-')}"
            homes = [f"--{one}" for one in ("site", "portal") if name in fitting[one]]
            homes += ["--check"] if name in fitting["checked"] else []
            rule = f"goes with {' or '.join(homes)}" if not way and homes else "does not go here"
            raise _misuse(f"{option} {rule}.")
    if ways and given["directory"] == "-":
        raise _misuse("A folder is written or read; name it.")


def _check(directory: str, shapes: str | None, *, loopback: bool) -> int:
    """Check a bundle, and write what it lacks."""
    from ip5kg.portal.checks.run import as_text, check

    with ending_tidily():
        outcome = check(Path(directory), Path(shapes) if shapes else None, loopback=loopback)
    Output().write(as_text(outcome))
    return FINDINGS if outcome.lacks else FINE


def _write_bundle(
    root: Path, directory: str, base_url: str | None, endpoint: str | None, *, entail: bool
) -> None:
    """Write a bundle for portals, and name its files."""
    from ip5kg.portal.build import build

    if sys.stderr.isatty():
        talk(f"Writing a bundle into {directory} …")
    with ending_tidily():
        files = build(root, Path(directory), base_url=base_url, endpoint=endpoint, entail=entail)
    Output().write("".join(f"{Path(directory, file)}\n" for file in files))


def _misuse(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())


def _write_site(root: str | None, directory: str, base_url: str | None, since: str | None) -> None:
    """Write the site into a folder, and tell how far it has come."""
    from ip5kg.graph import open as open_graph
    from ip5kg.names import BASE
    from ip5kg.render.site import write_site

    graph = open_graph(root)
    base = BASE if base_url is None else base_url
    changes = None if since is None else graph.diff(since)
    with ending_tidily(), ProgressLine() as line:

        def tell(done: int, total: int) -> None:
            if done % _STEP == 0 or done == total:
                line.show(f"{done:,} of {total:,} pages")

        number = write_site(graph, Path(directory), base, tell, changes)
    Output().write(f"{directory}: {number:,} files, to be read from {directory}/index.html\n")


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
        click.Option(
            ["--portal"],
            is_flag=True,
            help="Write a bundle for data portals: the graph and its parts in all syntaxes, flat "
            "tables, and descriptions in DCAT-AP, VoID and schema.org.",
        ),
        click.Option(
            ["--base-url"], metavar="URL", help="Where the site or the bundle will lie on the web."
        ),
        click.Option(
            ["--endpoint-url"], metavar="URL", help="The SPARQL endpoint that the bundle names."
        ),
        click.Option(
            ["--entail"],
            is_flag=True,
            help="For --portal: write as well what the graph entails in the words of W3C ORG, "
            "FOAF, PROV-O, schema.org and others, by OWL 2 RL.",
        ),
        click.Option(
            ["--changes-since"],
            metavar="OLD",
            callback=not_empty("Name a root folder, an RDF file, or a revision as git:REV."),
            help="For --site: tell in its feed what has changed since this state, as ip5kg diff "
            "does.",
        ),
        click.Option(
            ["--check", "checked"],
            is_flag=True,
            help="Check a bundle instead of writing one: points of data.europa.eu, DCAT-AP, "
            "Google Dataset Search, the LOD cloud, counts, checksums. Needs no network.",
        ),
        click.Option(
            ["--shapes"],
            metavar="DIR",
            callback=not_empty("Name a folder with the SHACL shapes of DCAT-AP 3.0.1."),
            help="A folder with the SHACL shapes of DCAT-AP 3.0.1, for --check.",
        ),
        click.Option(
            ["--loopback"],
            is_flag=True,
            help="For --check: serve the bundle to this machine, and ask for every file.",
        ),
        root_option(),
    ],
    summary="Write the graph in RDF syntaxes.",
    details="DIRECTORY gets one file for each syntax; - is standard output. The graph is the "
    "ontology, its vocabularies and the data. Literals stay exactly as they are in the files; "
    "N-Quads and TriG keep a named graph for each file.",
    example="ip5kg export dump\nip5kg export - --format nquads\n"
    "ip5kg export --site site --base-url https://example.org/ip5kg/ --changes-since git:HEAD~1\n"
    "ip5kg export --portal bundle --base-url https://example.org/ip5kg/\n"
    "ip5kg export --check bundle --loopback",
)
