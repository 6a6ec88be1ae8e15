"""What search engines and the LOD cloud ask for, and whether VoID counts what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from ip5kg.errors import Ip5kgError
from ip5kg.portal.checks.description import Description
from ip5kg.portal.checks.outcome import Lack, Mark, Outcome
from ip5kg.publishing.void import TARGETS, count
from ip5kg.turtle.plan import Plan

__all__ = ["check_lod_cloud", "check_search_engines", "check_void", "unreadable"]

_SEARCH, _LOD, _VOID = "Google Dataset Search", "LOD cloud", "VoID"
_SHORTEST, _LONGEST = 50, 5000
_WANTED = ("creator", "license", "identifier", "distribution", "keywords", "url")
_TRIPLES, _LINKS = 1000, 50


def check_search_engines(folder: Path) -> Outcome:
    """Check the description for search engines, and that the page has it."""
    lacks: list[Lack] = []
    try:
        whole: Any = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
        datasets = [whole, *whole.get("hasPart", ())]
        faults = [fault for one in datasets for fault in _faults(one)]
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return Outcome(
            (Mark(_SEARCH, 0, 1),),
            (Lack(_SEARCH, "dataset.jsonld cannot be read.", "Write the bundle again."),),
        )
    lacks += [Lack(_SEARCH, what, add) for what, add in faults]
    if not isinstance(whole.get("includedInDataCatalog"), dict):
        lacks.append(Lack(_SEARCH, "The dataset is in no catalogue.", "Add includedInDataCatalog."))
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")
        script = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        same = json.loads(script) == whole
    except (OSError, ValueError, RecursionError):
        same = False
    if not same:
        what = "index.html does not have the description of dataset.jsonld in it."
        lacks.append(Lack(_SEARCH, what, "Write the bundle again."))
    bad = len({lack.what.partition(":")[0] for lack in lacks})
    total = len(datasets) + 2
    return Outcome((Mark(_SEARCH, max(total - bad, 0), total),), tuple(lacks))


def _faults(dataset: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what a description of a dataset lacks, and what to add."""
    name = dataset.get("name")
    called = dataset.get("@id") or name or "A dataset"
    if dataset.get("@type") != "Dataset":
        yield f"{called}: it is no Dataset.", "Add “@type”: “Dataset”."
    if not isinstance(name, str) or not name.strip():
        yield f"{called}: it has no name.", "Add a name."
    size = len(dataset.get("description") or "")
    if not _SHORTEST <= size <= _LONGEST:
        yield (
            f"{called}: its description has {size} characters.",
            f"Write one of {_SHORTEST} to {_LONGEST} characters.",
        )
    for key in _WANTED:
        if not dataset.get(key):
            yield f"{called}: it has no {key}.", f"Add {key}."
    for download in dataset.get("distribution") or ():
        if not download.get("contentUrl") or not download.get("encodingFormat"):
            yield f"{called}: a distribution lacks its address or format.", "Add contentUrl."
    if not (dataset.get("temporalCoverage") and dataset.get("spatialCoverage")):
        yield f"{called}: its time or its places are not told.", "Add temporalCoverage."


def check_lod_cloud(page: Description) -> Outcome:
    """Check what the LOD cloud asks for: IRIs of the web, triples, links, and a way to get them."""
    lacks: list[Lack] = []
    void = page.members("void:Dataset")
    sizes = {one: _number(page.one(one, "void:triples")) for one in void}
    whole = max(void, key=lambda one: sizes[one], default="")
    if sizes.get(whole, 0) < _TRIPLES:
        lacks.append(
            Lack(_LOD, f"The dataset has fewer than {_TRIPLES} triples.", "Add facts to it.")
        )
    links: dict[str, int] = {}
    for one in page.members("void:Linkset"):
        target = page.one(one, "void:objectsTarget")
        links[target] = links.get(target, 0) + _number(page.one(one, "void:triples"))
    if max(links.values(), default=0) < _LINKS:
        what = f"The dataset has fewer than {_LINKS} links to any one other dataset."
        lacks.append(Lack(_LOD, what, "Link things to Wikidata."))
    if not page.one(whole, "void:uriSpace").startswith(("http://", "https://")):
        lacks.append(Lack(_LOD, "The IRIs do not begin with http.", "Add void:uriSpace."))
    if not (page.all(whole, "void:dataDump") or page.all(whole, "void:sparqlEndpoint")):
        lacks.append(Lack(_LOD, "There is neither a dump nor SPARQL.", "Add void:dataDump."))
    note = "LOD cloud: whether the IRIs resolve cannot be asked without a network."
    return Outcome((Mark(_LOD, 4 - len(lacks), 4),), tuple(lacks), (note,))


def check_void(page: Description, quads: list[Quad]) -> Outcome:
    """Count the graph that was read back, and compare with what VoID says."""
    whole = next(iter(page.members("void:DatasetDescription")), "")
    dataset = page.one(whole, "foaf:primaryTopic")
    counts = count(Plan(quads, merge=True).graphs.get("", {}).items())
    expected = {
        "void:triples": counts.triples,
        "void:entities": counts.entities,
        "void:classes": len(counts.classes),
        "void:properties": len(counts.properties),
        "void:distinctSubjects": counts.subjects,
        "void:distinctObjects": counts.objects,
    }
    said = {name: (_number(page.one(dataset, name)), wanted) for name, wanted in expected.items()}
    for node in page.all(dataset, "void:classPartition"):
        name = page.one(node, "void:class")
        said[f"members of {name}"] = (
            _number(page.one(node, "void:entities")),
            counts.classes.get(name, 0),
        )
    for node in page.all(dataset, "void:propertyPartition"):
        name = page.one(node, "void:property")
        for what, wanted in (
            ("void:triples", counts.properties),
            ("void:distinctSubjects", counts.property_subjects),
            ("void:distinctObjects", counts.property_objects),
        ):
            said[f"{what} of {name}"] = (_number(page.one(node, what)), wanted.get(name, 0))
    links = {
        (TARGETS[key.target][1], key.predicate): number for key, number in counts.links.items()
    }
    told = set()
    for node in page.members("void:Linkset"):
        space = page.one(page.one(node, "void:objectsTarget"), "void:uriSpace")
        link = (space, page.one(node, "void:linkPredicate"))
        told.add(link)
        found = _number(page.one(node, "void:triples"))
        said[f"links to {link[0]} by {link[1]}"] = (found, links.get(link, 0))
    for link in links.keys() - told:
        said[f"links to {link[0]} by {link[1]}"] = (0, links[link])
    partitions = (
        len(page.all(dataset, "void:classPartition")),
        len(page.all(dataset, "void:propertyPartition")),
    )
    said["class partitions"] = (partitions[0], len(counts.classes))
    said["property partitions"] = (partitions[1], len(counts.properties))
    lacks = tuple(
        Lack(_VOID, f"void.ttl says {found} {what}; there are {wanted}.", f"Write {wanted}.")
        for what, (found, wanted) in sorted(said.items())
        if found != wanted
    )
    return Outcome((Mark(_VOID, len(said) - len(lacks), len(said)),), lacks)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def unreadable(check: str, error: Ip5kgError) -> Outcome:
    """Say that a check found nothing to read."""
    return Outcome((Mark(check, 0, 1),), (Lack(check, error.message, "Write the bundle again."),))
