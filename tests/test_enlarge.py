"""The enlarged graph is the record many times over, and conforms as the record does."""

import hashlib
import os
import resource
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ip5kg.resources import graph_files
from ip5kg.turtle.formatter import canonical_text
from ip5kg.turtle.reader import read
from ip5kg.validation import validate

COPIES = 2


def run(root, *arguments, seed="0"):
    return subprocess.run(
        [sys.executable, "scripts/enlarge.py", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def script(root):
    return runpy.run_path(str(root / "scripts" / "enlarge.py"))


@pytest.fixture(scope="module")
def enlarged(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("enlarged") / "root"
    done = run(root, "--copies", COPIES, "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_same_bytes_whatever_the_hash_seed(root, enlarged, tmp_path):
    done = run(root, "--copies", COPIES, "-o", tmp_path / "again", seed="12345")
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "again") == digests(enlarged)


def test_copies_are_canonical_turtle_of_distinct_triples(script, root, enlarged):
    plan = script["plan"](root)
    paths = sorted((enlarged / "data" / "copies").iterdir())
    assert [path.name for path in paths] == ["copy-1.ttl", "copy-2.ttl"]
    for path in paths:
        assert canonical_text(path) == path.read_text(encoding="utf-8")
    everything = {str(triple) for path in graph_files(enlarged) for triple in read(path)}
    assert len(everything) == plan.triples + COPIES * plan.triples_a_copy
    # Most of the record is repeated, not only a corner of it.
    assert plan.triples_a_copy > 0.8 * plan.triples


def test_a_copy_is_the_record_renamed(enlarged):
    """Undo the renaming: what remains is in the record, word for word."""
    record = {
        str(triple)
        for path in graph_files(enlarged)
        if path.parent.name != "copies"
        for triple in read(path)
    }
    [_, second] = sorted((enlarged / "data" / "copies").iterdir())
    text = second.read_text(encoding="utf-8")
    assert "-copy-1" not in text
    undone = enlarged.parent / "undone.ttl"
    for mark in ("#record-copy-2", "-copy-2", " (copy 2)"):
        text = text.replace(mark, "")
    undone.write_text(text, encoding="utf-8")
    assert {str(triple) for triple in read(undone)} <= record


def test_no_name_of_the_record_is_described_again(script, root, enlarged):
    names = script["plan"](root).names
    for path in (enlarged / "data" / "copies").iterdir():
        for triple in read(path):
            assert triple.subject.value not in names
            assert getattr(triple.object, "value", None) not in names


@pytest.mark.slow
def test_conforms_like_the_record(script, root, enlarged):
    own = script["plan"](root).names
    before, after = validate(root), validate(enlarged)
    expected = Counter()
    for finding in before.findings:
        expected[finding.rule] += COPIES + 1 if finding.focus.value in own else 1
    assert Counter(finding.rule for finding in after.findings) == expected
    assert len({before.count("violation"), after.count("violation"), 0}) == 1
    # The record has findings of both kinds, or this would prove little.
    assert expected.total() > len(before.findings)
    assert any(finding.focus.value not in own for finding in before.findings)


def test_a_million_triples_within_time_and_memory(script, root, tmp_path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(root, "--triples", 1_000_000, "-o", tmp_path / "million")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    plan = script["plan"](root)
    copies = len(list((tmp_path / "million" / "data" / "copies").iterdir()))
    total = plan.triples + copies * plan.triples_a_copy
    assert abs(total - 1_000_000) <= plan.triples_a_copy / 2
    assert f"{total:,} triples" in done.stdout
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 60
    assert after.ru_maxrss < 1_000_000


@pytest.mark.parametrize("triples", [0, 1, 40_000])
def test_what_is_smaller_than_the_record_is_the_record(script, root, triples):
    assert script["plan"](root).copies(triples) == 0


def test_refuses_what_would_go_wrong(root, enlarged, tmp_path):
    twice = run(root, "--copies", 1, "-o", tmp_path / "twice", "--root", enlarged)
    assert twice.returncode == 1
    assert "enlarged already" in twice.stderr
    assert not (tmp_path / "twice").exists()

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("keep me", encoding="utf-8")
    full = run(root, "--copies", 1, "-o", tmp_path / "mine")
    assert full.returncode == 1
    assert "not empty" in full.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["note.txt"]

    for wrong in (["--copies", "-1"], ["--triples", "-5"], []):
        assert run(root, *wrong, "-o", tmp_path / "wrong").returncode == 2
    assert not Path(tmp_path / "wrong").exists()
