"""An answer as one page of HTML, for a browser, without a server or a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ip5kg.answers import Answer
from ip5kg.answers.cited import Cited
from ip5kg.answers.markup import html_table, html_text
from ip5kg.render.footnotes import html_marks, html_notes
from ip5kg.render.reports.page import page
from ip5kg.render.text import one_line

if TYPE_CHECKING:
    from ip5kg.answers.pictures import Picture

__all__ = ["to_html"]

_STYLE = """
:root { color-scheme: light dark; %s }
@media (prefers-color-scheme: dark) { :root { %s } }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--back);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
a { color: var(--info); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; color: var(--faint); }
th, td { padding: .4rem 1.2rem .4rem 0; text-align: left; vertical-align: top;
  border-top: 1px solid var(--line); overflow-wrap: break-word; max-width: 30rem; }
td, h1 { white-space: pre-line; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


_PICTURE_STYLE = """
figure { margin: 0 0 1.5rem; }
figure svg { max-width: 100%%; height: auto; }
@media (prefers-color-scheme: dark) { %s }
"""


def to_html(
    answer: Answer | Cited | bool,
    *,
    iris: bool = False,
    title: str = "Answer",
    picture: Picture | None = None,
) -> str:
    """Write an answer as a page that holds its own style, runs nothing and loads nothing.

    Args:
        answer: Rows, with their sources or without, or the truth value of ASK.
        iris: Show prefixed names instead of labels.
        title: What was asked.
        picture: A picture of the rows, to stand above them.
    """
    head = f'<header>\n<h1 dir="auto">{html_text(title)}</h1>\n</header>'
    cited = answer if isinstance(answer, Cited) else None
    rows = answer.answer if isinstance(answer, Cited) else answer
    body = [head, "<main>"]
    style = _STYLE
    if picture is not None:
        from ip5kg.answers.pictures.svg import dark_rules

        style += _PICTURE_STYLE.replace("%s", dark_rules())
        body.append(f"<figure>\n{picture.svg(in_page=True)}</figure>")
    if isinstance(rows, bool):
        body.append(f"<p>{'yes' if rows else 'no'}</p>")
    else:
        # What scrolls sideways must be reachable by keyboard, and then have a name.
        body.append('<div class="scroll" role="region" aria-label="Rows" tabindex="0">')
        body += html_table(
            rows.columns,
            rows.solutions.rows,
            rows.labels,
            iris=iris,
            right=rows.numeric(),
            caption=f"{len(rows):,} row{'' if len(rows) == 1 else 's'}",
            notes=cited and [html_marks(marks) for marks in cited.marks],
        )
        body.append("</div>")
        body += html_notes(cited) if cited else ()
    body.append("</main>")
    name = " ".join(one_line(title).split())
    return page(name, "\n".join(body), style=style, script="")
