"""All files of the site, one after the other: made from the graph alone, the same each time."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from ip5kg.changes import Changes
from ip5kg.folders import FolderReplacement
from ip5kg.graph import KnowledgeGraph
from ip5kg.names import BASE, IP5, KINDS, RDFS_LABEL, SCHEMES, SKOS
from ip5kg.publishing.addresses import checked_folder
from ip5kg.publishing.jsonld import write_jsonld
from ip5kg.publishing.serialise import serialise
from ip5kg.render.atom import Entry
from ip5kg.render.site.feed import site_feed
from ip5kg.render.site.frame import LANGUAGES, Frame
from ip5kg.render.site.lists import Term, home_body, kind_body, ontology_body
from ip5kg.render.site.machines import robots, search_data, sitemap
from ip5kg.render.site.questions import question_body, questions_body
from ip5kg.render.site.routes import apache_rules, nginx_rules, page_of
from ip5kg.render.site.things import summary, thing_body
from ip5kg.resources import graph_files, version
from ip5kg.terms import Thing
from ip5kg.turtle.reader import read

__all__ = ["MARK", "build_site", "write_site"]

TITLE = "The IP5 knowledge graph"
MARK = "ip5kg-site.txt"
"""The file by which a folder is known as an earlier site."""

_FIRST_DAY = "2007-01-01"
# Records that people find by what they are about; they have pages, but are not searched for.
_RECORDS = frozenset(
    """
    absence edition event founding membership name name-change observation outcome participation
    passage relation statement status-use supervision tenure
    """.split()  # noqa: SIM905 - a list to read
)

Progress = Callable[[int, int], None]


class _Data(NamedTuple):
    """What the pages are made of.

    Attributes:
        things: The IRIs with a page of their own, sorted.
        own: IRI → the quads about it.
        incoming: IRI → the quads that have it as their object.
        frame: What all pages share.
        today: The last day that the record tells of.
    """

    things: list[str]
    own: dict[str, list[Quad]]
    incoming: dict[str, list[Quad]]
    frame: Frame
    today: datetime.date


def build_site(
    graph: KnowledgeGraph,
    base_url: str = BASE,
    progress: Progress | None = None,
    changes: Changes | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Make the files of a site that needs no server.

    Args:
        graph: The graph, from its files.
        base_url: Where the site will lie; only its canonical links, map and feed depend on it.
        progress: Told how many pages of how many are done.
        changes: What has changed since an earlier state, for the feed.

    Yields:
        Path in the site, and content.

    Raises:
        ParameterError: When the base URL is none.
    """
    base_url = checked_folder(base_url)
    data = _gathered(graph, base_url)
    pages: list[str] = []
    entries: list[Entry] = []
    when: dict[str, str] = {}
    total = len(data.things)
    for number, iri in enumerate(data.things, start=1):
        path = page_of(iri)
        description = graph.show(iri)
        when[iri] = description.when
        quads = data.own.get(iri, []) + data.incoming.get(iri, [])
        turtle = path.removesuffix(".html") + ".ttl"
        yield turtle, serialise(quads, "turtle")
        title = f"{description.thing.label} · ip5kg"
        yield (
            path,
            data.frame.page(
                path,
                title,
                thing_body(data.frame, description, data.today),
                twins=[("text/turtle", turtle)],
                about=iri,
                jsonld=write_jsonld(data.own.get(iri, [])),
                description=summary(description),
            ),
        )
        pages.append(path)
        day = _day_of(data.own.get(iri, []))
        if day and re.match(rf"{BASE}id/(meeting|event|name-change)/", iri):
            entries.append(
                Entry(
                    iri,
                    description.thing.label,
                    f"{day}T00:00:00Z",
                    summary=summary(description),
                    link=base_url + path,
                )
            )
        if progress:
            progress(number, total)
    for path, content in _leading(graph, data, when):
        if path.endswith(".html"):
            pages.append(path)
        yield path, content
    yield "feed.atom", site_feed(base_url, TITLE, entries, changes, frozenset(pages))
    yield "sitemap.xml", sitemap(base_url, pages)
    yield "robots.txt", robots(base_url)
    yield "rules/apache.htaccess", apache_rules(base_url).encode()
    yield "rules/nginx.conf", nginx_rules(base_url).encode()
    yield MARK, b"Written by ip5kg export --site, which replaces this folder as a whole.\n"
    for name in ("style.css", "script.js", "logo.svg"):
        yield name, files("ip5kg.render.site").joinpath(name).read_bytes()


