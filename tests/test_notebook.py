"""The magics in a real shell of IPython, and the tutorial in a real kernel."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

import ip5kg
from ip5kg import Answer, KnowledgeGraph

TUTORIAL = Path(__file__).parents[1] / "queries" / "tutorial.ipynb"
MEETINGS = "SELECT ?m ?d { ?m a ip5:Meeting ; ip5:date ?d } ORDER BY STR(?d) LIMIT 3"


@pytest.fixture(scope="module")
def shell():
    """A shell with the extension loaded."""
    InteractiveShell.clear_instance()
    made = InteractiveShell.instance()
    made.run_line_magic("load_ext", "ip5kg")
    yield made
    InteractiveShell.clear_instance()


@pytest.fixture
def run(shell, capsys):
    """Run a cell: (its result, standard output, standard error)."""

    def run(cell):
        shell.user_ns.pop("kept", None)
        done = shell.run_cell(cell, silent=False)
        captured = capsys.readouterr()
        return done, captured.out, captured.err

    return run


def test_a_cell_answers_a_query(run):
    done, _, talk = run(f"%%sparql\n{MEETINGS}")
    assert done.success
    assert talk == ""
    assert isinstance(done.result, Answer)
    assert "<table" in done.result._repr_html_()
    assert [row.d is None for row in done.result] == [False] * 3


def test_an_answer_can_be_kept(run, shell):
    done, _, _ = run(f"%%sparql -o kept\n{MEETINGS}")
    assert done.success
    assert shell.user_ns["kept"] is done.result
    run("%%sparql --output kept\nASK { ?m a ip5:Meeting }")
    assert shell.user_ns["kept"] is True
    run("%%sparql -o kept\nCONSTRUCT WHERE { office:jp a ?c }")
    assert len(shell.user_ns["kept"]) >= 1


def test_triples_are_shown_as_turtle(run):
    done, _, _ = run("%%sparql\nCONSTRUCT WHERE { office:jp a ?c }")
    assert "office:jp a ip5:PatentOffice" in repr(done.result)
    assert "office" in done.result._repr_html_()


def test_the_graph_can_be_that_of_a_variable_or_folder(run, shell, root, kg):
    shell.user_ns["mine"] = kg
    for option in ("-g mine", f"--root '{root}'"):
        done, _, _ = run(f"%%sparql {option}\n{MEETINGS}")
        assert len(done.result) == 3
    _, text, _ = run(f"%ip5kg --root '{root}'")
    assert "meeting-attendees" in text


def test_a_stored_question_is_answered(run, shell, kg):
    done, _, _ = run("%ip5kg heads-of-office --office jp --office kr --as-of 2016-05-01 -o kept")
    expected = kg.query("heads-of-office", office=["jp", "kr"], as_of="2016-05-01")
    assert list(done.result) == list(expected)
    assert shell.user_ns["kept"] is done.result
    done, text, _ = run("%ip5kg")
    assert done.result is None
    assert "heads-of-office" in text


def test_an_empty_answer_has_a_hint(run, monkeypatch):
    monkeypatch.setattr("ip5kg.graph._HINTED_WITHIN", 60)
    done, text, talk = run("%%sparql\nSELECT * { ?m ip5:hostBy ?o }")
    assert done.success
    assert len(done.result) == 0
    assert "Near matches: ip5:hostedBy." in talk
    assert "hint" not in text
    assert "hint: " in run("%ip5kg tenures --as-of 1700-01-01")[2]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%%sparql\nSELECT * {", "The query is not SPARQL: it goes wrong in line"),
        ("%%sparql\n\n", "The query is empty."),
        ("%%sparql\nDROP ALL", "DROP is an update"),
        ("%sparql SELECT", "Write %%sparql in the first line of a cell"),
        ("%%sparql -o 1x\nASK {}", "“1x” is no name of a variable"),
        ("%%sparql -g nothing\nASK {}", "The variable nothing holds no graph."),
        ("%%sparql -g x --root .\nASK {}", "--graph goes with neither"),
        ("%%sparql --nothing\nASK {}", "unrecognized arguments: --nothing"),
        ("%%sparql 'x\nASK {}", "The line cannot be read"),
        ("%%sparql --root /nowhere\nASK {}", "/nowhere"),
        ("%%sparql --endpoint http://127.0.0.1:9/\nASK {}", "127.0.0.1:9"),
        ("%ip5kg meeting-chairs", "meeting-chair"),
        ("%ip5kg meeting-chair", "meeting"),
        ("%ip5kg meeting-chair --meeting heads-2121", "heads-2021"),
        ("%ip5kg meeting-chair --as-of 2020-01-01", "unrecognized arguments: --as-of"),
        ("%ip5kg tenures --as-of 2021-02-30", "2021-02-30"),
    ],
)
def test_errors_are_sentences(run, shell, cell, says):
    done, text, talk = run(cell)
    assert not done.success
    said = text + talk
    assert says in said
    assert "Traceback" not in said
    assert "kept" not in shell.user_ns


# --- completion


def completions(shell, code):
    """What is offered at the end of a cell: the texts of the cell that would come of it."""
    with provisionalcompleter():
        found = list(shell.Completer.completions(code, len(code)))
    return [code[: one.start] + one.text for one in found]


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        ("%%sparql\nSELECT * { ?m ip5:hosted", "%%sparql\nSELECT * { ?m ip5:hostedBy"),
        ("%%sparql\nSELECT * { ?m a ip5:Meet", "%%sparql\nSELECT * { ?m a ip5:Meeting"),
        ("%%sparql -o x\nASK {\n?m ?p office:j", "%%sparql -o x\nASK {\n?m ?p office:jp"),
        ("%%sparql\nASK { meeting:heads-202", "%%sparql\nASK { meeting:heads-2021"),
        ("%%sparql\nASK { ?m a off", "%%sparql\nASK { ?m a office:"),
        ("%%sparql\nASK { ?meeting ?p ?o . ?me", "%%sparql\nASK { ?meeting ?p ?o . ?meeting"),
        ("%ip5kg heads-of", "%ip5kg heads-of-office"),
        ("%ip5kg heads-of-office --of", "%ip5kg heads-of-office --office"),
        ("%ip5kg heads-of-office --office office:k", "%ip5kg heads-of-office --office office:kr"),
    ],
)
def test_names_are_completed(shell, cell, offered):
    assert offered in completions(shell, cell)


@pytest.mark.parametrize(
    "cell",
    ["x = 'ip5:hosted", "%%sparql ip5:hosted", "%%html\nip5:hosted", "%ip5kg 'x y", "%ip5kg no -"],
)
def test_other_cells_are_left_alone(shell, cell):
    assert not any("ip5:hostedBy" in one for one in completions(shell, cell))


def test_loading_twice_and_unloading(shell):
    shell.run_line_magic("reload_ext", "ip5kg")
    cell = "%%sparql\nSELECT * { ?m ip5:hosted"
    assert completions(shell, cell).count(f"{cell}By") == 1
    shell.run_line_magic("unload_ext", "ip5kg")
    assert f"{cell}By" not in completions(shell, cell)
    shell.run_line_magic("load_ext", "ip5kg")


def test_ipython_is_not_loaded_by_the_package():
    code = "import sys, ip5kg; ip5kg.open; print('IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert KnowledgeGraph is ip5kg.KnowledgeGraph


# --- the tutorial


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    """The tutorial, executed in a kernel of its own, in an empty folder."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    folder = tmp_path_factory.mktemp("tutorial")
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
    return notebook


