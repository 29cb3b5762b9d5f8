"""What "Restarts" tries, as loops over scikit-learn's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import KMEANS_INITS, START_KINDS
from gmm_dash.engine.rest import (
    KMEANS_REST_TOL,
    REST_ITERATIONS,
    REST_TOL,
    SAME_SHARE,
    close_values,
)
from gmm_dash.export.fitting import collapsed, mixture_import, one_start
from gmm_dash.export.outlines import COVARIANCES
from gmm_dash.export.program import Part, Program, opening
from gmm_dash.results.partition import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.results import Points
    from gmm_dash.state import AppState


def restarts_program(state: AppState, points: Points, rested: Mapping[str, bool]) -> Program:
    """Return code that starts both methods as often as "Restarts" does.

    Parameters
    ----------
    state : AppState
    points : Points
        What the page clusters.
    rested : mapping of str to bool
        By algorithm, whether the page carries its starts on to rest.
    """
    imports = (
        "import pandas as pd",
        "from scipy.optimize import linear_sum_assignment",
        "from sklearn.cluster import KMeans",
        mixture_import(state.model.covariance_type),
    )
    parts = (
        *opening(state, points, imports),
        Part("Which starts have the same end", _ends(points)),
        Part("k-means from every start", _kmeans(state, rested=rested["kmeans"])),
        Part("The mixture from one start", _one_mixture(state, rested=rested["gmm"])),
        Part("The mixture from every start", _mixture(state, points, rested=rested["gmm"])),
        Part("How many starts end as well as the best, and of which kind", _REACHED),
        Part("The picture: where every start ended", _PICTURE),
    )
    return Program("restarts", "Many starts of k-means and of EM", parts)


def _ends(points: Points) -> str:
    """Return the functions that tell the ends apart, as ``results.restarts`` does."""
    every = "looked_at = np.arange(len(Z))  # the points whose clusters are compared"
    drawn = _DRAWN.format(most=MOST_POINTS)
    return (every if points.n <= MOST_POINTS else drawn) + "\n\n\n" + _DISTINCT


def _kmeans(state: AppState, *, rested: bool) -> str:
    return (_KMEANS + (_KMEANS_MOVED if rested else "") + _KMEANS_TABLE).format(
        kinds=list(KMEANS_INITS),
        k=state.model.k,
        starts=state.select.starts,
        seed=state.model.seed,
        tol=f", tol={KMEANS_REST_TOL:g}" if rested else "",
        share=SAME_SHARE,
    )


def _one_mixture(state: AppState, *, rested: bool) -> str:
    """Return the functions that fit one start and judge it."""
    model = state.model
    functions = [COVARIANCES, collapsed(model.reg_covar)]
    if rested:
        functions.insert(0, one_start(REST_TOL, model.reg_covar, REST_ITERATIONS))
        stops = one_start(model.tol, model.reg_covar, model.max_iter, name="stopped_start")
        functions.insert(1, stops)
    else:
        functions.insert(0, one_start(model.tol, model.reg_covar, model.max_iter))
    return "\n\n\n".join(functions)


def _mixture(state: AppState, points: Points, *, rested: bool) -> str:
    return (_MIXTURE + (_MIXTURE_RISE if rested else "") + _MIXTURE_TABLE).format(
        kinds=list(START_KINDS),
        kind=state.model.covariance_type,
        k=state.model.k,
        starts=state.select.starts,
        seed=state.model.seed,
        close=close_values(0.0, points.n, inertia=False),
        first=', "stopped_early": False' if rested else "",
    )


_DRAWN: Final = """\
drawn = np.random.default_rng(0).choice(len(Z), {most}, replace=False)
looked_at = np.sort(drawn)  # the points whose clusters are compared"""

