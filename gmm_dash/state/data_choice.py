"""Which points are looked at, and what becomes of them before a fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.datasets import DATASETS
from gmm_dash.state.bounds import LARGEST_SEED
from gmm_dash.state.fields import Declared, choice, integer, names, real, text, treatments

TABLE_DATA: Final = ("upload", "drawn")  # data sets that live in the store, not in the program
TRANSFORMS: Final = ("log", "sqrt", "asinh", "robust", "standard", "none")


def _data_names() -> tuple[str, ...]:
    return (*DATASETS.names(), *TABLE_DATA)


@dataclass(frozen=True, slots=True)
class DataChoice(Declared):
    """Which points. A change here refits."""

    dataset: str = choice("data", "stretched", label="Data set", options=_data_names)
    n: int = integer(
        "n", 400, label="Points", low=2, high=100_000, explain="How many points to draw."
    )
    noise: float = real(
        "noise", 0.6, label="Spread", low=0.0, high=1000.0, explain="How far the points scatter."
    )
    centers: int = integer(
        "centers", 4, label="True groups", low=1, high=64, explain="How many groups there are."
    )
    seed: int = integer(
        "dseed",
        0,
        label="Data seed",
        low=0,
        high=LARGEST_SEED,
        explain="Another seed draws other points from the same recipe.",
    )
    orient: str = choice(
        "orient",
        "swapped",
        label="Orientation",
        options=lambda: ("swapped", "own"),
        explain="Own: the columns as scikit-learn's make_blobs gives them. Swapped: exchanged, as "
        "textbooks draw them. Every distance, and so every fit, is the same.",
    )
    stretch: float = real(
        "stretch",
        0.0,
        label="Round … stretched",
        low=-1.0,
        high=1.0,
        explain="Squeezes every group of a generated data set about its own centre, keeping its "
        "area: 0 is the set as it is, higher is longer.",
    )
    table: str = text("table", label="Stored table", longest=80)
    cols: tuple[str, ...] = names(
        "cols", label="Columns", longest=800, explain="The columns to cluster on."
    )
    label: str = text(
        "label",
        label="True groups column",
        longest=80,
        explain="A column of known groups: never used by the fits, only to judge them.",
    )
    weights: str = text(
        "weights",
        label="Weights of rows",
        longest=80,
        explain="A column of counts or weights: in Compare and How many? models count each row so "
        "often. Whole numbers are counts; others are weights, scaled to mean 1.",
    )
    scale: str = choice(
        "scale",
        "none",
        label="Scale",
        options=lambda: ("none", "standard"),
        explain="Standard: every column gets mean 0 and standard deviation 1 before the fit, "
        "so that no unit counts more than another.",
    )
    transform: tuple[str, ...] = treatments(
        "transform",
        label="Transforms",
        options=TRANSFORMS,
        longest=400,
        explain="What single columns get before the fit: log, square root or signed log, then the "
        "scale of all; or a scale of their own.",
    )
    gaps: str = choice(
        "gaps",
        "drop",
        label="Rows with gaps",
        options=lambda: ("drop", "use"),
        explain="Leave out: every fit is of complete rows. Use what is known: the mixtures of "
        "Compare and How many? are fitted to the known values of all rows (our engine: "
        "scikit-learn takes no gaps).",
    )

    components: float = real(
        "pcs",
        0.0,
        label="PCA before the fit",
        low=0.0,
        high=1000.0,
        explain="The fits see principal components in place of the scaled columns: so many, such "
        "as 3, or below 1 as many as hold that share of the variance, such as 0.9. 0 keeps the "
        "columns.",
    )

    @property
    def transforms(self) -> dict[str, str]:
        """What is done to single columns, by name."""
        pairs = (item.partition(":") for item in self.transform)
        return {name: kind for kind, _, name in pairs}
