"""Pieces of a comparison of models add up to the whole, and agree with scikit-learn."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, silhouette_score
from sklearn.mixture import GaussianMixture

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import select_models
from gmm_dash.errors import FitError
from gmm_dash.pipeline import select
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.select_engines import plain
from gmm_dash.results.select import selection_of
from gmm_dash.state import COVARIANCE_TYPES, AppState, from_query
from gmm_dash.state.fields import Number
from tests.strategies import small_states

ROOT = Path(__file__).parents[2]
MOONS = AppState().but(data="moons", n=120, noise=0.05, kmax=7)


def gathered(pipeline, state):
    """What the browser has at the end, and how many pieces it took."""
    plan = pipeline.select.plan(state)
    mixtures, kmeans = [], []
    for number in range(len(plan.pieces)):
        piece = json.loads(json.dumps(pipeline.select.piece(state, number)))
        mixtures += piece["mixtures"]
        kmeans += piece["kmeans"]
    return selection_of(mixtures, kmeans), plan


@pytest.mark.parametrize(
    "more", [{}, {"criterion": "heldout", "folds": 3, "kmax": 4}, {"init": "random", "n_init": 6}]
)
def test_the_pieces_are_the_whole(pipeline, more):
    state = MOONS.but(**more)
    found, plan = gathered(pipeline, state)
    assert len(plan.pieces) > 1
    assert sum(plan.models) == len(found.mixtures)
    m = state.model
    whole = select_models(
        pipeline.points(state.data).fitted,
        state.select.counts,
        state.select.shapes,
        init=m.init,
        n_init=m.n_init,
        random_state=m.seed,
        tol=m.tol,
        reg_covar=m.reg_covar,
        max_iter=m.max_iter,
        heldout=state.select.heldout,
        informed=m.climbs,
    )
    mine = tuple(
        replace(row, law=other.law) for row, other in zip(found.mixtures, whole.rows, strict=True)
    )
    assert mine == whole.rows, "to the last bit"


@pytest.mark.parametrize("more", [{}, {"criterion": "heldout", "folds": 3}])
def test_a_model_fitted_restart_by_restart_is_the_same_model(pipeline, monkeypatch, more):
    state = MOONS.but(kmin=2, kmax=4, n_init=4, init="random", **more)
    whole, _ = gathered(pipeline, state)
    monkeypatch.setattr(select, "PART_SECONDS", 0.0)
    parts, plan = gathered(pipeline, state)
    assert all(unit.part or not unit.covariance_type for piece in plan.pieces for unit in piece)
    assert sum(plan.models) == len(parts.mixtures) == len(whole.mixtures)
    for mine, theirs in zip(parts.mixtures, whole.mixtures, strict=True):
        for name, value in mine.as_dict().items():
            other = getattr(theirs, name)
            same = pytest.approx(other, rel=1e-12) if isinstance(other, float) else other
            assert value == same, name


def test_a_model_in_parts_has_no_held_out_score_before_all_folds_are_in(pipeline, monkeypatch):
    monkeypatch.setattr(select, "PART_SECONDS", 0.0)
    state = MOONS.but(
        kmin=2, kmax=2, n_init=2, types=["full"], criterion="heldout", folds=3, init="kmeans"
    )
    rows = []
    for number in range(len(pipeline.select.plan(state).pieces)):
        rows += pipeline.select.piece(state, number)["mixtures"]
    assert len(rows) == 8
    for missing in range(2, 8, 2):
        assert selection_of(rows[:missing], []).mixtures[0].heldout_log_likelihood is None
    assert selection_of(rows, []).mixtures[0].heldout_log_likelihood is not None


@pytest.mark.parametrize("covariance_type", COVARIANCE_TYPES)
def test_every_cell_is_scikit_learns(pipeline, covariance_type):
    state = MOONS.but(types=[covariance_type], init="kmeans", n_init=1, tol=1e-3, max_iter=100)
    x = pipeline.points(state.data).fitted
    found, _ = gathered(pipeline, state)
    for row in found.mixtures:
        model = GaussianMixture(
            row.n_components, covariance_type=covariance_type, random_state=0
        ).fit(x)
        assert row.bic == pytest.approx(model.bic(x), rel=1e-6)
        assert row.aic == pytest.approx(model.aic(x), rel=1e-6)
        assert row.log_likelihood == pytest.approx(model.score(x), rel=1e-6)
        assert row.n_iter == model.n_iter_


def test_k_means_and_its_scores_are_scikit_learns(pipeline):
    x = pipeline.points(MOONS.data).fitted
    found, _ = gathered(pipeline, MOONS.but(types=["spherical"]))
    for row in found.kmeans:
        model = KMeans(row.n_clusters, n_init=1, random_state=row.random_state).fit(x)
        assert row.inertia == pytest.approx(model.inertia_, rel=1e-6)
        if row.n_clusters > 1:
            labels = model.labels_
            assert row.silhouette == pytest.approx(silhouette_score(x, labels), rel=1e-6)
            assert row.calinski_harabasz == pytest.approx(
                calinski_harabasz_score(x, labels), rel=1e-6
            )
        else:
            assert row.silhouette is row.calinski_harabasz is None


def _selection(points, **more):
    flat = {"init": "kmeans", "n_init": 1, "tol": 1e-3, "types": ["full"]} | more
    state = AppState().but(**flat)
    units = select.plan(state, *points.shape, 20.0).pieces
    rows = [select.compute(plain(points), piece, Fits.of(state)).rows for piece in units]
    return selection_of([row for some in rows for row in some["mixtures"]], [])


def test_a_collapse_onto_copies_of_a_point_is_marked_and_never_best():
    sample = DATASETS["duplicates"].draw(n=65, noise=5, centers=2, seed=1).points
    found = _selection(np.ascontiguousarray(sample), kmin=1, kmax=4, n_init=3, init="mixed")
    fallen = [row for row in found.mixtures if row.degenerate]
    assert any(row.reason == "variance-floor" for row in fallen)
    best = found.best("bic")
    assert not best.degenerate
    assert min(row.bic for row in fallen) < best.bic, "the best BIC is the degenerate one"


def test_spurious_winners_on_real_petals_are_marked(pipeline):
    petals = AppState().but(
        data="iris",
        cols=["petal length (cm)", "petal width (cm)"],
        scale="none",
        kmax=7,
        types=["full"],
        init="k-means++",
    )
    found, _ = gathered(pipeline, petals)
    fake = min(found.mixtures, key=lambda row: row.bic)
    assert fake.degenerate
    assert fake.bic < 200
    assert not found.best("bic").degenerate
    assert found.best("bic").bic == pytest.approx(355.8, abs=1)
    honest, _ = gathered(pipeline, petals.but(init="kmeans", n_init=1, tol=1e-3))
    assert honest.best("bic").n_components == 3
    assert honest.best("bic").bic == pytest.approx(355.9, abs=3)


def test_bic_wants_fewer_components_than_aic_on_the_moons(pipeline):
    state = AppState().but(
        data="moons", n=200, noise=0.05, types=["full"], init="kmeans", n_init=1, tol=1e-3
    )
    found, _ = gathered(pipeline, state)
    assert found.best("bic").n_components < found.best("aic").n_components


@settings(deadline=None, max_examples=40)
@given(small_states, st.integers(2, 3000), st.integers(1, 40))
def test_a_plan_holds_every_model_once_and_depends_on_the_settings_alone(state, n, d):
    if state.select.counts[0] > n:
        with pytest.raises(FitError):
            select.plan(state, n, d, 20.0)
        return
    plan = select.plan(state, n, d, 20.0)
    assert plan == select.plan(AppState.from_flat(state.to_flat()), n, d, 20.0)
    counts = [k for k in state.select.counts if k <= n]
    done = [(u.covariance_type, u.k) for piece in plan.pieces for u in piece if u.finishes]
    everything = [(shape, k) for k in counts for shape in state.select.shapes]
    assert sorted([*done, *plan.left_out]) == sorted(everything)
    units = [u for piece in plan.pieces for u in piece]
    assert [u.k for u in units if not u.covariance_type and not u.informed] == counts
    levels = [u.k for u in units if u.informed]
    assert levels == counts[: len(levels)]
    whole = len(levels) == len(counts) or not state.model.climbs
    assert plan.drawn_only_from == (None if whole else counts[len(levels)])
    assert not levels or state.model.climbs
    assert all(k > max(levels, default=0) for _, k in plan.left_out)
    assert all(plan.pieces)
    assert all(math.isfinite(s) and s > 0 for s in plan.seconds)


def test_no_piece_takes_more_than_one_unit_or_its_share():
    state = AppState().but(data="digits", kmax=30, n_init=5)
    plan = select.plan(state, 1797, 64, 20.0)
    assert len(plan.pieces) > 50
    for piece, seconds in zip(plan.pieces, plan.seconds, strict=True):
        assert len(piece) == 1 or seconds <= select.PIECE_SECONDS
        assert seconds < 10


def test_a_model_beyond_every_limit_is_left_out_and_named():
    plan = select.plan(AppState().but(types=["full"], kmin=30, kmax=30), 1000, 2, 1e-6)
    assert plan.left_out == (("full", 30),)
    assert [u.covariance_type for piece in plan.pieces for u in piece] == [""]


def test_the_range_may_be_given_either_way_round():
    assert AppState().but(kmin=9, kmax=3).select.counts == range(3, 10)
    assert AppState().but(types=[]).select.shapes == COVARIANCE_TYPES
    assert isinstance(AppState.fields()["kmax"], Number)


@pytest.mark.parametrize(
    ("row", "link"),
    [
        ("moons, 200 x 2, K 1..20, 4 types, 5 starts each", "data=moons&n=200&kmax=20"),
        ("stretched blobs, 400 x 2, the same", "data=stretched&n=400&kmax=20"),
        (
            "moons, the same with 5 folds held out",
            "data=moons&n=200&kmax=20&criterion=heldout&folds=5",
        ),
        ("penguins, the same", "data=penguins&kmax=20"),
        ("blobs, 5,000 x 2, K 1..12", "data=blobs&n=5000&kmax=12"),
        ("digits, 1,797 x 64, K 1..5, one start each", "data=digits&kmax=5&n_init=1"),
    ],
)
def test_the_page_on_scaling_says_how_work_is_cut(pipeline, row, link):
    lines = (ROOT / "docs/scaling.md").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(f"| {row} |"))
    state, problems = from_query(f"?view=select&{link}")
    assert not problems
    assert int(line.split("|")[2]) == len(pipeline.select.plan(state).pieces)


@pytest.mark.parametrize(("n", "d"), [(569, 30), (1797, 64), (300, 130), (2000, 130), (250, 250)])
def test_of_many_columns_the_quick_models_come_first(n, d):
    """Separate variances and k-means, then tied, then full ones of fewer parameters than rows."""
    state = AppState()
    found = select.plan(state, n, d, 120.0)
    early = [unit for piece in found.pieces[: found.at_once] for unit in piece]
    rank = {"diag": 0, "spherical": 0, "": 0, "tied": 1, "full": 2}
    ranks = [rank[unit.covariance_type] for unit in early]
    assert ranks == sorted(ranks)
    assert {"diag", "spherical", "tied", ""} <= {unit.covariance_type for unit in early}
    for kind in {unit.covariance_type for unit in early}:
        counts = sorted({unit.k for unit in early if unit.covariance_type == kind})
        assert counts == list(range(1, len(counts) + 1)), "from small K on, with none left out"
    for unit in early:
        if unit.covariance_type == "full":
            assert unit.k * (1 + d + d * (d + 1) / 2) - 1 < n
    assert 1 < sum(found.seconds[: found.at_once]) <= 5.5
    assert not any(unit.informed for unit in early)
    # All the models are there once, whatever comes first; a table of few columns has no such part.
    units = [
        (unit.covariance_type, unit.k, unit.part, unit.informed)
        for piece in found.pieces
        for unit in piece
    ]
    assert len(set(units)) == len(units)
    models = {(kind, k) for kind, k, part, informed in units if kind}
    left = set(found.left_out)
    assert models | left == {(kind, k) for kind in COVARIANCE_TYPES for k in state.select.counts}
    assert not models & left
    assert select.plan(state, n, 5, 120.0).at_once == 0
