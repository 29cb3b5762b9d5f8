"""Checkers of the sentences under every plot of points, and of the facts beside its title."""

import re
from dataclasses import replace

import numpy as np
from scipy.linalg import eigh
from scipy.stats import chi2, norm
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from gmm_dash.callbacks import all_rows as box
from gmm_dash.engine import Mixture, fit_gmm
from gmm_dash.figures import line
from gmm_dash.figures.arrays import unpacked
from gmm_dash.figures.scatter import shown_points
from gmm_dash.results import project
from gmm_dash.results.histogram import cuts, histogram
from gmm_dash.state import ModelChoice
from gmm_dash.theme import LIGHT
from tests.claims.case import checks, near, numbers_in, sklearn_fit, sklearn_mixture
from tests.claims.shown import axis_names, gmm_of, kmeans_of, points_of


def axis_values(case, name):
    """Return (n,) positions along an axis by its title, in the fitted space's units."""
    points = points_of(case)
    if name in points.columns:
        return points.fitted[:, points.columns.index(name)]
    if name.startswith("DR"):
        return points.fitted @ separating(case, name)
    index = int(re.match(r"PC(\d+) ", name)[1]) - 1
    centred = points.fitted - points.fitted.mean(axis=0)
    _, values, directions = np.linalg.svd(centred, full_matrices=False)
    share = 100 * values[index] ** 2 / max((values**2).sum(), 1e-300)
    assert abs(float(re.search(r"\((\d+) %", name)[1]) - share) <= 0.51
    return centred @ directions[index]


def kernel(case, name):
    """Return what a mixture's components differ by and its covariance, by the paper's formula."""
    assert name in (case.state.view.x, case.state.view.y)
    kind, k = re.search(r"\((full|tied|diag|spherical), K = (\d+)", name).groups()
    fit = case.pipeline.models.gmm(case.state.data, ModelChoice(k=int(k), covariance_type=kind))
    shift = fit.means - fit.weights @ fit.means
    between = (fit.weights[:, None] * shift).T @ shift
    within = np.tensordot(fit.weights, fit.covariances, 1)
    inverse = np.linalg.inv(between + within)
    found = between @ inverse @ between
    for weight, covariance in zip(fit.weights, fit.covariances, strict=True):
        found = found + 0.1 * weight * (covariance - within) @ inverse @ (covariance - within)
    return found, between + within


def separating(case, name):
    """Return (d,) the direction of a name, by the generalised eigenvectors."""
    vectors = eigh(*kernel(case, name))[1][:, ::-1]
    return vectors[:, int(re.match(r"DR(\d+)", name)[1]) - 1]


@checks("caption.flooded")
def flooded(case, text):
    """Count the discs of other clusters over each point, in coordinates in which they are round."""
    seen = project(case.points, case.state.view.x, case.state.view.y)
    assert numbers_in(text) == [case.x.shape[1]]
    assert case.x.shape[1] > 2
    plane = np.linalg.qr(seen.matrix.T)[0]
    x, centres = case.x @ plane, case.kmeans.centers @ plane
    away = np.linalg.norm(x[:, None] - centres, axis=2)
    over = (away <= case.kmeans.radii).sum(axis=1) - 1
    assert over.mean() / (len(centres) - 1) > 0.75 - 1e-9
    assert "circles" in case.state.view.show


@checks("note.separates")
def separates(case, text):
    view = case.state.view
    name = next(one for one in (view.x, view.y) if one.startswith("DR"))
    kind, k = re.search(r"of the (\w+) mixture with K = (\d+) ", text).groups()
    assert f"({kind}, K = {k})" in name
    matter, total = kernel(case, name)
    axes = np.column_stack(
        [
            separating(case, name) if name.startswith("DR") else
            np.eye(case.x.shape[1])[case.points.columns.index(name)]
            for name in (view.x, view.y)
        ]
    )  # fmt: skip
    assert "covariances count a tenth" in text
    seen = np.linalg.solve(axes.T @ total @ axes, axes.T @ matter @ axes)
    share = np.trace(seen) / np.trace(np.linalg.solve(total, matter))
    assert np.isclose(numbers_in(text)[-1], 100 * share, rtol=0.06)


@checks("caption.axes")
def axes(case, text):
    found = re.fullmatch(r"([\d,]+) points?: (.+) against (.+)\.", text)
    assert int(found[1].replace(",", "")) == len(points_of(case).fitted)
    across, up = axis_values(case, found[3]), axis_values(case, found[2])
    assert len(across) == len(up)
    wanted = (case.state.view.x, case.state.view.y)
    for asked, name in zip(wanted, (found[3], found[2]), strict=True):
        if asked in points_of(case).columns and wanted[0] != wanted[1]:
            assert name == asked


