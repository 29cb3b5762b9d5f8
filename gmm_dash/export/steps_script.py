"""What the player of "Step by step" runs, as scikit-learn code: both methods from one start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.export.fitting import mixture_import, start_arguments
from gmm_dash.export.outlines import FUNCTIONS
from gmm_dash.export.program import Part, Program, drawing, opening

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results import Points, Steps
    from gmm_dash.state import AppState

_KINDS: Final = {
    "random": "random points, seed {seed}",
    "k-means++": "k-means++, seed {seed}",
    "kmeans": "where k-means ends, seed {seed}",
    "random_gaussians": "random points, seed {seed}",
    "bad": "in a row across the data: a bad start",
    "bad of one column": "in a row at one end of the data: a bad start",
    "own": "placed by hand",
    "informed": "of the start that the search with neighbours keeps",
}


def steps_program(state: AppState, points: Points, steps: Steps) -> Program:
    """Return code that runs both methods from the start on the page to their ends.

    Parameters
    ----------
    state : AppState
    points : Points
        All points of the analysis; the player may run on a sample of them.
    steps : Steps
        What the page shows for that state.
    """
    imports = (
        "from sklearn.cluster import KMeans",
        "from sklearn.metrics import pairwise_distances_argmin",
        mixture_import(state.model.covariance_type),
    )
    *first, seen = opening(state, points, imports)
    parts = (
        *first,
        Part(seen.title, seen.code + _sampled(points, steps.points)),
        Part("Where both methods start", _start(steps)),
        Part("k-means from there to its end", _kmeans(steps)),
        *_mixture_parts(steps),
        Part("Labels, numbered from 1 as on the page", _labels(steps)),
        drawing(state, steps.points, FUNCTIONS, _PICTURE),
    )
    return Program("steps", "k-means and EM from the same start", parts)


def _sampled(points: Points, run: Points) -> str:
    if run.n == points.n:
        return ""
    return (
        "\n# The player runs on a random sample of the points.\n"
        "rows = np.random.default_rng(0).choice(\n"
        f"    len(Z), size={run.n}, replace=False, shuffle=False\n"
        ")\n"
        "Z = Z[np.sort(rows)]"
    )


def _start(steps: Steps) -> str:
    start = steps.start
    name = "bad of one column" if start.kind == "bad" and steps.points.d == 1 else start.kind
    rows = [f"        {row}," for row in start.centers.tolist()]
    kind = _KINDS[name].format(seed=start.seed)
    return "\n".join(["start = np.array(", f"    [  # {kind}", *rows, "    ]", ")"])


def _kmeans(steps: Steps) -> str:
    fit = steps.kmeans.fit
    return "\n".join(
        [
            "kmeans = KMeans(",
            f"    n_clusters={fit.n_clusters},",
            "    init=start,",
            "    n_init=1,",
            f"    tol={fit.tol!r},",
            f"    max_iter={fit.max_iter},  # fewer iterations stop on the way",
            ").fit(Z)",
            f'print(f"k-means: inertia {{kmeans.inertia_:.4f}}")  # page: {fit.inertia:.4f}',
        ]
    )


_FIRST: Final = '''\
def first_step(kind, reg_covar):
    """Return weights, means and covariances, as EM's M-step makes them of that."""
    nearest = pairwise_distances_argmin(Z, start)
    shares = np.eye(len(start))[nearest]
    counts = shares.sum(axis=0) + 10 * np.finfo(float).eps
    means = shares.T @ Z / counts[:, None]
    apart = [Z - mean for mean in means]
    found = np.array(
        [(r[:, None] * z).T @ z / n for r, z, n in zip(shares.T, apart, counts)]
    ) + reg_covar * np.eye(Z.shape[1])
    if kind == "tied":
        found = np.average(found, axis=0, weights=counts)
    elif kind != "full":
        found = np.array([covariance.diagonal() for covariance in found])
    if kind in ("spherical", "equal"):
        found = found.mean(axis=1)
    if kind == "equal":
        found = np.full(len(start), np.average(found, weights=counts))
        counts = np.ones(len(start))
    return counts / counts.sum(), means, found'''


def _mixture_parts(steps: Steps) -> tuple[Part, ...]:
    """Return how the mixture begins and where it ends."""
    if steps.gmm.fit.start is not None:
        return (
            Part("The mixture from the weights and shapes of its start to its end", _given(steps)),
        )
    return (
        Part("The first M-step: every point belongs to its nearest centre", _FIRST),
        Part("The mixture from there to its end", _mixture(steps)),
    )


def _given(steps: Steps) -> str:
    """Return the run that begins at given parameters."""
    fit = steps.gmm.fit
    assert fit.start is not None
    arguments = start_arguments(fit.start, str(fit.covariance_type))
    return "\n".join(
        [
            "mixture = GaussianMixture(",
            f"    n_components={fit.n_components},",
            f'    covariance_type="{fit.covariance_type}",',
            *(f"    {name}=np.array({values!r})," for name, values in arguments.items()),
            *_ending(fit),
        ]
    )


def _ending(fit: MixtureFit) -> list[str]:
    return [
        f"    tol={fit.tol!r},",
        f"    reg_covar={fit.reg_covar!r},",
        f"    max_iter={fit.max_iter},  # fewer iterations stop on the way",
        ").fit(Z)",
        "bic = mixture.bic(Z)",
        f'print(f"mixture: log-likelihood of a point {{mixture.score(Z):.6f}}")'
        f"  # page: {fit.log_likelihood:.6f}",
    ]


def _mixture(steps: Steps) -> str:
    fit = steps.gmm.fit
    kind = str(fit.covariance_type)
    aligned = fit.covariance_type.shape.aligned
    inverse = "1.0 / covariances" if aligned else "np.linalg.inv(covariances)"
    return "\n".join(
        [
            f'weights, means, covariances = first_step("{kind}", {fit.reg_covar!r})',
            "mixture = GaussianMixture(",
            f"    n_components={fit.n_components},",
            f'    covariance_type="{kind}",',
            "    weights_init=weights,",
            "    means_init=means,",
            f"    precisions_init={inverse},",
            *_ending(fit),
        ]
    )


def _labels(steps: Steps) -> str:
    return "\n".join(
        [
            "# Number on the page -> number of the same cluster in scikit-learn, from 0.",
            f"kmeans_order = {steps.kmeans.order.tolist()}",
            f"mixture_order = {steps.gmm.order.tolist()}",
            "kmeans_labels = np.argsort(kmeans_order)[kmeans.labels_] + 1",
            "mixture_labels = np.argsort(mixture_order)[mixture.predict(Z)] + 1",
        ]
    )


_PICTURE: Final = '''\
def picture():
    """Show where both runs end, and where they started."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), sharex=True, sharey=True)
    xy, first = Z @ plane.T + origin, start @ plane.T + origin
    for axes, labels, title in (
        (left, kmeans_labels, "k-means"),
        (right, mixture_labels, "Gaussian mixture"),
    ):
        axes.scatter(xy[:, 0], xy[:, 1], c=labels, cmap="tab10", s=16)
        axes.scatter(first[:, 0], first[:, 1], color="0.2", marker="x")
        axes.set_title(title)
    centers = kmeans.cluster_centers_ @ plane.T + origin
    left.scatter(centers[:, 0], centers[:, 1], color="0.2", s=60)
    draw_ellipses(right, mixture)
    name_axes(left, right)
    plt.show()'''
