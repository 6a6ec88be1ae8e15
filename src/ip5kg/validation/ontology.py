"""One validation of the ontology itself: how it is made, aligned and used, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from pyoxigraph import Triple

from ip5kg.errors import InputError
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.resources import alignment_files, check_files, graph_files, query_files, shape_files
from ip5kg.turtle.reader import read
from ip5kg.validation.checks import read_check, run_check
from ip5kg.validation.consistency import RULES as CONSISTENCY_RULES
from ip5kg.validation.consistency import check as check_consistency
from ip5kg.validation.data import DataGraph
from ip5kg.validation.findings import with_fingerprints
from ip5kg.validation.hermit import hindrance
from ip5kg.validation.places import Places, near
from ip5kg.validation.report import Report
from ip5kg.validation.shapes import ShapesGraph
from ip5kg.validation.usage import RULES, Query, Usage

__all__ = ["validate_ontology"]

_ONTOLOGY = f"<{PREFIXES['owl']}Ontology>"
_LITE = "owl-lite"


def validate_ontology(root: Path) -> Report:
    """Check the ontology of a root together with its vocabularies, alignments and data.

    All ontology checks are run on these; those of OWL Lite without the alignments that are no
    ontologies, such as a data structure, which takes properties for individuals. The use of each
    term is looked up in the data, the shapes and the stored queries. HermiT, where it is
    installed, tells whether everything can be true; else a note says why it was not asked.

    Args:
        root: The folder with ``ontology/``, ``data/`` and ``queries/``.

    Raises:
        InputError: When a file cannot be read or is not Turtle.
        QueryHeaderError: When the header of a check is wrong.
    """
    graph = {path: read(path) for path in graph_files(root)}
    alignments = {path: read(path) for path in alignment_files(root)}
    shapes = {path: read(path) for path in shape_files(root)}
    mappings = {path: triples for path, triples in alignments.items() if _is_ontology(triples)}
    schema = {path: graph[path] for path in graph if path.is_relative_to(root / "ontology")}
    core = {path: graph[path] for path in graph if path.parent == root / "ontology"}

    def name(path: Path) -> str:
        return near(path, root)

    data, strict = DataGraph({**graph, **alignments}), DataGraph({**graph, **mappings})
    findings = []
    checks = check_files(root)
    for path in checks:
        store = strict.store if path.parent.name == _LITE else data.store
        findings += run_check(read_check(path), store)

    usage = Usage(
        _flat(core), _flat(graph), _flat(alignments), _flat(shapes), list(_queries(root, name))
    )
    findings += usage.unused()
    findings += usage.misnamed_by_shapes()
    # Of two files that say the same, the first is named: one that all checks are about.
    places = Places({**graph, **mappings, **alignments, **shapes}, name, ShapesGraph(()))
    placed = [*places.placed(findings), *usage.misnamed_by_queries()]

    why_not = hindrance()
    if not why_not:
        facts = {path: triples for path, triples in graph.items() if path not in schema}
        placed += check_consistency(_flat({**schema, **mappings}), _flat(facts), places)
    note = f"Whether the ontology and the data contradict each other is not known: {why_not}"
    return Report(
        findings=tuple(with_fingerprints(sorted(placed, key=lambda finding: finding.order))),
        triples=len(data),
        shapes=0,
        checks=len(checks) + len(RULES) + (0 if why_not else len(CONSISTENCY_RULES)),
        notes=(note,) if why_not else (),
        subject=f"{near(root / 'ontology', root)}/",
    )


def _flat(parsed: Mapping[Path, list[Triple]]) -> list[Triple]:
    return list(chain.from_iterable(parsed.values()))


def _is_ontology(triples: list[Triple]) -> bool:
    """Tell whether a file declares itself an ontology."""
    return any(t.predicate.value == RDF_TYPE and str(t.object) == _ONTOLOGY for t in triples)


def _queries(root: Path, name: Callable[[Path], str]) -> Iterator[Query]:
    """Read the stored queries, and the ontology checks.

    Raises:
        InputError: When one cannot be read as UTF-8.
    """
    questions = list(query_files(root).values())
    for path in (*questions, *check_files(root)):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read: {error}.") from None
        yield Query(name(path), text, path in questions)