def outputs(notebook, kind):
    return [
        out for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type == kind
    ]


def test_the_tutorial_is_kept_without_outputs():
    notebook = json.loads(TUTORIAL.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(notebook))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    first = "".join(notebook["cells"][0]["source"])
    assert "pip install 'ip5kg[notebook]'" in first


def test_the_tutorial_runs_and_draws_three_pictures(tutorial):
    assert not outputs(tutorial, "error")
    pictures = [out for out in outputs(tutorial, "display_data") if "image/png" in out.data]
    assert len(pictures) == 3
    tables = [out for out in outputs(tutorial, "execute_result") if "text/html" in out.data]
    assert len(tables) == 4


def test_what_the_tutorial_finds_is_so(tutorial, kg):
    said = "".join(out.text for out in outputs(tutorial, "stream"))
    together = len(kg.query("host-rotation"))
    assert f"{together - 5} of {together - 5} meetings were hosted by who had hosted five" in said
    years = re.search(r"every meeting of known mode was virtual: ([\d ]+)", said)[1].split()
    assert len(years) == 2
    for year in years:
        held = "?m a ip5:Meeting ; ip5:hasStatus status:held ; ip5:hasMode ?mode ; ip5:earliest ?d"
        other = f"FILTER(YEAR(?d) = {year} && ?mode != mode:virtual)"
        assert kg.sparql(f"ASK {{ {held} FILTER(YEAR(?d) = {year}) }}")
        assert not kg.sparql(f"ASK {{ {held} {other} }}")
    values = {}
    for row in kg.query("filings"):
        values.setdefault(row.year, {})[row.office.short] = row.applications
    full = {year: by for year, by in values.items() if len(by) == 5}
    most = [year for year, by in full.items() if max(by, key=by.get) == "office:cn"]
    half = [year for year, by in full.items() if by["office:cn"] * 2 > sum(by.values())]
    listed = " ".join(map(str, sorted(most)))
    assert f"CNIPA received the most applications in {listed}\n" in said
    assert f"together in {' '.join(map(str, sorted(half)))}\n" in said
