"""Errors in time: dates that are moved, exchanged or overlap."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from pyoxigraph import Literal

from ip5kg.names import shorten
from mutation.corpus import Corpus, Row
from mutation.literals import texts
from mutation.mutants import Mutant, Mutants, Pen, mixed
from mutation.spelling import shifted, year_of
from mutation.statements import by_property

__all__ = ["DATES"]

_OCCASION = ("ip5:date", "ip5:earliest", "ip5:latest", "ip5:lastDay")
_BEGIN = ("ip5:begin", "ip5:beginEarliest", "ip5:beginLatest")
_END = ("ip5:end", "ip5:endEarliest", "ip5:endLatest")
_DATES = ("xsd:date", "xsd:gYear", "xsd:gYearMonth")
_FULL = len("2021-06-23")


def _dated(corpus: Corpus, names: Iterable[str], rng: Random) -> Iterable[str]:
    """Go through the nodes that have one of some dates; their classes take turns."""
    wanted = set(names)
    subjects = {row.subject for row in corpus.all_rows() if row.name in wanted}
    return mixed(sorted(subjects), corpus.classes.get, rng)


def _moved(pen: Pen, subject: str, names: Iterable[str], years: int) -> Mutant | None:
    """Move some dates of a node by the same years."""
    pairs = [
        (row, _again(pen, row, years)) for name in names for row in pen.corpus.of(subject, name)
    ]
    return pen.replace_all(pairs) if pairs else None


def _again(pen: Pen, row: Row, years: int) -> str:
    return _date(pen, row, shifted(row.value.value, years))


def _date(pen: Pen, row: Row, form: str) -> str:
    value = row.value
    if not isinstance(value, Literal):
        raise TypeError(f"{row.file}: {value} is no literal")
    return f'"{form}"^^{pen.corpus.write(row.file, shorten(value.datatype.value))}'


def moved_occasion(pen: Pen, rng: Random) -> Mutants:
    """An occasion is moved to another year, with all its dates."""
    for subject in _dated(pen.corpus, _OCCASION, rng):
        yield _moved(pen, subject, _OCCASION, rng.choice((-1, 1, 10)))


def moved_begin(pen: Pen, rng: Random) -> Mutants:
    """An interval begins in another year."""
    for subject in _dated(pen.corpus, _BEGIN, rng):
        yield _moved(pen, subject, _BEGIN, rng.choice((-10, -1, 1, 3)))


def moved_end(pen: Pen, rng: Random) -> Mutants:
    """An interval ends in another year."""
    for subject in _dated(pen.corpus, _END, rng):
        yield _moved(pen, subject, _END, rng.choice((-3, -1, 1, 10)))


def moved_interval(pen: Pen, rng: Random) -> Mutants:
    """An interval is moved by some years, such as a name out of its time."""
    for subject in _dated(pen.corpus, _END, rng):
        yield _moved(pen, subject, (*_BEGIN, *_END), rng.choice((-10, -5, 5, 10)))


def one_date_changed(pen: Pen, rng: Random) -> Mutants:
    """One date is off by a year, a month or a day."""
    corpus = pen.corpus
    for row in by_property(corpus, texts(corpus, *_DATES), rng):
        date = row.value.value
        forms = [shifted(date, -1), shifted(date, 1)]
        if len(date) == _FULL:
            day, month = int(date[8:]), int(date[5:7])
            forms.append(f"{date[:8]}{day % 28 + 1:02}")
            forms.append(f"{date[:5]}{month % 12 + 1:02}-{min(day, 28):02}")
        yield pen.replace(row, _date(pen, row, rng.choice(forms)))


def exchanged_begin_and_end(pen: Pen, rng: Random) -> Mutants:
    """Begin and end of an interval are exchanged."""
    corpus = pen.corpus
    for subject in _dated(corpus, _END, rng):
        pairs = []
        for one, two in zip(_BEGIN, _END, strict=True):
            begin, end = corpus.first(subject, one), corpus.first(subject, two)
            if begin and end:
                text = corpus.text(begin.file)
                pairs += [(begin, text[end.start : end.end]), (end, text[begin.start : begin.end])]
        yield pen.replace_all(pairs) if pairs else None


def exchanged_bounds(pen: Pen, rng: Random) -> Mutants:
    """The earliest and the latest day are exchanged."""
    corpus = pen.corpus
    bounds = (
        ("earliest", "latest"),
        ("beginEarliest", "beginLatest"),
        ("endEarliest", "endLatest"),
    )
    rows = [
        (one, two)
        for earliest, latest in bounds
        for subject in sorted(corpus.rows)
        for one in corpus.of(subject, f"ip5:{earliest}")
        for two in corpus.of(subject, f"ip5:{latest}")
        if one.value != two.value
    ]
    for one, two in mixed(rows, lambda pair: pair[0].name, rng):
        text = corpus.text(one.file)
        yield pen.replace_all([(one, text[two.start : two.end]), (two, text[one.start : one.end])])


def overlapping_tenures(pen: Pen, rng: Random) -> Mutants:
    """A tenure ends a year after the next in the same post began."""
    corpus = pen.corpus
    by_post: dict[str, list[tuple[str, str]]] = {}
    for subject in corpus.members["ip5:Tenure"]:
        post, begin = corpus.first(subject, "ip5:ofPost"), corpus.first(subject, "ip5:beginLatest")
        if post and begin:
            by_post.setdefault(post.value.value, []).append((begin.value.value, subject))
    pairs = [
        (subject, begin)
        for tenures in by_post.values()
        for (_, subject), (begin, _) in zip(sorted(tenures), sorted(tenures)[1:], strict=False)
        if corpus.of(subject, "ip5:endLatest") and corpus.of(subject, "ip5:end")
    ]
    for subject, begin in mixed(sorted(pairs), lambda pair: pair[0], rng):
        end = corpus.of(subject, "ip5:endLatest")[0]
        yield _moved(pen, subject, _END, max(1, year_of(begin) + 1 - year_of(end.value.value)))


def reversed_events(pen: Pen, rng: Random) -> Mutants:
    """The first and the last event of an initiative have exchanged their dates."""
    corpus = pen.corpus
    events: dict[str, list[tuple[str, str]]] = {}
    for subject in corpus.members["ip5:InitiativeEvent"]:
        of, day = corpus.first(subject, "ip5:eventOf"), corpus.first(subject, "ip5:earliest")
        if of and day:
            events.setdefault(of.value.value, []).append((day.value.value, subject))
    for initiative in mixed(sorted(events), str, rng):
        (one, first), *_, (two, last) = sorted(events[initiative] * 2)
        if one == two or corpus.rows[first][0].file != corpus.rows[last][0].file:
            continue
        pairs = []
        for name in ("ip5:date", "ip5:earliest", "ip5:latest", "ip5:hasPrecision"):
            here, there = corpus.of(first, name)[0], corpus.of(last, name)[0]
            text = corpus.text(here.file)
            pairs += [(here, text[there.start : there.end]), (there, text[here.start : here.end])]
        yield pen.replace_all(pairs)


DATES = (
    moved_occasion,
    moved_begin,
    moved_end,
    moved_interval,
    one_date_changed,
    exchanged_begin_and_end,
    exchanged_bounds,
    overlapping_tenures,
    reversed_events,
)
