"""A fitted model read back from JSON. ``docs/model-json.md`` describes the format."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import CovarianceType, Mixture, responsibilities
from gmm_dash.errors import GmmDashError
from gmm_dash.results.transforms import SHAPES, forward

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FORMAT: Final = "gmm-dash model"
VERSION: Final = 1
_LONGEST: Final = 20_000_000  # characters of a model file that are read at all


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
    """

    columns: tuple[str, ...]
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    mixture: Mixture
    covariance_type: str
    centers: NDArray[np.float64]
    link: str
    bends: tuple[str, ...] = ()

    def predict_proba(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the (n, k) posteriors of points given in the columns' own units."""
        points = np.asarray(x, dtype=float).reshape(-1, len(self.columns))
        if self.bends:
            bent = [forward(bend, points[:, j]) for j, bend in enumerate(self.bends)]
            points = np.column_stack(bent)
        return responsibilities((points - self.shift) / self.scale, self.mixture)

    def predict(self, x: ArrayLike) -> NDArray[np.intp]:
        """Return the component of each point, from 0, in the page's order."""
        found: NDArray[np.intp] = self.predict_proba(x).argmax(axis=1)
        return found


def read_model(text: str) -> SavedModel:
    """Return the model in a file that :mod:`gmm_dash.export.model_write` has written.

    Raises
    ------
    ModelFileError
        When the text is anything else: wrong format, shapes that do not fit together,
        weights that are no shares, covariances that no Gaussian can have.
    """
    content = _parsed(text)
    columns = _names(content.get("columns"))
    d = len(columns)
    saved = _section(content, "mixture")
    weights = _array(saved, "weights", (None,))
    k = len(weights)
    mixture = Mixture(
        weights, _array(saved, "means", (k, d)), _array(saved, "covariances", (k, d, d))
    )
    _check(mixture)
    kind = saved.get("covariance_type")
    if kind not in tuple(CovarianceType):
        raise _refused(f"its covariance type {str(kind)[:20]!r} does not exist")
    shift, scale = _array(content, "shift", (d,)), _array(content, "scale", (d,))
    if (scale <= 0).any():
        raise _refused("a scale is not positive")
    centers = np.empty((0, d))
    if "kmeans" in content:
        centers = _array(_section(content, "kmeans"), "centers", (None, d))
    link = str(content.get("link", ""))[:4000]
    bends = _bends(content.get("transforms", []), d)
    return SavedModel(columns, shift, scale, mixture, str(kind), centers, link, bends)


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST:
        raise _refused("it is too long")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused("it is not JSON") from None
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


def _check(mixture: Mixture) -> None:
    """Refuse parameters that no mixture can have."""
    weights, covariances = mixture.weights, mixture.covariances
    if (weights < 0).any() or not math.isclose(float(weights.sum()), 1.0, abs_tol=1e-6):
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
