"""The hash of a graph by its canonical form (W3C RDFC-1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

__all__ = ["canonical_sha256"]


def canonical_sha256(triples: Iterable[Triple]) -> str:
    """Hash a graph: SHA-256 of its canonical N-Quads, in hexadecimal.

    It changes with what is said, not with the order of triples or the labels of blank nodes.
    """
    dataset = Dataset(Quad(*triple) for triple in triples)
    # Without blank nodes, the canonical form is the sorted lines.
    if any(isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode) for q in dataset):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad.triple} .\n".encode() for quad in dataset)
    return sha256(b"".join(lines)).hexdigest()
