"""Where the graph knows something from: passages, their sources and where those stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ip5kg.describe.order import natural_order
from ip5kg.describe.records import Citation
from ip5kg.names import IP5
from ip5kg.store import GraphStore
from ip5kg.terms import Term, Thing

__all__ = ["Documents"]


class Documents:
    """The sources of some passages.

    Args:
        store: The graph.
        passages: The IRIs of the passages.
    """

    def __init__(self, store: GraphStore, passages: Iterable[str]) -> None:
        self._found: dict[str, tuple[str, str, str, str]] = {}
        values = " ".join(str(NamedNode(iri)) for iri in sorted(passages))
        if not values:
            return
        solutions = store.select(
            f"""SELECT ?passage ?locator ?source ?title ?address WHERE {{
              VALUES ?passage {{ {values} }}
              ?passage <{IP5}inSource> ?source .
              OPTIONAL {{ ?passage <{IP5}locator> ?locator }}
              OPTIONAL {{ ?source <{IP5}title> ?title }}
              OPTIONAL {{ ?source <{IP5}url> ?address }}
            }} ORDER BY ?passage ?source ?title ?address"""
        )
        for row in solutions.rows:
            passage, locator, source, title, address = map(_text, row)
            self._found.setdefault(passage, (locator, source, title, address))

    def iris(self) -> set[str]:
        """List the passages and their sources."""
        return {
            iri for passage, (_, source, _, _) in self._found.items() for iri in (passage, source)
        }

    def citations(self, labels: Mapping[str, str]) -> tuple[Citation, ...]:
        """Return the passages by title, source, and place in the source."""
        found = [
            Citation(
                passage=Thing(passage, labels.get(passage)),
                locator=locator,
                source=Thing(source, labels.get(source)),
                title=title or labels.get(source, ""),
                address=address,
            )
            for passage, (locator, source, title, address) in self._found.items()
        ]
        return tuple(
            sorted(found, key=lambda c: (c.title, c.source, natural_order(c.locator), c.passage))
        )


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
