"""The answers to SELECT queries: rows, typed columns, data frames, tables of HTML."""

from ip5kg.answers.answer import Answer

__all__ = ["Answer"]
