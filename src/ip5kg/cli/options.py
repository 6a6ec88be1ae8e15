"""What the commands have in common: options, and help that ends with an example."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from ip5kg.cli.credentials import credential_options, read_credentials
from ip5kg.cli.output import Output

if TYPE_CHECKING:
    from ip5kg.formats import Format
    from ip5kg.graph import KnowledgeGraph

__all__ = [
    "HELP_NAMES",
    "NAMES",
    "Command",
    "Helping",
    "Knowledge",
    "answer_format",
    "format_option",
    "graph_options",
    "iris_option",
    "named_format",
    "not_empty",
    "output_option",
    "root_option",
    "write_example",
]

NAMES = (
    "a full IRI, a prefixed name (state:jp), a short name (heads-2021, or jp, which is the office "
    "rather than the state), or a label, acronym or family name that only one thing bears"
)
"""What names a thing, for help."""

_Given: TypeAlias = str | tuple[str, ...] | None
_FILES = frozenset(("directory", "file", "files", "new", "old", "output", "root", "shapes"))
_OF_GRAPH = ("root", "endpoint", "timeout", "user", "password_env")
HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Knowledge:
    """The graph that the user named, which is opened when it is needed.

    Args:
        root: A folder to use instead of the bundled one.
        endpoint: A SPARQL endpoint to ask instead of the files.
        timeout: Seconds to wait for it.
        user: Who asks it.
        password_env: The environment variable that holds the password.
    """

    def __init__(
        self,
        root: str | None,
        endpoint: str | None = None,
        timeout: int | None = None,
        user: str | None = None,
        password_env: str | None = None,
    ) -> None:
        self._root, self._endpoint, self._timeout = root, endpoint, timeout
        self._user, self._password_env = user, password_env

    @property
    def is_bundled(self) -> bool:
        """Whether it is the graph that came with the package."""
        return self._root is None and self._endpoint is None

    def open(self) -> KnowledgeGraph:
        """Open the graph."""
        from ip5kg.graph import open as open_graph

        return open_graph(
            self._root,
            endpoint=self._endpoint,
            timeout=self._timeout,
            credentials=read_credentials(self._user, self._password_env),
        )


class Helping(click.Command):
    """A command or group whose help goes the way of all results, so that it fails as they do."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _print_help
        return option


class Command(Helping):
    """A command whose help ends with an example.

    Args:
        name: Its name.
        callback: What it does; may return an exit status. It gets ``output`` where there is
            ``-o``, and ``knowledge`` where there is ``--endpoint``.
        params: Its arguments and options.
        summary: One sentence, for the list of commands.
        details: What else there is to say.
        example: Calls that work, one to a line.
    """

    def __init__(  # noqa: PLR0913 - each is a part of the help
        self,
        name: str,
        callback: Callable[..., int | None],
        params: Iterable[click.Parameter],
        *,
        summary: str,
        details: str = "",
        example: str = "",
    ) -> None:
        super().__init__(
            name,
            callback=callback,
            params=list(params),
            help=f"{summary}\n\n{details}",
            short_help=summary,
            context_settings=HELP_NAMES,
        )
        self._example = example

    def example(self) -> str:
        """Return calls that work, one to a line."""
        return self._example

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, with the options that belong together put together."""
        given = ctx.params
        for name, value in given.items():
            if name not in _FILES:
                given[name] = _as_text(value)
        if "output" in given:
            given["output"] = Output(given["output"])
        if "endpoint" in given:
            given["knowledge"] = Knowledge(**{name: given.pop(name) for name in _OF_GRAPH})
        return super().invoke(ctx)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example as it stands, without wrapping it."""
        write_example(formatter, self.example())


def _as_text(value: Any) -> Any:
    """Read an argument as UTF-8, whatever the locale; the names of files stay as they came.

    Where the locale is C, Python reads what is not ASCII as lone surrogates (PEP 383).
    """
    if isinstance(value, tuple):
        return tuple(map(_as_text, value))
    if isinstance(value, str) and sys.getfilesystemencoding().lower() != "utf-8":
        return os.fsencode(value).decode("utf-8", "surrogateescape")
    return value


def _print_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        Output().write(f"{ctx.get_help()}\n")
        ctx.exit()


