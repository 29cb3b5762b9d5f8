"""The whole run of one mixture fit, to be stepped through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import density
from gmm_dash.engine.em import FELL, Settings, run_em
from gmm_dash.engine.frames import frame_index, sampled_frames
from gmm_dash.engine.solve import Job, features_for, problem_of
from gmm_dash.engine.starts import build_starts, responsibilities_of
from gmm_dash.engine.types import RANDOM_GAUSSIANS, Mixture, ReadOnlyArrays

if TYPE_CHECKING:
    from gmm_dash.engine.estimates import Estimates
    from gmm_dash.engine.types import Bools, Floats, Given, Ints


@dataclass(frozen=True, eq=False)
class MixtureTrace(ReadOnlyArrays):
    """One run of EM, frame by frame.

    Frame ``i`` holds the parameters after an M-step; the E-step that follows uses them. Frame 0
    comes from the M-step on the start's own responsibilities.

    Attributes
    ----------
    weights : (f, k) array
    means : (f, k, d) array
    covariances : (f, k, d, d) array
    log_likelihood : (f,) array
        Mean per point, in nats, of each frame's parameters.
    iterations : (f,) array of int
        How many iterations each frame has behind it: 0, ..., n_iter, with gaps in long runs.
    start_responsibilities : (n, k) array
        What the first M-step was given. For starts from single points only those k rows
        belong to anybody; the others are zero, as in scikit-learn.
    converged : bool
    fell : (f,) array of bool
        Whether the log-likelihood fell on the way from the frame before.
    """

    weights: Floats
    means: Floats
    covariances: Floats
    log_likelihood: Floats
    iterations: Ints
    start_responsibilities: Floats
    converged: bool
    fell: Bools

    def __len__(self) -> int:
        """Return the number of frames, f."""
        return len(self.iterations)

    def mixture(self, frame: int) -> Mixture:
        """Return the parameters of one frame; negative numbers count from the end."""
        i = frame_index(frame, len(self))
        return Mixture(self.weights[i].copy(), self.means[i].copy(), self.covariances[i].copy())

    def responsibilities(self, x: Any, frame: int) -> Floats:
        """Return the (n, k) responsibilities that the E-step after one frame gives."""
        return density.responsibilities(x, self.mixture(frame))


class _Recorder:
    """Keeps the wanted frames of a run, and every log-likelihood."""

    def __init__(self, wanted: Ints) -> None:
        self.wanted = set(wanted.tolist())
        self.kept: list[Estimates] = []
        self.values: list[float] = []

    def __call__(self, iteration: int, estimates: Estimates, value: float) -> None:
        self.values.append(value + _missing_weight(estimates))
        if iteration in self.wanted:
            self.kept.append(estimates)


def _missing_weight(estimates: Estimates) -> float:
    """Return what the log-likelihood lacks because scikit-learn's first weights fall short.

    Starting from single points it gives each component the share of one point, 1 / n; a mixture
    needs weights that sum to one.
    """
    return -float(np.log(estimates.weight.sum()))


def trace_mixture(
    x: Floats,
    job: Job,
    settings: Settings,
    n_iter: int,
    given: Given | None,
    *,
    converged: bool = False,
) -> MixtureTrace:
    """Run one start again, recording its frames.

    It takes as many iterations as the fit did, whatever ``tol`` says: a run alone adds up in
    another order than one of several, and on far values that decides which change is small.

    Parameters
    ----------
    x : (n, d) array
    job : Job
        The start and covariance type.
    settings : Settings
    n_iter : int
        How many iterations it takes: known from the fit.
    given : (k, d) or (n,) array or Mixture or None
        What the run began with, when the start was not drawn.
    converged : bool
        Whether the fit met ``tol``.
    """
    features = features_for(x, job.covariance_type)
    (start,) = build_starts(features, [job.spec], given, settings.reg_covar)
    wanted = sampled_frames(n_iter)
    recorder = _Recorder(wanted)
    (run,) = run_em(
        features,
        [problem_of(job, start, features, features)],
        replace(settings, tol=0.0, max_iter=n_iter),
        record=recorder,
    )
    values = np.array([*recorder.values, run.log_likelihood])
    weights = [e.weight / e.weight.sum() for e in recorder.kept] + [run.weights]
    means = [e.mean.T for e in recorder.kept] + [run.means]
    shapes = [features.packing.unpack(e.covariance) for e in recorder.kept] + [run.covariances]
    means = [mean + features.shift for mean in means]
    if job.spec.kind == RANDOM_GAUSSIANS:
        given = Mixture(weights[0].copy(), means[0].copy(), shapes[0].copy())
    return MixtureTrace(
        weights=np.array(weights),
        means=np.array(means),
        covariances=np.array(shapes),
        log_likelihood=values[wanted],
        iterations=wanted,
        start_responsibilities=responsibilities_of(x, job.spec, given),
        converged=converged,
        fell=_falls(values, wanted),
    )


def _falls(values: Floats, wanted: Ints) -> Bools:
    """Return whether the value fell anywhere between each frame and the one before."""
    falls = np.concatenate(([0], np.cumsum(np.diff(values) < -FELL * (1.0 + np.abs(values[1:])))))[
        wanted
    ]
    return np.concatenate(([False], np.diff(falls) > 0))
