"""The states that are compared: folders, files, and revisions of a checkout."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pyoxigraph import Triple

from ip5kg.changes.blank import with_stable_names
from ip5kg.errors import InputError, MissingDependency, ParameterError
from ip5kg.resources import graph_files, knowledge_root
from ip5kg.turtle.reader import read

__all__ = ["GIT", "State", "opened"]

GIT = "git:"
_FOLDERS = ("ontology", "data", "queries")


class State(NamedTuple):
    """A state of the graph.

    Attributes:
        name: What it is called.
        triples: All it says; blank nodes are named by what is said of them.
        root: Its folder; None when it is a file.
    """

    name: str
    triples: frozenset[Triple]
    root: Path | None


@contextmanager
def opened(given: Path | str | None, checkout: Path | None = None) -> Iterator[State]:
    """Read a state, and keep its folder until the block ends.

    Args:
        given: A root folder, a file in an RDF syntax, or ``git:REV``; None for the root itself.
        checkout: The root whose revisions ``git:REV`` names; by default the one that came with
            the package.

    Raises:
        ParameterError: When the name is empty, or there is no such revision.
        MissingDependency: When git is not installed.
        ResourceMissing: When a folder is no root.
        InputError: When a file cannot be read.
    """
    if given is None:
        yield _of_root(knowledge_root(checkout), "the graph")
    elif str(given) in ("", GIT):
        raise ParameterError(
            "The name of a state is empty.",
            hint="Name a root folder, an RDF file, or a revision as git:REV.",
        )
    elif isinstance(given, str) and given.startswith(GIT):
        with TemporaryDirectory() as folder:
            _unpack(given.removeprefix(GIT), knowledge_root(checkout), Path(folder))
            yield _of_root(knowledge_root(Path(folder)), given)
    elif Path(given).is_dir():
        yield _of_root(knowledge_root(Path(given)), str(given))
    else:
        yield State(str(given), with_stable_names(read(Path(given))), None)


def _of_root(root: Path, name: str) -> State:
    triples = [triple for path in graph_files(root) for triple in read(path)]
    return State(name, with_stable_names(triples), root)


def _unpack(revision: str, checkout: Path, folder: Path) -> None:
    """Write the folders of a revision, which must be of the checkout itself."""
    # What is verified is the name of an object, which git cannot take for an option.
    found = _git(
        checkout, revision, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"
    )
    commit = found.decode().strip()
    archive = _git(checkout, revision, "archive", "--format=tar", commit, *_FOLDERS)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise InputError(f"The revision {revision} cannot be unpacked: {error}.") from None


def _git(checkout: Path, revision: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no text of the user is an option
            ["git", "-C", str(checkout), *arguments],  # noqa: S607 - the git of the user
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise MissingDependency(
            "git is not installed, so no revision can be read.",
            hint="Name a folder or a file instead.",
        ) from None
    except ValueError as error:
        raise ParameterError(f"The revision {revision!r} cannot be read: {error}.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1].removeprefix("fatal: ").rstrip(".") if said else "git says nothing"
        raise ParameterError(
            f"The revision {revision} cannot be read from {checkout}: {reason}.",
            hint="The root must be a checkout that has the revision, such as git:HEAD~1.",
        )
    return done.stdout
