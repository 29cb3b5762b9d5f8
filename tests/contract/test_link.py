"""Both halves write the same link and draw the same conclusions from a state.

One blank page with the scripts in it; all states go there in one call.
"""

from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gmm_dash.layout.export_menu import scene_of
from gmm_dash.layout.views.select import toolbar_class
from gmm_dash.state import AppState, from_query, to_query
from tests.strategies import states

SCRIPT = Path(__file__).parents[2] / "assets" / "page.js"
STUBS = """() => {
  const told = {};
  const set_props = (id, props) => Object.assign(told, { [JSON.stringify(id)]: props });
  window.dash_clientside = { no_update: null, set_props, told };
}"""
BLANK = "http://blank.invalid/"
ASK = """states => states.map((state) => {
  dash_clientside.settings.collect([], "", [], [], {}, [], "", { hints: {}, notes: {} }, state);
  return [
  "?" + dash_clientside.teach.link(
    true, state.present === 1, state.clean === 1, [], [], state).split("?")[1],
  dash_clientside.select.listen(state),
  dash_clientside.told['"export-scene"'].data,
]})"""


@pytest.fixture(scope="module")
def answers(browser):
    """Fuzzed states, each with the browser's link, class of a toolbar, and scene."""
    drawn = []

    @settings(max_examples=120, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(states)
    def draw(state):
        drawn.append(state)

    draw()
    choices = product(("bic", "heldout"), ("lines", "criteria"), ([], ["shapes"]))
    for criterion, chart, show in choices:
        drawn.append(AppState().but(criterion=criterion, chart=chart, show=show))
    page = browser.new_page()
    page.route(f"{BLANK}**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(BLANK)
    page.evaluate(STUBS)
    page.add_script_tag(path=SCRIPT)
    found = page.evaluate(ASK, [state.to_flat() for state in drawn])
    page.close()
    return list(zip(drawn, found, strict=True))


def test_the_browsers_link_is_the_servers(answers):
    assert len(answers) >= 100
    for state, (query, *_) in answers:
        assert from_query(query) == (state, ())
        ours, theirs = (parse_qsl(q[1:], keep_blank_values=True) for q in (to_query(state), query))
        assert [key for key, _ in ours] == [key for key, _ in theirs]
        for (key, own), (_, other) in zip(ours, theirs, strict=True):
            assert own == other or _numbers(own) == _numbers(other), key


def _numbers(text):
    """Numbers that both languages spell in ways of their own."""
    return [float(one) for one in text.split(",")]


def test_the_browsers_toolbar_is_the_servers(answers):
    found = {names for _, (_, names, _) in answers}
    assert len(found) == 4
    assert all(names == toolbar_class(state) for state, (_, names, _) in answers)


def test_the_browsers_scene_is_the_servers(answers):
    assert all(scene == scene_of(state) for state, (_, _, scene) in answers)
    assert "shapes" in {scene for _, (_, _, scene) in answers}
