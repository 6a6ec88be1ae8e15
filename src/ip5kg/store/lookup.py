"""Finding the thing that a name stands for.

A name is a full IRI, a prefixed name, the last part of an IRI (``heads-2021``, ``jp``), or a label
or acronym that only one thing bears, as it is, written like the last part of an IRI
(``net-ai-roadmap`` for “NET/AI roadmap”), or with its words in another order (“Hirshfeld, Drew”).
A person is also found by a family name that nobody else has; where the name of somebody is known no
further, others of that family name are meant as well. A short name that an office shares
with its state means the office (``jp``), and one that an organisation shares with its founding the
organisation (``wipo``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from ip5kg.errors import AmbiguousName, UnknownName
from ip5kg.names import (
    BASE,
    IP5,
    KINDS,
    PREFIXES,
    RDFS_LABEL,
    SCHEMES,
    SKOS,
    expand,
    is_iri,
    local_name,
    shorten,
)
from ip5kg.store.solutions import GraphStore
from ip5kg.terms import Term
from ip5kg.words import words_of

__all__ = ["find_thing", "members_of", "quoted"]

_RDFS = PREFIXES["rdfs"]
_RDF = PREFIXES["rdf"]
_SHOWN = 80
# No name is longer, and a megabyte is compared with nothing.
_LONGEST = 2000
# A kind of thing → the kinds that are meant rather by a short name that both have.
_GIVES_WAY = {"state": ("office",), "founding": ("association", "organisation")}
# What stands in names of people; anything else is no name whose words may be sorted.
_PLAIN = re.compile(r"[\w ,.'’·-]+")
_NOT_IN_SHORT_NAME = re.compile(r"[\W_]+")


def find_thing(store: GraphStore, name: str, class_name: str = "") -> NamedNode:
    """Find the one thing that a name stands for.

    Args:
        store: The graph to look in.
        name: What the user wrote.
        class_name: Prefixed name of the class that the thing must belong to; empty for any.

    Raises:
        UnknownName: When nothing bears the name; ``near`` holds what looks like it.
        AmbiguousName: When several things do.
    """
    if len(name) > _LONGEST:
        raise _unknown(name, class_name, ())
    iris = _as_iris(name)
    found = _members(store, class_name, iris) if iris else []
    if not found:
        names = _names(store, class_name)
        found = _bearers(names, name)
        if not found:
            from ip5kg.store.near import nearest

            near = nearest(name, ((one.thing, one.text) for one in names))
            raise _unknown(name, class_name, near)
    found = _preferred(found, name)
    if len(found) > 1:
        near = tuple(sorted(shorten(thing) for thing in found))
        raise AmbiguousName(
            f"{quoted(name)} can be {_listed(_described(store, near))}.",
            near=near,
            hint="Write the prefixed name of the one you mean.",
        )
    return NamedNode(found[0])


def members_of(store: GraphStore, class_name: str) -> list[NamedNode]:
    """List the members of a class, of its subclasses too.

    Args:
        store: The graph to look in.
        class_name: Prefixed name of the class.
    """
    solutions = store.select(f"SELECT DISTINCT ?thing WHERE {{ {_pattern(class_name)} }}")
    return [thing for (thing,) in solutions.rows if isinstance(thing, NamedNode)]


def quoted(text: str) -> str:
    """Quote what a user wrote, on one line and cut when it is long."""
    line = "".join(c if c.isprintable() else "�" for c in text[: _SHOWN + 1])
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"


def _as_iris(name: str) -> list[str]:
    """List the IRIs that a name could be short for."""
    if name.startswith("<") and name.endswith(">"):
        name = name[1:-1]
    prefix, colon, _ = name.partition(":")
    if colon and prefix in PREFIXES:
        candidate = expand(name)
        return [candidate] if _is_writable(candidate) else []
    if _is_writable(name):
        return [name]
    candidates = [f"{BASE}id/{kind}/{name}" for kind in KINDS]
    candidates += [f"{BASE}scheme/{scheme}/{name}" for scheme in SCHEMES]
    candidates += [IP5 + name]
    return [candidate for candidate in candidates if _is_writable(candidate)]


def _preferred(found: list[str], name: str) -> list[str]:
    """Leave out what a short name is not taken to mean when it can mean something else."""
    kinds = {
        thing: shorten(thing).partition(":")[0]
        for thing in found
        if local_name(thing) == name.casefold()
    }
    others = set(kinds.values())
    return [thing for thing in found if others.isdisjoint(_GIVES_WAY.get(kinds.get(thing, ""), ()))]


def _is_writable(text: str) -> bool:
    """Tell whether a text is an IRI for us and for the engine, which looks closer."""
    try:
        return is_iri(text) and bool(NamedNode(text))
    except ValueError:
        return False


def _pattern(class_name: str) -> str:
    """Write the graph pattern that ``?thing`` must match."""
    if not class_name:
        return f"?thing <{_RDF}type> ?class ."
    return f"?thing <{_RDF}type>/<{_RDFS}subClassOf>* <{expand(class_name)}> ."


def _members(store: GraphStore, class_name: str, iris: list[str]) -> list[str]:
    """Keep those IRIs that the graph knows as members of the class."""
    values = " ".join(str(NamedNode(iri)) for iri in iris)
    solutions = store.select(
        f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {values} }} {_pattern(class_name)} }}"
    )
    return [thing.value for (thing,) in solutions.rows if isinstance(thing, NamedNode)]


class _Name(NamedTuple):
    """A name of a thing, or the family name of a person."""

    thing: str
    text: str
    family: bool


def _names(store: GraphStore, class_name: str) -> list[_Name]:
    """List all labels, names, names in time and acronyms of the members of a class."""
    solutions = store.select(
        f"""SELECT DISTINCT ?thing ?label ?family WHERE {{
          {_pattern(class_name)}
          {{ ?thing <{RDFS_LABEL}>|<{SKOS}prefLabel>|<{SKOS}altLabel> ?label }}
          UNION {{ ?thing <{IP5}nativeName>|<{IP5}westernName> ?label }}
          UNION {{ ?use <{IP5}nameOf> ?thing ; <{IP5}name>|<{IP5}acronym> ?label }}
          UNION {{ ?thing <{IP5}familyName> ?family }}
        }}"""
    )
    return [
        _Name(thing.value, _text(label or family), family is not None)
        for thing, label, family in solutions.rows
        if isinstance(thing, NamedNode)
    ]


def _bearers(names: list[_Name], name: str) -> list[str]:
    """Find the things that bear a name; in another order of words only if none does as it is."""
    wanted = name.casefold()
    same = {
        one.thing
        for one in names
        if not one.family and wanted in (one.text.casefold(), _short_name(one.text))
    }
    words = sorted(words_of(name)) if _PLAIN.fullmatch(name) else []
    if not same and words:
        same = {
            one.thing
            for one in names
            if not one.family
            and words in (sorted(words_of(one.text)), sorted(words_of(local_name(one.thing))))
        }
    family = {one.thing for one in names if one.family and sorted(words_of(one.text)) == words}
    # Of some people no more than the family name is known, which is then their label.
    return sorted(same | family if not same or same & family else same)


def _short_name(label: str) -> str:
    """Write a label like the last part of an IRI: ``NET/AI roadmap`` → ``net-ai-roadmap``."""
    return _NOT_IN_SHORT_NAME.sub("-", label.casefold()).strip("-")


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def _unknown(name: str, class_name: str, near: tuple[str, ...]) -> UnknownName:
    """Say that nothing bears the name, and what comes near."""
    what = _words(class_name) if class_name else "thing"
    hint = f"Near matches: {', '.join(near)}." if near else "Find it with “ip5kg search WORDS”."
    return UnknownName(f"The graph has no {what} {quoted(name)}.", near=near, hint=hint)


def _words(class_name: str) -> str:
    """Turn a class name into words: ``ip5:PatentOffice`` → ``patent office``."""
    local = class_name.partition(":")[2] or class_name
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()


def _described(store: GraphStore, names: tuple[str, ...]) -> tuple[str, ...]:
    """Add the labels of people to their prefixed names, which may say little."""
    people = {name: expand(name) for name in names if name.startswith("person:")}
    labels = store.labels(sorted(people.values())) if people else {}
    return tuple(
        f"{name} ({labels[people[name]]})" if people.get(name) in labels else name for name in names
    )


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
