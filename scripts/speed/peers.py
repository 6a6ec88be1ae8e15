"""Other programs that answer a stored query from the same files, as whole processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, RdfFormat, Store

from speed.jena import arq_command

COMUNICA = "@comunica/query-sparql-file@4.4.1"  # 5 wants a later Node than 20
RDFLIB = """
import sys
import rdflib
graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path, format="turtle")
for row in graph.query(open(sys.argv[1], encoding="utf-8").read()):
    print(*row, sep=",")
"""
OURS, OURS_AGAIN, RDFLIB_NAME, OXIGRAPH, OXIGRAPH_COLD = (
    "ip5kg query",
    "ip5kg query, again",
    "rdflib",
    "oxigraph query",
    "oxigraph load + query",
)


class Inputs(NamedTuple):
    """What all programs are given.

    Attributes:
        files: The Turtle files.
        folder: A folder for stores and queries, which is deleted afterwards.
        installed: Where ``--install`` puts programs.
    """

    files: tuple[Path, ...]
    folder: Path
    installed: Path

    @property
    def store(self) -> Path:
        """The store of Oxigraph that is loaded beforehand."""
        return self.folder / "loaded"

    @property
    def merged(self) -> Path:
        """One file with all triples, for Comunica, which would federate over many."""
        return self.folder / "merged.nt"

    def merge(self) -> None:
        """Write the file with all triples."""
        store = Store()
        for path in self.files:
            store.load(path=path)
        store.dump(self.merged, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())


class Peer(NamedTuple):
    """A program, and what to run for one query.

    Attributes:
        name: Its name.
        commands: The commands, one after another; the last one answers.
        scratch: A folder to delete before each run.
        missing: Why it cannot be run; empty when it can.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    scratch: Path | None = None
    missing: str = ""


def peers(inputs: Inputs, query: Path) -> list[Peer]:
    """Set up all programs for the text of one query."""
    paths = tuple(map(str, inputs.files))
    oxigraph = _beside_python("oxigraph")
    none = "" if oxigraph else "not installed; it comes with the development tools"
    fresh = inputs.folder / "fresh"
    asked = ("--query-file", str(query), "--results-format", "csv")
    comunica = inputs.installed / "comunica" / "node_modules" / ".bin" / "comunica-sparql-file"
    node = "" if shutil.which("node") else "there is no Node"
    arq, no_arq = arq_command(inputs.installed)
    return [
        Peer(RDFLIB_NAME, ((sys.executable, "-c", RDFLIB, str(query), *paths),)),
        Peer(OXIGRAPH, (_ask(oxigraph, inputs.store, asked),), None, none),
        Peer(
            OXIGRAPH_COLD,
            (load_command(oxigraph, fresh, inputs.files), _ask(oxigraph, fresh, asked)),
            fresh,
            none,
        ),
        Peer(
            "Comunica",
            ((str(comunica), str(inputs.merged), "-f", str(query), "-t", "text/csv"),),
            None,
            node or ("" if comunica.exists() else "not installed; --install does it"),
        ),
        Peer(
            "Jena ARQ",
            (
                (
                    *arq,
                    *(f"--data={path}" for path in paths),
                    "--query",
                    str(query),
                    "--results=csv",
                ),
            ),
            None,
            no_arq,
        ),
    ]


def load_command(oxigraph: str, store: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """Return the command that loads all files into a store on disk."""
    return (oxigraph, "load", "--location", str(store), "--file", *map(str, files))


def install(folder: Path) -> str:
    """Install Comunica into a folder of its own; return why that failed, or nothing."""
    home = folder / "comunica"
    home.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    try:
        done = subprocess.run(
            [*command, "--prefix", str(home), COMUNICA],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        return f"Comunica cannot be installed: {command[0]}: {error.strerror}"
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:]
        return f"Comunica cannot be installed: {''.join(said)}"
    return ""


def _ask(oxigraph: str, store: Path, asked: tuple[str, ...]) -> tuple[str, ...]:
    return (oxigraph, "query", "--location", str(store), *asked)


def _beside_python(name: str) -> str:
    """Find a program of this environment, or else one on the path."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name) or ""
