"""A Virtuoso server of its own: on loopback, on free ports, in a folder that goes with it."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PROGRAM", "Virtuoso", "running"]

PROGRAM = "virtuoso-t"
"""What Debian's package virtuoso-opensource installs."""

_START = 60
_STOP = 30
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
FileExtend = 200
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
MaxClientConnections = 10
CheckpointInterval = 0
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8

[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
DefaultHost = 127.0.0.1:{http}
"""
# The ini of Debian's package, but for the folder and the ports, and with room for all answers.


@dataclass(frozen=True)
class Virtuoso:
    """A server that is running.

    Attributes:
        query: The endpoint for everybody.
        update: The endpoint for those who may write; it wants Digest.
        graph_store: The graph store for those who may write, likewise.
        user: Who may write.
        password: The password, made for this server.
        process: The number of the process.
    """

    query: str
    update: str
    graph_store: str
    user: str
    password: str
    process: int


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Virtuoso]:
    """Start a server in an empty folder, and stop it at the end by its process.

    Raises:
        FileNotFoundError: When no Virtuoso is installed.
        TimeoutError: When it does not come up; its log is shown.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise FileNotFoundError(PROGRAM)
    sql, http = _free_ports()
    password = secrets.token_urlsafe(12)
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    command = [program, "+foreground", "+configfile", ini]
    with (folder / "output").open("wb") as output:
        told = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        # It makes the database, sets the password and ends.
        subprocess.run(
            [*command, "+pwdold", "dba", "+pwddba", password], timeout=_START, check=True, **told
        )
        process = subprocess.Popen(command, **told)
    try:
        _wait(process, http, folder)
        base = f"http://127.0.0.1:{http}"
        yield Virtuoso(
            query=f"{base}/sparql",
            update=f"{base}/sparql-auth",
            graph_store=f"{base}/sparql-graph-crud-auth",
            user="dba",
            password=password,
            process=process.pid,
        )
    finally:
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_ports() -> tuple[int, int]:
    """Find two ports that nobody listens on."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Wait until the server takes connections."""
    end = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    said = "\n".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in (folder / "output", folder / "virtuoso.log")
        if file.exists()
    )
    raise TimeoutError(f"Virtuoso did not come up:\n{said}")
