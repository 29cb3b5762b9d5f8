"""Mixtures found with the help of their neighbours: starts that know what others have found.

All covariance types climb from one component upwards together. At each number of components the
best sound run of the usual starts is challenged by starts made from what is known: the mixture of
one component fewer with a component cut, contained types of the same size, and mixtures of one
component more with two made one. Those are what the usual starts find there, and the best cut of
what is known here: so a level depends on the data, the settings and the levels below it, never on
how far a caller goes.

Many starts race: a few iterations for all, some more for the best, and only the best run to rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.engine.drawn import are_sound, draw, higher
from gmm_dash.engine.em import Problem, Run, run_em
from gmm_dash.engine.estimates import TYPES
from gmm_dash.engine.levels import INSIDE, Entry, Found, Level
from gmm_dash.engine.moves import doubled
from gmm_dash.engine.neighbours import Neighbours
from gmm_dash.engine.nesting import SLACK
from gmm_dash.engine.race import race
from gmm_dash.engine.solve import REPRODUCIBLE_ROWS, families
from gmm_dash.engine.starts import start_from_mixture
from gmm_dash.engine.types import INFORMED, Mixture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.levels import Best, Field, Leader
    from gmm_dash.engine.types import Floats

ROUNDS = 5
"""How often a level is challenged anew after it has become better."""

REACH = 30.0
"""A run that stays behind even if it rose so many times as much again as in its last iteration
leaves the race."""

WORTH = 5e-4
"""Log-likelihood per point that a run must promise beyond what is known, to go on to rest."""

_UPWARDS = (
    CovarianceType.SPHERICAL,
    CovarianceType.TIED,
    CovarianceType.DIAG,
    CovarianceType.FULL,
)


class Ended(NamedTuple):
    """Where EM came to from an entry."""

    entry: Entry
    run: Run


class Climb:
    """The search on one set of points with one set of settings.

    Parameters
    ----------
    x : (n, d) array
        Checked data.
    specs : sequence of (str, int)
        Kind and seed of each of the usual starts.
    settings : Settings
    drawn : dict, optional
        The best sound runs of the usual starts, by type and size, as far as they are known.
    """

    def __init__(
        self,
        x: Floats,
        specs: Sequence[tuple[str, int]],
        settings: Settings,
        drawn: Mapping[Cell, Found | None] | None = None,
    ) -> None:
        self.x, self.specs, self.settings = x, specs, settings
        self.families = families(x, set(SKLEARN_TYPES), reproducible=False)
        self.lead = self.families[0][0]
        self._drawn: dict[Cell, Found | None] = dict(drawn or {})

    def levels(self, most: int) -> Iterator[Level]:
        """Yield the levels from one component to ``most``, or to as many as there are points."""
        last = min(most, len(self.x))
        if (
            len(self.x) <= REPRODUCIBLE_ROWS
        ):  # bits do not depend on the company: together is faster
            self._draw(range(1, min(last + 1, len(self.x)) + 1))
        before = None
        for k in range(1, last + 1):
            before = self.level(k, before)
            yield before

    def level(self, k: int, before: Level | None) -> Level:
        """Return what is known of k components, given what is known of one fewer."""
        here = self._usual(k) if before is None else before.usual
        usual = self._usual(k + 1) if k < len(self.x) else (None,) * len(SKLEARN_TYPES)
        best: Best = dict(zip(SKLEARN_TYPES, here, strict=True))
        neighbours = Neighbours(self.x, best, self.race)
        cut: Sequence[Leader] = () if before is None else before.ahead
        fields = neighbours.above(usual)
        for _ in range(ROUNDS):
            fields += neighbours.inside() + neighbours.back()
            if not self.challenge(best, fields, cut):
                break
            cut, fields = (), []
        self._repair(k, best, before)
        return Level(k, tuple(best.values()), usual, neighbours.ahead())

    def race(self, fields: Sequence[Field]) -> list[Leader]:
        """Return who leads after a race."""
        return race(self.families, fields, self.settings.reg_covar)

    def challenge(self, best: Best, fields: Sequence[Field], cut: Sequence[Leader] = ()) -> bool:
        """Let new starts race against what is known; return whether anything became better.

        ``cut`` are starts that have raced already, when less was known.
        """
        promising = [
            Entry(one.covariance_type, one.mixture, one.move)
            for one in (*self.race(fields), *cut)
            if _promises(one, best[one.covariance_type])
        ]
        return self._take(best, promising, self.settings)

    def _take(self, best: Best, entries: Sequence[Entry], settings: Settings) -> bool:
        """Run entries, put in those that are sound and reach more; return whether any does."""
        better = False
        ended = self._run(entries, settings)
        sound = self._sound([one.run for one in ended])
        for (entry, run), well in zip(ended, sound, strict=True):
            if well and higher(run, best[entry.covariance_type]):
                spec = INFORMED, self.specs[0][1]
                found = self._found(run, *spec, settings.max_iter, entry)
                best[entry.covariance_type] = found
                better = True
        return better

    def _repair(self, k: int, best: Best, before: Level | None) -> None:
        """Carry over what is contained where it still reaches more: no family does worse then."""
        for kind in _UPWARDS:
            contained = [(of, best[of]) for of, outer in INSIDE if outer is kind]
            contained += [(kind, before.of(kind))] if before is not None else []
            for of, inner in contained:
                for settings in (self.settings, replace(self.settings, max_iter=1)):
                    if inner is not None and not _reaches(best[kind], inner):
                        fewer = inner.mixture.n_components < k
                        entry = (
                            Entry(kind, doubled(inner.mixture), "double")
                            if fewer
                            else Entry(kind, inner.mixture, f"carry-{of}")
                        )
                        self._take(best, [entry], settings)

    def _usual(self, k: int) -> tuple[Found | None, ...]:
        """Return the best sound run of the usual starts, by covariance type."""
        self._draw([k])
        return tuple(self._drawn[kind, k] for kind in SKLEARN_TYPES)

    def _draw(self, counts: Sequence[int]) -> None:
        """Run the usual starts of several numbers of components, where they are not known."""
        missing = [
            (kind, k) for k in counts for kind in SKLEARN_TYPES if (kind, k) not in self._drawn
        ]
        if missing:
            found = draw(self.x, missing, self.specs, self.settings).sound
            self._drawn.update(zip(missing, found, strict=True))

    def _run(self, entries: Sequence[Entry], settings: Settings) -> list[Ended]:
        """Run EM from each entry."""
        out: list[Ended] = []
        for features, types in self.families:
            mine = [entry for entry in entries if entry.covariance_type in types]
            problems = [self._problem(entry, features) for entry in mine]
            runs = run_em(features, problems, settings) if mine else []
            out += [Ended(entry, run) for entry, run in zip(mine, runs, strict=True)]
        return out

    def _problem(self, entry: Entry, features: Features) -> Problem:
        start = start_from_mixture(features, entry.start, self.settings.reg_covar)
        return Problem(entry.start.n_components, TYPES.index(entry.covariance_type), start)

    def _sound(self, runs: Sequence[Run]) -> list[bool]:
        return are_sound(runs, self.lead, self.settings.reg_covar)

    def _mixture(self, run: Run) -> Mixture:
        """Return a run's parameters in the units of the data."""
        weights = run.weights / run.weights.sum()
        return Mixture(weights, run.means + self.lead.shift, run.covariances.copy())

    def _found(self, run: Run, init: str, random_state: int, max_iter: int, entry: Entry) -> Found:
        return Found(
            self._mixture(run),
            run.log_likelihood,
            run.entropy,
            run.n_iter,
            run.converged,
            init,
            random_state,
            max_iter,
            start=entry.start,
            move=entry.move,
        )


def _promises(leader: Leader, known: Found | None) -> bool:
    """Return whether a run may yet pass what is known, by how fast it still rises."""
    if known is None:
        return True
    return leader.log_likelihood + REACH * leader.rise > known.log_likelihood + WORTH


def _reaches(known: Found | None, contained: Found) -> bool:
    """Return whether what is known keeps the law of nesting."""
    return known is not None and known.log_likelihood >= contained.log_likelihood - SLACK
