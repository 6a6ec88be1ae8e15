"""Mutants that are no errors for all that the data can tell.

A rule names a kind, a class and a property (``*`` for any), and says in a sentence why the changed
statement could as well be true, given everything else in the graph.
"""

from __future__ import annotations

from typing import NamedTuple

from mutation.mutants import Mutant

__all__ = ["EQUIVALENTS", "Rule", "why_equivalent"]


class Rule(NamedTuple):
    """Why the mutants of a kind are no errors where they concern some property."""

    kinds: tuple[str, ...]
    owner: str
    names: tuple[str, ...]
    reason: str


EQUIVALENTS: tuple[Rule, ...] = ()


def why_equivalent(mutant: Mutant) -> str:
    """Give the reason why a mutant is no error, or nothing."""
    for rule in EQUIVALENTS:
        if (
            mutant.kind in rule.kinds
            and rule.owner in ("*", mutant.owner)
            and (mutant.name in rule.names or "*" in rule.names)
        ):
            return rule.reason
    return ""
