"""Fixtures that all tests share, and the option that rewrites golden files."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import ip5kg
from ip5kg import KnowledgeGraph


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden answers of stored queries and print what changed",
    )


def pytest_configure() -> None:
    """Hear signals: in the background of a shell, or under nohup, all processes ignore some.

    Tests send them to programs that they start, which inherit that.
    """
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test find what another, or the user, has had remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def kg(root: Path) -> KnowledgeGraph:
    """The whole graph, embedded."""
    return ip5kg.open(root)


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nobody listens on."""
    return _free_port()


def _free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def oxigraph_program() -> str:
    """Find the Oxigraph server, or skip the test."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    return program


@contextlib.contextmanager
def oxigraph_server(*arguments: str | Path) -> Iterator[str]:
    """Run an Oxigraph server: the command with its options, but for the address."""
    port = _free_port()
    process = subprocess.Popen(
        [oxigraph_program(), *arguments, "-b", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def served_files(location: Path, files: Sequence[tuple[Path, str | None]]) -> Iterator[str]:
    """Serve files, read-only: pairs of a file and its named graph, or None."""
    for path, graph in files:
        named = ["--graph", graph] if graph else []
        subprocess.run(
            [oxigraph_program(), "load", "-l", location, "-f", path, *named],
            check=True,
            capture_output=True,
        )
    with oxigraph_server("serve-read-only", "-l", location, "--union-default-graph") as base:
        yield f"{base}/query"


@pytest.fixture(scope="session")
def served() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """How to start a real SPARQL server on files."""
    return served_files


@pytest.fixture(scope="session")
def oxigraph() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """How to start a real SPARQL server that takes data."""
    return oxigraph_server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what ``--update-golden`` changed, also when tests run in several processes."""
    for report in terminalreporter.getreports("passed"):
        for name, difference in report.user_properties:
            if name == "golden":
                terminalreporter.write_line(difference)
