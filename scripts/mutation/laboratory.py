"""Validates mutants in memory, several at once, and tells what is new.

Mutants of one batch touch different nodes. What is new belongs to the mutant that touched the node
it is about; a mutant to which nothing can be ascribed is looked at again alone, so that a batch
can never hide an error. The checks of the ontology are asked only where the shapes are silent: one
finding is enough to notice an error.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ip5kg.names import BASE, IP5, shorten
from ip5kg.resources import shape_files
from ip5kg.turtle.reader import read
from ip5kg.validation.checks import read_checks
from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.findings import SEVERITIES, Finding, Severity, lasting
from ip5kg.validation.shapes import ShapesGraph
from mutation.corpus import Corpus
from mutation.mutants import Mutant, merged

__all__ = ["Laboratory", "Result", "batches", "run"]

_Key = tuple[str, str, str, str, str, str]
_BATCH = 16
_IRI = re.compile(re.escape(BASE) + r"[^\s<>\"{}|^`\\,;]+")
_PUNCTUATION = ".,;:!?)”’"
_NO_THINGS = (IP5, BASE + "scheme/")


class Result(NamedTuple):
    """What validation says of a mutant.

    Attributes:
        number: The number of the mutant.
        severity: The gravest new finding: ``violation``, ``warning``, ``info``, or empty.
        rules: The rules of the new findings of that severity, as prefixed names.
    """

    number: int
    severity: str
    rules: tuple[str, ...]


class Laboratory:
    """The real graph, its shapes and checks, and what they say of it.

    Args:
        root: The folder with ``ontology/`` and ``data/``.
    """

    def __init__(self, root: Path) -> None:
        corpus = Corpus(root)
        self._texts = {file: positions.text for file, positions in corpus.positions.items()}
        self._parsed = corpus.parsed
        self._shapes = ShapesGraph(t for path in shape_files(root) for t in read(path))
        self._checks = read_checks(root)
        base = DataGraph(self._parsed)
        self._known = Counter(map(_key, self._by_shapes(base)))
        self._known_by_checks = Counter(map(_key, self._by_checks(base)))

    def look_at(self, batch: Mapping[int, Mutant]) -> list[Result]:
        """Tell what is new in the graph with the mutants of a batch, by their numbers."""
        data = self._with(batch.values())
        touched = {number: self._touched(mutant) for number, mutant in batch.items()}
        new = self._new(self._by_shapes(data), self._known)
        blamed = _blamed(new, touched)
        if any(not _is_caught(blamed[number]) for number in batch):
            more = self._new(self._by_checks(data), self._known_by_checks)
            for number, findings in _blamed(more, touched).items():
                blamed[number] += findings
        if len(batch) == 1:
            return [_result(number, blamed[number]) for number in batch]
        results = [_result(n, blamed[n]) for n in batch if _is_caught(blamed[n])]
        for number, mutant in batch.items():
            if not _is_caught(blamed[number]):
                results += self.look_at({number: mutant})
        return results

    def _with(self, mutants: Iterable[Mutant]) -> DataGraph:
        """Make the data graph with some mutants in it."""
        by_file: dict[Path, list[Mutant]] = defaultdict(list)
        for mutant in mutants:
            by_file[mutant.file].append(mutant)
        parsed = dict(self._parsed)
        for file, here in by_file.items():
            parsed[file] = _parsed(merged(here).apply(self._texts[file]))
        return DataGraph(parsed)

    def _touched(self, mutant: Mutant) -> frozenset[str]:
        return touched(mutant, self._texts[mutant.file], self._parsed[mutant.file])

    def _by_shapes(self, data: DataGraph) -> list[Finding]:
        return run_engine("fast", data, self._shapes).findings

    def _by_checks(self, data: DataGraph) -> Iterator[Finding]:
        for check in self._checks:
            yield from check(data.store)

    @staticmethod
    def _new(findings: Iterable[Finding], known: Counter[_Key]) -> list[Finding]:
        left = Counter(known)
        new = []
        for finding in findings:
            key = _key(finding)
            if left[key]:
                left[key] -= 1
            else:
                new.append(finding)
        return new


def touched(mutant: Mutant, text: str, triples: list[Triple]) -> frozenset[str]:
    """List the things of ours that a mutant says something else about than the data."""
    changed = set(_parsed(mutant.apply(text))) ^ set(triples)
    terms = {term for triple in changed for term in (triple.subject, triple.object)}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    things = {iri for iri in iris if iri.startswith(BASE) and not iri.startswith(_NO_THINGS)}
    return frozenset(things | {mutant.subject})


def batches(corpus: Corpus, mutants: list[Mutant]) -> list[dict[int, Mutant]]:
    """Put mutants together that do not touch the same nodes or the same text."""
    parsed = corpus.parsed
    made: list[dict[int, Mutant]] = []
    nodes: list[set[str]] = []
    for number, mutant in enumerate(mutants):
        own = touched(mutant, corpus.text(mutant.file), parsed[mutant.file])
        for batch, taken in zip(made, nodes, strict=True):
            if (
                len(batch) < _BATCH
                and not own & taken
                and not any(_overlap(mutant, other) for other in batch.values())
            ):
                batch[number] = mutant
                taken.update(own)
                break
        else:
            made.append({number: mutant})
            nodes.append(set(own))
    return made


def run(root: Path, mutants: list[Mutant], jobs: int) -> Iterator[Result]:
    """Validate mutants side by side, in any order."""
    together = batches(Corpus(root), mutants)
    if jobs == 1:
        laboratory = Laboratory(root)
        for batch in together:
            yield from laboratory.look_at(batch)
        return
    with Pool(jobs, _start, (root,)) as pool:
        for results in pool.imap_unordered(_look_at, together):
            yield from results


_LABORATORY: list[Laboratory] = []


def _start(root: Path) -> None:
    _LABORATORY.append(Laboratory(root))


def _look_at(batch: dict[int, Mutant]) -> list[Result]:
    return _LABORATORY[0].look_at(batch)


def _blamed(
    findings: Iterable[Finding], touched: Mapping[int, frozenset[str]]
) -> dict[int, list[Finding]]:
    """Ascribe findings to the mutants that touched what they are about, if it is only one."""
    found: dict[int, list[Finding]] = {number: [] for number in touched}
    for finding in findings:
        about = getattr(finding.focus, "value", "")
        named = {m[0].rstrip(_PUNCTUATION) for m in _IRI.finditer(finding.message)}
        named.add(getattr(finding.value, "value", ""))
        by_focus = [number for number, nodes in touched.items() if about in nodes]
        by_name = [number for number, nodes in touched.items() if named & nodes]
        blamed = by_focus or by_name or ([] if len(touched) > 1 else list(touched))
        if len(blamed) == 1:
            found[blamed[0]].append(finding)
    return found


def _is_caught(findings: Iterable[Finding]) -> bool:
    return any(finding.severity != "info" for finding in findings)


def _result(number: int, findings: Iterable[Finding]) -> Result:
    by_severity: dict[Severity, set[str]] = defaultdict(set)
    for finding in findings:
        by_severity[finding.severity].add(shorten(finding.rule))
    gravest = next((name for name in SEVERITIES if by_severity[name]), None)
    rules = by_severity[gravest] if gravest else set()
    return Result(number, gravest or "", tuple(sorted(rules)))


def _overlap(one: Mutant, other: Mutant) -> bool:
    """Tell whether two mutants change the same text; nothing is as wide as one character."""
    return one.file == other.file and any(
        mine.start <= theirs.end and theirs.start <= mine.end
        for mine in one.edits
        for theirs in other.edits
    )


def _parsed(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, RdfFormat.TURTLE, rename_blank_nodes=True)]


def _key(finding: Finding) -> _Key:
    return (
        finding.rule,
        finding.component,
        finding.severity,
        finding.path,
        lasting(finding.focus),
        lasting(finding.value),
    )
