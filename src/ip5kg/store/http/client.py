"""Requests that are answered, tried again where that helps, or told in one sentence."""

from __future__ import annotations

import email.utils
import ssl
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ip5kg.errors import EndpointError, ParameterError
from ip5kg.store.address import read_address, shown_address
from ip5kg.store.http.credentials import Challenge, Credentials, choose, unauthorised
from ip5kg.store.http.exchange import Reply, Request, exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_RETRIES", "Client", "Reply"]

DEFAULT_RETRIES = 3
"""How often a request is tried again."""

_DAY = 86400
_FIRST_WAIT = 0.5
_DOUBLINGS = 7
_LONGEST_WAIT = 60
_REDIRECTS = 3
# Nothing of the request was done when a server says so.
_NOT_DONE = frozenset((429, 503))
# A gateway says so; what stands behind it may have done the request all the same.
_PERHAPS_DONE = frozenset((502, 504))
_UNAUTHORISED = 401
_CLIENT_ERRORS = range(400, 500)
_DETAIL = 200
_HINTS = {
    400: "Check the address; a store that refuses one protocol may take the other.",
    403: "Ask the operator whether this user may write there.",
    404: "Check the address.",
    405: "Check the address: this one does not take what was sent.",
    413: "The server takes smaller requests only: publish by --endpoint, which sends parts.",
    415: "Check the address: this one does not take what was sent.",
}


