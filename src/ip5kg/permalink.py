"""Permalinks: a stored question with its parameters, and a record of how it was answered.

``https://w3id.org/ip5kg/query/heads-of-office?as-of=2016-05-01&office=jp#version=0.4.0&…``

What stands before the ``#`` asks the question again. What stands after it says of the time when
the link was made: the version of the ontology, the hash of the graph, of the question and of the
answer, the number of rows and, where they are few, a digest of each. So what has changed since can
be told without the old data.

The hash of the graph is the SHA-256 of its canonical N-Quads (W3C RDFC-1.0), all in one graph: it
changes with what is said and not with how or in which file it is written.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pyoxigraph import Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.errors import ParameterError
from ip5kg.names import BASE, shorten
from ip5kg.querybook import QueryBook, StoredQuery
from ip5kg.querybook.parameters import bound_text, given_terms, text_with
from ip5kg.resources import graph_files, version
from ip5kg.store import GraphStore
from ip5kg.turtle.canonical import canonical_sha256
from ip5kg.turtle.reader import read

__all__ = ["Recalled", "graph_hash", "permalink", "recall"]

_QUERY = f"{BASE}query/"
_DIGEST = 4
"""Bytes of a row's digest: of two hundred rows, two are alike once in two hundred thousand."""
_MOST_ROWS = 200
_HASH = 16
_NEEDED = ("version", "graph", "question", "answer", "count")


class Recalled(NamedTuple):
    """A question asked again.

    Attributes:
        answer: The answer as it is now.
        changes: What has changed, as sentences; empty when nothing has.
        is_same: Whether the answer has the rows that it had, in their order.
        new: The rows that were not there, counted from 0; None where that is not known.
    """

    answer: Answer
    changes: tuple[str, ...]
    is_same: bool
    new: tuple[int, ...] | None


def permalink(
    root: Path, query: StoredQuery, store: GraphStore, values: Mapping[str, object]
) -> str:
    """Write a permalink for the answer to a stored question.

    Args:
        root: The folder of the graph.
        query: The stored query.
        store: The graph of the root.
        values: Parameter name → value, or several.

    Raises:
        ParameterError: When a parameter is missing or wrong.
        UnknownName: When a parameter names a thing that the graph does not have.
    """
    terms = given_terms(query, values, store)
    given = sorted(
        (parameter.flag, text)
        for parameter in query.parameters
        for text in map(_short, terms.get(parameter.name, ()))
    )
    solutions = store.select(text_with(query, terms))
    digests = [_digest(row) for row in solutions.rows]
    record = {
        "version": version(root),
        "graph": graph_hash(root),
        "question": _hash([query.body.encode()]),
        "answer": _hash(digests),
        "count": str(len(digests)),
    }
    if len(digests) <= _MOST_ROWS:
        record["rows"] = _packed(digests)
    asked = f"?{urlencode(given, safe=':', quote_via=quote)}" if given else ""
    return f"{_QUERY}{query.name}{asked}#{urlencode(record)}"


def recall(root: Path, book: QueryBook, store: GraphStore, link: str) -> Recalled:
    """Ask the question of a permalink again, and tell what has changed.

    Args:
        root: The folder of the graph.
        book: The stored queries of the root.
        store: The graph of the root.
        link: The permalink.

    Raises:
        ParameterError: When it is no permalink of this package.
        QueryError: When the query or a parameter of it is no more.
        UnknownName: When a thing that it names is no more.
    """
    query, values, record = _parsed(book, link)
    text = bound_text(query, values, store)
    answer = Answer.of(store.select(text), store, text)
    digests = [_digest(row) for row in answer.solutions.rows]
    is_same = record["answer"] == _hash(digests)
    changes, new = [], None
    if record["graph"] != graph_hash(root):
        now = version(root)
        versions = f" (version {record['version']} then, {now} now)"
        changes.append(f"The graph has changed{versions if now != record['version'] else ''}.")
    if record["question"] != _hash([query.body.encode()]):
        changes.append("The question has been written anew.")
    if not is_same:
        then = _unpacked(record.get("rows"))
        if then is None:
            count = f"{record['count']} rows then, {len(answer)} now"
            changes.append(f"The answer has changed: {count}.")
        else:
            new = tuple(n for n, digest in enumerate(digests) if digest[:_DIGEST] not in then)
            gone = len(then - {digest[:_DIGEST] for digest in digests})
            changes.append(_difference(len(new), gone))
    return Recalled(answer, tuple(changes), is_same, new)


def graph_hash(root: Path) -> str:
    """Hash the graph of a root: SHA-256 of its canonical N-Quads (W3C RDFC-1.0), in hexadecimal."""
    return canonical_sha256(triple for path in graph_files(root) for triple in read(path))


def _parsed(book: QueryBook, link: str) -> tuple[StoredQuery, dict[str, object], dict[str, str]]:
    """Take a permalink apart."""
    try:
        parts = urlsplit(link.strip())
        asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        said = parse_qs(parts.fragment, strict_parsing=True)
    except ValueError:
        raise _no_permalink() from None
    record = {name: values[0] for name, values in said.items() if len(values) == 1}
    address = parts._replace(query="", fragment="").geturl()
    name = address.removeprefix(_QUERY)
    if name == address or not all(record.get(one) for one in _NEEDED):
        raise _no_permalink()
    query = book.get(name)
    values = {flag: texts if len(texts) > 1 else texts[0] for flag, texts in asked.items()}
    return query, dict(values), record


def _no_permalink() -> ParameterError:
    return ParameterError(
        "This is no permalink of a stored question.",
        hint=f"One begins with {_QUERY} and is made by “ip5kg query NAME --permalink”.",
    )


def _short(term: NamedNode | Literal) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else term.value


def _difference(new: int, gone: int) -> str:
    """Say how many rows came and went."""
    if not new and not gone:
        return "The answer has changed: the same rows in another order, or more or less often."
    came = f"{new:,} row{' is' if new == 1 else 's are'} new" if new else ""
    went = f"{gone:,} {'is' if gone == 1 else 'are'} gone" if gone else ""
    return f"The answer has changed: {' and '.join(filter(None, (came, went)))}."


def _digest(row: Iterable[object]) -> bytes:
    """Hash a row: its terms as N-Triples have them, with nothing for what is not bound."""
    return sha256("\t".join("" if term is None else str(term) for term in row).encode()).digest()


def _hash(parts: Iterable[bytes]) -> str:
    return sha256(b"".join(parts)).hexdigest()[: 2 * _HASH]


def _packed(digests: Iterable[bytes]) -> str:
    return urlsafe_b64encode(b"".join(digest[:_DIGEST] for digest in digests)).decode().rstrip("=")


def _unpacked(text: str | None) -> set[bytes] | None:
    """Read the digests of rows; None where there are none, or they are broken."""
    if text is None or not re.fullmatch(r"[\w-]*", text, re.ASCII):
        return None
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return {data[n : n + _DIGEST] for n in range(0, len(data), _DIGEST)}
