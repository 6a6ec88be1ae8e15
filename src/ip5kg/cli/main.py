"""``ip5kg``: the commands, and what happens when one of them fails.

Only click is imported here. A command is imported when it is called, so that help is instant.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from ip5kg.cli.options import HELP_NAMES, Helping
from ip5kg.cli.output import Output, speak_utf8, talk, talk_of
from ip5kg.cli.statuses import FINE, INTERNAL, INTERRUPTED, MISUSE, PIPE_CLOSED
from ip5kg.cli.terminal import terminal_width

if TYPE_CHECKING:
    from ip5kg.cache import Remembered

__all__ = ["COMMANDS", "cli", "main", "reported"]

COMMANDS = {
    "query": "Answer a stored question.",
    "sparql": "Run a SPARQL query of your own.",
    "show": "Show a thing with its facts and their sources.",
    "search": "Find things by words in their names.",
    "stats": "Count what is in the graph, and name what is thin.",
    "validate": "Check the graph against its shapes and rules.",
    "diff": "Tell what has changed between two states of the graph.",
    "export": "Write the graph in RDF syntaxes.",
    "load": "Publish the graph to a SPARQL store.",
    "fmt": "Put Turtle files into canonical form.",
}
"""Name of a command → its short help; a test compares them with the commands' own."""

_GREETING = """\
ip5kg: the knowledge graph of the IP5, the co-operation of the five largest patent offices.

Try first:
  ip5kg query                                          all questions it answers
  ip5kg query meeting-attendees --meeting heads-2021   who was there, for whom
  ip5kg show office:jp                                 a thing, with its sources
  ip5kg search "global assignment"                     find things by name
  ip5kg --help                                         all commands
"""
_EXAMPLE = "ip5kg query meeting-attendees --meeting heads-2021"


class _Commands(Helping, click.Group):
    """The commands, each imported when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"ip5kg.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2) or list(COMMANDS)
            ctx.fail(f"There is no command “{args[0]}”. Near matches: {', '.join(near)}.")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            formatter.write(f"{' ' * formatter.current_indent}{_EXAMPLE}\n")


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from ip5kg.resources import version

        Output().write(f"ip5kg {version()}\n")
        ctx.exit()


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings=HELP_NAMES,
    help="Ask, check and export the knowledge graph of the IP5, the co-operation of the five "
    "largest patent offices.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and stop.",
)
@click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    help="Show the traceback of an internal failure.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Greet when called alone."""
    if ctx.invoked_subcommand is None:
        Output().write(_GREETING)


def main(args: Sequence[str] | None = None, answer: Remembered | None = None) -> int:
    """Run the command line.

    Args:
        args: The arguments; by default those of the process.
        answer: The memory in which to keep the answer, if the arguments ask for one.

    Returns:
        The exit status: 0 fine, 1 findings, 2 wrong use or broken input, 3 internal failure; 130
        after Ctrl-C, 141 when the reader of the output went away.
    """
    if args is not None:
        return _run(list(args), answer)
    speak_utf8()
    status = _run(sys.argv[1:], answer)
    # The interpreter is about to end; it need not look for garbage first, which takes a tenth of
    # the time of a query.
    gc.freeze()
    return status


def _run(given: list[str], answer: Remembered | None) -> int:
    """Run the command line and report what fails."""
    try:
        status = _call(given.copy(), answer)
    except BaseException as error:  # noqa: BLE001 - the last resort, which never shows a traceback
        return reported(error, debug="--debug" in given)
    return status if isinstance(status, int) else FINE


def reported(error: BaseException, *, debug: bool = False) -> int:
    """Tell the user what has ended the program, and return the exit status.

    Raises:
        BaseException: What is no failure, but somebody's way to end the process.
    """
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            return _misused(error)
        case KeyboardInterrupt() | click.Abort():
            talk("\ninterrupted" if terminal_width(sys.stderr) else "interrupted")
            return INTERRUPTED
        case BrokenPipeError():
            # What is still buffered must not fail again when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED
        case Exception():
            return _failed(error, debug=debug)
    raise error


def _call(given: list[str], answer: Remembered | None) -> Any:
    """Call the command, and return what it returns.

    The way of ``click.Group.main`` is not taken: it ends the process by itself when the reader of
    the output goes away, with a status that means findings here.
    """
    if "_IP5KG_COMPLETE" in os.environ:
        return cli.main(given, prog_name="ip5kg", standalone_mode=False)
    with cli.make_context("ip5kg", given, obj=answer) as context:
        return cli.invoke(context)


def _misused(error: click.ClickException) -> int:
    """Report wrong use as click describes it."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "ip5kg"
    _say(error.format_message(), f"Try “{path} --help”.")
    return MISUSE


def _failed(error: Exception, *, debug: bool) -> int:
    """Report an error of ours by its sentence, and any other as an internal one."""
    from ip5kg.errors import Ip5kgError, ValidationFailure

    if isinstance(error, Ip5kgError):
        _say(_with_dashes(error.message, error.parameter), error.hint)
        return INTERNAL if isinstance(error, ValidationFailure) else MISUSE
    if debug:
        import traceback

        traceback.print_exception(error)
    _say(
        f"Internal failure, which is a fault of ip5kg: {type(error).__name__}: {error}",
        "Please report it with the output of “ip5kg --debug …”.",
    )
    return INTERNAL


def _with_dashes(sentence: str, parameter: str) -> str:
    """Call a parameter as the command line does: “the parameter as_of” is “--as-of” there."""
    if not parameter:
        return sentence
    spelt = "".join(f"-{c.lower()}" if c.isupper() else c for c in parameter).replace("_", "-")
    for article in ("The", "the"):
        sentence = sentence.replace(f"{article} parameter {parameter}", f"--{spelt}", 1)
    return sentence


def _say(sentence: str, hint: str) -> None:
    """Write an error and its hint to standard error."""
    for name, text, colour in (("error", sentence, 31), ("hint", hint, 36)):
        if text:
            talk_of(name, text, colour=colour)
