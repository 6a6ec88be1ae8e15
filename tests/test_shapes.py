"""Every constraint can fail: each has a fixture that trips it, and each shape has a target.

A fixture is a small graph under tests/shapes/; its first lines say which shape and component it
trips at which focus node, or, where its name begins with "ok", spares: a near miss that is no
fault. All fixtures are validated in one go, beside the ontology, because each has focus nodes of
its own.
"""

import re
import shutil
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode
from rdflib import OWL, RDF, RDFS, SH

from ip5kg.names import expand, is_iri, local_name
from ip5kg.resources import graph_files, shape_files
from ip5kg.turtle.reader import read
from ip5kg.validation import validate
from ip5kg.validation.bridge import to_rdflib
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.screen import screens
from ip5kg.validation.shapes import ShapesGraph

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = sorted((ROOT / "tests" / "shapes").rglob("*.ttl"))
SPARED = [path for path in FIXTURES if path.name.startswith("ok-")]
TRIPPING = [path for path in FIXTURES if path not in SPARED]
HEADER = re.compile(r"# (?:trips|spares): (\S+)\n# component: (\S+)\n# focus: (\S+)\n")
CHECKS = "https://w3id.org/ip5kg/checks/"
NOT_CONSTRAINTS = {
    "name",
    "path",
    "severity",
    "message",
    "property",
    "targetClass",
    "targetSubjectsOf",
    "flags",
    "qualifiedValueShape",
}


def expectation(path):
    shape, component, focus = HEADER.match(path.read_text(encoding="utf-8")).groups()
    node = focus if is_iri(focus) and focus.startswith("http") else None
    return expand(shape), expand(component), node or (focus if focus == "_:" else expand(focus))


def graph(paths):
    return to_rdflib(triple for path in paths for triple in read(path))


@pytest.fixture(scope="module")
def shapes():
    return graph(shape_files(ROOT))


@pytest.fixture(scope="module")
def ontology():
    return [path for path in graph_files(ROOT) if path.is_relative_to(ROOT / "ontology")]


def identity(finding):
    """What two engines must agree on; blank nodes have no name to compare."""
    terms = [
        "_:" if isinstance(term, BlankNode) else str(term)
        for term in (finding.focus, finding.value)
    ]
    return (finding.rule, finding.component, finding.severity, finding.path, *terms)


@pytest.fixture(scope="module")
def reference(ontology):
    """What pySHACL alone says about all fixtures beside the ontology."""
    data = DataGraph({path: read(path) for path in [*ontology, *FIXTURES]})
    shapes_graph = ShapesGraph(triple for path in shape_files(ROOT) for triple in read(path))
    return run_engine("reference", data, shapes_graph).findings


@pytest.fixture(scope="module")
def tripped(reference):
    """(shape, component, focus node) of each result of the reference engine."""
    return {
        (f.rule, f.component, "_:" if isinstance(f.focus, BlankNode) else f.focus.value)
        for f in reference
    }


def test_screening_finds_what_the_reference_engine_finds(reference, tmp_path):
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / "queries").mkdir()
    (tmp_path / "data").mkdir()
    for number, path in enumerate(FIXTURES):
        shutil.copy(path, tmp_path / "data" / f"{number}.ttl")
    screened = [f for f in validate(tmp_path).findings if not f.rule.startswith(CHECKS)]
    assert {identity(f) for f in screened} == {identity(f) for f in reference}


def test_every_sparql_constraint_of_ours_is_screened(shapes):
    """One that is not takes as long as all others together."""
    graph = ShapesGraph(triple for path in shape_files(ROOT) for triple in read(path))
    screened = {screen.shape for screen in screens(graph)}
    assert {str(shape) for shape in shapes.subjects(SH.sparql)} == screened


