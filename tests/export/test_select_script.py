"""The script of "How many?" fits the same models as the page and makes the same of them."""

import sys
from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest

from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.export.criteria_picture import criteria_picture
from gmm_dash.results.criteria_claims import lowest
from gmm_dash.results.select import selection_of
from tests.export.conftest import run_links

THREE = "?view=select&data=three&n=150&kmin=1&kmax=4&n_init=2&types=full,diag&folds=3"
BROKEN = "?view=select&data=duplicates&reg=0&types=full&init=kmeans"
FEW = "?view=select&data=overlap&n=22&n_init=1&init=kmeans"
MANY = "?view=select&data=manydims&n=20&centers=12"  # more parameters than points
SMOOTHED = "?view=select&data=stretched&scale=standard&reg=0.1&types=full,tied"
LINKS = {
    "sound": f"{THREE}&criterion=icl&chart=criteria&together=bic,aic,icl&ctype=diag",
    "folds": f"{THREE}&criterion=heldout",
    "broken": f"{BROKEN}&kmax=4&n_init=2",
    "all_broken": f"{BROKEN}&kmin=4&kmax=5&n_init=2&criterion=heldout",
    "whitened": "?view=select&data=stretched&n=120&init=whitened&kmax=3&n_init=2",
    "gaussians": "?view=select&data=stretched&n=60&init=random_gaussians&kmax=3&n_init=2",
    "few": f"{FEW}&criterion=heldout&types=spherical",
    "smoothed": f"{SMOOTHED}&kmin=3&kmax=3&n_init=2&criterion=heldout&folds=2",
    "unranked": f"{MANY}&criterion=aicc&kmin=1&kmax=2&types=tied",
}
WANTED = {
    "rows": "rows",
    "kmeans": "kmeans_rows",
    "best": "best",
    "criterion": "criterion",
    "lowest": "globals().get('lowest')",
}


def page(pipeline, state):
    """Return what the page shows once every piece is there."""
    pieces = [
        pipeline.select.piece(state, i) for i in range(len(pipeline.select.plan(state).pieces))
    ]
    every = {name: [row for piece in pieces for row in piece[name]] for name in pieces[0]}
    smoothed = is_smoothed(pipeline.points(state.data).fitted, state.model.reg_covar)
    return selection_of(every["mixtures"], every["kmeans"], smoothed=smoothed)


@pytest.fixture(scope="module")
def runs(pipeline, tmp_path_factory):
    made = run_links(pipeline, tmp_path_factory.mktemp("select"), LINKS, WANTED)
    return {name: (page(pipeline, state), found) for name, state, found in made}


def near(value):
    """Return what a script's number must be: that of the page, and NaN where it has none."""
    missing = np.nan if value is None else value
    return pytest.approx(missing, rel=1e-5, abs=1e-4, nan_ok=True)


@pytest.mark.parametrize("name", LINKS)
def test_every_model_is_fitted_and_judged(runs, name):
    selection, found = runs[name]
    shown = {(row.covariance_type, row.n_components): row for row in selection.mixtures}
    assert len(found["rows"]) == len(shown)
    for row in found["rows"]:
        mine = shown[row["covariance_type"], row["n_components"]]
        assert row["collapsed"] == mine.degenerate
        for measure in ("bic", "aic", "aicc", "icl", "log_likelihood"):
            assert row[measure] == near(getattr(mine, measure)), measure
        if found["criterion"] == "heldout":
            assert row["heldout"] == near(mine.heldout_log_likelihood)


@pytest.mark.parametrize("name", LINKS)
def test_the_best_model_is_the_pages(runs, name):
    selection, found = runs[name]
    best = selection.best(found["criterion"])
    assert (best is None) == (name in ("all_broken", "unranked")) == (found["best"] is None)
    if best is not None:
        row = found["rows"][found["best"]]
        assert row["covariance_type"] == best.covariance_type
        assert row["n_components"] == best.n_components


@pytest.mark.parametrize("name", LINKS)
def test_kmeans_stands_beside_them(runs, name):
    selection, found = runs[name]
    for row, mine in zip(found["kmeans"], selection.kmeans, strict=True):
        assert row["inertia"] == pytest.approx(mine.inertia, rel=1e-9)
        assert row.get("silhouette") == (mine.silhouette and pytest.approx(mine.silhouette))


def test_the_lowest_of_each_curve_is_the_pages(runs):
    selection, found = runs["sound"]
    said = {name: found["rows"][i] for name, i in found["lowest"].items()}
    shown = lowest(selection, ["bic", "aic", "icl"], "diag")
    assert len(shown) == 3
    for name, row in shown.items():
        assert said[name]["covariance_type"] == "diag"
        assert said[name]["n_components"] == row.n_components


def test_the_picture_of_several_criteria_draws_them_with_their_lowest(monkeypatch):
    drawn = Mock()
    drawn.subplots.return_value = (None, (drawn.left, drawn.right))
    for name in ("matplotlib", "matplotlib.pyplot"):
        monkeypatch.setitem(sys.modules, name, Mock(pyplot=drawn))
    table = pd.DataFrame(
        {
            "covariance_type": ["full", "full", "full", "diag"],
            "n_components": [1, 2, 3, 1],
            "collapsed": [False, False, True, False],
            "bic": [9.0, 5.0, 1.0, 0.0],
            "aic": [3.0, 4.0, 1.0, 0.0],
        }
    )
    made = {name: Mock() for name in ("draw_ellipses", "name_axes")} | {
        "table": table, "rows": list(range(4)), "stopped_short": lambda row: row == 0,
        "best": None, "Z": np.eye(2), "plane": np.eye(2), "origin": np.zeros(2),
    }  # fmt: skip
    exec(criteria_picture(("bic", "aic"), "full", judged=True), made)
    made["picture"]()
    lines = [call.args for call in drawn.left.plot.call_args_list]
    assert [list(line[1]) for line in lines[:2]] == [[9.0, 5.0, 1.0], [3.0, 4.0, 1.0]]
    assert [line[:2] for line in lines[2:]] == [(2, 5.0), (2, 4.0)]


def test_these_links_hold_what_they_are_for(runs):
    rows = {name: found["rows"] for name, (_, found) in runs.items()}
    assert any(row["collapsed"] and np.isnan(row["bic"]) for row in rows["broken"])
    assert all(np.isnan(row["bic"]) for row in rows["all_broken"])
    assert any(np.isnan(row["heldout"]) and not np.isnan(row["bic"]) for row in rows["few"])
    assert all(np.isnan(row["aicc"]) and not row["collapsed"] for row in rows["unranked"])
