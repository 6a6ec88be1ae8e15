"""Jena's ARQ: its own command where there is one, else the classes of Debian's package."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

JARS = Path("/usr/share/java")
_CORE = JARS / "jena-core.jar"
# The package has renamed Xerces in the classes and not in the texts that they look for.
_TEXTS, _WANTED = "org/apache/jena/ext/xerces/", "xerces/"
# Of the ways to log, one may be on the class path.
_LOGGERS = ("-over-slf4j", "jul-to-slf4j", "maven3-slf4j", "slf4j-")
_LOGGER = ("slf4j-api", "slf4j-nop")


def arq_command(folder: Path) -> tuple[tuple[str, ...], str]:
    """Find how ARQ is run.

    Args:
        folder: Where files that it needs may be put.

    Returns:
        The beginning of the command, and why there is none; one of both is empty.
    """
    own = shutil.which("arq")
    if own:
        return (own,), ""
    java = shutil.which("java")
    if java is None or not _CORE.exists():
        return (), "not installed (apt install libapache-jena-java default-jre-headless)"
    jars = sorted(
        str(jar)
        for jar in JARS.glob("*.jar")
        # Each jar has a second name, with its version.
        if not re.search(r"-\d[\w.-]*$", jar.stem)
        if jar.stem in _LOGGER or not any(name in jar.stem for name in _LOGGERS)
    )
    return (java, "-cp", ":".join((str(_texts(folder)), *jars)), "arq.arq"), ""


def _texts(folder: Path) -> Path:
    """Put the texts of Xerces where its classes look for them."""
    there = folder / "jena"
    with zipfile.ZipFile(_CORE) as core:
        for name in core.namelist():
            if name.startswith(_TEXTS) and name.endswith(".properties"):
                path = there / name.replace(_TEXTS, _WANTED)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(core.read(name))
    return there
