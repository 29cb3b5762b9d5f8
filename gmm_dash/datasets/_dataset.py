"""What a data set is: a name, what can be set about it, and how its points come about."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gmm_dash.datasets._squeeze import squeeze
from gmm_dash.registry import Registry

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

GROUPS: Final = ("Shapes", "Lessons", "Real data", "Your own")
"""Headings of the menu, in its order."""

_LAST_SEED: Final = 2**32 - 1  # the largest that numpy.random.RandomState takes


@dataclass(frozen=True, slots=True)
class NumberControl:
    """A number that a person may set about a data set.

    Attributes
    ----------
    label : str
        What the control is called; the same key means different things in different sets.
    low, high, step, default : float
        Bounds, the distance between two marks, and where the control starts. A whole
        ``step`` and ``low`` mean that only whole numbers make sense.
    help : str
        One sentence on what the number does.
    """

    label: str
    low: float
    high: float
    step: float
    default: float
    help: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return float(self.step).is_integer() and float(self.low).is_integer()

    def clamp(self, value: float) -> float:
        """Return ``value`` inside the bounds; what is not a number becomes the default."""
        if math.isnan(value):
            return self.default
        bounded = min(max(value, self.low), self.high)
        return round(bounded) if self.whole else bounded


@dataclass(frozen=True, slots=True)
class Settings:
    """What one drawing is made from; every value already lies within its bounds."""

    n: int
    noise: float
    centers: int
    seed: int
    own: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """The Gaussians that the groups of a sample were drawn from, in the order of its labels.

    Attributes
    ----------
    weights : (k,) array
        Share of the points that was drawn from each.
    means : (k, d) array
    covariances : (k, d, d) array
    """

    weights: Floats
    means: Floats
    covariances: Floats

    def mapped(self, matrix: Floats) -> Sources:
        """Return the sources of the points ``x @ matrix``."""
        return Sources(self.weights, self.means @ matrix, matrix.T @ self.covariances @ matrix)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Points, and what is known about them. The arrays are read-only copies.

    Attributes
    ----------
    points : (n, d) array
        The data, in the units of the columns.
    columns : tuple of str
        Names of the ``d`` columns.
    labels : (n,) array of int, or None
        True group of every point, counted from zero; None where there is no truth.
    label_names : tuple of str
        Names of the groups; empty without labels.
    label_column : str
        What the groups are, such as ``"species"``; empty for generated data.
    note : str
        A sentence about rows left out; empty when there are none.
    sources : Sources or None
        What the groups were drawn from, where every group was drawn from one Gaussian.
    missing : (n, d) array of bool, or None
        Values that the data lack, though ``points`` has what they would be; None where they have
        all.
    weights : (n,) array or None
        How many times each point counts, where it stands for several.
    weight_column : str
        What the weights are called; empty without.
    """

    points: Floats
    columns: tuple[str, ...]
    labels: Ints | None = None
    label_names: tuple[str, ...] = ()
    label_column: str = ""
    note: str = ""
    sources: Sources | None = None
    missing: Bools | None = None
    weights: Floats | None = None
    weight_column: str = ""

    def __post_init__(self) -> None:
        points = np.array(self.points, dtype=np.float64, order="C")
        points.setflags(write=False)
        object.__setattr__(self, "points", points)
        if self.labels is not None:
            labels = np.array(self.labels, dtype=np.int64)
            labels.setflags(write=False)
            object.__setattr__(self, "labels", labels)
        if self.missing is not None:
            missing = np.array(self.missing, dtype=np.bool_)
            missing.setflags(write=False)
            object.__setattr__(self, "missing", missing)


Generate: TypeAlias = Callable[[Settings], Sample]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A named source of points.

    Attributes
    ----------
    name, title : str
        URL key, and what the menu shows.
    notice : str
        One sentence: what to look for.
    group : str
        Heading in the menu, one of ``GROUPS``.
    generate : callable
        ``Settings -> Sample``; pure, all randomness comes from ``Settings.seed``.
    points, noise, centers, stretch : NumberControl or None
        What the URL keys ``n``, ``noise``, ``centers`` and ``stretch`` mean here; None where
        they mean nothing and are ignored.
    oriented : bool
        Whether the columns can also be had in their own order.
    seeded : bool
        Whether another data seed gives other points.
    defaults : mapping
        Values of other URL keys that suit these data, such as ``{"k": 2}``.
    source : str
        Citation and licence of real data.
    """

    name: str
    title: str
    notice: str
    group: str
    generate: Generate
    points: NumberControl | None = None
    noise: NumberControl | None = None
    centers: NumberControl | None = None
    stretch: NumberControl | None = None
    oriented: bool = False
    seeded: bool = True
    defaults: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "defaults", MappingProxyType(dict(self.defaults)))

    @property
    def controls(self) -> dict[str, NumberControl]:
        """The numbers that a person may set about it, by URL key."""
        every = {
            "n": self.points,
            "noise": self.noise,
            "centers": self.centers,
            "stretch": self.stretch,
        }
        return {key: control for key, control in every.items() if control is not None}

    def draw(
        self,
        *,
        n: int,
        noise: float,
        centers: int,
        seed: int,
        own: bool = False,
        stretch: float = 0.0,
    ) -> Sample:
        """Return points; equal arguments give equal points.

        Parameters
        ----------
        n, noise, centers : number
            Clamped to the controls; ignored where the control is None.
        seed : int
            Clamped to what NumPy accepts; ignored unless ``seeded``.
        own : bool
            Whether the columns keep their own order; ignored unless ``oriented``.
        stretch : float
            How far every group is squeezed; zero leaves the set as it is.

        Returns
        -------
        Sample
        """
        sample = self.generate(
            Settings(
                n=int(_within(self.points, n)),
                noise=float(_within(self.noise, noise)),
                centers=int(_within(self.centers, centers)),
                seed=min(max(int(seed), 0), _LAST_SEED) if self.seeded else 0,
                own=own and self.oriented,
            )
        )
        return _squeezed(sample, float(_within(self.stretch, stretch)))


def _squeezed(sample: Sample, amount: float) -> Sample:
    """Return a sample with every group squeezed, and so what it was drawn from."""
    sources, labels = sample.sources, sample.labels
    if amount == 0.0 or sources is None or labels is None:
        return sample
    means, covariances = sources.means, sources.covariances
    points, covariances = squeeze(sample.points, labels, means, covariances, amount)
    return replace(sample, points=points, sources=Sources(sources.weights, means, covariances))


def _within(control: NumberControl | None, value: float) -> float:
    """Return ``value`` clamped to ``control``; zero where there is none."""
    return 0 if control is None else control.clamp(value) + 0  # minus zero is zero


DATASETS: Registry[Dataset] = Registry("data set", "gmm_dash.datasets")
