"""The documentation describes everything, and its generated parts are what the program prints."""

import re
import shutil
import subprocess
import sys
from textwrap import dedent

import pytest

import ip5kg
from ip5kg.cli.main import COMMANDS
from ip5kg.names import local_name
from ip5kg.turtle.formatter import canonical_text

GENERATED = ("README.md", "queries/README.md", "ontology/README.md")
DOCUMENTS = (*GENERATED, "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md")
README_LINES = 200


def read(root, name):
    return (root / name).read_text(encoding="utf-8")


def test_generated_parts_are_current(root):
    done = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_readme_is_short(root):
    assert len(read(root, "README.md").splitlines()) < README_LINES


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_command_is_documented(root, command):
    assert f"ip5kg {command}" in read(root, "README.md")


def test_every_query_is_documented(root, kg):
    text = read(root, "queries/README.md")
    for query in kg.queries.all():
        assert re.search(rf"`{query.name}[ `]", text), query.name
        assert query.summary in text


def test_every_term_is_documented(root, kg):
    text = read(root, "ontology/README.md")
    for row in kg.sparql(
        "SELECT DISTINCT ?term WHERE { ?term a ?kind ; "
        "<http://www.w3.org/2000/01/rdf-schema#isDefinedBy> ?ontology }"
    ):
        assert f"`ip5:{local_name(row.term)}`" in text, row.term


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_inside_the_project_lead_somewhere(root, document):
    path = root / document
    for target in re.findall(r"\]\(([^)#:]+)\)", read(root, document)):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_that_are_named_exist(root, document):
    targets = set(re.findall(r"^([a-z-]+):", read(root, "Makefile"), re.MULTILINE))
    for target in re.findall(r"`(?:\$ )?make ([a-z-]+)", read(root, document)):
        assert target in targets, target


def commands_in(text):
    """The calls of ip5kg in the console blocks of a document."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            call = line.removeprefix("$ ").partition(" #")[0].strip()
            if line.startswith("$ ip5kg "):
                yield call


def test_calls_in_the_readme_work(root, tmp_path):
    calls = list(commands_in(read(root, "README.md")))
    assert calls
    # What a reader would have at hand.
    shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<urn:s> a sh:NodeShape .\n"
    (tmp_path / "data").mkdir()
    for name in ("shapes.ttl", "data.ttl", "data/own.ttl"):
        (tmp_path / name).write_text(shapes, encoding="utf-8")
    for call in calls:
        shell = call.replace("ip5kg", f"{sys.executable} -m ip5kg", 1).replace(" DIR", " out")
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", shell],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        # What has changed since a revision depends on what was changed.
        fine = (0, 1) if call.startswith("ip5kg diff ") else (0,)
        assert done.returncode in fine, f"{call}: {done.stderr}"


def test_python_in_the_readme_works(root, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", read(root, "README.md"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_changelog_has_the_version(root):
    from ip5kg.resources import version

    assert f"## [{version(root)}]" in read(root, "CHANGELOG.md")


def test_the_example_of_a_new_meeting_is_one_valid_file(root, tmp_path):
    """Laid into the data as one new file it is canonical, and validation has nothing to add."""
    text = read(root, "CONTRIBUTING.md")
    [block] = re.findall(r"```turtle\n(.*?)```", text, re.DOTALL)
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(root / folder, tmp_path / folder)
    added = tmp_path / "data" / "meetings" / "2099.ttl"
    added.write_text(dedent(f"   {block}").strip() + "\n", encoding="utf-8")
    assert canonical_text(added) == added.read_text(encoding="utf-8")
    findings = ip5kg.open(tmp_path).validate([added]).findings
    assert [(f.rule, str(f.focus)) for f in findings] == []
    assert ip5kg.open(tmp_path).query("meeting-attendees", meeting="heads-2021")
    meetings = ip5kg.open(tmp_path).query("meetings", series="deputy-heads")
    assert "meeting:deputy-heads-2099" in {row.meeting.short for row in meetings}
