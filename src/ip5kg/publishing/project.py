"""What a description says about the project: read from the header of its ontology."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode

from ip5kg.errors import InputError
from ip5kg.names import BASE, PREFIXES, RDF_TYPE, RDFS_LABEL, is_iri
from ip5kg.publishing.extent import latest_state
from ip5kg.publishing.pieces import Said
from ip5kg.publishing.vocabulary import iri
from ip5kg.resources import note_file
from ip5kg.turtle.plan import Pair
from ip5kg.turtle.statements import Node

__all__ = ["Project", "changes_of", "project_of", "state_of"]

_ONTOLOGY = NamedNode(PREFIXES["owl"] + "Ontology")
# The ontology itself cannot say dcterms:publisher: its alignments make that an object property.
_PUBLISHER = PREFIXES["dc"] + "publisher"
_SECTION = re.compile(
    r"^## \[(?P<version>[^\]]+)\].*?$(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
_SUBSECTION = re.compile(
    r"^### Ontology and data$(?P<text>.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL
)


class Project(NamedTuple):
    """Who stands behind a graph.

    Attributes:
        publisher: Who publishes it; the name of the project where the header names nobody.
        contact: A page or a ``mailto:`` address; the project's own page by default.
        version: The version of ontology and data.
        issued: The day on which it was first issued, or empty.
    """

    publisher: str
    contact: str
    version: str
    issued: str


def project_of(said: Said) -> Project:
    """Read the header of the ontology: publisher, ``dcat:contactPoint``, version, day of issue."""
    known = dict(said)
    heads = [
        subject.value
        for subject, pairs in known.items()
        if (RDF_TYPE, _ONTOLOGY) in pairs and not isinstance(subject, BlankNode)
    ]
    header = _facts(known, min(heads)) if heads else {}
    publisher = header.get(iri("dcterms:publisher").value) or header.get(_PUBLISHER, "")
    named = _facts(known, publisher)
    return Project(
        publisher=named.get(iri("foaf:name").value)
        or named.get(RDFS_LABEL)
        or publisher
        or "ip5kg",
        contact=header.get(iri("dcat:contactPoint").value) or BASE,
        version=header.get(iri("owl:versionInfo").value, ""),
        issued=header.get(iri("dcterms:issued").value, ""),
    )


def _facts(said: Mapping[Node, Sequence[Pair]], subject: str) -> dict[str, str]:
    """Return what is said of an IRI, the first value of each predicate in the alphabet."""
    pairs = said.get(NamedNode(subject), ()) if is_iri(subject) else ()
    found: dict[str, str] = {}
    for name, value in pairs:
        if not isinstance(value, BlankNode):
            found[name] = min(value.value, found.get(name, value.value))
    return found


def state_of(said: Said) -> str:
    """Find the day of the state that is exported, which never is the day of the export.

    It is ``SOURCE_DATE_EPOCH`` where that is set (reproducible-builds.org), else the last day on
    which a source of the data was looked at or the ontology was issued or changed; empty where
    nothing of this is known.

    Raises:
        InputError: When ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return latest_state(said)
    try:
        moment = datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH is “{given}”, which is no number of seconds since 1970.",
            hint="Unset it, or set it as “git log -1 --format=%ct” prints it.",
        ) from None
    return moment.date().isoformat()


def changes_of(root: Path, version: str) -> str:
    """Read what is new in the data of a version from the list of changes; empty without one."""
    path = note_file(root, "CHANGELOG.md")
    if path is None:
        return ""
    for section in _SECTION.finditer(path.read_text(encoding="utf-8", errors="replace")):
        if section["version"] == version:
            part = _SUBSECTION.search(section["text"])
            return " ".join((part or section)["text"].split())
    return ""
