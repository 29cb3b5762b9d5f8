"""The formulas' link leads to the algorithms' own source, wherever the page is."""

from pathlib import Path
from urllib.parse import urljoin

import pytest
from dash import html

from gmm_dash.config import Config
from gmm_dash.engine import plain
from gmm_dash.factory import create_app
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import AppState


def _links():
    state = AppState()
    view = VIEWS["steps"].build(state, Controls(state))
    return [part for part in view._traverse() if isinstance(part, html.A)]


@pytest.mark.parametrize("base", ["/", "/class/mixtures/"])
def test_beside_each_formula_is_the_source_of_the_algorithm(tmp_path, base):
    client = create_app(Config(store=str(tmp_path), base_path=base)).server.test_client()
    targets = [link.href for link in _links()]
    assert len(targets) == 2
    for target in targets:
        answer = client.get(urljoin(base, target))
        assert answer.get_data(as_text=True) == Path(plain.__file__).read_text(encoding="utf-8")
        assert answer.content_type == "text/plain; charset=utf-8"
        seen = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(urljoin(base, target), headers=seen).status_code == 304
        assert client.post(urljoin(base, target)).status_code == 405


def test_no_other_source_is_served(tmp_path):
    client = create_app(Config(store=str(tmp_path))).server.test_client()
    for name in ("em.py", "../config.py", "", "../engine/em.py"):
        answer = client.get(f"/source/{name}")
        assert "def " not in answer.get_data(as_text=True)
