"""HTTP to servers of others: authentication, time limits and retries, each bounded."""

from __future__ import annotations

from ip5kg.store.http.client import DEFAULT_RETRIES, Client, Reply
from ip5kg.store.http.credentials import Credentials

__all__ = ["DEFAULT_RETRIES", "Client", "Credentials", "Reply"]
