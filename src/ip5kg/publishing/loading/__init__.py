"""Publishing the graph to a store of somebody else's."""

from __future__ import annotations

from ip5kg.publishing.loading.content import Content, Difference
from ip5kg.publishing.loading.graph_store import GraphStore
from ip5kg.publishing.loading.load import Fate, Loaded, hash_of_all, load
from ip5kg.publishing.loading.target import Target
from ip5kg.publishing.loading.update import UpdateEndpoint, default_query_endpoint, staging_graph

__all__ = [
    "Content",
    "Difference",
    "Fate",
    "GraphStore",
    "Loaded",
    "Target",
    "UpdateEndpoint",
    "default_query_endpoint",
    "hash_of_all",
    "load",
    "staging_graph",
]
