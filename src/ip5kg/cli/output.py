"""Where results go: to standard output, or all at once into files."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import TYPE_CHECKING, Self

from ip5kg.cli.terminal import (
    as_bytes,
    coloured,
    terminal_width,
    write_to_standard_output,
)

if TYPE_CHECKING:
    from ip5kg.explain import Explanation

__all__ = [
    "Output",
    "ProgressLine",
    "ending_tidily",
    "hint_at",
    "speak_utf8",
    "talk",
    "talk_of",
]

_NARROWEST = 20


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
        self.coloured = coloured(self.width)

    def write(self, result: str | bytes) -> None:
        """Write a result, as UTF-8 and without touching its ends of lines.

        Raises:
            OutputError: When it cannot be written.
            BrokenPipeError: When the reader has gone.
        """
        data = as_bytes(result) if isinstance(result, str) else result
        if self._file is None:
            write_to_standard_output(data)
        else:
            from pathlib import Path

            from ip5kg.atomic import write_atomically

            write_atomically(Path(self._file), data)


def talk(sentence: str) -> None:
    """Say something that is not part of the result, on standard error.

    When that is closed or full there is nowhere left to say so.
    """
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{sentence}\n")
            sys.stderr.flush()


class ProgressLine:
    """One line on a terminal that is written anew as work goes on; nothing elsewhere."""

    def __init__(self) -> None:
        self._width = terminal_width(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def show(self, text: str) -> None:
        """Write the line anew."""
        if self._width is not None:
            self._write(text[: self._width - 1])

    def __exit__(self, *_: object) -> None:
        if self._width is not None:
            self._write("")

    @staticmethod
    def _write(line: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()


def talk_of(name: str, text: str, *, colour: int) -> None:
    """Say a sentence after what it is, a hint or an error; coloured and wrapped on a terminal."""
    width = terminal_width(sys.stderr)
    # Names of files may hold bytes that the locale could not read.
    readable = as_bytes(text).decode("utf-8", "replace")
    printable = "".join(c if c.isprintable() else " " for c in readable)
    label = f"\x1b[1;{colour}m{name}:\x1b[0m" if coloured(width) else f"{name}:"
    indent = len(f"{name}: ")
    lines = [printable] if width is None else _wrapped(printable, width - indent)
    below = "\n" + " " * indent
    talk(f"{label} {below.join(lines)}")


def hint_at(explanation: Explanation | None) -> None:
    """Say on standard error why an answer is empty, where that was found out."""
    from ip5kg.render.explanations import hints

    for sentence in hints(explanation):
        talk_of("hint", sentence, colour=36)


def speak_utf8() -> None:
    """Let standard error be UTF-8 like the results, whatever the locale."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")


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


def _wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines between words; names stay whole, so that they can be copied."""
    from textwrap import wrap

    return wrap(text, max(width, _NARROWEST), break_long_words=False, break_on_hyphens=False)


class _Ended(BaseException):
    """The process was told to end; its argument is the number of the signal."""


_ENDING = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
