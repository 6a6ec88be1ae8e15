"""The engines behind one door: which of them speaks, and who has the last word.

``auto`` lets the fast engine look first. What it finds is asked again of pySHACL, for the focus
nodes concerned only, and the answer of pySHACL counts. Shapes with a feature that is not on the
proven list go to pySHACL at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.errors import UnknownFormat, ValidationFailure
from ip5kg.names import local_name
from ip5kg.terms import Term
from ip5kg.validation.data import DataGraph
from ip5kg.validation.fast import FastEngine
from ip5kg.validation.findings import Finding
from ip5kg.validation.shapes import SH, ShapesGraph

__all__ = ["ENGINES", "WORKERS", "Outcome", "run_engine", "start_engine"]

ENGINES = ("auto", "fast", "reference")

WORKERS = 2
"""How many threads a validation takes, beside the one that asks for it."""

_CONFIRMED = 100
"""For how many focus nodes of a shape pySHACL is asked; it takes milliseconds for each."""

_PROVEN = frozenset(
    """
    NodeShape PropertyShape Shape property node path name description order group defaultValue
    PropertyGroup targetClass targetNode targetObjectsOf targetSubjectsOf severity message
    deactivated Violation Warning Info
    inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath
    class datatype nodeKind IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength
    pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals
    not and or xone qualifiedValueShape qualifiedMinCount qualifiedMaxCount
    qualifiedValueShapesDisjoint closed ignoredProperties hasValue in
    sparql SPARQLConstraint select prefixes declare prefix namespace PrefixDeclaration
    """.split()  # noqa: SIM905 - a table to read
)
"""The terms of SHACL for which both engines give the same results; tests hold them to it."""

_ADVANCED = frozenset(
    """
    rule TripleRule SPARQLRule condition construct subject predicate object this
    target Target SPARQLTarget SPARQLTargetType TargetType expression ExpressionConstraintComponent
    Function SPARQLFunction returnType values nodes filterShape intersection union count distinct
    limit offset orderBy groupConcat min max sum if then else exists
    """.split()  # noqa: SIM905 - a table to read
)
"""The terms of SHACL Advanced Features, which pySHACL must be told to evaluate."""

_PRE_BOUND = ("shapesGraph", "currentShape")


class Outcome(NamedTuple):
    """What an engine has to say.

    Attributes:
        findings: The validation results, without places. Their rules have the names of the shapes
            graph, which gives some to shapes without.
        engine: Who evaluated the shapes.
        notes: What the reader must know about how it was done, as sentences.
    """

    findings: list[Finding]
    engine: str
    notes: tuple[str, ...] = ()


def run_engine(name: str, data: DataGraph, shapes: ShapesGraph) -> Outcome:
    """Validate a data graph against a shapes graph.

    Args:
        name: ``auto``, ``fast`` or ``reference``.
        data: The data graph.
        shapes: The shapes graph.

    Raises:
        UnknownFormat: For any other engine.
        MissingDependency: When the fast engine is wanted and not installed.
        ValidationFailure: When an engine breaks off, so that nothing is known.
    """
    with ThreadPoolExecutor(WORKERS) as workers:
        return start_engine(name, data, shapes, workers)()


def start_engine(
    name: str, data: DataGraph, shapes: ShapesGraph, workers: Executor
) -> Callable[[], Outcome]:
    """Begin to validate a data graph against a shapes graph.

    What the workers are given to do after that, they do while pySHACL has the last word.

    Args:
        name: ``auto``, ``fast`` or ``reference``.
        data: The data graph.
        shapes: The shapes graph.
        workers: Who does the work of the fast engine.

    Returns:
        What waits for the outcome. It raises ValidationFailure too.

    Raises:
        UnknownFormat: For any other engine.
        MissingDependency: When the fast engine is wanted and not installed.
        ValidationFailure: When an engine breaks off, so that nothing is known.
    """
    if name not in ENGINES:
        raise UnknownFormat(f"There is no engine “{name}”.", hint=f"Possible: {_listed(ENGINES)}.")
    _refuse_entailment(shapes)
    unproven = sorted(shapes.terms - _PROVEN)
    is_proven = not unproven and not _asks_for_itself(shapes)
    if name == "reference" or (name == "auto" and not (is_proven and FastEngine.is_installed())):
        return lambda: _reference(data, shapes, unproven)
    fast = FastEngine(data, shapes)
    results = fast.start(workers)

    def outcome() -> Outcome:
        found = results()
        left = _left(data, shapes, fast.left) if fast.left else []
        if name == "fast" or not found:
            return Outcome(found + left, "the fast engine", _doubts(unproven, fast.left))
        confirmed = _confirmed(found, data, shapes)
        return confirmed._replace(findings=confirmed.findings + left)

    return outcome


def _reference(data: DataGraph, shapes: ShapesGraph, unproven: list[str]) -> Outcome:
    """Let pySHACL do all of it."""
    # pySHACL takes a third of a second to import.
    from ip5kg.validation.reference import ReferenceEngine

    advanced = not shapes.terms.isdisjoint(_ADVANCED)
    engine = ReferenceEngine.over(data, shapes, advanced=advanced)
    notes = tuple(f"{sentence}." for sentence in engine.unsupported(unproven))
    return Outcome(engine.run(), "pySHACL", notes)


def _left(data: DataGraph, shapes: ShapesGraph, left: frozenset[str]) -> list[Finding]:
    """Let pySHACL look from the shapes that the fast engine does not take."""
    from ip5kg.validation.reference import ReferenceEngine

    return ReferenceEngine.over(data, shapes).look_from(*sorted(left))


def _confirmed(found: list[Finding], data: DataGraph, shapes: ShapesGraph) -> Outcome:
    """Ask pySHACL about the focus nodes of what the fast engine found."""
    from ip5kg.validation.reference import ReferenceEngine

    engine = ReferenceEngine.over(data, shapes)
    by_shape: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_shape[finding.rule].append(finding)
    # pySHACL cannot be told to look at a blank node; there the shapes find their targets.
    at_blank = {f.rule for f in found if isinstance(f.focus, BlankNode)}
    targets = {target for shape in at_blank for target in shapes.with_targets(NamedNode(shape))}
    around = [f for f in engine.look_from(*sorted(targets)) if isinstance(f.focus, BlankNode)]
    findings: list[Finding] = []
    notes = []
    for shape, claims in sorted(by_shape.items()):
        name = local_name(shapes.name_of(shape)) or "a shape without a name"
        nodes = sorted(
            {c.focus for c in claims if isinstance(c.focus, NamedNode | Literal)}, key=str
        )
        asked = frozenset(nodes[:_CONFIRMED])
        try:
            told = engine.look_at(shape, nodes[:_CONFIRMED]) if nodes else []
        except ValidationFailure as error:
            notes.append(f"What breaks {name} is told as the fast engine found it: {error.message}")
            findings += claims
            continue
        told += [f for f in around if f.rule == shape]
        unnamed = {claim.focus for claim in claims if isinstance(claim.focus, BlankNode)}
        denied = len(asked) + len(unnamed) - len({finding.focus for finding in told})
        if denied > 0:
            notes.append(f"pySHACL does not confirm {denied} of the nodes that break {name}.")
        findings += told + _repeated(claims, told)
        rest = [c for c in claims if not isinstance(c.focus, BlankNode) and c.focus not in asked]
        if rest:
            findings += rest
            notes.append(
                f"pySHACL was asked about {len(asked)} of the {len(nodes):,} nodes that break "
                f"{name}; the others are told as the fast engine found them."
            )
    return Outcome(findings, "the fast engine, confirmed by pySHACL", tuple(notes))


def _repeated(claims: list[Finding], told: list[Finding]) -> list[Finding]:
    """Tell again what the fast engine has found more often, for nodes with several targets.

    Whoever asks about a node asks once, however many shapes lead to it.
    """
    claimed, known = Counter(map(_identity, claims)), Counter(map(_identity, told))
    first = {_identity(finding): finding for finding in told}
    more = claimed - known
    return [first[identity] for identity in more.elements() if identity in first]


def _identity(finding: Finding) -> tuple[Term, str, Term | None, str]:
    return (finding.focus, finding.path, finding.value, finding.component)


def _refuse_entailment(shapes: ShapesGraph) -> None:
    """Fail where the shapes ask for an entailment regime, as SHACL wants it (section 1.5)."""
    for triple in shapes.triples:
        if triple.predicate.value == SH + "entailment":
            raise ValidationFailure(
                f"The shapes graph asks for the entailment regime {triple.object}, which is not "
                "supported.",
                hint="Materialise what it entails, and validate that without sh:entailment.",
            )


def _asks_for_itself(shapes: ShapesGraph) -> bool:
    """Tell whether a SPARQL-based constraint uses the variables that tell of the shapes graph."""
    texts = [str(t.object) for t in shapes.triples if t.predicate.value == SH + "select"]
    return any(sign + name in text for text in texts for sign in "$?" for name in _PRE_BOUND)


def _doubts(unproven: list[str], left: frozenset[str]) -> tuple[str, ...]:
    """Say what the fast engine may leave out, and what it did not do itself."""
    notes = []
    if unproven:
        listed = _listed(tuple(f"sh:{term}" for term in unproven))
        notes.append(f"The fast engine is not proven for {listed}; it may have left that out.")
    if left:
        notes.append(f"pySHACL evaluated {len(left)} shapes with SPARQL-based constraints.")
    return tuple(notes)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
