"""``ip5kg load``: the graph published to a store, from the files and not from the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ip5kg.cli.credentials import credential_options, read_credentials
from ip5kg.cli.options import Command, root_option
from ip5kg.cli.output import Output, ProgressLine, ending_tidily
from ip5kg.cli.statuses import FINDINGS, FINE
from ip5kg.resources import knowledge_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ip5kg.publishing.loading import Loaded, Target
    from ip5kg.store.http import Client

__all__ = ["command"]

_TIMEOUT = 60
_RETRIES = 3


def _load(  # noqa: PLR0913 - each is an option
    *,
    update: str | None,
    query_endpoint: str | None,
    graph_store: str | None,
    user: str | None,
    password_env: str | None,
    timeout: float,
    retries: int,
    dry_run: bool,
    extras: tuple[str, ...],
    root: str | None,
) -> int:
    """Publish, and say what became of each graph that was not there already."""
    from ip5kg.publishing.export import gather
    from ip5kg.publishing.loading import load
    from ip5kg.store.http import Client

    client = Client(read_credentials(user, password_env), timeout=timeout, retries=retries)
    target = _target(update, query_endpoint, graph_store, client)
    quads = gather(knowledge_root(Path(root) if root else None), extras)
    with ending_tidily(), ProgressLine() as line:

        def tell(graph: str, number: int, total: int) -> None:
            line.show(f"{number}/{total} {graph}")

        loaded = load(quads, target, dry=dry_run, progress=tell)
    Output().write(_report(loaded))
    return FINDINGS if any(one.difference for one in loaded) else FINE


def _target(
    update: str | None, query_endpoint: str | None, graph_store: str | None, client: Client
) -> Target:
    """Choose the protocol."""
    from ip5kg.publishing.loading import GraphStore, UpdateEndpoint, default_query_endpoint
    from ip5kg.store.address import refuse_password

    for address in (update, query_endpoint, graph_store):
        refuse_password(address or "")
    if update is not None and graph_store is None:
        query = query_endpoint or default_query_endpoint(update)
        return UpdateEndpoint(update, query, client)
    if graph_store is not None and update is None and query_endpoint is None:
        return GraphStore(graph_store, client)
    raise click.UsageError(
        "Name one store: by --endpoint, with or without --query-endpoint, or by --graph-store.",
        click.get_current_context(),
    )


def _report(loaded: Sequence[Loaded]) -> str:
    """Say what became of the graphs."""
    from ip5kg.publishing.loading import Fate, hash_of_all

    lines = []
    for one in loaded:
        if one.fate is not Fate.THERE:
            lines.append(f"<{one.graph}> {one.fate.value}, {one.triples} triples")
        if one.difference is not None:
            lines += [f"  {line}" for line in str(one.difference).splitlines()]
    counted = [
        f"{number} {fate.plural}"
        for fate in Fate
        if (number := sum(one.fate is fate for one in loaded))
    ]
    lines.append(
        f"{len(loaded)} graphs, {sum(one.triples for one in loaded)} triples: {', '.join(counted)}."
    )
    lines.append(f"SHA-256 of what should be there: {hash_of_all(loaded)}")
    return "".join(f"{line}\n" for line in lines)


command = Command(
    "load",
    _load,
    [
        click.Option(
            ["--endpoint", "update"],
            metavar="URL",
            help="Publish by SPARQL Update to this address, in parts.",
        ),
        click.Option(
            ["--query-endpoint"],
            metavar="URL",
            help="Where that store is asked.  [default: …/query for …/update, what stands before "
            "/statements, else the same address]",
        ),
        click.Option(
            ["--graph-store"],
            metavar="URL",
            help="Publish by the Graph Store HTTP Protocol instead, a request for each graph.",
        ),
        *credential_options(),
        click.Option(
            ["--timeout"],
            type=float,
            default=_TIMEOUT,
            show_default=True,
            metavar="SECONDS",
            help="How long to wait for each answer.",
        ),
        click.Option(
            ["--retries"],
            type=int,
            default=_RETRIES,
            show_default=True,
            metavar="NUMBER",
            help="How often to try again when a server is down or busy.",
        ),
        click.Option(["--dry-run"], is_flag=True, help="Only compare, and say what is to be done."),
        click.Option(
            ["--with", "extras"],
            type=click.Choice(["alignments", "shapes"]),
            multiple=True,
            help="Publish this as well; may be given several times.",
        ),
        root_option(),
    ],
    summary="Publish the graph to a SPARQL store.",
    details="Each file is a named graph, the same as in N-Quads. A graph is compared with what "
    "the store holds and replaced as a whole where that is something else, so an interrupted run "
    "goes on where it was. Then it is read back and compared by values (1.50 is 1.5); the exit "
    "status is 1 when something differs. Other graphs of the store are left alone.",
    example="ip5kg load --endpoint http://localhost:7878/update --dry-run\n"
    "ip5kg load --graph-store http://localhost:8890/sparql-graph-crud-auth "
    "--user dba --password-env PASSWORD",
)
