"""Why an answer is empty: where a query loses its last solution, and what is the reason."""

from __future__ import annotations

from ip5kg.explain.explanation import MOST, Explanation, Step, explain

__all__ = ["MOST", "Explanation", "Step", "explain"]
