"""Whether the files of a bundle are all there and unchanged, and tell the same graph."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ip5kg.errors import InputError, Ip5kgError
from ip5kg.formats import RDF_FORMATS
from ip5kg.portal.checks.outcome import Lack, Mark, Outcome
from ip5kg.publishing.bundle import FORM, MANIFEST, SUMS, files_in
from ip5kg.turtle.canonical import canonical_sha256
from ip5kg.turtle.reader import read

__all__ = ["check_files", "check_sameness", "read_manifest"]

_FILES, _SAME = "files", "same graph in all syntaxes"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the list of the files of a bundle.

    Raises:
        InputError: When the folder is no bundle.
    """
    try:
        found: Any = json.loads((folder / MANIFEST).read_bytes())
        fits = found["form"] == FORM and isinstance(found["baseUrl"], str)
        for entry in found["files"]:
            fits = fits and isinstance(entry["path"] + entry["sha256"], str)
            fits = fits and int(entry["size"]) >= 0
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise InputError(
            f"The folder {folder} is no bundle: it has no {MANIFEST} that lists its files.",
            hint="Write one: ip5kg export --portal DIR.",
        )
    return dict(found)


def check_files(folder: Path, manifest: Mapping[str, Any]) -> Outcome:
    """Check that the files are those that were written: size, checksum, gzip variant."""
    lacks: list[Lack] = []
    again = "Write the bundle again: ip5kg export --portal DIR."

    def lack(what: str) -> None:
        lacks.append(Lack(_FILES, what, again))

    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = set(files_in(folder))
    for path in sorted(there - listed.keys() - {MANIFEST, SUMS}):
        lack(f"{path} is not listed in {MANIFEST}.")
    good = 0
    for path, entry in sorted(listed.items()):
        fault = _fault(folder, path, entry) if path in there else "does not exist"
        if fault:
            lack(f"{path} {fault}.")
        good += not fault
    sums = _sums(folder)
    expected = {path: entry["sha256"] for path, entry in listed.items()}
    expected[MANIFEST] = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    if sums != expected:
        lack(f"{SUMS} has other files or checksums than {MANIFEST}, or another {MANIFEST}.")
    points = good + (sums == expected)
    return Outcome((Mark(_FILES, points, len(listed) + 1),), tuple(lacks))


def check_sameness(folder: Path, manifest: Mapping[str, Any]) -> Outcome:
    """Read each RDF file of the graph and its parts back, and compare what they hold."""
    suffixes = {row.suffix for row in RDF_FORMATS}
    stems: dict[str, list[Path]] = {}
    for entry in manifest["files"]:
        path = folder / entry["path"]
        if path.suffix in suffixes and len(Path(entry["path"]).parts) > 1 and path.is_file():
            stems.setdefault(entry["path"].removesuffix(path.suffix), []).append(path)
    lacks, good, all_files = [], 0, 0
    for stem, paths in sorted(stems.items()):
        hashes: dict[str, list[str]] = {}
        for path in sorted(paths):
            all_files += 1
            try:
                value = canonical_sha256(read(path))
            except Ip5kgError as error:
                lacks.append(Lack(_SAME, error.message, "Write the bundle again."))
            else:
                hashes.setdefault(value, []).append(path.name)
        good += max(map(len, hashes.values()), default=0)
        if len(hashes) > 1:
            groups = "; ".join(", ".join(names) for names in sorted(hashes.values()))
            what = f"The files of {stem} do not hold the same graph: {groups}."
            lacks.append(Lack(_SAME, what, "Write the bundle again."))
    return Outcome((Mark(_SAME, good, all_files),), tuple(lacks))


def _fault(folder: Path, path: str, entry: Mapping[str, Any]) -> str:
    """Say what is wrong with a file, as the end of a sentence; or nothing."""
    data = (folder / path).read_bytes()
    if len(data) != int(entry["size"]):
        return f"has {len(data)} bytes, not the {entry['size']} that {MANIFEST} says"
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        return f"has another checksum than {MANIFEST} says"
    if path.endswith(".gz"):
        plain = folder / path.removesuffix(".gz")
        try:
            same = plain.is_file() and gzip.decompress(data) == plain.read_bytes()
        except (OSError, EOFError, zlib.error):
            return "is no gzip file"
        return "" if same else f"does not hold what {plain.name} holds"
    return ""


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = [line.partition("  ") for line in lines]
    return {path: value for value, _, path in pairs}
