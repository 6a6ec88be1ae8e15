"""The fast engine: core constraints by the library ``shacl``, SPARQL-based ones by our screens.

Both work on all targets at once, side by side on two cores. What they find is well told, but it
is not the last word: that has the reference engine.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from concurrent.futures import Executor
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse

from ip5kg.errors import MissingDependency, ValidationFailure
from ip5kg.terms import Term
from ip5kg.validation.data import DataGraph
from ip5kg.validation.findings import Finding, Severity
from ip5kg.validation.screen import Screen, screens, unscreened
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["FastEngine"]

_SEVERITY: dict[str, Severity] = {
    SH + "Violation": "violation",
    SH + "Warning": "warning",
    SH + "Info": "info",
}
_IRI = re.compile(r"<[^<>]*>")
_LIBRARY = "shacl"


class FastEngine:
    """The compiled engine over one data graph and one shapes graph.

    Args:
        data: The data graph.
        shapes: The shapes graph.
    """

    def __init__(self, data: DataGraph, shapes: ShapesGraph) -> None:
        self._data = data
        self._shapes = shapes

    @staticmethod
    def is_installed() -> bool:
        """Tell whether the library ``shacl`` is there."""
        return importlib.util.find_spec(_LIBRARY) is not None

    def start(self, workers: Executor) -> Callable[[], list[Finding]]:
        """Begin to validate with all shapes but the ones that are left.

        Args:
            workers: Who does the work: the library and the screens let go of Python meanwhile.

        Returns:
            What waits for the validation results and lists them. Blank nodes in them have other
            names than in the data graph.

        Raises:
            MissingDependency: When the library is not installed.
            ValidationFailure: When the engine breaks off, so that nothing is known; from what is
                returned.
        """
        if not self.is_installed():
            raise MissingDependency(
                "The fast engine needs the library shacl, which is not installed.",
                hint="Install it with “pip install shacl”, or take --engine reference.",
            )
        text = self._shapes.without(self.left, sparql=[s.shape for s in self._screens])
        store = self._data.store
        compiled = workers.submit(_compiled, text, self._data)
        screened = [workers.submit(screen.run, store) for screen in self._screens]

        def results() -> list[Finding]:
            found = [finding for findings in screened for finding in findings.result()]
            return found + [self._finding(result) for result in compiled.result()]

        return results

    @cached_property
    def left(self) -> frozenset[str]:
        """The shapes with targets that another engine must look from.

        They lead to a SPARQL-based constraint that cannot be screened: of those, the library
        gets some comparisons wrong.
        """
        return unscreened(self._shapes, self._screens)

    @cached_property
    def _screens(self) -> list[Screen]:
        """The screens that can be relied on: the store writes some literals anew.

        One that reads the text of literals is not asked where such a literal can matter to it.
        """
        rewritten = self._data.rewritten_predicates
        return [s for s in screens(self._shapes) if not (s.reads_text and s.asks_for(rewritten))]

    def _finding(self, result: Any) -> Finding:
        rule = result.source_shape.removeprefix("<").removesuffix(">")
        path = result.path or ""
        return Finding(
            severity=_SEVERITY.get(result.severity_iri, "violation"),
            focus=_term(result.focus_node),
            path=path if _IRI.fullmatch(path) else self._shapes.path_of(rule),
            value=None if result.value is None else _term(result.value),
            rule=rule,
            component=result.component_iri,
            message=" ".join(sorted(result.messages)) or _unsaid(result.component_iri),
        )


def _compiled(shapes: str, data: DataGraph) -> list[Any]:
    """Run the library over a data graph, whose text is forgotten then."""
    library: Any = importlib.import_module(_LIBRARY)
    # From a file, the library takes a fraction of the memory.
    with TemporaryDirectory(prefix="ip5kg-") as folder:
        file = Path(folder, "data.nt")
        data.write_ntriples(file)
        data.forget_text()
        try:
            report = library.Shapes.from_text(shapes, "ntriples").validate_file(str(file))
        except Exception as error:  # noqa: BLE001
            # It is beta software that raises whatever comes; all of it means: nothing is known.
            raise ValidationFailure(f"The fast SHACL engine broke off: {error}.") from None
    return list(report.results)


def _unsaid(component: str) -> str:
    """Say what is wrong for a shape that says nothing itself."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    return f"The constraint {name[:1].lower()}{name[1:]} is not met."


@lru_cache(maxsize=10_000)
def _term(text: str) -> Term:
    """Read a term that the library writes as N-Triples do."""
    if text.startswith("<") and "\\" not in text:
        return NamedNode(text[1:-1])
    [quad] = parse(f"<urn:s> <urn:p> {text} .", RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value
