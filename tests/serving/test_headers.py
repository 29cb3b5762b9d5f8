"""Every answer carries the headers; the policy names no loophole for scripts."""

import base64
import hashlib
import re

import flask
import pytest

from gmm_dash.config import Config
from tests.serving import small_app


def _rules(response):
    text = response.headers["Content-Security-Policy"]
    return dict(rule.strip().split(" ", 1) for rule in text.split(";"))


@pytest.mark.parametrize("path", ["/", "/nothing", "/healthz", "/_dash-layout", "/assets/x.js"])
def test_every_answer_carries_them(path):
    app, _ = small_app.build()
    headers = app.server.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Content-Security-Policy" in headers
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_scripts_are_ours_or_known_by_their_hash():
    app, _ = small_app.build()
    page = app.server.test_client().get("/")
    allowed = _rules(page)["script-src"].split()
    assert not {"'unsafe-eval'", "'unsafe-inline'", "*", "https:"} & set(allowed)
    html = re.sub(r"<!--.*?-->", "", page.get_data(as_text=True), flags=re.S)
    inline = re.findall(
        r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", html, re.S
    )
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed


def test_who_may_frame_the_page_is_a_setting():
    config = Config(store="/nonexistent", frame_ancestors="'self' https://lms.example.org")
    app, _ = small_app.build(config)
    rules = _rules(app.server.test_client().get("/"))
    assert rules["frame-ancestors"] == "'self' https://lms.example.org"


def test_forwarded_headers_count_only_behind_a_proxy():
    sent = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    for count, host in ((0, "localhost"), (1, "evil.example")):
        app, _ = small_app.build(Config(store="/nonexistent", trusted_proxies=count))
        seen = []

        def note(sender, seen=seen, **_):
            seen.append(flask.request.host)

        with flask.request_started.connected_to(note, app.server):
            app.server.test_client().get("/", headers=sent)
        assert seen == [host]
