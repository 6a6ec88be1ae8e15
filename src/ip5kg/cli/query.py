"""``ip5kg query``: a command for each stored query, made from its header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ip5kg.cli.options import (
    HELP_NAMES,
    NAMES,
    Command,
    Helping,
    Knowledge,
    answer_format,
    format_option,
    graph_options,
    iris_option,
    output_option,
    root_option,
    write_example,
)
from ip5kg.cli.output import Output, talk
from ip5kg.errors import ParameterError, QueryHeaderError
from ip5kg.formats import TABLE_FORMATS
from ip5kg.names import shorten
from ip5kg.querybook import Parameter, QueryBook, StoredQuery
from ip5kg.resources import knowledge_root, shown

__all__ = ["command"]

_EXAMPLE = """\
ip5kg query
ip5kg query --tag people
ip5kg query meeting-attendees --help
ip5kg query meeting-attendees --meeting heads-2021 --format csv"""
_GIVEN = "parameter_"
_SOURCES = (
    "Add a column with the sources of each row: the documents that the row names; else all that "
    "are cited by the things and statements which the query reads for the row, also those that it "
    "only counts. These can be more than the row needs. As footnotes with title, publisher, "
    "locator and address in table, md, html and xlsx, else as IRIs."
)


class _QueryCommand(Command):
    """The command that answers one stored query."""

    def __init__(self, query: StoredQuery) -> None:
        self._query = query
        parameters = [
            click.Option(
                [f"--{parameter.flag}", _GIVEN + parameter.name],
                metavar=parameter.type.upper(),
                multiple=True,
                help=parameter.description,
            )
            for parameter in query.parameters
        ]
        common = [
            format_option(
                TABLE_FORMATS,
                None,
                "How the answer is written; by default as the name of -o FILE ends, else as table.",
            ),
            iris_option(),
            click.Option(["--with-sources"], is_flag=True, help=_SOURCES),
            output_option(),
            *graph_options(),
        ]
        taken = {name for option in common for name in option.opts} | {"--help"}
        for parameter in query.parameters:
            if f"--{parameter.flag}" in taken:
                raise QueryHeaderError(
                    f"{shown(query.path)}: {parameter.name} has the name of an option.",
                    hint=f"These are taken: {', '.join(sorted(taken))}.",
                )
        super().__init__(
            query.name,
            self._answer,
            [*parameters, *common],
            summary=query.summary,
            details=query.description,
        )

    def example(self) -> str:
        """Write a call with the examples of the header."""
        from ip5kg.render.catalogue import example_call

        return example_call(self._query)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the parameters that the query takes when it is given another."""
        name = self._query.name
        flags = ", ".join(f"--{parameter.flag}" for parameter in self._query.parameters)
        takes = f"It takes {flags or 'no parameters'}."
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise ParameterError(
                f"The query {name} has no parameter {error.option_name}.", hint=takes
            ) from None
        if rest:
            raise ParameterError(
                f"The query {name} cannot tell what “{rest[0]}” is for without a parameter.",
                hint=takes,
            )
        return rest

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write parameters, columns and options apart."""
        by_name = {parameter.name: parameter for parameter in self._query.parameters}
        parameters, options = [], []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is None:
                continue
            flag, text = record
            name = (param.name or "").removeprefix(_GIVEN)
            if param.name == _GIVEN + name:
                parameters.append((flag, f"{text}  {_note(by_name[name])}"))
            else:
                options.append((flag, text))
        for title, rows in (
            ("Parameters", parameters),
            ("Columns", [(one.name, one.description) for one in self._query.columns]),
            ("Options", options),
        ):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def _answer(
        self,
        *,
        form: str | None,
        iris: bool,
        with_sources: bool,
        output: Output,
        knowledge: Knowledge,
        **given: Sequence[str],
    ) -> None:
        """Answer the query and write the answer."""
        from ip5kg.render.tables import render_answer

        form = answer_format(form, output, TABLE_FORMATS, "table", "a stored question")
        graph = knowledge.open()
        # Options that may be repeated come as tuples, which are empty where nothing is given.
        values = {name.removeprefix(_GIVEN): value or None for name, value in given.items()}
        try:
            answer = graph.query(self._query.name, **values)
        except ParameterError as error:
            if error.parameter and values.get(error.parameter) is None:
                error.hint = f"For example: {self.example()}"
            raise
        title = self._query.summary
        told = graph.cite(answer) if with_sources else answer
        output.write(render_answer(told, form, iris=iris, width=output.width, title=title))
        if form == "table" and not answer:
            talk("The answer is empty.")


def _note(parameter: Parameter) -> str:
    """Say in brackets how a parameter is given."""
    default = parameter.default
    if default is not None:
        notes = [f"default: {shorten(default)}"]
    else:
        notes = ["required" if parameter.required else "optional"]
    if parameter.multiple:
        notes.append("may be repeated")
    return f"[{'; '.join(notes)}; such as {parameter.example}]"


class _Queries(Helping, click.Group):
    """All stored queries; only the one that is called is read."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return _book(ctx.params.get("root")).names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _QueryCommand(_book(ctx.params.get("root")).get(cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the query in the root that stands among its own options."""
        root = _option(args[1:], "--root") or ctx.params.get("root")
        name, *rest = args
        if root and _option(rest, "--root") is None:
            rest = ["--root", root, *rest]
        return name, _QueryCommand(_book(root).get(name)), rest

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
def _list(
    ctx: click.Context, listed: bool, tag: str | None, as_json: bool, root: str | None
) -> None:
    """List the stored queries."""
    if ctx.invoked_subcommand is not None:
        if listed or tag or as_json:
            ctx.fail("--list, --tag and --json list the queries; name no query with them.")
        return
    from ip5kg.render.catalogue import catalogue_json, catalogue_text

    queries = _book(root).all()
    chosen = [query for query in queries if tag is None or tag in query.tags]
    if not chosen and queries:
        tags = sorted({name for query in queries for name in query.tags})
        raise ParameterError(
            f"No stored query has the tag “{tag}”.", hint=f"There are: {', '.join(tags)}."
        )
    output = Output()
    if as_json:
        output.write(catalogue_json(chosen))
    else:
        output.write(catalogue_text(chosen, bold=output.coloured))


command = _Queries(
    "query",
    callback=_list,
    params=[
        click.Option(["--list", "listed"], is_flag=True, help="List the queries (the default)."),
        click.Option(["--tag"], help="List only the queries with this tag."),
        click.Option(["--json", "as_json"], is_flag=True, help="List them as JSON."),
        root_option(),
    ],
    invoke_without_command=True,
    subcommand_metavar="[NAME [PARAMETERS]...]",
    context_settings=HELP_NAMES,
    short_help="Answer a stored question.",
    help="Answer a stored question.\n\n"
    f"Without a name, the questions are listed. A parameter that names a thing takes {NAMES}.",
)
