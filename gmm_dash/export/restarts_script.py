"""What "Restarts" tries, as loops over scikit-learn's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import KMEANS_INITS, START_KINDS
from gmm_dash.engine.restarts import SAME_OBJECTIVE, SAME_OPTIMUM
from gmm_dash.export.fitting import collapsed, one_start
from gmm_dash.export.outlines import COVARIANCES
from gmm_dash.export.program import Part, Program, opening
from gmm_dash.results.study import DIRECTIONS

if TYPE_CHECKING:
    from gmm_dash.results import Points
    from gmm_dash.state import AppState


def restarts_program(state: AppState, points: Points) -> Program:
    """Return code that starts both methods as often as "Restarts" does.

    Parameters
    ----------
    state : AppState
    points : Points
        What the page clusters.
    """
    model = state.model
    imports = (
        "import pandas as pd",
        "from scipy.optimize import linear_sum_assignment",
        "from sklearn.cluster import KMeans",
        "from sklearn.mixture import GaussianMixture",
    )
    shared = {"k": model.k, "starts": state.select.starts, "seed": model.seed}
    kmeans = _KMEANS.format(kinds=list(KMEANS_INITS), close=SAME_OBJECTIVE, **shared)
    mixture = _MIXTURE.format(
        kinds=list(START_KINDS), kind=model.covariance_type, close=SAME_OBJECTIVE, **shared
    )
    functions = [
        one_start(model.tol, model.reg_covar, model.max_iter),
        COVARIANCES,
        collapsed(model.reg_covar),
    ]
    parts = (
        *opening(state, points, imports),
        Part("Which starts have the same end", _ends(points)),
        Part("k-means from every start", kmeans),
        Part("The mixture from one start", "\n\n\n".join(functions)),
        Part("The mixture from every start", mixture),
        Part("How often each kind of start ends where the best value was found", _REACHED),
        Part("The picture: where every start ended", _PICTURE),
    )
    return Program("restarts", "Many starts of k-means and of EM", parts)


def _ends(points: Points) -> str:
    """Return the functions that tell the ends apart, as ``results.study`` does."""
    place = _FEW_COLUMNS if points.d <= DIRECTIONS else _MANY_COLUMNS.format(to=DIRECTIONS)
    return "\n\n\n".join([place, _SAME.format(apart=SAME_OPTIMUM), _DISTINCT])


_FEW_COLUMNS: Final = '''\
def place(means):
    """Return where components ended, in standard deviations of the data."""
    spread = Z.std(axis=0)
    return means / np.where(spread > 0, spread, 1.0)'''

_MANY_COLUMNS: Final = '''\
def place(means):
    """Return where components ended, in standard deviations of the data, along {to} directions."""
    spread, d = Z.std(axis=0), Z.shape[1]
    directions = np.linalg.qr(np.random.default_rng(0).standard_normal((d, {to})))[0]
    return means / np.where(spread > 0, spread, 1.0) @ directions / np.sqrt(d)'''

_SAME: Final = '''\
def same(first, second):
    """Return whether two sets of components ended in the same places, in whatever order."""
    apart = np.abs(first[:, None] - second).max(axis=2)
    return apart[linear_sum_assignment(apart)].max() <= {apart}'''

_DISTINCT: Final = '''\
def distinct_ends(cost, close, places):
    """Return which end each start has: 0 is the best found, -1 a start without a place."""
    ends, first = np.full(len(cost), -1), []  # first: the best start of each end
    for i in np.argsort(cost, kind="stable"):
        if places[i] is None:
            continue
        agree = [
            number
            for number, other in enumerate(first)
            if cost[i] - cost[other] <= close[i] and same(places[i], places[other])
        ]
        if not agree:
            agree = [len(first)]
            first.append(i)
        ends[i] = agree[-1]
    return ends'''

_KMEANS: Final = """\
kinds, rows, places = {kinds!r}, [], []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    fit = KMeans(n_clusters={k}, init=init, n_init=1, random_state=seed).fit(Z)
    empty = len(set(fit.labels_)) < {k}
    places.append(None if empty else place(fit.cluster_centers_))
    row = {{"start": init, "seed": seed, "collapsed": empty}}
    rows.append(row | {{"objective": fit.inertia_, "n_iter": fit.n_iter_}})
kmeans = pd.DataFrame(rows)  # objective: inertia, lower is better
kmeans["end"] = distinct_ends(kmeans["objective"], {close} * kmeans["objective"], places)"""

_MIXTURE: Final = """\
kinds, rows, places = {kinds!r}, [], []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    row = {{"start": init, "seed": seed, "collapsed": True, "objective": np.nan, "n_iter": 0}}
    fit = one_start(Z, {kind!r}, {k}, init, seed)
    if fit is not None:
        row |= {{"collapsed": collapsed(fit), "objective": fit.score(Z), "n_iter": fit.n_iter_}}
    places.append(None if row["collapsed"] else place(fit.means_))
    rows.append(row)
mixture = pd.DataFrame(rows)  # objective: log-likelihood of a point, higher is better
mixture["end"] = distinct_ends(-mixture["objective"], np.full(len(rows), {close}), places)"""

_REACHED: Final = """\
for name, table in [("k-means", kmeans), ("mixture", mixture)]:
    table["best"] = table["end"] == 0
    found, fallen = table["end"].max() + 1, table["collapsed"].sum()
    print(f"{name}: {fallen} of {len(table)} starts collapsed, the others have {found} ends")
    print(f"{table['best'].sum()} end where the best value was found; by kind of start:")
    print(table.groupby("start", sort=False)["best"].mean().to_string())"""

_PICTURE: Final = '''\
def picture():
    """Show the objective of every start, one strip for each kind; collapsed ones hollow."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    titles = ("k-means: inertia", "mixture: log-likelihood of a point")
    for axes, table, title in zip(places, (kmeans, mixture), titles):
        rows = pd.factorize(table["start"])[0]
        jitter = np.random.default_rng(0).uniform(-0.2, 0.2, len(table))
        edges = table["best"].map({True: "tab:red", False: "tab:blue"})
        fill = edges.mask(table["collapsed"], "none")
        axes.scatter(table["objective"], rows + jitter, c=fill, edgecolors=edges, s=16)
        axes.set_yticks(range(rows.max() + 1), table["start"].unique())
        axes.set_title(title)
    plt.show()'''
