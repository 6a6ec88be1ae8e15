"""Stored queries: one ``.rq`` file per question, whose header says what it takes and gives."""

from __future__ import annotations

from ip5kg.querybook.book import QueryBook
from ip5kg.querybook.header import Column, Parameter, StoredQuery
from ip5kg.querybook.schema import LANGUAGE_TAG

__all__ = ["LANGUAGE_TAG", "Column", "Parameter", "QueryBook", "StoredQuery"]
