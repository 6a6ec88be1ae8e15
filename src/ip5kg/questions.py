"""Each stored question as a Python function.

>>> from datetime import date
>>> from ip5kg import questions
>>> [head] = questions.heads_of_office(as_of=date(2016, 5, 1), office="ep")
>>> head.person.label
'Benoît Battistelli'

The functions are made from the headers of the query files when they are asked for (PEP 562); the
stub beside this file, from which editors complete, is generated from the same headers. With
``kg`` another graph is asked: another folder, or an endpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ip5kg.answers import Answer
    from ip5kg.graph import KnowledgeGraph
    from ip5kg.querybook import QueryBook, StoredQuery


@cache
def _graph() -> KnowledgeGraph:
    """Open the graph that came with the package, once."""
    from ip5kg.graph import KnowledgeGraph

    return KnowledgeGraph()


@cache
def _book() -> QueryBook:
    """Open the questions that came with the package, which does not load the graph."""
    from ip5kg.querybook import QueryBook
    from ip5kg.resources import knowledge_root

    return QueryBook(knowledge_root())


def _function(query: StoredQuery) -> Callable[..., Answer]:
    """Make the function that answers a stored query."""
    from ip5kg.querybook.functions import docstring_of, signature_of

    signature = signature_of(query)

    def answer(*, kg: KnowledgeGraph | None = None, **given: object) -> Answer:
        # A misspelt or missing argument is told as it is of any other function.
        try:
            signature.bind(**given)
        except TypeError as error:
            raise TypeError(f"{query.function}() {error}") from None
        return (_graph() if kg is None else kg).query(query.name, **given)

    answer.__name__ = answer.__qualname__ = query.function
    answer.__doc__ = docstring_of(query)
    answer.__signature__ = signature  # type: ignore[attr-defined]
    return answer


def __getattr__(name: str) -> object:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(f"module 'ip5kg.questions' has no attribute '{name}'")
    functions = {stored.replace("-", "_"): stored for stored in _book().names()}
    if name == "__all__":
        return sorted(functions)
    if name not in functions:
        from difflib import get_close_matches

        near = get_close_matches(name, functions, n=3)
        did = f"; near matches: {', '.join(near)}" if near else ""
        raise AttributeError(f"module 'ip5kg.questions' has no attribute '{name}'{did}")
    function = _function(_book().get(functions[name]))
    globals()[name] = function
    return function


def __dir__() -> list[str]:
    return [*globals(), *(name.replace("-", "_") for name in _book().names())]
