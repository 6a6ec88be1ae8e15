"""The shapes of shapes: whether a shapes graph is well-formed (SHACL, appendix C).

The file comes with pySHACL.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from pyoxigraph import Literal, Store, Triple

from ip5kg.errors import InputError
from ip5kg.turtle.reader import read
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.fast import FastEngine
from ip5kg.validation.findings import Finding
from ip5kg.validation.places import Places
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["refuse_malformed_shapes"]

_PATTERN = SH + "pattern"


def refuse_malformed_shapes(parsed: dict[Path, list[Triple]]) -> None:
    """Refuse a shapes graph that breaks the syntax rules of SHACL.

    Args:
        parsed: File → its triples.

    Raises:
        InputError: With the place of the first fault and the number of the others.
        ValidationFailure: When the engine breaks off.
    """
    _refuse_broken_patterns(parsed)
    spec = importlib.util.find_spec("pyshacl")
    if spec is None or spec.origin is None:
        return
    rules = ShapesGraph(read(Path(spec.origin).parent / "assets" / "shacl-shacl.ttl"))
    engine = "fast" if FastEngine.is_installed() else "reference"
    found = run_engine(engine, DataGraph(parsed), rules).findings
    # The fast engine gives blank nodes new names, by which no place can be found.
    if found and engine == "fast":
        found = run_engine("reference", DataGraph(parsed), rules).findings
    if found:
        placed = Places(parsed, str, rules).placed(found)
        first, *others = sorted(placed, key=lambda finding: finding.order)
        more = f" There are {len(others)} more faults." if others else ""
        raise InputError(
            f"{first.place}: This is no well-formed shape: {_reason(first)}.{more}",
            hint="See the syntax rules of SHACL: https://www.w3.org/TR/shacl/#syntax-rules.",
        )


def _refuse_broken_patterns(parsed: dict[Path, list[Triple]]) -> None:
    """Refuse what is no regular expression, before an engine breaks off on it."""
    for path, triples in parsed.items():
        for triple in triples:
            if triple.predicate.value != _PATTERN or not isinstance(triple.object, Literal):
                continue
            try:
                re.compile(triple.object.value)
            except (re.error, RecursionError, OverflowError) as error:
                # Python does not know all that XPath has, such as \p{L}.
                if _is_pattern(triple.object):
                    continue
                raise InputError(
                    f"{path}: sh:pattern {triple.object} is no regular expression: {error}.",
                    hint="A bracket that is meant as such is written with a backslash.",
                ) from None


def _is_pattern(text: Literal) -> bool:
    """Tell whether the engine of SPARQL takes a text for a regular expression."""
    question = f'ASK {{ BIND(REGEX("", {text}) AS ?matches) FILTER(BOUND(?matches)) }}'
    try:
        return bool(Store().query(question))
    except (SyntaxError, RuntimeError, ValueError):
        return False


def _reason(finding: Finding) -> str:
    return finding.message.strip().rstrip(".") or "it breaks a syntax rule of SHACL"
