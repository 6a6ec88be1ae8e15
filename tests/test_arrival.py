"""A portal's side: the bundle is taken by CKAN's code, by rapper, by Oxigraph and by Virtuoso.

What arrived there is compared with what the files say.
"""

import json
import os
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from ip5kg.portal.build import build
from ip5kg.publishing.loading import GraphStore, load
from ip5kg.publishing.loading.content import Content
from ip5kg.store.http import Client, Credentials
from ip5kg.store.remote import RemoteStore
from ip5kg.turtle.canonical import canonical_sha256
from ip5kg.turtle.reader import read, read_document
from virtuoso import PROGRAM, running

ROOT = Path(__file__).parents[1]
CKAN = Path(os.environ.get("IP5KG_CKAN") or ROOT / ".peers" / "ckan" / "bin" / "python")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT, RDF = rdflib.DCTERMS, rdflib.RDF
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
CATALOGUE = "https://w3id.org/ip5kg/portal/catalogue"

# What the DCAT harvester of CKAN does with each page that it has fetched.
HARVEST = """
import json, sys
from ckanext.dcat.processors import RDFParser
parser = RDFParser(profiles=["euro_dcat_ap_3"])
with open(sys.argv[1], encoding="utf-8") as file:
    parser.parse(file.read(), _format=sys.argv[2])
json.dump(list(parser.datasets()), sys.stdout)
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arrival") / "bundle"
    build(ROOT, folder, base_url="https://example.org/ip5kg/")
    return folder


@pytest.fixture(scope="module")
def graphs(bundle):
    """The named graphs of the bundle: IRI → triples."""
    found = defaultdict(list)
    for quad in read_document(bundle / "graph/ip5kg.nq").quads:
        found[quad.graph_name.value].append(quad.triple)
    found[CATALOGUE] = read(bundle / "catalogue.ttl")
    return dict(found)


# CKAN


def harvested(file, syntax):
    done = subprocess.run(
        [CKAN, "-c", HARVEST, file, syntax], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not CKAN.exists(), reason="CKAN is not installed: make peers installs it")
@pytest.mark.parametrize(
    ("suffix", "syntax"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")]
)
def test_ckan_takes_all_datasets_with_their_files(bundle, suffix, syntax):
    page = rdflib.Graph().parse(bundle / "catalogue.ttl")
    listed = {
        entry["path"]: entry for entry in json.loads((bundle / "bundle.json").read_text())["files"]
    }
    wanted = {str(one): one for one in page.subjects(RDF.type, DCAT.Dataset)}
    arrived = harvested(bundle / f"catalogue.{suffix}", syntax)
    assert len(arrived) == len(wanted) > 30
    for dataset in arrived:
        extras = {one["key"]: one["value"] for one in dataset["extras"]}
        iri = wanted.pop(extras["uri"])
        assert extras["identifier"] == str(iri)
        assert dataset["title"] == str(page.value(iri, DCT.title))
        assert dataset["notes"] == str(page.value(iri, DCT.description))
        assert dataset["version"] == str(page.value(iri, DCAT.version))
        assert extras["issued"] == str(page.value(iri, DCT.issued))
        assert extras["modified"] == str(page.value(iri, DCT.modified))
        assert extras["publisher_name"] == extras["contact_name"] == "ip5kg"
        assert extras["access_rights"].endswith("/access-right/PUBLIC")
        tags = {str(word) for word in page.objects(iri, DCAT.keyword)}
        assert {tag["name"] for tag in dataset["tags"]} == tags
        assert set(json.loads(extras["theme"])) == {str(t) for t in page.objects(iri, DCAT.theme)}
        files = {str(one): one for one in page.objects(iri, DCAT.distribution)}
        assert {one["uri"] for one in dataset["resources"]} == files.keys()
        for resource in dataset["resources"]:
            node = files[resource["uri"]]
            path = resource["download_url"].removeprefix("https://example.org/ip5kg/")
            assert (resource["size"], resource["hash"]) == (
                listed[path]["size"],
                listed[path]["sha256"],
            )
            assert resource["name"] == str(page.value(node, DCT.title))
            assert resource["license"] == str(page.value(node, DCT.license))
            assert resource["license"].endswith("/licence/CC_BY_4_0")
            assert resource["mimetype"].endswith(listed[path]["mediaType"])
    assert not wanted


# A third parser

RAPPER = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml"}
"""The syntaxes that rapper reads; it has no JSON-LD."""


def by_rapper(path, syntax):
    """Read a file by rapper, which says it again in N-Quads or N-Triples."""
    named = syntax in {"nquads", "trig"}
    output = "nquads" if named else "ntriples"
    done = subprocess.run(
        ["rapper", "-q", "-i", syntax, "-o", output, path], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stderr[:300]
    return list(parse(done.stdout, RdfFormat.N_QUADS if named else RdfFormat.N_TRIPLES))


def rdfc(quads):
    """Write a dataset with its named graphs in the form of RDFC-1.0."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


