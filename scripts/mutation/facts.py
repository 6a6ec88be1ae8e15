"""Errors in what the facts say: who hosts, who chairs, which number, which value."""

from __future__ import annotations

from random import Random

from pyoxigraph import NamedNode

from ip5kg.names import shorten
from mutation.corpus import Corpus, Row
from mutation.mutants import Mutants, Pen, mixed
from mutation.statements import by_property

__all__ = ["FACTS"]

_NUMBERS = ("ip5:ordinal", "ip5:statedOrdinal", "ip5:paragraph", "ip5:sentence")
_YEARS = ("ip5:year", "ip5:dataYear", "ip5:announcedYear")
_FLAGS = ("ip5:isApproximate", "ip5:isProvisional", "ip5:isRounded", "ip5:isComputed")


def _with(corpus: Corpus, *names: str) -> list[Row]:
    return [row for row in corpus.all_rows() if row.name in names]


def wrong_host(pen: Pen, rng: Random) -> Mutants:
    """A meeting has another office as its host."""
    for row in by_property(pen.corpus, _with(pen.corpus, "ip5:hostedBy"), rng):
        yield _other_office(pen, row, rng)


def wrong_announced_host(pen: Pen, rng: Random) -> Mutants:
    """Another host is announced."""
    for row in by_property(pen.corpus, _with(pen.corpus, "ip5:announcedHost"), rng):
        yield _other_office(pen, row, rng)


def _other_office(pen: Pen, row: Row, rng: Random):  # noqa: ANN202 - a mutant
    # What a list has already is no wrong host: one would only be lost.
    had = {other.value.value for other in pen.corpus.of(row.subject, row.name)}
    offices = [o for o in pen.corpus.members["ip5:PatentOffice"] if o not in had]
    return pen.replace(row, pen.corpus.write(row.file, shorten(rng.choice(offices))))


def chair_of_other_office(pen: Pen, rng: Random) -> Mutants:
    """A meeting is chaired by a person who held a post elsewhere."""
    corpus = pen.corpus
    employer = {}
    for tenure in corpus.members["ip5:Tenure"]:
        holder, post = corpus.first(tenure, "ip5:heldBy"), corpus.first(tenure, "ip5:ofPost")
        home = corpus.first(post.value.value, "ip5:postIn") if post else None
        if holder and home:
            employer.setdefault(holder.value.value, set()).add(home.value.value)
    for row in mixed(_in_role(corpus, "role:chair"), lambda row: row.file, rng):
        home = corpus.first(row.subject, "ip5:representing")
        person = corpus.first(row.subject, "ip5:participant")
        if home and person:
            others = [p for p, homes in sorted(employer.items()) if home.value.value not in homes]
            yield pen.replace(person, corpus.write(row.file, shorten(rng.choice(others))))


def exchanged_roles(pen: Pen, rng: Random) -> Mutants:
    """Two participants of a meeting have exchanged their roles, such as chair and observer."""
    corpus = pen.corpus
    by_meeting: dict[str, list[Row]] = {}
    for row in _with(corpus, "ip5:hasRole"):
        meeting = corpus.first(row.subject, "ip5:atMeeting")
        if meeting:
            by_meeting.setdefault(meeting.value.value, []).append(row)
    pairs = [
        (one, two)
        for group in by_meeting.values()
        for one in group
        for two in group
        if str(one.value) < str(two.value) and one.file == two.file
    ]
    for one, two in mixed(pairs, lambda pair: (str(pair[0].value), str(pair[1].value)), rng):
        text = corpus.text(one.file)
        yield pen.replace_all([(one, text[two.start : two.end]), (two, text[one.start : one.end])])


def chair_as_observer(pen: Pen, rng: Random) -> Mutants:
    """The chair of a meeting has the role of an observer."""
    for row in mixed(_in_role(pen.corpus, "role:chair"), lambda row: row.file, rng):
        yield pen.replace(row, pen.corpus.write(row.file, "role:observer"))


def observer_as_chair(pen: Pen, rng: Random) -> Mutants:
    """An observer of a meeting has the role of the chair."""
    for row in mixed(_in_role(pen.corpus, "role:observer"), lambda row: row.file, rng):
        yield pen.replace(row, pen.corpus.write(row.file, "role:chair"))


def _in_role(corpus: Corpus, role: str) -> list[Row]:
    return [r for r in _with(corpus, "ip5:hasRole") if shorten(r.value.value) == role]