def write_site(
    graph: KnowledgeGraph,
    folder: Path,
    base_url: str = BASE,
    progress: Progress | None = None,
    changes: Changes | None = None,
) -> int:
    """Write the site into a folder, which is the old one or the new one as a whole.

    Args:
        graph: The graph, from its files.
        folder: An empty folder, an earlier site, or one that does not exist yet.
        base_url: Where the site will lie.
        progress: Told how many pages of how many are done.
        changes: What has changed since an earlier state, for the feed.

    Returns:
        The number of files.

    Raises:
        ParameterError: When the base URL is none.
        OutputError: When the folder holds something else, or cannot be written.
    """
    base_url = checked_folder(base_url)
    count = 0
    with FolderReplacement(folder, _objection) as new:
        for path, content in build_site(graph, base_url, progress, changes):
            new.write(path, content)
            count += 1
    return count


def _objection(folder: Path) -> str:
    return "" if (folder / MARK).is_file() else "is not empty and holds no earlier site"


def _gathered(graph: KnowledgeGraph, base_url: str) -> _Data:
    """Read the files, and find what has a page and how it is called."""
    own: defaultdict[str, list[Quad]] = defaultdict(list)
    incoming: defaultdict[str, list[Quad]] = defaultdict(list)
    for path in graph_files(graph.root):
        for triple in read(path):
            quad = Quad(*triple)
            if isinstance(triple.subject, NamedNode):
                own[triple.subject.value].append(quad)
            if isinstance(triple.object, NamedNode):
                incoming[triple.object.value].append(quad)
    things = sorted(iri for iri in own if page_of(iri) and iri != IP5.removesuffix("#"))
    named = {*own, *incoming, *(quad.predicate.value for quads in own.values() for quad in quads)}
    frame = Frame(
        pages=frozenset(things),
        labels=graph.store.labels(sorted(named)),
        names=_names(graph),
        version=version(graph.root),
        base_url=base_url,
    )
    days = [day for quads in own.values() if (day := _day_of(quads))]
    return _Data(
        things, own, incoming, frame, datetime.date.fromisoformat(max(days, default=_FIRST_DAY))
    )


def _names(graph: KnowledgeGraph) -> dict[str, dict[str, str]]:
    """Find what things are called in other languages than English: their names of today."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    rows = graph.store.select(
        f"""SELECT ?thing ?name WHERE {{
          {{ ?thing <{RDFS_LABEL}>|<{SKOS}prefLabel>|<{IP5}nativeName> ?name }}
          UNION {{
            ?use <{IP5}nameOf> ?thing ; <{IP5}name> ?name .
            OPTIONAL {{ ?use <{IP5}beginLatest> ?begin }}
            OPTIONAL {{ ?use <{IP5}endLatest> ?end }} FILTER(!BOUND(?end))
            BIND(COALESCE(STR(?begin), "0") AS ?since)
          }}
        }} ORDER BY ?thing BOUND(?since) DESC(?since) ?name"""
    ).rows
    for thing, name in rows:
        if isinstance(thing, NamedNode) and isinstance(name, Literal):
            language = (name.language or "").split("-")[0]
            if language in LANGUAGES and language != "en":
                found[thing.value].setdefault(language, name.value)
    return dict(found)


def _leading(
    graph: KnowledgeGraph, data: _Data, when: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Make the pages that lead to others, the questions, and the data as a whole."""
    frame = data.frame
    counts, searched = [], []
    for kind in (*(f"id/{kind}" for kind in KINDS), *(f"scheme/{name}" for name in SCHEMES)):
        members = [iri for iri in data.things if iri.startswith(f"{BASE}{kind}/")]
        if not members:
            continue
        name = kind.split("/", 1)[1].replace("-", " ").capitalize()
        # The page of a scheme lists its concepts already.
        if kind.startswith("id/"):
            path = f"{kind}/index.html"
            listed = [(Thing(iri, frame.labels.get(iri)), when.get(iri, "")) for iri in members]
            yield path, frame.page(path, f"{name} · ip5kg", kind_body(frame, path, name, listed))
            counts.append((path, name, len(members)))
        if kind.removeprefix("id/") not in _RECORDS:
            searched += [(page_of(iri), name, iri) for iri in members]
    terms = _terms(data)
    path = "ontology/index.html"
    header = _text(data.own.get(IP5.removesuffix("#"), []), "http://purl.org/dc/terms/description")
    yield path, frame.page(path, "Ontology · ip5kg", ontology_body(frame, header, terms))
    searched += [(page_of(str(term.thing)), term.kind, str(term.thing)) for term in terms]
    queries = graph.queries.all()
    for query in queries:
        path = f"query/{query.name}.html"
        given = {one.name: one.example for one in query.parameters if one.required}
        body = question_body(frame, query, graph.query(query.name, **given))
        twins = [("application/sparql-query", f"query/{query.name}.rq")]
        yield path, frame.page(path, f"{query.summary} · ip5kg", body, twins=twins)
        yield f"query/{query.name}.rq", query.text.encode()
    yield (
        "query/index.html",
        frame.page("query/index.html", "Questions · ip5kg", questions_body(queries)),
    )
    yield "index.html", frame.page("index.html", TITLE, home_body(counts, TITLE))
    rows = [
        (path, kind, frame.labels.get(iri, iri), " ".join(_other_names(data, iri)))
        for path, kind, iri in searched
    ]
    rows += [(f"query/{one.name}.html", "Question", one.summary, one.name) for one in queries]
    yield "search.js", search_data(rows)
    whole = [quad for quads in data.own.values() for quad in quads]
    yield "graph.ttl", serialise(whole, "turtle")
    yield "graph.nt", serialise(whole, "ntriples")
    ontology = [Quad(*triple) for triple in read(graph.root / "ontology" / "ip5.ttl")]
    yield "ontology.ttl", serialise(ontology, "turtle")
    yield "ontology.jsonld", serialise(ontology, "jsonld")


