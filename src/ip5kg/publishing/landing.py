"""What people and search engines read: schema.org, a page, and how to cite."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from ip5kg.names import BASE
from ip5kg.publishing.bundle import Bundle, Dataset, File
from ip5kg.publishing.dcat import dataset_iri

__all__ = ["citation", "landing_page", "schema_org"]

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem}"
    "table{border-collapse:collapse;width:100%}td,th{padding:.2rem .6rem;text-align:left;"
    "border-bottom:1px solid #767676}td:last-child{text-align:right}"
)


def schema_org(bundle: Bundle) -> str:
    """Describe the datasets for search engines, as JSON-LD with a context of its own."""
    publisher = {"@type": "Organization", "name": bundle.publisher, "url": BASE}
    parts = [one for one in bundle.datasets if one is not bundle.whole and not one.series]
    whole = {
        "@context": {"@vocab": "https://schema.org/"},
        **_dataset(bundle, bundle.whole),
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": f"{bundle.title}: catalogue",
            "url": bundle.base_url,
        },
        "hasPart": [{**_dataset(bundle, part), "creator": publisher} for part in parts],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def landing_page(bundle: Bundle) -> str:
    """Write a page that lists the files, with the description for search engines in it."""
    # What ends a script must not stand in it.
    data = schema_org(bundle).replace("</", "<\\/").replace("<!--", "<\\!--")
    sections = "".join(_section(dataset) for dataset in bundle.datasets)
    more = "".join(
        f'<li><a href="{name}">{title}</a></li>\n'
        for name, title in (
            ("catalogue.ttl", "Catalogue in DCAT-AP"),
            ("void.ttl", "VoID description"),
            ("service.ttl", "SPARQL service description"),
            ("queries/openapi.json", "Stored questions as OpenAPI"),
            ("CITATION.cff", "How to cite"),
            ("bundle.json", "List of all files"),
            ("SHA256SUMS", "Checksums"),
        )
    )
    head = (
        f"Version {escape(bundle.version)}"
        f"{f', state of {escape(bundle.date)}' if bundle.date else ''}. Licence: "
        f'<a href="{_LICENCE}" rel="license">CC BY 4.0</a>.'
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(bundle.title)}</title>\n<style>{_STYLE}</style>\n"
        '<link rel="alternate" type="text/turtle" href="catalogue.ttl">\n'
        f'<script type="application/ld+json">\n{data}</script>\n</head>\n<body>\n<main>\n'
        f"<h1>{escape(bundle.title)}</h1>\n<p>{escape(bundle.description)}</p>\n<p>{head}</p>\n"
        f"{sections}<h2>Descriptions</h2>\n<ul>\n{more}</ul>\n</main>\n</body>\n</html>\n"
    )


def citation(bundle: Bundle) -> str:
    """Say how the data is cited, in the Citation File Format 1.2.0."""

    def quoted(words: str) -> str:
        # JSON strings are strings of YAML.
        return json.dumps(words, ensure_ascii=False)

    lines = [
        "cff-version: 1.2.0",
        "message: Please cite this dataset as below.",
        "type: dataset",
        f"title: {quoted(bundle.title)}",
        f"abstract: {quoted(bundle.description)}",
        "authors:",
        f"  - name: {quoted(bundle.publisher)}",
        *([f"version: {quoted(bundle.version)}"] if bundle.version else []),
        *([f"date-released: {quoted(bundle.issued or bundle.date)}"] if bundle.date else []),
        "license: CC-BY-4.0",
        f"url: {quoted(dataset_iri(bundle.whole.name).value)}",
        "keywords:",
        *(f"  - {quoted(word)}" for word in bundle.whole.keywords),
    ]
    return "\n".join(lines) + "\n"


def _dataset(bundle: Bundle, dataset: Dataset) -> dict[str, Any]:
    extent = dataset.extent
    days = {"datePublished": bundle.issued or bundle.date, "dateModified": bundle.date}
    return {
        "@id": dataset_iri(dataset.name).value,
        "@type": "Dataset",
        "name": dataset.title,
        "description": f"{dataset.description} From the knowledge graph of the IP5.",
        "identifier": dataset_iri(dataset.name).value,
        "url": bundle.base_url,
        "license": _LICENCE,
        "isAccessibleForFree": True,
        "keywords": list(dataset.keywords),
        **({"version": bundle.version} if bundle.version else {}),
        **{name: value for name, value in days.items() if value},
        **({"temporalCoverage": f"{extent.first}/{extent.last}"} if extent.last else {}),
        **(
            {"spatialCoverage": [{"@type": "Place", "sameAs": place} for place in extent.places]}
            if extent.places
            else {}
        ),
        "distribution": [
            _download(bundle, file)
            for file in dataset.files
            if file.type is not None and not file.compressed
        ],
    }


def _download(bundle: Bundle, file: File) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "encodingFormat": file.media_type,
        "contentUrl": bundle.base_url + file.path,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _section(dataset: Dataset) -> str:
    rows = "".join(
        f'<tr><td><a href="{escape(file.path)}">{escape(file.path)}</a></td>'
        f"<td>{escape(file.type.label if file.type else '')}</td><td>{file.size:,} B</td></tr>\n"
        for file in dataset.files
    )
    return (
        f"<h2>{escape(dataset.title)}</h2>\n<p>{escape(dataset.description)}</p>\n<table>\n"
        f"<thead><tr><th>File</th><th>Format</th><th>Size</th></tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )
