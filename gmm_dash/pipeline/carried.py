"""How far models have been carried on, for whichever worker goes on with one of them.

What is kept is small: parameters, and what the passes so far have found. It follows from what was
asked for, so a worker that finds nothing here does the passes again, and gets the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import BlockScores, CentersRun, Mixture
from gmm_dash.files.shelf import Kind
from gmm_dash.files.store import Store
from gmm_dash.pipeline.parted.passes import MixtureRun

if TYPE_CHECKING:
    from collections.abc import Hashable


@dataclass(frozen=True, eq=False)
class Carried:
    """A mixture of all rows after some passes.

    Attributes
    ----------
    run : MixtureRun or None
        None where the sample has no mixture to begin with.
    init, random_state : str, int
        Of the start of the sample's mixture.
    ended : int or None
        Number of the piece that it ended in; None while it goes on.
    reason : str
        Why there is no mixture: ``"collapsed"`` or ``"stopped"``.
    """

    run: MixtureRun | None
    init: str
    random_state: int
    ended: int | None = None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class CarriedCenters:
    """k-means of all rows after some passes.

    Attributes
    ----------
    run : CentersRun
    ended : int or None
        Number of the piece that it ended in; None while it goes on.
    """

    run: CentersRun
    ended: int | None = None


class CarriedStore(Store):
    """The state of runs between two pieces, in a folder of the store."""

    kind = Kind(".carried", b"gmm-dash carried 1\0", "carried")

    def put(self, work: Hashable, found: Carried | CarriedCenters) -> None:
        """Keep how far some work is; where that cannot be written, it is done again."""
        plain = _plain(found) if isinstance(found, Carried) else _plain_centers(found)
        with suppress(OSError):
            self._shelf.put_result(_named(work), json.dumps(plain).encode())

    def get(self, work: Hashable) -> Carried | None:
        """Return how far some mixture is; None where that is not known."""
        plain = self._read(work)
        return None if plain is None else _carried(plain)

    def centers(self, work: Hashable) -> CarriedCenters | None:
        """Return how far some run of k-means is; None where that is not known."""
        plain = self._read(work)
        return None if plain is None else _carried_centers(plain)

    def _read(self, work: Hashable) -> Any:
        try:
            return json.loads(self._shelf.result(_named(work)))
        except (OSError, ValueError):
            return None


def _named(work: Hashable) -> bytes:
    return repr(work).encode()


def _plain(found: Carried) -> dict[str, Any]:
    run, scores = found.run, None if found.run is None else found.run.scores
    out = {name: getattr(found, name) for name in ("init", "random_state", "ended", "reason")}
    if run is None:
        return out | {"run": None}
    mixture = run.mixture
    parts = mixture.weights, mixture.means, mixture.covariances
    names = ("covariance_type", "log_likelihoods", "converged", "failed")
    state = {name: getattr(run, name) for name in names}
    state["mixture"] = [part.tolist() for part in parts]
    state["scores"] = scores and [scores.n, scores.log_likelihood, scores.entropy]
    return out | {"run": state}


def _carried(plain: dict[str, Any]) -> Carried:
    state = plain.pop("run")
    if state is None:
        return Carried(None, **plain)
    state["mixture"] = Mixture(*(np.array(one, dtype=np.float64) for one in state["mixture"]))
    state["scores"] = state["scores"] and BlockScores(*state["scores"])
    return Carried(MixtureRun(**state), **plain)


def _plain_centers(found: CarriedCenters) -> dict[str, Any]:
    run = found.run
    state = {name: getattr(run, name) for name in ("n_iter", "converged", "reseeded")}
    return {"ended": found.ended, "run": state | {"centers": run.centers.tolist()}}


def _carried_centers(plain: dict[str, Any]) -> CarriedCenters:
    state = plain["run"]
    state["centers"] = np.array(state["centers"], dtype=np.float64)
    state["reseeded"] = tuple(state["reseeded"])
    return CarriedCenters(CentersRun(**state), plain["ended"])
