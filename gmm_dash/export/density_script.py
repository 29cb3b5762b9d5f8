"""What the Density view shows as scikit-learn code: the landscape, new points, outliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gmm_dash.engine import cycle_kinds
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.types import WHITENED
from gmm_dash.export.fitting import best_of_starts, mixture_import
from gmm_dash.export.outlines import COVARIANCES, CURVES, NAME_AXES
from gmm_dash.export.program import (
    Part,
    Program,
    drawing,
    mixture_call,
    opening,
)
from gmm_dash.export.scaling import back_to_units
from gmm_dash.results import project
from gmm_dash.results.density_study import FAR, MOST_NEIGHBOURS, MOST_WIDE, WIDE
from gmm_dash.results.slice import slice_at
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from gmm_dash.results import DensityStudy, HeldOut
    from gmm_dash.results.density_study import Spacing
    from gmm_dash.results.slice import Slice
    from gmm_dash.state import AppState


def draws_csv(study: DensityStudy) -> str:
    """Return the new points as CSV, in the data's own units."""
    points = study.points
    return safe_csv(pd.DataFrame(points.own_units(study.draws), columns=list(points.columns)))


def density_program(state: AppState, study: DensityStudy, held_out: HeldOut | None) -> Program:
    """Return code that fits the same mixture, draws the same points, and maps its density.

    Parameters
    ----------
    state : AppState
    study : DensityStudy
        What the page shows for that state.
    held_out : HeldOut or None
        The curve below it; None where the page shows none.
    """
    imports = (
        "from scipy.spatial import cKDTree",
        "from scipy.special import logsumexp",
        "from scipy.stats import multivariate_normal",
        mixture_import(state.model.covariance_type),
        *(["from sklearn.cluster import KMeans"] if state.model.drawn == WHITENED else []),
    )
    parts = [
        *opening(state, study.points, imports),
        Part("The mixture: the one start that won", mixture_call(study.fit)),
        Part("How dense it is, and the least likely points", _density(state, study)),
        Part("New points, the very ones on the page", _draws(state, study)),
    ]
    if study.spacing is not None:
        parts.append(Part("How far they fall from the data", _spacing(study.spacing)))
    if held_out is not None:
        parts.append(Part("Does more K predict better?", _held_out(state, held_out)))
    plane = project(study.points, state.view.x, state.view.y)
    cut = slice_at(study.points, study.fit.mixture, plane, state.density.slice / 100)
    sliced = () if cut is None else (_EXPECTED, _slice(cut, state.density.slice / 100))
    shown: tuple[str, ...] = (_LANDSCAPE, _map(state), *sliced)
    picture = _picture(state, study, held_out, cut)
    if plane.line:
        shown, picture = (CURVES,), _of_one_column(picture)
    parts.append(drawing(state, study.points, COVARIANCES, NAME_AXES, *shown, picture))
    return Program("density", "A Gaussian mixture as a density", tuple(parts))


def _density(state: AppState, study: DensityStudy) -> str:
    fit = study.fit
    return _DENSITY.format(
        bic=fit.bic,
        log_likelihood=fit.log_likelihood,
        share=state.density.outliers / 100,
        count=int(study.outliers.sum()),
    )


_DENSITY: Final = """\
log_density = mixture.score_samples(Z)  # of every point, in nats
bic = mixture.bic(Z)
print(f"BIC {{bic:.4f}}")  # page: {bic:.4f}
print(f"log-likelihood of a point {{log_density.mean():.4f}}")  # page: {log_likelihood:.4f}
outlier_share = {share!r}
count = int(np.ceil(outlier_share * len(Z) - 1e-9))
outliers = np.argsort(log_density, kind="stable")[:count]
print(f"{{count}} of {{len(Z)}} points marked as outliers")  # page: {count}"""


def _draws(state: AppState, study: DensityStudy) -> str:
    if not len(study.draws):
        return "draws = np.empty((0, Z.shape[1]))  # the page draws none"
    back = back_to_units(state.data, study.points, "draws")
    unsteady = (
        study.points.d > _STEADY and not CovarianceType(state.model.covariance_type).shape.aligned
    )
    return "\n".join(
        [
            *(_UNSTEADY if unsteady else ()),
            f"mixture.set_params(random_state={state.density.seed})  # the drawing's own seed",
            f"draws, components = mixture.sample({len(study.draws)})",
            f"new_points = {back}  # in the data's own units",
        ]
    )


