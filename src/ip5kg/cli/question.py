"""The command that answers one stored question, made from its header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ip5kg.cli.options import (
    Command,
    Knowledge,
    answer_format,
    format_option,
    graph_options,
    iris_option,
    output_option,
)
from ip5kg.cli.output import Output, hint_at, talk
from ip5kg.cli.terminal import as_bytes
from ip5kg.cli.views import asks_for_picture, view_option, write_picture
from ip5kg.errors import Ip5kgError, ParameterError, QueryHeaderError
from ip5kg.formats import PICTURE_FORMATS, TABLE_FORMATS
from ip5kg.names import local_name, shorten
from ip5kg.querybook import Parameter, StoredQuery
from ip5kg.resources import shown

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["Question"]

_GIVEN = "parameter_"
_SOURCES = (
    "Add a column with the sources of each row: the documents that the row names; else all that "
    "are cited by the things and statements which the query reads for the row, also those that it "
    "only counts. These can be more than the row needs. As footnotes with title, publisher, "
    "locator and address in table, md, html and xlsx, else as IRIs."
)


class Question(Command):
    """The command that answers one stored query."""

    def __init__(self, query: StoredQuery) -> None:
        self._query = query
        parameters = [
            click.Option(
                [f"--{parameter.flag}", _GIVEN + parameter.name],
                metavar=parameter.type.upper(),
                multiple=True,
                help=parameter.description,
                shell_complete=self._complete,
            )
            for parameter in query.parameters
        ]
        common = [
            format_option(
                dict.fromkeys(one.name for one in (*TABLE_FORMATS, *PICTURE_FORMATS)),
                None,
                "How the answer is written; by default as the name of -o FILE ends, else as table.",
            ),
            view_option(),
            iris_option(),
            click.Option(
                ["--choices"],
                metavar="PARAMETER",
                help="List the values that a parameter can take, and answer nothing.",
            ),
            click.Option(["--with-sources"], is_flag=True, help=_SOURCES),
            click.Option(
                ["--permalink"],
                is_flag=True,
                help="Write a link that asks this question again and tells what has changed since "
                "(“ip5kg query --permalink LINK”), and not the answer.",
            ),
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
        """Write calls with the examples of the header."""
        from ip5kg.render.catalogue import example_calls

        return "\n".join(example_calls(self._query))

    def _complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the values that begin with what is typed; none where there are none to tell."""
        from click.shell_completion import CompletionItem

        name = (param.name or "").removeprefix(_GIVEN)
        knowledge = Knowledge(ctx.params.get("root"))
        try:
            values = knowledge.open().choices(self._query.name, name)
        except Ip5kgError:
            return []
        # A colon would end the word for a shell; the local name says enough within one class.
        named = [(local_name(str(value)), getattr(value, "label", "")) for value in values]
        return [
            CompletionItem(word, help=label) for word, label in named if word.startswith(incomplete)
        ]

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

    def _answer(  # noqa: PLR0913 - each is an option
        self,
        *,
        form: str | None,
        view: str | None,
        iris: bool,
        with_sources: bool,
        choices: str | None,
        permalink: bool,
        output: Output,
        knowledge: Knowledge,
        **given: Sequence[str],
    ) -> None:
        """Answer the query and write the answer."""
        from ip5kg.render.tables import render_answer

        drawn = asks_for_picture(view, form, output) and not choices
        if not drawn:
            form = answer_format(form, output, TABLE_FORMATS, "table", "a stored question")
        graph = knowledge.open()
        if choices:
            from ip5kg.render.catalogue import choices_text

            output.write(choices_text(graph.choices(self._query.name, choices)))
            return
        # Options that may be repeated come as tuples, which are empty where nothing is given.
        values = {name.removeprefix(_GIVEN): value or None for name, value in given.items()}
        try:
            if permalink:
                output.write(graph.permalink(self._query.name, **values) + "\n")
                return
            answer = graph.query(self._query.name, **values)
        except ParameterError as error:
            if error.parameter and values.get(error.parameter) is None:
                error.hint = f"For example: {self.example().splitlines()[0]}"
            raise
        title = self._query.summary
        if drawn:
            write_picture(
                answer, view, form, output=output, knowledge=knowledge, iris=iris, title=title
            )
            return
        told = graph.cite(answer) if with_sources else answer
        text = render_answer(told, form or "table", iris=iris, width=output.width, title=title)
        output.write(text)
        memory = click.get_current_context().obj
        hangs_on_more = output.name or not knowledge.is_bundled
        if memory and answer and isinstance(text, str) and not hangs_on_more:
            memory.keep(as_bytes(text))
        if form == "table" and not answer:
            talk("The answer is empty.")
        if not answer:
            hint_at(graph.why_empty(answer.text))


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
