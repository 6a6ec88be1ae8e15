"""One thing with everything the graph knows about it, and where it knows it from."""

from __future__ import annotations

from ip5kg.describe.records import Citation, Description, Fact, Incoming, Mention
from ip5kg.describe.thing import describe

__all__ = ["Citation", "Description", "Fact", "Incoming", "Mention", "describe"]
