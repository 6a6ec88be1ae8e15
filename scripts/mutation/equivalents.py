"""Mutants that are no errors for all that the data can tell.

A rule names kinds, a class and properties (``*`` for any) and says in a sentence why the changed
statement could as well be true, given everything else in the graph. Where that depends on what
else the graph tells of the node, the rule has a condition. A mutant that is caught is caught,
whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mutation.corpus import Corpus
from mutation.mutants import Mutant

__all__ = ["EQUIVALENTS", "Rule", "why_equivalent", "why_unnoticed"]


class Rule(NamedTuple):
    """Why the mutants of some kinds are no errors where they concern some properties."""

    kinds: tuple[str, ...]
    owners: tuple[str, ...]
    names: tuple[str, ...]
    reason: str
    where: Callable[[Corpus, Mutant], bool] = lambda _corpus, _mutant: True


def _no_sign_of_host(corpus: Corpus, mutant: Mutant) -> bool:
    """Tell whether neither place nor role nor announcement tell who hosted a meeting."""
    others = {row.name for row in corpus.rows[mutant.subject]}
    about = corpus.named.get(mutant.subject, [])
    roles = {
        role.value.value.rpartition("/")[2]
        for row in about
        if row.name == "ip5:atMeeting"
        for role in corpus.of(row.subject, "ip5:hasRole")
    }
    announced = any(row.name == "ip5:announcedMeeting" for row in about)
    return "ip5:place" not in others and not roles & {"chair", "host"} and not announced


EQUIVALENTS: tuple[Rule, ...] = (
    Rule(
        ("other-concept",),
        ("*",),
        ("ip5:hasConfidence",),
        "How well sources bear a statement out is a judgement that nothing else repeats.",
    ),
    Rule(
        ("other-concept",),
        ("*",),
        (
            "ip5:about",
            "ip5:forBenefitOf",
            "ip5:hasAimKind",
            "ip5:hasFrequency",
            "ip5:hasInitiativeKind",
            "ip5:hasOutcomeKind",
            "ip5:hasTopic",
            "ip5:hasYearBasis",
            "ip5:omittedFor",
        ),
        "The concept is a reading of the source that nothing else in the graph repeats.",
    ),
    Rule(
        ("wrong-flag",),
        ("*",),
        ("*",),
        "Whether a source calls its number rough, rounded, computed or provisional, it alone says.",
    ),
    Rule(
        ("misspelt-text",),
        ("*",),
        (
            "ip5:description",
            "ip5:legalBasis",
            "ip5:printedName",
            "ip5:printedTitle",
            "ip5:tenureTitle",
            "ip5:titleGloss",
            "ip5:venue",
            "ip5:vintage",
        ),
        "The words stand once in the graph, and a spelling is wrong only against another.",
    ),
    Rule(
        ("turned-statement",),
        ("*",),
        ("ip5:conflictsWith", "ip5:heldAlongside"),
        "The property is symmetric: the turned statement says the same.",
    ),
    Rule(
        ("wrong-host", "other-thing"),
        ("ip5:Meeting",),
        ("ip5:hostedBy",),
        "Neither place nor chair nor announcement tell who hosted the meeting.",
        _no_sign_of_host,
    ),
    Rule(
        ("one-date-changed",),
        ("ip5:Meeting",),
        ("ip5:lastDay",),
        "How many days a meeting took is told nowhere else.",
    ),
    Rule(
        ("one-date-changed",),
        ("ip5:Source",),
        ("ip5:consultedOn",),
        "When a source was read is told nowhere else.",
    ),
)


def why_equivalent(corpus: Corpus, mutant: Mutant) -> str:
    """Give the reason why a mutant is no error, or nothing."""
    for rule in EQUIVALENTS:
        if (
            mutant.kind in rule.kinds
            and {"*", mutant.owner} & {*rule.owners}
            and {"*", mutant.name} & {*rule.names}
            and rule.where(corpus, mutant)
        ):
            return rule.reason
    return ""


_MORE_EVIDENCE = "Whether a passage bears a statement out, the passage alone tells."
_TOLD_ONCE = "Who or where it was, this statement alone tells."
_DATE_TOLD_ONCE = "The date is told nowhere else, and the other one breaks no order of dates."
_UNNOTICED = {
    "doubled-value": {"ip5:cites": _MORE_EVIDENCE},
    "other-thing": {"*": _TOLD_ONCE},
    "both-ends-the-same": {"*": _TOLD_ONCE},
    "wrong-host": {"*": _TOLD_ONCE},
    "wrong-language": {"*": "The letters of the text occur in both languages."},
    "misspelt-text": {"*": "The misspelt word is no other's, and no rule makes the label."},
    "moved-occasion": {"*": _DATE_TOLD_ONCE},
    "moved-begin": {"*": _DATE_TOLD_ONCE},
    "moved-end": {"*": _DATE_TOLD_ONCE},
}


def why_unnoticed(mutant: Mutant) -> str:
    """Say why no rule over the graph could notice an error, or nothing.

    Such a mutant counts as one that should have been caught all the same.
    """
    reasons = _UNNOTICED.get(mutant.kind, {})
    return reasons.get(mutant.name) or reasons.get("*", "")
