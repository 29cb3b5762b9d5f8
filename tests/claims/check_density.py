"""Checkers of the Density view: the draws are drawn again, their neighbours searched again."""

import re

import numpy as np
import pytest
from scipy.signal import find_peaks
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

from gmm_dash.callbacks import all_rows as box
from gmm_dash.engine.cost import spoken
from gmm_dash.errors import WorkLimitError
from gmm_dash.results import density_study, project
from tests.claims.case import checks, near, numbers_in, sklearn_mixture
from tests.claims.check_captions import axis_values
from tests.claims.shown import axis_names, remembered

BACK = {"": lambda v: v, "log": np.exp, "sqrt": np.square, "asinh": np.sinh}


@remembered
def _gaps(case):
    """Return distances of new points to the data, and of the data to each other."""
    fit, asked = case.gmm, case.state.density
    model = GaussianMixture(
        fit.n_components, covariance_type=fit.covariance_type, random_state=asked.seed
    )
    model.weights_, model.means_ = fit.weights, fit.means
    model.covariances_ = _packed(fit)
    model.precisions_cholesky_ = np.zeros(0)  # sampling only asks whether it is there
    new, _ = model.sample(asked.draws)
    x, most = case.x, density_study.MOST_NEIGHBOURS
    if len(x) > most:
        x = x[np.random.default_rng(0).choice(len(x), most, replace=False)]
    search = NearestNeighbors(algorithm="brute").fit(x)
    reach = search.kneighbors(new, 1)[0][:, 0]
    own = search.kneighbors(x, 2)[0][:, 1]
    return reach, own


def _packed(fit):
    """Return the covariances in the form that scikit-learn keeps them in."""
    if fit.covariance_type == "tied":
        return fit.covariances[0]
    if fit.covariance_type == "full":
        return fit.covariances
    diagonal = np.diagonal(fit.covariances, axis1=1, axis2=2)
    return diagonal if fit.covariance_type == "diag" else diagonal[:, 0]


def _figures(case):
    reach, own = _gaps(case)
    far = np.quantile(own, 0.99)
    return np.median(reach), np.median(own), np.mean(reach > far), far


@checks("density.recipe")
def recipe(case, text):
    assert case.state.density.draws == 0
    k = case.gmm.n_components
    assert ("one Gaussian" in text) if k == 1 else (f"{k} Gaussians" in text)


@checks("density.all-rows")
def all_rows(case, text):
    """The mixture is Compare's, of every row, and begins where that of the sample has ended."""
    page, few = case.pipeline.compare.comparison(case.state), case.pipeline.points(case.state.data)
    n, sample, seed = numbers_in(text)
    assert n == page.points.n == few.n_total == len(case.x)
    assert sample == few.n == case.pipeline.config.fit_rows < n
    assert seed == 0
    x = page.points.fitted
    best = case.pipeline.models.gmm(case.state.data, case.state.model)
    assert case.state.data.scale != "standard", "the scales of both would differ"
    begins = sklearn_mixture(page.gmm_fit.start).score(x[np.isin(page.points.rows, few.rows)])
    assert near(begins, sklearn_mixture(best).score(few.fitted))
    ends = case.spoken.numbers["gmm.log_likelihood"]
    assert np.isclose(ends, sklearn_mixture(page.gmm_fit).score(x), rtol=1e-9)


@checks("density.sample")
def stays_with_a_sample(case, text):
    """Neither view has all rows, and the way that is named is there."""
    page, config = case.pipeline.compare.comparison(case.state), case.pipeline.config
    n, total, seed = numbers_in(text)[:3]
    assert n == page.points.n == len(case.x) == config.fit_rows < total == page.points.n_total
    assert seed == 0
    assert f"the limit is {config.fit_seconds:g} s. " in text
    begins = f"would take about {spoken(page.rows.seconds)} of computing"
    assert begins in text
    assert page.rows.seconds > config.fit_seconds
    offered = box.offer(case.pipeline, case.state.but(view="compare"))
    if "Fit all rows" in text:
        assert offered["work"]["k"] == case.state.model.k
    else:
        assert offered is None
        assert text.endswith("How many? goes on to all rows in pieces.")
        assert case.pipeline.select_whole.plan(case.state).steps


@checks("density.stopped")
def stopped(case, text):
    few, config = case.pipeline.points(case.state.data), case.pipeline.config
    n, total, seed = numbers_in(text)[:3]
    assert n == few.n == len(case.x) == config.fit_rows < total == few.n_total
    assert seed == 0
    assert f" stopped after {spoken(config.fit_seconds / 2)} of computing. " in text
    assert case.pipeline.select_whole.plan(case.state).steps


