"""Pictures of answers: what they show, what they refuse, and that they are the same each time."""

import datetime
import itertools
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from matplotlib.text import Text
from pyoxigraph import BlankNode, Literal, NamedNode

from ip5kg.answers import Answer
from ip5kg.answers.pictures import VIEWS, draw
from ip5kg.answers.pictures.bars import bars_of
from ip5kg.answers.pictures.fields import fields_of
from ip5kg.answers.pictures.letters import cut, measure, wrap
from ip5kg.answers.pictures.lines import lines_of
from ip5kg.answers.pictures.network import links_of
from ip5kg.answers.pictures.paper import BACK, SERIES, own_settings
from ip5kg.answers.pictures.picture import PREFERRED
from ip5kg.answers.pictures.spans import spans_of
from ip5kg.answers.pictures.svg import DARK
from ip5kg.answers.pictures.tiles import GRID
from ip5kg.cli import views
from ip5kg.cli.main import main
from ip5kg.errors import MissingDependency, ParameterError, UnfitView, UnknownFormat
from ip5kg.names import PREFIXES
from ip5kg.querybook import QueryBook
from ip5kg.querybook.schema import VIEWS as HEADER_VIEWS
from ip5kg.resources import knowledge_root
from ip5kg.store import Solutions

SVG = "{http://www.w3.org/2000/svg}"
XSD = PREFIXES["xsd"]
DRAWN = [query.name for query in QueryBook(knowledge_root()).all() if query.view != "Table"]


def date(text):
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return Literal(text, datatype=NamedNode(XSD + kind))


def thing(kind, name):
    return NamedNode(PREFIXES[kind] + name)


def answer_of(text="", **columns):
    rows = list(zip(*columns.values(), strict=True))
    return Answer(Solutions(tuple(columns), rows), {}, text)


def stored(kg, name, **given):
    query = kg.queries.get(name)
    required = {p.name: p.example for p in query.parameters if p.required}
    return kg.query(name, **{**required, **given})


def elements(picture):
    """The groups of the SVG by their ids."""
    root = ET.fromstring(picture.svg())
    return {element.get("id"): element for element in root.iter() if element.get("id")}


def width_of(group):
    [path] = group.findall(f".//{SVG}path")
    xs = [float(x) for x in re.findall(r"[ML] ([-\d.]+) ", path.get("d"))]
    return max(xs) - min(xs)


def days_of(picture, name):
    """Between which days a bar of a timeline lies."""
    [patch] = [one for one in picture.figure.axes[0].patches if one.get_gid() == name]
    return [
        datetime.date.fromordinal(round(patch.get_x())).isoformat(),
        datetime.date.fromordinal(round(patch.get_x() + patch.get_width())).isoformat(),
    ]


# --- every stored query


@pytest.mark.parametrize("name", DRAWN)
def test_a_query_with_a_view_yields_a_picture_that_can_be_read(kg, name):
    answer = stored(kg, name)
    picture = answer.plot()
    root = ET.fromstring(picture.svg())
    assert root.get("role") == "img"
    by_id = {element.get("id"): element for element in root.iter()}
    assert [by_id[one].tag for one in root.get("aria-labelledby").split()] == [
        f"{SVG}title",
        f"{SVG}desc",
    ]
    assert all(by_id[one].text for one in root.get("aria-labelledby").split())
    assert picture.title == kg.queries.get(name).summary
    # Each mark says what it is, and what it says is of a row.
    assert picture.said
    for mark, said in picture.said.items():
        assert by_id[mark][0].tag == f"{SVG}title", mark
        assert by_id[mark][0].text == said
    rows = {int(mark[5:]) for mark in picture.said if mark.startswith("mark-")}
    assert rows <= set(range(1, len(answer) + 1))
    # Nothing depends on a style that a page would not let through, or on what is elsewhere.
    assert not any(element.get("style") for element in root.iter())
    assert not root.findall(f".//{SVG}script")
    assert not root.findall(f".//{SVG}metadata")
    for link in root.iter(f"{SVG}use"):
        assert link.get("{http://www.w3.org/1999/xlink}href").startswith("#")


