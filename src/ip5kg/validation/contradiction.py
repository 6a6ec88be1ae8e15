"""Which statements contradict each other, when a reasoner only says that some of many do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Triple

__all__ = ["contradiction"]

_Group: TypeAlias = list[Triple]
_Judge: TypeAlias = Callable[[list[Triple]], bool]


def contradiction(
    certain: Sequence[Triple], doubtful: Sequence[Triple], is_consistent: _Judge
) -> list[Triple]:
    """Find a smallest part of statements that contradicts what is certain, or itself.

    No statement can be left out of what is returned without the contradiction going away. Where
    there are several contradictions, one of them is found.

    Args:
        certain: Statements that are consistent by themselves.
        doubtful: Statements that are not consistent with them.
        is_consistent: The reasoner. It is asked about twenty times for some ten thousand
            statements, and mostly about small parts.
    """
    by_subject: dict[object, _Group] = {}
    for triple in doubtful:
        by_subject.setdefault(triple.subject, []).append(triple)

    def holds(groups: list[_Group]) -> bool:
        return is_consistent([*certain, *chain.from_iterable(groups)])

    found = _smallest(list(by_subject.values()), holds)
    single = [[triple] for triple in chain.from_iterable(found)]
    return list(chain.from_iterable(_smallest(single, holds)))


def _smallest(groups: list[_Group], holds: Callable[[list[_Group]], bool]) -> list[_Group]:
    """Find a smallest part of groups that does not hold together.

    Most contradictions are about one thing. So halves are asked about first, each alone, which
    soon leaves little to ask about.
    """
    while len(groups) > 1:
        middle = len(groups) // 2
        halves = (groups[:middle], groups[middle:])
        wrong = next((half for half in halves if not holds(half)), None)
        if wrong is None:
            return _explained([], groups, holds, grown=False)
        groups = wrong
    return groups


def _explained(
    kept: list[_Group],
    groups: list[_Group],
    holds: Callable[[list[_Group]], bool],
    *,
    grown: bool,
) -> list[_Group]:
    """Find a smallest part of groups that does not hold together with those that are kept.

    This is QuickXplain (Junker, AAAI 2004).

    Args:
        kept: Groups that are taken for granted.
        groups: Groups that do not hold together with them.
        holds: Tells whether groups hold together.
        grown: Whether groups have been kept since the last question.
    """
    if grown and not holds(kept):
        return []
    if len(groups) == 1:
        return groups
    middle = len(groups) // 2
    first, second = groups[:middle], groups[middle:]
    of_second = _explained([*kept, *first], second, holds, grown=True)
    of_first = _explained([*kept, *of_second], first, holds, grown=bool(of_second))
    return [*of_first, *of_second]
