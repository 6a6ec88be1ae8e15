"""What became of the solutions of a query, for people."""

from __future__ import annotations

from ip5kg.explain import MOST, Explanation, Step
from ip5kg.render.text import align, one_line

__all__ = ["explanation_text", "hints"]

_MARK = "→"


def explanation_text(explanation: Explanation) -> str:
    """Write the steps of a query, mark those that leave no solution, and say why.

    A step after one that leaves none has no number.
    """
    several = len({step.line for step in explanation.steps}) > 1
    cells = [
        (
            _MARK if step.solutions == 0 else "",
            _number(step.solutions),
            f"{'  ' * step.depth}{one_line(step.text)}",
            f"line {step.line}" if several else "",
        )
        for step in explanation.steps
    ]
    lines = align([("", "solutions", "with", ""), *cells], right={1}) if cells else []
    said = [*explanation.reasons]
    if not explanation.complete:
        said.append("More could not be found out in time.")
    elif explanation.empty_at is None and not said:
        said.append("Every step leaves solutions." if cells else "The query has no pattern.")
    if said:
        lines += [""] * bool(lines) + [one_line(sentence) for sentence in said]
    return "".join(f"{line}\n" for line in lines)


def hints(explanation: Explanation | None) -> list[str]:
    """Say in sentences where a query with an empty answer loses its last solution, and why."""
    if explanation is None:
        return []
    step = explanation.empty_at
    where = [] if step is None else [f"Nothing is left at {_place(step)}."]
    return [one_line(sentence) for sentence in (*where, *explanation.reasons)]


def _place(step: Step) -> str:
    return f"“{step.text}”" + (f", line {step.line}" if step.line > 1 else "")


def _number(solutions: int | None) -> str:
    if solutions is None:
        return ""
    return f"over {MOST:,}" if solutions > MOST else f"{solutions:,}"