@pytest.mark.parametrize("name", DRAWN)
def test_no_label_is_over_another_or_off_the_page(kg, name):
    figure = stored(kg, name).figure()
    renderer = figure.canvas.get_renderer()
    whole = figure.bbox
    with own_settings():
        boxes = [
            (text.get_text(), text.get_window_extent(renderer))
            for text in figure.findobj(Text)
            if text.get_text() and text.get_visible()
        ]
    assert boxes
    for label, box in boxes:
        assert whole.x0 <= box.x0 < box.x1 <= whole.x1, label
        assert whole.y0 - 1 <= box.y0 < box.y1 <= whole.y1, label
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        over = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(over) < 1.5, f"{one} is over {other}"


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_the_same_bytes_each_time(kg, name):
    answer = stored(kg, name)
    assert answer.plot().svg() == answer.plot().svg()


@pytest.mark.parametrize("name", ["career", "filings", "common-attendance", "epc-states"])
def test_a_png_has_the_same_bytes_each_time(kg, name):
    answer = stored(kg, name)
    first = answer.plot().png()
    assert first.startswith(b"\x89PNG")
    assert first == answer.plot().png()
    assert b"matplotlib" not in first.lower()


def test_the_same_bytes_come_from_another_process(kg):
    code = (
        "import ip5kg, hashlib; a = ip5kg.open().query('common-attendance');"
        "print(hashlib.sha256(a.plot().svg().encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src", "PATH": ""},
            cwd=kg.root,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# --- bars


def test_bars_are_as_many_and_as_long_as_the_numbers(kg):
    answer = stored(kg, "hosts-of-meetings")
    picture = answer.plot("bar")
    groups = elements(picture)
    assert [one for one in groups if one.startswith("mark-")] == [
        f"mark-{n}" for n in range(1, len(answer) + 1)
    ]
    for number, row in enumerate(answer, 1):
        assert picture.said[f"mark-{number}"] == f"{row.host.label}: {row.meetings}"
    unit = {
        round(width_of(groups[f"mark-{n}"]) / row.meetings, 2) for n, row in enumerate(answer, 1)
    }
    assert len(unit) == 1


def test_rows_of_a_label_are_stacked_when_they_are_parts_of_a_count():
    answer = answer_of(
        kind=[Literal(x) for x in "aabbc"],
        status=[Literal(x) for x in ("on", "off", "on", "off", "on")],
        n=[Literal(n) for n in (1, 2, 3, 4, 5)],
    )
    bars, label, number = bars_of(fields_of(answer))
    assert [(bar.label, bar.total) for bar in bars] == [("b", 7), ("c", 5), ("a", 3)]
    assert (label.name, number.name) == ("kind", "n")


def test_rows_that_are_no_parts_stay_bars_of_their_own():
    answer = answer_of(
        kind=[Literal(x) for x in "aab"],
        status=[Literal(x) for x in ("on", "off", "on")],
        n=[Literal(n) for n in ("1.5", "2.5", "3.5")],
    )
    answer = answer_of(
        kind=[row[0] for row in answer.solutions.rows],
        status=[row[1] for row in answer.solutions.rows],
        n=[Literal(x, datatype=NamedNode(XSD + "decimal")) for x in ("1.5", "2.5", "3.5")],
    )
    bars, _, _ = bars_of(fields_of(answer))
    assert [(bar.label, bar.total) for bar in bars] == [
        ("b", 3.5),
        ("a – off", 2.5),
        ("a – on", 1.5),
    ]


def test_negative_numbers_and_a_single_nought_are_drawn():
    for values in ((-3, 2), (0, 0), (-1, -1)):
        answer = answer_of(a=[Literal("x"), Literal("y")], n=[Literal(v) for v in values])
        assert len(answer.plot("bar").said) == 2


def test_of_very_many_bars_the_largest_are_drawn_and_it_is_said():
    answer = answer_of(a=[Literal(f"x{n}") for n in range(900)], n=[Literal(n) for n in range(900)])
    picture = answer.plot("bar")
    assert len(picture.said) == 40
    assert "mark-900" in picture.said
    assert "The 40 largest of 900." in picture.svg()


