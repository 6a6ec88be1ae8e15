"""Write the generated parts of the documentation, between markers, from the real thing.

Usage: python scripts/docs.py [--check]

With --check nothing is written; the files that are out of date are named and the exit code is 1.

What is counted is counted in the data files on which the golden answers are recorded, so that a new
file puts nothing out of date: ``make golden`` records the answers anew, and then these counts.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from textwrap import indent

from ip5kg.graph import KnowledgeGraph
from ip5kg.names import IP5, local_name, shorten
from ip5kg.querybook import Parameter, StoredQuery
from ip5kg.querybook.functions import docstring_of, signature_of
from ip5kg.render.catalogue import example_calls
from ip5kg.resources import graph_files, graph_iri
from ip5kg.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[1]
STUB = ROOT / "src" / "ip5kg" / "questions.pyi"
IP5KG = [sys.executable, "-m", "ip5kg"]
RECORDED = ROOT / "tests" / "golden" / "files.txt"
MARKED = re.compile(r"(<!-- begin ([a-z-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def run(*arguments: str) -> str:
    """Run the command line and return what it prints."""
    done = subprocess.run(
        [*IP5KG, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.strip()


def recorded_graph() -> tuple[KnowledgeGraph, int]:
    """Open the graph without the data files that are not recorded, and count these."""
    known = set(RECORDED.read_text(encoding="utf-8").splitlines())
    files = graph_files(ROOT)
    new = {
        path
        for path in files
        if path.is_relative_to(ROOT / "data") and path.relative_to(ROOT).as_posix() not in known
    }
    graph = KnowledgeGraph(ROOT)
    if new:
        graph.store = EmbeddedStore(
            (path, graph_iri(path, ROOT)) for path in files if path not in new
        )
    return graph, len(new)


def answer(graph: KnowledgeGraph) -> str:
    """Show a real question and its real answer."""
    query = graph.queries.get("meeting-attendees")
    call = ("query", "meeting-attendees", "--meeting", "heads-2021", "--format", "md")
    return f"**{query.summary}**\n\n```console\n$ ip5kg {' '.join(call)}\n```\n\n{run(*call)}"


def counts(graph: KnowledgeGraph) -> str:
    """Count the members of each class that has some, the most first."""
    rows = graph.store.select(
        f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?label (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
          ?class rdfs:isDefinedBy <{IP5[:-1]}> ; rdfs:label ?label .
          ?thing a ?class .
          FILTER(STRSTARTS(STR(?thing), "https://w3id.org/ip5kg/id/"))
        }} GROUP BY ?label ORDER BY DESC(?count) ?label"""
    ).rows
    cells = [(label.value, count.value) for label, count in rows]  # type: ignore[union-attr]
    return ", ".join(f"{label} {count}" for label, count in cells) + "."


def thin(graph: KnowledgeGraph) -> str:
    """Tell what the sources do not: how often, and of which meetings and years."""
    gaps = graph.stats().gaps
    counts = "; ".join(f"{gap.what}: {gap.number}" for gap in gaps)
    named = [
        f"{gap.what.capitalize()}: {'; '.join(gap.names)}."
        for gap in gaps
        if gap.what == "meetings held on an unknown day" or gap.what.startswith("years without")
    ]
    return f"{counts}.\n\n{' '.join(named)}"


def commands(_: KnowledgeGraph) -> str:
    """List the commands with their one-line helps."""
    lines = run("--help").split("Commands:", 1)[1].splitlines()
    table = ["| command | what it does |", "|---|---|"]
    for line in lines:
        found = re.fullmatch(r"  (\w+)\s{2,}(\S.*)", line)
        if found:
            table.append(f"| `ip5kg {found[1]}` | {found[2]} |")
    return "\n".join(table)


def questions(graph: KnowledgeGraph) -> str:
    """List all stored queries by theme, and then what each takes and gives."""
    queries = sorted(graph.queries.all(), key=lambda query: (query.theme, query.name))
    lines: list[str] = []
    for theme, group in groupby(queries, key=lambda query: query.theme):
        lines += ["", f"**{theme.capitalize()}**", "", "| query | question |", "|---|---|"]
        lines += [f"| [`{query.name}`](#{query.name}) | {query.summary} |" for query in group]
    for theme, group in groupby(queries, key=lambda query: query.theme):
        lines += ["", f"## Theme: {theme}"]
        for query in group:
            lines += ["", *question(query)]
    return "\n".join(lines).strip()


