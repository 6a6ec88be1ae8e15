"""Where results go: to standard output, or all at once into files."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import TextIO

__all__ = ["Output", "as_bytes", "ending_tidily", "speak_utf8", "talk", "terminal_width"]

_USUAL = 80


class Output:
    """The place that the user named for the result.

    Args:
        file: A file, which is replaced as a whole; None or ``-`` for standard output.

    Attributes:
        name: The name of the file; empty for standard output.
        width: The width of the terminal that the result goes to; None when it goes elsewhere.
        coloured: Whether it goes to a terminal whose user wants colour.
    """

    def __init__(self, file: str | None = None) -> None:
        self._file = None if file == "-" else file
        self.name = self._file or ""
        self.width = None if self._file is not None else terminal_width(sys.stdout)
        self.coloured = self.width is not None and not os.environ.get("NO_COLOR")

    def write(self, result: str | bytes) -> None:
        """Write a result, as UTF-8 and without touching its ends of lines.

        Raises:
            OutputError: When it cannot be written.
            BrokenPipeError: When the reader has gone.
        """
        data = as_bytes(result) if isinstance(result, str) else result
        if self._file is None:
            _write_to_standard_output(data)
        else:
            from pathlib import Path

            from ip5kg.atomic import write_atomically

            write_atomically(Path(self._file), data)


def terminal_width(stream: TextIO | None) -> int | None:
    """Return how many columns the terminal of a stream has; None when it is no terminal.

    The environment variable COLUMNS goes before what the terminal says, as POSIX has it.
    """
    if stream is None or not stream.isatty():
        return None
    with suppress(KeyError, ValueError):
        if (columns := int(os.environ["COLUMNS"])) > 0:
            return columns
    with suppress(OSError):
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    return _USUAL


def talk(sentence: str) -> None:
    """Say something that is not part of the result, on standard error.

    When that is closed or full there is nowhere left to say so.
    """
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{sentence}\n")
            sys.stderr.flush()


def speak_utf8() -> None:
    """Let standard error be UTF-8 like the results, whatever the locale."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")


def as_bytes(text: str) -> bytes:
    """Write UTF-8; what stands for bytes of a file's name becomes those bytes again (PEP 383)."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


@contextmanager
def ending_tidily() -> Iterator[None]:
    """Let the block clean up when the process is told to end, and end it then.

    Not for what is long in the engine: a signal is heard when the engine returns.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise _Ended(number)

    # A signal that is ignored stays ignored: nohup counts on it.
    signals = [one for one in _ENDING if signal.getsignal(one) is signal.SIG_DFL]
    try:
        for one in signals:
            signal.signal(one, end)
        yield
    except _Ended as ended:
        [number] = ended.args
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    finally:
        for one in signals:
            signal.signal(one, signal.SIG_DFL)


class _Ended(BaseException):
    """The process was told to end; its argument is the number of the signal."""


_ENDING = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def _write_to_standard_output(data: bytes) -> None:
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