def _histogram(case):
    """Return the values on the horizontal axis, and the bars that the page draws of them."""
    values = case.x[:, 0] * case.points.scale[0] + case.points.shift[0]
    return values, *histogram(values)


@checks("caption.histogram")
def one_column(case, text):
    found = re.fullmatch(r"([\d,]+) points? of (.+): a histogram whose area is 1, .*\.", text)
    assert int(found[1].replace(",", "")) == len(case.x)
    assert case.x.shape[1] == 1
    assert case.points.columns == (found[2],)
    values, heights, edges = _histogram(case)
    assert np.isclose((heights * np.diff(edges)).sum(), 1)
    assert edges[0] <= values.min() <= values.max() <= edges[-1] * (1 + 1e-12) + 1e-300


@checks("caption.cuts")
def cut_halfway(case, text):
    """Just beside each drawn cut another centre is the nearest."""
    assert case.x.shape[1] == 1
    centers = np.unique(case.kmeans.centers[:, 0])
    places = cuts(case.kmeans.centers[:, 0])
    step = 1e-6 * np.diff(centers).min()
    assert np.array_equal(places, (centers[1:] + centers[:-1]) / 2)
    if step < 1e-14 * np.abs(centers).max():  # beside it there is no other number
        return
    left, right = (
        np.abs(place[:, None] - centers).argmin(axis=1) for place in (places - step, places + step)
    )
    assert left.tolist() == list(range(len(centers) - 1))
    assert right.tolist() == list(range(1, len(centers)))


@checks("caption.curves")
def mixture_curves(case, text):
    """What the page calls a density holds an area of one; a background is no part of the curve."""
    assert case.x.shape[1] == 1
    fit, scale = case.gmm, case.points.scale[0]
    drawn = line.curves(
        Mixture(
            fit.weights,
            fit.means * scale + case.points.shift[0],
            fit.covariances * scale**2,
        ),
        ["#000000"] * len(fit.weights),
        np.array([0.0, 1.0]),
        LIGHT,
    )
    areas = [np.trapezoid(*(unpacked(t[axis]).astype(float) for axis in "yx")) for t in drawn]
    assert np.allclose(areas, [*fit.weights, fit.weights.sum()], atol=0.01)
    background = case.state.view.view == "compare" and fit.background is not None
    assert ("without the background" in text) == background
    assert background or np.isclose(fit.weights.sum(), 1.0)
    assert ("coloured" in text) == (
        case.state.view.view == "density" or "ellipses" in case.state.view.show
    )


def _shapes_of(case):
    """Return the fits that stand side by side, with their order; none where they do not."""
    if "shapes" not in case.state.view.show or case.state.view.view != "compare":
        return []
    found = case.pipeline.compare.shapes(case.state)
    return zip(found.fits, found.sides, strict=True)


@checks("caption.curve-above")
def above_the_plot(case, text):
    shapes = {f.covariance_type: side.order for f, side in _shapes_of(case)}
    order = shapes.get(case.gmm.covariance_type)
    if order is None:
        order = case.pipeline.compare.comparison(case.state).gmm.order
    fit, (_, heights, _) = case.gmm, _histogram(case)
    deviations = np.sqrt(fit.covariances[:, 0, 0]) * case.points.scale[0]
    tops = fit.weights * norm.pdf(0) / deviations
    over = np.flatnonzero(tops[order] > 1.8 * heights.max()) + 1
    assert numbers_in(text) == over.tolist()


@checks("note.one-column")
def types_of_one_column(case, text):
    """scikit-learn's types, from one start, end with one likelihood and count alike."""
    assert case.x.shape[1] == 1
    k = min(3, len(np.unique(case.x)))
    ends, free = [], []
    for kind in ("full", "diag", "spherical"):
        model = sklearn_fit(
            case.x, n_components=k, covariance_type=kind, random_state=0, reg_covar=1e-3
        )
        ends.append(model.score(case.x))
        free.append(model._n_parameters())
        assert np.size(model.covariances_) == k
    assert np.ptp(ends) < 1e-9
    assert len(set(free)) == 1
    tied = sklearn_fit(case.x, n_components=k, covariance_type="tied", reg_covar=1e-3)
    assert np.size(tied.covariances_) == 1
    assert text.endswith("with tied all have one variance.")


