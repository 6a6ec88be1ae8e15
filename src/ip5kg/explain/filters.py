"""Why a filter lets no solution through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from ip5kg.explain.joins import named_iris, variables
from ip5kg.explain.probe import Probe, written
from ip5kg.explain.unknown import unknown_thing
from ip5kg.sparql.groups import Part
from ip5kg.sparql.lexer import Token, tokens

__all__ = ["filter_reasons"]

_SHOWN = 3


def filter_reasons(part: Part, before: Sequence[Part], probe: Probe) -> Iterator[str]:
    """Say why a filter lets none of the solutions through that there are before it."""
    if "{" in part.text:
        # EXISTS and NOT EXISTS have a pattern of their own.
        return
    pattern = "\n".join(one.text for one in before)
    for iri in named_iris(part.text, probe):
        yield from unknown_thing(NamedNode(iri), probe)
    yield from _compared(part, pattern, probe)
    expression = part.text[len("FILTER") :]
    held = f"{pattern}\nBIND(({expression}\n) AS ?ip5kg_held) FILTER(BOUND(?ip5kg_held))"
    if probe.some(held):
        return
    for name in sorted(variables(part.text)):
        if not probe.some(f"{pattern}\nFILTER(BOUND({name}))"):
            yield f"{name} has no value in any solution, and the filter is an error in all."
            return
    names = sorted(variables(part.text))[:_SHOWN]
    rows = probe.values(" ".join(names), pattern, 1) if names else []
    shown = " and ".join(
        f"{name} is {written(term)}" for row in rows for name, term in zip(names, row, strict=True)
    )
    such = f", such as where {shown}" if shown else ""
    yield (
        f"The filter is an error in every solution{such}, as it is when types do not go together."
    )


def _compared(part: Part, pattern: str, probe: Probe) -> Iterator[str]:
    """Say that a variable which is compared with a literal has it with another type or language."""
    for name, text in _equations(part.text):
        term = probe.term(text)
        if not isinstance(term, Literal) or probe.some(f"{pattern}\nFILTER({name} = {text})"):
            continue
        plain = Literal(term.value)
        for condition in (f"STR({name}) = {plain}", f"LCASE(STR({name})) = LCASE({plain})"):
            rows = probe.values(f"DISTINCT {name}", f"{pattern}\nFILTER({condition})", _SHOWN)
            others = " and ".join(sorted(written(row[0]) for row in rows if row[0] != term))
            if others:
                yield f"{name} is {others}, never {written(term)}."
                break


def _equations(text: str) -> Iterator[tuple[str, str]]:
    """Find ``?name = "literal"``, in this order or the other."""
    found = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    for number, token in enumerate(found):
        if token.text != "=" or not 0 < number < len(found) - 1:
            continue
        left, right = found[number - 1], found[number + 1]
        if left.kind == "variable" and right.kind in ("string", "number"):
            yield left.text, _literal(found, number + 1)
        elif right.kind == "variable" and left.kind in ("string", "number", "language"):
            yield right.text, _literal(found, number - 1 - (left.kind == "language"))


def _literal(found: list[Token], place: int) -> str:
    """Write the literal whose text stands at a place."""
    text = found[place].text
    after = found[place + 1 : place + 3]
    if after and after[0].kind == "language":
        return text + after[0].text
    if after and after[0].text == "^^":
        return text + "".join(token.text for token in after)
    return text
