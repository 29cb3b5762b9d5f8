"""What the pictures of Colours show, for those who do not see them: sizes, colours, shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.contract.methods import METHODS
from gmm_dash.explain.numbers import counted, percent
from gmm_dash.results import WHITE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import ColourStudy

_MOST: Final = 12  # colours said one by one


def before_described(study: ColourStudy, method: str) -> str:
    """Return what the image was, beside one method's version of it."""
    height, width = study.pixels.shape[:2]
    return (
        f"The image as it was, beside {METHODS[method]}: {width} by {height} pixels, "
        f"{counted(study.n_distinct, 'colour')}."
    )


def after_described(study: ColourStudy, method: str) -> str:
    """Return which colours one method gives the image, and how much of it each.

    Parameters
    ----------
    study : ColourStudy
    method : str
        ``"kmeans"`` or ``"gmm"``.
    """
    version = study.kmeans if method == "kmeans" else study.gmm
    pairs = list(zip(version.palette.tolist(), version.shares.tolist(), strict=True))
    said = [f"{_hex(colour)} {percent(share)}" for colour, share in pairs[:_MOST]]
    return (
        f"The image in {counted(len(pairs), 'colour')} of {METHODS[method]}: "
        f"{', '.join(said)}{_rest(len(pairs) - len(said))}."
    )


def space_described(study: ColourStudy, method: str) -> str:
    """Return where the colours lie by red, green and blue, and how far the mixture's spread."""
    version = study.kmeans if method == "kmeans" else study.gmm
    widths = np.sqrt(study.gmm_fit.covariances.diagonal(axis1=1, axis2=2))[version.order] * WHITE
    said = [
        f"({', '.join(map(str, colour))}){_widths(widths[i]) if method == 'gmm' else ''}"
        for i, colour in enumerate(version.palette[:_MOST].tolist())
    ]
    what = "components, each an ellipsoid" if method == "gmm" else "centres"
    return (
        f"{METHODS[method]}: {len(version.palette)} {what} at (red, green, blue), each from 0 to "
        f"255, the most used first: {'; '.join(said)}{_rest(len(version.palette) - len(said))}."
    )


def _widths(widths: NDArray[np.float64]) -> str:
    red, green, blue = (f"{value:.0f}" for value in widths.tolist())
    return f", standard deviations {red}, {green} and {blue}"


def _hex(colour: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _rest(rest: int) -> str:
    return f" and {counted(rest, 'other')}" if rest else ""