@checks("caption.circles")
def circles(case, text):
    fit = case.kmeans
    away = np.linalg.norm(case.x - fit.centers[fit.labels], axis=1)
    for j, radius in enumerate(fit.radii):
        mine = away[fit.labels == j]
        assert np.isclose(radius, mine.max() if len(mine) else 0)
    assert "circles" in case.state.view.show


def _shown_certainty(case):
    """Return how often k-means' refits agreed, from the answer of the page itself."""
    return case.pipeline.compare.comparison(case.state).kmeans.certainty


@checks("caption.kmeans-one-size")
def one_size(case, text):
    assert "size" in case.state.view.show
    assert "bootstrap" not in case.state.view.show


@checks("caption.kmeans-sizes")
def sizes_differ(case, text):
    assert {"size", "bootstrap"} <= set(case.state.view.show)
    assert (_shown_certainty(case) < 1).any()


@checks("caption.kmeans-unchanged")
def sizes_are_equal(case, text):
    assert {"size", "bootstrap"} <= set(case.state.view.show)
    assert (_shown_certainty(case) == 1).all()


@checks("caption.gmm-sizes")
def some_doubt(case, text):
    assert case.joined[1].max(axis=1).min() <= 0.995 + 1e-6


@checks("caption.gmm-sure")
def no_doubt(case, text):
    assert case.joined[1].max(axis=1).min() >= numbers_in(text)[0] / 100 - 1e-6


@checks("caption.ellipses")
def ellipses(case, text):
    levels, held = numbers_in(text)[:3], numbers_in(text)[3:]
    for level, share in zip(levels, held, strict=True):
        assert abs(100 * chi2.cdf(level**2, 2) - share) < 0.6


@checks("caption.sources")
def sources(case, text):
    """Every group's points scatter about its cross as those of a Gaussian there would."""
    points = points_of(case)
    assert "sources" in case.state.view.show
    for group, (mean, covariance) in enumerate(
        zip(points.sources.means, points.sources.covariances, strict=True)
    ):
        own = points.fitted[points.labels == group]
        away = np.abs(own.mean(axis=0) - mean)
        assert (away < 5 * np.sqrt(np.diag(covariance) / len(own))).all()


@checks("caption.no-regions")
def no_regions(case, text):
    assert "regions" in case.state.view.show
    assert case.x.shape[1] != 2


@checks("note.no-column")
def no_column(case, text):
    found = re.fullmatch(
        r"There is no column (.+) here; the (horizontal|vertical) axis shows another one\.", text
    )
    asked = case.state.view.x if found[2] == "horizontal" else case.state.view.y
    assert repr(asked[:40]) == found[1]
    assert asked not in case.points.columns
    component = re.fullmatch(r"(?i)PC(\d+)", asked)
    assert component is None or not 1 <= int(component[1]) <= min(case.x.shape)


@checks("note.reduced")
def reduced(case, text):
    """What is kept and what is lost, by scikit-learn's PCA of the columns as scaled."""
    k, d, kept, *lost = numbers_in(text)
    data = replace(case.state.data, components=0.0)
    columns = case.pipeline.points(data).fitted
    assert ("standardised" in text) == (case.state.data.scale == "standard")
    assert (k, d) == (case.x.shape[1], columns.shape[1])
    held = PCA(int(k), svd_solver="full").fit(columns).explained_variance_ratio_.sum()
    wanted = case.state.data.components
    assert k == wanted if wanted >= 1 else held >= wanted
    assert near(kept, 100 * held)
    assert near(lost[0], 100 * (1 - held)) if lost else held > 1 - 1e-9


@checks("note.bent")
def bent(case, text):
    """What the models see is that of the columns, and a centre halves its component there."""
    points = points_of(case)
    functions = {
        "logarithm": (np.log, np.exp),
        "square root": (np.sqrt, np.square),
        "signed log (arsinh)": (np.arcsinh, np.sinh),
    }
    names = [c for c in points.columns if re.search(rf" of {re.escape(c)}(,| and|:)", text)]
    assert len(names) == text.partition(":")[0].count("the ")
    for name in names:
        kind = next(k for k in functions if f"the {k} of {name}" in text)
        there, back = functions[kind]
        j = points.columns.index(name)
        seen = points.fitted[:, j] * points.scale[j] + points.shift[j]
        np.testing.assert_allclose(seen, there(points.raw[:, j]), rtol=1e-9, atol=1e-12)
        centre = back(gmm_of(case).means[:, j] * points.scale[j] + points.shift[j])
        fit = gmm_of(case)
        drawn = norm(fit.means[:, j], np.sqrt(fit.covariances[:, j, j]))
        below = drawn.cdf((there(centre) - points.shift[j]) / points.scale[j])
        np.testing.assert_allclose(below, 0.5, atol=1e-6)


