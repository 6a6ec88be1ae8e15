"""Addresses of endpoints: http or https, with a host."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit, urlunsplit

from ip5kg.errors import ParameterError
from ip5kg.names import is_iri

__all__ = ["read_address", "refuse_password", "shown_address", "web_address"]


def web_address(text: str) -> SplitResult | None:
    """Take an address of the web apart; None for what is none."""
    try:
        parts = urlsplit(text) if is_iri(text) else None
        # A port that is no number up to 65535 is refused when it is looked at, not before.
        usable = parts is not None and parts.port != 0
    except ValueError:
        return None
    if parts is None or not usable or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return parts


def read_address(endpoint: str) -> SplitResult:
    """Take the address of an endpoint apart.

    Raises:
        ParameterError: When it is none, such as one with half an IPv6 address.
    """
    parts = web_address(endpoint)
    if parts is None:
        raise ParameterError(
            f"“{_without_user(endpoint)}” is not the address of an endpoint.",
            hint="Write one that begins with http:// or https://.",
        )
    return parts


def refuse_password(endpoint: str) -> None:
    """Refuse an address with a user or a password, which others would see in it.

    Raises:
        ParameterError: When it has one.
    """
    if endpoint != _without_user(endpoint):
        raise ParameterError(
            "An address is no place for a user or a password.",
            hint="Name the user by --user, and by --password-env the environment variable that "
            "holds the password.",
        )


def shown_address(parts: SplitResult) -> str:
    """Return an address as messages show it: without user, password and query."""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _without_user(endpoint: str) -> str:
    """Leave out what stands where a user and a password would; addresses may be wrong in part."""
    scheme, slashes, rest = endpoint.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"
