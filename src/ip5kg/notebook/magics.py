"""The magics of IPython, which are the doors of the graph in a notebook.

An error of ours is shown as IPython shows wrong use of a magic: in a sentence, without a traceback.
"""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.completer import SimpleCompletion, context_matcher
from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class
from IPython.display import Code

from ip5kg.errors import Ip5kgError, ParameterError
from ip5kg.graph import KnowledgeGraph
from ip5kg.graph import open as open_graph
from ip5kg.notebook.names import Names
from ip5kg.render.catalogue import catalogue_text
from ip5kg.render.explanations import hints
from ip5kg.render.triples import render_triples

if TYPE_CHECKING:
    from argparse import Namespace

    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

    from ip5kg.querybook import StoredQuery

__all__ = ["GraphMagics", "load_ipython_extension", "unload_ipython_extension"]

_CELL, _LINE = "%%sparql", "%ip5kg"


class _Arguments(ArgumentParser):
    """Reads the line of a magic, and says in a sentence what is wrong with it."""

    def __init__(self, magic: str) -> None:
        super().__init__(magic, add_help=False, allow_abbrev=False)
        self.add_argument("-g", "--graph", metavar="NAME")
        self.add_argument("-o", "--output", metavar="NAME")
        self.add_argument("--root", metavar="DIR")
        self.add_argument("--endpoint", metavar="URL")

    def error(self, message: str) -> NoReturn:
        """Raise what IPython shows without a traceback."""
        raise UsageError(f"{self.prog}: {message}.")

    def read(self, words: list[str]) -> Namespace:
        """Read the arguments.

        Raises:
            UsageError: When they are wrong.
        """
        given = self.parse_args(words)
        if given.output is not None and not given.output.isidentifier():
            self.error(f"“{given.output}” is no name of a variable")
        if given.graph is not None and (given.root or given.endpoint):
            self.error("--graph goes with neither --root nor --endpoint")
        return given


