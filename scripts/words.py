"""Keep the list of words against which the shapes spell-check the texts of the graph.

Usage: python scripts/words.py [--check]

The list stands in ontology/shapes/words.ttl. It has the words of all English texts of the data and
of the ontology, and no others: a word that nothing uses any more would let a slip pass one day.
New words are printed, to be looked at before they are committed. With --check nothing is written,
and the exit code is 1 when the list is out of date.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap

from pyoxigraph import Literal, Triple

from ip5kg.names import PREFIXES, shorten
from ip5kg.resources import graph_files
from ip5kg.turtle.reader import read

ROOT = Path(__file__).resolve().parents[1]
SHAPE = Path("ontology") / "shapes" / "words.ttl"
CODES = ("ip5:isoAlpha3", "ip5:isoCode", "ip5:st3Code")
"""Properties of which the values are codes and no words, as the shape has them."""

_LIST = re.compile(r"'''-\((.*?)\)-'''", re.DOTALL)
_LONG_LIST = re.compile(r"'''\|(.*?)\|'''", re.DOTALL)
_LONG = 4
_END = "#\n"
_WORD = re.compile(r"[a-zÀ-ɏ]{2,}")
_STRING = PREFIXES["xsd"] + "string"
_WIDTH = 100


def words_of(triples: Iterable[Triple]) -> Iterator[str]:
    """List the words of the texts in English or in no language, in small letters."""
    for triple in triples:
        text = triple.object
        if (
            isinstance(text, Literal)
            and (text.language == "en" or text.datatype.value == _STRING)
            and shorten(triple.predicate.value) not in CODES
        ):
            yield from _WORD.findall(text.value.lower())


def words_in_use(root: Path) -> set[str]:
    """Gather the words of the data and of the ontology."""
    return {word for path in graph_files(root) for word in words_of(read(path))}


def listed(root: Path) -> set[str]:
    """Read the list of the shape."""
    found = _LIST.search((root / SHAPE).read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{SHAPE} has no list of words.")
    return set(found[1].split("|")) - {_END}


def write(root: Path, words: Iterable[str]) -> None:
    """Write the list into the shape, and that of words long enough to be taken for another."""
    path, known = root / SHAPE, sorted(words)
    long = [word for word in known if len(word) >= _LONG]
    text = path.read_text(encoding="utf-8")
    text = _LIST.sub(lambda _: f"'''-({_in_lines(known)})-'''", text)
    text = _LONG_LIST.sub(lambda _: f"'''|{_in_lines(long)}|'''", text)
    path.write_text(text, encoding="utf-8")


def _in_lines(words: Iterable[str]) -> str:
    """Write words with bars between them; what ends a line is a word of its own, which no text has.

    The number sign is for pySHACL, which looks at a query by expressions that run from the begin of
    each line to the next such sign: without one, they take seconds.
    """
    lines = wrap(" ".join(words), _WIDTH)
    return f"|{_END}|".join(line.replace(" ", "|") for line in lines)


def main() -> None:
    """Bring the list up to date, or tell whether it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()

    had, used = listed(ROOT), words_in_use(ROOT)
    for word in sorted(used - had):
        print(f"+ {word}")
    for word in sorted(had - used):
        print(f"- {word}")
    if not arguments.check:
        write(ROOT, used)
    sys.exit(1 if arguments.check and had != used else 0)


if __name__ == "__main__":
    main()
