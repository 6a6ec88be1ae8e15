"""The points of data.europa.eu: the metrics of its Metadata Quality Assessment, 405 in all.

325 of them can be had without a network; the others are for addresses that answer. A dataset gets
the points of a metric when all of its distributions have what it asks for; those for an open and
for a machine-readable format when one of them has. The points of a catalogue are the mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from ip5kg.portal.checks.description import Description
from ip5kg.portal.checks.outcome import Lack, Mark, Outcome
from ip5kg.publishing.vocabulary import AUTHORITY, IANA

__all__ = ["DIMENSIONS", "mqa"]

DIMENSIONS = ("findability", "accessibility", "interoperability", "reusability", "contextuality")
"""The dimensions of the assessment, in its order."""

_FILE_TYPE = AUTHORITY + "file-type/"
_OPEN = frozenset(
    [
        "CSV",
        "GEOJSON",
        "GZIP",
        "HTML",
        "JSON",
        "JSON_LD",
        "ODS",
        "RDF_N_QUADS",
        "RDF_N_TRIPLES",
        "RDF_TRIG",
        "RDF_TURTLE",
        "RDF_XML",
        "TSV",
        "TXT",
        "XML",
        "ZIP",
    ]
)
_MACHINE_READABLE = frozenset(
    [
        "CSV",
        "GEOJSON",
        "JSON",
        "JSON_LD",
        "ODS",
        "RDFA",
        "RDF_N_QUADS",
        "RDF_N_TRIPLES",
        "RDF_TRIG",
        "RDF_TURTLE",
        "RDF_XML",
        "XLS",
        "XLSX",
        "XML",
    ]
)

_Test: TypeAlias = Callable[[Description, str], bool]


class _Metric(NamedTuple):
    """A metric: its dimension, its points, what it asks for, and what to add."""

    dimension: str
    points: int
    what: str
    add: str
    test: _Test
    level: str = "dataset"


def _has(name: str) -> _Test:
    return lambda page, subject: bool(page.all(subject, name))


def _within(name: str, space: str, codes: frozenset[str] | None = None) -> _Test:
    """Test that a value begins with a namespace, and is one of its codes."""

    def test(page: Description, subject: str) -> bool:
        found = page.all(subject, name)
        return any(
            value.startswith(space) and (codes is None or value.removeprefix(space) in codes)
            for value in found
        )

    return test


def _in_vocabulary(page: Description, subject: str) -> bool:
    return _within("dcterms:format", _FILE_TYPE)(page, subject) and _within("dcat:mediaType", IANA)(
        page, subject
    )


_ALL, _BEST = "all", "best"
_METRICS = (
    _Metric("findability", 30, "keywords", "dcat:keyword", _has("dcat:keyword")),
    _Metric(
        "findability",
        30,
        "a theme of the EU",
        "dcat:theme",
        _within("dcat:theme", AUTHORITY + "data-theme/"),
    ),
    _Metric("findability", 20, "places", "dcterms:spatial", _has("dcterms:spatial")),
    _Metric("findability", 20, "a period", "dcterms:temporal", _has("dcterms:temporal")),
    _Metric(
        "accessibility", 20, "a download URL", "dcat:downloadURL", _has("dcat:downloadURL"), _ALL
    ),
    _Metric("interoperability", 20, "a format", "dcterms:format", _has("dcterms:format"), _ALL),
    _Metric("interoperability", 10, "a media type", "dcat:mediaType", _has("dcat:mediaType"), _ALL),
    _Metric(
        "interoperability",
        10,
        "format and media type from the vocabularies of the EU and IANA",
        "dcterms:format, dcat:mediaType",
        _in_vocabulary,
        _ALL,
    ),
    _Metric(
        "interoperability",
        20,
        "an open format",
        "a distribution in Turtle or CSV",
        _within("dcterms:format", _FILE_TYPE, _OPEN),
        _BEST,
    ),
    _Metric(
        "interoperability",
        20,
        "a machine-readable format",
        "a distribution in Turtle or CSV",
        _within("dcterms:format", _FILE_TYPE, _MACHINE_READABLE),
        _BEST,
    ),
    _Metric("reusability", 20, "a licence", "dcterms:license", _has("dcterms:license"), _ALL),
    _Metric(
        "reusability",
        10,
        "a licence of the EU's table",
        "dcterms:license",
        _within("dcterms:license", AUTHORITY + "licence/"),
        _ALL,
    ),
    _Metric(
        "reusability", 10, "access rights", "dcterms:accessRights", _has("dcterms:accessRights")
    ),
    _Metric(
        "reusability",
        5,
        "access rights of the EU's table",
        "dcterms:accessRights",
        _within("dcterms:accessRights", AUTHORITY + "access-right/"),
    ),
    _Metric("reusability", 20, "a contact", "dcat:contactPoint", _has("dcat:contactPoint")),
    _Metric("reusability", 10, "a publisher", "dcterms:publisher", _has("dcterms:publisher")),
    _Metric("contextuality", 5, "rights", "dcterms:rights", _has("dcterms:rights"), _ALL),
    _Metric("contextuality", 5, "a size in bytes", "dcat:byteSize", _has("dcat:byteSize"), _ALL),
    _Metric("contextuality", 5, "a day of issue", "dcterms:issued", _has("dcterms:issued"), _ALL),
    _Metric(
        "contextuality",
        5,
        "a day of modification",
        "dcterms:modified",
        _has("dcterms:modified"),
        _ALL,
    ),
)


def mqa(page: Description, *, conforms: bool | None, answers: Mapping[str, bool] | None) -> Outcome:
    """Count the points of a catalogue.

    Args:
        page: The catalogue.
        conforms: Whether it keeps the shapes of DCAT-AP; None when that was not asked.
        answers: Address → whether it answers; None when that was not asked.
    """
    datasets = page.members("dcat:Dataset")
    points = dict.fromkeys(DIMENSIONS, 0.0)
    possible = dict.fromkeys(DIMENSIONS, 0)
    lacks: list[Lack] = []
    metrics = [*_METRICS, *_asked(answers)]
    for metric in metrics:
        failed = [one for one in datasets if not _passes(metric, page, one)]
        possible[metric.dimension] += metric.points
        share = 1 - len(failed) / len(datasets) if datasets else 0.0
        points[metric.dimension] += metric.points * share
        lacks += [
            Lack(f"MQA {metric.dimension}", f"{name} lacks {metric.what}.", f"Add {metric.add}.")
            for name in failed
        ]
    notes = []
    if conforms is None:
        notes.append("30 points for the shapes of DCAT-AP were not asked for: name --shapes.")
    else:
        possible["interoperability"] += 30
        points["interoperability"] += 30 * conforms
    if answers is None:
        notes.append("80 points for addresses that answer were not asked for: add --loopback.")
    if not datasets:
        lacks.append(Lack("MQA", "The catalogue has no dataset.", "Add a dcat:Dataset."))
    marks = tuple(Mark(f"MQA {name}", points[name], possible[name]) for name in DIMENSIONS)
    return Outcome(marks, tuple(lacks), tuple(notes))


def _asked(answers: Mapping[str, bool] | None) -> list[_Metric]:
    """Make the metrics for which addresses must answer."""
    if answers is None:
        return []

    def answering(name: str) -> _Test:
        return lambda page, subject: (
            bool(page.all(subject, name)) and all(answers.get(u) for u in page.all(subject, name))
        )

    add = "the file that the address names"
    return [
        _Metric(
            "accessibility",
            50,
            "an access URL that answers",
            add,
            answering("dcat:accessURL"),
            _ALL,
        ),
        _Metric(
            "accessibility",
            30,
            "a download URL that answers",
            add,
            answering("dcat:downloadURL"),
            _ALL,
        ),
    ]


def _passes(metric: _Metric, page: Description, dataset: str) -> bool:
    if metric.level == "dataset":
        return metric.test(page, dataset)
    found = [metric.test(page, one) for one in page.all(dataset, "dcat:distribution")]
    return any(found) if metric.level == _BEST else bool(found) and all(found)
