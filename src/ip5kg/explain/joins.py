"""Patterns that have solutions, but none in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from ip5kg.explain.probe import Probe, written
from ip5kg.explain.unknown import unknown_thing
from ip5kg.names import RDF_TYPE
from ip5kg.sparql.groups import Part
from ip5kg.sparql.lexer import tokens

__all__ = ["join_reasons", "named_iris", "variables"]

_TYPES = frozenset(("a", f"<{RDF_TYPE}>", "rdf:type"))
_SIMPLE = re.compile(r"<[^<>]*>|[^\s/|^!?*+()<>$]+")
_SHOWN = 3


def join_reasons(part: Part, before: Sequence[Part], probe: Probe) -> Iterator[str]:
    """Say which pattern before a triple pattern has nothing in common with it."""
    own = variables(part.text)
    for other in before:
        if other.kind in ("VALUES", "BIND") and variables(other.text) & own:
            for iri in named_iris(other.text, probe):
                yield from unknown_thing(NamedNode(iri), probe)
    partners = [
        other for other in before if other.terms is not None and variables(other.text) & own
    ]
    for other in sorted(partners, key=lambda one: not _is_type(one)):
        if probe.some(f"{other.text} {part.text}"):
            continue
        typed, said = (part, other) if _is_type(part) else (other, part)
        sentence = _class_and_property(typed, said, probe) if _is_type(typed) else ""
        if not sentence:
            shared = " and ".join(sorted(variables(other.text) & own & _shown(part)))
            what = f"nothing fits both as {shared}" if shared else "nothing fits both"
            sentence = f"“{part.shown}” and “{other.shown}” never meet: {what}."
        yield sentence
        return


def _is_type(part: Part) -> bool:
    """Tell whether a pattern says that a variable is of a class."""
    subject, predicate, value = part.terms or ("", "", "")
    return subject[:1] in "?$" and predicate in _TYPES and value[:1] not in "?$"


def _class_and_property(typed: Part, said: Part, probe: Probe) -> str:
    """Say that a class and a property never meet, and with which classes the property does."""
    thing, _, class_ = typed.terms or ("", "", "")
    subject, predicate, value = said.terms or ("", "", "")
    if predicate in _TYPES or not _SIMPLE.fullmatch(predicate):
        return ""
    kind, name = probe.term(class_), probe.term(predicate)
    if kind is None or name is None or thing[1:] not in (subject[1:], value[1:]):
        return ""
    of_subject = thing[1:] == subject[1:]
    pattern = f"?ip5kg_s {name} ?ip5kg_o . {'?ip5kg_s' if of_subject else '?ip5kg_o'} a"
    if probe.some(f"{pattern} {kind}"):
        return ""
    rows = probe.values(
        "?ip5kg_c (COUNT(*) AS ?ip5kg_n)",
        f"{pattern} ?ip5kg_c",
        _SHOWN,
        "GROUP BY ?ip5kg_c ORDER BY DESC(?ip5kg_n) STR(?ip5kg_c)",
    )
    shown = ", ".join(written(row[0]) for row in rows) or "no class"
    if of_subject:
        return (
            f"Nothing of the class {written(kind)} has {written(name)}; what has it is of {shown}."
        )
    return f"No value of {written(name)} is of the class {written(kind)}; they are of {shown}."


def variables(text: str) -> set[str]:
    """List the variables of a piece of SPARQL."""
    return {f"?{token.text[1:]}" for token in tokens(text) if token.kind == "variable"}


def _shown(part: Part) -> set[str]:
    return variables(part.shown)


def named_iris(text: str, probe: Probe) -> list[str]:
    """List the IRIs in a piece of SPARQL that are neither functions nor datatypes."""
    found = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    iris = []
    for number, token in enumerate(found):
        if token.kind not in ("iri", "name"):
            continue
        after = found[number + 1].text if number + 1 < len(found) else ""
        if after == "(" or (number and found[number - 1].text == "^^"):
            continue
        term = probe.term(token.text)
        if isinstance(term, NamedNode):
            iris.append(term.value)
    return list(dict.fromkeys(iris))