def _terms(data: _Data) -> list[Term]:
    """List the terms of the ontology with what it says of them."""
    links = {
        "subclass of": "http://www.w3.org/2000/01/rdf-schema#subClassOf",
        "subproperty of": "http://www.w3.org/2000/01/rdf-schema#subPropertyOf",
        "domain": "http://www.w3.org/2000/01/rdf-schema#domain",
        "range": "http://www.w3.org/2000/01/rdf-schema#range",
        "inverse of": "http://www.w3.org/2002/07/owl#inverseOf",
    }
    found = []
    for iri in data.things:
        if not iri.startswith(IP5):
            continue
        facts = {
            name: [
                Thing(quad.object.value, data.frame.labels.get(quad.object.value))
                for quad in data.own[iri]
                if quad.predicate.value == link and isinstance(quad.object, NamedNode)
            ]
            for name, link in links.items()
        }
        found.append(
            Term(
                Thing(iri, data.frame.labels.get(iri)),
                "class" if iri.removeprefix(IP5)[0].isupper() else "property",
                _text(data.own[iri], SKOS + "definition"),
                {name: values for name, values in facts.items() if values},
            )
        )
    return found


def _other_names(data: _Data, iri: str) -> Iterator[str]:
    """List by what else a thing may be looked for: its texts, and the names that it has had."""
    label = data.frame.labels.get(iri)
    texts = [quad.object for quad in data.own.get(iri, [])]
    for quad in data.incoming.get(iri, []):
        if quad.predicate.value == IP5 + "nameOf" and isinstance(quad.subject, NamedNode):
            texts += [
                one.object
                for one in data.own[quad.subject.value]
                if one.predicate.value in (IP5 + "name", IP5 + "acronym")
            ]
    seen = {label}
    for text in texts:
        if isinstance(text, Literal) and text.language and text.value not in seen:
            seen.add(text.value)
            yield text.value


def _text(quads: list[Quad], predicate: str) -> str:
    return next(_texts(quads, predicate), "")


def _day_of(quads: list[Quad]) -> str:
    """Find the last day that something may have, as ISO 8601 has it."""
    return max(_texts(quads, IP5 + "latest"), default="")


def _texts(quads: list[Quad], predicate: str) -> Iterator[str]:
    for quad in quads:
        if quad.predicate.value == predicate and isinstance(quad.object, Literal):
            yield quad.object.value