def write_example(formatter: click.HelpFormatter, example: str) -> None:
    """Write calls that can be copied, each on a line of its own."""
    with formatter.section("Example"):
        for line in example.splitlines():
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def not_empty(hint: str) -> Callable[[click.Context, click.Parameter, _Given], _Given]:
    """Make the callback of a parameter that names a file or folder, or several of them.

    An empty name is what an unset variable of a shell script leaves; Python takes it for the
    current folder.

    Args:
        hint: What to write instead.

    Raises:
        ParameterError: From the callback, when the name, or one of several, is empty.
    """

    def check(_: click.Context, parameter: click.Parameter, value: _Given) -> _Given:
        if "" in (value if isinstance(value, tuple) else (value,)):
            from ip5kg.errors import ParameterError

            given = parameter.opts[0]
            name = given if given.startswith("-") else given.upper()
            if parameter.nargs == -1:
                name = f"One of {name}"
            raise ParameterError(f"{name} is empty.", hint=hint)
        return value

    return check


def format_option(
    formats: Iterable[Format | str],
    default: str | None,
    text: str = "How the result is written.",
) -> click.Option:
    """Make ``--format``, which takes one of the formats."""
    names = [name if isinstance(name, str) else name.name for name in formats]
    return click.Option(
        ["--format", "form"],
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help=text,
    )


def answer_format(
    form: str | None, output: Output, possible: Iterable[Format], default: str, what: str
) -> str:
    """Choose the format of an answer: that of ``--format``, of the file's name, or the usual one.

    Args:
        form: What ``--format`` says.
        output: Where the answer goes.
        possible: The formats that can hold it.
        default: The name of the usual one.
        what: The forms of query that have such answers.

    Raises:
        UnknownFormat: When a format exists but cannot hold this kind of answer.
        OutputError: When a binary format would go to a terminal.
    """
    possible = list(possible)
    chosen = named_format(form, output, possible) or default
    known = {one.name: one for one in possible}
    if chosen not in known:
        from ip5kg.errors import UnknownFormat

        raise UnknownFormat(
            f"The answer of {what} cannot be written as {chosen}.",
            hint=f"Possible: {', '.join(known)}.",
        )
    if known[chosen].binary and output.width is not None:
        from ip5kg.errors import OutputError

        raise OutputError(
            f"{chosen} is nothing that a terminal can show.",
            hint=f"Name a file: -o FILE{known[chosen].suffix}.",
        )
    return chosen


def named_format(form: str | None, output: Output, possible: Iterable[Format]) -> str | None:
    """Tell the format that ``--format`` or else the name of the file says; None when neither does.

    Args:
        form: What ``--format`` says.
        output: Where the answer goes.
        possible: The formats to name where the file ends with that of none.

    Raises:
        UnknownFormat: When the name ends as if it said a format, and says one that there is not.
    """
    from pathlib import PurePath

    from ip5kg.formats import format_of_name

    named = format_of_name(output.name) if form is None else None
    if form or named:
        return form or (named.name if named else None)
    if PurePath(output.name).suffix.lower() not in ("", ".txt", ".text"):
        from ip5kg.errors import UnknownFormat

        suffixes = ", ".join(one.suffix for one in possible)
        raise UnknownFormat(
            f"The name {output.name} ends with that of no format.",
            hint=f"Possible: {suffixes}; or name one with --format.",
        )
    return None


def output_option() -> click.Option:
    """Make ``-o``."""
    return click.Option(
        ["-o", "--output"],
        metavar="FILE",
        callback=not_empty("Name a file, or - for standard output."),
        help="Write the result into this file, all of it or nothing.",
    )


def iris_option() -> click.Option:
    """Make ``--iris``."""
    return click.Option(
        ["--iris"],
        is_flag=True,
        help="Show no labels, but prefixed names, and IRIs in records, xlsx and parquet.",
    )


def root_option() -> click.Option:
    """Make ``--root``."""
    return click.Option(
        ["--root"],
        metavar="DIR",
        callback=not_empty("Name a folder that holds ontology/, data/ and queries/."),
        help="A folder with ontology/, data/ and queries/ to use instead of the bundled one.",
    )


def graph_options() -> list[click.Option]:
    """Make ``--endpoint`` and what goes with it, and ``--root``."""
    return [
        click.Option(
            ["--endpoint"], metavar="URL", help="Ask this SPARQL endpoint, not the files."
        ),
        click.Option(
            ["--timeout"],
            type=int,
            metavar="SECONDS",
            help="How long to wait for the endpoint.  [default: 30]",
        ),
        *credential_options(),
        root_option(),
    ]
