"""The parts of the data: by the folders of ``data/``, and by year where files are named by it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ip5kg.resources import data_files

__all__ = ["Theme", "themes", "yearly"]


class Theme(NamedTuple):
    """A part of the data that is offered by itself.

    Attributes:
        name: A word for its files.
        title: Its name for people.
        description: What is in it.
        keywords: Words to find it by.
        subjects: Codes of the EU's table of data themes.
        files: The data files in it.
    """

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    subjects: tuple[str, ...]
    files: tuple[Path, ...] = ()


_THEMES = (
    Theme(
        "offices",
        "Offices and organisations of the IP5",
        "The patent offices with their names over time, the industry associations, government "
        "bodies, international organisations and groups; supervision, memberships, and the "
        "accessions to the European Patent Convention.",
        ("patent office", "EPO", "JPO", "KIPO", "MOIP", "CNIPA", "USPTO", "industry association"),
        ("GOVE", "TECH"),
    ),
    Theme(
        "officials",
        "Officials of the IP5 offices",
        "The people who led the offices or took part in their meetings, the posts, and who held "
        "which post from when to when, in substance, acting, or performing its functions.",
        ("head of office", "tenure", "commissioner", "patent office"),
        ("GOVE",),
    ),
    Theme(
        "meetings",
        "Meetings of the IP5 offices",
        "The meetings of the heads, deputy heads, working groups and of the industry, with who "
        "took part in which role for whom, and what was said and decided.",
        ("heads of office meeting", "attendance", "international co-operation"),
        ("GOVE", "TECH"),
    ),
    Theme(
        "initiatives",
        "Initiatives of the IP5 offices",
        "Projects and other initiatives with their life-cycle events, statuses in time, aims, "
        "topics and relations.",
        ("project", "Global Dossier", "classification", "work sharing", "harmonisation"),
        ("GOVE", "TECH"),
    ),
    Theme(
        "statistics",
        "Statistics of the IP5 offices",
        "Patent applications, grants and other indicators by office and year, each value with "
        "its source, as an RDF Data Cube.",
        ("patent statistics", "patent applications", "patent grants", "data cube"),
        ("TECH", "ECON"),
    ),
    Theme(
        "sources",
        "Sources about the IP5",
        "The documents from which the facts were taken, and the passages that are cited; no "
        "sentence of a source is stored.",
        ("bibliography", "provenance", "source"),
        ("GOVE",),
    ),
    Theme(
        "places",
        "Regions, states and places of the IP5",
        "IP5 regions, states and places, tied to the EU's authority tables, Wikidata, GeoNames "
        "and the EPO's vocabulary.",
        ("country codes", "WIPO ST.3", "region"),
        ("REGI",),
    ),
)
# The folder or file, without suffix, at the top of the data → its theme, where names differ.
_HOMES = {
    "epc-memberships": "offices",
    "organisations": "offices",
    "persons": "officials",
    "posts": "officials",
    "regions": "places",
    "series": "meetings",
    "states": "places",
    "tenures": "officials",
}
# What other datasets of a bundle are called.
_RESERVED = ("alignments", "ip5kg", "ontology", "queries", "shapes")
_YEAR = re.compile(r"meetings/(?P<year>[0-9]{4})(?:-[^/]*)?\.ttl")


def themes(root: Path) -> list[Theme]:
    """Divide the data files of a root; each is in one theme.

    A folder that is not known makes a theme of its own name.
    """
    members: dict[str, list[Path]] = {}
    for name, path in data_files(root).items():
        top = name.partition("/")[0].removesuffix(".ttl")
        members.setdefault(_HOMES.get(top) or _word(top), []).append(path)
    known = [theme for theme in _THEMES if theme.name in members]
    others = sorted(members.keys() - {theme.name for theme in known})
    found = [*known, *(_unknown(name) for name in others)]
    return [theme._replace(files=tuple(members[theme.name])) for theme in found]


def yearly(root: Path) -> list[Theme]:
    """Divide the meetings by year."""
    members: dict[str, list[Path]] = {}
    for name, path in data_files(root).items():
        if (match := _YEAR.fullmatch(name)) is not None:
            members.setdefault(match["year"], []).append(path)
    [meetings] = (theme for theme in _THEMES if theme.name == "meetings")
    return [
        meetings._replace(
            name=f"meetings-{year}",
            title=f"Meetings of the IP5 offices in {year}",
            description=f"What is known of the meetings of {year}: who took part in which role "
            "for whom, and what was said and decided.",
            keywords=(*meetings.keywords, year),
            files=tuple(files),
        )
        for year, files in sorted(members.items())
    ]


def _unknown(name: str) -> Theme:
    return Theme(
        name,
        f"IP5: {name}",
        f"What the knowledge graph of the IP5 holds in the folder or file “{name}” of its data.",
        (name,),
        ("GOVE",),
    )


def _word(name: str) -> str:
    """Make a word for files and IRIs of the name of a folder."""
    word = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "other"
    return f"{word}-data" if word in _RESERVED else word
