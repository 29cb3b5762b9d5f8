"""Scripts travel compressed, once made, and never change under their address."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from gmm_dash.serving import plotly_js
from tests.serving import small_app

ASSETS = Path(__file__).parents[2] / "assets"
WIRE_LIMIT = 1_150_000  # scripts; the page may be 1.25 MB with styles, fonts and answers


@pytest.fixture(scope="module")
def client():
    app, _ = small_app.build()
    return app.server.test_client()


SUITES = "/_dash-component-suites/"
LATER = (SUITES + plotly_js.ADDRESS, SUITES + "dash/dcc/async-graph.js")


@pytest.fixture(scope="module")
def scripts(client):
    page = client.get("/").get_data(as_text=True)
    return [*re.findall(r'<script src="([^"]+)"', page), *LATER]


def _get(client, path, encoding, **headers):
    return client.get(path, headers={"Accept-Encoding": encoding, **headers})


def test_the_first_visit_is_small(client, scripts):
    answers = [_get(client, path, "gzip, br") for path in scripts]
    assert {answer.headers.get("Content-Encoding") for answer in answers} == {"br"}
    assert sum(len(answer.data) for answer in answers) < WIRE_LIMIT


@pytest.mark.parametrize(
    ("encoding", "decode"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)],
)
def test_every_script_is_the_same_in_every_encoding(client, scripts, encoding, decode):
    for path in scripts:
        plain = _get(client, path, "")
        for _ in range(2):
            packed = _get(client, path, encoding)
            assert decode(packed.data) == plain.data
            assert packed.headers.get("Content-Encoding", "identity") == encoding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert packed.mimetype == "text/javascript"
        again = _get(client, path, encoding, **{"If-None-Match": packed.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_only_an_address_with_a_fingerprint_is_kept_for_long(client, scripts):
    for path in scripts:
        control = _get(client, path, "br").headers["Cache-Control"]
        assert ("immutable" in control) == (path not in LATER)
        assert ("max-age=300," in control) == (path in LATER)


def test_made_up_fingerprints_take_no_memory(client, monkeypatch):
    _get(client, "/_dash-component-suites/dash/dcc/async-graph.js", "br")
    monkeypatch.setattr("gmm_dash.serving.static._encode", None)
    for i in range(20):
        path = f"/_dash-component-suites/dash/dcc/async-graph.v1m{i}.js"
        assert _get(client, path, "br").status_code == 200


def test_plotly_is_served_without_eval_and_names_the_files_it_fetches_later(client):
    whole = _get(client, LATER[0], "").text
    assert "'unsafe-eval'" not in client.get("/").headers["Content-Security-Policy"]
    later = set(re.findall(r"plotly-\w+\.v[\w-]+\.min\.js", whole))
    assert len(later) == 2
    for name in later:
        answer = _get(client, f"{SUITES}plotly/package_data/{name}", "br")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        start = brotli.decompress(answer.data)[:200].decode()
        assert f"plotly.js (strict - minified) v{get_plotlyjs_version()}" in start


def test_without_the_strict_build_the_dashboard_still_serves_plotly(monkeypatch, tmp_path):
    monkeypatch.setattr(plotly_js, "FOLDER", tmp_path)
    app, _ = small_app.build()
    client = app.server.test_client()
    start = _get(client, LATER[0], "").data[:200]
    assert b"plotly.js v" in start
    assert "'unsafe-eval'" in client.get("/").headers["Content-Security-Policy"]


def test_our_own_files_are_kept_while_they_do_not_change(tmp_path):
    (tmp_path / "style.css").write_text("p { color: red }\n" * 200)
    (tmp_path / "inter.woff2").write_bytes(b"font")
    app, _ = small_app.build(assets=tmp_path)
    client = app.server.test_client()
    path = re.search(r'href="(/assets/style.css[^"]+)"', client.get("/").text)[1]
    for address, control in (
        (path, "immutable"),
        ("/assets/style.css", "no-cache"),
        ("/assets/inter.woff2", "max-age=86400"),
    ):
        with client.get(address) as answer:
            assert control in answer.headers["Cache-Control"]
    with client.get(path, headers={"Accept-Encoding": "br"}) as answer:
        assert brotli.decompress(answer.data).startswith(b"p { color: red }")


def test_a_browser_finds_an_icon_where_it_looks_for_one(client):
    """It does on whatever is no page, and would complain on the console."""
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.location) == (302, "/assets/favicon.ico")
    assert (ASSETS / "favicon.ico").read_bytes().startswith(b"\0\0\1\0")