_STEADY: Final = 20  # columns up to which LAPACK's singular vectors keep their signs
_UNSTEADY: Final = (
    "# With this many columns single draws can differ from the page's: scikit-learn draws by",
    "# singular vectors, whose signs then hang on the last bits of a fit.",
)


def _spacing(found: Spacing) -> str:
    page = f"# Page: {found.draws:.3g} and {found.data:.3g}; {found.beyond:.1%}."
    return _SPACING.format(most=MOST_NEIGHBOURS, wide=WIDE, most_wide=MOST_WIDE, far=FAR) + page


_SPACING: Final = '''\
def some(rows):
    """Return at most as many rows as the page searches for neighbours."""
    most = {most:_} if rows.shape[1] <= {wide} else {most_wide:_}
    if len(rows) <= most:
        return rows
    return rows[np.random.default_rng(0).choice(len(rows), most, replace=False)]


tree = cKDTree(some(Z))
own = tree.query(some(Z), k=2)[0][:, 1]  # from each point to the nearest other one
reach = tree.query(some(draws))[0]  # from each new point to the nearest point
beyond = float((reach > np.quantile(own, {far})).mean())
print(f"median distance: new points {{np.median(reach):.3g}}, points {{np.median(own):.3g}}")
print(f"{{beyond:.1%}} of the new points fall farther out than {far:.0%} of the points")
'''


def _held_out(state: AppState, held_out: HeldOut) -> str:
    model = state.model
    kinds = cycle_kinds(model.drawn, held_out.n_init)
    starts = [(kind, model.seed + i) for i, kind in enumerate(kinds)]
    curve = _HELD_OUT.format(
        seed=model.seed,
        n=held_out.n,
        share=held_out.share,
        sizes=f"range(1, {max(held_out.n_components) + 1})",
        kind=model.covariance_type,
    )
    return f"starts = {starts!r}\n\n\n{best_of_starts(model)}\n\n\n{curve}"


_HELD_OUT: Final = '''\
def score(fitted, scored, k):
    """Return the mean log-likelihood of some points in a mixture of others; NaN without one."""
    mixture = best_of_starts(fitted, {kind!r}, k)
    return np.nan if mixture is None else mixture.score(scored)


def held_out(sizes={sizes}):
    """Return, for each K, the mean log-likelihood of points fitted and of points held out."""
    rows = Z
    if len(Z) > {n}:
        chosen = np.random.default_rng({seed}).choice(len(Z), {n}, replace=False, shuffle=False)
        rows = Z[np.sort(chosen)]
    order = np.random.default_rng({seed}).permutation(len(rows))
    out = order[: min(max(1, round({share!r} * len(rows))), len(rows) - 2)]
    inside = np.ones(len(rows), dtype=bool)
    inside[out] = False
    return {{k: (score(rows, rows, k), score(rows[inside], rows[out], k)) for k in sizes}}'''

_LANDSCAPE: Final = '''\
def landscape(xy):
    """Return the log density of the mixture on the page's plane at (..., 2) positions."""
    parts = [
        np.log(weight)
        + multivariate_normal(plane @ mean + origin, plane @ covariance @ plane.T).logpdf(xy)
        for weight, mean, covariance in zip(
            mixture.weights_, mixture.means_, full_covariances(mixture)
        )
    ]
    return logsumexp(parts, axis=0)'''


def _map(state: AppState) -> str:
    asked = state.density
    log = "np.maximum(log_z, log_z.max() - 5 * np.log(10))  # the last five decades"
    return _MAP.format(
        heat=asked.map in ("both", "heat"),
        contours=asked.map in ("both", "contours"),
        shades=log if asked.scale == "log" else "np.exp(log_z)",
    )


_MAP: Final = '''\
def draw_map(axes, xy, heat={heat}, contours={contours}):
    """Draw the density around ``xy``: shades, and lines that hold 10, 30 ... 90 % of it."""
    low, high = xy.min(axis=0), xy.max(axis=0)
    pad = 0.06 * (high - low)
    x, y = np.linspace(low - pad, high + pad, 180).T
    log_z = landscape(np.stack(np.meshgrid(x, y), axis=-1))
    if heat:
        shown = {shades}
        axes.pcolormesh(x, y, shown, cmap="Blues", shading="gouraud")
    if contours:
        at_draws = landscape(mixture.sample(20_000)[0] @ plane.T + origin)
        levels = np.unique(np.quantile(at_draws, [0.1, 0.3, 0.5, 0.7, 0.9]))
        axes.contour(x, y, log_z, levels=levels, colors="0.3", linewidths=0.8)'''