@pytest.mark.parametrize("path", TRIPPING, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_fixture_trips_its_constraint(path, tripped):
    assert path.read_text(encoding="utf-8").startswith("# trips:")
    assert expectation(path) in tripped


@pytest.mark.parametrize("path", SPARED, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_near_miss_is_spared(path, tripped, shapes):
    assert path.read_text(encoding="utf-8").startswith("# spares:")
    shape, component, focus = expectation(path)
    assert (shape, component) in set(constraints(shapes))
    near_miss, node = graph([path]), rdflib.URIRef(focus)
    targets = {*shapes.objects(rdflib.URIRef(shape), SH.targetClass)}
    targets |= {*shapes.objects(rdflib.URIRef(shape), SH.targetSubjectsOf)}
    had = {*near_miss.objects(node, RDF.type), *near_miss.predicates(node)}
    assert targets & had, "the shape does not even look at the focus node"
    assert (shape, component, focus) not in tripped


def constraints(shapes):
    """Every constraint as (source shape, component), from the parameters that shapes have."""
    for shape in set(shapes.subjects(RDF.type, SH.NodeShape)) | set(
        shapes.subjects(RDF.type, SH.PropertyShape)
    ):
        if (None, SH["or"] / RDF.rest * "*" / RDF.first, shape) in shapes:
            continue
        for predicate in set(shapes.predicates(shape)):
            name = str(predicate).removeprefix(str(SH))
            if not str(predicate).startswith(str(SH)) or name in NOT_CONSTRAINTS:
                continue
            component = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
            yield str(shape), str(SH[f"{component}ConstraintComponent"])


def value_shapes(shapes):
    """Shapes that only serve inside others: they report nothing themselves."""
    inside = set(shapes.objects(None, SH.qualifiedValueShape))
    inside |= set(shapes.objects(None, SH["not"]))
    for head in shapes.objects(None, SH["or"]):
        inside |= set(shapes.items(head))
    return {str(shape) for shape in inside}


def test_each_constraint_has_a_fixture_that_trips_it(shapes):
    inside = value_shapes(shapes)
    wanted = {pair for pair in constraints(shapes) if pair[0] not in inside}
    had = {expectation(path)[:2] for path in TRIPPING}
    assert wanted - had == set()
    assert had - wanted == set()


def test_each_shape_with_a_target_finds_one_in_the_data(shapes):
    data = graph(graph_files(ROOT))
    for shape in set(shapes.subjects(SH.targetClass)) | set(shapes.subjects(SH.targetSubjectsOf)):
        found = any(
            data.value(None, RDF.type, narrower)
            for wide in shapes.objects(shape, SH.targetClass)
            for narrower in data.transitive_subjects(RDFS.subClassOf, wide)
        ) or any(
            data.value(None, predicate, None, any=True) is not None
            or next(data.subject_objects(predicate), None)
            for predicate in shapes.objects(shape, SH.targetSubjectsOf)
        )
        assert found, shape


def test_each_class_with_members_has_a_shape(shapes):
    data = graph(graph_files(ROOT))
    targets = set(shapes.objects(None, SH.targetClass))
    for kind in set(data.objects(None, RDF.type)):
        if str(kind).startswith(expand("ip5:")):
            wider = set(data.transitive_objects(kind, RDFS.subClassOf))
            assert wider & targets, kind


def test_whatever_has_a_property_of_ours_must_have_a_class(shapes, ontology):
    terms = graph(ontology)
    own = {
        term
        for kind in (OWL.DatatypeProperty, OWL.ObjectProperty)
        for term in terms.subjects(RDF.type, kind)
        if str(term).startswith(expand("ip5:"))
    }
    typed = rdflib.URIRef(expand("shape:Typed"))
    assert own - set(shapes.objects(typed, SH.targetSubjectsOf)) == set()


def test_each_constraint_has_a_severity_and_a_message(shapes):
    for shape, _ in constraints(shapes):
        node = rdflib.URIRef(shape)
        assert shapes.value(node, SH.severity), shape
        query = shapes.value(node, SH.sparql)
        message = shapes.value(query or node, SH.message)
        assert message, shape
        assert message.language == "en", shape
        assert str(message).endswith("."), shape


def test_shapes_have_names(shapes):
    for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint):
        for shape in shapes.subjects(RDF.type, kind):
            assert isinstance(shape, rdflib.URIRef)


def test_shapes_graph_is_well_formed_shacl(shapes):
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


GAPS = {
    "Initiative-notAfterCompleted",
    "Meeting-heldHasParticipants",
    "Meeting-hostTakesPart",
    "Meeting-ordinalWithoutGap",
    "InternationalOrganisation-st3Code",
}


def test_data_conforms_but_for_gaps_of_knowledge(kg):
    """Nothing is wrong; what is not known is said as information (data/README.md)."""
    report = kg.validate()
    faults = [f for f in report.findings if f.severity != "info"]
    assert [f"{f.file}: {f.rule} {f.focus}: {f.message}" for f in faults] == []
    assert {local_name(f.rule) for f in report.findings} <= GAPS
    assert report.triples > 0
    assert report.shapes > 0


def test_a_fault_in_a_file_is_found_and_its_file_named(tmp_path, kg):
    fault = tmp_path / "fault.ttl"
    fault.write_text(
        "@prefix ip5: <https://w3id.org/ip5kg/ontology#> .\n"
        "<https://w3id.org/ip5kg/id/meeting/fault> a ip5:Meeting .\n",
        encoding="utf-8",
    )
    report = kg.validate([fault])
    assert report.fails("violation")
    assert {finding.place.file for finding in report.findings} == {str(fault)}
