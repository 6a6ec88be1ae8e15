"""The exit statuses of the command line."""

from __future__ import annotations

__all__ = ["FINDINGS", "FINE", "INTERNAL", "INTERRUPTED", "MISUSE", "PIPE_CLOSED"]

FINE = 0
FINDINGS = 1
"""Validation found what it was told to fail on, or a store holds something else."""
MISUSE = 2
"""Wrong use, or broken input."""
INTERNAL = 3
"""A fault of ours, or an engine that broke off."""
INTERRUPTED = 130
"""Ctrl-C, as shells count it."""
PIPE_CLOSED = 141
"""The reader of the output went away, as shells count it."""
