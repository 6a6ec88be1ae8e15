"""The classes of the ontology, and which is narrower than which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from ip5kg.names import IP5, PREFIXES
from ip5kg.store.solutions import GraphStore

__all__ = ["ClassTree"]

_RDFS = PREFIXES["rdfs"]


class ClassTree:
    """What each class is narrower than.

    Args:
        store: The graph that holds the ontology.
    """

    def __init__(self, store: GraphStore) -> None:
        solutions = store.select(
            f"SELECT DISTINCT ?class ?wider WHERE {{ ?class <{_RDFS}subClassOf>+ ?wider }}"
        )
        self._wider: defaultdict[str, set[str]] = defaultdict(set)
        for name, wider in solutions.rows:
            if isinstance(name, NamedNode) and isinstance(wider, NamedNode):
                self._wider[name.value].add(wider.value)

    def sorted(self, classes: Iterable[str]) -> list[str]:
        """Sort the classes of a thing: the narrowest first, and our own before others."""
        names = set(classes)
        wider = {name for other in names for name in self._wider[other] if name != other}
        return sorted(names, key=lambda name: (name in wider, not name.startswith(IP5), name))

    def is_assertion(self, name: str) -> bool:
        """Tell whether the members of a class are assertions."""
        return IP5 + "Assertion" in {name, *self._wider[name]}
