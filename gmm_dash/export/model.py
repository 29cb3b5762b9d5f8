"""A fitted model read back from JSON. ``docs/model-json.md`` describes the format."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import CovarianceType, Mixture, Uniform
from gmm_dash.errors import GmmDashError
from gmm_dash.results.backed import Background, likeliest, log_density, posteriors
from gmm_dash.results.transforms import SHAPES, forward
from gmm_dash.tables import MODEL_FORMAT

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FORMAT: Final = MODEL_FORMAT
VERSION: Final = 1
_LONGEST: Final = 20_000_000  # characters of a model file that are read at all
_LONGEST_NAME: Final = 200  # characters of a group's name that are kept


class ModelFileError(GmmDashError):
    """A text is not a model that this program has written."""


@dataclass(frozen=True, eq=False)
class SavedModel:
    """A fitted mixture, the k-means centres beside it, and what their columns are.

    Attributes
    ----------
    columns : tuple of str, length d
    shift, scale : (d,) arrays
        The models see ``(x - shift) / scale``.
    bends : tuple of str
        How each column is bent before that (``"log"``, ``"sqrt"``, ``"asinh"``), or empty; an
        empty tuple where none is.
    mixture : Mixture
        Components in the page's order.
    covariance_type : str
    centers : (k, d) array
        k-means' centres in the page's order; none where it had no part in the view.
    link : str
        The settings it was fitted with.
    levels : (q,) array
        Log densities of the rows it was fitted to, at q evenly spaced quantiles from the lowest
        to the highest; none in a file of an earlier version.
    n_points : int
        How many rows that were; 0 where the file does not say.
    groups : tuple of tuple of int
        The components of each group, from 0, where components are joined; none where they are not.
    names : tuple of str
        What the groups are named, or the components where none are joined; empty for one without,
        and none at all where none is named.
    pca_mean, pca_axes : (d,) and (m, d) arrays
        Of models that see principal components: these are ``(z - pca_mean) @ pca_axes.T`` of the
        scaled columns z, and every m above stands for d in the models' arrays. Empty for others.
    background : Background or None
        The uniform background that the mixture has, with no posteriors; None for one without.
    """

    columns: tuple[str, ...]
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    mixture: Mixture
    covariance_type: str
    centers: NDArray[np.float64]
    link: str
    levels: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    n_points: int = 0
    bends: tuple[str, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    names: tuple[str, ...] = ()
    pca_mean: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    pca_axes: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))
    background: Background | None = None

    def seen(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return points, given in the columns' own units, as the models see them, (n, d)."""
        points = np.asarray(x, dtype=float).reshape(-1, len(self.columns))
        if self.bends:
            bent = [forward(bend, points[:, j]) for j, bend in enumerate(self.bends)]
            points = np.column_stack(bent)
        scaled = (points - self.shift) / self.scale
        return (scaled - self.pca_mean) @ self.pca_axes.T if len(self.pca_axes) else scaled

    def score_samples(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the (n,) log densities, in nats, in the space that the mixture was fitted in."""
        return log_density(self.seen(x), self.mixture, self.background)

    def quantile(self, log_density: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of the fitted rows that each log density exceeds, NaN if unknown."""
        if not len(self.levels):
            return np.full(len(log_density), np.nan)
        steps = np.linspace(0.0, 1.0, len(self.levels))
        return np.interp(log_density, self.levels, steps)

    def predict_proba(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the (n, k) posteriors of points given in the columns' own units.

        They sum to one, or of a mixture with a background to what that leaves.
        """
        return self.posteriors(x)[0]

    def posteriors(self, x: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        """Return the posteriors of the components, (n, k), and of a background, (n,)."""
        return posteriors(self.seen(x), self.mixture, self.background)

    def predict(self, x: ArrayLike) -> NDArray[np.intp]:
        """Return the component of each point, from 0, in the page's order; -1 is the background."""
        return likeliest(*self.posteriors(x))[0]


def read_model(text: str) -> SavedModel:
    """Return the model in a file that :mod:`gmm_dash.export.model_write` has written.

    Raises
    ------
    ModelFileError
        When the text is anything else: wrong format, shapes that do not fit together,
        weights that are no shares, covariances that no Gaussian can have.
    """
    return model_of(_parsed(text))


def model_of(content: Any) -> SavedModel:
    """Return the model in such a file's content, as JSON gives it; see :func:`read_model`."""
    content = _checked(content)
    columns = _names(content.get("columns"))
    d = len(columns)
    saved = _section(content, "mixture")
    mean, axes = _pca(content, d)
    m = len(axes) or d
    weights = _array(saved, "weights", (None,))
    k = len(weights)
    mixture = Mixture(
        weights, _array(saved, "means", (k, m)), _array(saved, "covariances", (k, m, m))
    )
    background = _background(saved, m)
    _check(mixture, 0.0 if background is None else background.uniform.share)
    kind = saved.get("covariance_type")
    if kind not in tuple(CovarianceType):
        raise _refused(f"its covariance type {str(kind)[:20]!r} does not exist")
    shift, scale = _array(content, "shift", (d,)), _array(content, "scale", (d,))
    if (scale <= 0).any():
        raise _refused("a scale is not positive")
    centers = np.empty((0, m))
    if "kmeans" in content:
        centers = _array(_section(content, "kmeans"), "centers", (None, m))
    groups = _groups(saved.get("groups", []), k)
    levels, n_points = np.empty(0), content.get("n_points")
    if "log_density_quantiles" in content:
        levels = np.maximum.accumulate(_array(content, "log_density_quantiles", (None,)))
    return SavedModel(
        columns,
        shift,
        scale,
        mixture,
        str(kind),
        centers,
        str(content.get("link", ""))[:4000],
        levels,
        n_points if isinstance(n_points, int) else 0,
        _bends(content.get("transforms", []), d),
        groups,
        _called(saved.get("names", []), len(groups) or k),
        mean,
        axes,
        background,
    )


def _parsed(text: str) -> Any:
    if len(text) > _LONGEST:
        raise _refused("it is too long")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _refused("it is not JSON") from None


def _checked(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _refused(f"it does not say that its format is {FORMAT!r}")
    if content.get("version") != VERSION:
        raise _refused(f"its version is not {VERSION}")
    return content


def _section(content: dict[str, Any], name: str) -> dict[str, Any]:
    section = content.get(name)
    if not isinstance(section, dict):
        raise _refused(f"it has no section {name!r}")
    return section


def _names(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(name, str) for name in raw):
        raise _refused("its columns are not a list of names")
    return tuple(raw)


def _bends(raw: Any, d: int) -> tuple[str, ...]:
    if not isinstance(raw, list) or any(bend not in ("", *SHAPES) for bend in raw):
        raise _refused("its transforms are not a list of known ones")
    if raw and len(raw) != d:
        raise _refused("it has not one transform for each column")
    return tuple(raw)


def _pca(content: dict[str, Any], d: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and axes of the principal components that the models see; empty without."""
    if "pca" not in content:
        return np.empty(0), np.empty((0, 0))
    section = _section(content, "pca")
    axes = _array(section, "components", (None, d))
    if len(axes) > d:
        raise _refused("it has more principal components than columns")
    return _array(section, "mean", (d,)), axes


def _groups(raw: Any, k: int) -> tuple[tuple[int, ...], ...]:
    """Return which components are joined to each group, from 0; a file counts from 1."""
    whole = isinstance(raw, list) and all(isinstance(group, list) and group for group in raw)
    if not whole or (raw and sorted(_flat(raw)) != list(range(1, k + 1))):
        raise _refused("its groups do not hold each component once")
    return tuple(tuple(component - 1 for component in group) for group in raw)


def _flat(groups: list[list[Any]]) -> list[int]:
    """Return the components of all groups; 0, which is none, for what is no number."""
    every = (component for group in groups for component in group)
    return [c if isinstance(c, int) and not isinstance(c, bool) else 0 for c in every]


def _called(raw: Any, count: int) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(name, str) for name in raw):
        raise _refused("its groups' names are no list of texts")
    if raw and len(raw) != count:
        raise _refused("it has not one name for each group")
    return tuple(name[:_LONGEST_NAME] for name in raw)


def _array(
    section: dict[str, Any], name: str, shape: tuple[int | None, ...]
) -> NDArray[np.float64]:
    """Return an array of finite numbers of the wanted shape; None takes any length but 0."""
    try:
        array = np.array(section.get(name), dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise _refused(f"{name} is not an array of numbers") from None
    fits = array.ndim == len(shape) and all(
        have > 0 and want in (None, have) for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits or not np.isfinite(array).all():
        raise _refused(f"{name} does not have the shape or the numbers of a model")
    return array


def _background(saved: dict[str, Any], m: int) -> Background | None:
    """Return the uniform background of a mixture; None where it has none."""
    if "background" not in saved:
        return None
    section = _section(saved, "background")
    share = section.get("share")
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise _refused("the share of its background is not from 0 to 1")
    box = np.stack([_array(section, end, (m,)) for end in ("low", "high")])
    if not (box[1] > box[0]).all():
        raise _refused("the box of its background has no volume")
    return Background(Uniform(float(share), box), np.empty(0))


def _check(mixture: Mixture, background: float) -> None:
    """Refuse parameters that no mixture with so much background can have."""
    weights, covariances = mixture.weights, mixture.covariances
    total = float(weights.sum()) + background
    if (weights < 0).any() or not math.isclose(total, 1.0, abs_tol=1e-6):
        raise _refused("its weights do not add up to 1")
    size = np.abs(covariances).max(axis=(1, 2), keepdims=True)
    if (np.abs(covariances - covariances.transpose(0, 2, 1)) > 1e-9 * size).any():
        raise _refused("a covariance is not symmetric")
    if (np.linalg.eigvalsh(covariances) <= 0).any():
        raise _refused("a covariance is not positive definite")


def _refused(reason: str) -> ModelFileError:
    return ModelFileError(
        f"This is not a model file: {reason}.",
        hint='Use a file saved by "Export", "Model (JSON)".',
    )
