"""Which elements tell Dash of clicks: those that something listens to."""

import json

import pytest
from dash import html

from gmm_dash import ids
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.layout import page
from gmm_dash.layout.clicks import unheard
from gmm_dash.layout.own_data import UploadPlace
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import AppState


@pytest.fixture(scope="module")
def parts():
    """Every element of the page, with all views opened."""
    state = AppState()
    built = [
        *page.build(state, (), UploadPlace("/tables", 1_000_000, 30)),
        *(page.stage(view, state) for view in VIEWS),
    ]
    return [part for one in built for part in (one, *one._traverse()) if hasattr(part, "_traverse")]


def test_boxes_around_controls_tell_dash_of_no_click(parts):
    boxes = {
        json.dumps(part.id): part
        for part in parts
        if isinstance(part, html.Div) and hasattr(part, "id")
    }
    for name in (ids.wrapper("k"), ids.section("Model")):
        assert boxes[json.dumps(name)].disable_n_clicks


def test_what_is_listened_to_still_tells_of_clicks(parts, tmp_path):
    app = create_app(Config(store=str(tmp_path)))
    heard = [
        json.loads(one["id"]) if one["id"].startswith("{") else one["id"]
        for callback in app.callback_map.values()
        for one in callback["inputs"]
        if one["property"] == "n_clicks"
    ]
    silent = [part.id for part in parts if getattr(part, "disable_n_clicks", False)]
    assert len(heard) > 20
    assert len(silent) > 20
    assert not [(one, name) for one in heard for name in silent if _means(one, name)]


def _means(heard, name):
    """Return whether a callback's input, which may be a pattern, stands for an element."""
    if isinstance(heard, str) or isinstance(name, str):
        return heard == name
    return heard.keys() == name.keys() and all(
        heard[part] in (name[part], ["ALL"]) for part in heard
    )


def test_buttons_and_links_are_left_as_they_are():
    button, link = html.Button(html.Span("go"), id="a"), html.A(html.Span("go"), id="b")
    box = unheard(html.Div([button, link, "words"], id="c"))
    assert box.disable_n_clicks
    assert not hasattr(button, "disable_n_clicks")
    assert not hasattr(link, "disable_n_clicks")
