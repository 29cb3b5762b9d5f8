"""Columns transformed before a fit, with scikit-learn's transformers as the oracle."""

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, RobustScaler, StandardScaler

from gmm_dash.errors import FitError
from gmm_dash.figures import bent_axis
from gmm_dash.results import Points, project
from gmm_dash.theme import look

NAMES = ("a", "b", "c", "d", "e", "f")
KINDS = dict(zip(NAMES, ("log", "sqrt", "asinh", "robust", "standard", "none"), strict=True))
FUNCTIONS = {"log": np.log, "sqrt": np.sqrt, "asinh": np.arcsinh}


def _raw(n=200, seed=0):
    r = np.random.default_rng(seed)
    positive = np.exp(r.normal(0, 2, (n, 2)))
    return np.column_stack([positive, r.standard_t(2, (n, 4)) * [1, 50, 3, 1e4]])


def _theirs(raw, standardise):
    usual = StandardScaler() if standardise else FunctionTransformer()
    own = {"robust": RobustScaler(), "standard": StandardScaler(), "none": FunctionTransformer()}
    steps = [
        (
            name,
            own.get(kind) or make_pipeline(FunctionTransformer(FUNCTIONS[kind]), usual),
            [j],
        )
        for j, (name, kind) in enumerate(KINDS.items())
    ]
    return ColumnTransformer(steps).fit_transform(raw)


@pytest.mark.parametrize("standardise", [False, True])
def test_the_models_see_what_scikit_learns_transformers_make(standardise):
    raw = _raw()
    points = Points.build(raw, NAMES, standardise=standardise, transform=KINDS)
    np.testing.assert_allclose(points.fitted, _theirs(raw, standardise), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(points.own_units(points.fitted), raw, rtol=1e-9, atol=1e-9)
    assert points.bends == ("log", "sqrt", "asinh", "", "", "")


def test_without_transforms_nothing_is_bent_and_no_bit_changes():
    raw = _raw()
    plain = Points.build(raw, NAMES, standardise=True)
    named = Points.build(raw, NAMES, standardise=True, transform={"elsewhere": "log"})
    assert plain.bends == named.bends == ()
    assert np.array_equal(plain.fitted, (raw - raw.mean(axis=0)) / raw.std(axis=0))
    assert np.array_equal(plain.fitted, named.fitted)
    same = np.column_stack([np.full(30, 2.0), np.arange(30.0)])
    robust = Points.build(same, ("x", "y"), standardise=False, transform={"x": "robust"})
    np.testing.assert_array_equal(robust.fitted[:, 0], RobustScaler().fit_transform(same)[:, 0])


@pytest.mark.parametrize(("kind", "lowest"), [("log", 0.0), ("log", -1.0), ("sqrt", -1e-9)])
def test_what_has_no_logarithm_is_refused_with_the_way_out(kind, lowest):
    raw = np.column_stack([np.linspace(lowest, 5, 20), np.arange(20.0)])
    with pytest.raises(FitError) as refused:
        Points.build(raw, ("x", "y"), standardise=False, transform={"x": kind})
    assert "Column x has no" in refused.value.sentence
    assert "signed log" in refused.value.sentence
    Points.build(raw, ("x", "y"), standardise=False, transform={"x": "asinh"})


def test_a_centre_brought_back_is_the_median_and_not_the_mean():
    r = np.random.default_rng(1)
    raw = np.column_stack([np.exp(r.normal(1, 1, 20_000)), r.normal(5, 2, 20_000)])
    points = Points.build(raw, ("x", "y"), standardise=True, transform={"x": "log"})
    fit = GaussianMixture(1, random_state=0).fit(points.fitted)
    found = points.own_units(fit.means_)[0]
    assert found[0] == pytest.approx(np.median(raw[:, 0]), rel=0.03)
    assert found[0] < 0.8 * raw[:, 0].mean()
    assert found[1] == pytest.approx(raw[:, 1].mean())


@pytest.mark.parametrize("kind", FUNCTIONS)
@pytest.mark.parametrize("seed", range(12))
def test_ticks_stand_where_their_numbers_are(kind, seed):
    r = np.random.default_rng(seed)
    size = 10.0 ** r.uniform(-4, 6)
    column = size * (1 + r.uniform(0, 10.0 ** r.uniform(-1, 4), 50))
    if kind == "asinh" and seed % 2:
        column -= np.median(column)
    raw = np.column_stack([column, np.arange(50.0)])
    points = Points.build(raw, ("x", "y"), standardise=bool(seed % 3), transform={"x": kind})
    seen = project(points, "x", "y")
    assert seen.bends == (kind, "")
    across = seen.points(points.fitted)[:, 0]
    np.testing.assert_allclose(across, FUNCTIONS[kind](column), rtol=1e-9, atol=1e-9)
    ranges = [[across.min(), across.max()], [0.0, 49.0]]
    axis = bent_axis.axis(look("light"), seen, 0, ranges)
    texts = [text.replace(",", "").replace("\N{MINUS SIGN}", "-") for text in axis["ticktext"]]
    within = [across.min() <= value <= across.max() for value in axis["tickvals"]]
    assert (seen.scale_ratio is not None) or 2 <= sum(within) <= 9
    assert len(texts) >= 2
    assert len(texts) <= 30
    at = FUNCTIONS[kind](np.array(texts, dtype=float))
    np.testing.assert_allclose(at, axis["tickvals"], rtol=1e-4, atol=1e-4 * np.ptp(across))
    assert (np.diff(axis["tickvals"]) > 0).all()
    assert "tickvals" not in bent_axis.axis(look("light"), seen, 1, ranges)
