"""How the Digits view compresses images, and how many components learn them."""

from __future__ import annotations

from dataclasses import dataclass

from gmm_dash.state.bounds import LARGEST_SEED
from gmm_dash.state.fields import Declared, integer, real


@dataclass(frozen=True, slots=True)
class DigitsChoice(Declared):
    """A compression, a number of components, and a drawing."""

    variance: float = real(
        "pca",
        99.0,
        label="Variance kept (%)",
        low=50.0,
        high=99.9,
        explain="The images are compressed to as many principal components as keep this share "
        "of their variance, each scaled to variance 1.",
    )
    components: int = integer(
        "dk",
        110,
        label="Components",
        low=2,
        high=300,
        explain="How many Gaussians describe the compressed images.",
    )
    seed: int = integer(
        "digitseed",
        0,
        label="Drawing seed",
        low=0,
        high=LARGEST_SEED,
        explain="random_state of the drawing: another seed draws other images "
        "from the same mixture.",
    )
