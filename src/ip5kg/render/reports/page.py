"""A page of HTML that needs nothing but itself: its style, its script, its frame."""

from __future__ import annotations

import base64
import hashlib
from html import escape

__all__ = ["DARK", "LIGHT", "page"]

LIGHT = {
    "back": "#ffffff",
    "text": "#1b1b1b",
    "faint": "#595959",
    "line": "#c8c8c8",
    "violation": "#a8001c",
    "warning": "#7a4a00",
    "info": "#0b55a0",
    "mark": "#ffe98a",
    "marked": "#1b1b1b",
}
DARK = {
    "back": "#15171b",
    "text": "#e6e6e6",
    "faint": "#a6acb5",
    "line": "#464b54",
    "violation": "#ff8f87",
    "warning": "#ffc46b",
    "info": "#8ec5ff",
    "mark": "#5c4a00",
    "marked": "#ffffff",
}

_STYLE = """
:root { color-scheme: light dark; %s }
@media (prefers-color-scheme: dark) { :root { %s } }
body { margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--back);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
a { color: var(--info); }
table { border-collapse: collapse; width: 100%%; }
table.counts { width: auto; }
section table { table-layout: fixed; }
section th:nth-child(1) { width: 7rem; }
section th:nth-child(2) { width: 9rem; }
section th:nth-child(4) { width: 14rem; }
caption { text-align: left; color: var(--faint); }
th, td { padding: .4rem .8rem .4rem 0; text-align: left; vertical-align: top;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th.place, td.severity { white-space: nowrap; overflow-wrap: normal; }
td p { margin: 0; }
.because { margin: 0; padding-left: 1.2rem; }
.violation { color: var(--violation); }
.warning { color: var(--warning); }
.info { color: var(--info); }
.known, .known a, .about { color: var(--faint); }
pre { margin: .3rem 0; overflow-x: auto; font: .875rem/1.5 ui-monospace, monospace; }
mark { background: var(--mark); color: var(--marked); }
fieldset { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; border: 1px solid var(--line); }
[hidden] { display: none; }
@media print { form { display: none; } }
"""

_SCRIPT = """
const form = document.forms[0];
const sections = [...document.querySelectorAll("section[data-file]")];
const show = () => {
  const wanted = new Set(new FormData(form).getAll("show"));
  const file = form.elements.file.value;
  let shown = 0;
  for (const section of sections) {
    let here = 0;
    for (const row of section.querySelectorAll("tbody tr")) {
      row.hidden = (file && file !== section.dataset.file) || !wanted.has(row.dataset.severity)
        || ("known" in row.dataset && !wanted.has("known"));
      here += row.hidden ? 0 : 1;
    }
    section.hidden = !here;
    shown += here;
  }
  form.querySelector("output").value = `${shown} shown`;
};
if (form) { form.hidden = false; form.addEventListener("input", show); show(); }
"""


def page(title: str, body: str, *, style: str = _STYLE, script: str = _SCRIPT) -> str:
    """Put a body into a page.

    A content security policy lets nothing run or load but the style and the script of the page,
    should what is written into it ever not be escaped.

    Args:
        title: The title, as text.
        body: The content of the ``body``, as HTML.
        style: Its style sheet, with two places for the colours, in the light and in the dark.
        script: Its script; empty for none.
    """
    style %= (_variables(LIGHT), _variables(DARK))
    scripts = f"script-src {_source(script)}; " if script else ""
    policy = (
        f"default-src 'none'; style-src {_source(style)}; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )
    end = f"\n<script>{script}</script>" if script else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="ip5kg">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
{body}{end}
</body>
</html>
"""


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
