"""Who asks a server: the user on the command line, the password in the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ip5kg.store.http import Credentials

__all__ = ["credential_options", "read_credentials"]


def credential_options() -> list[click.Option]:
    """Make ``--user`` and ``--password-env``."""
    return [
        click.Option(["--user"], metavar="NAME", help="Who asks the endpoint, by Digest or Basic."),
        click.Option(
            ["--password-env"],
            metavar="VARIABLE",
            help="The environment variable that holds the password.",
        ),
    ]


def read_credentials(user: str | None, variable: str | None) -> Credentials | None:
    """Read the password from where it is; it is on no command line, where others could see it.

    Args:
        user: What ``--user`` says.
        variable: What ``--password-env`` says.

    Raises:
        ParameterError: When the environment has no such password, or HTTP cannot carry it.
    """
    if user is None and variable is None:
        return None
    if not user or not variable:
        raise click.UsageError(
            "--user and --password-env belong together.", click.get_current_context(silent=True)
        )
    from ip5kg.errors import ParameterError
    from ip5kg.store.http import Credentials

    password = os.environ.get(variable)
    if not password:
        raise ParameterError(
            "--password-env names an environment variable that is not set, or empty.",
            hint="Give the name of the variable, not the password itself.",
        )
    try:
        password.encode()
    except UnicodeEncodeError:
        raise ParameterError("The password is not UTF-8.") from None
    return Credentials(user, password)
