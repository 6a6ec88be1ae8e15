"""The terminal of the process: how wide it is, and writing to it.

What is imported here is in the interpreter from its start, or nearly so.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["as_bytes", "coloured", "terminal_width", "write_to_standard_output"]

_USUAL = 80


def terminal_width(stream: TextIO | None) -> int | None:
    """Return how many columns the terminal of a stream has; None when it is no terminal.

    The environment variable COLUMNS goes before what the terminal says, as POSIX has it.
    """
    if stream is None or not stream.isatty():
        return None
    try:
        if (columns := int(os.environ["COLUMNS"])) > 0:
            return columns
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def coloured(width: int | None) -> bool:
    """Tell whether what goes to a terminal of some width, or elsewhere, is to have colour."""
    return width is not None and not os.environ.get("NO_COLOR")


def as_bytes(text: str) -> bytes:
    """Write UTF-8; what stands for bytes of a file's name becomes those bytes again (PEP 383)."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def write_to_standard_output(data: bytes) -> None:
    """Write bytes to standard output, and see to it that they are written.

    Raises:
        OutputError: When they cannot be.
        BrokenPipeError: When the reader has gone.
    """
    failure = None
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            failure = error
        else:
            return
    from ip5kg.atomic import reason_of
    from ip5kg.errors import OutputError

    reason = "it is closed" if failure is None else reason_of(failure)
    raise OutputError(f"Standard output cannot be written: {reason}.")
