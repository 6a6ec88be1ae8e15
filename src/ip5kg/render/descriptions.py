"""Descriptions of things: for people, as Markdown, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from ip5kg.describe import Description, Fact
from ip5kg.render.phrases import by_source, identity, numbers_of, parts, properties, title
from ip5kg.render.text import align, markdown_text, one_line
from ip5kg.render.text import width as display_width
from ip5kg.terms import Thing

__all__ = ["description_json", "description_markdown", "description_text"]

_NARROWEST = 24


def description_text(
    description: Description, *, width: int | None = None, bold: bool = False
) -> str:
    """Write a description for people.

    Args:
        description: What to write.
        width: The width of the terminal, into which lines are wrapped; None when it is for none.
        bold: Whether the terminal may be told to write headings in bold.
    """
    thing, numbers = description.thing, numbers_of(description)
    lines = [_heading(one_line(thing.label), bold=bold), identity(description)]
    if description.remark:
        lines += ["", description.remark]
    rows = list(properties(description, numbers))
    if rows:
        lines += ["", *_hanging(rows, width)]
    for group in description.incoming:
        lines += ["", _heading(title(group), bold=bold)]
        lines += _hanging([parts(mention, thing, numbers) for mention in group.mentions], width)
    if description.sources:
        lines += ["", _heading("sources", bold=bold)]
        for name, address, passages in by_source(description.sources):
            lines += [f"  {name}", *([f"  {address}"] if address else [])]
            lines += [f"    [{numbers[c.passage]}] {one_line(c.locator)}" for c in passages]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def description_markdown(description: Description) -> str:
    """Write a description as Markdown."""
    thing, numbers = description.thing, numbers_of(description)
    lines = [f"# {markdown_text(thing.label)}", "", markdown_text(identity(description))]
    if description.remark:
        lines += ["", markdown_text(description.remark)]
    rows = [
        f"- **{markdown_text(name)}**: {markdown_text(text)}"
        for name, text in properties(description, numbers)
    ]
    if rows:
        lines += ["", *rows]
    for group in description.incoming:
        lines += ["", f"## {markdown_text(title(group))}", ""]
        for mention in group.mentions:
            said = ": ".join(filter(None, parts(mention, thing, numbers)))
            lines.append(f"- {markdown_text(said)}")
    if description.sources:
        lines += ["", "## Sources"]
        for name, address, passages in by_source(description.sources):
            lines += ["", f"{markdown_text(name)}{f' <{address}>' if address else ''}", ""]
            lines += [f"- {markdown_text(f'[{numbers[c.passage]}] {c.locator}')}" for c in passages]
    return "".join(f"{line}\n" for line in lines)


def description_json(description: Description) -> str:
    """Write all of a description as JSON."""
    import json

    document = {
        "thing": _thing_json(description.thing),
        "classes": [_thing_json(name) for name in description.classes],
        "asOf": description.as_of,
        "remark": description.remark,
        "when": description.when,
        "facts": _facts_json(description.facts),
        "incoming": [
            {
                "kind": _thing_json(group.kind),
                "property": _thing_json(group.property),
                "mentions": [
                    {
                        "thing": _thing_json(mention.thing),
                        "when": mention.when,
                        "certain": mention.certain,
                        "facts": _facts_json(mention.facts),
                    }
                    for mention in group.mentions
                ],
            }
            for group in description.incoming
        ],
        "sources": [
            {
                "passage": _thing_json(citation.passage),
                "locator": citation.locator,
                "source": _thing_json(citation.source),
                "title": citation.title,
                "address": citation.address,
            }
            for citation in description.sources
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _heading(text: str, *, bold: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if bold else text


def _hanging(rows: Sequence[tuple[str, str]], width: int | None) -> list[str]:
    """Align the second cells of rows, and on a terminal wrap them under themselves."""
    lines: list[str] = []
    for marked, (_, text) in zip(align([(f"  {row[0]}", "|") for row in rows]), rows, strict=True):
        head = marked.removesuffix("|")
        if width is None:
            lines.append(head + text)
            continue
        from textwrap import wrap

        indent = " " * display_width(head)
        pieces = wrap(text, max(width - len(indent), _NARROWEST), break_on_hyphens=False) or [""]
        lines += [head + pieces[0], *(indent + piece for piece in pieces[1:])]
    return lines


def _thing_json(thing: Thing) -> dict[str, str]:
    return {"iri": str(thing), "name": thing.short, "label": thing.label}


def _facts_json(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [{"property": _thing_json(fact.property), **_value_json(fact)} for fact in facts]


def _value_json(fact: Fact) -> dict[str, Any]:
    if isinstance(fact.term, NamedNode) and isinstance(fact.value, Thing):
        return {"value": _thing_json(fact.value)}
    if not isinstance(fact.term, Literal):
        return {"value": str(fact.term)}
    if fact.term.language:
        return {"value": fact.term.value, "language": fact.term.language}
    return {"value": fact.term.value, "datatype": fact.term.datatype.value}
