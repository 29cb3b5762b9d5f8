"""What "Restarts" tries, as loops over scikit-learn's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import KMEANS_INITS, START_KINDS
from gmm_dash.export.program import Part, Program, opening

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
        "from sklearn.cluster import KMeans",
        "from sklearn.mixture import GaussianMixture",
    )
    shared = {"k": model.k, "starts": state.select.starts, "seed": model.seed}
    kmeans = _KMEANS.format(kinds=list(KMEANS_INITS), **shared)
    mixture = _MIXTURE.format(
        kinds=list(START_KINDS),
        covariance_type=model.covariance_type,
        tol=model.tol,
        reg=model.reg_covar,
        max_iter=model.max_iter,
        **shared,
    )
    parts = (
        *opening(state, points, imports),
        Part("k-means from every start", kmeans),
        Part("The mixture from every start", mixture),
        Part("How often each kind of start reaches the best end", _REACHED),
        Part("The picture: where every start ended", _PICTURE),
    )
    return Program("restarts", "Many starts of k-means and of EM", parts)


_KMEANS: Final = """\
kinds, rows = {kinds!r}, []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    fit = KMeans(n_clusters={k}, init=init, n_init=1, random_state=seed).fit(Z)
    rows.append({{"start": init, "seed": seed, "objective": fit.inertia_, "n_iter": fit.n_iter_}})
kmeans = pd.DataFrame(rows)  # objective: inertia, lower is better"""

_MIXTURE: Final = """\
kinds, rows = {kinds!r}, []
for i in range({starts}):
    init, seed = kinds[i % len(kinds)], {seed} + i
    model = GaussianMixture(
        n_components={k},
        covariance_type={covariance_type!r},
        init_params=init,
        tol={tol!r},
        reg_covar={reg!r},
        max_iter={max_iter!r},
        random_state=seed,
    )
    try:
        objective = model.fit(Z).score(Z)
    except ValueError:  # a component has collapsed
        continue
    rows.append({{"start": init, "seed": seed, "objective": objective, "n_iter": model.n_iter_}})
mixture = pd.DataFrame(rows)  # objective: log-likelihood of a point, higher is better"""

_REACHED: Final = """\
# Equal objectives are counted as one end; the page also asks whether the centres agree, and
# sets starts apart whose components sit on a point or a line.
lowest, highest = kmeans["objective"].min(), mixture["objective"].max()
kmeans["best"] = kmeans["objective"] <= lowest * 1.001
mixture["best"] = mixture["objective"] >= highest - 0.001
for name, table in [("k-means", kmeans), ("mixture", mixture)]:
    print(f"{name}: {table['best'].sum()} of {len(table)} starts reach the best end")
    print(table.groupby("start", sort=False)["best"].mean().to_string())"""

_PICTURE: Final = '''\
def picture():
    """Show the objective of every start, one strip for each kind."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(1, 2, figsize=(11, 4))
    titles = ("k-means: inertia", "mixture: log-likelihood of a point")
    for axes, table, title in zip(places, (kmeans, mixture), titles):
        rows = pd.factorize(table["start"])[0]
        jitter = np.random.default_rng(0).uniform(-0.2, 0.2, len(table))
        axes.scatter(table["objective"], rows + jitter, c=table["best"], cmap="coolwarm", s=16)
        axes.set_yticks(range(rows.max() + 1), table["start"].unique())
        axes.set_title(title)
    plt.show()'''
