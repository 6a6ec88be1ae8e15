"""The addresses under which a bundle or a site will lie."""

from __future__ import annotations

from ip5kg.errors import ParameterError
from ip5kg.store.address import web_address

__all__ = ["checked_address", "checked_folder"]

_SHOWN = 80


def checked_address(url: str, parameter: str) -> str:
    """Refuse what is no address of the web, has a query or a fragment, or a password.

    Args:
        url: What the user wrote.
        parameter: What errors call it.

    Raises:
        ParameterError: With an example.
    """
    parts = web_address(url)
    if parts is None or parts.query or parts.fragment or parts.username or parts.password:
        shown = f"{url[:_SHOWN]}…" if len(url) > _SHOWN else url
        raise ParameterError(
            f"The parameter {parameter} is “{shown}”, which is no address of the web.",
            hint="Write one such as https://example.org/ip5kg/, without “?” and “#”.",
            parameter=parameter,
        )
    return url


def checked_folder(url: str, parameter: str = "base_url") -> str:
    """Return an address that others are made of, with a slash at its end.

    Raises:
        ParameterError: As ``checked_address`` does.
    """
    address = checked_address(url, parameter)
    return address if address.endswith("/") else f"{address}/"
