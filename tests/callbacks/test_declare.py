"""Whose an answer is: declared where the callback is registered, one person's without a word."""

import pytest
from dash import Dash, Input, Output

from gmm_dash import ids
from gmm_dash.callbacks.declare import Declared, answers
from gmm_dash.config import Config
from gmm_dash.factory import create_app

FOR_ONE_PERSON = {
    f"{ids.PAGE}.children",  # asked for once
    f"{ids.COMPARE_DOWNLOAD}.data",
    f"{ids.ROWS_DOWNLOAD}.data",
    f"{ids.PINNED_DOWNLOAD}.data",
    f"{ids.PINNED_SCRIPT}.data",
    f"{ids.SELECT_DOWNLOAD}.data",
    f"{ids.WHOLE_DOWNLOAD}.data",
    f"{ids.RESTARTS_WHOLE_DOWNLOAD}.data",
    f"{ids.STEPS_GIF}.data",
    f"{ids.EXPORT_DOWNLOAD}.data",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(Config(store=str(tmp_path_factory.mktemp("store"))))


@pytest.fixture(scope="module")
def served(app):
    """Return the outputs that the server computes; the browser's own are never asked for."""
    return {output for output, entry in app.callback_map.items() if "callback" in entry}


def test_every_answer_is_shared_but_these(app, served):
    """A new callback fails here until somebody has thought about whose its answers are."""
    declared = Declared(app.callback_map)
    assert len(served) > 25
    assert {output for output in served if not declared.shared(output)} == FOR_ONE_PERSON


def test_without_a_word_an_answer_is_one_persons():
    app = Dash("small")

    @app.callback(Output("a", "children"), Input("x", "value"))
    def forgotten(x):
        return x

    @app.callback(Output("b", "children"), Output("c", "children"), Input("x", "value"))
    @answers("shared")
    def shared(x):
        return x, x

    app.clientside_callback("x => x", Output("d", "children"), Input("x", "value"))
    declared = Declared(app.callback_map)
    both = "..b.children...c.children.."
    assert both in app.callback_map
    for output in ("a.children", "d.children", "nobody.children"):
        assert not declared.shared(output)
    assert declared.shared(both)
