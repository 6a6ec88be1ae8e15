"""``make golden-diff``: which answers a change of the data alters."""

import shutil
from collections import Counter
from pathlib import Path

import golden_diff
from ip5kg.changes import AnswerChange
from ip5kg.changes.answers import calls, differences
from ip5kg.querybook import QueryBook
from ip5kg.render.changes import answer_lines

ROOT = Path(__file__).parents[1]


def test_the_calls_are_those_with_golden_answers():
    compared = {call for query in QueryBook(ROOT).all() for call, _ in calls(query)}
    assert compared == golden_diff.golden().keys()


def test_a_change_of_the_data_changes_the_answers_about_it(tmp_path):
    for name in ("ontology", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    path = tmp_path / "data" / "meetings" / "2021.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("role:chair ", "role:observer "), encoding="utf-8")
    before, after = golden_diff.answers(ROOT), golden_diff.answers(tmp_path)
    changed = {call for call in before if before[call] != after[call]}
    assert {"meeting-chair", "meeting-attendees", "observers"} <= changed
    assert changed.isdisjoint({"filings", "epc-states", "office-names", "tenures"})


def test_a_difference_is_told_row_by_row():
    old = Counter({("a", "1"): 1, ("b", "2"): 2})
    new = Counter({("a", "1"): 1, ("b", "2"): 1, ("c", "3"): 1, ("d", "4"): 1})
    [change] = differences({"q": old}, {"q": new})
    assert change == AnswerChange("q", new - old, old - new, 4)
    assert list(answer_lines(change, 1)) == [
        "q: 2 new, 1 gone, of 4",
        "  - b | 2",
        "  + c | 3",
        "  + … and 1 more",
    ]
