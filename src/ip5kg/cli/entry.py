"""Where the program begins: what has been answered before is given again, all else is looked into.

Nothing is imported here that takes long: an answer that is remembered is there before the command
line would be.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the program with the arguments of the process.

    Returns:
        The exit status; ``ip5kg.cli.main`` says what it means.
    """
    answer = None
    if sys.argv[1:2] == ["query"]:
        from ip5kg.cli.remembered import remembered_answer

        answer = remembered_answer(sys.argv[2:])
    known = answer.recall() if answer else None
    if known is None:
        from ip5kg.cli.main import main as run

        return run(answer=answer)
    from ip5kg.cli.terminal import write_to_standard_output

    try:
        write_to_standard_output(known)
    except BaseException as error:  # noqa: BLE001 - it is told as the command line tells it
        from ip5kg.cli.main import reported

        return reported(error)
    return 0