# --- timelines


def test_spans_begin_and_end_on_their_days():
    answer = answer_of(
        who=[Literal("a"), Literal("b")],
        since=[date("2015-03-01"), date("2016-07-09")],
        until=[date("2016-07-09"), date("2020-01-31")],
    )
    picture = answer.plot("timeline")
    assert days_of(picture, "mark-1") == ["2015-03-01", "2016-07-10"]
    assert days_of(picture, "mark-2") == ["2016-07-09", "2020-02-01"]
    assert picture.said["mark-1"] == "a, 2015-03-01 to 2016-07-09"


def test_an_imprecise_end_is_dark_only_where_it_is_certain():
    answer = answer_of(who=[Literal("a")], since=[date("2015")], until=[date("2018-06")])
    picture = answer.plot("timeline")
    assert days_of(picture, "mark-1") == ["2015-12-31", "2018-06-01"]
    drawn = {
        (round(p.get_x()), round(p.get_x() + p.get_width())) for p in picture.figure.axes[0].patches
    }
    for first, past in (("2015-01-01", "2016-01-01"), ("2018-06-01", "2018-07-01")):
        days = [datetime.date.fromisoformat(day).toordinal() for day in (first, past)]
        assert tuple(days) in drawn
    assert "Pale: only the month or the year is known." in picture.svg()


def test_ends_that_are_open_or_unknown_differ():
    precision = [thing("precision", x) for x in ("open", "unknown", "after")]
    answer = answer_of(
        who=[Literal(x) for x in "abc"],
        since=[date("2015-03-01")] * 3,
        until=[None, None, date("2017-01-01")],
        fromPrecision=[thing("precision", "day")] * 3,
        toPrecision=precision,
    )
    spans, long, _ = spans_of(fields_of(answer))
    assert long
    assert [span.finish for span in spans] == ["open", "faded", "faded"]
    assert [span.said for span in spans] == [
        "a, 2015-03-01 to open",
        "b, 2015-03-01 to unknown",
        "c, 2015-03-01 to after 2017-01-01",
    ]
    text = answer.plot("timeline").svg()
    assert "Arrow: not ended" in text
    assert "Fading:" in text


def test_no_span_hides_another_of_its_lane(kg):
    picture = stored(kg, "tenures").plot()
    bars = {}
    for patch in picture.figure.axes[0].patches:
        if patch.get_gid():
            ends = patch.get_x(), patch.get_x() + patch.get_width()
            bars.setdefault(round(patch.get_y(), 1), []).append(ends)
    assert sum(map(len, bars.values())) == len(picture.said) > 90
    for lane in bars.values():
        for (begin, end), (other, past) in itertools.combinations(lane, 2):
            assert min(end, past) - max(begin, other) < 32, "more than a month"


def test_rows_without_dates_are_counted():
    answer = answer_of(a=[Literal("x"), Literal("y")], date=[date("2015-03-01"), None])
    picture = answer.plot("timeline")
    assert list(picture.said) == ["mark-1"]
    assert "1 row without a date left out." in picture.svg()


def test_a_first_and_a_last_year_are_drawn():
    for day in ("0001-01-01", "9999-12-31", "2021-06-23"):
        answer = answer_of(a=[Literal("x")], date=[date(day)])
        assert answer.plot("timeline").said == {"mark-1": f"x, {day}"}


# --- lines


def test_a_line_goes_through_what_is_preferred():
    answer = answer_of(
        office=[thing("office", "jp")] * 3,
        year=[Literal(2001), Literal(2001), Literal(2002)],
        value=[Literal(5), Literal(6), Literal(7)],
        preferred=[Literal(False), Literal(True), None],
    )
    lines, number = lines_of(fields_of(answer))
    assert number.name == "value"
    [points] = lines.values()
    assert [(p.text, p.value, p.on_line) for p in points] == [
        ("2001", 5, False),
        ("2001", 6, True),
        ("2002", 7, True),
    ]


def test_each_office_has_a_line_and_each_row_a_point(kg):
    answer = stored(kg, "filings")
    picture = answer.plot()
    groups = elements(picture)
    offices = {row.office.label for row in answer}
    assert {picture.said[one] for one in groups if re.fullmatch("line-[0-9]", one)} == offices
    assert len([one for one in groups if one.startswith("mark-")]) == len(answer)


