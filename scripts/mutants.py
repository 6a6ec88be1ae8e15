"""Seed errors into copies of the real data, and count which of them validation notices.

Usage: python scripts/mutants.py [--kind K] [--limit N] [--jobs N] [--list-survivors]

Each mutant is one small edit of one data file. It is caught when the fast engine or a check has
something to say, as a violation or a warning, that it does not say of the data as it is. What is
not caught is equivalent (the graph says the same), consistent (nothing in the graph speaks against
it; only a source could) or has survived (a rule is missing). Only equivalent mutants are no errors.
The exit code is 1 when fewer than 98 % of the errors are caught, or when one survived.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from random import Random

from mutation.corpus import Corpus
from mutation.dates import DATES
from mutation.equivalents import why_consistent, why_equivalent
from mutation.facts import FACTS
from mutation.laboratory import Result, run
from mutation.links import LINKS
from mutation.literals import LITERALS
from mutation.mutants import Mutant, Pen
from mutation.statements import STATEMENTS
from mutation.terms import TERMS

ROOT = Path(__file__).resolve().parents[1]
SEED = 20210623
SHARE = 0.98
KINDS = {
    function.__name__.replace("_", "-"): function
    for function in (*STATEMENTS, *LINKS, *LITERALS, *TERMS, *DATES, *FACTS)
}


def mutants(corpus: Corpus, limit: int, kinds: list[str] | None = None) -> list[Mutant]:
    """Make up to ``limit`` mutants of each kind, the same ones each time."""
    made: list[Mutant] = []
    for kind in kinds or KINDS:
        all_of_kind = KINDS[kind](Pen(kind, corpus), Random(f"{SEED} {kind}"))  # noqa: S311
        given = dict.fromkeys(m for m in islice(all_of_kind, 4 * limit) if m is not None)
        made += islice(given, limit)
    return made


def verdicts(corpus: Corpus, made: list[Mutant], results: list[Result]) -> dict[str, list[str]]:
    """List for each kind what became of its mutants."""
    found = defaultdict(list)
    for result in results:
        mutant = made[result.number]
        found[mutant.kind].append(verdict(corpus, mutant, result)[0])
    return found


def verdict(corpus: Corpus, mutant: Mutant, result: Result) -> tuple[str, str]:
    """Tell what became of a mutant, and why: caught, equivalent, consistent, info or survived."""
    if result.severity in ("violation", "warning"):
        return "caught", ""
    if reason := why_equivalent(corpus, mutant):
        return "equivalent", reason
    if reason := why_consistent(corpus, mutant):
        return "consistent", reason
    return result.severity or "survived", ""


def share(found: dict[str, list[str]]) -> float:
    """Tell which share of the mutants that are errors is caught."""
    count = total(found)
    return count["caught"] / max(1, count.total() - count["equivalent"])


def total(found: dict[str, list[str]]) -> Counter[str]:
    """Count the verdicts on mutants of all kinds."""
    return Counter(verdict for kind in found.values() for verdict in kind)


def table(found: dict[str, list[str]]) -> str:
    """Write a row for each kind, and one for all."""
    head = ("kind", "mutants", "caught", "info", "survived", "consistent", "equivalent", "share")
    rows = [(kind, Counter(found[kind])) for kind in KINDS if kind in found]
    rows.append(("all", total(found)))
    lines = ["{:<26}{:>9}{:>9}{:>7}{:>10}{:>12}{:>12}{:>9}".format(*head)]
    for kind, count in rows:
        errors = count.total() - count["equivalent"]
        part = f"{count['caught'] / errors:.1%}" if errors else "–"
        lines.append(
            f"{kind:<26}{count.total():>9}{count['caught']:>9}{count['info']:>7}"
            f"{count['survived']:>10}{count['consistent']:>12}{count['equivalent']:>12}{part:>9}"
        )
    return "\n".join(lines)


def told(corpus: Corpus, mutant: Mutant) -> str:
    """Tell what a mutant is, with its file and line."""
    line = corpus.line(mutant.file, mutant.edits[0].start)
    return f"{mutant.file}:{line}: {mutant.kind} ({mutant.owner}): {mutant.what}"


def main() -> None:
    """Make mutants, validate each, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="only these kinds")
    parser.add_argument("--limit", type=int, default=24, help="mutants of each kind")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--list-survivors", action="store_true", help="name what is not caught")
    arguments = parser.parse_args()

    corpus = Corpus(ROOT)
    made = mutants(corpus, arguments.limit, arguments.kind)
    results = sorted(run(ROOT, made, arguments.jobs))
    found = verdicts(corpus, made, results)
    print(table(found))
    if arguments.list_survivors:
        for result in results:
            became, why = verdict(corpus, made[result.number], result)
            if became != "caught":
                sign = f"{became}: {why}" if why else became
                print(f"{told(corpus, made[result.number])} [{sign}]")
    caught, count = share(found), total(found)
    left = count["survived"] + count["info"]
    print(f"{caught:.2%} of the errors are caught (at least {SHARE:.0%} are to be);")
    print(f"of {count['consistent']} the graph cannot know, and {left} survived.")
    sys.exit(0 if caught >= SHARE and not left else 1)


if __name__ == "__main__":
    main()
