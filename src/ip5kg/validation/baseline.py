"""A baseline: the findings that are known and shall not fail, told by their fingerprints.

It is a JSON file for version control: one finding to a line, sorted, without positions, so that
it changes only when findings come or go.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ip5kg.errors import InputError
from ip5kg.turtle.reader import read_bytes
from ip5kg.validation.findings import lasting
from ip5kg.validation.report import KnownFinding, Report

__all__ = ["baseline_of", "baseline_text", "read_baseline", "with_baseline"]

_VERSION = 1
_KEYS = KnownFinding._fields


def read_baseline(path: Path) -> list[KnownFinding]:
    """Read a baseline.

    Raises:
        InputError: When there is no such file, or it is no baseline.
    """
    data = read_bytes(path)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise _no_baseline(path, "it is not JSON") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise _no_baseline(path, f"it does not say “version”: {_VERSION}")
    entries = document.get("findings")
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        raise _no_baseline(path, f"its “findings” are not a list of objects with {_listed()}")
    return [KnownFinding(*(entry[key] for key in _KEYS)) for entry in entries]


def with_baseline(report: Report, baseline: list[KnownFinding]) -> Report:
    """Mark the findings that a baseline has, and note which of its own did not occur."""
    known = {entry.fingerprint for entry in baseline}
    found = {finding.fingerprint for finding in report.findings}
    return report._replace(
        findings=tuple(f._replace(known=f.fingerprint in known) for f in report.findings),
        gone=tuple(entry for entry in baseline if entry.fingerprint not in found),
        baselined=True,
    )


def baseline_of(report: Report) -> list[KnownFinding]:
    """Make a baseline of the findings of a report."""
    return sorted(
        (
            KnownFinding(finding.fingerprint, finding.rule, lasting(finding.focus), finding.message)
            for finding in report.findings
        ),
        key=lambda entry: (entry.rule, entry.focus, entry.fingerprint),
    )


def baseline_text(report: Report) -> str:
    """Write the findings of a report as a baseline."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in baseline_of(report)]
    inside = ",\n    ".join(lines)
    listed = f"[\n    {inside}\n  ]" if lines else "[]"
    return f'{{\n  "version": {_VERSION},\n  "findings": {listed}\n}}\n'


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in _KEYS)


def _listed() -> str:
    return ", ".join(_KEYS)


def _no_baseline(path: Path, reason: str) -> InputError:
    return InputError(
        f"{path} is no baseline: {reason}.", hint="Write it anew with --update-baseline."
    )
