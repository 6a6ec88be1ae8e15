"""``ip5kg sparql``: run a query that is not stored."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ip5kg.cli.options import (
    Command,
    Knowledge,
    answer_format,
    format_option,
    graph_options,
    iris_option,
    not_empty,
    output_option,
)
from ip5kg.cli.output import Output, hint_at, talk
from ip5kg.cli.views import asks_for_picture, view_option, write_picture
from ip5kg.errors import InputError, UnfitView
from ip5kg.formats import PICTURE_FORMATS, RDF_FORMATS, TABLE_FORMATS

__all__ = ["command"]


def _run(  # noqa: PLR0913 - each is an option
    query: str | None = None,
    *,
    file: str | None,
    explained: bool,
    form: str | None,
    view: str | None,
    output: Output,
    knowledge: Knowledge,
    iris: bool,
) -> None:
    """Run the query and write what it gives."""
    text = _text(query, file)
    if explained:
        if form or iris:
            raise click.UsageError(
                "An explanation has one form; leave --format and --iris out.",
                click.get_current_context(),
            )
        from ip5kg.render.explanations import explanation_text

        output.write(explanation_text(knowledge.open().explain(text)))
        return
    graph = knowledge.open()
    outcome = graph.sparql(text)
    if asks_for_picture(view, form, output):
        if isinstance(outcome, bool | list):
            raise UnfitView("Only the rows of SELECT can be drawn.")
        write_picture(outcome, view, form, output=output, knowledge=knowledge, iris=iris)
        return
    if isinstance(outcome, list):
        from ip5kg.render.triples import render_triples

        form = answer_format(form, output, RDF_FORMATS, "turtle", "CONSTRUCT or DESCRIBE")
        output.write(render_triples(outcome, form))
        if not outcome:
            hint_at(graph.why_empty(text))
        return
    from ip5kg.render.tables import render_answer

    form = answer_format(form, output, TABLE_FORMATS, "table", "SELECT or ASK")
    output.write(render_answer(outcome, form, width=output.width, iris=iris))
    if form == "table" and not isinstance(outcome, bool) and not outcome:
        talk("The answer is empty.")
    if not isinstance(outcome, bool) and not outcome:
        hint_at(graph.why_empty(text))


def _text(query: str | None, file: str | None) -> str:
    """Return the text of the query, from where it is."""
    if (query is None) == (file is None):
        raise click.UsageError(
            "Write one query, or name one file with -f.", click.get_current_context()
        )
    if "-" in (query, file):
        name, data = "standard input", sys.stdin.buffer.read()
    elif file is not None:
        try:
            name, data = file, Path(file).read_bytes()
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}.") from None
    else:
        return query or ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name} is not UTF-8.", hint="Save the query as UTF-8.") from None


command = Command(
    "sparql",
    _run,
    [
        click.Argument(["query"], required=False),
        click.Option(
            ["-f", "--file"],
            metavar="FILE",
            callback=not_empty("Name a file, or - for standard input."),
            help="Read the query from this file.",
        ),
        click.Option(
            ["--explain", "explained"],
            is_flag=True,
            help="Show how many solutions each pattern of the query leaves, in order, and why "
            "there are none in the end.",
        ),
        format_option(
            dict.fromkeys(one.name for one in (*TABLE_FORMATS, *PICTURE_FORMATS, *RDF_FORMATS)),
            None,
            "How the result is written: SELECT and ASK as table … parquet, CONSTRUCT and DESCRIBE "
            "as turtle … rdfxml; by default as the name of -o FILE ends, else as table or turtle.",
        ),
        view_option(),
        iris_option(),
        output_option(),
        *graph_options(),
    ],
    summary="Run a SPARQL query of your own.",
    details="QUERY is SPARQL 1.1 text, or - for standard input. The default graph is the union of "
    "all files; FROM and FROM NAMED take the graphs of single files instead. The prefixes of this "
    "graph need not be declared. Updates are refused, and so is SERVICE "
    "without --endpoint.",
    example="ip5kg sparql 'SELECT ?m WHERE { ?m a ip5:Meeting }'\n"
    "ip5kg sparql -f question.rq --format csv\n"
    "ip5kg sparql --explain 'SELECT ?m WHERE { ?m a ip5:Meeting ; ip5:hostBy ?o }'",
)
