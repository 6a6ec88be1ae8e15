"""The bench times what is asked, and compares it rightly."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


@pytest.fixture(scope="module", autouse=True)
def _importable():
    sys.path.insert(0, str(SCRIPTS))
    yield
    sys.path.remove(str(SCRIPTS))


def test_ratios_are_taken_within_a_round():
    from speed.tables import medians, ratio

    # The machine becomes four times as slow; the one program stays twice as slow as the other.
    rounds = [{"a": 2.0, "b": 1.0}, {"a": 8.0, "b": 4.0}, {"a": 8.0, "b": 1.0}]
    assert ratio(rounds, "a", "b") == pytest.approx(2)
    assert ratio(rounds, "b", "a") == pytest.approx(0.5)
    assert medians(rounds) == {"a": 8.0, "b": 1.0}


def test_growth_is_told_apart_from_that_of_the_answer():
    from speed.engine import Timing
    from speed.tables import exponents

    smaller = [
        Timing("square", 0.1, 10),
        Timing("pairs", 0.1, 10),
        Timing("line", 0.1, 0),
        Timing("quick", 0.0001, 5),
        Timing("gone", 1.0, 1),
    ]
    larger = [
        Timing("square", 1.6, 40),
        Timing("pairs", 1.6, 160),
        Timing("line", 0.4, 0),
        Timing("quick", 0.004, 5),
        Timing("new", 1.0, 1),
    ]
    found = exponents(smaller, larger, (1000, 4000))
    assert set(found) == {"square", "pairs", "line"}
    assert found["square"] == pytest.approx((2, 1))
    assert found["pairs"] == pytest.approx((2, 2))
    assert found["line"] == pytest.approx((1, 0))


def test_slowest_come_first_and_bars_are_exclusive():
    from speed.engine import Timing, over
    from speed.tables import slowest

    timings = [Timing("b", 0.02, 1), Timing("a", 0.5, 22), Timing("c", 0.021, 1)]
    lines = slowest(timings, 2).splitlines()
    assert [line.split()[0] for line in lines] == ["a", "c"]
    assert lines[0].split() == ["a", "500.0", "ms", "22", "rows"]
    assert [timing.name for timing in over(timings, 0.02)] == ["a", "c"]


def test_queries_are_asked_in_each_way_once(kg):
    from speed.engine import ways

    chair = ways(kg.queries.get("meeting-chair"))
    assert chair[""] == {"meeting": "heads-2021"}
    timeline = ways(kg.queries.get("timeline"))
    assert timeline[" (required only)"] == {}
    assert set(timeline[""]) == {"since", "until"}
    assert "asOf" in ways(kg.queries.get("stand-ins"))[" (as of a day)"]
    for query in kg.queries.all():
        asked = list(ways(query).values())
        assert all(values not in asked[:n] for n, values in enumerate(asked))


def test_programs_that_are_not_there_say_so(tmp_path):
    from bench import in_turn
    from speed.peers import Inputs, Peer, peers

    query = tmp_path / "q.rq"
    query.write_text("SELECT ?s { ?s ?p ?o }", encoding="utf-8")
    data = tmp_path / "a.ttl"
    data.write_text("<urn:x:s> <urn:x:p> 1 .", encoding="utf-8")
    found = {peer.name: peer for peer in peers(Inputs((data,), tmp_path, tmp_path / "no"), query)}
    assert found["Comunica"].missing
    rounds, reasons = in_turn(
        [
            found["rdflib"],
            found["Comunica"],
            Peer("bad", ((sys.executable, "-c", "import sys; sys.exit('no such luck')"),)),
            Peer("gone", ((str(tmp_path / "gone"),),)),
        ],
        2,
    )
    assert [set(one) for one in rounds] == [{"rdflib"}] * 2
    assert all(one["rdflib"] > 0 for one in rounds)
    assert set(reasons) == {"Comunica", "bad", "gone"}
    assert "no such luck" in reasons["bad"]


def test_scratch_is_deleted_before_each_run(tmp_path):
    from bench import run
    from speed.peers import Peer

    folder = tmp_path / "store"
    command = (sys.executable, "-c", f"import os; os.mkdir({str(folder)!r})")
    peer = Peer("once", (command,), folder)
    run(peer)
    run(peer)
    assert folder.is_dir()


@pytest.mark.parametrize("wrong", [["--runs", "0"], ["--size", "0"], ["--size", "-5"]])
def test_wrong_numbers_are_refused(root, wrong):
    done = subprocess.run(
        [sys.executable, "scripts/bench.py", *wrong], cwd=root, capture_output=True, check=False
    )
    assert done.returncode == 2


def test_exports_are_measured_as_whole_processes(tmp_path):
    from speed.export import measured, rdflib_writing

    busy = "import time; a = b'x' * 60_000_000; time.sleep(0.3)"
    run = measured([sys.executable, "-c", busy])
    assert 0.3 <= run.seconds < 20
    assert 0 < run.processor < run.seconds + 0.1
    assert 60 < run.megabytes < 500
    with pytest.raises(RuntimeError, match="ends with 3"):
        measured([sys.executable, "-c", "raise SystemExit(3)"])
    for name in ("graph", "themes", "years", "ontology"):
        (tmp_path / "bundle" / name).mkdir(parents=True)
    data = "<urn:x:s> <urn:x:p> 1 <urn:x:g> ."
    (tmp_path / "bundle/graph/a.nq").write_text(data.replace("1", '"1"'), encoding="utf-8")
    for name in ("graph/a.ttl", "graph/a.nq.gz", "years/b.ttl"):
        (tmp_path / "bundle" / name).write_text("<urn:x:s> <urn:x:p> 1 .", encoding="utf-8")
    number, seconds = rdflib_writing(tmp_path / "bundle", tmp_path)
    assert number == 3
    assert seconds > 0
    assert "ns1:s ns1:p 1" in (tmp_path / "rdflib").read_text(encoding="utf-8")


def test_an_export_that_takes_too_long_or_too_much_is_told(tmp_path, monkeypatch, capsys):
    import bench
    from speed.export import Run

    def bars(seconds, megabytes, triples):
        monkeypatch.setattr(bench, "measured", lambda _: Run(seconds, seconds, megabytes))
        return len(bench.large_export(tmp_path, triples, tmp_path))

    assert bars(59, 1400, 1_000_000) == 0
    assert bars(61, 1400, 1_000_000) == 1
    assert bars(61, 1600, 20_000) == 2
    assert bars(100, 2800, 2_000_000) == 0
    assert "ip5kg export --portal" in capsys.readouterr().out
