"""How far mixtures have been carried on, for whichever worker goes on with one of them.

What is kept is small: parameters, and what the passes so far have found. It follows from what was
asked for, so a worker that finds nothing here does the passes again, and gets the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import BlockScores, Mixture
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


class CarriedStore(Store):
    """The state of runs between two pieces, in a folder of the store."""

    kind = Kind(".carried", b"gmm-dash carried 1\0", "carried")

    def put(self, work: Hashable, found: Carried) -> None:
        """Keep how far some work is; where that cannot be written, it is done again."""
        with suppress(OSError):
            self._shelf.put_result(_named(work), json.dumps(_plain(found)).encode())

    def get(self, work: Hashable) -> Carried | None:
        """Return how far some work is; None where that is not known."""
        try:
            return _carried(json.loads(self._shelf.result(_named(work))))
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
