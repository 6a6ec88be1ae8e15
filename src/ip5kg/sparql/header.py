"""The ``#+`` header of a query file: YAML in comment lines, as grlc reads them.

The file stays valid SPARQL. Stored queries and ontology checks share this form; what fields there
are is said by the schema of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ip5kg.errors import InputError, QueryHeaderError
from ip5kg.resources import shown
from ip5kg.sparql.schema import check

__all__ = ["MARK", "read_header"]

MARK = "#+"
"""How a line of the header begins."""


def read_header(path: Path, schema: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Read a query file.

    Args:
        path: The file.
        schema: What the header may say.

    Returns:
        The fields of its header, and its whole text.

    Raises:
        InputError: When the file cannot be read as UTF-8.
        QueryHeaderError: When the header is missing, is no YAML or breaks the schema; the message
            names the file and the field.
    """
    from yaml12 import parse_yaml

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{shown(path)} is not UTF-8.", hint="Save it as UTF-8.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{shown(path)} cannot be read: {reason}.") from None
    lines = [line.removeprefix(MARK) for line in text.splitlines() if line.startswith(MARK)]
    try:
        header: Any = parse_yaml("\n".join(lines))
    except ValueError as error:
        raise QueryHeaderError(f"{shown(path)}: the header is not YAML: {error}.") from None
    check(header, schema, shown(path))
    return header, text
