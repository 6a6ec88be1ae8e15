"""``diff``: the comparison of two states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Triple

from ip5kg.changes.answers import answers as answered
from ip5kg.changes.answers import differences
from ip5kg.changes.compare import compare
from ip5kg.changes.queries import rewritten
from ip5kg.changes.records import AnswerChange, Changes
from ip5kg.changes.states import State, opened
from ip5kg.errors import ParameterError
from ip5kg.names import IP5
from ip5kg.querybook import QueryBook

__all__ = ["diff"]

_CONSULTED = IP5 + "consultedOn"
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def diff(
    old: Path | str,
    new: Path | str | None = None,
    *,
    root: Path | str | None = None,
    answers: bool | None = None,
) -> Changes:
    """Tell what has changed between two states of the graph, as things rather than triples.

    Args:
        old: A root folder, a file in an RDF syntax, or ``git:REV``, a revision of the root.
        new: Likewise; by default the graph of the root.
        root: A folder with ``ontology/``, ``data/`` and ``queries/``; by default the one that
            came with the package.
        answers: Whether to compare the answers to the stored queries of the new state as well; by
            default when both states are roots.

    Raises:
        ParameterError: When a name is empty, a revision does not exist, or answers are to be
            compared of a state that is no root.
        MissingDependency: When a revision is named and git is not installed.
        ResourceMissing: When a folder is no root.
        InputError: When a file cannot be read.
    """
    if root == "":
        raise ParameterError("The name of the root is empty.", hint="Leave it out, or name one.")
    checkout = Path(root) if root is not None else None
    with opened(old, checkout) as before, opened(new, checkout) as after:
        wanted = answers if answers is not None else bool(before.root and after.root)
        compared = _answers(before, after) if wanted else None
        things = compare(before.triples, after.triples)
        queries = rewritten(before.root, after.root) if before.root and after.root else ()
        day = _last_day(after.triples)
        return Changes(before.name, after.name, things, compared, day, queries)


def _answers(before: State, after: State) -> tuple[AnswerChange, ...]:
    if before.root is None or after.root is None:
        raise ParameterError(
            "Answers can be compared only of root folders and revisions, not of files.",
            hint="Leave --answers out, or name folders with ontology/, data/ and queries/.",
            parameter="answers",
        )
    if before.triples == after.triples:
        # The same questions on the same graph.
        return ()
    book = QueryBook(after.root)
    return differences(answered(before.root, book), answered(after.root, book))


def _last_day(triples: Iterable[Triple]) -> str:
    """Return the last day on which a source was consulted."""
    found = (
        value
        for triple in triples
        if triple.predicate.value == _CONSULTED
        and _DAY.fullmatch(value := getattr(triple.object, "value", ""))
    )
    return max(found, default="")