def test_a_count_is_no_year_whatever_its_size():
    answer = answer_of(a=[Literal("x"), Literal("y")], meetings=[Literal(2001), Literal(2002)])
    with pytest.raises(UnfitView, match="a column of years and one of numbers"):
        answer.plot("line")
    assert answer.plot("bar").said["mark-2"] == "y: 2,002"


# --- networks


def test_a_line_joins_what_a_row_names():
    answer = answer_of(
        office=[thing("office", x) for x in ("jp", "kr", "jp")],
        meeting=[thing("meeting", x) for x in ("heads-2020", "heads-2020", "heads-2021")],
    )
    links = links_of(fields_of(answer))
    assert links.directed
    assert len(links.nodes) == 4
    assert len(links.edges) == 3
    said = answer.plot("network").said
    assert said["edge-1"] == "office:jp → meeting:heads-2020"


def test_what_meets_each_other_has_one_line():
    people = [thing("person", x) for x in "ab"]
    answer = answer_of(person=people, other=people[::-1], n=[Literal(3), Literal(3)])
    links = links_of(fields_of(answer))
    assert not links.directed
    assert list(links.edges.values()) == [[1, 2]]


def test_a_circle_and_a_thing_tied_to_itself_are_drawn():
    ring = [thing("person", x) for x in "abca"]
    answer = answer_of(one=[*ring[:3], ring[0]], then=[*ring[1:], ring[0]])
    assert len(answer.plot("network").said) == 7


def test_a_network_that_nobody_could_read_is_refused():
    answer = answer_of(
        a=[thing("person", "hub")] * 90, b=[thing("meeting", f"m{n}") for n in range(90)]
    )
    with pytest.raises(UnfitView, match="it has 91 things, and 80 are the most"):
        answer.plot("network")


# --- maps


def test_each_state_of_the_graph_has_a_tile_of_its_own(kg):
    codes = {row.code for row in kg.sparql("SELECT ?code { ?s a ip5:State ; ip5:isoCode ?code }")}
    assert codes
    assert codes <= GRID.keys()
    assert len(set(GRID.values())) == len(GRID)
    for (x, y), (a, b) in itertools.combinations(GRID.values(), 2):
        assert abs(x - a) >= 1 or abs(y - b) >= 1


def test_the_map_tells_since_when(kg):
    picture = stored(kg, "epc-states").plot()
    assert "Germany: 1977" in picture.said.values()
    assert len(picture.said) == 40
    assert "1977 to 1980" in picture.svg()
    on_day = stored(kg, "epc-states", asOf="1990-06-01").plot()
    assert "Outlined: not in the answer." in on_day.svg()
    assert "as of: 1990-06-01" in on_day.svg()


def test_a_state_without_a_tile_is_refused():
    answer = answer_of(code=[Literal("DE"), Literal("BR")])
    with pytest.raises(UnfitView, match="no tile for BR"):
        answer.plot("map")


# --- refusals


@pytest.mark.parametrize(
    ("view", "needs"),
    [
        ("timeline", "a column of dates or years and one of labels"),
        ("bar", "a column of labels and one of numbers"),
        ("line", "a column of years and one of numbers"),
        ("network", "two columns of things"),
        ("map", "a column of states or of their codes in ISO 3166-1"),
    ],
)
def test_a_view_that_does_not_fit_says_what_it_needs(view, needs):
    for answer in (answer_of(x=[Literal("a")]), answer_of(x=[BlankNode("b")]), answer_of(x=[None])):
        with pytest.raises(UnfitView, match=needs) as caught:
            answer.plot(view)
        assert caught.value.hint == "Its columns: x."


def test_no_rows_no_view_and_no_preferred_view_are_refused():
    with pytest.raises(UnfitView, match="nothing to draw"):
        answer_of(x=[]).plot("bar")
    with pytest.raises(ParameterError, match="no view “pie”"):
        answer_of(x=[Literal(1)]).plot("pie")
    with pytest.raises(UnfitView, match="prefers no picture") as caught:
        answer_of("#defaultView:Table\nSELECT", x=[Literal(1)]).plot()
    assert caught.value.hint == f"Name a view: {', '.join(VIEWS)}."