class Client:
    """HTTP with the credentials, the patience and the manners of one user.

    Redirects are followed within one origin only, so that neither data nor credentials go astray.

    Args:
        credentials: Who asks; they are sent where a server asks for them.
        timeout: Seconds in which each answer must be there, all of it.
        retries: How often a request is tried again.
        sleep: What waits between two tries.

    Raises:
        ParameterError: When a number makes no sense.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float,
        retries: int = DEFAULT_RETRIES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not timeout > 0:
            raise ParameterError(f"A timeout of {timeout:g} seconds is not positive.")
        if timeout > _DAY:
            raise ParameterError(f"A timeout of {timeout:g} seconds is more than a day.")
        if retries < 0:
            raise ParameterError(f"{retries} is no number of retries.", hint="Write 0 or more.")
        self._credentials = credentials
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._challenges: dict[tuple[str, str], Challenge] = {}

    def hurried(self, timeout: float) -> Client:
        """Return a client that tries once and does not wait for long, for what is not needed."""
        client = Client(self._credentials, timeout=min(timeout, self._timeout), retries=0)
        client._challenges = self._challenges
        return client

    def send(  # noqa: PLR0913 - each is a part of the request
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        repeatable: bool = True,
        allowed: frozenset[int] = frozenset(),
    ) -> Reply:
        """Send a request, and return its answer when that is a success.

        Args:
            method: The method.
            address: Where it goes.
            body: What it brings.
            headers: Its headers.
            repeatable: Whether doing it twice is the same as doing it once.
            allowed: Statuses beside 2xx that are answers, too.

        Raises:
            EndpointError: When the server is down, slow, refuses or answers nonsense.
        """
        tried = 0
        while True:
            request = Request(method, read_address(_ascii(address)), body, dict(headers or {}))
            shown = shown_address(request.address)
            try:
                reply = self._followed(request)
            except TimeoutError:
                raise EndpointError(
                    f"The endpoint {shown} gave no answer within {self._timeout:g} seconds.",
                    hint="Allow it more time by --timeout.",
                ) from None
            except (OSError, HTTPException) as error:
                again = repeatable or isinstance(error, ConnectionRefusedError)
                if not again or tried == self._retries or isinstance(error, ssl.SSLError):
                    raise _unreachable(shown, error, tried + 1) from None
                wait = _FIRST_WAIT * 2 ** min(tried, _DOUBLINGS)
            else:
                if reply.status // 100 == 2 or reply.status in allowed:  # noqa: PLR2004
                    return reply
                again = reply.status in _NOT_DONE or (repeatable and reply.status in _PERHAPS_DONE)
                asked = _retry_after(reply)
                if not again or tried == self._retries or (asked or 0) > _LONGEST_WAIT:
                    raise self._refusal(shown, reply, tried + 1, asked)
                wait = _FIRST_WAIT * 2 ** min(tried, _DOUBLINGS) if asked is None else asked
            self._sleep(min(wait, _LONGEST_WAIT))
            tried += 1

    def _followed(self, request: Request) -> Reply:
        """Follow redirects, within the origin."""
        for _ in range(_REDIRECTS):
            reply = self._authorised(request)
            moved = reply.status in (307, 308) or (
                reply.status in (301, 302, 303) and request.method == "GET"
            )
            there = urlsplit(urljoin(request.address.geturl(), _ascii(reply.header("location"))))
            if (
                not moved
                or not reply.header("location")
                or _origin(there) != _origin(request.address)
            ):
                return reply
            request = Request(request.method, there, request.body, request.headers)
        return reply

    def _authorised(self, request: Request) -> Reply:
        """Send a request, with credentials when they are asked for."""
        where = (_origin(request.address), request.address.path)
        known = self._challenges.get(where)
        reply = self._once(request, known)
        if reply.status != _UNAUTHORISED or self._credentials is None:
            return reply
        asked = choose(reply.headers.get("www-authenticate", []))
        if asked is None or (known and not asked.is_new(known)):
            return reply
        self._challenges[where] = asked
        return self._once(request, asked)

    def _once(self, request: Request, challenge: Challenge | None) -> Reply:
        authorization = None
        if challenge is not None and self._credentials is not None:
            authorization = challenge.answer(self._credentials, request.method, request.target)
        return exchange(request, authorization, self._timeout)

    def _refusal(self, shown: str, reply: Reply, tries: int, asked: float | None) -> EndpointError:
        """Say why an answer is none."""
        status = reply.status
        if status == _UNAUTHORISED:
            return unauthorised(shown, self._credentials, reply.headers.get("www-authenticate", []))
        if status in range(300, 400):
            there = urlsplit(reply.header("location"))
            host = there.hostname or "nowhere"
            return EndpointError(
                f"The endpoint {shown} redirects to {host}, which is not followed.",
                hint="Give the address where the endpoint is now, if you trust it.",
            )
        times = f" {tries} times" if tries > 1 else ""
        hint = _HINTS.get(status, "Check the address and whether the server is running.")
        if asked is not None and asked > _LONGEST_WAIT:
            hint = f"It asks to come back in {asked:.0f} seconds."
        return EndpointError(
            f"The endpoint {shown} answered with status {status}{times}{self._detail(reply)}.",
            hint=hint,
        )

    def _detail(self, reply: Reply) -> str:
        """Return the first line of what a server says in plain text, without secrets."""
        if reply.media_type != "text/plain" or reply.status not in _CLIENT_ERRORS:
            return ""
        lines = reply.body[: 4 * _DETAIL].decode("utf-8", "replace").strip().splitlines()
        line = lines[0] if lines else ""
        if self._credentials is not None and self._credentials.appear_in(line):
            return ""
        return f" ({line[:_DETAIL].rstrip('.')})" if line else ""


def _unreachable(shown: str, error: Exception, tries: int) -> EndpointError:
    """Say what became of the connection."""
    times = f", {tries} times" if tries > 1 else ""
    if isinstance(error, HTTPException | ConnectionResetError | BrokenPipeError):
        what = f"broke off its answer, or sent what is not HTTP ({type(error).__name__}{times})"
    elif isinstance(error, ConnectionRefusedError):
        what = f"cannot be reached (connection refused{times})"
    else:
        reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or error
        what = f"cannot be reached ({reason}{times})"
    return EndpointError(
        f"The endpoint {shown} {what}.",
        hint="Check the address and whether the server is running.",
    )


def _retry_after(reply: Reply) -> float | None:
    """Read how many seconds to wait (RFC 9110, section 10.2.3): a number, or a date."""
    text = reply.header("retry-after")
    if text.isdecimal() and text.isascii():
        return float(text[:9])
    try:
        return max(email.utils.parsedate_to_datetime(text).timestamp() - time.time(), 0)
    except (ValueError, TypeError, OverflowError):
        return None


def _origin(address: SplitResult) -> str:
    usual = {"http": 80, "https": 443}.get(address.scheme)
    try:
        port = address.port or usual
    except ValueError:
        port = None
    return f"{address.scheme}://{(address.hostname or '').lower()}:{port}"


def _ascii(address: str) -> str:
    """Escape what an IRI has and a URI has not (RFC 3987, section 3.1)."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
