"""The header of a stored query: its schema, and what is told when it is broken."""

import copy
import random
from pathlib import Path

import jsonschema
import pytest
import yaml12

import ip5kg
from ip5kg.errors import ParameterError, QueryHeaderError
from ip5kg.names import PREFIXES
from ip5kg.querybook import QueryBook
from ip5kg.querybook.header import read_query
from ip5kg.querybook.schema import HEADER, PARAMETER_TYPES, VIEWS
from ip5kg.render.catalogue.skeleton import skeleton
from ip5kg.resources import query_files, shown
from ip5kg.sparql.schema import check

ROOT = Path(__file__).parents[1]
FILES = query_files(ROOT)
VALIDATOR = jsonschema.Draft202012Validator(HEADER)

GOOD = """\
#+ summary: Who chaired?
#+ description: Whoever did.
#+ tags: [people, as-of]
#+ defaults:
#+   - asOf: "2021-06-23"
#+ x-ip5kg:
#+   parameters:
#+     meeting:
#+       {type: iri, class: "ip5:Meeting", required: true, example: heads-2021,
#+        description: The meeting.}
#+     office:
#+       {type: iri, multiple: true, enumerate: true, example: [jp, kr], description: Offices.}
#+     number: {type: integer, example: 14, description: Its number.}
#+     asOf: {type: date, example: "2021-06-23", description: The day.}
#+   columns:
#+     person: Who did.
#+     office: For which office.
#defaultView:Timeline
SELECT DISTINCT ?person ?office WHERE {
  ?person ?office ?_meeting_iri , ?__number_integer , ?__asOf_xsd_date .
  FILTER(?office IN (?__office_iri) || COALESCE(?__office_iri, "") = "")
} ORDER BY ?person ?office
"""


def read(tmp_path, text):
    path = tmp_path / "who.rq"
    path.write_text(text, encoding="utf-8")
    return read_query(path)


