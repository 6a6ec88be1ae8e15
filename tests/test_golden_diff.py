"""``make golden-diff``: which answers a change of the data alters."""

from collections import Counter
from pathlib import Path

import golden_diff
from ip5kg.querybook import QueryBook

ROOT = Path(__file__).parents[1]


def test_the_calls_are_those_with_golden_answers():
    calls = {call for query in QueryBook(ROOT).all() for call, _ in golden_diff.calls(query)}
    assert calls == golden_diff.golden().keys()


def test_unchanged_data_change_no_answer():
    assert golden_diff.answers(ROOT) == golden_diff.golden()


def test_a_difference_is_told_row_by_row():
    old = Counter({("a", "1"): 1, ("b", "2"): 2})
    new = Counter({("a", "1"): 1, ("b", "2"): 1, ("c", "3"): 1, ("d", "4"): 1})
    assert list(golden_diff.told("q", old, new, 1)) == [
        "q: 2 new, 1 gone, of 4",
        "  - b | 2",
        "  + c | 3",
        "  + … and 1 more",
    ]
