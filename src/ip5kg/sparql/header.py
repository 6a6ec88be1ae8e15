"""The ``#+`` header of a query file: YAML in comment lines, as grlc reads it.

The file stays valid SPARQL. Stored queries and ontology checks share this form; what fields there
are is theirs to say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ip5kg.errors import InputError, QueryHeaderError
from ip5kg.resources import shown

__all__ = ["Fields", "read_header"]


class Fields:
    """A YAML mapping whose faults are told with file and field.

    Args:
        path: The file, for messages.
        where: The part of the header, for messages.
        value: What the YAML parser gave.
        keys: The fields that may occur.

    Raises:
        QueryHeaderError: When the value is no mapping or has an unknown field.
    """

    def __init__(self, path: Path, where: str, value: object, keys: frozenset[str]) -> None:
        self._path, self._where = shown(path), where
        if not isinstance(value, dict):
            raise QueryHeaderError(f"{shown(path)}: {where} is missing or is not a mapping.")
        self._value: dict[str, Any] = value
        for key in value:
            if key not in keys:
                raise QueryHeaderError(
                    f"{shown(path)}: {where} has the unknown field “{key}”.",
                    hint=f"Known fields: {', '.join(sorted(keys))}.",
                )

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def value(self, key: str) -> object:
        """Return a field that must be there."""
        if key not in self._value:
            raise QueryHeaderError(f"{self._path}: {self._where} lacks the field “{key}”.")
        return self._value[key]

    def text(self, key: str) -> str:
        """Return a field that must be a text; a number or date counts as its text."""
        value = self.value(key)
        if isinstance(value, bool | list | dict) or value is None or not str(value).strip():
            raise QueryHeaderError(f"{self._path}: “{key}” of {self._where} is not a text.")
        return str(value).strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a field that must be a list of texts."""
        value = self.value(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise QueryHeaderError(f"{self._path}: “{key}” of {self._where} is not a list.")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return a field that must be true or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise QueryHeaderError(f"{self._path}: “{key}” of {self._where} is not true or false.")
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        """Return a field that must be a mapping."""
        value = self.value(key)
        if not isinstance(value, dict):
            raise QueryHeaderError(f"{self._path}: “{key}” of {self._where} is not a mapping.")
        return value


def read_header(path: Path, keys: frozenset[str]) -> tuple[Fields, str]:
    """Read a query file.

    Returns:
        The fields of its header, and its whole text.

    Raises:
        InputError: When the file cannot be read as UTF-8.
        QueryHeaderError: When the header is missing, is no YAML or has an unknown field.
    """
    from yaml12 import parse_yaml

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{shown(path)} is not UTF-8.", hint="Save it as UTF-8.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{shown(path)} cannot be read: {reason}.") from None
    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    try:
        header = parse_yaml("\n".join(lines))
    except ValueError as error:
        raise QueryHeaderError(f"{shown(path)}: the header is not YAML: {error}.") from None
    return Fields(path, "the header", header, keys), text
