"""A question to an endpoint, through SPARQLWrapper, and its whole answer, within a time limit."""

from __future__ import annotations

import threading
from contextlib import closing
from http import HTTPStatus
from urllib.error import HTTPError

from SPARQLWrapper import SPARQLWrapper

__all__ = ["Exchange", "Unauthorised"]


class Unauthorised(Exception):
    """The endpoint wants to know who asks.

    Args:
        headers: The ``WWW-Authenticate`` headers of its answer.
    """

    def __init__(self, headers: tuple[str, ...]) -> None:
        super().__init__()
        self.headers = headers


class Exchange:
    """A question to an endpoint and its answer, in a thread of its own.

    The timeout of a socket bounds each of its waits, and none bounds the look-up of the host; a
    server that sends byte by byte would hold us for as long as it likes.

    Args:
        wrapper: The question.
    """

    def __init__(self, wrapper: SPARQLWrapper) -> None:
        self._wrapper = wrapper
        self._answer = ("", b"")
        self._error: Exception | None = None

    def answer(self, timeout: int) -> tuple[str, bytes]:
        """Return the media type and the whole body of the answer.

        Raises:
            TimeoutError: When it is not there in so many seconds. The thread is left to itself
                then; it ends with the connection, and does not keep the process from ending.
        """
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        thread.join(min(timeout, threading.TIMEOUT_MAX))
        if thread.is_alive():
            raise TimeoutError
        error, self._error = self._error, None
        if error is None:
            return self._answer
        try:
            raise error
        finally:
            # It would refer to itself through this frame, and keep its connection open.
            del error

    def _run(self) -> None:
        try:
            with closing(self._wrapper.query().response) as response:
                media_type = str(response.headers.get("Content-Type", "")).partition(";")[0]
                self._answer = media_type.strip().lower(), bytes(response.read())
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            self._error = error.with_traceback(None)
            for refusal in (error, error.__context__):
                if isinstance(refusal, HTTPError):
                    refusal.close()
                    if refusal.code == HTTPStatus.UNAUTHORIZED:
                        headers = refusal.headers.get_all("WWW-Authenticate") or ()
                        self._error = Unauthorised(tuple(headers))
