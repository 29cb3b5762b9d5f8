"""Points that are in many files, of which only a sample is here."""

from __future__ import annotations

from dataclasses import dataclass

from gmm_dash.results.points import Points


@dataclass(frozen=True, eq=False)
class PointsElsewhere(Points):
    """Points that models are of, described by a sample: what is asked of each is of the sample.

    Attributes
    ----------
    n_elsewhere : int
        How many they are.
    """

    n_elsewhere: int = 0

    @property
    def n(self) -> int:
        """Number of points."""
        return self.n_elsewhere
