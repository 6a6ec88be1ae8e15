"""The page about a stored question: what it asks, takes and gives, its SPARQL, and an answer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pyoxigraph import Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.answers.markup import html_text
from ip5kg.querybook import StoredQuery
from ip5kg.render.catalogue import example_call
from ip5kg.render.site.frame import Frame
from ip5kg.terms import Term, Thing, display

__all__ = ["question_body", "questions_body"]

_SHOWN = 200


def question_body(frame: Frame, query: StoredQuery, answer: Answer) -> Iterator[str]:
    """Write what the page about a stored question says.

    Args:
        frame: What all pages share.
        query: The stored question.
        answer: The answer to its shortest call.
    """
    path = f"query/{query.name}.html"
    yield f"<h1>{html_text(query.summary)}</h1>"
    yield f'<p class="about"><code>{query.name}</code> · <a href="{query.name}.rq">SPARQL</a></p>'
    yield f"<p>{html_text(query.description)}</p>"
    if query.parameters:
        yield '<h2>Parameters</h2>\n<dl class="facts">'
        for parameter in query.parameters:
            needed = "required" if parameter.required else "optional"
            yield f"<dt><code>--{parameter.flag}</code> ({parameter.type}, {needed})</dt>"
            example = f"such as <code>{html_text(parameter.example)}</code>"
            yield f"<dd>{html_text(parameter.description)} {example}</dd>"
        yield "</dl>"
    yield "<h2>An answer</h2>"
    yield f"<pre>{html_text(example_call(query))}</pre>"
    yield '<div class="scroll" role="region" aria-label="Answer" tabindex="0">\n<table>'
    shown = answer.solutions.rows[:_SHOWN]
    rest = f", of which the first {_SHOWN} are shown" if len(shown) < len(answer) else ""
    yield f"<caption>{len(answer):,} rows{rest}</caption>"
    right = answer.numeric()
    heads = "".join(
        f'<th scope="col"{_number(n in right)}>{html_text(name)}</th>'
        for n, name in enumerate(answer.columns)
    )
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in shown:
        cells = (
            f'<td{_number(n in right)} dir="auto">{_cell(frame, term, answer, path)}</td>'
            for n, term in enumerate(row)
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>\n</div>"
    yield '<h2>Columns</h2>\n<dl class="facts">'
    for column in query.columns:
        yield f"<dt>{html_text(column.name)}</dt><dd>{html_text(column.description)}</dd>"
    yield f"</dl>\n<h2>SPARQL</h2>\n<pre>{escape(query.body)}</pre>"


def questions_body(queries: list[StoredQuery]) -> Iterator[str]:
    """Write the list of all stored questions, by theme."""
    yield "<h1>Questions</h1>"
    for theme in sorted({query.theme for query in queries}):
        yield f"<h2>{html_text(theme.capitalize())}</h2>\n<ul>"
        for query in queries:
            if query.theme == theme:
                yield f'<li><a href="{query.name}.html">{html_text(query.summary)}</a></li>'
        yield "</ul>"


def _cell(frame: Frame, term: Term | None, answer: Answer, path: str) -> str:
    if isinstance(term, NamedNode):
        return frame.link(Thing(term.value, answer.labels.get(term.value)), path)
    text = html_text(display(term, answer.labels)) if term is not None else ""
    if isinstance(term, Literal) and term.language:
        return f'<span lang="{term.language}">{text}</span>'
    return text


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""
