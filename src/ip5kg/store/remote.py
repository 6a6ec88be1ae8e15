"""The graph behind a SPARQL 1.1 Protocol endpoint, through SPARQLWrapper."""

from __future__ import annotations

import json
import socket
import warnings
from collections.abc import Iterable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from ip5kg.errors import EndpointError, ParameterError, QuerySyntaxError
from ip5kg.names import RDFS_LABEL, SKOS
from ip5kg.sparql.lexer import tokens
from ip5kg.sparql.projection import projected_variables
from ip5kg.store.address import read_address, shown_address
from ip5kg.store.exchange import Exchange, Unauthorised
from ip5kg.store.http.credentials import Challenge, Credentials, choose, unauthorised
from ip5kg.store.solutions import Outcome, Solutions
from ip5kg.terms import Term

__all__ = ["DEFAULT_TIMEOUT", "RemoteStore"]

DEFAULT_TIMEOUT = 30
"""Seconds to wait for an endpoint."""

_JSON_RESULTS = "application/sparql-results+json"
_GRAPH_TYPES = "application/n-triples, text/turtle;q=0.5"
# SPARQLWrapper turns these statuses into exceptions of its own.
_STATUS = {
    "EndPointNotFound": "404",
    "URITooLong": "414",
    "EndPointInternalError": "500",
}
# "typed-literal" is older than the Recommendation; Virtuoso writes it.
_LITERALS = frozenset(("literal", "typed-literal"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_GRAPH_FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}


class RemoteStore:
    """A SPARQL endpoint, asked by form-encoded POST.

    The endpoint decides what its default graph is; it should hold the union of the graph's files.

    Args:
        endpoint: An http or https address.
        timeout: Seconds in which each answer must be there, all of it.
        credentials: Who asks, where the endpoint wants to know: a user and a password.

    Raises:
        ParameterError: When the address is not one, or HTTP cannot carry the name of the user.
    """

    def __init__(
        self,
        endpoint: str,
        timeout: int = DEFAULT_TIMEOUT,
        credentials: tuple[str, str] | Credentials | None = None,
    ) -> None:
        parts = read_address(endpoint)
        if timeout <= 0:
            raise ParameterError(f"A timeout of {timeout} seconds is not positive.")
        self._shown = shown_address(parts)
        self._endpoint = endpoint
        self._timeout = timeout
        self._target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        if isinstance(credentials, tuple):
            credentials = Credentials(*credentials)
        self._credentials = credentials
        self._challenge: Challenge | None = None

    @property
    def address(self) -> str:
        """The address of the endpoint, as it can be shown: without a password."""
        return self._shown

    def run(self, query: str) -> Outcome:
        """Run a query of any form at the endpoint.

        Raises:
            QuerySyntaxError: When the endpoint refuses the query as malformed.
            EndpointError: When it is down, too slow, or answers with something else.
        """
        form = _query_form(query)
        graph_form = form in ("CONSTRUCT", "DESCRIBE")
        media_type, body = self._ask(query, form, graph_form=graph_form)
        if graph_form:
            return self._read_graph(media_type, body)
        variables = projected_variables(query) if form == "SELECT" else None
        return self._read_results(media_type, body, form, variables)

    def select(self, query: str) -> Solutions:
        """Run a SELECT query at the endpoint."""
        outcome = self.run(query)
        if not isinstance(outcome, Solutions):
            raise QuerySyntaxError("The query is not a SELECT query.")
        return outcome

    def has_answer(self, query: str) -> bool:
        """Tell whether a query has a row, a triple or the answer yes; errors as of ``run``."""
        outcome = self.run(query)
        return bool(outcome.rows if isinstance(outcome, Solutions) else outcome)

    def labels(self, iris: Iterable[str], language: str = "en") -> dict[str, str]:
        """Look up labels: IRI → ``rdfs:label`` or ``skos:prefLabel`` in the language."""
        things = " ".join(str(NamedNode(iri)) for iri in sorted(set(iris)))
        if not things:
            return {}
        solutions = self.select(
            "SELECT ?thing ?label WHERE { "
            f"VALUES ?thing {{ {things} }} "
            f"?thing <{RDFS_LABEL}>|<{SKOS}prefLabel> ?label . "
            f'FILTER(LANG(?label) = "{language}") }} ORDER BY ?thing ?label'
        )
        found: dict[str, str] = {}
        for thing, label in solutions.rows:
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found.setdefault(thing.value, label.value)
        return found

    def _ask(self, query: str, form: str, *, graph_form: bool) -> tuple[str, bytes]:
        """Send the query; return the media type and the whole body of the answer."""
        known = self._challenge
        try:
            return self._asked(self._wrapper(query, form, graph_form=graph_form))
        except Unauthorised as refusal:
            asked = choose(refusal.headers)
            if self._credentials is None or asked is None or (known and not asked.is_new(known)):
                raise unauthorised(self._shown, self._credentials, refusal.headers) from None
            self._challenge = asked
        try:
            return self._asked(self._wrapper(query, form, graph_form=graph_form))
        except Unauthorised as refusal:
            self._challenge = None
            raise unauthorised(self._shown, self._credentials, refusal.headers) from None

    def _wrapper(self, query: str, form: str, *, graph_form: bool) -> SPARQLWrapper:
        """Make the request, with credentials where the endpoint has asked for them."""
        wrapper = SPARQLWrapper(self._endpoint)
        with warnings.catch_warnings():
            # SPARQLWrapper guesses the form of the query by words that also stand elsewhere in it.
            warnings.simplefilter("ignore", RuntimeWarning)
            wrapper.setQuery(query)
        wrapper.queryType = form
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        if graph_form:
            # SPARQLWrapper has no name for N-Triples alone; the header it would send is replaced.
            wrapper.setOnlyConneg(True)
            wrapper.addCustomHttpHeader("Accept", _GRAPH_TYPES)
        else:
            wrapper.setReturnFormat(JSON)
            wrapper.addCustomHttpHeader("Accept", _JSON_RESULTS)
        if self._challenge is not None and self._credentials is not None:
            answer = self._challenge.answer(self._credentials, "POST", self._target)
            wrapper.addCustomHttpHeader("Authorization", answer)
        return wrapper

    def _asked(self, wrapper: SPARQLWrapper) -> tuple[str, bytes]:
        """Send a request.

        Raises:
            Unauthorised: When the endpoint wants to know who asks.
        """
        try:
            return Exchange(wrapper).answer(self._timeout)
        except QueryBadFormed as error:
            detail = str(error).strip().splitlines()[-1][:300] if str(error).strip() else ""
            raise QuerySyntaxError(f"The endpoint refused the query: {detail}") from None
        except TimeoutError:
            raise self._too_slow() from None
        except HTTPError as error:
            raise self._error(f"answered with status {error.code}") from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError | socket.timeout):
                raise self._too_slow() from None
            raise self._error(f"cannot be reached ({error.reason})") from None
        except SPARQLWrapperException as error:
            status = _STATUS.get(type(error).__name__, "an error")
            raise self._error(f"answered with status {status}") from None
        except (HTTPException, OSError, ValueError) as error:
            raise self._error(f"broke off its answer ({type(error).__name__})") from None

    def _read_results(
        self, media_type: str, body: bytes, form: str, wanted: tuple[str, ...] | None
    ) -> Outcome:
        """Read SPARQL 1.1 Query Results JSON, with the wanted variables where they are known."""
        if "json" not in media_type:
            raise self._error(f"answered with {media_type or 'no media type'} instead of JSON")
        try:
            document = json.loads(body)
            if form == "ASK" and isinstance(document.get("boolean"), bool):
                return bool(document["boolean"])
            variables = _variables(document)
            if wanted is not None and set(wanted) != set(variables):
                raise self._error("answered with other variables than the query asks for")
            variables = wanted or variables
            rows = [
                tuple(_term(binding.get(variable)) for variable in variables)
                for binding in document["results"]["bindings"]
            ]
            if form == "ASK":
                # Virtuoso 7 answers ASK with one row and one column.
                return bool(rows) and str(rows[0][0]).strip('"')[:1] in ("1", "t")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise self._error("sent an answer that is not complete SPARQL results JSON") from None
        return Solutions(variables, rows)

    def _read_graph(self, media_type: str, body: bytes) -> Outcome:
        """Read the triples that a CONSTRUCT or DESCRIBE gave."""
        syntax = _GRAPH_FORMATS.get(media_type)
        if syntax is None:
            raise self._error(f"answered with {media_type or 'no media type'} instead of RDF")
        try:
            return [quad.triple for quad in pyoxigraph.parse(body, format=syntax)]
        except SyntaxError:
            raise self._error("sent RDF that is not well-formed") from None

    def _error(self, what: str) -> EndpointError:
        return EndpointError(
            f"The endpoint {self._shown} {what}.",
            hint="Check the address and whether the server is running.",
        )

    def _too_slow(self) -> EndpointError:
        return EndpointError(
            f"The endpoint {self._shown} gave no answer within {self._timeout} seconds.",
            hint="Allow it more time by a longer timeout.",
        )