@checks("density.distances")
def distances(case, text):
    shown = numbers_in(text)
    if text.startswith("Measured among"):
        among, n, *shown = shown
        assert among == density_study.MOST_NEIGHBOURS < n == len(case.x)
    else:
        assert len(case.x) <= density_study.MOST_NEIGHBOURS
    draws, data, beyond, far = _figures(case)
    assert np.isclose(shown[0], draws, rtol=0.06, atol=6e-5)
    assert np.isclose(shown[1], data, rtol=0.06, atol=6e-5)
    assert abs(shown[2] - 100 * beyond) <= 0.51
    assert np.isclose(shown[3], far, rtol=0.06, atol=6e-5)
    assert shown[4] == 99
    said = {name.split(".")[1]: value for name, value in case.spoken.numbers.items()}
    assert np.isclose(said["beyond"], beyond, atol=1e-9)
    assert np.isclose(said["draw_distance"], draws)
    assert np.isclose(said["data_distance"], data)


@checks("density.beside")
def beside(case, text):
    _, _, beyond, far = _figures(case)
    assert far > 0
    assert beyond > 0.1
    k = case.gmm.n_components
    assert ("one Gaussian" in text) if k == 1 else (f"{k} Gaussians" in text)


@checks("density.try-freer")
def try_freer(case, text):
    assert _figures(case)[2] > 0.1
    if "larger K" in text:
        assert case.gmm.n_components < min(len(case.x), 30)
    if "full" in text:
        assert case.gmm.covariance_type != "full"
    assert re.fullmatch(r"Try (a larger K|a larger K or full covariances|full covariances)\.", text)


@checks("density.hugs")
def hugs(case, text):
    draws, data, _, _ = _figures(case)
    assert draws < 0.5 * data


@checks("density.try-fewer")
def try_fewer(case, text):
    hugs(case, text)
    assert case.gmm.n_components > 1


@checks("density.follows")
def follows(case, text):
    draws, data, beyond, _ = _figures(case)
    assert beyond <= 0.04
    assert ("Nearly" in text) == (beyond > 0)
    assert draws <= 1.5 * data
    fit = case.gmm
    smallest = np.linalg.eigvalsh(fit.covariances).min()
    assert smallest > fit.reg_covar  # no component is a spike
    assert fit.weights.min() * len(case.x) >= 0.5


@checks("density.shared-groups")
def shared_groups(case, text):
    known, said = case.truth >= 0, [int(one) for one in numbers_in(text)]
    if not known.all():
        assert said[:2] == [known.sum(), len(known)]
        said = said[:1:-1]
    k, groups = said
    assert groups == len(set(case.truth[known].tolist()))
    # Every component given to the group that it holds most of: two must coincide.
    most = [
        np.bincount(case.truth[known], weights=case.posteriors[known, j]).argmax()
        for j in range(case.gmm.n_components)
    ]
    assert k == len(most)
    assert len(set(most)) < k


@checks("density.looser")
def looser(case, text):
    draws, data, _, _ = _figures(case)
    assert draws > data


@checks("caption.plane")
def plane(case, text):
    for name in axis_names(case):
        assert name in text
        assert len(axis_values(case, name)) == len(case.x)


@checks("caption.contours")
def contours(case, text):
    assert case.state.density.map in ("both", "contours")
    assert numbers_in(text) == [10, 30, 50, 70, 90]


@checks("caption.margins")
def margins(case, text):
    assert "points as bars" in text


@checks("caption.marginal")
def marginal(case, text):
    assert numbers_in(text) == [case.x.shape[1]]
    view = project(case.points, case.state.view.x, case.state.view.y)
    assert view.matrix.shape == (2, case.x.shape[1])


@checks("caption.no-map")
def no_map(case, text):
    """Neither what is drawn nor the slice knows of a second axis."""
    assert case.x.shape[1] == 1
    view = project(case.points, case.state.view.x, case.state.view.y)
    assert view.matrix.shape == (2, 1)
    assert view.matrix[1, 0] == 0
    assert "slice.mean" not in case.spoken.numbers
    codes = {one.code for one in case.spoken.sentences}
    assert not codes & {"caption.contours", "caption.margins", "caption.slice", "caption.plane"}


@checks("caption.draws-line")
def draws_of_one_column(case, text):
    assert case.state.density.draws > 0
    assert case.state.density.place == "beside"
    assert text.startswith(f"A histogram of {case.points.columns[0]} of")
    assert case.x.shape[1] == 1


@checks("caption.outliers")
def outliers(case, text):
    *ringed, count, highest, worst = numbers_in(text)
    most = case.pipeline.config.plot_points
    assert ringed == ([most] if count > most else [])
    assert ("least likely of the" in text) == bool(ringed)
    log_density = case.mixture.score_samples(case.x)
    lowest = np.sort(log_density)
    assert count == np.ceil(case.state.density.outliers / 100 * len(lowest) - 1e-9)
    assert near(highest, lowest[int(count) - 1]) or np.isclose(
        highest, lowest[int(count) - 1], rtol=6e-3
    )
    place = np.flatnonzero(case.points.rows == worst - 1)[0]
    assert log_density[place] <= lowest[0] + 1e-6 * (1 + abs(lowest[0]))


