"""``ip5kg validate``: check the graph, files in its context, or any other graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ip5kg.cli.credentials import credential_options, read_credentials
from ip5kg.cli.options import Command, format_option, not_empty, output_option, root_option
from ip5kg.cli.output import Output, talk
from ip5kg.cli.statuses import FINDINGS, FINE
from ip5kg.cli.terminal import as_bytes
from ip5kg.formats import FINDING_FORMATS
from ip5kg.resources import (
    alignment_files,
    check_files,
    graph_files,
    knowledge_root,
    query_files,
    shape_files,
    words_file,
)

if TYPE_CHECKING:
    from ip5kg.store.remote import RemoteStore
    from ip5kg.validation import Report

__all__ = ["command"]

_LIBRARIES = ("pyoxigraph", "shacl", "pyshacl", "rdflib")


class _Request(NamedTuple):
    """What the user asked for.

    Attributes:
        files: The data files.
        shapes: The files of a shapes graph to use instead of ours.
        root: The folder of the graph; None with shapes.
        engine: The engine.
        form: The format of the report.
        fail_on: From which severity on a finding fails.
        baseline: The file of the known findings.
        update_baseline: Whether to write it anew.
        coverage: The share of triples that shapes must look at, in per cent; None when that is
            not to be measured.
        ontology: Whether to check the ontology alone.
        endpoint: The endpoint whose graph is checked instead of files.
        output: Where the report goes.
    """

    files: tuple[Path, ...]
    shapes: tuple[Path, ...]
    root: Path | None
    engine: str
    form: str
    fail_on: str
    baseline: Path | None
    update_baseline: bool
    coverage: float | None
    ontology: bool
    endpoint: RemoteStore | None
    output: Output

    def inputs(self) -> list[Path]:
        """List all files that the result depends on."""
        paths = [*self.files, *self.shapes]
        if self.root is not None:
            paths += [*graph_files(self.root), *shape_files(self.root), *check_files(self.root)]
            words = words_file(self.root)
            paths += [words] if words else []
            if self.ontology:
                paths += [*alignment_files(self.root), *query_files(self.root).values()]
        # What this very run writes is none of them.
        return [*paths, self.baseline] if self.baseline and not self.update_baseline else paths


def _validate(  # noqa: PLR0913 - each is an option
    files: tuple[str, ...],
    *,
    shapes: tuple[str, ...],
    engine: str,
    form: str,
    fail_on: str,
    baseline: str | None,
    update_baseline: bool,
    coverage: float | None,
    ontology: bool,
    remote: str | None,
    timeout: int | None,
    user: str | None,
    password_env: str | None,
    watch: bool,
    cache: bool,
    output: Output,
    root: str | None,
) -> int:
    """Validate, write the report, and tell by the exit status whether there are findings."""
    if ontology and (files or shapes or remote is not None or coverage is not None):
        raise click.UsageError("--ontology takes no files, no --shapes, --endpoint or --coverage.")
    if remote is not None and (files or coverage is not None or watch):
        raise click.UsageError("--endpoint takes no files, no --coverage and no --watch.")
    if shapes and not files and remote is None:
        raise click.UsageError("--shapes needs the data files to check.")
    if shapes and root is not None:
        raise click.UsageError("--shapes and --root cannot be given together.")
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE.")
    request = _Request(
        files=tuple(map(Path, files)),
        shapes=tuple(map(Path, shapes)),
        root=None if shapes else knowledge_root(Path(root) if root is not None else None),
        engine=engine,
        form=form,
        fail_on=fail_on,
        baseline=Path(baseline) if baseline is not None else None,
        update_baseline=update_baseline,
        coverage=coverage,
        ontology=ontology,
        endpoint=None if remote is None else _endpoint(remote, timeout, user, password_env),
        output=output,
    )
    if watch:
        return _watched(request)
    if update_baseline or not cache or remote is not None:
        return _answer(request)[0]
    return _remembered(request)


def _remembered(request: _Request) -> int:
    """Answer from memory where nothing has changed since all was well."""
    from ip5kg.cache import Remembered

    asked = (*request[:-1], request.output.width, request.output.coloured, Path.cwd())
    report = Remembered("reports", map(str, asked), request.inputs, _LIBRARIES)
    known = report.recall()
    if known is not None:
        request.output.write(known)
        return FINE
    status, text = _answer(request)
    if status == FINE:
        report.keep(as_bytes(text))
    return status


def _answer(request: _Request) -> tuple[int, str]:
    """Validate and write the report; return the exit status and the text."""
    from ip5kg.atomic import write_atomically
    from ip5kg.render.reports import render_report
    from ip5kg.validation import validate, validate_files

    measured = request.coverage is not None
    if request.ontology and request.root is not None:
        from ip5kg.validation import validate_ontology

        report = validate_ontology(request.root)
    elif request.endpoint is not None:
        from ip5kg.validation import validate_endpoint

        report = validate_endpoint(request.endpoint, request.root, request.shapes)
    elif request.root is None:
        report = validate_files(
            request.files, request.shapes, engine=request.engine, coverage=measured
        )
    else:
        report = validate(request.root, request.files, engine=request.engine, coverage=measured)
    report, baseline = _compared(request, report)
    output = request.output
    text = render_report(report, request.form, colour=output.coloured, width=output.width)
    output.write(text)
    if baseline and request.baseline is not None:
        # Only now: what could not be told is not known.
        write_atomically(request.baseline, baseline)
        talk(f"{request.baseline} knows {len(report.findings)} findings now.")
    if report.coverage and report.coverage.share < (request.coverage or 0):
        talk(f"The shapes look at less than {request.coverage:g} % of the triples.")
        return FINDINGS, text
    return (FINDINGS if report.fails(request.fail_on) else FINE), text


def _endpoint(
    address: str, timeout: int | None, user: str | None, password_env: str | None
) -> RemoteStore:
    """Set up the endpoint whose graph is checked."""
    from ip5kg.store.remote import DEFAULT_TIMEOUT, RemoteStore

    credentials = read_credentials(user, password_env)
    return RemoteStore(address, DEFAULT_TIMEOUT if timeout is None else timeout, credentials)


def _compared(request: _Request, report: Report) -> tuple[Report, bytes]:
    """Compare a report with the baseline, or with the one that is to be written."""
    from ip5kg.validation.baseline import (
        baseline_of,
        baseline_text,
        read_baseline,
        with_baseline,
    )

    path = request.baseline
    if path is None:
        return report, b""
    if not request.update_baseline:
        return with_baseline(report, read_baseline(path)), b""
    text = baseline_text(report)
    return with_baseline(report, baseline_of(report)), text.encode("utf-8", "backslashreplace")


def _watched(request: _Request) -> int:
    """Validate again and again, whenever a file has changed, until the user interrupts."""
    import time

    from ip5kg.errors import Ip5kgError

    try:
        for _ in _changes(request, time.sleep):
            try:
                _answer(request)
            except Ip5kgError as error:
                talk(f"error: {error.message}")
            talk("Watching for changes; Ctrl-C ends it.")
    except KeyboardInterrupt:
        talk("")
    return FINE


def _changes(request: _Request, sleep: object) -> Iterator[None]:
    """Give a sign at once and after each change of a file."""
    before = None
    while True:
        now = _states(request)
        if now != before:
            before = now
            yield
        sleep(_PAUSE)  # type: ignore[operator]


def _states(request: _Request) -> list[tuple[str, int, int]]:
    """List the files with their times and sizes."""
    states = []
    for path in request.inputs():
        try:
            found = path.stat()
        except OSError:
            states.append((str(path), 0, 0))
        else:
            states.append((str(path), found.st_mtime_ns, found.st_size))
    return states


class _Percent(click.FloatRange):
    """A number from 0 to 100, and not the one that is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read a number."""
        number = float(super().convert(value, param, ctx))
        if number != number:  # noqa: PLR0124 - only what is no number is unlike itself
            self.fail(f"{value!r} is not in the range 0<=x<=100.", param, ctx)
        return number


_PAUSE = 0.3

command = Command(
    "validate",
    _validate,
    [
        click.Argument(["files"], nargs=-1, callback=not_empty("Name a Turtle file.")),
        click.Option(
            ["--shapes"],
            metavar="FILE",
            multiple=True,
            callback=not_empty("Name the file of a shapes graph."),
            help="Check FILES against this shapes graph alone; can be given more than once.",
        ),
        click.Option(
            ["--engine"],
            type=click.Choice(["auto", "fast", "reference"]),
            default="auto",
            show_default=True,
            help="Who evaluates the shapes: the fast engine, pySHACL as the reference, or the "
            "fast one first and pySHACL on what it finds.",
        ),
        format_option(FINDING_FORMATS, "text"),
        click.Option(
            ["--fail-on"],
            type=click.Choice(["violation", "warning", "info", "never"]),
            default="violation",
            show_default=True,
            help="From which severity on a finding makes the exit status 1.",
        ),
        click.Option(
            ["--baseline"],
            metavar="FILE",
            callback=not_empty("Name a file; --update-baseline makes it."),
            help="Findings in this file are known and do not fail.",
        ),
        click.Option(
            ["--update-baseline"],
            is_flag=True,
            help="Write the findings into the baseline, so that only new ones fail from now on.",
        ),
        click.Option(
            ["--coverage"],
            type=_Percent(0, 100),
            is_flag=False,
            flag_value="0",
            metavar="[PERCENT]",
            help="Tell what of the data no shape looks at; fail below this share of triples.",
        ),
        click.Option(
            ["--ontology"],
            is_flag=True,
            help="Check the ontology alone: its profiles, labels, use, alignments, and whether it "
            "is consistent.",
        ),
        click.Option(
            ["--endpoint", "remote"],
            metavar="URL",
            help="Check the graph behind this SPARQL endpoint, not files.",
        ),
        click.Option(
            ["--timeout"],
            type=int,
            metavar="SECONDS",
            help="How long to wait for each answer of the endpoint.  [default: 30]",
        ),
        *credential_options(),
        click.Option(["--watch"], is_flag=True, help="Check again whenever a file changes."),
        click.Option(
            ["--cache/--no-cache"],
            default=True,
            help="Whether to remember that files passed, until they or the program change.",
        ),
        output_option(),
        root_option(),
    ],
    summary="Check the graph against its shapes and rules.",
    details="FILES are Turtle files to check in the context of the graph; without any, the graph "
    "itself is checked. With --shapes, they are checked against these shapes alone. The exit "
    "status is 1 when there are findings.",
    example="ip5kg validate\n"
    "ip5kg validate my-meeting.ttl --fail-on warning\n"
    "ip5kg validate --shapes shapes.ttl data.ttl --format sarif -o findings.sarif",
)
