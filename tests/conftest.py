"""Fixtures that all tests share, and the option that rewrites golden files."""

from __future__ import annotations

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what ``--update-golden`` changed, also when tests run in several processes."""
    for report in terminalreporter.getreports("passed"):
        for name, difference in report.user_properties:
            if name == "golden":
                terminalreporter.write_line(difference)