def _variables(document: dict[str, Any]) -> tuple[str, ...]:
    """Read the variables of JSON results.

    Raises:
        ValueError: When they are no list of names, each there once.
    """
    names = document["head"]["vars"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("vars is no list of names")
    if len(set(names)) != len(names):
        raise ValueError("a variable stands twice in vars")
    return tuple(names)


def _query_form(query: str) -> str:
    """Return the query form, the first of its four keywords outside strings and comments."""
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() in _FORMS:
            return token.text.upper()
    raise QuerySyntaxError(
        "The text is no SPARQL query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE."
    )


def _term(binding: dict[str, Any] | None) -> Term | None:
    """Turn one binding of the JSON results into a term.

    Raises:
        ValueError: When it is none; KeyError and TypeError likewise.
    """
    if binding is None:
        return None
    kind, value = binding["type"], binding["value"]
    # Literal takes numbers, too, and makes literals with other datatypes of them.
    if not isinstance(value, str):
        raise TypeError("the value is no text")
    if kind == "uri":
        return NamedNode(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind not in _LITERALS:
        raise ValueError("the type is none of SPARQL 1.1")
    if "xml:lang" in binding:
        return Literal(value, language=binding["xml:lang"])
    if "datatype" in binding:
        return Literal(value, datatype=NamedNode(binding["datatype"]))
    return Literal(value)