@checks("note.unequal-scales")
def unequal_scales(case, text):
    reach = sorted(np.ptp(axis_values(case, name)) for name in axis_names(case))
    if "do not spread" in text:
        assert reach[0] <= 1e-12 * reach[1]
    else:
        assert near(numbers_in(text)[0] / (reach[1] / reach[0]), 1)
        assert reach[1] / reach[0] > 12 * (1 - 1e-9)
    points = case.points
    standardised = case.state.data.scale == "standard"
    assert ("in standardised units" in text) == (standardised and (points.origin.scale != 1).any())
    if "Standardise" in text:
        assert not standardised
        assert set(axis_names(case)) <= set(points.columns)


@checks("note.projected")
def projected(case, text):
    assert int(numbers_in(text)[0]) == case.x.shape[1] > 2
    assert ("principal components" in text) == bool(case.state.data.components)


@checks("note.all-rows")
def all_rows(case, text):
    """Begin where the sample's fits end, with scikit-learn, on every row of the file."""
    shapes = "shapes" in case.state.view.show
    assert text.startswith("All four mixtures" if shapes else "Both models")
    n, sample, _, begun, ended, passes = numbers_in(text)[:6]
    page = (
        case.pipeline.compare.shapes(case.state)
        if shapes
        else case.pipeline.compare.comparison(case.state)
    )
    fit = page.fits[0] if shapes else page.gmm_fit
    x, few = page.points.fitted, case.pipeline.points(case.state.data)
    assert n == len(x) == page.points.n_total
    assert sample == few.n == case.pipeline.config.fit_rows < n
    here = sklearn_mixture(fit.start).score(x[np.isin(page.points.rows, few.rows)])
    assert near(begun, here)
    assert near(ended, sklearn_mixture(fit).score(x))
    assert passes == fit.n_iter
    if not shapes:
        assert int(numbers_in(text)[-1]) == min(2000, n)


@checks(
    "note.sample-rows", "note.sample-seconds", "note.sample-bootstrap", "note.sample-hard",
    "note.sample-pca", "note.sample-background",
)  # fmt: skip
def stays_with_a_sample(case, text):
    compare, config = case.pipeline.compare, case.pipeline.config
    shapes = "shapes" in case.state.view.show
    page = compare.shapes(case.state) if shapes else compare.comparison(case.state)
    n, total = numbers_in(text)[:2]
    assert n == page.points.n == config.fit_rows < total == page.points.n_total
    if "this server" in text:
        assert numbers_in(text)[-1] == config.all_rows < total
    elif "refitted" in text:
        assert "bootstrap" in case.state.view.show
    elif "principal" in text:
        assert case.state.data.components
    elif "background" in text:
        assert page.gmm_fit.background is not None
    elif "held" in text:
        assert page.gmm_fit.variance is not None
    else:
        limit = f"the limit is {config.fit_seconds:g} s."
        assert total <= config.all_rows
        offered = None if shapes else box.offer(case.pipeline, case.state)
        if offered is None:
            assert text.endswith(f"{limit} How many? goes on to all rows in pieces.")
            plan = case.pipeline.select_whole.plan(case.state)
            assert len(plan.steps) >= len(plan.counts) > 0
        else:
            assert text.endswith(f"{limit} Fit all rows goes on to them in pieces.")
            assert offered["work"] == {key: case.state.to_flat()[key] for key in offered["work"]}
            assert f"all {total:,.0f} rows" in offered["says"]


@checks("note.drawn")
def drawn(case, text):
    """Count in squares of the plot, a 16th as wide."""
    shapes = "shapes" in case.state.view.show
    page = (
        case.pipeline.compare.shapes(case.state)
        if shapes
        else case.pipeline.compare.comparison(case.state)
    )
    most, n = numbers_in(text)[:2]
    assert most == case.pipeline.config.plot_points < n == page.points.n
    view = case.state.view
    xy = project(page.points, view.x, view.y).points(page.points.fitted)
    shown = shown_points(xy, int(most))
    assert len(set(shown.tolist())) == most
    edges = [np.linspace(*(side.min(), side.max()), 17) for side in xy.T]
    every, some = (np.histogram2d(*part.T, edges)[0] for part in (xy, xy[shown]))
    assert np.abs(some - every * most / n).max() <= 8


