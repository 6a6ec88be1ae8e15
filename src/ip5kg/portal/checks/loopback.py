"""A plain file server on loopback, and whether the addresses of a catalogue answer there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

__all__ = ["answers_of", "serving"]

_OK = 200
_SECONDS = 30


class _Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name is given
        """Say nothing of a request."""


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Serve the files of a folder to this machine alone; the block gets the port."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def answers_of(folder: Path, base_url: str, urls: Iterable[str]) -> dict[str, bool]:
    """Ask a file server whether it has what lies at each address.

    Args:
        folder: The bundle.
        base_url: Where the files will lie; the server stands in for it.
        urls: Addresses; what is not below the base does not answer.
    """
    found = {}
    with serving(folder) as port:
        for url in sorted(set(urls)):
            path = "/" + url.removeprefix(base_url) if url.startswith(base_url) else None
            found[url] = path is not None and _answers(port, path)
    return found


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
    except (OSError, HTTPException, ValueError):
        return False
    else:
        return answer.status == _OK and size > 0
    finally:
        connection.close()
