"""Enlarge the graph: the same shapes of data, many times over, for measurements at size.

The result is a root folder: ontology and questions as they are, the data as they are, and copies
of what is recorded in them, one file for each copy. In a copy the names end with ``-copy-7`` and
the texts that are tagged with a language end with ``(copy 7)``; dates, numbers, codes and
untagged texts stay the same. A copy refers to its own meetings, people, sources …, and to the
offices, states, places and concepts that all copies share.

The enlarged graph conforms to the shapes as the record does. That decides what a copy has of its
own beyond the records themselves:

- series of meetings, since ordinals in a series are unique and in the order of dates. The shapes
  speak of ``series:heads`` by name; the copies of that series fall under the rules of the others;
- posts, since a post has one holder at a time;
- indicators, since an indicator has one preferred value for a subject and a year;
- passages that a copy cites, since a passage is cited or says why not; and their sources, since
  a paragraph and sentence occur once in a source.

Organisations and their names are shared, since an acronym belongs to one of them at a time and a
region has one office; and so are foundings, memberships and supervisions.

Usage: python scripts/enlarge.py --triples 1000000 -o DIR
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import BASE, PREFIXES
from ip5kg.resources import graph_files, knowledge_root
from ip5kg.terms import Term
from ip5kg.turtle.reader import read
from ip5kg.turtle.writer import write_turtle

ROOT = Path(__file__).resolve().parents[1]
COPIED = (
    "absence",
    "aim",
    "edition",
    "event",
    "indicator",
    "initiative",
    "meeting",
    "observation",
    "outcome",
    "participation",
    "person",
    "post",
    "relation",
    "series",
    "statement",
    "status-use",
    "tenure",
)
"""Kinds of thing of which each copy has its own; with the passages and sources they need."""

# What stands for the number of the copy; copies are counted from 1.
_NAME_MARK, _TEXT_MARK = "-copy-0", " (copy 0)"
_ENLARGED = re.compile(r"-copy-\d| \(copy \d")
_CITES, _IN_SOURCE, _OMITTED_FOR, _STATED_IN = (
    PREFIXES["ip5"] + name for name in ("cites", "inSource", "omittedFor", "statedIn")
)


class Enlargement(NamedTuple):
    """What is repeated, and how often it takes to reach a size.

    Attributes:
        names: The IRIs that each copy has of its own.
        template: The text of a copy, as number 0.
        triples: How many triples the graph has.
        triples_a_copy: How many triples each copy adds.
    """

    names: frozenset[str]
    template: str
    triples: int
    triples_a_copy: int

    def copies(self, triples: int) -> int:
        """Tell how many copies bring the graph nearest to a number of triples."""
        return max(0, round((triples - self.triples) / self.triples_a_copy))

    def text(self, number: int) -> str:
        """Write a copy as Turtle in canonical form."""
        return self.template.replace(_NAME_MARK, f"-copy-{number}").replace(
            _TEXT_MARK, f" (copy {number})"
        )


def plan(root: Path) -> Enlargement:
    """Read the graph of a root and prepare the copies.

    Raises:
        SystemExit: When the data hold what marks a copy, so that the copies would not be told
            apart: they are enlarged already.
    """
    graph = {triple for path in graph_files(root) for triple in read(path)}
    names = _own_names(graph)
    copied = [triple for triple in graph if _own(triple.subject, names)]
    plain = write_turtle(copied)
    if _ENLARGED.search(plain):
        sys.exit(f"The data of {root} are enlarged already; name a root without copies.")
    marked = [
        Triple(_renamed(t.subject, names), t.predicate, _renamed(t.object, names)) for t in copied
    ]
    return Enlargement(names, write_turtle(marked), len(graph), len(marked))


def write(enlargement: Enlargement, copies: int, root: Path, folder: Path) -> None:
    """Write an enlarged root into a new folder.

    Args:
        enlargement: What is repeated.
        copies: How many copies to add to what the root has.
        root: The root that is enlarged.
        folder: Where to write; it must not exist, or be empty.

    Raises:
        SystemExit: When the folder has something in it.
    """
    if folder.is_dir() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty; name a new folder.")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(root / name, folder / name)
    target = folder / "data" / "copies"
    target.mkdir()
    width = len(str(copies))
    for number in range(1, copies + 1):
        path = target / f"copy-{number:0{width}}.ttl"
        path.write_bytes(enlargement.text(number).encode())


def _own_names(graph: set[Triple]) -> frozenset[str]:
    """Name the things that each copy has of its own."""
    prefixes = tuple(f"{BASE}id/{kind}/" for kind in COPIED)
    names = {
        triple.subject.value
        for triple in graph
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(prefixes)
    }
    names |= {
        triple.object.value
        for triple in graph
        if triple.predicate.value in (_CITES, _STATED_IN) and _own(triple.subject, names)
    }
    names |= {triple.subject.value for triple in graph if triple.predicate.value == _OMITTED_FOR}
    names |= {
        triple.object.value
        for triple in graph
        if triple.predicate.value == _IN_SOURCE and _own(triple.subject, names)
    }
    return frozenset(names)


def _own(term: Term, names: set[str] | frozenset[str]) -> bool:
    return isinstance(term, NamedNode) and term.value in names


def _renamed(term: Term, names: frozenset[str]) -> Term:
    """Mark a term as one of a copy; what all copies share stays as it is."""
    if isinstance(term, Literal) and term.language:
        return Literal(term.value + _TEXT_MARK, language=term.language)
    return NamedNode(term.value + _NAME_MARK) if _own(term, names) else term


def main() -> None:
    """Write an enlarged root and say how large it became."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--triples", type=int, help="come as near to this as whole copies can")
    size.add_argument("--copies", type=int, help="how many copies to add to the record itself")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a new folder")
    parser.add_argument("--root", type=Path, help="what to enlarge (default: the repository)")
    arguments = parser.parse_args()
    if (arguments.triples or 0) < 0 or (arguments.copies or 0) < 0:
        parser.error("a size is not negative")

    root = knowledge_root(arguments.root or ROOT)
    enlargement = plan(root)
    copies = arguments.copies
    if copies is None:
        copies = enlargement.copies(arguments.triples)
    write(enlargement, copies, root, arguments.output)
    triples = enlargement.triples + copies * enlargement.triples_a_copy
    print(f"{arguments.output}: {triples:,} triples, the record {copies + 1} times over.")


if __name__ == "__main__":
    main()
