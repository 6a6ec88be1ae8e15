"""Stored questions as Python functions, and the stub from which editors complete."""

import ast
import copy
import inspect
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import ip5kg
from ip5kg import questions
from ip5kg.errors import ParameterError, UnknownName
from ip5kg.querybook import QueryBook

ROOT = Path(__file__).parents[1]
STUB = ROOT / "src" / "ip5kg" / "questions.pyi"
BOOK = QueryBook(ROOT)
NAMES = BOOK.names()

every_query = pytest.mark.parametrize("name", NAMES)


def function_of(name):
    return getattr(questions, name.replace("-", "_"))


@pytest.fixture(scope="module")
def stub():
    """The functions of the stub, by name."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_heads_of_office_on_a_day_are_asked_for_as_a_function():
    heads = questions.heads_of_office(as_of=date(2016, 5, 1))
    assert {row.office.short: row.person.label for row in heads}["office:ep"] == (
        "Benoît Battistelli"
    )
    one = questions.heads_of_office(as_of=date(2016, 5, 1), office=["ep", "jp"])
    assert len(one) == 2


@every_query
def test_a_function_gives_what_the_query_gives(kg, name):
    """With the arguments as Python has them: days, numbers and lists."""
    convert = {"date": date.fromisoformat, "integer": int}
    query = BOOK.get(name)
    function = function_of(name)
    assert function.__name__ == query.function
    arguments = list(inspect.signature(function).parameters)
    given, asked = {}, {}
    for parameter in query.parameters:
        [spelt] = [one for one in arguments if query.parameter(one) is parameter]
        values = parameter.examples or (parameter.example,)
        plain = [convert.get(parameter.type, str)(value) for value in values]
        given[spelt] = plain if parameter.multiple else plain[0]
        asked[parameter.name] = list(values) if parameter.multiple else values[0]
    answer, expected = function(**given), kg.query(name, **asked)
    assert list(answer) == list(expected)
    assert answer.columns == expected.columns
    assert answer.labels == expected.labels
    assert len(answer) >= 1


def test_another_graph_can_be_asked(kg, tmp_path):
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data").mkdir()
    empty = ip5kg.open(tmp_path)
    assert not questions.offices(kg=empty)
    assert list(questions.offices(kg=kg)) == list(questions.offices())


def test_keywords_of_python_get_an_underscore():
    years = {row.year for row in questions.filings(from_=2010, to=2012, office="jp")}
    assert years == {2010, 2011, 2012}


# --- wrong use


@pytest.mark.parametrize(
    ("name", "given", "error", "says"),
    [
        ("meeting_chair", {}, TypeError, "meeting_chair() missing a required argument: 'meeting'"),
        ("offices", {"asof": 1}, TypeError, "offices() got an unexpected keyword argument 'asof'"),
        ("offices", {"asOf": "2020-01-01"}, TypeError, "unexpected keyword argument 'asOf'"),
        ("offices", {"as_of": "2020-02-30"}, ParameterError, "is not a day of the calendar"),
        ("heads_of_office", {"office": []}, ParameterError, "is an empty list"),
        ("office_names", {"office": "jpx"}, UnknownName, "no patent office “jpx”"),
    ],
)
def test_wrong_use_is_told(name, given, error, says):
    with pytest.raises(error) as caught:
        getattr(questions, name)(**given)
    assert says in str(caught.value)


def test_arguments_are_named():
    with pytest.raises(TypeError):
        questions.meeting_chair("heads-2021")


def test_an_unknown_question_is_answered_with_near_ones():
    with pytest.raises(AttributeError, match="near matches: heads_of_office"):
        _ = questions.head_of_office
    for name in ("__path__", "__wrapped__", "x" * 1000):
        assert not hasattr(questions, name)


# --- what editors and people see


def test_all_questions_are_there_and_nothing_hides_them():
    functions = [name.replace("-", "_") for name in NAMES]
    assert sorted(questions.__all__) == sorted(functions)
    assert set(functions) <= set(dir(questions))
    assert ip5kg.questions is questions
    for name in functions:
        assert name not in {"cache", "annotations", "Callable"}


def test_functions_are_what_functions_are():
    function = questions.meeting_chair
    assert function is questions.meeting_chair
    assert pickle.loads(pickle.dumps(function)) is function
    assert copy.deepcopy(function) is function
    assert function.__module__ == "ip5kg.questions"
    assert "Who chaired a meeting" in inspect.getdoc(function)


@every_query
def test_the_stub_says_what_the_function_says(stub, name):
    function = function_of(name)
    node = stub[function.__name__]
    assert ast.get_docstring(node) == inspect.getdoc(function)
    signature = inspect.signature(function)
    assert [one.arg for one in node.args.kwonlyargs] == list(signature.parameters)
    for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        runtime = signature.parameters[argument.arg]
        assert ast.unparse(argument.annotation) == runtime.annotation
        assert (default is None) == (runtime.default is runtime.empty)
    query = BOOK.get(name)
    for parameter in query.parameters:
        assert parameter.description.split()[0] in function.__doc__
    for column in query.columns:
        assert f"    {column.name}: " in function.__doc__


def test_the_stub_has_no_other_functions(stub):
    assert sorted(stub) == sorted(name.replace("-", "_") for name in NAMES)
    assert max(map(len, STUB.read_text(encoding="utf-8").splitlines())) <= 100


def mypy(*args, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", *args], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_the_stub_fits_the_module():
    """Stubtest of mypy imports the module and holds it against the stub."""
    done = mypy("mypy.stubtest", "ip5kg.questions")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_module_behind_the_stub_has_its_types():
    """Where there is a stub, mypy does not look at the module unless it is named."""
    done = mypy("mypy", "src/ip5kg/questions.py")
    assert done.returncode == 0, done.stdout + done.stderr


USE = """\
from datetime import date

from ip5kg import KnowledgeGraph, questions

reveal_type(questions.heads_of_office(as_of=date(2016, 5, 1)))
questions.heads_of_office(as_of="2016-05-01", office=["jp", "kr"])
questions.heads_of_office(office=("jp",), kg=KnowledgeGraph())
questions.filings(from_=2010, to=2012)
questions.heads_of_office(as_of=20160501)
questions.heads_of_office(as_off="2016-05-01")
questions.meeting_chair()
questions.meeting_chair(meeting=["heads-2021", "heads-2022"])
questions.filings(from_="2010")
questions.heads_of_ofice()
"""


def test_mypy_finds_wrong_calls_and_only_these(tmp_path):
    path = tmp_path / "use.py"
    path.write_text(USE, encoding="utf-8")
    done = mypy("mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(path))
    wrong = [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line]
    assert wrong == ["9", "10", "11", "12", "13", "14"], done.stdout
    assert 'note: Revealed type is "ip5kg.answers' in done.stdout


def test_asking_what_there_is_does_not_load_the_graph():
    code = (
        "import sys\nfrom ip5kg import questions\ndir(questions)\nquestions.heads_of_office\n"
        "help = questions.heads_of_office.__doc__\n"
        "print(sorted(m for m in ('rdflib', 'pyshacl', 'pandas') if m in sys.modules))\n"
        "print(questions._graph.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split("\n")[:2] == ["[]", "0"]


def test_the_example_of_the_module_works():
    import doctest

    result = doctest.testmod(questions)
    assert (result.attempted, result.failed) == (4, 0)