def test_a_query_of_ones_own_may_prefer_a_view(kg):
    text = "#defaultView:BarChart\nSELECT ?k (COUNT(*) AS ?n) { ?s a ?k } GROUP BY ?k"
    assert kg.sparql(text).plot().summary.startswith("Bar chart of n:")


@pytest.mark.parametrize(("module", "view"), [("matplotlib", "timeline"), ("networkx", "network")])
def test_a_library_that_is_missing_is_named(monkeypatch, kg, module, view):
    answer = stored(kg, "supervision")
    names = [name for name in sys.modules if name.split(".")[0] == module]
    for name in names:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match=f"{module}, which is not installed") as caught:
        answer.plot(view)
    assert caught.value.hint == "pip install 'ip5kg[plots]'"


# --- what could go wrong

HOSTILE = (
    "$\\frac{1}{0}$ _hidden",
    "<script>alert(1)</script> & \"'",
    "nul\x00 bell\x07 line\nbreak",
    "right\u202eto left",
    "x" * 3000,
    "",
    "特許庁 특허청 𝕏",
    "%s {} \\",
)


@pytest.mark.parametrize("view", ["timeline", "bar", "line", "network"])
def test_no_label_breaks_a_picture(view):
    things = [NamedNode(f"https://x.example/{n}") for n in range(len(HOSTILE))]
    labels = {one.value: text for one, text in zip(things, HOSTILE, strict=True)}
    rows = [
        (one, things[(n + 1) % len(things)], Literal(n), date(f"{2000 + n}"))
        for n, one in enumerate(things)
    ]
    answer = Answer(Solutions(("a", "b", "n", "date"), rows), labels)
    picture = draw(answer, view, title=" ".join(HOSTILE[:4]))
    text = picture.svg()
    root = ET.fromstring(text)
    assert not root.findall(f".//{SVG}script")
    assert not re.search("[\x00-\x08\u202e]", text)
    assert "alert(1)" in "".join(root.itertext())
    with own_settings():
        boxes = [text.get_window_extent() for text in picture.figure.findobj(Text)]
    assert max(box.x1 for box in boxes) <= picture.figure.bbox.x1
    assert picture.figure.get_size_inches()[1] < 10
    assert picture.png().startswith(b"\x89PNG")
    assert picture.svg() == text


def test_letters_that_no_font_has_are_named_and_left_to_the_reader_of_the_svg(monkeypatch):
    from ip5kg.answers.pictures import letters

    letters.fonts.cache_clear()
    monkeypatch.setattr(letters, "_OTHERS", ())
    try:
        picture = answer_of(a=[Literal("特許 A")], n=[Literal(1)]).plot("bar")
        assert picture.missing() == "特許"
        assert "特許 A</text>" in picture.svg()
        assert "font-family=\"'DejaVu Sans', Verdana, 'Noto Sans', sans-serif\"" in picture.svg()
    finally:
        letters.fonts.cache_clear()


def test_settings_of_matplotlib_stay_as_they_are_and_change_nothing(kg):
    answer = stored(kg, "hosts-of-meetings")
    usual = answer.plot().svg()
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red"}):
        before = dict(mpl.rcParams)
        assert answer.plot().svg() == usual
        assert dict(mpl.rcParams) == before
    code = (
        "import ip5kg, sys; ip5kg.open().query('career', person='jorgenson-lisa').plot().png();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"}, cwd=kg.root)


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("paper", [BACK, DARK[BACK]])
def test_colours_stand_out_from_the_paper(paper):
    pairs = [(colour, 3.0) for colour in SERIES]
    # Letters have to stand out more (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
    inks = list(DARK.items())[1:3]
    pairs += [(ink if paper == BACK else dark, 4.5) for ink, dark in inks]
    for colour, least in pairs:
        low, high = sorted((luminance(colour), luminance(paper)))
        assert (high + 0.05) / (low + 0.05) >= least, colour


