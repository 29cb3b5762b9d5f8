"""One run of EM for a mixture with a uniform background, from a start to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gmm_dash.engine import density, plain, scores
from gmm_dash.engine.background_fit import BACKGROUND, BackgroundFit, scaled
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.estimates import COUNT_FLOOR
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.types import Mixture
from gmm_dash.engine.uniform import Uniform
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.background_starts import Begin
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.types import Floats

_SHAPES: Final = {
    CovarianceType.FULL: plain.full,
    CovarianceType.TIED: plain.tied,
    CovarianceType.DIAG: plain.diag,
    CovarianceType.SPHERICAL: plain.spherical,
    CovarianceType.EQUAL: plain.equal,
}


class _Guess(NamedTuple):
    """Parameters on the way: a mixture whose weights sum to one, and the background's share."""

    mixture: Mixture
    share: float


class _Expected(NamedTuple):
    """Responsibilities of the components (n, k) and of the background (n,); log p(x) (n,)."""

    components: Floats
    background: Floats
    log_density: Floats


class BackgroundProblem:
    """EM on some points, from any start."""

    def __init__(
        self,
        points: Floats,
        box: Floats,
        kind: CovarianceType,
        held: float | None,
        settings: Settings,
    ) -> None:
        self.box, self.kind, self.held, self.settings = box, kind, held, settings
        self.shift = points.mean(axis=0)
        self.z = points - self.shift

    def run(self, begin: Begin) -> BackgroundFit | None:
        """Return where EM ends; None where a covariance became singular on the way."""
        try:
            return self._climb(begin)
        except FitError:
            return None

    def _climb(self, begin: Begin) -> BackgroundFit:
        hard = np.eye(begin.n_components)[begin.labels]
        guess = self._guess(self.z[begin.rows], hard, begin.first_share)
        values: list[float] = []
        converged = False
        while len(values) < self.settings.max_iter and not converged:
            check_time()
            expected = self._expect(guess)
            values.append(float(expected.log_density.mean()))
            guess = self._guess(self.z, expected.components, float(expected.background.mean()))
            converged = len(values) > 1 and abs(values[-1] - values[-2]) < self.settings.tol
        return self._described(begin, guess, np.array(values), converged=converged)

    def _expect(self, guess: _Guess) -> _Expected:
        """Return what every point makes of the components and of the background."""
        joint = density.log_joint(self.z, scaled(guess.mixture, guess.share))
        even = Uniform(guess.share, self.box).log_level
        top = np.maximum(joint.max(axis=1), even)
        joint -= top[:, None]
        np.exp(joint, out=joint)
        behind = np.exp(even - top)
        total = joint.sum(axis=1) + behind
        joint /= total[:, None]
        return _Expected(joint, behind / total, np.log(total) + top)

    def _guess(self, z: Floats, shares: Floats, background: float) -> _Guess:
        """Return the parameters that fit some (n, k) responsibilities best: the M-step."""
        counts = shares.sum(axis=0) + COUNT_FLOOR
        means = shares.T @ z / counts[:, None]
        own = np.empty((len(counts), z.shape[1], z.shape[1]))
        for j, mean in enumerate(means):
            away = z - mean
            own[j] = (shares[:, j, None] * away).T @ away / counts[j]
        sizes = counts / counts.sum()
        covariances = _SHAPES[self.kind](own, sizes)
        covariances = covariances + self.settings.reg_covar * np.eye(z.shape[1])
        weights = np.full_like(sizes, 1.0 / len(sizes)) if self.kind.shape.even else sizes
        share = background if self.held is None else self.held
        return _Guess(Mixture(weights, means, covariances), share)

    def _described(
        self, begin: Begin, guess: _Guess, values: Floats, *, converged: bool
    ) -> BackgroundFit:
        """Return everything there is to know about a run that has ended."""
        expected = self._expect(guess)
        (n, k), d = expected.components.shape, self.z.shape[1]
        value = float(expected.log_density.mean())
        free = scores.n_parameters(self.kind, k, d) + (self.held is None) + (self.held != 0.0)
        bic = scores.bic(value, free, n)
        every = np.column_stack((expected.components, expected.background))
        best = every.argmax(axis=1)
        found = guess.mixture
        mixture = Mixture(found.weights, found.means + self.shift, found.covariances)
        spread = DataShape.of(self.z.T @ self.z / n)
        floor = self.settings.reg_covar
        degenerate = diagnose(
            scaled(guess.mixture, guess.share), n=n, reg_covar=floor, data=spread
        ).degenerate
        return BackgroundFit(
            mixture=mixture,
            share=guess.share,
            box=self.box,
            covariance_type=self.kind,
            responsibilities=expected.components,
            background=expected.background,
            labels=np.where(best == k, BACKGROUND, best),
            log_likelihood=value,
            log_likelihoods=values,
            aic=scores.aic(value, free, n),
            bic=bic,
            icl=scores.icl(bic, every),
            n_parameters=free,
            n_iter=len(values),
            converged=converged,
            init=begin.init,
            random_state=begin.seed,
            left_out=begin.left_out,
            sound=not degenerate.any(),
        )
