"""What has changed between two states: for people, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ip5kg.changes import AnswerChange, Change, Changes, Kind
from ip5kg.changes.records import Rows
from ip5kg.render.terminal import wrapped
from ip5kg.render.text import markdown_text, one_line
from ip5kg.terms import Thing

__all__ = ["answer_lines", "changes_json", "changes_markdown", "changes_text"]

_SIGNS = {
    Kind.NEW: "+",
    Kind.EVENT: "+",
    Kind.STATUS: "+",
    Kind.ADDED: "+",
    Kind.SOURCE_ADDED: "+",
    Kind.GONE: "-",
    Kind.REMOVED: "-",
    Kind.UNDATED: "-",
    Kind.SOURCE_REMOVED: "-",
}
_COLOURS = {"+": 32, "-": 31, "~": 33}
_NARROWEST = 24


def changes_text(changes: Changes, *, width: int | None = None, coloured: bool = False) -> str:
    """Write changes for people, grouped by kind of thing.

    Args:
        changes: What to write.
        width: The width of the terminal, into which lines are wrapped; None when it is for none.
        coloured: Whether the terminal may be told to use colour.
    """

    def painted(text: str, code: int) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if coloured else text

    lines: list[str] = []
    for heading, group in groupby(changes.things, key=lambda one: one.group):
        lines += [painted(one_line(heading.label), 1)]
        for thing, told in groupby(group, key=lambda one: one.thing):
            lines.append(f"  {one_line(_named(thing))}")
            for one in told:
                sign = _SIGNS.get(one.kind, "~")
                first, *others = _fitting(one_line(one.sentence), width)
                lines.append(painted(f"    {sign} {first}", _COLOURS[sign]))
                lines += [painted(f"      {other}", _COLOURS[sign]) for other in others]
        lines.append("")
    if changes.answers:
        lines.append(painted("answers", 1))
        lines += [f"  {one_line(_count(answer))}" for answer in changes.answers]
        lines.append("")
    if changes.queries:
        lines.append(painted("stored queries", 1))
        for query in changes.queries:
            sign = _SIGNS.get(query.kind, "~")
            summary = f": {query.summary}" if query.summary else ""
            first, *others = _fitting(one_line(f"{query.name}{summary}"), width)
            lines.append(painted(f"  {sign} {first}", _COLOURS[sign]))
            lines += [painted(f"    {other}", _COLOURS[sign]) for other in others]
        lines.append("")
    return "".join(f"{line}\n" for line in [*lines, _summary(changes)])


def changes_markdown(changes: Changes) -> str:
    """Write changes as Markdown, for a section of a changelog."""
    lines: list[str] = []
    for heading, group in groupby(changes.things, key=lambda one: one.group):
        lines += [f"### {_capital(markdown_text(heading.label))}", ""]
        for thing, told in groupby(group, key=lambda one: one.thing):
            head = f"- **{markdown_text(thing.label)}**"
            said = [markdown_text(one.sentence) for one in told]
            name = f" ({markdown_text(thing.short)})" if thing.short != thing.label else ""
            if len(said) == 1:
                lines.append(f"{head}{name}: {said[0]}")
            else:
                lines += [f"{head}{name}", *(f"  - {sentence}" for sentence in said)]
        lines.append("")
    if changes.answers:
        lines += ["### Answers", ""]
        lines += [f"- {markdown_text(_count(answer))}" for answer in changes.answers]
        lines.append("")
    if changes.queries:
        lines += ["### Stored queries", ""]
        lines += [f"- {markdown_text(str(query))}" for query in changes.queries]
        lines.append("")
    return "".join(f"{line}\n" for line in [*lines, markdown_text(_summary(changes))])


def changes_json(changes: Changes) -> str:
    """Write changes with all their triples, as N-Triples has them, as JSON."""
    import json

    document: dict[str, Any] = {
        "old": changes.old,
        "new": changes.new,
        "changes": [_change_json(one) for one in changes.things],
        "answers": None
        if changes.answers is None
        else [
            {
                "call": one.call,
                "new": _rows_json(one.new),
                "gone": _rows_json(one.gone),
                "total": one.total,
            }
            for one in changes.answers
        ],
        "queries": [
            {"name": one.name, "summary": one.summary, "kind": one.kind.value}
            for one in changes.queries
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def answer_lines(answer: AnswerChange, most: int) -> Iterator[str]:
    """Tell how one answer differs, with so many rows of each sort."""
    yield one_line(_count(answer))
    for sign, rows in (("-", answer.gone), ("+", answer.new)):
        listed = sorted(rows.elements())
        yield from (one_line(f"  {sign} {' | '.join(row)}") for row in listed[:most])
        if len(listed) > most:
            yield f"  {sign} … and {len(listed) - most} more"


def _count(answer: AnswerChange) -> str:
    new, gone = answer.new.total(), answer.gone.total()
    return f"{answer.call}: {new} new, {gone} gone, of {answer.total}"


def _summary(changes: Changes) -> str:
    """Count the changes."""
    many, things = len(changes.things), len({one.thing for one in changes.things})
    if not changes:
        return "Nothing has changed."
    told = f"{many:,} change{'s' * (many != 1)} of {things:,} thing{'s' * (things != 1)}"
    if changes.answers is not None:
        count = len(changes.answers)
        told += f"; {count} answer{'s differ' if count != 1 else ' differs'}"
    if changes.queries:
        count = len(changes.queries)
        told += f"; {count} stored {'queries differ' if count != 1 else 'query differs'}"
    return f"{told}."


def _named(thing: Thing) -> str:
    return thing.label if thing.label == thing.short else f"{thing.label} ({thing.short})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fitting(text: str, width: int | None) -> Sequence[str]:
    return [text] if width is None else wrapped(text, max(width - 6, _NARROWEST)) or [""]


def _change_json(one: Change) -> dict[str, Any]:
    return {
        "id": one.name.urn,
        "thing": _thing_json(one.thing),
        "group": _thing_json(one.group),
        "kind": one.kind.value,
        "sentence": one.sentence,
        "mentions": [_thing_json(part) for part in one.parts if isinstance(part, Thing)],
        "removed": [f"{triple} ." for triple in one.removed],
        "added": [f"{triple} ." for triple in one.added],
    }


def _thing_json(thing: Thing) -> dict[str, str]:
    return {"iri": str(thing), "name": thing.short, "label": thing.label}


def _rows_json(rows: Rows) -> list[list[str]]:
    return [list(row) for row in sorted(rows.elements())]
