"""What points to a thing, grouped by its class and by the property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from ip5kg.describe.as_of import gave_way, is_of_a_later_day
from ip5kg.describe.order import Row, kind_order, natural_order, row_order
from ip5kg.describe.periods import DATES, Force, force_on, in_words, sort_day
from ip5kg.describe.records import Fact, Incoming, Mention
from ip5kg.names import IP5, PREFIXES, RDF_TYPE, SKOS, local_name
from ip5kg.store.classes import ClassTree
from ip5kg.terms import Term, Thing, to_python

__all__ = ["Mentions", "Rows", "classes_of", "dates_of", "facts_of", "term_named"]

Rows = Mapping[str, list[Row]]
"""Subject → its properties and their values."""

_OTHER_NAMES = {SKOS + "prefLabel": "label", SKOS + "altLabel": "other label"}
_RESOURCE = PREFIXES["rdfs"] + "Resource"


class Mentions:
    """What points to a thing.

    Args:
        target: The IRI of the thing.
        rows: What points to it, or to a post in it, with all properties.
        meetings: Of what has no date but a meeting, the properties of the meeting.
        classes: The classes of the ontology.
        as_of: Leave out what is not in force on this day.
    """

    def __init__(
        self, target: str, rows: Rows, meetings: Rows, classes: ClassTree, as_of: str | None
    ) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._dates: dict[str, dict[str, str]] = {}
        self._force: dict[str, Force] = {}
        self._classes = classes
        self._groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        tenures = {
            name: (found, dates_of(found))
            for name, found in rows.items()
            if any(property_ == IP5 + "ofPost" for property_, _ in found)
        }
        head = (IP5 + "hasPostKind", NamedNode(PREFIXES["post-kind"] + "head"))
        heads = {name for name, found in rows.items() if head in found}
        for name, unsorted in rows.items():
            dates = dates_of(unsorted)
            if not in_words(dates):
                # What was said or done at a meeting has the date of the meeting.
                dates = dates_of(meetings.get(name, [])) or dates
            force = force_on(dates, as_of) if as_of else "certain"
            if force == "no":
                continue
            disputable = force == "possible" and name in tenures
            if as_of and disputable and gave_way(name, tenures, heads, as_of):
                continue
            self._rows[name] = sorted(
                (row for row in unsorted if not (as_of and is_of_a_later_day(row, as_of))),
                key=row_order,
            )
            self._dates[name], self._force[name] = dates, force
            kind = (classes.sorted(classes_of(unsorted)) or [_RESOURCE])[0]
            links = [
                property_
                for property_, value in self._rows[name]
                if isinstance(value, NamedNode) and value.value == target
            ]
            if not links:
                # What does not point to the thing itself points to a post in it.
                links = [IP5 + "ofPost"]
            elif classes.is_assertion(kind):
                # All that an assertion says is told, so once is enough.
                links = links[:1]
            for link in links:
                self._groups[kind, link].append(name)

    def rows(self) -> list[Row]:
        """List all that the assertions say."""
        return [
            row
            for (kind, _), names in self._groups.items()
            if self._classes.is_assertion(kind)
            for name in names
            for row in self._rows[name]
        ]

    def iris(self) -> set[str]:
        """List what points, its classes and its properties."""
        return {*self._rows, *(iri for key in self._groups for iri in key)}

    def grouped(self, labels: Mapping[str, str]) -> tuple[Incoming, ...]:
        """Return the groups in a fixed order, by date and label within."""
        groups = sorted(self._groups.items(), key=lambda item: kind_order(*item[0]))
        return tuple(
            Incoming(
                term_named(kind, labels),
                term_named(link, labels),
                self._mentions(names, labels, unfold=self._classes.is_assertion(kind)),
            )
            for (kind, link), names in groups
        )

    def _mentions(
        self, names: Sequence[str], labels: Mapping[str, str], *, unfold: bool
    ) -> tuple[Mention, ...]:
        ordered = sorted(
            names, key=lambda n: (sort_day(self._dates[n]), natural_order(labels.get(n, n)), n)
        )
        return tuple(
            Mention(
                thing=Thing(name, labels.get(name)),
                when=in_words(self._dates[name]),
                certain=self._force[name] == "certain",
                facts=facts_of(self._rows[name], labels) if unfold else (),
            )
            for name in ordered
        )


def facts_of(rows: Iterable[Row], labels: Mapping[str, str]) -> tuple[Fact, ...]:
    """Turn rows into facts."""
    known = dict(labels)
    return tuple(
        Fact(term_named(name, labels), to_python(value, known), value) for name, value in rows
    )


def term_named(iri: str, labels: Mapping[str, str]) -> Thing:
    """Name a class or property by its label, or by the words in its IRI."""
    words = "".join(f" {mark.lower()}" if mark.isupper() else mark for mark in local_name(iri))
    return Thing(iri, labels.get(iri) or _OTHER_NAMES.get(iri) or words.strip())


def classes_of(rows: Iterable[Row]) -> set[str]:
    """Pick the classes."""
    return {
        value.value for name, value in rows if name == RDF_TYPE and isinstance(value, NamedNode)
    }


def dates_of(rows: Iterable[Row]) -> dict[str, str]:
    """Pick the properties that say when."""
    return {name: _text(value) for name, value in rows if name in DATES}


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
