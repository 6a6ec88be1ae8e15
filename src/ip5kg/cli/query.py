"""``ip5kg query``: a command for each stored query, and lists of them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ip5kg.cli.options import (
    HELP_NAMES,
    NAMES,
    Helping,
    Knowledge,
    graph_options,
    output_option,
    write_example,
)
from ip5kg.cli.output import Output, talk
from ip5kg.cli.question import Question
from ip5kg.cli.statuses import FINDINGS, FINE
from ip5kg.errors import ParameterError
from ip5kg.querybook import QueryBook, StoredQuery
from ip5kg.resources import knowledge_root

__all__ = ["command"]

_EXAMPLE = """\
ip5kg query
ip5kg query --tag people
ip5kg query meeting-attendees --help
ip5kg query heads-of-office --office jp --office kr
ip5kg query tenures --view -o tenures.svg
ip5kg query --catalogue turtle -o queries.ttl
ip5kg query --check --endpoint https://example.org/sparql
ip5kg query --new heads-in-office -o queries/people/heads-in-office.rq
ip5kg query meeting-attendees --meeting heads-2021 --format csv"""


class _Queries(Helping, click.Group):
    """All stored queries; only the one that is called is read."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return _book(ctx.params.get("root")).names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return Question(_book(ctx.params.get("root")).get(cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the query in the root that stands among its own options."""
        root = _option(args[1:], "--root") or ctx.params.get("root")
        name, *rest = args
        if root and _option(rest, "--root") is None:
            rest = ["--root", root, *rest]
        return name, Question(_book(root).get(name)), rest

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Leave the list to ``ip5kg query``."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_example(formatter, _EXAMPLE)


def _option(args: Sequence[str], name: str) -> str | None:
    """Return the value of an option among arguments that are not parsed yet."""
    for number, argument in enumerate(args):
        if argument == name and number + 1 < len(args):
            return args[number + 1]
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _book(root: str | None) -> QueryBook:
    return QueryBook(knowledge_root(Path(root) if root else None))


@click.pass_context
def _tell(  # noqa: PLR0913 - each is an option
    ctx: click.Context,
    *,
    listed: bool,
    tag: str | None,
    as_json: bool,
    catalogue: str | None,
    new: str | None,
    check: bool,
    permalink: str | None,
    output: str | None,
    root: str | None,
    endpoint: str | None,
    timeout: int | None,
    user: str | None,
    password_env: str | None,
) -> int:
    """List the stored queries, or do what is done with all of them."""
    ways = {"--json": as_json, "--catalogue": catalogue, "--new": new}
    ways |= {"--check": check, "--permalink": permalink}
    if ctx.invoked_subcommand is not None:
        asked = {"--list": listed, **ways, "--tag": tag, "-o": output, "--endpoint": endpoint}
        if any(asked.values()):
            ctx.fail(f"{_all_of(asked)} are for all queries; name no query with them.")
        return FINE
    wanted = [name for name, given in ways.items() if given is not None and given is not False]
    alone = new is not None or check or permalink is not None
    if len(wanted) > 1 or (alone and (tag or listed)):
        ctx.fail(f"Ask for one: the list, {_all_of(ways).replace(' and ', ' or ')}.")
    if endpoint is not None and not check:
        ctx.fail("--endpoint is for --check, or for one query.")
    book, place = _book(root), Output(output)
    knowledge = Knowledge(root, endpoint, timeout, user, password_env)
    if check:
        return _check(knowledge, place)
    if permalink is not None:
        return _recall(knowledge, permalink, place)
    if new is not None:
        from ip5kg.render.catalogue.skeleton import skeleton

        place.write(skeleton(new, book))
        return FINE
    chosen = _tagged(book.all(), tag)
    if catalogue:
        place.write(_catalogue(catalogue, chosen, root))
        return FINE
    from ip5kg.render.catalogue import catalogue_json, catalogue_text

    place.write(catalogue_json(chosen) if as_json else catalogue_text(chosen, bold=place.coloured))
    return FINE


def _check(knowledge: Knowledge, place: Output) -> int:
    """Answer all stored queries, and tell which lack what they promise."""
    from ip5kg.render.catalogue import tried_text

    tried = knowledge.open().try_queries()
    place.write(tried_text(tried))
    return FINDINGS if any(one.faults for one in tried) else FINE


def _recall(knowledge: Knowledge, link: str, place: Output) -> int:
    """Ask the question of a permalink again, and tell what has changed."""
    from ip5kg.render.tables import render_answer

    recalled = knowledge.open().recall(link)
    place.write(render_answer(recalled.answer, "table", width=place.width))
    for sentence in recalled.changes:
        talk(sentence)
    if recalled.new:
        rows = ", ".join(str(number + 1) for number in recalled.new)
        talk(f"New {'is row' if len(recalled.new) == 1 else 'are the rows'} {rows}.")
    if recalled.is_same:
        talk("The answer is the same.")
    return FINE if recalled.is_same else FINDINGS


def _all_of(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}"


def _tagged(queries: list[StoredQuery], tag: str | None) -> list[StoredQuery]:
    """Keep the queries that have the tag."""
    chosen = [query for query in queries if tag is None or tag in query.tags]
    if not chosen and queries:
        tags = sorted({name for query in queries for name in query.tags})
        raise ParameterError(
            f"No stored query has the tag “{tag}”.", hint=f"There are: {', '.join(tags)}."
        )
    return chosen


def _catalogue(form: str, queries: list[StoredQuery], root: str | None) -> str:
    """Describe the queries for machines, with the values that the graph has for parameters."""
    from ip5kg.graph import open as open_graph
    from ip5kg.resources import version

    graph = open_graph(root)
    choices = {
        (query.name, parameter.name): graph.choices(query.name, parameter.name)
        for query in queries
        for parameter in query.parameters
        if parameter.enumerated
    }
    if form == "openapi":
        from ip5kg.render.catalogue.openapi import openapi

        return openapi(queries, version(graph.root), choices)
    from ip5kg.render.catalogue.turtle import turtle

    return turtle(queries, version(graph.root), choices)


command = _Queries(
    "query",
    callback=_tell,
    params=[
        click.Option(["--list", "listed"], is_flag=True, help="List the queries (the default)."),
        click.Option(["--tag"], help="List only the queries with this tag."),
        click.Option(["--json", "as_json"], is_flag=True, help="List them as JSON."),
        click.Option(
            ["--catalogue"],
            type=click.Choice(["turtle", "openapi"]),
            help="Describe them for machines: as RDF in the form of the SIB's SPARQL examples, "
            "which editors and endpoints read, or as paths of OpenAPI 3.1.",
        ),
        click.Option(
            ["--new"], metavar="NAME", help="Write a file that a query of this name starts from."
        ),
        click.Option(
            ["--check"],
            is_flag=True,
            help="Answer them all, and tell which lack the columns or rows that they promise.",
        ),
        click.Option(
            ["--permalink"],
            metavar="LINK",
            help="Ask the question of a permalink again, and tell what has changed since.",
        ),
        output_option(),
        *graph_options(),
    ],
    invoke_without_command=True,
    subcommand_metavar="[NAME [PARAMETERS]...]",
    context_settings=HELP_NAMES,
    short_help="Answer a stored question.",
    help="Answer a stored question.\n\n"
    f"Without a name, the questions are listed. A parameter that names a thing takes {NAMES}.",
)
