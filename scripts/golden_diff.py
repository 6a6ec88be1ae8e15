"""Tell which answers of stored queries a change of the data alters, row by row.

Without a revision, the answers of today's data are held against the golden answers of the tests,
which ``make golden`` would write anew; with one, against the answers of the data of that revision,
to the queries as they are now. The exit code is 1 when any answer differs.

Usage: python scripts/golden_diff.py [--base HEAD] [--rows 10]
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from ip5kg.changes.answers import answers as answered
from ip5kg.changes.answers import differences
from ip5kg.changes.records import Rows
from ip5kg.changes.states import opened
from ip5kg.errors import Ip5kgError
from ip5kg.querybook import QueryBook
from ip5kg.render.changes import answer_lines

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "queries"


def answers(root: Path) -> dict[str, Rows]:
    """Answer all calls of today's stored queries on the data of a root."""
    return answered(root, QueryBook(ROOT))


def golden() -> dict[str, Rows]:
    """Read the golden answers; the head of each is left out."""
    found = {}
    for path in sorted(GOLDEN.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = Counter(map(tuple, list(csv.reader(file))[1:]))
    return found


def at_revision(revision: str) -> dict[str, Rows]:
    """Answer all calls on the data of a revision."""
    with opened(f"git:{revision}", ROOT) as state:
        return answers(state.root) if state.root else {}


def main() -> None:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", help="a revision whose data the answers are held against")
    parser.add_argument("--rows", type=int, default=10, help="rows to show of each kind")
    arguments = parser.parse_args()

    try:
        before = at_revision(arguments.base) if arguments.base else golden()
    except Ip5kgError as error:
        sys.exit(f"error: {error.message}")
    after = answers(ROOT)
    changed = differences(before, after)
    for change in changed:
        print("\n".join(answer_lines(change, arguments.rows)))
    print(f"{len(changed)} of {len(after)} answers change.")
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()
