"""Health is what was just seen to work, and names what was not."""

import pytest

from gmm_dash.config import Config
from gmm_dash.serving.health import Health
from tests.serving import small_app


def _broken():
    raise OSError("disk full at a secret place")


def _get(checks, path="/healthz", **settings):
    app, _ = small_app.build(Config(store="/nonexistent", **settings), checks=checks)
    return app.server.test_client().get(path)


def test_all_well():
    answer = _get({"fit": lambda: 1, "store": lambda: 2})
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"
    assert answer.json["parts"] == {"fit": "ok", "store": "ok"}


def test_a_broken_part_is_named():
    answer = _get({"fit": lambda: 1, "store": _broken})
    assert answer.status_code == 503
    assert answer.json["degraded"] == ["store"]
    assert "secret" not in answer.get_data(as_text=True)


def test_it_lives_under_the_base_path():
    assert _get({}, "/gmm/healthz", base_path="/gmm/").status_code == 200
    assert _get({}, "/healthz", base_path="/gmm/").status_code == 404


@pytest.mark.parametrize(("seconds", "times"), [(60, 1), (0, 3)])
def test_a_result_is_reused_for_a_while(seconds, times):
    tried = []
    health = Health({"fit": lambda: tried.append(1)}, seconds)
    for _ in range(3):
        assert health.degraded() == []
    assert len(tried) == times
