"""Validation: SHACL shapes over the graph, and rules over the ontology, as one report."""

from __future__ import annotations

from ip5kg.validation.findings import Finding, Place
from ip5kg.validation.ontology import validate_ontology
from ip5kg.validation.report import Report
from ip5kg.validation.run import validate, validate_endpoint, validate_files

__all__ = [
    "Finding",
    "Place",
    "Report",
    "validate",
    "validate_endpoint",
    "validate_files",
    "validate_ontology",
]
