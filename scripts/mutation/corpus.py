"""The real data with the place of every term, indexed for those who want to break it.

Only the data is broken: the ontology and the shapes are what must notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from ip5kg.names import PREFIXES, expand, shorten
from ip5kg.resources import graph_files
from ip5kg.turtle.positions import Located, Positions, locate
from ip5kg.turtle.reader import read

__all__ = ["Corpus", "Row", "short"]

_SUB_CLASS = PREFIXES["rdfs"] + "subClassOf"
_RANGE = PREFIXES["rdfs"] + "range"
_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_ENOUGH = 5
"""How many members tell what members of a class have."""
_END = re.compile(r"\s*\.[^\S\n]*\n?\n?")


class Row(NamedTuple):
    """One statement of a data file.

    Attributes:
        file: The file, relative to the root.
        located: The triple and the spans of its terms.
        subject: The IRI of the subject.
        name: The property as a prefixed name.
        value: The object; the data has neither blank nodes nor triple terms.
    """

    file: Path
    located: Located
    subject: str
    name: str
    value: NamedNode | Literal

    @property
    def start(self) -> int:
        """Where the object begins."""
        return self.located.object[0]

    @property
    def end(self) -> int:
        """After the last character of the object."""
        return self.located.object[1]


def _row(file: Path, located: Located) -> Row:
    subject, predicate, value = located.triple
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        raise TypeError(f"{file}: {located.triple} has a blank node or a triple term.")
    return Row(file, located, subject.value, shorten(predicate.value), value)


class Corpus:
    """The data files of a root.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.positions: dict[Path, Positions] = {}
        self.ontology: dict[Path, list[Triple]] = {}
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for path in graph_files(root):
            name = path.relative_to(root)
            if name.parts[0] == "data":
                text = path.read_text(encoding="utf-8")
                self.positions[name] = locate(text, file=str(name))
                for located in self.positions[name].triples:
                    row = _row(name, located)
                    self.rows[row.subject].append(row)
            else:
                self.ontology[name] = read(path)

    @property
    def parsed(self) -> dict[Path, list[Triple]]:
        """File → its triples, of the ontology and the data."""
        data = {name: [t.triple for t in p.triples] for name, p in self.positions.items()}
        return {**self.ontology, **data}

    def text(self, file: Path) -> str:
        """Give the text of a data file."""
        return self.positions[file].text

    def line(self, file: Path, offset: int) -> int:
        """Tell the line of a character in a data file."""
        return self.positions[file].position(offset)[0]

    def all_rows(self) -> list[Row]:
        """List all statements in a settled order."""
        return self._all_rows

    @cached_property
    def _all_rows(self) -> list[Row]:
        return [row for subject in sorted(self.rows) for row in self.rows[subject]]

    def of(self, subject: str, name: str) -> list[Row]:
        """List the statements about a subject with one property."""
        return [row for row in self.rows.get(subject, []) if row.name == name]

    def first(self, subject: str, name: str) -> Row | None:
        """Give the first of the statements about a subject with one property."""
        return next(iter(self.of(subject, name)), None)

    @cached_property
    def classes(self) -> dict[str, str]:
        """Subject → its class in our ontology, as a prefixed name; of two the narrower one."""
        found: dict[str, str] = {}
        for subject, rows in self.rows.items():
            own = [shorten(r.value.value) for r in rows if r.name == "rdf:type"]
            ours = sorted(
                (name for name in own if name.startswith("ip5:")),
                key=lambda name: len(self.wider.get(name, ())),
            )
            if ours:
                found[subject] = ours[-1]
        return found

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """Class → the subjects of which it is the class, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, name in self.classes.items():
            found[name].append(subject)
        return {name: sorted(subjects) for name, subjects in found.items()}

    @cached_property
    def wider(self) -> dict[str, set[str]]:
        """Class → the class and all that are wider, as prefixed names."""
        above: dict[str, set[str]] = defaultdict(set)
        for triple in self._ontology_triples():
            if triple.predicate.value == _SUB_CLASS and isinstance(triple.object, NamedNode):
                above[short(triple.subject)].add(shorten(triple.object.value))
        found = {}
        for name in set(above) | {n for names in above.values() for n in names}:
            seen: set[str] = set()
            todo = [name]
            while todo:
                one = todo.pop()
                if one not in seen:
                    seen.add(one)
                    todo += above.get(one, ())
            found[name] = seen
        return found

    @cached_property
    def ranges(self) -> dict[str, str]:
        """Property → the class of its values, as the ontology tells it."""
        return {
            short(triple.subject): short(triple.object)
            for triple in self._ontology_triples()
            if triple.predicate.value == _RANGE
        }

    @cached_property
    def properties(self) -> list[str]:
        """The properties of our ontology that the data uses, sorted."""
        used = {row.name for row in self.all_rows()}
        return sorted(name for name in used if name.startswith("ip5:"))

    @cached_property
    def concepts(self) -> dict[str, list[str]]:
        """Prefix of a scheme → its concepts as prefixed names, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for triple in self._ontology_triples():
            if triple.predicate.value == _IN_SCHEME:
                name = short(triple.subject)
                found[name.partition(":")[0]].append(name)
        return {scheme: sorted(names) for scheme, names in found.items()}

    @cached_property
    def named(self) -> dict[str, list[Row]]:
        """IRI → the statements that have it as their object."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.all_rows():
            if isinstance(row.value, NamedNode) and row.value.value != row.subject:
                found[row.value.value].append(row)
        return found

    @cached_property
    def always(self) -> set[tuple[str, str]]:
        """Pairs of a class and a property that each of its members has."""
        return {
            (kind, name)
            for kind, count in self._counts.items()
            for name, numbers in count.items()
            if len(numbers) == len(self.members[kind]) >= _ENOUGH
        }

    @cached_property
    def single(self) -> set[tuple[str, str]]:
        """Pairs of a class and a property that none of its members has twice."""
        return {
            (kind, name)
            for kind, count in self._counts.items()
            for name, numbers in count.items()
            if max(numbers) == 1 and len(numbers) >= _ENOUGH
        }

    def block(self, subject: str) -> tuple[Path, int, int] | None:
        """Find the text that describes a subject, if it is one piece: file, start, end."""
        rows = self.rows[subject]
        file, start = rows[0].file, rows[0].located.subject[0]
        if any(row.file != file or row.located.subject[0] != start for row in rows):
            return None
        end = _END.match(self.text(file), max(row.end for row in rows))
        return (file, start, end.end()) if end else None

    def write(self, file: Path, name: str) -> str:
        """Write a prefixed name or an IRI so that it can stand in a file."""
        prefix = name.partition(":")[0]
        if prefix in self.positions[file].prefixes:
            return name
        return f"<{expand(name) if prefix in PREFIXES else name}>"

    @cached_property
    def _counts(self) -> dict[str, dict[str, list[int]]]:
        """Class → property → for each member that has it, how often."""
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for subject, kind in self.classes.items():
            numbers: dict[str, int] = defaultdict(int)
            for row in self.rows[subject]:
                numbers[row.name] += 1
            for name, number in numbers.items():
                found[kind][name].append(number)
        return found

    def _ontology_triples(self) -> Iterator[Triple]:
        for triples in self.ontology.values():
            yield from triples


def short(term: object) -> str:
    """Write a term with a prefix, where it is an IRI."""
    return shorten(str(getattr(term, "value", term)))
