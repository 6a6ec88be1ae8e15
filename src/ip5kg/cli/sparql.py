"""``ip5kg sparql``: run a query that is not stored."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from ip5kg.cli.options import (
    Command,
    Knowledge,
    format_option,
    graph_options,
    not_empty,
    output_option,
)
from ip5kg.cli.output import Output, talk
from ip5kg.errors import InputError, UnknownFormat
from ip5kg.formats import RDF_FORMATS, TABLE_FORMATS, Format

__all__ = ["command"]


def _run(
    query: str | None = None,
    *,
    file: str | None,
    form: str | None,
    output: Output,
    knowledge: Knowledge,
    **style: bool,
) -> None:
    """Run the query and write what it gives."""
    outcome = knowledge.open().sparql(_text(query, file))
    if isinstance(outcome, list):
        from ip5kg.render.triples import render_triples

        _check_format(form, RDF_FORMATS, "CONSTRUCT or DESCRIBE")
        output.write(render_triples(outcome, form or "turtle"))
        return
    from ip5kg.render.tables import render_answer

    _check_format(form, TABLE_FORMATS, "SELECT or ASK")
    output.write(render_answer(outcome, form or "table", width=output.width, **style))
    if form in (None, "table") and not isinstance(outcome, bool) and not outcome:
        talk("The answer is empty.")


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


def _check_format(form: str | None, possible: Iterable[Format], what: str) -> None:
    """Refuse a format that exists but cannot hold this kind of answer."""
    names = [one.name for one in possible]
    if form is not None and form not in names:
        raise UnknownFormat(
            f"The answer of {what} cannot be written as {form}.",
            hint=f"Possible: {', '.join(names)}.",
        )


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
        format_option(
            [*TABLE_FORMATS, *RDF_FORMATS],
            None,
            "How the result is written: SELECT and ASK as table (the default), csv, tsv, json "
            "or md; CONSTRUCT and DESCRIBE in an RDF syntax, by default turtle.",
        ),
        click.Option(["--iris"], is_flag=True, help="Show prefixed names, not labels."),
        output_option(),
        *graph_options(),
    ],
    summary="Run a SPARQL query of your own.",
    details="QUERY is SPARQL 1.1 text, or - for standard input. The default graph is the union of "
    "all files; FROM and FROM NAMED take the graphs of single files instead. The prefixes of this "
    "graph need not be declared. Updates are refused, and so is SERVICE "
    "without --endpoint.",
    example="ip5kg sparql 'SELECT ?m WHERE { ?m a ip5:Meeting }'\n"
    "ip5kg sparql -f question.rq --format csv",
)