@pytest.mark.skipif(
    shutil.which("rapper") is None,
    reason="rapper is not installed: make peers installs it where it may",
)
@pytest.mark.parametrize("suffix", RAPPER)
@pytest.mark.parametrize(
    "stem", ["graph/ip5kg", "themes/meetings", "ontology/ontology", "ontology/shapes"]
)
def test_a_third_parser_reads_the_same(bundle, stem, suffix):
    path = bundle / f"{stem}.{suffix}"
    quads = by_rapper(path, RAPPER[suffix])
    ours = read_document(path).quads
    assert len(quads) == len(ours)
    assert rdfc(quads) == rdfc(ours)
    first = read(bundle / f"{stem}.nt")
    assert canonical_sha256({quad.triple for quad in quads}) == canonical_sha256(first)


# Stores


def test_oxigraph_takes_the_bundle_without_loss(bundle, graphs, oxigraph, tmp_path):
    with oxigraph("serve", "-l", tmp_path / "store") as base:
        client = Client(timeout=60)
        for path, kind, query in (
            ("graph/ip5kg.nq", "application/n-quads", ""),
            ("catalogue.ttl", "text/turtle", f"?graph={CATALOGUE}"),
        ):
            data = (bundle / path).read_bytes()
            client.send("POST", f"{base}/store{query}", data, headers={"Content-Type": kind})
        counted(RemoteStore(f"{base}/query"), graphs)
        store = GraphStore(f"{base}/store", client)
        for name, triples in graphs.items():
            arrived = store.read(name)
            if name == CATALOGUE:
                # Oxigraph makes the xsd:nonNegativeInteger that DCAT wants an xsd:integer.
                assert arrived.sha256 == Content(triples).sha256
            else:
                assert canonical_sha256(arrived.triples) == canonical_sha256(triples), name


@pytest.mark.xdist_group("virtuoso")
@pytest.mark.skipif(
    shutil.which(PROGRAM) is None,
    reason="Virtuoso is not installed: make test-remote installs it where it may",
)
def test_virtuoso_takes_the_bundle_without_loss(bundle, graphs, tmp_path):
    """By values: Virtuoso 7 gives true back as 1, and other literals in another form."""
    with running(tmp_path) as server:
        client = Client(Credentials(server.user, server.password), timeout=60)
        store = GraphStore(server.graph_store, client)
        quads = read_document(bundle / "graph/ip5kg.nq").quads
        fates = Counter(one.fate.name for one in load(quads, store))
        assert fates == {"REPLACED": len(graphs) - 1}
        client.send(
            "PUT",
            f"{server.graph_store}?graph={CATALOGUE}",
            (bundle / "catalogue.ttl").read_bytes(),
            headers={"Content-Type": "text/turtle"},
        )
        counted(RemoteStore(server.query), graphs)
        for name, triples in graphs.items():
            arrived = store.read(name)
            wanted = Content(triples)
            assert arrived.count == wanted.count, name
            assert arrived.sha256 == wanted.sha256, wanted.difference(arrived)


def counted(store, graphs):
    """Ask a store how many triples each graph has."""
    rows = store.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    there = {graph.value: int(number.value) for graph, number in rows.rows}
    assert {name: there.get(name) for name in graphs} == {
        name: len(set(triples)) for name, triples in graphs.items()
    }