def test_texts_are_cut_and_wrapped_to_their_room():
    text = "The offices agreed on very much indeed and on Donaudampfschifffahrtsgesellschaften"
    assert all(measure(line) <= 90 for line in wrap(text, 90))
    assert "".join(wrap(text, 90)).replace(" ", "") == text.replace(" ", "")
    assert measure(cut(text, 90)) <= 90
    assert cut(text, 90).endswith("…")
    assert cut("short", 90) == "short"


# --- doors


@pytest.fixture
def call(root, capsys, monkeypatch, tmp_path):
    """Call the program in an empty folder: (status, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def call(*args):
        status = main([*args, "--root", str(root)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def test_the_name_of_the_file_says_the_format(call, tmp_path):
    for view in ((), ("--view",), ("--view", "timeline")):
        assert call("query", "tenures", "-o", "x.svg", *view) == (0, "", "")
        assert (tmp_path / "x.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert call("query", "tenures", "--view", "-o", "x.PNG")[0] == 0
    assert (tmp_path / "x.PNG").read_bytes().startswith(b"\x89PNG")
    assert call("query", "tenures", "-o", "x.html")[0] == 0
    assert "<svg" not in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_a_page_has_the_picture_the_table_and_the_sources(call, tmp_path, kg):
    assert call("query", "hosts-of-meetings", "--view", "-o", "x.html") == (0, "", "")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.count("<svg ") == text.count("<table>") == text.count("<h1 ") == 1
    assert text.index("<svg ") < text.index("<table>") < text.index('<h2 id="notes">')
    svg = text[text.index("<svg ") : text.index("</svg>")]
    # The page lets no style through but its own, and nothing that it would have to fetch.
    assert "style" not in svg
    assert "<?xml" not in text
    assert "<!DOCTYPE svg" not in text
    assert "prefers-color-scheme: dark" in text
    assert kg.queries.get("hosts-of-meetings").summary in svg
    for name in re.findall(r'(?:src|href|xlink:href)="([^"]*)"', svg):
        assert name.startswith("#")
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_the_command_line_has_all_views_and_the_header_of_queries_as_well():
    assert views._VIEWS == VIEWS
    assert set(PREFERRED) == set(HEADER_VIEWS) - {"Table"}
    assert set(PREFERRED.values()) == set(VIEWS)


def test_a_picture_goes_to_standard_output_as_svg(call):
    status, out, err = call("query", "heads-of-office", "--view", "timeline")
    assert (status, err) == (0, "")
    assert "as of: 2021-06-23" in out
    ET.fromstring(out)


def test_a_query_of_ones_own_is_drawn(call, tmp_path):
    text = "SELECT ?k (COUNT(*) AS ?n) { ?s a ?k } GROUP BY ?k"
    assert call("sparql", text, "--view", "bar", "-o", "x.svg")[0] == 0
    assert "Length of a bar: n." in (tmp_path / "x.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "heads-of-office", "--view"], "The query prefers no picture"),
        (["query", "offices", "--view", "line"], "that needs a column of years"),
        (["query", "tenures", "--view", "--format", "csv"], "cannot be written as csv"),
        (["query", "tenures", "--view", "pie"], "pie"),
        (["query", "tenures", "--view", "bar", "-o", "x.parquet"], "written as parquet"),
        (["sparql", "ASK {}", "--view", "bar"], "Only the rows of SELECT can be drawn."),
        (["sparql", "DESCRIBE office:jp", "-o", "x.svg"], "Only the rows of SELECT"),
        (["sparql", "SELECT ?x { ?x a ip5:No }", "--view", "bar"], "nothing to draw"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(call, tmp_path, arguments, said):
    status, out, err = call(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_picture_saves_itself_and_shows_itself(kg, tmp_path):
    picture = stored(kg, "hosts-of-meetings").plot()
    picture.save(tmp_path / "a.svg")
    picture.save(str(tmp_path / "a.png"))
    assert (tmp_path / "a.svg").read_bytes().decode() == picture._repr_svg_()
    with pytest.raises(UnknownFormat, match="a.pdf"):
        picture.save(tmp_path / "a.pdf")
