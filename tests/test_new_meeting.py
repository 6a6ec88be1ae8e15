"""A contributor's new meeting is one new file: nothing else has to change for the checks to pass.

The real checks run on a copy of the project with the file in it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ip5kg
from ip5kg.turtle.formatter import canonical_text

ADDED = Path(__file__).parent / "fixtures" / "heads-2099.ttl"
PARTS = ("data", "ontology", "queries", "scripts", "src", "tests")
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml")
ELSEWHERE = "hostile or rdflib or hash_seed or two_graphs or both_engines"
"""Tests that do not hang on what the new file says, and take long."""

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(root, tmp_path):
    """The project with the file of a new heads meeting in it."""
    for part in PARTS:
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for document in DOCUMENTS:
        shutil.copy(root / document, tmp_path)
    shutil.copy(ADDED, tmp_path / "data" / "meetings" / "2099.ttl")
    return tmp_path


def run(folder, *arguments):
    """Run Python in the copy, with the package of the copy."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def run_tests(folder, *names, but=ELSEWHERE):
    options = ("-q", "-x", "-p", "no:cacheprovider", "-k", f"not ({but})")
    return run(folder, "-m", "pytest", *options, *(f"tests/test_{name}.py" for name in names))


def test_checks_pass_with_a_new_meeting(copy):
    """Canonical form, validation, documentation, golden answers, counts, audit, days."""
    added = copy / "data" / "meetings" / "2099.ttl"
    assert canonical_text(added) == added.read_text(encoding="utf-8")
    done = run(copy, "-m", "ip5kg", "validate", "--fail-on", "warning", str(added))
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(copy, "scripts/docs.py", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not counted yet: 1." in done.stdout
    done = run_tests(copy, "queries", "counts", "audit", "as_of")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_the_new_meeting_is_answered(copy):
    kg = ip5kg.open(copy)
    chair = kg.query("meeting-chair", meeting="heads-2099")
    assert [row.person.short for row in chair] == ["person:campinos-antonio"]
    assert len(kg.query("associations-at-meeting", meeting="industry-2099")) == 6
    assert [row.year for row in kg.query("next-meeting", meeting="heads-2099")] == [2100]
    assert kg.query("host-rotation", as_of="2099-06-10")[-1].ordinal == 19
    launched = kg.query("initiatives-launched", meeting="heads-2099")
    assert [row.source.short for row in launched] == ["source:heads-2099-report"]


def test_a_changed_fact_is_still_noticed(copy):
    """The golden answers go on watching the recorded files."""
    path = copy / "data" / "meetings" / "2021.ttl"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("Deputy Director General of WIPO", "Director General of WIPO")
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    done = run(
        copy,
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_queries.py"),
        *("-k", "golden and meeting-attendees"),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "look at the difference" in done.stdout


def test_recording_takes_the_new_file_in(copy):
    """The golden answers then hold the new meeting, and the counts in the README too."""
    done = run(
        copy,
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_queries.py"),
        *("--update-golden", "-k", "golden"),
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    golden = copy / "tests" / "golden"
    assert "data/meetings/2099.ttl" in (golden / "files.txt").read_text(encoding="utf-8")
    assert "meeting:heads-2099,19," in (golden / "queries" / "meetings.csv").read_text("utf-8")
    done = run(copy, "scripts/docs.py", "--check")
    assert done.returncode == 1
    assert "README.md is out of date" in done.stdout


def test_a_recorded_file_that_is_gone_is_named(copy):
    (copy / "data" / "meetings" / "2009.ttl").unlink()
    done = run(
        copy,
        *("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/test_queries.py"),
        *("-k", "golden and contents"),
    )
    assert done.returncode == 1
    assert "data/meetings/2009.ttl" in done.stdout
