"""``python -m ip5kg.turtle [--check] FILES…``: put Turtle files into canonical form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ip5kg.atomic import write_atomically
from ip5kg.errors import Ip5kgError
from ip5kg.turtle.comments import refuse_comments
from ip5kg.turtle.writer import canonical_text

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the files that are not in canonical form, or name them.

    Returns:
        0 when all is well, 1 when ``--check`` found files that differ, 2 when a file cannot be
        read or written.
    """
    parser = argparse.ArgumentParser(
        prog="python -m ip5kg.turtle", description="Put Turtle files into canonical form."
    )
    parser.add_argument("--check", action="store_true", help="change nothing, name what differs")
    parser.add_argument(
        "--drop-comments",
        action="store_true",
        help="also rewrite files with comments, without them",
    )
    parser.add_argument("files", nargs="+", type=Path, help="Turtle files, or folders of them")
    options = parser.parse_args(arguments)
    status = 0
    for path in _expand(options.files):
        try:
            text = canonical_text(path)
            if path.read_bytes() == text.encode():
                continue
            if options.check:
                status = max(status, 1)
                print(f"{path} is not in canonical form.")
                continue
            if not options.drop_comments:
                refuse_comments(path)
            write_atomically(path, text.encode())
            print(f"{path} rewritten.", file=sys.stderr)
        except Ip5kgError as error:
            status = 2
            print(f"{error.message} {error.hint}".rstrip(), file=sys.stderr)
    return status


def _expand(paths: Sequence[Path]) -> Iterator[Path]:
    """Replace folders by the Turtle files in them."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.ttl"))
        else:
            yield path


if __name__ == "__main__":
    sys.exit(main())
