"""Compare on all rows of a table for which one request is too short: its models, in pieces.

They are carried on from the sample's as those of "How many?" are. Once both have ended, what is
found is what one request would have found: Compare shows it to whoever asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import EndedRun, estimate_kmeans_cost, fit_of_run, note_passing
from gmm_dash.errors import FitError, StateError
from gmm_dash.pipeline.carrying import (
    PIECE_SECONDS,
    iterations_at_once,
    passes_at_once,
)
from gmm_dash.pipeline.whole import centers_of_all, start_of_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.carried import Carried, CarriedCenters
    from gmm_dash.pipeline.carrying import Carrier
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.state import DataChoice, ModelChoice

KMEANS, MIXTURE, DONE = "kmeans", "mixture", "done"
_REACHED: Final = re.compile(rf"({KMEANS}|{MIXTURE})-(\d{{1,4}})")
_REACHED_OF: Final = re.compile(r"([a-z]{1,12})-(\d{1,4})")  # a covariance type's mixture
_SPARE: Final = 4  # of the seconds of a request, a part that k-means may take beside all else


@dataclass(frozen=True, slots=True)
class Progress:
    """How far both models are.

    Attributes
    ----------
    reached : str
        What the next request names to go on.
    method : str
        Which of the models moves: ``"kmeans"`` or ``"mixture"``; ``"done"`` when both have ended.
    iterations : int
        Of it, over all rows.
    rise : float or None
        What the mixture's last iteration has added to the log-likelihood per row, in nats.
    share : float
        How near the mixture is to its tolerance, from 0 to 1, by the logarithm of that; of
        several mixtures, how far all are.
    kind : str
        Of several mixtures, the covariance type of the one that moves; else empty.
    """

    reached: str
    method: str
    iterations: int = 0
    rise: float | None = None
    share: float = 0.0
    kind: str = ""


class CompareWhole:
    """Both models of Compare, on their way from a sample to all rows, and where they ended.

    Parameters
    ----------
    whole : Whole
        All rows, and the fits to their sample.
    carrier : Carrier
        Models on their way.
    memory : Memory
        Where results are kept.
    """

    def __init__(self, whole: Whole, carrier: Carrier, memory: Memory[Any]) -> None:
        self._whole, self._carrier = whole, carrier
        self._kmeans = memory.remember(self._fit_kmeans)
        self._gmm = memory.remember(self._fit_gmm)

    def found(self, data: DataChoice, model: ModelChoice) -> bool:
        """Return whether both models have ended on all rows, or the rest is soon done.

        Where they have not, somebody may go on with them: the answer is of now, and noted as such.
        """
        here = self._mixture_end(data, model) is not None
        here = here and (
            self._carrier.centers_end(data, model) is not None or self._soon(data, model)
        )
        if not here:
            note_passing()
        return here

    def all_found(self, data: DataChoice, models: Sequence[ModelChoice]) -> bool:
        """Return whether the mixtures of several settings have all ended on all rows."""
        here = all(self._mixture_end(data, model) is not None for model in models)
        if not here:
            note_passing()
        return here

    def kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        """Return k-means of all rows, which was carried on in pieces or is soon done."""
        return self._kmeans(data, model)

    def gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return the mixture of all rows, which was carried on in pieces."""
        return self._gmm(data, model)

    def piece(self, data: DataChoice, model: ModelChoice, reached: str) -> Progress:
        """Go on with both models by a piece.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice
        reached : str
            As the answer before has it; empty for none.

        Raises
        ------
        FitError
            Where the mixture broke down on all rows.
        StateError
            When ``reached`` is no such name.
        """
        note_passing()  # whoever keeps this answer might keep it longer than what it is of is kept
        method, number = _read(reached)
        if method == KMEANS:
            if self._carrier.centers_end(data, model) is None:
                number, centers = self._centers(data, model, number)
                if centers.ended is None:
                    return Progress(f"{KMEANS}-{number + 1}", KMEANS, centers.run.n_iter)
                return Progress(f"{MIXTURE}-0", MIXTURE)
            number = 0  # k-means had ended before: this piece is the mixture's first
        found = self._mixture_end(data, model, broken=True)
        if found is None:
            number, found = self._mixture(data, model, number)
        if found.ended is None:
            assert found.run is not None
            return _progress(found.run.log_likelihoods, model.tol, number + 1)
        _check_sound(found, "The mixture")
        return Progress(DONE, DONE, share=1.0)

    def mixtures_piece(
        self, data: DataChoice, models: Sequence[ModelChoice], reached: str
    ) -> Progress:
        """Go on with the mixtures of several covariance types by a piece, one after the other.

        Parameters
        ----------
        data : DataChoice
        models : sequence of ModelChoice
            They differ in their covariance types.
        reached : str
            As the answer before has it; empty for none.

        Raises
        ------
        FitError
            Where a mixture broke down on all rows.
        StateError
            When ``reached`` is no such name.
        """
        note_passing()
        at, number = _read_of(reached, [model.covariance_type for model in models])
        for i, model in enumerate(models):
            kind, begun = model.covariance_type, number if model.covariance_type == at else 0
            found = self._mixture_end(data, model, broken=True)
            if found is None:
                begun, found = self._mixture(data, model, begun)
                if found.ended is None:
                    assert found.run is not None
                    now = _progress(found.run.log_likelihoods, model.tol, begun + 1)
                    share = (i + now.share) / len(models)
                    return replace(now, reached=f"{kind}-{begun + 1}", share=share, kind=kind)
                _check_sound(found, f"The {kind} mixture")
                if i + 1 < len(models):
                    after = models[i + 1].covariance_type
                    share = (i + 1) / len(models)
                    return Progress(f"{after}-0", MIXTURE, share=share, kind=after)
            _check_sound(found, f"The {kind} mixture")
        return Progress(DONE, DONE, share=1.0)

    def _centers(
        self, data: DataChoice, model: ModelChoice, number: int
    ) -> tuple[int, CarriedCenters]:
        points = self._whole.points(data)
        passes = iterations_at_once(points.n, points.d, model.k, PIECE_SECONDS)
        return self._carrier.centers(data, model, passes, number)

    def _mixture(self, data: DataChoice, model: ModelChoice, number: int) -> tuple[int, Carried]:
        points, kind = self._whole.points(data), model.covariance_type
        passes = passes_at_once(points.n, points.d, model.k, kind, PIECE_SECONDS)
        return self._carrier.as_set(data, model, passes, number)

    def _mixture_end(
        self, data: DataChoice, model: ModelChoice, *, broken: bool = False
    ) -> Carried | None:
        fit = self._whole.sampled.gmm(data, model)
        end = self._carrier.end(data, model, fit.init, fit.random_state)
        sound = end is not None and end.run is not None and end.run.scores is not None
        return end if sound or broken else None

    def _soon(self, data: DataChoice, model: ModelChoice) -> bool:
        """Return whether k-means of all rows takes little time, as a run that has its start."""
        sample = self._whole.sampled.points(data)
        seconds = estimate_kmeans_cost(sample.n_total, sample.d, model.k)
        return seconds <= self._whole.limits.seconds / _SPARE

    def _fit_kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        sampled, every = self._whole.sampled, self._whole.points(data)
        fit, number = sampled.kmeans(data, model), 0
        end = self._carrier.centers_end(data, model)
        while end is None:
            number, now = self._centers(data, model, number)
            end, number = now if now.ended is not None else None, number + 1
        start = centers_of_all(sampled.points(data), every, fit)
        return end.run.fit(every.fitted, start, fit.tol)

    def _fit_gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        sample, every = self._whole.sampled.points(data), self._whole.points(data)
        fit, end = self._whole.sampled.gmm(data, model), self._mixture_end(data, model)
        if end is None or end.run is None or end.run.scores is None:
            raise FitError(
                "The fit to all rows is not there any more.", hint="Press Fit all rows once more."
            )
        run, scores = end.run, end.run.scores
        value = scores.log_likelihood / scores.n
        return fit_of_run(
            every.fitted,
            start_of_all(sample, every, fit),
            EndedRun.of(
                run.mixture, run.log_likelihoods, value, scores.entropy, converged=run.converged
            ),
            covariance_type=run.covariance_type,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
        )


