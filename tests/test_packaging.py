"""The wheel holds the knowledge, and works in an empty folder."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ("ontology", "data", "queries", "LICENSE-DATA", "CHANGELOG.md")


def run(*command, cwd=None):
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """A virtual environment with the wheel alone; its libraries are those of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False, system_site_packages=False)
    python = folder / "venv" / "bin" / "python"
    target = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    site = Path(target.stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    # Only the installed copy may be found, so the editable one is left out by name.
    (site / "libraries.py").write_text(
        f"import sys\nsys.path.extend({libraries!r})\n"
        "sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f).lower()]\n",
        encoding="utf-8",
    )
    (site / "libraries.pth").write_text("import libraries\n", encoding="utf-8")
    empty = folder / "empty"
    empty.mkdir()
    return python, empty


def tracked():
    done = run("git", "-C", ROOT, "ls-files", "--", *KNOWLEDGE)
    if done.returncode:
        pytest.skip("the project is not a git checkout, so there is no list to compare with")
    return set(done.stdout.split())


def test_wheel_holds_the_tracked_knowledge_and_nothing_else(wheel):
    files = tracked()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    packed = {
        name.removeprefix("ip5kg/knowledge/")
        for name in names
        if name.startswith("ip5kg/knowledge/")
    }
    assert packed == files


def test_wheel_says_that_it_is_typed_and_brings_both_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"ip5kg/py.typed", "ip5kg/questions.pyi"} <= set(names)
    assert {Path(name).name for name in names if "/licenses/" in name} == {
        "LICENSE",
        "LICENSE-DATA",
    }


def test_query_works_from_the_wheel_in_an_empty_folder(installed):
    python, empty = installed
    done = run(
        python, "-m", "ip5kg", "query", "meeting-chair", "--meeting", "heads-2021", cwd=empty
    )
    assert done.returncode == 0, done.stderr
    assert "Kasutani Toshihide" in done.stdout


def test_validation_works_from_the_wheel_in_an_empty_folder(installed):
    python, empty = installed
    where = run(python, "-c", "import ip5kg; print(ip5kg.__file__)", cwd=empty)
    assert str(ROOT) not in where.stdout
    done = run(python, "-m", "ip5kg", "validate", cwd=empty)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_of_the_package_is_that_of_the_ontology(wheel):
    from ip5kg.resources import version

    assert wheel.name.split("-")[1] == version(ROOT)
