"""The uniform background of a mixture, where there is one: what belongs to no group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import BACKGROUND, responsibilities, score_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture, Uniform

CALLED: Final = "background"


@dataclass(frozen=True, eq=False)
class Background:
    """What the background of a mixture is, and how much of each point it has.

    Attributes
    ----------
    uniform : Uniform
    posterior : (n,) array
        With the posteriors of the groups it sums to one.
    """

    uniform: Uniform
    posterior: NDArray[np.float64]


def likeliest(
    shares: NDArray[np.float64], background: NDArray[np.float64] | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the likeliest group of each row, ``BACKGROUND`` where it is none, and its posterior.

    Parameters
    ----------
    shares : (n, g) array
        Posteriors of the groups.
    background : (n,) array or None
        That of the background; None where there is none.
    """
    labels, certainty = shares.argmax(axis=1), shares.max(axis=1, initial=0.0)
    if background is None:
        return labels, certainty
    behind = background > certainty
    return np.where(behind, BACKGROUND, labels), np.maximum(background, certainty)


def posteriors(
    x: NDArray[np.float64], mixture: Mixture, background: Background | None
) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    """Return the posteriors of components, (m, k), and of the background, (m,), if there is one."""
    if background is None:
        return responsibilities(x, mixture), None
    return background.uniform.posteriors(x, mixture)


def log_density(
    x: NDArray[np.float64], mixture: Mixture, background: Background | None
) -> NDArray[np.float64]:
    """Return the (m,) log density of rows, in nats, that of the background included."""
    if background is None:
        return score_samples(x, mixture)
    return background.uniform.score_samples(x, mixture)