def _read(reached: str) -> tuple[str, int]:
    if reached in ("", DONE):
        return KMEANS, 0
    named = _REACHED.fullmatch(reached)
    if named is None:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    return named[1], int(named[2])


def _read_of(reached: str, kinds: Sequence[str]) -> tuple[str, int]:
    """Return the covariance type whose mixture is on its way, and the number of its next piece."""
    if reached in ("", DONE):
        return kinds[0], 0
    named = _REACHED_OF.fullmatch(reached)
    if named is None or named[1] not in kinds:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    return named[1], int(named[2])


def _check_sound(found: Carried, name: str) -> None:
    """Refuse a mixture that has ended on all rows, but not as one."""
    if found.run is None or found.run.failed:
        why = "" if found.run is None else f": {found.run.failed}"
        raise FitError(
            f"{name} broke down on all rows{why}", hint="The plots stay with the sample."
        )


def _progress(log_likelihoods: list[float], tol: float, number: int) -> Progress:
    """Return how far a mixture is that goes on."""
    rises = np.abs(np.diff(log_likelihoods))
    reached, count = f"{MIXTURE}-{number}", len(log_likelihoods)
    if not len(rises):
        return Progress(reached, MIXTURE, count)
    least = max(float(rises.min()), np.finfo(np.float64).tiny)
    way = np.log(max(float(rises[0]), least) / tol) if tol > 0 else np.inf
    share = float(np.clip(np.log(rises[0] / least) / way, 0.0, 1.0)) if way > 0 else 1.0
    return Progress(reached, MIXTURE, count, float(rises[-1]), share)
