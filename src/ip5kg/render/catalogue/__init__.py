"""What is generated from the headers of stored queries: lists, and catalogues for machines."""

from __future__ import annotations

from ip5kg.render.catalogue.listing import (
    catalogue_json,
    catalogue_text,
    choices_text,
    example_call,
    example_calls,
    tried_text,
)

__all__ = [
    "catalogue_json",
    "catalogue_text",
    "choices_text",
    "example_call",
    "example_calls",
    "tried_text",
]
