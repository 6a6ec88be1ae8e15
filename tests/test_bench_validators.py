"""The bench of validators measures, compares and lays out what is really there."""

import json
import math
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
REPORT = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
[] a sh:ValidationReport ;
    sh:conforms false ;
    sh:result
        [ a sh:ValidationResult ; sh:focusNode ex:a ; sh:sourceShape ex:S ;
          sh:sourceConstraintComponent sh:MinCountConstraintComponent ; sh:value ex:v ] ,
        [ a sh:ValidationResult ; sh:focusNode ex:a ; sh:sourceShape ex:S ;
          sh:sourceConstraintComponent sh:MinCountConstraintComponent ; sh:value ex:w ] ,
        [ a sh:ValidationResult ; sh:focusNode _:blank ; sh:sourceShape ex:S ;
          sh:sourceConstraintComponent sh:ClassConstraintComponent ] ,
        [ a sh:ValidationResult ; sh:focusNode ex:check ; sh:sourceShape ex:check ] .
"""


@pytest.fixture(scope="module", autouse=True)
def _importable():
    sys.path.insert(0, str(SCRIPTS))
    yield
    sys.path.remove(str(SCRIPTS))


def measured(tmp_path, seconds, *command):
    out, err = tmp_path / "out", tmp_path / "err"
    script = SCRIPTS / "validators" / "measure.py"
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(seconds), str(out), str(err), *command],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout), out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def test_measures_time_memory_and_status_of_the_command_alone(tmp_path):
    size = 200 * 1024 * 1024
    program = f"import sys, time; x = b'x' * {size}; time.sleep(0.3); print('hi'); sys.exit(3)"
    told, out, err = measured(tmp_path, 60, sys.executable, "-I", "-S", "-c", program)
    assert (out, err) == ("hi\n", "")
    assert told["status"] == 3
    assert not told["over"]
    assert size < told["peak"] < 1.3 * size
    assert told["seconds"] > 0.3
    assert told["cpu"] < told["seconds"] + 0.1

    # A large parent must not show in the peak of a small child.
    ballast = b"x" * size
    told, _, _ = measured(tmp_path, 60, sys.executable, "-I", "-S", "-c", "pass")
    assert told["peak"] < size / 4
    assert ballast


def test_stops_a_command_and_all_that_it_started(tmp_path):
    mark = tmp_path / "alive"
    late = "import sys, time; time.sleep(1.5); open(sys.argv[1], 'w')"
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"
    command = [sys.executable, "-c", program, late, str(mark)]
    told, _, err = measured(tmp_path, 0.5, *command)
    assert err == ""
    assert told["over"]
    assert told["status"] == -9
    time.sleep(2.0)
    assert not mark.exists()
    # Given the time, it would have left its mark.
    measured(tmp_path, 60, *command)
    assert mark.exists()


def test_says_that_a_program_is_not_there(tmp_path):
    told, _, err = measured(tmp_path, 5, str(tmp_path / "none"))
    assert told["status"] == 127
    assert "No such file" in err


def test_reads_the_results_of_a_report(tmp_path):
    from validators.reports import compared, read_results

    path = tmp_path / "report.ttl"
    path.write_text(REPORT, encoding="utf-8")
    results = read_results(path)
    sh = "http://www.w3.org/ns/shacl#"
    a, shape = "<https://example.org/a>", "<https://example.org/S>"
    assert results == {
        (a, shape, f"<{sh}MinCountConstraintComponent>"): 2,
        ("_:", shape, f"<{sh}ClassConstraintComponent>"): 1,
    }
    assert compared(results, results) == "yes"
    other = Counter({(a, shape, "x"): 1, ("_:", shape, f"<{sh}ClassConstraintComponent>"): 7})
    assert compared(other, results) == "no: +1 -1"


@pytest.mark.parametrize("text", ["", "Traceback (most recent call last):", "<a:a> <a:b> <a:c> ."])
def test_what_is_no_report_is_no_empty_report(tmp_path, text):
    from validators.reports import read_results

    path = tmp_path / "report.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="report"):
        read_results(path)


def test_inputs_hold_the_same_triples_in_both_forms(root, tmp_path):
    from ip5kg.resources import graph_files, shape_files
    from ip5kg.turtle.reader import read
    from validators.inputs import write_inputs

    inputs = write_inputs(root, tmp_path / "inputs")
    own = [triple for path in graph_files(inputs.root) for triple in read(path)]
    assert inputs.triples == len(read(inputs.data)) == len(own)
    assert inputs.triples == sum(len(read(path)) for path in graph_files(root))
    shapes = sum(len(read(path)) for path in shape_files(root))
    assert len(read(inputs.shapes)) == shapes
    assert sum(len(read(path)) for path in shape_files(inputs.root)) == shapes

    fewer = write_inputs(root, tmp_path / "inputs", core=True, every=100)
    records = sum(
        len(read(path)) for path in graph_files(root) if path.is_relative_to(root / "data")
    )
    assert fewer.triples == inputs.triples - records // 100
    assert len(read(fewer.data)) == fewer.triples
    text = fewer.shapes.read_text(encoding="utf-8")
    assert "sh:property" in text
    assert "sparql" not in text
    assert "SELECT" not in text


def test_slope_is_the_exponent():
    from validators.tables import slope

    assert slope([(n, 3 * n**1.7) for n in (10, 100, 1000)]) == pytest.approx(1.7)
    assert math.isnan(slope([(10, 1), (10, 2)]))
    assert math.isnan(slope([]))


def test_tables_name_what_failed_and_what_differs():
    from validators.tables import Measured, Run, growth, table
    from validators.tools import TOOLS

    one, two = Counter({("a", "S", "c"): 1}), Counter({("a", "S", "c"): 1, ("b", "S", "c"): 1})
    tools = [tool for tool in TOOLS if tool.name.startswith(("ip5kg", "py"))]
    tools = [tool for tool in tools if tool.name != "ip5kg --shapes"]
    ours = [Run(1.0, 0.5, 2**20), Run(2.0, 0.5, 2**20), Run(9.0, 0.5, 2**20)]
    theirs = [Run(3.0, 2.0, 2**21), Run(6.0, 2.0, 2**21), Run(18.0, 2.0, 2**21)]
    small = {
        "ip5kg": Measured(ours, one, ""),
        "pyshacl": Measured([], None, "not within 600 s"),
        "pyshacl-turbo": Measured(theirs, one, ""),
        "pyrudof": Measured(theirs, two, ""),
        "pyshifty": Measured(theirs[:1], one, "it wrote no report (exit status 1): no more memory"),
    }
    lines = table(tools, small).splitlines()
    words = [line.split() for line in lines]
    assert lines[0].split("  ")[0] == "tool"
    assert "same as pyshacl-turbo" in lines[0]
    assert words[1][2:] == ["2.00", "0.50", "1", "1", "yes", "1.00", "1.00"]
    assert words[2] == ["pyshacl", tools[1].version, "not", "within", "600", "s"]
    assert words[3][2:] == ["6.00", "2.00", "2", "1", "yes", "3.00", "4.00"]
    assert words[4][2:] == ["6.00", "2.00", "2", "2", "no:", "+1", "-0", "3.00", "4.00"]
    assert lines[5].endswith("no more memory")

    large = {name: got._replace(runs=got.runs[:1]) for name, got in small.items()}
    grown = growth(tools, [(1000, small), (2000, large)]).splitlines()
    assert grown[0].split()[:3] == ["seconds", "1,000", "2,000"]
    assert grown[1].split() == ["ip5kg", "2.00", "1.00", "-1.00", "0.00"]
    assert grown[2].split() == ["pyshacl", "-", "-", "-", "-"]


def bench(root, *arguments):
    return subprocess.run(
        [sys.executable, "scripts/bench_validators.py", *map(str, arguments)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_measures_ip5kg_and_names_what_is_not_installed(root, tmp_path):
    done = bench(
        root, "--tools", "ip5kg,shacl", "--runs", "1", "--core", "--cache", tmp_path / "cache"
    )
    assert done.returncode == 0, done.stderr
    ours, other = done.stdout.splitlines()[-2:]
    assert ours.split()[0] == "ip5kg"
    assert float(ours.split()[2]) > 0
    assert other.split()[0] == "shacl"
    assert other.endswith("not installed; --install does it")


def test_refuses_a_tool_that_it_does_not_know(root):
    unknown = bench(root, "--tools", "ip5kg,nothing")
    assert unknown.returncode == 1
    assert "no validator “nothing”" in unknown.stderr
