"""The update formulas of each half step, with this step's numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import Mixture, log_joint
from gmm_dash.explain.numbers import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import MixtureRun, Points, Steps

_MOST_ROWS: Final = 6
_MOST_FEATURES: Final = 4
_SHARES: Final = "rᵢⱼ = wⱼ N(xᵢ | μⱼ, Σⱼ) / Σₗ wₗ N(xᵢ | μₗ, Σₗ)"


def kmeans_formulas(steps: Steps) -> list[str]:
    """Return a block of text for every half step of k-means."""
    run, points = steps.kmeans, steps.points
    blocks = [_start(steps.start.centers[run.order], "c")]
    for i in range(len(run.iterations)):
        if i:
            counts = np.bincount(run.labels[i - 1], minlength=run.centers.shape[1])
            blocks.append(_means(run.centers[i], counts))
        blocks.append(_nearest(points, run.centers[i], run.labels[i]))
    return _in_units(blocks, points)


def _in_units(blocks: list[str], points: Points) -> list[str]:
    """Return the blocks, with a word on their numbers when these are not the data's own."""
    head = "All numbers in standardised units.\n" if points.standardised else ""
    if points.bends:
        head = "All numbers as the models see the columns: transformed, then scaled.\n"
    return [f"{head}{block}" for block in blocks]


def _start(centers: NDArray[np.float64], name: str) -> str:
    rows = [f"{name}{_sub(j)} = {_vector(c)}" for j, c in enumerate(centers[:_MOST_ROWS])]
    return "\n".join([*rows, *_more(len(centers))])


def _means(centers: NDArray[np.float64], counts: NDArray[np.intp]) -> str:
    head = "cⱼ = (1/nⱼ) Σ x over the points of cluster j"
    rows = [
        f"c{_sub(j)} = (1/{counts[j]}) Σ x = {_vector(centers[j])}"
        for j in range(min(len(centers), _MOST_ROWS))
    ]
    return "\n".join([head, *rows, *_more(len(centers))])


def _nearest(points: Points, centers: NDArray[np.float64], labels: NDArray[np.uint8]) -> str:
    """Return the squared distances of the point that is nearest to a border."""
    head = "label of x = the j that makes ‖x − cⱼ‖² smallest"
    if len(centers) == 1:
        return head
    squared = np.square(points.fitted[:, None] - centers).sum(axis=2)
    two = np.partition(squared, 1, axis=1)
    point = int((two[:, 1] - two[:, 0]).argmin())
    rows = [
        f"‖x − c{_sub(j)}‖² = {shown(float(squared[point, j]))}"
        + ("  ← smallest" if j == labels[point] else "")
        for j in _leading(-squared[point])
    ]
    return "\n".join([head, f"The closest call, x = {_vector(points.fitted[point])}:", *rows])


def mixture_formulas(steps: Steps) -> list[str]:
    """Return a block of text for every half step of EM."""
    run, points = steps.gmm, steps.points
    hard = "rᵢⱼ = 1 for the nearest centre j of point i, else 0"
    blocks = [_start(steps.start.centers[run.order], "μ"), hard]
    begun = run.fit.start
    if begun is not None:
        parts = (begun.weights, begun.means, begun.covariances)
        first = Mixture(*(part[run.order] for part in parts))
        blocks = ["\n".join(_components(first, points.n)), _expect(run, 0, points, first)]
    for i in range(len(run.iterations)):
        mixture = Mixture(run.weights[i].copy(), run.means[i].copy(), run.covariances[i].copy())
        blocks += [_maximise(run, mixture, points.n), _expect(run, i + 1, points, mixture)]
    return _in_units(blocks, points)


def _maximise(run: MixtureRun, mixture: Mixture, n: int) -> str:
    head = "Nⱼ = Σᵢ rᵢⱼ   wⱼ = Nⱼ/n   μⱼ = Σᵢ rᵢⱼ xᵢ / Nⱼ   Σⱼ = Σᵢ rᵢⱼ (xᵢ−μⱼ)(xᵢ−μⱼ)ᵀ / Nⱼ"
    held = run.fit.covariance_type.shape.held
    kind = f"{run.fit.covariance_type}: {held}" if held else None
    reg = f"+ reg_covar = {run.fit.reg_covar:g} on the diagonal" if run.fit.reg_covar else None
    rows = _components(mixture, n)
    return "\n".join([head, *filter(None, [kind, reg]), *rows])


def _components(mixture: Mixture, n: int) -> list[str]:
    weights, means, covariances = mixture.weights, mixture.means, mixture.covariances
    rows = [
        f"j = {j + 1}: N = {shown(weights[j] * n)}, w = {shown(weights[j], 3)}, "
        f"μ = {_vector(means[j])}, Σ = {_matrix(covariances[j])}"
        for j in range(min(len(weights), _MOST_ROWS))
    ]
    return [*rows, *_more(len(weights))]


def _expect(run: MixtureRun, e: int, points: Points, mixture: Mixture) -> str:
    """Return the responsibilities of the point that E-step ``e`` is least sure of."""
    head = _SHARES
    point = int(run.share[e].argmin())
    x = points.fitted[point]
    joint = log_joint(x[None], mixture)[0]
    density = np.exp(joint - joint.max())
    shares = density / density.sum()
    rows = [
        f"w{_sub(j)} N(x | μ{_sub(j)}, Σ{_sub(j)}) = {_power(float(joint[j]))}"
        f"   r{_sub(j)} = {shares[j]:.3f}"
        for j in _leading(joint)
    ]
    return "\n".join([head, f"The least certain point, x = {_vector(x)}:", *rows])


def _power(log_value: float) -> str:
    """Return ``exp(log_value)``, however small, in powers of ten."""
    exponent = int(np.floor(log_value / np.log(10)))
    if -4 < exponent < 5:
        return shown(float(np.exp(log_value)), 3)
    return f"{np.exp(log_value - exponent * np.log(10)):.2f}e{exponent}"


def _leading(values: NDArray[np.float64]) -> list[int]:
    """Return the components of largest value, in their own order."""
    return sorted(np.argsort(-values, kind="stable")[:_MOST_ROWS].tolist())


def _vector(values: NDArray[np.float64]) -> str:
    inside = ", ".join(shown(float(v)) for v in values[:_MOST_FEATURES])
    return f"({inside}{', …' if len(values) > _MOST_FEATURES else ''})"


def _matrix(values: NDArray[np.float64]) -> str:
    d = min(len(values), _MOST_FEATURES - 1)
    rows = ["[" + ", ".join(shown(float(v), 3) for v in row[:d]) + "]" for row in values[:d]]
    return "[" + ", ".join(rows) + (", …]" if len(values) > d else "]")


def _sub(j: int) -> str:
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(j + 1))


def _more(k: int) -> list[str]:
    return [f"… and {k - _MOST_ROWS} more"] if k > _MOST_ROWS else []