@checks("caption.draws")
def draws(case, text):
    assert case.state.density.draws > 0
    assert case.state.density.place == "beside"
    across, up = axis_names(case)
    assert text.startswith(f"{up} against {across}, on the same axes. ")
    density = next(s.text for s in case.spoken.sentences if s.code == "caption.plane")
    assert density == f"{up} against {across}."
    assert len(axis_values(case, up)) == len(axis_values(case, across)) == len(case.x)


@checks("badge.density")
def density_badge(case, text):
    fit = case.gmm
    assert text.split(" · ")[0] == case.state.model.covariance_type
    assert numbers_in(text) == [len(fit.weights)]


@checks("badge.draws")
def draws_badge(case, text):
    assert numbers_in(text) == [case.state.density.draws, case.state.density.seed]


def _curve(case):
    found = case.pipeline.density.held_out(case.state)
    return {
        k: (seen, unseen)
        for k, seen, unseen in zip(found.n_components, found.seen, found.unseen, strict=True)
        if unseen is not None
    }


@checks("heldout.none")
def no_curve(case, text):
    assert not _curve(case)


@checks("heldout.best")
def best(case, text):
    outside, n, *total, k = numbers_in(text)
    few = case.pipeline.points(case.state.data)
    rows = min(few.n, 2000)
    assert n == rows
    assert total == ([few.n_total] if n < few.n_total else [])
    assert ("a random" in text) == bool(total)
    assert outside == round(0.2 * rows)
    unseen = {k: value for k, (_, value) in _curve(case).items()}
    assert unseen[int(k)] == max(unseen.values())


def _best(case):
    curve = _curve(case)
    return min(k for k in curve if curve[k][1] == max(value for _, value in curve.values()))


@checks("heldout.in-use")
def in_use(case, text):
    assert _best(case) == case.state.model.k


@checks("heldout.not-in-use")
def not_in_use(case, text):
    assert _best(case) != case.state.model.k


@checks("heldout.by-heart")
def by_heart(case, text):
    last, *shown = numbers_in(text)
    curve, k = _curve(case), _best(case)
    (seen, top), (seen_last, end) = curve[k], curve[int(last)]
    assert last > k
    assert seen_last > seen
    assert end < top
    for value, number in zip((seen, seen_last, top, end), shown, strict=True):
        assert near(number, value) or np.isclose(number, value, rtol=6e-3)


@checks("heldout.refused")
def refused(case, text):
    with pytest.raises(WorkLimitError) as problem:
        case.pipeline.density.held_out(case.state)
    assert problem.value.sentence in text


def _slice(case):
    """Return where the slice is, places along the vertical axis, and the density there."""
    view, fit = case.state.view, case.gmm
    plane = project(case.points, view.x, view.y)
    across = case.x @ plane.matrix[0] + plane.offset[0]
    at = across.min() + case.state.density.slice / 100 * np.ptp(across)
    means = fit.means @ plane.matrix.T + plane.offset
    flats = plane.matrix @ fit.covariances @ plane.matrix.T
    lean = flats[:, 0, 1] / flats[:, 0, 0]
    middles = means[:, 1] + lean * (at - means[:, 0])
    wide = np.sqrt(np.maximum(flats[:, 1, 1] - lean * flats[:, 0, 1], 1e-15 * flats[:, 1, 1]))
    places = np.unique(middles[:, None] + wide[:, None] * np.linspace(-9, 9, 1501))
    grid = np.column_stack([np.full_like(places, at), places])
    parts = [
        np.log(weight) + multivariate_normal(mean, flat, allow_singular=True).logpdf(grid)
        for weight, mean, flat in zip(fit.weights, means, flats, strict=True)
    ]
    density = np.exp(logsumexp(parts, axis=0) - np.max(parts))
    return at, places, density / np.trapezoid(density, places)


def _bend(case, name):
    columns = case.points.columns
    return case.points.bend_of(columns.index(name)) if name in columns else ""


@checks("caption.slice")
def cut(case, text):
    at, places, density = _slice(case)
    mean = np.trapezoid(density * places, places)
    deviation = np.sqrt(np.trapezoid(density * (places - mean) ** 2, places))
    across, up = axis_names(case)
    said = numbers_in(text.split(f"{across} = ", 1)[1].replace(f"of {up} there", ""))
    ends = (mean + sign * deviation for sign in (0, -1, 1))
    wanted = [BACK[_bend(case, across)](at), *(BACK[_bend(case, up)](end) for end in ends)]
    assert np.allclose(said[:4], wanted, rtol=6e-3, atol=6e-3 * abs(deviation))
    assert ("both on the" in text) == bool(_bend(case, up))


@checks("caption.slice-peaks")
def peaks(case, text):
    _, _, density = _slice(case)
    bordered = np.concatenate([[0.0], density, [0.0]])
    (count,) = numbers_in(text)
    assert count == len(find_peaks(bordered, prominence=0.02 * density.max())[0]) > 1
