"""Where EM for a mixture with a background begins: with all points, and without the loneliest.

Much background makes the first covariances of all groups so wide that they keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from sklearn.neighbors import NearestNeighbors

from gmm_dash.engine.gmm import as_centers
from gmm_dash.engine.lloyd import nearest
from gmm_dash.engine.starts import StartSpec, cycle_kinds, hard_labels, start_points
from gmm_dash.engine.types import GIVEN, MIXED_CYCLE
from gmm_dash.engine.uniform import data_box
from gmm_dash.engine.validate import MAX_RESTARTS, as_choice, as_count, as_seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats, Ints

BACKGROUND_INITS: Final = (*MIXED_CYCLE, "mixed")
"""Kinds of start: which centres every point is first given to the nearest of."""

LEFT_OUT: Final = (0.0, 0.25, 0.5)
"""Each start is tried with all points, and without so many of the loneliest. The first
covariances of groups among much background are otherwise so wide that they keep it."""

_FIRST_SHARE: Final = 0.05  # where no point is left out; zero would stay zero for ever
_NEIGHBOURS: Final = 10  # lonely is who is far from the tenth neighbour


class Begin(NamedTuple):
    """Where a run begins: some rows, the component of each, and the name of the start."""

    rows: Ints
    labels: Ints
    n_components: int
    left_out: float
    init: str
    seed: int

    @property
    def first_share(self) -> float:
        """Of the background, before the first E-step."""
        return self.left_out or _FIRST_SHARE


def begins(x: Floats, k: int, init: Any, n_init: Any, random_state: Any) -> Iterator[Begin]:
    """Yield where each run begins: every start with each amount of lonely points left out."""
    if isinstance(init, str):
        as_choice(init, "init", BACKGROUND_INITS)
        count = as_count(n_init, "n_init", 1, MAX_RESTARTS)
        kinds = cycle_kinds(init, count)
        specs = [
            StartSpec(kind, seed, k)
            for kind, seed in zip(kinds, as_seeds(random_state, count), strict=True)
        ]
        given = None
    else:
        specs = [StartSpec(GIVEN, as_seeds(random_state, 1)[0], k)]
        given = as_centers(init, k, x.shape[1])
    order = np.argsort(_loneliness(x), kind="stable")
    for left_out in LEFT_OUT:
        kept = max(k, len(x) - int(left_out * len(x)))
        rows = np.sort(order[:kept])
        for spec in specs:
            labels = _first_labels(x[rows], spec, given)
            yield Begin(rows, labels, k, left_out, spec.kind, spec.seed)


def _first_labels(x: Floats, spec: StartSpec, given: Floats | None) -> Ints:
    """Return the (n,) component that a start gives each point to."""
    if spec.kind in ("kmeans", GIVEN):
        return hard_labels(x, [spec], given)[0]
    centre = x.mean(axis=0)
    return nearest(x - centre, x[start_points(x, [spec])[0]] - centre)


def _loneliness(x: Floats) -> Floats:
    """Return the (n,) distances to the tenth neighbour, in a box of equal sides.

    Byers and Raftery (1998) tell features from clutter by such distances; here they only make
    starts.
    """
    low, high = data_box(x)
    places = (x - low) / (high - low)
    count = min(_NEIGHBOURS, len(x) - 1)
    found, _ = NearestNeighbors(n_neighbors=count).fit(places).kneighbors()
    return np.asarray(found[:, -1])
