"""An answer as one page of HTML, for a browser, without a server or a network."""

from __future__ import annotations

from ip5kg.answers import Answer
from ip5kg.answers.markup import html_table, html_text
from ip5kg.render.reports.page import page
from ip5kg.render.text import one_line

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


def to_html(answer: Answer | bool, *, iris: bool = False, title: str = "Answer") -> str:
    """Write an answer as a page that holds its own style, runs nothing and loads nothing.

    Args:
        answer: Rows, or the truth value of ASK.
        iris: Show prefixed names instead of labels.
        title: What was asked.
    """
    head = f'<header>\n<h1 dir="auto">{html_text(title)}</h1>\n</header>\n<main>'
    if isinstance(answer, bool):
        body = f"<p>{'yes' if answer else 'no'}</p>"
    else:
        caption = f"{len(answer):,} row{'' if len(answer) == 1 else 's'}"
        table = html_table(
            answer.columns,
            answer.solutions.rows,
            answer.labels,
            iris=iris,
            right=answer.numeric(),
            caption=caption,
        )
        # What scrolls sideways must be reachable by keyboard, and then have a name.
        opened = '<div class="scroll" role="region" aria-label="Rows" tabindex="0">'
        body = "\n".join([opened, *table, "</div>"])
    return page(
        " ".join(one_line(title).split()), f"{head}\n{body}\n</main>", style=_STYLE, script=""
    )
