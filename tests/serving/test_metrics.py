"""Counters tell what happened, only when asked for."""

from gmm_dash.config import Config
from tests.serving import small_app
from tests.serving.small_app import body


def test_they_count_requests_and_kept_answers():
    app, _ = small_app.build(Config(store="/nonexistent", metrics=True))
    client = app.server.test_client()
    for _ in range(3):
        client.post("/_dash-update-component", json=body(a="private words"))
    for _ in range(2):
        client.post("/pieces/one", json={"work": "private words"})
    text = client.get("/metrics").get_data(as_text=True)
    assert 'gmm_dash_answers_total{outcome="hit"} 3.0' in text
    assert 'gmm_dash_answers_total{outcome="miss"} 2.0' in text
    assert 'gmm_dash_request_seconds_count{route="callback",status="2xx"} 3.0' in text
    assert 'gmm_dash_request_seconds_count{route="piece",status="2xx"} 2.0' in text
    assert "private words" not in text


def test_they_are_off_unless_asked_for():
    app, _ = small_app.build()
    assert app.server.test_client().get("/metrics").status_code == 404