def wrong_number(pen: Pen, rng: Random) -> Mutants:
    """The number of a meeting, paragraph or sentence is another."""
    for row in by_property(pen.corpus, _with(pen.corpus, *_NUMBERS), rng):
        number = int(row.value.value)
        others = {number + 1, number - 1, number + 10, number * 10} - {number, -1}
        yield pen.replace(row, str(rng.choice(sorted(others))))


def wrong_year(pen: Pen, rng: Random) -> Mutants:
    """The year of a value, an edition or an announcement is another."""
    for row in by_property(pen.corpus, _with(pen.corpus, *_YEARS), rng):
        year = int(row.value.value)
        yield pen.replace(row, str(rng.choice((year - 1, year + 1, year - 10, 1900, 20210))))


def value_is_no_number(pen: Pen, rng: Random) -> Mutants:
    """The value of an observation is no number."""
    for row in mixed(_with(pen.corpus, "ip5:value"), lambda row: row.file, rng):
        forms = ('"n/a"^^xsd:decimal', '"NaN"^^xsd:double', '"12 345"^^xsd:decimal', '"many"')
        yield pen.replace(row, rng.choice(forms))


def negative_value(pen: Pen, rng: Random) -> Mutants:
    """The value of an observation is less than nothing."""
    for row in mixed(_with(pen.corpus, "ip5:value"), lambda row: row.file, rng):
        yield pen.replace(row, f'"-{row.value.value}"^^xsd:decimal')


def wrong_value(pen: Pen, rng: Random) -> Mutants:
    """The value of an observation has a wrong digit, one too many or two exchanged."""
    for row in mixed(_with(pen.corpus, "ip5:value"), lambda row: row.file, rng):
        form = row.value.value
        digits = [n for n, sign in enumerate(form) if sign.isdecimal()]
        at = rng.choice(digits)
        forms = [f"{form[:at]}{(int(form[at]) + rng.randint(1, 8)) % 9 + 1}{form[at + 1 :]}"]
        forms.append(form[:at] + form[at] + form[at:])
        if at + 1 in digits:
            forms.append(form[:at] + form[at + 1] + form[at] + form[at + 2 :])
        forms = [other for other in forms if float(other) != float(form)]
        yield pen.replace(row, f'"{rng.choice(forms)}"^^xsd:decimal') if forms else None


def doubled_preferred(pen: Pen, rng: Random) -> Mutants:
    """Of statements in conflict a second one is preferred."""
    rows = [r for r in _with(pen.corpus, "ip5:isPreferred") if r.value.value == "false"]
    for row in by_property(pen.corpus, rows, rng):
        yield pen.replace(row, "true")


def none_preferred(pen: Pen, rng: Random) -> Mutants:
    """Of statements in conflict none is preferred."""
    rows = [r for r in _with(pen.corpus, "ip5:isPreferred") if r.value.value == "true"]
    for row in by_property(pen.corpus, rows, rng):
        yield pen.replace(row, "false")


def conflict_lost(pen: Pen, rng: Random) -> Mutants:
    """It is not told any more which of statements in conflict is preferred."""
    for row in by_property(pen.corpus, _with(pen.corpus, "ip5:isPreferred"), rng):
        yield pen.drop([row])


def wrong_flag(pen: Pen, rng: Random) -> Mutants:
    """A yes is a no, or a no is a yes."""
    for row in by_property(pen.corpus, _with(pen.corpus, *_FLAGS), rng):
        yield pen.replace(row, "false" if row.value.value == "true" else "true")


def stranger_added(pen: Pen, rng: Random) -> Mutants:
    """A node gets a property that no node of its class has."""
    corpus = pen.corpus
    used = {
        (kind, row.name) for row in corpus.all_rows() for kind in [corpus.classes.get(row.subject)]
    }
    rows = [row for row in corpus.all_rows() if row.name.startswith("ip5:")]
    for subject in mixed(sorted(corpus.classes), lambda subject: corpus.classes[subject], rng):
        row = rng.choice(rows)
        if (corpus.classes[subject], row.name) not in used and isinstance(row.value, NamedNode):
            here = corpus.rows[subject][0].file
            name = corpus.write(here, shorten(row.value.value))
            yield pen.state(subject, row.name, name)


FACTS = (
    wrong_host,
    wrong_announced_host,
    chair_of_other_office,
    exchanged_roles,
    chair_as_observer,
    observer_as_chair,
    wrong_number,
    wrong_year,
    value_is_no_number,
    negative_value,
    wrong_value,
    doubled_preferred,
    none_preferred,
    conflict_lost,
    wrong_flag,
    stranger_added,
)
