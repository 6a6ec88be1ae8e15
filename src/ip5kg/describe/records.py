"""What a description is made of."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Triple

from ip5kg.names import IP5, RDF_TYPE
from ip5kg.terms import Term, Thing, Value

__all__ = ["Citation", "Description", "Fact", "Incoming", "Mention"]


class Fact(NamedTuple):
    """A property and one value of it.

    Attributes:
        property: The property, with its label from the ontology.
        value: The value as Python has it.
        term: The value as RDF has it, with language and datatype.
    """

    property: Thing
    value: Value
    term: Term


class Mention(NamedTuple):
    """Something that points to the described thing.

    Attributes:
        thing: What points.
        when: When it takes place or is in force, in words; empty when it has no date.
        certain: False when it is only possible that it is in force on the day asked for.
        facts: For an assertion all that it says, else nothing.
    """

    thing: Thing
    when: str
    certain: bool
    facts: tuple[Fact, ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages that it cites."""
        return tuple(
            fact.value
            for fact in self.facts
            if fact.property == IP5 + "cites" and isinstance(fact.value, Thing)
        )


class Incoming(NamedTuple):
    """All that points to the described thing in one way.

    Attributes:
        kind: The class of what points.
        property: By what it points.
        mentions: What points, by date and label.
    """

    kind: Thing
    property: Thing
    mentions: tuple[Mention, ...]


class Citation(NamedTuple):
    """A passage that bears something out.

    Attributes:
        passage: The passage.
        locator: Where in the source it stands.
        source: The source.
        title: The title of the source.
        address: Where the source was consulted; empty when that is not on the web.
    """

    passage: Thing
    locator: str
    source: Thing
    title: str
    address: str


class Description(NamedTuple):
    """A thing, what it is, what points to it, and the sources of all that.

    Attributes:
        thing: The thing.
        classes: What it is, the narrowest class first.
        when: When it takes place or is in force, in words; empty when it has no date.
        facts: Its properties in a fixed order.
        incoming: What points to it, grouped by kind and property.
        sources: The passages cited by it and by the assertions about it.
        as_of: The day for which it was asked, or None.
        remark: What is to be said of that day, such as that nothing is known; empty when there is
            nothing to be said.
    """

    thing: Thing
    classes: tuple[Thing, ...]
    when: str
    facts: tuple[Fact, ...]
    incoming: tuple[Incoming, ...]
    sources: tuple[Citation, ...]
    as_of: str | None
    remark: str = ""

    def triples(self) -> list[Triple]:
        """Return the description as RDF: the thing's triples, and those of what points to it."""
        here = NamedNode(self.thing)
        found = [Triple(here, NamedNode(RDF_TYPE), NamedNode(name)) for name in self.classes]
        found += _triples(here, self.facts)
        for group in self.incoming:
            for mention in group.mentions:
                subject = NamedNode(mention.thing)
                found += _triples(subject, mention.facts)
                if not mention.facts:
                    found.append(Triple(subject, NamedNode(group.property), here))
        return list(dict.fromkeys(found))


def _triples(subject: NamedNode | BlankNode, facts: tuple[Fact, ...]) -> list[Triple]:
    return [Triple(subject, NamedNode(fact.property), fact.term) for fact in facts]