def header_of(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return yaml12.parse_yaml("\n".join(line[2:] for line in lines if line.startswith("#+")))


# --- the schema


def test_the_schema_is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(HEADER)


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_header_fits_the_schema(name):
    header = header_of(FILES[name])
    VALIDATOR.validate(header)
    check(header, HEADER, "a file")


def places(value, path=()):
    """All places in a nested value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def mutants(header, chance):
    """Headers with one thing changed, some of which are no worse."""
    junk = [None, True, 0, 3.5, "", " ", "x", "A-b", [], ["x"], ["x", "x"], {}, {"x": 1}, [[]]]
    for path in list(places(header))[1:]:
        for value in [*chance.sample(junk, 5), ...]:
            changed = copy.deepcopy(header)
            inner = changed
            for key in path[:-1]:
                inner = inner[key]
            if value is ...:
                del inner[path[-1]]
            elif isinstance(inner, dict) and chance.random() < 0.3:
                inner[chance.choice(["x", "asOf", "a-b", 7])] = value
            else:
                inner[path[-1]] = value
            yield changed


def told(value):
    """Whether our own reading of the schema finds a fault, and how it tells it."""
    try:
        check(value, HEADER, "queries/x.rq")
    except QueryHeaderError as error:
        return error
    return None


def test_faults_are_those_that_another_validator_finds():
    """Thousands of changed headers: jsonschema and we agree on each."""
    chance = random.Random(8)
    headers = [header_of(FILES[name]) for name in sorted(FILES)]
    seen = {True: 0, False: 0}
    for header in headers:
        for changed in mutants(header, chance):
            # JSON has no keys but texts; YAML has, and ours are told as their texts.
            fault = told(changed)
            plain = _with_text_keys(changed)
            assert (fault is None) == VALIDATOR.is_valid(plain), (changed, fault)
            seen[fault is None] += 1
            if fault is not None:
                assert fault.message.startswith("queries/x.rq: the ")
                assert fault.message.endswith(".")
                assert "\n" not in fault.message
    assert seen[False] > 5000
    assert seen[True] > 500


def _with_text_keys(value):
    if isinstance(value, dict):
        return {str(key): _with_text_keys(inner) for key, inner in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("value", [None, [], "text", 3, True])
def test_what_is_no_mapping_is_no_header(value):
    assert "is not a mapping" in told(value).message
    assert told(value).hint.startswith("Begin the file with")


# --- reading


def test_all_that_a_header_says_is_read(tmp_path):
    query = read(tmp_path, GOOD)
    meeting, office, number, as_of = query.parameters
    assert (meeting.variable, meeting.required, meeting.class_name) == (
        "_meeting_iri",
        True,
        "ip5:Meeting",
    )
    assert (office.variable, office.multiple, office.enumerated) == ("__office_iri", True, True)
    assert (office.example, office.examples) == ("jp", ("jp", "kr"))
    assert (number.example, number.examples, number.default) == ("14", (), None)
    assert (as_of.default, as_of.flag, as_of.required) == ("2021-06-23", "as-of", False)
    assert query.view == "Timeline"
    assert query.function == "who"
    assert query.body.startswith("#defaultView:Timeline\nSELECT")
    assert "#+" not in query.body


def test_a_query_is_a_table_where_nothing_else_is_said(tmp_path):
    assert read(tmp_path, GOOD.replace("#defaultView:Timeline\n", "")).view == "Table"


def test_variables_in_comments_and_texts_are_no_parameters(tmp_path):
    text = GOOD.replace("?person ?office ?_meeting_iri", "?person '?_x_iri' ?_meeting_iri")
    read(tmp_path, text + "# ?__y_literal, ?_z_xsd_date\n")


BROKEN = [
    ("summary: Who chaired?", "summary: 'a: b", "the header is not YAML"),
    ("summary: Who chaired?", "summary:", "the field summary is empty"),
    ("#+ summary: Who chaired?\n", "", "the header lacks the field “summary”"),
    ("tags: [people, as-of]", "tags: people", "the field tags is not a list"),
    ("tags: [people, as-of]", "tags: []", "the field tags is empty"),
    ("tags: [people, as-of]", "tags: [people, As Of]", "the field tags.2 is “As Of”"),
    ("tags: [people, as-of]", "tags: [people, people]", "the field tags says something twice"),
    ("#+ tags", "#+ endpoint: x\n#+ tags", "the header has the unknown field “endpoint”"),
    ("type: iri, class", "type: uri, class", "x-ip5kg.parameters.meeting.type is “uri”"),
    ('class: "ip5:Meeting"', "class: Meeting", "x-ip5kg.parameters.meeting.class is “Meeting”"),
    (
        'class: "ip5:Meeting"',
        'class: "foo:M"',
        "meeting.class has an unknown prefix: foo:M",
    ),
    ("type: date", 'class: "ip5:M", type: date', "asOf.class does not fit the type date"),
    ("required: true", "required: yes please", "meeting.required is not true or false"),
    ("type: date", "required: true, type: date", "asOf.required does not go with a default"),
    ("multiple: true, ", "", "office.example is a list, but the parameter is not multiple"),
    ("[jp, kr]", "[jp]", "office.example is too short"),
    ("[jp, kr]", "[jp, jp]", "office.example says something twice"),
    ("[jp, kr]", "[jp, [kr]]", "office.example.2 is not a text"),
    ("example: 14, ", "", "x-ip5kg.parameters.number lacks the field “example”"),
    ("example: 14", "exmaple: 14, example: 14", "number has the unknown field “exmaple”"),
    ("     number:", "     the-number:", "x-ip5kg.parameters has the name “the-number”"),
    (
        "#+     office: For",
        "#+     bureau: For",
        "office.enumerate needs a column of the same",
    ),
    ('- asOf: "2021', '- asof: "2021', "the field defaults names “asof”, which is no parameter"),
    ('"2021-06-23"\n#+ x', '"2021-06-23"\n#+   - asOf: "2"\n#+ x', "defaults names “asOf” twice"),
    ('- asOf: "2021-06-23"', "- asOf", "the field defaults.1 is not a mapping"),
    (
        '- asOf: "2021-06-23"',
        '- {asOf: "2021-06-23", number: 3}',
        "the field defaults.1 says too much",
    ),
    ("Timeline", "Timelines", "the field #defaultView is “Timelines”"),
    ("#defaultView:Timeline", "#defaultView:Map\n#defaultView:Map", "#defaultView stands there tw"),
    ("?__number_integer", "?n", "parameters.number is never used: the query has no variable ?__nu"),
    ("?__number_integer", "?_number_integer", "parameters.number is never used"),
    ("?__number_integer", "?__number_integer , ?_x_iri", "does not declare the variable ?_x_iri"),
    ("number: {", "kg: {", "x-ip5kg.parameters.kg has a name that is not free in Python"),
    ("number: {", "asof: {", "differs from another only in how it is written"),
    ("#+   columns:", "#+   Columns:", "the field x-ip5kg has the unknown field “Columns”"),
    ("#+     person: Who did.\n", "#+     person:\n", "x-ip5kg.columns.person is empty"),
    ("#+   columns:", "#+   answers: CQ-01\n#+   columns:", "x-ip5kg.answers is not a list"),
    ("#+   columns:", "#+   answers: [CQ]\n#+   columns:", "x-ip5kg.answers.1 is “CQ”"),
    ("#+   columns:", "#+   expect: {}\n#+   columns:", "x-ip5kg.expect lacks the field “rows”"),
    ("#+   columns:", "#+   expect: {rows: 0}\n#+   columns:", "x-ip5kg.expect.rows is 0"),
    ("#+   columns:", "#+   expect: {rows: ten}\n#+   columns:", "expect.rows is not a whole"),
]


@pytest.mark.parametrize(("old", "new", "says"), BROKEN, ids=[str(n) for n in range(len(BROKEN))])
def test_a_fault_is_told_with_file_and_field(tmp_path, old, new, says):
    assert old in GOOD
    with pytest.raises(QueryHeaderError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.message.startswith(f"{shown(tmp_path / 'who.rq')}: ")
    assert says in caught.value.message
    assert "\n" not in caught.value.message


def test_a_header_without_a_query_book_field_is_told(tmp_path):
    with pytest.raises(QueryHeaderError, match="x-ip5kg"):
        read(tmp_path, "#+ summary: a\n#+ description: b\n#+ tags: [c]\nSELECT * {}\n")


def test_types_and_views_are_told_in_the_hint(tmp_path):
    with pytest.raises(QueryHeaderError) as caught:
        read(tmp_path, GOOD.replace("type: date", "type: day"))
    assert caught.value.hint == f"Possible: {', '.join(PARAMETER_TYPES)}."
    with pytest.raises(QueryHeaderError) as caught:
        read(tmp_path, GOOD.replace("Timeline", "Pie"))
    assert caught.value.hint == f"Possible: {', '.join(VIEWS)}."


# --- the real queries


@pytest.mark.parametrize("name", sorted(FILES))
def test_names_of_parameters_and_columns_can_be_those_of_python(name):
    query = read_query(FILES[name])
    assert query.function.isidentifier()
    for parameter in query.parameters:
        assert parameter.class_name.partition(":")[0] in ("", *PREFIXES)


# --- a new query


def test_a_skeleton_is_a_query_that_answers(tmp_path, root):

    for name in ("ontology", "data"):
        (tmp_path / name).symlink_to(root / name)
    (tmp_path / "queries" / "people").mkdir(parents=True)
    path = tmp_path / "queries" / "people" / "heads-in-office.rq"
    path.write_text(skeleton("heads-in-office", QueryBook(tmp_path)), encoding="utf-8")
    copy_ = ip5kg.open(tmp_path)
    query = copy_.queries.get("heads-in-office")
    assert query.summary.endswith("?")
    assert max(map(len, query.text.splitlines())) <= 100
    series = query.parameter("series").examples
    assert len(series) == 2
    every = copy_.query(query.name)
    some = copy_.query(query.name, series=series, as_of="2018-12-31")
    assert 0 < len(some) < len(every)
    assert set(some) < set(every)


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "a--b", "a/b", "1", "é", "a\n"])
def test_a_skeleton_needs_a_name(name):
    with pytest.raises(ParameterError, match="is no name for a query"):
        skeleton(name, QueryBook(ROOT))


def test_a_skeleton_takes_no_name_that_is_taken():
    with pytest.raises(ParameterError, match="There is a query “meeting-chair” already"):
        skeleton("meeting-chair", QueryBook(ROOT))
