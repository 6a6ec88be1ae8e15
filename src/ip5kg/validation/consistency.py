"""Whether the ontology and the data can be true together, with what contradicts what."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ip5kg.errors import ValidationFailure
from ip5kg.names import BASE, PREFIXES, RDF_TYPE
from ip5kg.terms import Term, display
from ip5kg.validation.contradiction import contradiction
from ip5kg.validation.findings import Finding
from ip5kg.validation.hermit import is_consistent, reason
from ip5kg.validation.places import Places

__all__ = ["RULES", "check"]

_OWL = PREFIXES["owl"]
_ONTOLOGY = f"<{_OWL}Ontology>"
_FAMILY = BASE + "checks/reasoning/"
_CONSISTENT, _SATISFIABLE, _WELL_FORMED = (
    _FAMILY + name for name in ("consistent", "classes-satisfiable", "literals-well-formed")
)
RULES = (_CONSISTENT, _SATISFIABLE, _WELL_FORMED)
"""The rules that are kept here."""


def check(schema: list[Triple], facts: list[Triple], places: Places) -> list[Finding]:
    """Ask HermiT whether an ontology and data are consistent; if not, find out what is not.

    Args:
        schema: The triples of the ontology, its vocabularies and its mappings.
        facts: The triples of the data.
        places: Where they stand.

    Returns:
        The findings. One of them says so when HermiT breaks off, as it does at datatypes and
        constructs that OWL 2 does not have.
    """
    try:
        return _found(schema, facts, places)
    except ValidationFailure as failure:
        message = f"{failure} So whether there are contradictions is not known."
        focus = next((t.subject for t in schema if str(t.object) == _ONTOLOGY), BlankNode())
        return places.placed([Finding("violation", focus, "", None, _CONSISTENT, "", message)])


def _found(schema: list[Triple], facts: list[Triple], places: Places) -> list[Finding]:
    everything = [*schema, *facts]
    verdict = reason(everything)
    if verdict.malformed:
        return places.placed(_malformed(everything, *verdict.malformed))
    if verdict.is_consistent:
        return places.placed(_unsatisfiable(iri) for iri in verdict.unsatisfiable)
    certain, doubtful = schema, facts
    if not is_consistent(schema):
        # Without its declarations, no other statement of an ontology says what it is meant to.
        certain = [triple for triple in schema if _declares(triple)]
        doubtful = [triple for triple in schema if not _declares(triple)]
        if not _is_consistent(certain):
            certain, doubtful = [], certain
    return [_contradictory(contradiction(certain, doubtful, _is_consistent), places)]


def _is_consistent(triples: list[Triple]) -> bool:
    """Ask HermiT about a part of the statements; alone, that may be more than it can read."""
    try:
        return is_consistent(triples)
    except ValidationFailure:
        return True


def _declares(triple: Triple) -> bool:
    """Tell whether a triple declares a term, or is a part of an axiom that has no name."""
    kind = triple.object
    return isinstance(triple.subject, BlankNode) or (
        triple.predicate.value == RDF_TYPE
        and isinstance(kind, NamedNode)
        and kind.value.startswith(_OWL)
    )


def _malformed(triples: Iterable[Triple], form: str, datatype: str) -> list[Finding]:
    literal = Literal(form, datatype=NamedNode(datatype))
    message = (
        f"“{form}” is no {display(literal.datatype, {}, iris=True)}; correct it. HermiT looks no "
        "further, so whether there are contradictions is not known."
    )
    found = [t for t in triples if t.object == literal]
    if not found:
        raise ValidationFailure(f"HermiT broke off at a literal that it does not quote: “{form}”.")
    return [
        Finding("violation", t.subject, str(t.predicate), literal, _WELL_FORMED, "", message)
        for t in found
    ]


def _unsatisfiable(iri: str) -> Finding:
    term = NamedNode(iri)
    message = (
        f"{_name(term)} can have no members, because what is said of it contradicts itself; take "
        "one of the axioms away."
    )
    return Finding("violation", term, "", None, _SATISFIABLE, "", message)


def _contradictory(statements: list[Triple], places: Places) -> Finding:
    """Make one finding of statements that contradict each other; it stands at the last one."""
    listed = "; ".join(
        f"{_name(t.subject)} {_name(t.predicate)} {_name(t.object)}" for t in statements
    )
    message = f"The ontology does not allow all of this: {listed}. Correct one of these statements."
    placed = places.placed(
        Finding("violation", t.subject, str(t.predicate), t.object, _CONSISTENT, "", message)
        for t in statements
    )
    others = tuple(finding.place for finding in placed[:-1])
    return placed[-1]._replace(related=tuple(dict.fromkeys((*others, *placed[-1].related))))


def _name(term: Term) -> str:
    return display(term, {}, iris=True)
