"""Why a mutant is not caught: it says the same, or it could as well be true.

A mutant is *equivalent* when its graph says the same as the graph as it is. It is *consistent* when
it says something else that nothing in the graph speaks against, so that no rule over the graph
could tell which of the two is true: only the sources can. Equivalent mutants are no errors;
consistent ones are, and count as not caught.

A rule names kinds, a class and properties (``*`` for any) and says why in a sentence. Where that
depends on what else the graph tells of the node, the rule has a condition. A mutant that is caught
is caught, whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mutation.corpus import Corpus
from mutation.mutants import Mutant

__all__ = ["CONSISTENT", "EQUIVALENTS", "Rule", "why_consistent", "why_equivalent"]


class Rule(NamedTuple):
    """Why the mutants of some kinds are not caught where they concern some properties."""

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
        ("turned-statement",),
        ("*",),
        ("ip5:conflictsWith", "ip5:heldAlongside"),
        "The property is symmetric: the turned statement says the same.",
    ),
)

CONSISTENT: tuple[Rule, ...] = (
    Rule(
        ("other-concept",),
        ("*",),
        ("ip5:hasConfidence",),
        "Neither the kinds of its sources, nor a note, nor a like record speak against it.",
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
        ("wrong-host", "other-thing"),
        ("ip5:Meeting",),
        ("ip5:hostedBy",),
        "Neither place, chair, announcement, turn nor presidency tell who hosted the meeting.",
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
    Rule(
        ("doubled-value",),
        ("*",),
        ("ip5:cites",),
        "Whether a passage bears a statement out, the passage alone tells.",
    ),
    Rule(
        ("other-thing", "both-ends-the-same", "wrong-host"),
        ("*",),
        ("*",),
        "Who, what or where it was, this statement alone tells.",
    ),
    Rule(
        ("other-concept",),
        ("*",),
        ("ip5:hasAct", "ip5:hasEndBasis"),
        "How strong the words of the source are, the source alone tells.",
    ),
    Rule(
        ("misspelt-text",),
        ("*",),
        ("*",),
        "The slip is another word of the graph, or in a text that is not in English.",
    ),
    Rule(
        ("wrong-language",),
        ("*",),
        ("*",),
        "The letters occur in both languages, and it has no words that only one of them has.",
    ),
    Rule(
        ("moved-occasion", "moved-begin", "moved-end", "moved-interval"),
        ("*",),
        ("*",),
        "The date is told nowhere else, and the other one breaks no order of dates.",
    ),
)


def why_equivalent(corpus: Corpus, mutant: Mutant) -> str:
    """Give the reason why a mutant says the same as the data, or nothing."""
    return _why(EQUIVALENTS, corpus, mutant)


def why_consistent(corpus: Corpus, mutant: Mutant) -> str:
    """Give the reason why no rule over the graph could notice an error, or nothing."""
    return _why(CONSISTENT, corpus, mutant)


def _why(rules: tuple[Rule, ...], corpus: Corpus, mutant: Mutant) -> str:
    for rule in rules:
        if (
            mutant.kind in rule.kinds
            and {"*", mutant.owner} & {*rule.owners}
            and {"*", mutant.name} & {*rule.names}
            and rule.where(corpus, mutant)
        ):
            return rule.reason
    return ""
