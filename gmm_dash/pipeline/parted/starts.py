"""Names of starts, by which a run over all rows that has ended is found again.

A name follows from all that decides where a run ends. In which order components are numbered does
not: whoever begins at the same start with other numbers finds the same end, with these.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from gmm_dash.engine import CenterSums, Mixture
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun
from gmm_dash.pipeline.parted.reached import Start, packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.pipeline.parted.reached import Reached, ReachedStore

R = TypeVar("R", MixtureRun, KMeansRun)


def begin(store: ReachedStore, at: Reached, run: R) -> None:
    """Let a run begin beside the others; where somebody has gone on from there, it has ended.

    Parameters
    ----------
    store : ReachedStore
    at : Reached
        Changed.
    run : MixtureRun or KMeansRun
        As it begins.
    """
    order = _order(run)
    decides: tuple[Any, ...] = at.url, at.columns, at.n_rows, at.scale, at.rules, at.variance
    name = sha256(packed((*decides, _renumbered(run, order)))).hexdigest()
    found = store.noted(_end(name), type(run))
    here = run if found is None else _renumbered(found, np.argsort(order))
    count: int = len(at.mixtures)
    if isinstance(here, MixtureRun):
        at.mixtures = (*at.mixtures, here)
    else:
        at.kmeans, count = (*at.kmeans, here), len(at.starts)
    at.starts = (*at.starts[:count], Start(name, order), *at.starts[count:])


def settle(at: Reached) -> None:
    """Finish a fit all of whose runs have been found at their ends."""
    scored = all(run.scores is not None for run in at.mixtures)
    at.finished = scored and all(one.last is not None for one in at.kmeans)


def note_ends(store: ReachedStore, at: Reached) -> None:
    """Keep where the runs of a finished fit have ended; a mixture that has failed has no end."""
    count = len(at.mixtures)
    for start, run in zip(at.starts[:count], at.mixtures, strict=True):
        if not run.failed:
            store.note(_end(start.name), _renumbered(run, start.order))
    for start, one in zip(at.starts[count:], at.kmeans, strict=True):
        store.note(_end(start.name), _renumbered(one, start.order))


def _end(name: str) -> str:
    return f"end {name}"


def _order(run: MixtureRun | KMeansRun) -> NDArray[np.int64]:
    """Return an order of the components that does not depend on their numbers."""
    means = run.mixture.means if isinstance(run, MixtureRun) else run.centers
    return np.lexsort(means.T[::-1])


def _renumbered(run: R, order: NDArray[np.int64]) -> R:
    """Return a run with its components in another order."""
    if isinstance(run, MixtureRun):
        own = run.mixture
        parts = (np.ascontiguousarray(one[order]) for one in _parts(own))
        return replace(run, mixture=Mixture(*parts))
    last = run.last
    if last is not None:
        of = last.centers[order], last.counts[order], last.sums[order]
        last = CenterSums(*of, last.inertia)
    return replace(run, centers=np.ascontiguousarray(run.centers[order]), last=last)


def _parts(mixture: Mixture) -> tuple[NDArray[np.float64], ...]:
    return mixture.weights, mixture.means, mixture.covariances
