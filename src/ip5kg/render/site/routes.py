"""Where each IRI of the graph lives in the site, and what a server answers under it.

One table says for each pattern of IRIs which page people get and which files machines get by
content negotiation (RFC 9110, section 12; the recipe of the W3C's “Best Practice Recipes for
Publishing RDF Vocabularies”: 303 to the page or to the data). The rules for Apache, nginx and
w3id.org are written from it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ip5kg.names import BASE, IP5

__all__ = ["HTML", "ROUTES", "Route", "apache_rules", "nginx_rules", "page_of", "resolve"]

HTML = "text/html"
_TURTLE = "text/turtle"
_JSONLD = "application/ld+json"
_WORD = "[A-Za-z0-9._-]+"


class Route(NamedTuple):
    """What is answered under some IRIs.

    Attributes:
        pattern: A regular expression for the path of the IRI below the base, without fragment.
        page: The page, with ``$1``, ``$2`` for the groups of the pattern.
        data: Media type → file, the preferred first.
    """

    pattern: str
    page: str
    data: tuple[tuple[str, str], ...]


ROUTES = (
    Route(
        "ontology", "ontology/index.html", ((_TURTLE, "ontology.ttl"), (_JSONLD, "ontology.jsonld"))
    ),
    Route(f"id/({_WORD})/({_WORD})", "id/$1/$2.html", ((_TURTLE, "id/$1/$2.ttl"),)),
    Route(f"scheme/({_WORD})/({_WORD})", "scheme/$1/$2.html", ((_TURTLE, "scheme/$1/$2.ttl"),)),
    Route(f"scheme/({_WORD})", "scheme/$1.html", ((_TURTLE, "scheme/$1.ttl"),)),
    Route(f"query/({_WORD})", "query/$1.html", (("application/sparql-query", "query/$1.rq"),)),
    Route("logo[.]svg", "logo.svg", ()),
    Route("", "index.html", ()),
)
"""The routes; the first that fits counts."""


def page_of(iri: str) -> str:
    """Tell the path of the page about an IRI, or nothing for an IRI that is not of the graph.

    Classes and properties, whose IRIs have fragments that no server sees, have pages of their own.
    """
    if iri.startswith(IP5):
        local = iri.removeprefix(IP5)
        if not re.fullmatch(_WORD, local):
            return ""
        return f"ontology/{'class' if local[0].isupper() else 'property'}/{local}.html"
    if not iri.startswith(BASE):
        return ""
    return resolve(iri.removeprefix(BASE))


def resolve(path: str, accept: str = HTML) -> str:
    """Tell which file is answered for a path below the base, as the rules of the servers do.

    Args:
        path: The path of an IRI below the base, without its fragment.
        accept: The media types that the client asks for, without weights.

    Returns:
        The path of a file of the site; empty for a path that has no route.
    """
    for route in ROUTES:
        match = re.fullmatch(route.pattern, path)
        if match is None:
            continue
        for media_type, file in route.data:
            if media_type in accept:
                return _with_groups(file, match)
        return _with_groups(route.page, match)
    return ""


def apache_rules(base_url: str) -> str:
    """Write the rules for Apache, which w3id.org takes too.

    Args:
        base_url: Where the site lies, with a slash at the end.
    """
    lines = [
        "# Where the IRIs of the graph lead. Made from one table; do not edit.",
        "Options -MultiViews",
        "AddType text/turtle .ttl",
        "AddType application/ld+json .jsonld",
        "AddType application/sparql-query .rq",
        "AddDefaultCharset UTF-8",
        "RewriteEngine On",
    ]
    for route in ROUTES:
        for media_type, file in route.data:
            lines.append(f"RewriteCond %{{HTTP_ACCEPT}} {re.escape(media_type)}")
            lines.append(f"RewriteRule ^{route.pattern}/?$ {base_url}{file} [R=303,L]")
        lines.append(f"RewriteRule ^{route.pattern}/?$ {base_url}{route.page} [R=303,L]")
    return "\n".join(lines) + "\n"


def nginx_rules(base_url: str) -> str:
    """Write the rules for nginx, to be included in the ``http`` block and in a ``server`` block.

    Args:
        base_url: Where the site lies, with a slash at the end.
    """
    maps, places = [], []
    for number, route in enumerate(ROUTES):
        wanted = f"$ip5kg_{number}"
        maps.append(f"map $http_accept {wanted} {{\n    default {route.page};")
        maps += [f"    ~*{re.escape(kind)} {file};" for kind, file in reversed(route.data)]
        maps.append("}")
        places.append(f"location ~ ^/{route.pattern}/?$ {{\n    return 303 {base_url}{wanted};\n}}")
    return "\n".join(
        [
            "# Where the IRIs of the graph lead. Made from one table; do not edit.",
            "# Into the http block:",
            *maps,
            "",
            "# Into the server block:",
            *(f"# {line}" for place in places for line in place.split("\n")),
            "",
        ]
    )


def _with_groups(template: str, match: re.Match[str]) -> str:
    return re.sub(r"\$(\d)", lambda found: str(match[int(found[1])]), template)
