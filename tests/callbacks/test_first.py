"""The page as it is sent: with the link's own picture, which costs and gives away nothing."""

import json
import re
from contextlib import contextmanager
from html import unescape

import numpy as np
import pytest
from dash import Dash, html

from gmm_dash.callbacks import compare, first
from gmm_dash.figures import still
from gmm_dash.layout.first import First, Panel, markup
from gmm_dash.layout.start import TITLE
from gmm_dash.lessons import LESSONS
from gmm_dash.state import START, from_query
from gmm_dash.theme import DARK, LIGHT

DOTS = re.compile(r'<path class="dots" stroke="var\(([\w-]+)\)" opacity="0.8"[^>]* d="([^"]*)"')


@contextmanager
def _time(*, enough=True):
    yield enough


def _client(pipeline, spare=_time, opening=""):
    app = Dash("first", assets_folder="/nonexistent")
    app.layout = html.Div()
    first.register(app, pipeline, opening, spare)
    return app.server.test_client()


def _axes(page):
    return [json.loads(unescape(found)) for found in re.findall(r'data-axes="([^"]*)"', page)]


def _dots(svg, figure):
    """Return each dot's place, in the figure's own values, and its colour's name."""
    layout = figure["layout"]
    (left, right), (foot, head) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    width, height = map(float, re.match(r'<svg viewBox="0 0 (\d+) (\d+)"', svg).groups())
    for name, path in DOTS.findall(svg):
        steps = np.array(re.findall(r"m(-?\d+) (-?\d+)h0", path), dtype=float)
        for x, y in steps.cumsum(axis=0):
            yield left + x * (right - left) / width, head - y * (head - foot) / height, name