@magics_class
class GraphMagics(Magics):
    """``%%sparql`` and ``%ip5kg``.

    Args:
        shell: The shell that they are for.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self._opened: dict[tuple[str | None, str | None], KnowledgeGraph] = {}
        self.names = Names(lambda: self._open(None, None))

    @line_cell_magic
    def sparql(self, line: str, cell: str | None = None) -> object:
        """Run a SPARQL query, and show its answer.

        ``%%sparql [-o NAME] [-g NAME] [--root DIR] [--endpoint URL]``, and the query in the lines
        below. The prefixes of this graph need not be declared.

        -o keeps the answer in a variable, -g asks the graph in a variable, which ip5kg.open()
        gave, --root that in a folder, --endpoint a SPARQL endpoint; else the one that came with
        the package is asked.
        """
        if cell is None:
            raise UsageError(f"Write {_CELL} in the first line of a cell, and the query below.")
        given = _Arguments(_CELL).read(_split(line))
        try:
            graph = self._graph(given)
            outcome = graph.sparql(cell)
            if not isinstance(outcome, bool) and not outcome:
                self._hint(graph, cell)
            self._keep(given, outcome)
            if isinstance(outcome, list):
                turtle = render_triples(outcome, "turtle")
                return Code(turtle, language="turtle")  # type: ignore[no-untyped-call]
        except Ip5kgError as error:
            raise _in_a_sentence(error) from None
        return outcome

    @line_magic
    def ip5kg(self, line: str) -> object:
        """Answer a stored question, or list them all.

        ``%ip5kg NAME [--PARAMETER VALUE]... [-o NAME] [-g NAME] [--root DIR] [--endpoint URL]``;
        see %%sparql? for the options.
        """
        words = _split(line)
        try:
            if words and not words[0].startswith("-"):
                return self._answer(words[0], words[1:])
            graph = self._graph(_Arguments(_LINE).read(words))
            sys.stdout.write(catalogue_text(graph.queries.all(), bold=False))
        except Ip5kgError as error:
            raise _in_a_sentence(error) from None
        return None

    def _answer(self, name: str, words: list[str]) -> object:
        """Answer a stored query."""
        common, _ = _Arguments(f"{_LINE} {name}").parse_known_args(words)
        graph = self._graph(common)
        stored = graph.queries.get(name)
        given = _arguments_of(stored).read(words)
        values = {one.name: getattr(given, f"_{one.name}") for one in stored.parameters}
        answer = graph.query(
            name,
            **{
                name: value[0] if len(value) == 1 else value
                for name, value in values.items()
                if value is not None
            },
        )
        if not answer:
            self._hint(graph, answer.text)
        self._keep(given, answer)
        return answer

    def _graph(self, given: Namespace) -> KnowledgeGraph:
        """Open the graph that the arguments name."""
        if given.graph is None:
            return self._open(given.root, given.endpoint)
        graph = self._variables().get(given.graph)
        if not isinstance(graph, KnowledgeGraph):
            raise ParameterError(
                f"The variable {given.graph} holds no graph.",
                hint=f"Such as: {given.graph} = ip5kg.open()",
            )
        return graph

    def _open(self, root: str | None, endpoint: str | None) -> KnowledgeGraph:
        """Open a graph, once."""
        if (root, endpoint) not in self._opened:
            self._opened[root, endpoint] = open_graph(root, endpoint=endpoint)
        return self._opened[root, endpoint]

    def _keep(self, given: Namespace, outcome: object) -> None:
        if given.output is not None:
            self._variables()[given.output] = outcome

    def _variables(self) -> dict[str, Any]:
        variables: dict[str, Any] = {} if self.shell is None else self.shell.user_ns
        return variables

    def _hint(self, graph: KnowledgeGraph, text: str) -> None:
        for sentence in hints(graph.why_empty(text)):
            sys.stderr.write(f"hint: {sentence}\n")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add the magics and the completion of names to a shell; ``%load_ext ip5kg`` calls this."""
    magics = GraphMagics(shell)
    shell.register_magics(magics)

    @context_matcher(identifier=_IDENTIFIER)  # type: ignore[untyped-decorator]
    def complete(context: CompletionContext) -> SimpleMatcherResult:
        return _completions(magics.names, context)

    _forget_matcher(shell)
    shell.Completer.custom_matchers.append(complete)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the completion of names away again; IPython has no way to take magics away."""
    _forget_matcher(shell)


_IDENTIFIER = "ip5kg"


def _forget_matcher(shell: InteractiveShell) -> None:
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _IDENTIFIER]


def _completions(names: Names, context: CompletionContext) -> SimpleMatcherResult:
    """Complete the names of a cell of ours; nothing in any other."""
    lines = context.full_text.split("\n")
    line = lines[context.cursor_line] if context.cursor_line < len(lines) else ""
    before = line[: context.cursor_position]
    typed, found = "", list[str]()
    if lines[0].split()[:1] == [_CELL] and context.cursor_line:
        typed, found = names.of_query(before, context.full_text)
    elif before.lstrip().startswith(f"{_LINE} "):
        typed, found = names.of_call(before.lstrip()[len(_LINE) + 1 :])
    return {
        "completions": [SimpleCompletion(text=name, type="ip5kg") for name in found],
        "matched_fragment": typed,
        "suppress": bool(found),
    }


def _arguments_of(stored: StoredQuery) -> _Arguments:
    """Make what reads the parameters of a stored query."""
    arguments = _Arguments(f"{_LINE} {stored.name}")
    for parameter in stored.parameters:
        arguments.add_argument(
            f"--{parameter.flag}", action="append", dest=f"_{parameter.name}", metavar="VALUE"
        )
    return arguments


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(f"The line cannot be read: {error}.") from None


def _in_a_sentence(error: Ip5kgError) -> UsageError:
    return UsageError(f"{error.message} {error.hint}".rstrip())
