"""Enlarge the graph: the same shapes of data, many times over, for measurements at size.

The result is a root folder: ontology and questions as they are, the data as they are, and copies
of what is recorded in them, one file for each copy. A copy refers to its own meetings, people,
sources …, and to the offices, states, places and concepts that all copies share. Names of the
seventh copy have ``-copy-7`` in them, its labels, descriptions and notes ``(copy 7)``, its
addresses ``-copy-7``; dates, numbers, codes and names of people stay the same.

The enlarged graph conforms to the shapes as the record does. That decides what a copy has of its
own beyond the records themselves:

- series of meetings, since ordinals in a series are unique and in the order of dates. The shapes
  speak of ``series:heads`` by name; the copies of that series fall under the rules of the others;
- posts, since a post has one holder at a time;
- indicators, since an indicator has one preferred value for a subject and a year;
- passages that a copy cites, since a passage is cited or says why not; and their sources, since
  a paragraph and sentence occur once in a source.

Organisations and their names are shared, since an acronym belongs to one of them at a time and a
region has one office; and so are foundings, memberships and supervisions. Things are named and
labelled after others (a participation after its meeting, a tenure after its post); there the mark
follows the name or label of the other, as in ``heads-2021-copy-7-office-ep``.

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

from ip5kg.names import BASE, PREFIXES, RDFS_LABEL
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

_LENDING = ("indicator", "initiative", "meeting", "person", "post", "series", "source")
"""Kinds of thing after which others are named and labelled."""

# What stands for the number of the copy; copies are counted from 1.
_NAME_MARK, _TEXT_MARK = "-copy-0", " (copy 0)"
_ENLARGED = re.compile(r"-copy-\d| \(copy \d")
_CITES, _DESCRIPTION, _IN_SOURCE, _OMITTED_FOR, _STATED_IN, _URL = (
    PREFIXES["ip5"] + name
    for name in ("cites", "description", "inSource", "omittedFor", "statedIn", "url")
)
_NOTE = PREFIXES["skos"] + "editorialNote"


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
    marker = _Marker(copied, names)
    marked = [marker.triple(triple) for triple in copied]
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


class _Marker:
    """Makes triples of the record those of a copy.

    Args:
        copied: What is said of the things of a copy.
        names: Their IRIs.
    """

    def __init__(self, copied: list[Triple], names: frozenset[str]) -> None:
        self._names = names
        lending = tuple(f"{BASE}id/{kind}/" for kind in _LENDING)
        self._lenders: dict[str, list[str]] = {}
        self._labels: dict[str, list[str]] = {}
        for triple in copied:
            subject, term = triple.subject.value, triple.object
            if subject.startswith(lending) and triple.predicate.value != RDFS_LABEL:
                continue
            if triple.predicate.value == RDFS_LABEL:
                self._labels.setdefault(subject, []).append(term.value)
            elif _own(term, names) and term.value.startswith(lending):
                self._lenders.setdefault(subject, []).append(term.value)

    def triple(self, triple: Triple) -> Triple:
        """Rename the subject and what it refers to; mark texts."""
        term = triple.object
        if not isinstance(term, Literal):
            return Triple(self._renamed(triple.subject), triple.predicate, self._renamed(term))
        text, predicate = term.value, triple.predicate.value
        if predicate == RDFS_LABEL:
            text = self._label(triple.subject.value, text)
        elif predicate in (_DESCRIPTION, _NOTE):
            text += _TEXT_MARK
        elif predicate == _URL:
            text += _NAME_MARK if "#" in text else f"#record{_NAME_MARK}"
        marked = (
            Literal(text, language=term.language)
            if term.language
            else Literal(text, datatype=term.datatype)
        )
        return Triple(self._renamed(triple.subject), triple.predicate, marked)

    def _renamed(self, term: Term) -> Term:
        """Mark a name, behind the name of another thing with which it begins, else at its end."""
        if not _own(term, self._names):
            return term
        stem, local = term.value.rsplit("/", 1)
        lent = [lender.rsplit("/", 1)[1] for lender in self._lenders.get(term.value, [])]
        begins = max(
            (name for name in lent if local.startswith(f"{name}-")), key=len, default=local
        )
        return NamedNode(f"{stem}/{begins}{_NAME_MARK}{local[len(begins) :]}")

    def _label(self, subject: str, label: str) -> str:
        """Mark a label, behind the labels of other things that are in it, else at its end."""
        person = f"{BASE}id/person/"
        if subject.startswith(person):
            return label
        # Parentheses at the end of the label of a source are taken for its publisher.
        if subject.startswith(f"{BASE}id/source/") and not label.endswith(")"):
            first, _, rest = label.partition(" ")
            return f"{first}{_TEXT_MARK} {rest}"
        lenders = [name for name in self._lenders.get(subject, []) if not name.startswith(person)]
        parts = {
            text: self._label(lender, text)
            for lender in lenders
            for text in self._labels.get(lender, [])
        }
        short = "Meeting of "
        parts |= {text.removeprefix(short): parts[text].removeprefix(short) for text in parts}
        if found := [re.escape(part) for part in sorted(parts, key=len, reverse=True)]:
            marked = re.sub("|".join(found), lambda match: parts[match[0]], label)
            if marked != label:
                return marked
        # What stands behind the last colon is the role in which somebody took part.
        said, colon, role = label.rpartition(": ")
        if f"{BASE}id/participation/" in subject and colon:
            return f"{said}{_TEXT_MARK}{colon}{role}"
        return label + _TEXT_MARK


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
