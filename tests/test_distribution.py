"""What other repositories take from this one: the GitHub Action, the hooks, the GitLab snippet."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "ontology" / "shapes" / "README.md").read_text(encoding="utf-8")
SHAPES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "A thing has a name." ] .
"""
GOOD = "@prefix ex: <http://example.org/> .\nex:a a ex:Thing ; ex:name 'A' .\n"
BAD = "@prefix ex: <http://example.org/> .\n\nex:b a ex:Thing .\n"


@pytest.fixture
def repository(tmp_path):
    """Another repository, with two data files and shapes."""
    folder = tmp_path / "other repository"
    (folder / "data" / "deep").mkdir(parents=True)
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "data" / "good.ttl").write_text(GOOD, encoding="utf-8")
    (folder / "data" / "deep" / "bad.ttl").write_text(BAD, encoding="utf-8")
    return folder


@pytest.fixture
def runner(tmp_path):
    """A runner's temporary folder, where ip5kg is installed already."""
    folder = tmp_path / "runner"
    programs = folder / "ip5kg" / "bin"
    programs.mkdir(parents=True)
    program = programs / "ip5kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ip5kg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def run(step, repository, runner, **given):
    """Run a step of the action as GitHub does, with the inputs put into its environment."""
    inputs = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()}
    inputs |= given
    values = {"github.action_path": str(ROOT), "runner.temp": str(runner)}
    values |= {f"inputs.{name}": value for name, value in inputs.items()}

    def filled(text):
        return re.sub(r"\$\{\{ ([a-z._-]+) \}\}", lambda found: values[found[1]], text)

    assert "${{" not in step["run"], "an input in a script is read as a command"
    environment = {name: filled(text) for name, text in step.get("env", {}).items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


INSTALL, VALIDATE = ACTION["runs"]["steps"]
INPUTS = {"files": "data/**/*.ttl", "shapes": "shapes.ttl"}


def test_action_annotates_the_line_of_a_finding(repository, runner):
    done = run(VALIDATE, repository, runner, **INPUTS)
    assert done.returncode == 1, done.stderr
    assert "::error file=data/deep/bad.ttl,line=3,endLine=3,col=1," in done.stdout
    assert "good.ttl" not in done.stdout


def test_action_passes_where_nothing_is_wrong(repository, runner):
    done = run(VALIDATE, repository, runner, **INPUTS | {"files": "data/good.ttl"})
    assert done.returncode == 0, done.stderr


def test_action_writes_sarif_and_still_fails(repository, runner):
    done = run(VALIDATE, repository, runner, **INPUTS, sarif="out.sarif")
    assert done.returncode == 1
    document = json.loads((repository / "out.sarif").read_text(encoding="utf-8"))
    [result] = document["runs"][0]["results"]
    assert result["message"]["text"].startswith("A thing has a name.")


def test_action_takes_threshold_and_baseline(repository, runner):
    assert run(VALIDATE, repository, runner, **INPUTS, **{"fail-on": "never"}).returncode == 0
    known = [sys.executable, "-m", "ip5kg", "validate", "--shapes", "shapes.ttl"]
    known += ["--baseline", "known.json", "--update-baseline", "data/deep/bad.ttl"]
    subprocess.run(known, cwd=repository, check=True, capture_output=True)
    done = run(VALIDATE, repository, runner, **INPUTS, baseline="known.json")
    assert done.returncode == 0, done.stdout + done.stderr


def test_action_reads_no_input_as_a_command(repository, runner):
    done = run(
        VALIDATE, repository, runner, files="$(touch pwned) `touch pwned`", shapes="s;touch pwned"
    )
    assert done.returncode == 2
    assert not (repository / "pwned").exists()


@pytest.mark.parametrize("name", ["files", "shapes"])
def test_a_pattern_of_the_action_that_matches_nothing_is_wrong_use(repository, runner, name):
    """Else the graph or the shapes of this package would be taken."""
    done = run(VALIDATE, repository, runner, **INPUTS | {name: "nothing/*.ttl"})
    assert done.returncode == 2
    assert done.stdout == f"::error::No file matches the input {name}.\n"


@pytest.mark.slow
def test_action_installs_itself(repository, tmp_path):
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    done = run(INSTALL, repository, fresh, python=sys.executable)
    assert done.returncode == 0, done.stderr
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    version = subprocess.run(
        [fresh / "ip5kg" / "bin" / "ip5kg", "--version"],
        capture_output=True,
        check=True,
        env=env,
        cwd=repository,
    )
    assert version.stdout.startswith(b"ip5kg ")


def test_hooks_call_commands_that_exist():
    from ip5kg.cli.main import COMMANDS

    for hook in HOOKS:
        program, command = hook["entry"].split()[:2]
        assert program == "ip5kg"
        assert command in COMMANDS
        assert re.search(hook["files"], "data/x.ttl")


def test_hooks_work_in_another_repository(repository):
    """As pre-commit calls them: the entry, the args of the configuration, the files."""
    entries = {hook["id"]: hook["entry"].split() for hook in HOOKS}
    shapes = ["--shapes", "shapes.ttl"]
    files = ["data/good.ttl", "data/deep/bad.ttl"]
    # What is wrong is in the one, what is not in canonical form is the other.
    for hook, args, named in (
        ("ip5kg-validate", shapes, "data/deep/bad.ttl"),
        ("ip5kg-fmt", ["--check"], "data/good.ttl"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *entries[hook], *args, *files],
            cwd=repository,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        assert named in done.stdout


def test_gitlab_snippet_runs(repository, tmp_path):
    """The script of the snippet in the guide, but for its installation."""
    [text] = re.findall(r"```yaml\n# \.gitlab-ci\.yml\n(.*?)```", GUIDE, re.DOTALL)
    job = yaml.safe_load(text)["validate"]
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pip").write_text("#!/bin/sh\n", encoding="utf-8")
    (programs / "ip5kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ip5kg "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    done = subprocess.run(
        [shutil.which("bash"), "-ec", "\n".join(job["script"])],
        cwd=repository,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    report = job["artifacts"]["reports"]["junit"]
    assert "A thing has a name." in (repository / report).read_text(encoding="utf-8")
