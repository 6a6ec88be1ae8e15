"""All mutants before both engines: as many as possible in one graph, and only what they touch.

pySHACL takes some seventy milliseconds for each node, so it looks at what the mutants touch: the
nodes that are changed, those that the changed statements name, and, as a sample, others of which
the fast engine has something to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from ip5kg.validation.data import DataGraph
from ip5kg.validation.engines import run_engine
from ip5kg.validation.findings import Finding
from ip5kg.validation.reference import ReferenceEngine
from ip5kg.validation.screen import target_patterns
from ip5kg.validation.shapes import ShapesGraph
from mutation.corpus import Corpus
from mutation.laboratory import touched
from mutation.mutants import Mutant, merged

__all__ = ["Gathering", "Verdict", "gathered", "identity"]

_LARGEST = 400
_OTHERS = 40
_STRUCTURAL = ("", "rdf:type")

Verdict = tuple[str, str, str, str, str, str]
"""What two engines must agree on: rule, component, severity, path, focus node and value."""


class Gathering(NamedTuple):
    """Mutants that can stand in one graph.

    Attributes:
        mutants: They change different text, and different properties of a node.
        parsed: File → its triples, with the mutants in them.
        nodes: The IRIs of the nodes that the mutants touch.
        oddity: ``rewritten`` or ``NaN`` where literals make engines differ in what they can do.
    """

    mutants: list[Mutant]
    parsed: dict[Path, list[Triple]]
    nodes: frozenset[str]
    oddity: str

    def verdicts(self, shapes: ShapesGraph, seed: int) -> tuple[set[Verdict], set[Verdict]]:
        """Tell what the fast engine and pySHACL say of the nodes."""
        data = DataGraph(self.parsed)
        fast = run_engine("fast", data, shapes).findings
        others = sorted(
            {f.focus.value for f in fast if isinstance(f.focus, NamedNode)} - self.nodes
        )
        sample = Random(seed).sample(others, min(_OTHERS, len(others)))  # noqa: S311
        nodes = self.nodes | {*sample}
        # pySHACL's own choice of focus nodes holds for values inside sh:not and sh:or as well.
        targets = {
            shape: [node for node in found if node.value in nodes]
            for shape, found in _targets(data, shapes)
        }
        reference = ReferenceEngine.over(data, shapes).look_at_each(targets)
        return _about(fast, nodes), _about(reference, nodes)


def identity(finding: Finding) -> Verdict:
    """Tell what two engines must agree on; blank nodes have no name to compare."""
    focus, value = (
        "_:" if isinstance(term, BlankNode) else str(term)
        for term in (finding.focus, finding.value)
    )
    return (finding.rule, finding.component, finding.severity, finding.path, focus, value)


def gathered(corpus: Corpus, mutants: Iterable[Mutant]) -> list[Gathering]:
    """Put all mutants into as few graphs as possible.

    Mutants with a literal that the store would write anew, or that is no number, get graphs of
    their own, of their own files: there the fast engine leaves more to pySHACL, which may break
    off.
    """
    groups: dict[str, list[list[Mutant]]] = {"": [], "rewritten": [], "NaN": []}
    for mutant in mutants:
        among = groups[_oddity(corpus, mutant)]
        for group in among:
            if len(group) < _LARGEST and not any(_disturbs(mutant, other) for other in group):
                group.append(mutant)
                break
        else:
            among.append([mutant])
    return [
        _gathering(corpus, group, oddity) for oddity, among in groups.items() for group in among
    ]


def _targets(data: DataGraph, shapes: ShapesGraph) -> Iterator[tuple[NamedNode, set[NamedNode]]]:
    """Find the targets of each shape."""
    for shape in shapes.properties:
        if isinstance(shape, NamedNode) and shapes.has_targets(shape):
            rows = [
                row
                for pattern in target_patterns(shapes, shape)
                for row in data.store.select(f"SELECT DISTINCT $this WHERE {{ {pattern} }}").rows
            ]
            yield shape, {node for (node,) in rows if isinstance(node, NamedNode)}


def _gathering(corpus: Corpus, mutants: list[Mutant], oddity: str) -> Gathering:
    by_file: dict[Path, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        by_file[mutant.file].append(mutant)
    parsed = dict(corpus.parsed)
    nodes: set[str] = set()
    for file, here in by_file.items():
        for mutant in here:
            nodes |= touched(mutant, corpus.text(file), parsed[file])
        parsed[file] = _parsed(merged(here).apply(corpus.text(file)))
    if oddity:
        parsed = {f: t for f, t in parsed.items() if f in by_file or f in corpus.ontology}
    return Gathering(mutants, parsed, frozenset(nodes), oddity)


def _disturbs(one: Mutant, other: Mutant) -> bool:
    """Tell whether two mutants change the same text, or whether one could hide the other."""
    if one.subject == other.subject and (
        one.name == other.name or one.name in _STRUCTURAL or other.name in _STRUCTURAL
    ):
        return True
    return one.file == other.file and any(
        mine.start <= theirs.end and theirs.start <= mine.end
        for mine in one.edits
        for theirs in other.edits
    )


def _oddity(corpus: Corpus, mutant: Mutant) -> str:
    triples = set(_parsed(mutant.apply(corpus.text(mutant.file))))
    new = list(triples - set(corpus.parsed[mutant.file]))
    if any(getattr(triple.object, "value", "") == "NaN" for triple in new):
        return "NaN"
    return "" if DataGraph({mutant.file: new}).is_faithful else "rewritten"


def _about(findings: Iterable[Finding], nodes: Iterable[str]) -> set[Verdict]:
    wanted = {str(NamedNode(node)) for node in nodes}
    return {verdict for verdict in map(identity, findings) if verdict[4] in wanted}


def _parsed(text: str) -> list[Triple]:
    return list(_triples(text))


def _triples(text: str) -> Iterator[Triple]:
    for quad in parse(text, RdfFormat.TURTLE, rename_blank_nodes=True):
        yield quad.triple