@checks("note.labelled")
def some_labelled(case, text):
    labelled, n = numbers_in(text)[:2]
    assert labelled == (case.truth >= 0).sum() < n == len(case.truth) == len(case.x)
    assert ("too few to score" in text) == (labelled < 2)
    assert ("hollow" in text) == ("truth" in case.state.view.show)


@checks("note.no-truth")
def no_truth(case, text):
    assert "truth" in case.state.view.show
    assert case.truth is None


@checks("note.no-sources")
def no_sources(case, text):
    assert "sources" in case.state.view.show
    assert case.points.sources is None


@checks("badge.kmeans")
def kmeans_badge(case, text):
    fit = kmeans_of(case)
    clusters, iterations = re.match(r"(\d+) clusters? · (\d+) iterations?", text).groups()
    assert int(clusters) == len(fit.centers)
    assert int(iterations) == fit.n_iter
    if fit.weighting is not None:  # such a run leaves no trace: one more step moves nothing
        settings = {"n_init": 1, "max_iter": 1}
        x, each = points_of(case).fitted, fit.weighting.values
        again = KMeans(len(fit.centers), init=fit.centers, **settings).fit(x, sample_weight=each)
        moved = np.square(again.cluster_centers_ - fit.centers).sum()
        assert moved <= fit.tol * x.var(axis=0).mean() or "stopped at the limit" in text
        return
    trace, x = fit.trace, points_of(case).fitted
    if "stopped at the limit" not in text and np.diff(trace.iterations)[-1] == 1:
        old, new = (
            np.square(x[:, None] - centers).sum(axis=2).argmin(axis=1)
            for centers in trace.centers[-2:]
        )
        moved = np.square(trace.centers[-1] - trace.centers[-2]).sum()
        assert (old == new).all() or moved <= fit.tol * x.var(axis=0).mean() * (1 + 1e-6)


def _more_than_a_mixture(case, fit, parts):
    """Check what a badge says of rows with gaps and of a background."""
    more = [part for part in parts if part.startswith(("what is known of", "background"))]
    if len(parts) - len(more) == 3 + ("our engine" in parts):
        assert parts[0] == fit.covariance_type
    assert len(more) == (fit.gapped is not None) + (fit.background is not None)
    if fit.gapped is not None:
        assert numbers_in(more[0]) == [len(fit.gapped.known)] != [len(case.x)]
    if fit.background is not None:
        (share,) = numbers_in(more[0])
        assert near(share, 100 * fit.background.share)


@checks("badge.gmm")
def gmm_badge(case, text):
    fit = gmm_of(case)
    parts = text.split(" · ")
    assert numbers_in(parts[-2]) == [fit.n_iter]
    beyond = (fit.gapped, fit.background, fit.weighting)
    theirs = fit.covariance_type != "equal" and all(one is None for one in beyond)
    assert ("our engine" in parts) != theirs
    _more_than_a_mixture(case, fit, parts)
    if fit.background is not None:
        path = fit.background.log_likelihoods
        assert (abs(path[-1] - path[-2]) < fit.tol) == (parts[-1] == "converged")
        return
    if fit.gapped is not None:
        path = fit.gapped.path
        assert (abs(path[-2] - path[-3]) < fit.tol) == (parts[-1] == "converged")
        return
    if fit.variance is not None:  # such a run leaves no trace
        assert parts[-1] == "converged"
        return
    if fit.weighting is not None:
        rules = {"n_init": 1, "init": fit.init, "random_state": fit.random_state}
        rules |= {"tol": 0.0, "covariance_type": str(fit.covariance_type)}
        rules |= {"sample_weight": fit.weighting.values, "reg_covar": fit.reg_covar}
        x, k = points_of(case).fitted, fit.n_components
        last, before = (
            fit_gmm(x, k, max_iter=fit.n_iter - less, **rules).lower_bound for less in (0, 1)
        )
        assert (abs(last - before) < fit.tol) == (parts[-1] == "converged")
        return
    values = fit.trace.log_likelihood
    if fit.n_iter > 2 and np.diff(fit.trace.iterations)[-2:].tolist() == [1, 1]:
        small = abs(values[-2] - values[-3]) < fit.tol * (1 + 1e-6) + 1e-12
        assert small == (parts[-1] == "converged")
    assert parts[-1] in ("converged", "stopped at the limit")
