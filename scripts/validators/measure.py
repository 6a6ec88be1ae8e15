"""Run one command as a whole process; tell how long it took and how much memory at most.

This runs in a process of its own that imports nothing large, since the memory of the
parent at the fork counts into the peak of the child.

Usage: python measure.py SECONDS STDOUT STDERR COMMAND…
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

_CANNOT_START = 127
_UNIT = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes


def main() -> None:
    """Run the command, stop it and all it started when its time is over, print JSON."""
    limit, out, err, *command = sys.argv[1:]
    over = False
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(command, out, err)

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal over
        over = True
        _kill(child)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    try:
        # Until wait4 the number of the child, which is that of its group, belongs to no other.
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        seconds = time.perf_counter() - begin
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        # What the command left running would disturb the next one.
        _kill(child)
    _, status, usage = os.wait4(child, 0)
    measured = {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * _UNIT,
        "status": os.waitstatus_to_exitcode(status),
        "over": over,
    }
    print(json.dumps(measured))


def _become(command: list[str], out: str, err: str) -> NoReturn:
    """Turn this process into the command, in a process group of its own."""
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for path, descriptor in ((os.devnull, 0), (out, 1), (err, 2)):
            flags = os.O_RDWR | os.O_CREAT | (0 if descriptor == 0 else os.O_TRUNC)
            os.dup2(os.open(path, flags, 0o644), descriptor)
        os.execvp(command[0], command)  # noqa: S606 - the command is what is measured
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    os._exit(_CANNOT_START)


def _kill(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


if __name__ == "__main__":
    main()
