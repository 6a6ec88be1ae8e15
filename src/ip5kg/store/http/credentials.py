"""Basic (RFC 7617) and Digest (RFC 7616) authentication.

A password is sent only to a server that asks for one, and by Digest where there is the choice.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import md5, sha256
from typing import TYPE_CHECKING

from ip5kg.errors import EndpointError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Challenge", "Credentials", "choose", "unauthorised"]

_SCHEME = re.compile(r"(?:^|,)\s*([A-Za-z][A-Za-z0-9-]*)(?=\s+[A-Za-z-]+\s*=|\s*$|\s*,)")
_PARAMETER = re.compile(r'([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_HASHES: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: sha256(data).hexdigest(),
}


@dataclass(frozen=True)
class Credentials:
    """Who asks.

    Attributes:
        user: The name.
        password: The password, which no representation shows.

    Raises:
        ParameterError: When the name is none that HTTP can carry (RFC 7617, section 2).
    """

    user: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.user.isprintable() or ":" in self.user:
            raise ParameterError(
                "The name of the user has a colon or a control character.",
                hint="No HTTP authentication can carry such a name.",
            )

    def basic(self) -> str:
        """Return what Basic authentication sends."""
        return b64encode(f"{self.user}:{self.password}".encode()).decode()

    def appear_in(self, text: str) -> bool:
        """Tell whether a text gives the password away."""
        return self.password in text or self.basic().rstrip("=") in text


@dataclass
class Challenge:
    """What a server asks for, and the answers to it.

    Attributes:
        scheme: ``basic`` or ``digest``.
        parameters: What came with it.
    """

    scheme: str
    parameters: dict[str, str]
    _count: int = 0

    def answer(self, credentials: Credentials, method: str, target: str) -> str:
        """Return the value of ``Authorization`` for one more request.

        Args:
            credentials: Who asks.
            method: The method of the request.
            target: Its target, path and query.
        """
        if self.scheme == "basic":
            return f"Basic {credentials.basic()}"
        return self._digest(credentials, method, target)

    def is_new(self, known: Challenge) -> bool:
        """Tell whether it refuses a nonce, which servers may at any time, not the password."""
        return self.scheme == "digest" and (
            self.parameters.get("stale", "").lower() == "true"
            or self.parameters.get("nonce") != known.parameters.get("nonce")
        )

    def _digest(self, credentials: Credentials, method: str, target: str) -> str:
        self._count += 1
        given = self.parameters
        algorithm = given.get("algorithm", "MD5")
        hashed = _HASHES[_plain(algorithm)]
        nonce, realm = given.get("nonce", ""), given.get("realm", "")
        own, count = secrets.token_hex(16), f"{self._count:08x}"
        who = hashed(f"{credentials.user}:{realm}:{credentials.password}".encode())
        if algorithm.upper().endswith("-SESS"):
            who = hashed(f"{who}:{nonce}:{own}".encode())
        what = hashed(f"{method}:{target}".encode())
        fields = {
            "username": _quoted(credentials.user),
            "realm": _quoted(realm),
            "nonce": _quoted(nonce),
            "uri": _quoted(target),
            "algorithm": algorithm,
        }
        if "qop" in given:
            fields |= {"qop": "auth", "nc": count, "cnonce": _quoted(own)}
            proof = hashed(f"{who}:{nonce}:{count}:{own}:auth:{what}".encode())
        else:
            # RFC 2069, the first Digest.
            proof = hashed(f"{who}:{nonce}:{what}".encode())
        fields["response"] = _quoted(proof)
        if "opaque" in given:
            fields["opaque"] = _quoted(given["opaque"])
        return "Digest " + ", ".join(f"{name}={value}" for name, value in fields.items())


def choose(headers: Iterable[str]) -> Challenge | None:
    """Choose the best challenge of the ``WWW-Authenticate`` headers; None when none is known."""
    found = [challenge for header in headers for challenge in _challenges(header)]
    usable = [one for one in found if one.scheme == "basic" or _is_usable(one.parameters)]
    # SHA-256 before MD5, and that before Basic.
    return max(usable, key=_strength, default=None)


def unauthorised(
    shown: str, credentials: Credentials | None, headers: Iterable[str]
) -> EndpointError:
    """Say why a server answered with status 401.

    Args:
        shown: The address of the server, as it is shown.
        credentials: Who asked.
        headers: The ``WWW-Authenticate`` headers of the answer.
    """
    if credentials is None:
        return EndpointError(
            f"The endpoint {shown} answered with status 401: it wants a user and a password.",
            hint="Name the user by --user, and by --password-env the environment variable "
            "that holds the password.",
        )
    if choose(headers) is None:
        return EndpointError(
            f"The endpoint {shown} answered with status 401, and asks for neither Basic nor "
            "Digest authentication.",
            hint="Other kinds are not supported.",
        )
    return EndpointError(
        f"The endpoint {shown} answered with status 401: it refuses the user "
        f"“{credentials.user}” with this password.",
        hint="Check both; the password is what the variable of --password-env holds.",
    )


def _challenges(header: str) -> list[Challenge]:
    """Take a header apart that may hold several challenges."""
    masked = re.sub(
        r'"(?:[^"\\]|\\.)*"', lambda found: '"' + "_" * (len(found[0]) - 2) + '"', header
    )
    starts = list(_SCHEME.finditer(masked))
    ends = [*(start.start() for start in starts), len(header)][1:]
    return [
        Challenge(
            start[1].lower(),
            {
                name.lower(): re.sub(r"\\(.)", r"\1", quoted) or plain
                for name, quoted, plain in _PARAMETER.findall(header[start.end() : end])
            },
        )
        for start, end in zip(starts, ends, strict=True)
        if start[1].lower() in ("basic", "digest")
    ]


def _is_usable(parameters: dict[str, str]) -> bool:
    """Tell whether a Digest challenge is one that is understood here."""
    quality = [one.strip().lower() for one in parameters.get("qop", "auth").split(",")]
    known = _plain(parameters.get("algorithm", "MD5")) in _HASHES
    return known and "auth" in quality and "nonce" in parameters


def _strength(challenge: Challenge) -> int:
    if challenge.scheme == "basic":
        return 0
    return 2 if _plain(challenge.parameters.get("algorithm", "MD5")) == "SHA-256" else 1


def _plain(algorithm: str) -> str:
    return algorithm.upper().removesuffix("-SESS")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
