"""``KnowledgeGraph``: everything the package does, in one object. This is the Python API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ip5kg.answers import Answer
from ip5kg.errors import ParameterError, QueryRefused
from ip5kg.querybook import QueryBook
from ip5kg.querybook.parameters import choices, given_terms, parameter_of, text_with
from ip5kg.resources import graph_files, graph_iri, knowledge_root
from ip5kg.store import EmbeddedStore, GraphStore, Solutions
from ip5kg.terms import Value, to_python

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from ip5kg.answers.cited import Cited
    from ip5kg.changes import Changes
    from ip5kg.describe import Description
    from ip5kg.explain import Explanation
    from ip5kg.permalink import Recalled
    from ip5kg.querybook.expectations import Tried
    from ip5kg.search import Hit
    from ip5kg.statistics import Statistics
    from ip5kg.store.http import Credentials
    from ip5kg.validation import Report

__all__ = ["KnowledgeGraph", "open"]

# Seconds in which reasons for an empty answer are looked for: unasked, and asked.
_HINTED_WITHIN, _HINTED_AFAR_WITHIN = 0.8, 3.0
_EXPLAINED_WITHIN = 20.0


class KnowledgeGraph:
    """The graph, its stored queries, its shapes and its exports.

    Args:
        root: A folder with ``ontology/``, ``data/`` and ``queries/``; by default the one that
            came with the package.
        endpoint: Ask this SPARQL endpoint instead of loading the files of the root.
        timeout: Seconds to wait for the endpoint.
        credentials: Who asks the endpoint, where it wants to know: a user and a password.

    Raises:
        ResourceMissing: When the root lacks one of its folders.
        RdfSyntaxError: When a file of the graph is not Turtle.
    """

    def __init__(
        self,
        root: Path | None = None,
        *,
        endpoint: str | None = None,
        timeout: int | None = None,
        credentials: tuple[str, str] | Credentials | None = None,
    ) -> None:
        self.root = knowledge_root(root)
        self.queries = QueryBook(self.root)
        self.store: GraphStore
        if endpoint is None:
            self.store = EmbeddedStore(
                (path, graph_iri(path, self.root)) for path in graph_files(self.root)
            )
        else:
            from ip5kg.store.remote import DEFAULT_TIMEOUT, RemoteStore

            self.store = RemoteStore(
                endpoint, DEFAULT_TIMEOUT if timeout is None else timeout, credentials
            )

    def query(self, name: str, **parameters: object) -> Answer:
        """Answer a stored query.

        Args:
            name: The name of the stored query, ``meeting-attendees``.
            parameters: Its parameters, ``meeting="heads-2021"``; ``as_of`` may stand for
                ``asOf``. One that is multiple also takes several, ``office=["jp", "kr"]``.

        Raises:
            QueryError: When there is no such query, or a parameter is missing or wrong.
            UnknownName: When a parameter names a thing that the graph does not have.
        """
        stored = self.queries.get(name)
        given = given_terms(stored, parameters, self.store)
        text = text_with(stored, given)
        return Answer.of(self.store.select(text), self.store, text, given)

    def choices(self, name: str, parameter: str) -> list[Value]:
        """List the values that a parameter of a stored query can take.

        Args:
            name: The name of the stored query, ``names-in-native-script``.
            parameter: The name of one of its parameters, ``language``.

        Returns:
            For an enumerated parameter the values that the answer has without it, else the members
            of its class; things with their labels.

        Raises:
            QueryError: When there is no such query or parameter, or its values are any.
        """
        stored = self.queries.get(name)
        terms = choices(stored, parameter_of(stored, parameter), self.store)
        labels = self.store.labels([term.value for term in terms if isinstance(term, NamedNode)])
        return [to_python(term, labels) for term in terms]

    def permalink(self, name: str, **parameters: object) -> str:
        """Write a permalink for the answer to a stored query; ``ip5kg.permalink`` says what it has.

        Args:
            name: The name of the stored query.
            parameters: Its parameters, as for ``query``.

        Raises:
            ParameterError: When the graph is at an endpoint, and so no hash of it is known.
            QueryError: When there is no such query, or a parameter is missing or wrong.
            UnknownName: When a parameter names a thing that the graph does not have.
        """
        from ip5kg.permalink import permalink

        self._refuse_endpoint()
        return permalink(self.root, self.queries.get(name), self.store, parameters)

    def recall(self, link: str) -> Recalled:
        """Ask the question of a permalink again, and tell what has changed since it was made.

        Raises:
            ParameterError: When it is no permalink, or the graph is at an endpoint.
            QueryError: When the query or a parameter of it is no more.
            UnknownName: When a thing that it names is no more.
        """
        from ip5kg.permalink import recall

        self._refuse_endpoint()
        return recall(self.root, self.queries, self.store, link)

    def try_queries(self) -> list[Tried]:
        """Answer each stored query, and tell which lack the columns or rows that they promise.

        Raises:
            EndpointError: When the endpoint does not answer as it should.
        """
        from ip5kg.querybook.expectations import try_query

        return [try_query(query, self.store) for query in self.queries.all()]

    def _refuse_endpoint(self) -> None:
        """Fail where the graph is at an endpoint, whose hash nobody knows."""
        if not isinstance(self.store, EmbeddedStore):
            raise ParameterError(
                "A permalink tells of the graph in the files, not of one at an endpoint.",
                hint="Leave the endpoint out.",
            )

    def sparql(self, text: str) -> Answer | bool | list[Triple]:
        """Run a SPARQL query: rows for SELECT, a truth value for ASK, else triples.

        Args:
            text: A query; it need not declare the prefixes of this package.

        Raises:
            QueryError: When the text is no SPARQL query, or one that is not run.
        """
        from ip5kg.sparql.prologue import declare_prefixes, refuse_empty, refuse_update

        refuse_empty(text)
        refuse_update(text)
        text = declare_prefixes(text)
        outcome = self.store.run(text)
        return Answer.of(outcome, self.store, text) if isinstance(outcome, Solutions) else outcome

    def explain(self, text: str) -> Explanation:
        """Say how many solutions each element of a query leaves, and why there are none in the end.

        Args:
            text: A query of any form; it need not declare the prefixes of this package.

        Raises:
            QueryError: When the text is no SPARQL query, is one that is not run, or has no pattern.
            EndpointError: When an endpoint does not answer as it should.
        """
        from ip5kg.explain import explain
        from ip5kg.sparql.prologue import declare_prefixes, refuse_empty, refuse_update

        refuse_empty(text)
        refuse_update(text)
        text = declare_prefixes(text)
        if isinstance(self.store, EmbeddedStore):
            self.store.check(text)
        else:
            self.store.run(text)
        found = explain(self.store, text, seconds=_EXPLAINED_WITHIN, counted=True)
        if found is None:
            raise QueryRefused(
                "The query has no pattern that can be explained.",
                hint="Such as: SELECT ?meeting WHERE { ?meeting a ip5:Meeting }",
            )
        return found

    def why_empty(self, text: str) -> Explanation | None:
        """Say why a query has an empty answer; None where that is not found out in a moment.

        Args:
            text: A query of which the answer was empty; ``Answer.text`` of a stored one.
        """
        from ip5kg.explain import explain
        from ip5kg.sparql.prologue import declare_prefixes

        here = isinstance(self.store, EmbeddedStore)
        seconds = _HINTED_WITHIN if here else _HINTED_AFAR_WITHIN
        return explain(self.store, declare_prefixes(text), seconds=seconds)

    def cite(self, answer: Answer) -> Cited:
        """Find the sources that each row of an answer rests on; ``ip5kg.citing`` says which.

        Raises:
            QueryRefused: When the answer has a column for them already.
        """
        from ip5kg.citing import cite

        return cite(answer, self.store)

    def show(self, thing: str, *, as_of: str | None = None) -> Description:
        """Describe a thing: its properties, what points to it, and its sources.

        Args:
            thing: IRI, prefixed name, short name, label or acronym.
            as_of: Leave out what is not in force on this day, ``2021-06-23``.

        Raises:
            UnknownName: When the graph has no such thing.
        """
        from ip5kg.describe import describe

        return describe(self.store, thing, as_of=as_of)

    def diff(self, old: Path | str, *, answers: bool | None = None) -> Changes:
        """Tell what has changed from an old state to this graph; ``ip5kg.diff`` compares any two.

        Args:
            old: A root folder, a file in an RDF syntax, or ``git:REV``, a revision of the root.
            answers: Whether to compare the answers to the stored queries as well; by default when
                the old state is no file.

        Raises:
            ParameterError: When the graph is at an endpoint, or the old state is not to be had.
            ResourceMissing: When the folder is no root.
            InputError: When the file cannot be read.
        """
        from ip5kg.changes import diff

        if not isinstance(self.store, EmbeddedStore):
            raise ParameterError(
                "What has changed is told of the graph in the files, not of one at an endpoint.",
                hint="Leave the endpoint out.",
            )
        return diff(old, root=self.root, answers=answers)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Find things by words in their labels, names and acronyms, best first."""
        from ip5kg.search import search

        return search(self.store, words, limit=limit)

    def stats(self) -> Statistics:
        """Count what is in the graph, and name what is thin."""
        from ip5kg.statistics import count

        return count(self.store)

    def validate(self, files: Iterable[Path] = (), *, engine: str = "auto") -> Report:
        """Check the graph against its shapes, and the ontology against its rules.

        Args:
            files: Check these files in the context of the graph; by default the graph itself.
            engine: ``auto``, ``fast`` or ``reference``.

        Raises:
            InputError: When a file cannot be read.
            ValidationFailure: When the engine breaks off.
        """
        from ip5kg.validation import validate

        return validate(self.root, tuple(files), engine=engine)

    def export(self, directory: Path | str, formats: Iterable[str] = ()) -> list[Path]:
        """Write the graph into a folder, one file for each RDF syntax; by default all of them.

        Raises:
            ParameterError: When the name of the folder is empty.
            UnknownFormat: When a syntax does not exist.
            OutputError: When the folder cannot be written.
        """
        if directory == "":
            raise ParameterError("The name of the folder is empty.", hint="Name one.")
        from ip5kg.publishing.export import export

        return export(self.root, Path(directory), tuple(formats))


def open(  # noqa: A001 - the module is read as ip5kg.open()
    root: Path | str | None = None,
    *,
    endpoint: str | None = None,
    timeout: int | None = None,
    credentials: tuple[str, str] | Credentials | None = None,
) -> KnowledgeGraph:
    """Open the knowledge graph; see ``KnowledgeGraph`` for the arguments.

    Raises:
        ParameterError: When the root is an empty text, which would mean the current folder.
        ResourceMissing: When the root lacks one of its folders.
        RdfSyntaxError: When a file of the graph is not Turtle.
    """
    if root == "":
        raise ParameterError("The name of the root is empty.", hint="Leave it out, or name one.")
    folder = Path(root) if root is not None else None
    return KnowledgeGraph(folder, endpoint=endpoint, timeout=timeout, credentials=credentials)