def question(query: StoredQuery) -> list[str]:
    """Describe a stored query: calls, parameters, columns, tags and view."""
    lines = [f"### {query.name}", "", f"**{query.summary}** {query.description}", ""]
    lines += ["```console", *(f"$ {call}" for call in example_calls(query)), "```", ""]
    if query.parameters:
        lines += ["| parameter | takes | meaning |", "|---|---|---|"]
        lines += [
            f"| `--{one.flag}` | {takes(one)} | {one.description} |" for one in query.parameters
        ]
        lines.append("")
    lines += ["| column | meaning |", "|---|---|"]
    lines += [f"| {column.name} | {column.description} |" for column in query.columns]
    view = "" if query.view == "Table" else f" Preferred view: {query.view}."
    return [*lines, "", f"Tags: {', '.join(query.tags)}.{view}"]


def takes(parameter: Parameter) -> str:
    """Say what a parameter takes."""
    kind = f"`{parameter.class_name}`" if parameter.class_name else parameter.type
    if parameter.multiple:
        kind = f"one or several: {kind}"
    if parameter.default is not None:
        return f"{kind}; by default {shorten(parameter.default)}"
    return f"{kind}, required" if parameter.required else kind


def themes(graph: KnowledgeGraph) -> str:
    """Count the questions of each theme."""
    number = Counter(query.theme for query in graph.queries.all())
    return ", ".join(f"{theme} {count}" for theme, count in sorted(number.items())) + "."


def terms(graph: KnowledgeGraph) -> str:
    """List the classes and properties of the ontology with their definitions."""
    rows = graph.store.select(
        f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?kind ?term ?definition WHERE {{
          ?term rdfs:isDefinedBy <{IP5[:-1]}> ; a ?kind ; skos:definition ?definition .
          FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty))
        }} ORDER BY ?kind ?term"""
    ).rows
    lines: list[str] = []
    heading = ""
    for kind, term, definition in rows:
        name = local_name(kind.value)  # type: ignore[union-attr]
        if name != heading:
            heading = name
            title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
            plural = f"{title}es" if title.endswith("s") else f"{title[:-1]}ies"
            lines += ["", f"## {plural.capitalize()}", "", "| term | definition |", "|---|---|"]
        short = local_name(term.value)  # type: ignore[union-attr]
        lines.append(f"| `ip5:{short}` | {definition.value} |")  # type: ignore[union-attr]
    return "\n".join(lines).strip()


def stub(graph: KnowledgeGraph) -> str:
    """Write the stub from which editors complete the functions of ``ip5kg.questions``."""
    lines = [
        '"""Each stored question as a Python function; written by scripts/docs.py."""',
        "",
        "import datetime",
        "from collections.abc import Iterable",
        "",
        "from ip5kg.answers import Answer",
        "from ip5kg.graph import KnowledgeGraph",
        "",
        "__all__ = [",
        *[f'    "{query.function}",' for query in graph.queries.all()],
        "]",
        "",
    ]
    for query in graph.queries.all():
        signature = signature_of(query)
        arguments = [
            f"    {one.name}: {one.annotation}{'' if one.default is one.empty else ' = None'},"
            for one in signature.parameters.values()
        ]
        text = docstring_of(query).replace("\\", "\\\\").replace('"""', '\\"""')
        lines += [
            f"def {query.function}(",
            "    *,",
            *arguments,
            f") -> {signature.return_annotation}:",
            *indent(f'"""{text}\n"""', "    ").splitlines(),
            "",
        ]
    return "\n".join(lines[:-1]) + "\n"


BLOCKS: dict[str, Callable[[KnowledgeGraph], str]] = {
    "answer": answer,
    "commands": commands,
    "counts": counts,
    "questions": questions,
    "terms": terms,
    "themes": themes,
    "thin": thin,
}
FILES = ("README.md", "queries/README.md", "ontology/README.md")


def main() -> None:
    """Rewrite the blocks, or with --check say which files are out of date."""
    graph, new = recorded_graph()
    stale = []
    for name in FILES:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = MARKED.sub(lambda m: f"{m[1]}\n{BLOCKS[m[2]](graph)}\n\n{m[3]}", before)
        if after != before:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(after, encoding="utf-8")
    after = stub(graph)
    if not STUB.exists() or STUB.read_text(encoding="utf-8") != after:
        stale.append(STUB.relative_to(ROOT).as_posix())
        if "--check" not in sys.argv:
            STUB.write_text(after, encoding="utf-8")
    for name in stale:
        print(f"{name} {'is out of date: run make docs' if '--check' in sys.argv else 'written'}")
    if new:
        print(f"Data files that are not counted yet: {new}. After make golden they are.")
    if stale and "--check" in sys.argv:
        sys.exit(1)


if __name__ == "__main__":
    main()