_EXPECTED: Final = '''\
def expected(across):
    """Return mean and standard deviation of the vertical axis at (n,) places of the other one."""
    weights, means, variances = [], [], []
    for weight, mean, covariance in zip(
        mixture.weights_, mixture.means_, full_covariances(mixture)
    ):
        (x, y), flat = plane @ mean + origin, plane @ covariance @ plane.T
        away = across - x
        weights.append(np.log(weight) - 0.5 * (np.log(flat[0, 0]) + away**2 / flat[0, 0]))
        means.append(y + away * flat[0, 1] / flat[0, 0])
        variances.append(flat[1, 1] - flat[0, 1] ** 2 / flat[0, 0])
    means, variances = np.array(means), np.array(variances)[:, None]
    shares = np.exp(weights - logsumexp(weights, axis=0))
    mean = (shares * means).sum(axis=0)
    return mean, np.sqrt((shares * (variances + (means - mean) ** 2)).sum(axis=0))'''


def _slice(cut: Slice, share: float) -> str:
    page = f"# page: {cut.at:.4f}, {cut.mean:.4f}, {cut.deviation:.4f}"
    return (
        "across = (Z @ plane.T + origin)[:, 0]\n"
        f"at = across.min() + {share!r} * np.ptp(across)\n"
        "(mean,), (deviation,) = expected(np.array([at]))\n"
        f'print(f"at {{at:.4f}}: mean {{mean:.4f}}, deviation {{deviation:.4f}}")  {page}'
    )


_SLICED: Final = (
    "    places_across = np.linspace(across.min(), across.max(), 200)",
    "    middle, around = expected(places_across)",
    "    places[0].fill_between(",
    '        places_across, middle - around, middle + around, color="tab:green", alpha=0.2',
    "    )",
    '    places[0].plot(places_across, middle, color="tab:green")',
    '    places[0].errorbar(at, mean, deviation, fmt="o", color="tab:green")',
)


def _picture(
    state: AppState, study: DensityStudy, held_out: HeldOut | None, cut: Slice | None
) -> str:
    """Return ``picture()`` with as many plots as the page shows."""
    beside = state.density.place == "beside" and len(study.draws) > 0
    plots = 1 + beside + (held_out is not None)
    lines = [
        "def picture():",
        '    """Show the density with the data, the new points, and the held-out curve."""',
        "    import matplotlib.pyplot as plt",
        "",
        f"    figure, places = plt.subplots(1, {plots}, figsize=({5.5 * plots}, 5), squeeze=False)",
        "    places = list(places[0])",
        "    xy, new = Z @ plane.T + origin, draws @ plane.T + origin",
        "    draw_map(places[0], np.vstack([xy, new]))",
        '    places[0].scatter(xy[:, 0], xy[:, 1], color="0.2", s=6)',
        '    places[0].scatter(*xy[outliers].T, s=60, facecolors="none", edgecolors="tab:red")',
        '    places[0].set_title("The density and the data")',
    ]
    lines += _SLICED if cut is not None else ()
    lines += _BESIDE if beside else _OVER
    lines.append(f"    name_axes(*places[:{1 + beside}])")
    return "\n".join([*lines, *(_CURVE if held_out is not None else ()), "    plt.show()"])


def _of_one_column(picture: str) -> str:
    """Return ``picture()`` with curves in place of maps."""
    return picture.replace(
        "draw_map(places[0], np.vstack([xy, new]))", "draw_curves(places[0], mixture)"
    ).replace(
        "draw_map(places[1], np.vstack([xy, new]), heat=False)",
        "draw_curves(places[1], mixture, new[:, 0])",
    )


_OVER: Final = ('    places[0].scatter(new[:, 0], new[:, 1], color="tab:orange", s=6)',)
_BESIDE: Final = (
    "    draw_map(places[1], np.vstack([xy, new]), heat=False)",
    '    places[1].scatter(new[:, 0], new[:, 1], color="tab:orange", s=6)',
    '    places[1].set_title("New points")',
    "    places[1].sharex(places[0])",
    "    places[1].sharey(places[0])",
)
_CURVE: Final = (
    '    print("Fitting every K twice for the held-out curve; this can take a minute.")',
    "    curve = held_out()",
    '    places[-1].plot(list(curve), [seen for seen, _ in curve.values()], label="fitted")',
    '    places[-1].plot(list(curve), [unseen for _, unseen in curve.values()], label="held out")',
    '    places[-1].set_title("Does more K predict better?")',
    "    places[-1].legend()",
)
