"""What is on the page as scikit-learn code that makes it again, number for number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gmm_dash.export.recipe import recipe
from gmm_dash.results import project
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from gmm_dash.export.recipe import Recipe
    from gmm_dash.results import Comparison
    from gmm_dash.state import AppState

SCRIPT_FILE: Final = "mixture.py"


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the script, and one cell of the notebook.

    Attributes
    ----------
    title : str
        What the step does, in a few words.
    code : str
    """

    title: str
    code: str


def python_script(state: AppState, result: Comparison) -> str:
    """Return a script that draws, scales and fits the same points and prints the same labels.

    Parameters
    ----------
    state : AppState
    result : Comparison
        What the page shows for that state: the winning starts and the numbers of the
        clusters come from it.
    """
    parts = script_parts(state, result)
    body = "\n\n".join(f"# {part.title}\n{part.code}" for part in parts[:-1])
    return "\n".join(
        [
            '"""k-means and a Gaussian mixture, exactly as the page showed them.',
            "",
            "Needs numpy, pandas and scikit-learn; matplotlib for the picture.",
            f"The settings as a link: {to_query(state)}",
            '"""',
            "",
            body,
            "",
            "",
            parts[-1].code,
            "",
            "",
            'if __name__ == "__main__":',
            "    try:",
            "        picture()",
            "    except ImportError:",
            '        print("Install matplotlib to see the picture.")',
            "",
        ]
    )


def script_parts(state: AppState, result: Comparison) -> tuple[Part, ...]:
    """Return the steps: imports, data, scaling, both fits, labels, and a picture function."""
    made = recipe(state.data, result.points)
    return (
        Part("Libraries", _imports(made, state)),
        Part("The data", "\n".join(made.lines)),
        Part("What the models see", _scaling(state)),
        Part("k-means: the one start that won", _kmeans(result)),
        Part("The mixture: the one start that won", _mixture(result)),
        Part("Labels, numbered from 1 as on the page", _labels(result)),
        Part("The picture, on the page's axes", f"{_axes(state, result)}\n\n\n{_PICTURE}"),
    )


def _imports(made: Recipe, state: AppState) -> str:
    wanted = {
        "import numpy as np",
        "from sklearn.cluster import KMeans",
        "from sklearn.metrics import adjusted_rand_score",
        "from sklearn.mixture import GaussianMixture",
        *made.imports,
    }
    if state.data.scale == "standard":
        wanted.add("from sklearn.preprocessing import StandardScaler")
    standard = sorted(line for line in wanted if line == "import io")
    packages = sorted(wanted - set(standard), key=lambda line: line.split()[1])
    return "\n".join([*standard, *([""] if standard else []), *packages])


def _scaling(state: AppState) -> str:
    lines = ["X = np.ascontiguousarray(X, dtype=float)"]
    if state.data.scale == "standard":
        lines.append("Z = StandardScaler().fit_transform(X)  # mean 0, standard deviation 1")
    else:
        lines.append("Z = X  # the columns as they are")
    return "\n".join(lines)


def _kmeans(result: Comparison) -> str:
    fit = result.kmeans_fit
    return _call(
        "kmeans = KMeans",
        n_clusters=fit.n_clusters,
        init=str(fit.init),
        n_init=1,
        tol=fit.tol,
        max_iter=fit.max_iter,
        random_state=fit.random_state,
    )


def _mixture(result: Comparison) -> str:
    fit = result.gmm_fit
    return _call(
        "mixture = GaussianMixture",
        n_components=fit.n_components,
        covariance_type=str(fit.covariance_type),
        init_params=str(fit.init),
        n_init=1,
        tol=fit.tol,
        reg_covar=fit.reg_covar,
        max_iter=fit.max_iter,
        random_state=fit.random_state,
    )


def _call(target: str, **settings: object) -> str:
    """Return ``target(name=value, ...).fit(Z)``, one setting a line."""
    lines = [f"    {name}={value!r}," for name, value in settings.items()]
    return "\n".join([f"{target}(", *lines, ").fit(Z)"])


def _labels(result: Comparison) -> str:
    kmeans, gmm = result.kmeans, result.gmm
    inertia, fit = result.kmeans_fit.inertia, result.gmm_fit
    lines = [
        "# Number on the page -> number of the same cluster in scikit-learn, from 0.",
        f"kmeans_order = {kmeans.order.tolist()}",
        f"mixture_order = {gmm.order.tolist()}",
        "kmeans_labels = np.argsort(kmeans_order)[kmeans.labels_] + 1",
        "mixture_labels = np.argsort(mixture_order)[mixture.predict(Z)] + 1",
        "posteriors = mixture.predict_proba(Z)[:, mixture_order]",
        "bic = mixture.bic(Z)",
        f'print(f"k-means: inertia {{kmeans.inertia_:.4f}}")  # page: {inertia:.4f}',
        f'print(f"mixture: BIC {{bic:.4f}}")  # page: {fit.bic:.4f}',
        f'print(f"mixture: AIC {{mixture.aic(Z):.4f}}")  # page: {fit.aic:.4f}',
    ]
    if result.points.labels is not None:
        lines += [
            'for name, labels in [("k-means", kmeans_labels), ("mixture", mixture_labels)]:',
            '    print(f"{name}: ARI {adjusted_rand_score(true_groups, labels):.4f}")',
        ]
    return "\n".join(lines)


def _axes(state: AppState, result: Comparison) -> str:
    """Return the affine map from what the models see to the two axes of the page."""
    seen = project(result.points, state.view.x, state.view.y)
    return "\n".join(
        [
            f"plane = np.array({seen.matrix.tolist()})",
            f"origin = np.array({seen.offset.tolist()})",
            f"titles = {list(seen.titles)!r}",
        ]
    )


_PICTURE: Final = '''\
def ellipse(mean, covariance, sigmas):
    """Return the outline of a two-dimensional Gaussian at some standard deviations."""
    turn = np.linspace(0.0, 2.0 * np.pi, 100)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    values, vectors = np.linalg.eigh(covariance)
    return mean + sigmas * circle * np.sqrt(np.maximum(values, 0.0)) @ vectors.T


def full_covariances():
    """Return the covariances as (k, d, d) whatever the covariance type."""
    k, d = mixture.means_.shape
    kind, found = mixture.covariance_type, mixture.covariances_
    if kind == "full":
        return found
    if kind == "tied":
        return np.array([found] * k)
    if kind == "diag":
        return np.array([np.diag(variances) for variances in found])
    return np.array([variance * np.eye(d) for variance in found])


def picture():
    """Show both results side by side."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), sharex=True, sharey=True)
    xy = Z @ plane.T + origin
    certainty = posteriors.max(axis=1)
    left.scatter(xy[:, 0], xy[:, 1], c=kmeans_labels, cmap="tab10", s=16)
    left.set_title("k-means")
    right.scatter(xy[:, 0], xy[:, 1], c=mixture_labels, cmap="tab10", s=24 * certainty**4)
    right.set_title("Gaussian mixture")
    for mean, covariance in zip(mixture.means_, full_covariances()):
        for sigmas in (1, 2, 3):
            curve = ellipse(plane @ mean + origin, plane @ covariance @ plane.T, sigmas)
            right.plot(curve[:, 0], curve[:, 1], color="0.3", linewidth=0.8)
    for axes in (left, right):
        axes.set_xlabel(titles[0].replace("$", r"\\$"))
        axes.set_ylabel(titles[1].replace("$", r"\\$"))
    plt.show()'''
