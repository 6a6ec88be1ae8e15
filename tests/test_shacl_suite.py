"""The W3C test suite of SHACL, run through each engine.

Results are compared as multisets of focus node, path, value, component and severity; blank nodes
have no name to compare, and source shapes that are blank nodes have none either.
"""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode
from rdflib import RDF, SH
from rdflib.namespace import Namespace

from ip5kg.errors import ValidationFailure
from ip5kg.names import local_name
from ip5kg.turtle.reader import read
from ip5kg.validation.bridge import to_rdflib, to_term
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import ENGINES, run_engine
from ip5kg.validation.paths import write_path
from ip5kg.validation.shapes import ShapesGraph

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT.parent / "shared" / "suites" / "shacl-tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
# A severity of an author's own counts as the gravest.
SEVERITY = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
FILES = sorted(path for path in SUITE.rglob("*.ttl") if path.name != "manifest.ttl")

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the W3C suites are not beside the repository"
)

DEVIATIONS = {
    ("shapesGraph-001", "auto"): "pySHACL refuses $shapesGraph, and so do we",
    ("shapesGraph-001", "fast"): "left to pySHACL",
    ("shapesGraph-001", "reference"): "pySHACL refuses $shapesGraph",
    ("uniqueLang-002", "reference"): "pySHACL takes sh:uniqueLang 1 for true",
}
"""What differs from the suite, and why. Each of these must go on to differ."""


def cases():
    for path in FILES:
        graph = to_rdflib(read(path, base=path.as_uri()))
        for case in sorted(graph.subjects(RDF.type, SHT.Validate)):
            yield pytest.param(case, graph, id=f"{path.parent.name}/{path.stem}")


def graph_of(case, graph, name):
    iri = graph.value(graph.value(case, MF.action), SHT[name])
    path = Path(str(iri).removeprefix("file://"))
    return path, read(path, base=path.as_uri())


def identity(finding):
    terms = ["_:" if isinstance(t, BlankNode) else str(t) for t in (finding.focus, finding.value)]
    return (*terms, finding.path, finding.component, finding.severity)


def expected(case, graph):
    report = graph.value(case, MF.result)
    if report == SHT.Failure:
        return None
    return Counter(result(graph, node) for node in graph.objects(report, SH.result))


def result(graph, node):
    """The identity of a ``sh:ValidationResult`` that the suite expects."""
    said = defaultdict(dict)
    for subject, predicate, value in graph:
        said[to_term(subject)].setdefault(str(predicate), []).append(to_term(value))
    path = graph.value(node, SH.resultPath)
    terms = [graph.value(node, SH.focusNode), graph.value(node, SH.value)]
    written = [
        "_:" if isinstance(t, rdflib.BNode) else str(None if t is None else to_term(t))
        for t in terms
    ]
    return (
        *written,
        "" if path is None else write_path(to_term(path), said),
        str(graph.value(node, SH.sourceConstraintComponent)),
        SEVERITY.get(graph.value(node, SH.resultSeverity), "violation"),
    )


def found(engine, case, graph):
    path, data = graph_of(case, graph, "dataGraph")
    _, shapes = graph_of(case, graph, "shapesGraph")
    try:
        outcome = run_engine(engine, DataGraph({path: data}), ShapesGraph(shapes))
    except ValidationFailure:
        return None
    return Counter(map(identity, outcome.findings))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("case", "graph"), [*cases()])
def test_engine_finds_what_the_suite_expects(engine, case, graph):
    agrees = found(engine, case, graph) == expected(case, graph)
    assert agrees is ((local_name(str(case)), engine) not in DEVIATIONS)


def test_nothing_but_a_failure_stands_for_a_deviation_of_the_default_engine():
    """What the default engine does not do, it says so: it never reads as “conforms”."""
    for param in cases():
        case, graph = param.values
        if (local_name(str(case)), "auto") in DEVIATIONS:
            assert found("auto", case, graph) is None
