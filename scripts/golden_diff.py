"""Tell which answers of stored queries a change of the data alters, row by row.

Without a revision, the answers of today's data are held against the golden answers of the tests,
which ``make golden`` would write anew; with one, against the answers of the data of that revision,
to the queries as they are now. The exit code is 1 when any answer differs.

Usage: python scripts/golden_diff.py [--base HEAD] [--rows 10]
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.names import shorten
from ip5kg.querybook import QueryBook, StoredQuery
from ip5kg.querybook.parameters import bound_text
from ip5kg.resources import graph_files, graph_iri
from ip5kg.store import EmbeddedStore
from ip5kg.terms import Term

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "queries"
DAY = "as-of"

Rows = Counter[tuple[str, ...]]


def calls(query: StoredQuery) -> Iterator[tuple[str, dict[str, str]]]:
    """List the calls that have golden answers: with the examples, and again with a day."""
    given = {
        parameter.name: value
        for parameter in query.parameters
        if not parameter.examples and (value := parameter.default or parameter.example)
    }
    yield query.name, {name: value for name, value in given.items() if name != "asOf"}
    day = query.parameter("asOf")
    if day is not None:
        yield f"{query.name}.{DAY}", {**given, day.name: day.example}


def answers(root: Path) -> dict[str, Rows]:
    """Answer all calls of today's stored queries on the data of a root."""
    store = EmbeddedStore((path, graph_iri(path, root)) for path in graph_files(root))
    found = {}
    for query in QueryBook(ROOT).all():
        for call, given in calls(query):
            solutions = store.select(bound_text(query, given, store))
            found[call] = Counter(tuple(map(written, row)) for row in solutions.rows)
    return found


def golden() -> dict[str, Rows]:
    """Read the golden answers; the head of each is left out."""
    found = {}
    for path in sorted(GOLDEN.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = Counter(map(tuple, list(csv.reader(file))[1:]))
    return found


def written(term: Term | None) -> str:
    """Write a term as the golden answers do: IRIs as prefixed names, literals as their text."""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal | BlankNode) else ""


def at_revision(revision: str) -> dict[str, Rows]:
    """Answer all calls on the data of a revision."""
    command = ["git", "-C", str(ROOT), "archive", revision, "ontology", "data"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"error: {done.stderr.decode().strip()}")
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        return answers(Path(folder))


def told(call: str, old: Rows, new: Rows, most: int) -> Iterator[str]:
    """Tell how one answer differs."""
    came, went = new - old, old - new
    yield f"{call}: {came.total()} new, {went.total()} gone, of {new.total()}"
    for sign, rows in (("-", went), ("+", came)):
        listed = sorted(rows.elements())
        yield from (f"  {sign} {' | '.join(row)}" for row in listed[:most])
        if len(listed) > most:
            yield f"  {sign} … and {len(listed) - most} more"


def main() -> None:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", help="a revision whose data the answers are held against")
    parser.add_argument("--rows", type=int, default=10, help="rows to show of each kind")
    arguments = parser.parse_args()

    before = at_revision(arguments.base) if arguments.base else golden()
    after = answers(ROOT)
    changed = 0
    for call in sorted(before.keys() | after.keys()):
        old, new = before.get(call, Counter()), after.get(call, Counter())
        if old != new:
            changed += 1
            print("\n".join(told(call, old, new, arguments.rows)))
    print(f"{changed} of {len(after)} answers change.")
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()
