"""The shipped alerts and the dashboard file ask for nothing that the server does not tell."""

import json
import re
from itertools import pairwise

import pytest
import yaml

from gmm_dash.config import Config
from tests.serving import small_app
from tests.serving.gunicorn_server import ROOT
from tests.serving.small_app import body

FOLDER = ROOT / "deploy" / "monitoring"
OF_PROMETHEUS = {"up"}
LABELS_OF_PROMETHEUS = {"job", "instance", "le"}
_SELECTOR = re.compile(r"\b(up|gmm_dash_\w+)(?:\{([^}]*)\})?")
_LABEL = re.compile(r'(\w+)(=~|!=|=)"([^"]*)"')


@pytest.fixture(scope="module")
def told():
    """Return every series the server tells after a request of each kind, as (name, labels)."""
    broken = {"store": lambda: 1 / 0}
    config = Config(store="/nonexistent", metrics=True)
    app, _ = small_app.build(config, checks=broken)
    client = app.server.test_client()
    for _ in range(2):
        client.post("/_dash-update-component", json=body(a="x"))
    client.post("/_dash-update-component", json={})
    client.post("/pieces/one", json={"work": "x"})
    client.post("/live/one", json={"work": "x"})
    for path in ("/", "/healthz", "/assets/none.js"):
        client.get(path)
    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    found = [re.fullmatch(r"(\w+)(?:\{(.*)\})? \S+", li) for li in lines if li[:1] != "#"]
    return [(m[1], dict(re.findall(r'(\w+)="([^"]*)"', m[2] or ""))) for m in found]


def _alerts():
    (group,) = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return {rule["alert"]: rule["expr"] for rule in group["rules"]}


def _panels():
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    return {f"{p['title']} {t['refId']}": t["expr"] for p in panels for t in p["targets"]}


def _misses(expression, told):
    """Return what in an expression matches no series that the server tells."""
    for name, selected in _SELECTOR.findall(expression):
        if name in OF_PROMETHEUS:
            continue
        wanted = [w for w in _LABEL.findall(selected) if w[0] not in LABELS_OF_PROMETHEUS]
        values = [labels for series, labels in told if series == name]
        if not values:
            yield name
        for label, sign, value in wanted:
            there = {labels[label] for labels in values if label in labels}
            asked = set(value.split("|")) if sign == "=~" else {value}
            if not asked <= there:
                yield f"{name}: {label}{sign}{value}"


@pytest.mark.parametrize(("name", "expression"), [*_alerts().items(), *_panels().items()])
def test_every_metric_and_label_exists(name, expression, told):
    assert _SELECTOR.search(expression)
    assert list(_misses(expression, told)) == []
    assert expression.count("(") == expression.count(")")
    if "gmm_dash" in expression:
        assert 'job="gmm-dash"' in expression


def test_what_does_not_exist_is_found(told):
    """Otherwise the test above could not fail."""
    for wrong in (
        "rate(gmm_dash_nothing[5m])",
        'gmm_dash_answers_total{outcome="lost"}',
        'gmm_dash_request_seconds_count{route=~"callback|letter"}',
        'gmm_dash_request_seconds_count{verb="GET"}',
    ):
        assert list(_misses(wrong, told)), wrong


def test_alerts_say_what_to_do_and_panels_what_they_show():
    (group,) = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]:
        assert rule["annotations"]["summary"].endswith(".")
        assert rule["annotations"]["what"].endswith(".")
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    assert all(panel["description"].endswith(".") for panel in panels)
    assert len({panel["id"] for panel in panels}) == len(panels)
    rows = sorted((p["gridPos"]["y"], p["gridPos"]["x"], p["gridPos"]["w"]) for p in panels)
    for (y, x, w), (below, right, _) in pairwise(rows):
        assert below > y or right >= x + w