@pytest.mark.parametrize(
    "query", ["", "?data=moons&show=plain,size&n=60", "?data=iris&k=3", "?data=wine&transform="]
)
def test_a_still_picture_has_the_points_of_the_figure_in_its_colours(query, pipeline):
    state = from_query(query)[0]
    light, dark = (compare.answer(pipeline, state, scheme) for scheme in ("light", "dark"))
    for name in ("kmeans", "gmm"):
        figure, night = (answer["pictures"][name]["figure"] for answer in (light, dark))
        svg, axes = still.svg(figure), still.axes(figure)
        got = sorted(_dots(svg, figure))
        expected = []
        for trace, other in zip(figure["data"], night["data"], strict=True):
            if trace.get("mode") == "markers" and trace.get("name"):
                x, y = still.unpacked(trace["x"]), still.unpacked(trace["y"])
                mine = {n for n, c in still.names(LIGHT).items() if c == trace["marker"]["color"]}
                theirs = {n for n, c in still.names(DARK).items() if c == other["marker"]["color"]}
                expected += [(a, b, mine & theirs) for a, b in zip(x, y, strict=True)]
        assert len(got) == len(expected)
        unit = [np.ptp(figure["layout"][f"{a}axis"]["range"]) / 500 for a in "xy"]
        for x, y, name_used in got[:: max(1, len(got) // 20)]:
            near = [n for a, b, n in expected if abs(a - x) < unit[0] and abs(b - y) < unit[1]]
            assert any(name_used in names for names in near)
        assert axes["x"]["range"] == figure["layout"]["xaxis"]["range"]
        assert ("scaleanchor" in figure["layout"]["yaxis"]) == (axes["ratio"] is not None)


def test_bars_of_rows_with_gaps_are_lines_of_their_own(pipeline):
    state = from_query("?data=gaps&gaps=use&n=60")[0]
    figure = compare.answer(pipeline, state, "light")["pictures"]["gmm"]["figure"]
    bars = [trace for trace in figure["data"] if trace["mode"] == "lines" and "fill" not in trace]
    svg = still.svg(figure)
    assert "nan" not in svg
    ways = re.findall(r'fill="none" stroke-width="1.4" d="([^"]*)"', svg)
    assert len(ways) == len(bars) > 0
    for trace, way in zip(bars, ways, strict=True):
        ends = 1 + np.isnan(still.unpacked(trace["x"])).sum()  # gaps lie between bars
        assert len(re.findall(r"M-?\d+ -?\d+l-?\d+ -?\d+", way)) == way.count("M") == ends


def test_four_shapes_of_one_column_are_no_ellipses(pipeline):
    page = unescape(_client(pipeline).get("/?view=compare&data=galaxies&k=2&show=shapes").text)
    first = page[: page.index("_dash-config")]
    assert "full: a variance each" in first
    assert "tied: one variance for all" in first
    assert "any ellipse" not in first


@pytest.mark.parametrize("query", ["", "?data=moons&k=3&present=1", "?show=shapes&n=100"])
def test_the_page_shows_what_its_link_will_show(pipeline, query):
    page = _client(pipeline).get("/" + query).text
    answer = compare.answer(pipeline, from_query(query)[0], "light")
    drawn = [p["figure"] for p in answer["pictures"].values() if isinstance(p, dict)]
    assert len(drawn) == (4 if "shapes" in query else 2)
    assert all(still.svg(figure) in page for figure in drawn)
    assert _axes(page) == [json.loads(json.dumps(still.axes(figure))) for figure in drawn]
    words = unescape(page)
    assert answer["notice"] in words
    told = [v for n in answer["numbers"].values() for v in n.values() if isinstance(v, str)]
    assert all(value in words for value in told)
    assert ('class="first presenting"' in page) == ("present" in query)
    assert 'data-whole="1"' in page
    assert "Loading..." not in page


@pytest.mark.parametrize(
    "query",
    [
        "?view=steps",
        "?n=2001",  # drawn by WebGL
        "?n=2000&k=30&restarts=50&cov=full",  # takes long
        "?show=bootstrap",
        "?show=regions",  # not in a still picture
        "?span=3",
        f"?lesson={LESSONS.names()[0]}&part=0",  # asks before it shows
        "?data=upload&table=0123",  # somebody's own
        "?k=none",  # something must be said about the link
        "?data=upload&table=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_other_pages_have_empty_plots(pipeline, query):
    page = _client(pipeline).get("/" + query).text
    assert _axes(page) == [{}, {}]
    assert 'data-whole="0"' in page
    assert "Loading..." not in page
    assert "alert(1)" not in page


def test_a_picture_is_made_once_and_only_while_there_is_time(pipeline, monkeypatch):
    asked = []
    monkeypatch.setattr(
        first, "drawn", lambda *_: asked.append(1) or First((Panel("A"),), "", whole=True)
    )
    busy = _client(pipeline, lambda: _time(enough=False))
    assert 'data-whole="0"' in busy.get("/?k=2").text
    assert asked == []
    client = _client(pipeline)
    for _ in range(3):
        assert 'data-whole="1"' in client.get("/?k=2").text
    assert len(asked) == 1


def test_the_page_comes_even_when_its_picture_fails(pipeline, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(first, "drawn", fail)
    answer = _client(pipeline).get("/")
    assert (answer.status_code, 'data-whole="0"' in answer.text) == (200, True)


def test_the_start_comes_with_its_question_its_sentence_and_one_picture(pipeline):
    page = _client(pipeline, opening=START).get("/").text
    answer = compare.answer(pipeline, from_query(START)[0], "light")
    figure = answer["pictures"]["gmm"]["figure"]
    assert _axes(page) == [json.loads(json.dumps(still.axes(figure)))]
    assert still.svg(figure) in page
    assert "stroke-dasharray" in page
    assert 'class="first starting"' in page
    assert TITLE in page
    assert answer["notice"] in page


def test_an_address_without_a_query_shows_the_opening(pipeline):
    client = _client(pipeline, opening="?data=moons&k=2&n=50")
    assert _axes(client.get("/").text) == _axes(client.get("/?data=moons&k=2&n=50").text)


def test_what_is_written_into_the_page_stays_text():
    hostile = "</p><script>alert('\"')</script>"
    axes = {"x": {"title": hostile}}
    page = markup(
        First((Panel(hostile, hostile, hostile, "", axes),), "", hostile, (hostile,)), "s"
    )
    assert page.count("<script") == 1
    assert json.loads(unescape(re.search(r'data-axes="([^"]*)"', page)[1])) == axes
