"""What files say of some nodes, triple by triple, with the places of its terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Triple

from ip5kg.errors import Ip5kgError
from ip5kg.terms import Term
from ip5kg.turtle.reader import read_bytes
from ip5kg.validation.files import ParsedFiles
from ip5kg.validation.findings import Place

if TYPE_CHECKING:
    from ip5kg.turtle.positions import Located, Positions, Span

__all__ = ["Said", "said_of", "said_with"]

_TURTLE = frozenset((".ttl", ".nt"))


class Said(NamedTuple):
    """A triple of a file.

    Attributes:
        triple: The triple.
        file: How a report calls the file.
        located: Where the triple stands, as offsets; None where that is not known.
        positions: The text with its lines; None where that is not known.
    """

    triple: Triple
    file: str
    located: Located | None = None
    positions: Positions | None = None

    @property
    def subject(self) -> Place:
        """Where its subject stands."""
        return self._place(self.located and self.located.subject)

    @property
    def predicate(self) -> Place:
        """Where its predicate stands."""
        return self._place(self.located and self.located.predicate)

    @property
    def object(self) -> Place:
        """Where its object stands."""
        return self._place(self.located and self.located.object)

    def _place(self, span: Span | None) -> Place:
        if span is None or self.positions is None:
            return Place(self.file)
        line, column = self.positions.position(span[0])
        end_line, end_column = self.positions.position(span[1])
        text = self.positions.line_text(line)
        return Place(self.file, line, column, end_line, end_column, text)


def said_of(
    parsed: ParsedFiles, wanted: set[Term], name: Callable[[Path], str]
) -> dict[Term, list[Said]]:
    """Find the triples with some nodes as their subject.

    Args:
        parsed: File → its triples; earlier files are looked at first.
        wanted: The nodes.
        name: How a report calls a file.

    Returns:
        Node → the triples about it.
    """
    found: dict[Term, list[Said]] = defaultdict(list)
    if wanted:
        for path in parsed:
            for said in _about(parsed, path, wanted, name(path)):
                found[said.triple.subject].append(said)
    return found


def said_with(
    parsed: ParsedFiles, wanted: set[Term], name: Callable[[Path], str]
) -> dict[Term, Said]:
    """Find the first triple with each of some nodes as its object, or else as its predicate.

    Args:
        parsed: File → its triples; earlier files are looked at first.
        wanted: The nodes.
        name: How a report calls a file.

    Returns:
        Node → the triple.
    """
    found: dict[Term, Said] = {}
    for part in (itemgetter(2), itemgetter(1)):
        left = wanted - found.keys()
        for path in parsed if left else ():
            if any(part(triple) in left for triple in parsed[path]):
                for said in _whole(parsed, path, left, name(path), part):
                    found.setdefault(part(said.triple), said)
    return found


def _about(parsed: ParsedFiles, path: Path, wanted: set[Term], name: str) -> Iterator[Said]:
    if parsed.has_blank_nodes(path):
        # Only both readings side by side tell which blank node is which.
        if any(triple.subject in wanted for triple in parsed[path]):
            yield from _whole(parsed, path, wanted, name, itemgetter(0))
        return
    positions = _positions(path, {node for node in wanted if isinstance(node, NamedNode)})
    if positions is None:
        yield from _whole(parsed, path, wanted, name, itemgetter(0))
        return
    for located in positions.triples:
        if located.triple.subject in wanted:
            yield Said(located.triple, name, located, positions)


def _whole(
    parsed: ParsedFiles,
    path: Path,
    wanted: set[Term],
    name: str,
    part: Callable[[Triple], Term],
) -> Iterator[Said]:
    """Lay the triples of a file beside the text, where they are the same ones."""
    triples = parsed[path]
    positions = _positions(path, None)
    if positions is None or len(positions.triples) != len(triples):
        yield from (Said(triple, name) for triple in triples if part(triple) in wanted)
        return
    for triple, located in zip(triples, positions.triples, strict=True):
        if part(triple) in wanted:
            yield Said(triple, name, located, positions)


def _positions(path: Path, about: set[NamedNode] | None) -> Positions | None:
    """Read a file with places, if it is Turtle."""
    if path.suffix.lower() not in _TURTLE:
        return None
    # Its pattern takes a while to compile, and there may be nothing to locate.
    from ip5kg.turtle.positions import locate

    try:
        text = read_bytes(path).decode()
        return locate(text, base=path.absolute().as_uri(), file=str(path), about=about)
    except Ip5kgError:
        # It has changed since it was read, or has what only the engine takes.
        return None
