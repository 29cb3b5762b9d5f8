"""The page's benchmark is to be believed: the same points beside it, and what it cannot it says."""

import json

from benchmarks import bench_page
from benchmarks.page import plain
from benchmarks.page.looking import Side
from tests import chromium


def test_the_plain_app_shows_the_points_of_the_opening_page(pipeline):
    body = {
        "output": "graph.figure",
        "outputs": {"id": "graph", "property": "figure"},
        "inputs": [{"id": "k", "property": "value", "value": 7}],
        "changedPropIds": ["k.value"],
    }
    answer = plain.server.test_client().post("/drag/_dash-update-component", json=body)
    figure = json.loads(answer.data)["response"]["graph"]["figure"]
    assert figure["layout"]["meta"] == {"k": 7}
    assert len(figure["data"]) == 1
    shown = pipeline.points(plain.AppState().data)
    assert (plain.points() == shown.raw).all()


def test_a_table_has_ratios_and_gaps(capsys):
    ours, theirs = (Side(name, "", "", ("K",)) for name in ("ours", "theirs"))
    ours.note("K released: until settled", 100.0, 300.0, 200.0)
    theirs.note("K released: until settled", 80.0)
    ours.note("Spread released: until settled", 50.0)
    bench_page._print([ours, theirs])
    lines = {line[:42].strip(): line[42:].split() for line in capsys.readouterr().out.splitlines()}
    assert lines["K released, until settled, ms"] == ["200", "80.0", "2.50"]
    assert lines["Spread released, until settled, ms"] == ["50.0", "-", "-"]


def test_without_a_browser_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "executable", lambda: None)
    bench_page.main(quick=True)
    assert "no Chrome or Chromium" in capsys.readouterr().out
