"""The file that a new stored query starts from: it has all its parts, and runs."""

from __future__ import annotations

import re

from ip5kg.errors import ParameterError
from ip5kg.querybook import QueryBook

__all__ = ["skeleton"]

_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_TEXT = """\
#+ summary: Which meetings does NAME ask for?
#+ description: >-
#+   Say what counts as an answer, what does not, and what is meant without the parameters.
#+ tags: [meetings, as-of]
#+ x-ip5kg:
#+   answers: [CQ-04]
#+   expect: {rows: 1}
#+   parameters:
#+     series:
#+       {type: iri, class: "ip5:MeetingSeries", required: false, multiple: true,
#+        example: [heads, industry], description: Only meetings of these series.}
#+     asOf:
#+       {type: date, required: false, example: "2018-12-31",
#+        description: Only meetings that had certainly begun by this day.}
#+   columns:
#+     meeting: The meeting.
#+     date: "Its date, as exactly as the source gives it."
#+     source: "A document that says so; of several, the first in the alphabet of IRIs."
#defaultView:Timeline
PREFIX ip5: <https://w3id.org/ip5kg/ontology#>

SELECT ?meeting ?date (IRI(MIN(STR(?document))) AS ?source)
WHERE {
  ?meeting ip5:inSeries ?series ;
    ip5:date ?date ;
    ip5:latest ?latest ;
    ip5:cites/ip5:inSource ?document .
  # A variable that is a parameter is bound to a value, or to several in a list after IN. An
  # optional one must mean “no restriction” where it is left out.
  FILTER(?series IN (?__series_iri) || COALESCE(?__series_iri, "") = "")
  FILTER(STR(?latest) <= STR(COALESCE(?__asOf_xsd_date, ?latest)))
}
GROUP BY ?meeting ?date
ORDER BY STR(?date) ?meeting
"""


def skeleton(name: str, book: QueryBook) -> str:
    """Write the file that a new stored query starts from.

    Args:
        name: Its name, ``heads-in-office``.
        book: The queries that there are.

    Raises:
        ParameterError: When the name is none or is taken.
    """
    if not _NAME.fullmatch(name):
        raise ParameterError(
            f"“{name}” is no name for a query.",
            hint="Names are words in small letters with hyphens between, such as heads-in-office.",
        )
    if name in book.names():
        raise ParameterError(
            f"There is a query “{name}” already.", hint=f"See “ip5kg query {name} --help”."
        )
    return _TEXT.replace("NAME", name)
