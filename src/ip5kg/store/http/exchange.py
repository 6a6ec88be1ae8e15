"""One request and its answer, all of it, within a time limit."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib.parse import SplitResult

__all__ = ["Reply", "Request", "TooLarge", "exchange"]

_LARGEST = 1 << 28


class TooLarge(HTTPException):
    """An answer of more than 256 MiB, which nothing here asks for."""


@dataclass(frozen=True)
class Request:
    """A request.

    Attributes:
        method: Its method.
        address: Where it goes.
        body: What it brings; None where its method brings nothing.
        headers: Its headers, without ``Authorization``.
    """

    method: str
    address: SplitResult
    body: bytes | None
    headers: dict[str, str]

    @property
    def target(self) -> str:
        """Path and query."""
        query = f"?{self.address.query}" if self.address.query else ""
        return f"{self.address.path or '/'}{query}"


@dataclass(frozen=True)
class Reply:
    """An answer.

    Attributes:
        status: Its status.
        headers: Its headers: name in small letters → values.
        body: All of its body.
    """

    status: int
    headers: dict[str, list[str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return the first header of a name; empty when there is none."""
        return self.headers.get(name, [""])[0].strip()

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters."""
        return self.header("content-type").partition(";")[0].strip().lower()


def exchange(request: Request, authorization: str | None, timeout: float) -> Reply:
    """Send a request and read the whole answer.

    It happens in a thread of its own: the timeout of a socket bounds each of its waits, and none
    bounds the look-up of the host; a server that sends byte by byte would hold us.

    Raises:
        TimeoutError: When the answer is not there in so many seconds.
        OSError: When the connection fails.
        HTTPException: When the answer is broken off or is not HTTP.
    """
    one = _Exchange(request, authorization, timeout)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    thread.join(min(timeout, threading.TIMEOUT_MAX))
    if thread.is_alive():
        one.abandon()
        raise TimeoutError
    if one.reply is not None:
        return one.reply
    raise one.error or TimeoutError


class _Exchange:
    """What the thread does."""

    def __init__(self, request: Request, authorization: str | None, timeout: float) -> None:
        address = request.address
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        self._connection = kind(address.hostname or "", address.port, timeout=timeout)
        self._request = request
        self._headers: dict[str, str | bytes] = {"User-Agent": "ip5kg", **request.headers}
        if authorization is not None:
            # http.client would write Latin-1; RFC 7616 names UTF-8 (section 4).
            self._headers["Authorization"] = authorization.encode()
        self.reply: Reply | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.reply = self._answer()
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            self.error = error.with_traceback(None)
        finally:
            self._connection.close()

    def abandon(self) -> None:
        """Let the thread fail, so that it does not wait for ever."""
        if self._connection.sock is not None:
            with suppress(OSError):
                self._connection.sock.close()

    def _answer(self) -> Reply:
        request, connection = self._request, self._connection
        # A server that refuses says so, and closes, before it has read all of a large body.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(request.method, request.target, request.body, self._headers)
        response = connection.getresponse()
        body = response.read(_LARGEST + 1)
        if len(body) > _LARGEST:
            raise TooLarge
        if response.length:
            # Reading by a number of bytes says nothing of an end that came too early.
            raise HTTPException("broken off")
        headers: dict[str, list[str]] = {}
        for name, value in response.getheaders():
            headers.setdefault(name.lower(), []).append(value)
        return Reply(response.status, headers, body)