_DISTINCT: Final = '''\
def clusters(labels):
    """Return the clusters of the points looked at, numbered in the order of their points."""
    return pd.factorize(np.asarray(labels)[looked_at])[0]


def points_apart(first, second):
    """Return how many points two clusterings place differently, clusters matched."""
    shared = pd.crosstab(first, second).to_numpy()
    return len(first) - shared[linear_sum_assignment(-shared)].sum()


def distinct_ends(cost, close):
    """Return which end each start has: 0 is the best found, -1 a start without an end.

    A start has the end of the best one before it when it is worse by at most ``close`` of that.
    """
    ends, best = np.full(len(cost), -1), None
    for i in np.argsort(cost, kind="stable")[: np.isfinite(cost).sum()]:
        if best is None or cost[i] - cost[best] > close(cost[best]):
            best, number = i, ends.max() + 1
        ends[i] = number
    return ends'''

_KMEANS: Final = """\
kinds, rows, kmeans_clusters = {kinds!r}, [], []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    fit = KMeans(n_clusters={k}, init=init, n_init=1{tol}, random_state=seed).fit(Z)
    row = {{"start": init, "seed": seed, "collapsed": len(set(fit.labels_)) < {k}}}
    row |= {{"objective": fit.inertia_, "n_iter": fit.n_iter_}}"""

_KMEANS_MOVED: Final = """
    usual = KMeans(n_clusters={k}, init=init, n_init=1, random_state=seed).fit(Z)
    row["stopped_early"] = (usual.labels_ != fit.labels_).any()  # points were still to move"""

_KMEANS_TABLE: Final = """
    kmeans_clusters.append(clusters(fit.labels_))
    rows.append(row)
kmeans = pd.DataFrame(rows)  # objective: inertia, lower is better
cost = kmeans["objective"].mask(kmeans["collapsed"]).to_numpy()
kmeans["end"] = distinct_ends(cost, lambda best: {share} * best)"""

_MIXTURE: Final = """\
kinds, rows, mixture_clusters = {kinds!r}, [], []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    row = {{"start": init, "seed": seed, "collapsed": True{first}}}
    row |= {{"objective": np.nan, "n_iter": 0}}
    fit = one_start(Z, {kind!r}, {k}, init, seed)
    if fit is not None:
        row |= {{"collapsed": collapsed(fit), "objective": fit.score(Z), "n_iter": fit.n_iter_}}"""

_MIXTURE_RISE: Final = """
        rise = row["objective"] - stopped_start(Z, {kind!r}, {k}, init, seed).score(Z)
        row["stopped_early"] = abs(rise) > {close}  # by the page's own tol and max_iter"""

_MIXTURE_TABLE: Final = """
    mixture_clusters.append(None if fit is None else clusters(fit.predict(Z)))
    rows.append(row)
mixture = pd.DataFrame(rows)  # objective: log-likelihood of a point, higher is better
cost = -mixture["objective"].mask(mixture["collapsed"]).to_numpy()
mixture["end"] = distinct_ends(cost, lambda best: {close})"""

_REACHED: Final = """\
tables = {"k-means": (kmeans, kmeans_clusters), "mixture": (mixture, mixture_clusters)}
for name, (table, partitions) in tables.items():
    table["best"] = table["end"] == 0
    found, fallen = table["end"].max() + 1, table["collapsed"].sum()
    print(f"{name}: {fallen} of {len(table)} starts collapsed, the others have {found} ends")
    if "stopped_early" in table:
        early = (table["stopped_early"] & ~table["collapsed"]).sum()
        print(f"{early} would have stopped early by the page's own tol")
    best = [partitions[i] for i in np.flatnonzero(table["best"])]
    print(f"{len(best)} end as well as the best; by kind of start:")
    print(table.groupby("start", sort=False)["best"].mean().to_string())
    if best:
        top = table.loc[table["best"], "objective"]
        first = partitions[top.idxmin() if name == "k-means" else top.idxmax()]
        apart = max(points_apart(first, other) for other in best)
        variants = len({tuple(partition) for partition in best})
        print(f"{variants} variants, at most {apart} of {len(looked_at)} points apart")"""

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
