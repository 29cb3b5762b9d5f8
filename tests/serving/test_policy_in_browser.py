"""Every kind of plot draws under the policy, in a real browser."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from dash import dcc, html
from PIL import Image

from gmm_dash.serving import headers, plotly_js
from tests.serving import small_app

XY = {"x": [1, 2, 3, 4], "y": [2, 1, 4, 3]}
GRID = [[1, 2, 3], [2, 3, 4], [3, 5, 9]]
TRACES = {
    "scatter": {"type": "scatter", **XY},
    "scattergl": {"type": "scattergl", "mode": "markers", **XY},
    "gl-lines": {"type": "scattergl", "mode": "lines", **XY},
    "heatmap": {"type": "heatmap", "z": GRID},
    "contour": {"type": "contour", "z": GRID},
    "scatter3d": {"type": "scatter3d", "z": [1, 2, 3, 4], **XY},
    "bar": {"type": "bar", **XY},
    "mesh3d": {"type": "mesh3d", "color": "red", "z": [1, 2, 3, 5], **XY},
}
# From inside the page: code that a test evaluates there is exempt from the policy.
LISTEN = """window.violations = [];
document.addEventListener('securitypolicyviolation', event =>
  window.violations.push(event.violatedDirective + ' ' + event.sourceFile));"""

pytestmark = pytest.mark.browser
NO_WEBGL = "WebGL is not supported"
ENOUGH = 20  # coloured pixels


def _visit(browser, address, names):
    """Return complaints, and for each plot how many pixels have colour: axes are grey."""
    page = browser.new_page(viewport={"width": 900, "height": 2500})
    said = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(LISTEN)
    page.goto(address)
    page.wait_for_function(f"() => document.querySelectorAll('.main-svg').length >= {len(names)}")
    for _ in range(100):
        coloured = {name: _coloured(page.locator(f"#{name}").screenshot()) for name in names}
        refused = NO_WEBGL in page.inner_text("body")
        if refused or min(coloured.values()) > ENOUGH:
            break
        page.wait_for_timeout(300)
    said += page.evaluate("() => window.violations")
    said += ["no WebGL"] * refused
    page.close()
    return said, coloured


def _coloured(png):
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int)
    return int((np.ptp(pixels, axis=2) > 60).sum())


def _graphs(names):
    return html.Div([dcc.Graph(id=name, figure={"data": [TRACES[name]]}) for name in names])


# Chrome keeps sixteen WebGL contexts and a plot takes three: four such plots a page.
PAGES = [
    ["scatter", "heatmap", "contour", "bar"],
    ["scattergl", "gl-lines", "scatter3d", "mesh3d"],
]


@pytest.mark.parametrize("names", PAGES, ids=["flat", "webgl"])
def test_every_trace_draws_without_a_violation(browser, names):
    app, _ = small_app.build(layout=_graphs(names))
    with small_app.running(app) as address:
        bad, coloured = _visit(browser, address, names)
    assert bad == []
    assert {name: count > ENOUGH for name, count in coloured.items()} == dict.fromkeys(names, True)


def test_every_trace_of_the_bundles_is_tried():
    recipe = Path(__file__).parents[2] / "browser" / "plotly" / "bundles.json"
    built = {trace for traces in json.loads(recipe.read_text()).values() for trace in traces}
    assert {TRACES[name]["type"] for page in PAGES for name in page} == built


@pytest.mark.parametrize("evaluates", [True, False])
def test_the_ordinary_build_needs_eval(browser, monkeypatch, evaluates):
    """The reason why the strict build is here; without it the policy must give way."""
    written = headers.policy
    monkeypatch.setattr(plotly_js, "FOLDER", plotly_js.FOLDER / "missing")
    if not evaluates:
        monkeypatch.setattr(
            headers, "policy", lambda *a, evaluates: written(*a, evaluates=not evaluates)
        )
    app, _ = small_app.build(layout=_graphs(["scattergl"]))
    with small_app.running(app) as address:
        bad, coloured = _visit(browser, address, ["scattergl"])
    if evaluates:
        assert (bad, coloured["scattergl"] > ENOUGH) == ([], True)
    else:
        assert "no WebGL" in bad
        assert any(line.startswith("script-src") for line in bad)
