"""An answer that is remembered is the one that would be given, and is there in a blink.

These tests run the program itself, in a copy whose files can be changed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = ("query", "meeting-chair", "--meeting", "heads-2021", "--format", "csv")
HEAVY = {"click", "pathlib", "pyoxigraph", "re", "typing"}
WRONG = b"a,b\nremembered,\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A checkout of its own."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture
def caches(tmp_path):
    return tmp_path / "caches"


@pytest.fixture
def run(copy, caches):
    """Run the program of the copy; return its status, what it wrote and what it said."""

    def call(*arguments, python=("-m", "ip5kg"), stdout=subprocess.PIPE, columns=""):
        own = {"PYTHONPATH": str(copy / "src"), "XDG_CACHE_HOME": str(caches), "COLUMNS": columns}
        done = subprocess.run(
            [sys.executable, *python, *arguments],
            env={**os.environ, **own},
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr.decode()

    return call


def entries(caches):
    return sorted((caches / "ip5kg" / "answers").glob("*"))


def poison(entry):
    """Let an entry hold what no question answers."""
    from hashlib import sha256

    digest = sha256(WRONG).hexdigest().encode()
    entry.write_bytes(entry.read_bytes().split(b"\n")[0] + b"\n" + digest + b"\n" + WRONG)


def test_an_answer_is_given_again_from_memory(run, caches):
    first = run(*ASKED)
    assert first[0] == 0
    assert b"kasutani-toshihide" in first[1]
    [entry] = entries(caches)
    assert run(*ASKED) == first
    poison(entry)
    assert run(*ASKED) == (0, WRONG, "")
    assert len(entries(caches)) == 1


def test_nothing_heavy_is_imported_for_it(run):
    run(*ASKED)
    _, _, said = run(*ASKED, python=("-X", "importtime", "-m", "ip5kg"))
    imported = {line.rpartition("|")[2].strip() for line in said.splitlines()}
    assert "ip5kg.cache" in imported
    # What runs a module, and the start of an environment, import some of their own.
    _, _, bare = run(python=("-X", "importtime", "-c", "import runpy"))
    before = {line.rpartition("|")[2].strip() for line in bare.splitlines()}
    assert not (HEAVY - before) & imported


@pytest.mark.parametrize(
    "path",
    [
        "data/meetings/2021.ttl",
        "queries/meetings/meeting-chair.rq",
        "src/ip5kg/render/tables.py",
        "ontology/ip5.ttl",
    ],
)
def test_a_change_of_any_file_makes_it_forgotten(run, copy, caches, path):
    right = run(*ASKED)
    [entry] = entries(caches)
    poison(entry)
    file = copy / path
    before = file.stat()
    text = file.read_bytes()
    try:
        file.write_bytes(text + b"\n# Changed.\n")
        assert run(*ASKED) == right
        assert len(entries(caches)) == 2
    finally:
        file.write_bytes(text)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(*ASKED)[1] == WRONG


def test_a_new_file_makes_it_forgotten(run, copy, caches):
    run(*ASKED)
    poison(entries(caches)[0])
    more = copy / "data" / "more.ttl"
    more.write_text(
        '<https://w3id.org/ip5kg/id/x/y> <http://www.w3.org/2000/01/rdf-schema#label> "y"@en .\n'
    )
    try:
        assert run(*ASKED)[1] != WRONG
    finally:
        more.unlink()


@pytest.mark.parametrize(
    "other",
    [
        (*ASKED[:-1], "json"),
        (*ASKED[:3], "heads-2019", *ASKED[4:]),
        (*ASKED, "--with-sources"),
        (*ASKED, "--iris"),
    ],
)
def test_another_call_has_another_answer(run, caches, other):
    run(*ASKED)
    poison(entries(caches)[0])
    status, output, _ = run(*other)
    assert status == 0
    assert output != WRONG
    assert len(entries(caches)) == 2


def test_what_hangs_on_more_than_the_bundled_graph_is_not_remembered(run, copy, caches, tmp_path):
    assert run(*ASKED, "--root", str(copy))[0] == 0
    assert run("query", "--root", str(copy), *ASKED[1:])[0] == 0
    assert run(*ASKED, "-o", str(tmp_path / "answer.csv"))[0] == 0
    assert run("query", "meeting-chair", "--help")[0] == 0
    assert run("query", "meeting-chair", "--choices", "meeting")[0] == 0
    assert run(*ASKED, "--permalink")[0] == 0
    assert run(*ASKED[:-1], "parquet")[0] == 0
    assert run("query", "meeting-chair", "--meeting", "nowhere")[0] == 2
    assert run(*ASKED, "--endpoint", "http://127.0.0.1:9/")[0] == 2
    assert run("query", "no-such-question")[0] == 2
    assert entries(caches) == []


def test_an_empty_answer_is_explained_each_time(run, caches):
    asked = ("query", "meeting-chair", "--meeting", "working-group-2-2015")
    first = run(*asked)
    assert "The answer is empty." in first[2]
    assert entries(caches) == []
    assert run(*asked) == first


def test_the_old_answers_make_room(run, caches):
    folder = caches / "ip5kg" / "answers"
    folder.mkdir(parents=True)
    for number in range(80):
        (folder / f"old-{number}").write_bytes(b"")
        os.utime(folder / f"old-{number}", (number, number))
    run(*ASKED)
    assert len(entries(caches)) == 64
    assert not (folder / "old-16").exists()
    assert (folder / "old-17").exists()


def test_memory_that_cannot_be_used_does_no_harm(run, caches):
    right = run(*ASKED)
    [entry] = entries(caches)
    for damaged in (b"", entry.read_bytes()[:-3], b"\xff\xfe" * 40):
        entry.write_bytes(damaged)
        assert run(*ASKED) == right
    shutil.rmtree(caches)
    caches.write_text("a file")
    assert run(*ASKED) == right


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_remembered_answer_that_finds_the_disk_full_ends_as_any_other(run):
    run(*ASKED)
    with Path("/dev/full").open("wb") as full:
        status, _, said = run(*ASKED, stdout=full)
    assert status == 2
    assert said.startswith("error: Standard output cannot be written: the disk is full.")


def test_a_remembered_answer_that_nobody_reads_ends_as_any_other(run):
    run(*ASKED)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        status, _, said = run(*ASKED, stdout=writing)
    finally:
        os.close(writing)
    assert (status, said) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are those of POSIX")
def test_terminals_of_other_widths_have_answers_of_their_own(run, caches):
    import pty

    ask = ("query", "meeting-chair", "--meeting", "heads-2021")
    wide = []
    for columns in ("60", "200", "60"):
        leader, terminal = pty.openpty()
        with os.fdopen(leader, "rb") as output:
            status, _, _ = run(*ask, stdout=terminal, columns=columns)
            os.close(terminal)
            wide.append(drained(output))
        assert status == 0
    assert wide[0] == wide[2] != wide[1]
    assert len(entries(caches)) == 2


def drained(output):
    """Read what a terminal was sent; its end is an error of Linux."""
    data = b""
    try:
        while more := output.read1(65536):
            data += more
    except OSError:
        pass
    return data
