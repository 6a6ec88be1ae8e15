"""The graph, embedded or remote, behind one interface.

``GraphStore`` is what the rest of the package knows. ``EmbeddedStore`` keeps one named graph for
each source file in memory; ``RemoteStore`` speaks the SPARQL 1.1 Protocol.
"""

from __future__ import annotations

from ip5kg.store.embedded import EmbeddedStore
from ip5kg.store.solutions import GraphStore, Solutions, counted

__all__ = ["EmbeddedStore", "GraphStore", "Solutions", "counted"]
