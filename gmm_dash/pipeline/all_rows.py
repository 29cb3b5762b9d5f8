"""Compare's two models over all rows of a table in many files, of which the page has a sample.

Both go on from those of the sample, in its scale, so that the numbers can be set beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.config import addresses_in
from gmm_dash.engine import CovarianceType, Mixture, n_parameters
from gmm_dash.engine.criteria import CRITERIA, Scored
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.health import diagnose
from gmm_dash.errors import StateError
from gmm_dash.files.address import typed_address
from gmm_dash.pipeline.elsewhere import MOST_NUMBERS, PIECE_SECONDS, asked_for, numbers_of
from gmm_dash.pipeline.parted.crew import Alone, crew
from gmm_dash.pipeline.parted.labels import (
    Labeller,
    by_file,
    check_apart,
    check_free,
    name_of,
    write_files,
)
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Rules, Scale
from gmm_dash.pipeline.parted.reached import Reached, Written
from gmm_dash.pipeline.parted.starts import begin, settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.pipeline.compare import CompareWork
    from gmm_dash.pipeline.elsewhere import Elsewhere, Offer
    from gmm_dash.results import Comparison
    from gmm_dash.state import AppState
    from gmm_dash.tables.parts.table import PartedTable

MOST_FILE_ROWS: Final = 20_000_000  # a file is written in one answer


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Both models of some rows.

    Attributes
    ----------
    n : int
        Complete rows.
    log_likelihood : float or None
        Per row, in nats, in the sample's scale; None of a mixture that failed.
    criteria : dict of str to float
        By name.
    inertia : float
    mixture : Mixture
        In the units of the table, numbered as the plots are.
    centers : (k, d) array
        In these units, numbered as the plots are.
    shares : (k,) array
        Of the rows, in each cluster.
    """

    n: int
    log_likelihood: float | None
    criteria: dict[str, float]
    inertia: float
    mixture: Mixture
    centers: NDArray[np.float64]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """Both models of the sample and of all rows.

    Attributes
    ----------
    sample, every : Found
    columns : tuple of str
    left_out : int
        Rows of the table with a gap or no finite number.
    url : str
    iterations : tuple of int
        Of the mixture and of k-means, over all rows.
    converged : tuple of bool
    failed : str
        Why the mixture ended early, as a sentence, or empty.
    degenerate : bool
        Whether a component of it has collapsed.
    """

    sample: Found
    every: Found
    columns: tuple[str, ...]
    left_out: int
    url: str
    iterations: tuple[int, int]
    converged: tuple[bool, bool]
    failed: str
    degenerate: bool


class AllRowsWork:
    """What Compare may ask for of all rows.

    Parameters
    ----------
    elsewhere : Elsewhere
        The tables, and how far fits to them are.
    compare : CompareWork
        The models of the sample.
    """

    def __init__(self, elsewhere: Elsewhere, compare: CompareWork) -> None:
        self._elsewhere, self._compare = elsewhere, compare

    def offer(self, state: AppState) -> Offer | None:
        """Return whether all rows can be fitted; None where the page has all there are."""
        offer = self._elsewhere.offer(state.data)
        why = _unfit(state)
        return offer if offer is None or offer.why or not why else replace(offer, why=why)

    def piece(
        self, state: AppState, key: str, seconds: float = PIECE_SECONDS
    ) -> tuple[str, Reached, int]:
        """Go on with a fit for about so many seconds, or begin it.

        Parameters
        ----------
        state : AppState
        key : str
            Of what was reached before; empty for what is known, or nothing.
        seconds : float

        Returns
        -------
        str, Reached, int
            The key of what is reached now, that itself, and how many blocks a pass has.

        Raises
        ------
        GmmDashError
            What stands in the way; what was reached before stays.
        """
        begun = partial(self._begun, state)
        return self._elsewhere.piece(_asked(state), key, seconds, begun, _none_to_begin)

    def both(self, state: AppState, key: str) -> Both:
        """Return the models of the sample and of all rows, once these are finished.

        Raises
        ------
        StateError
            While they are not.
        """
        at = self._elsewhere.at(key, _asked(state))
        if not at.finished or at.kmeans[0].last is None:
            raise StateError("The fit to all rows is not finished.", hint="Let it go on.")
        result = self._compare.comparison(state)
        points, fit = result.points, result.gmm_fit
        shape = DataShape.of(np.cov(points.fitted.T, bias=True).reshape(points.d, points.d))
        (run,), (kmeans,) = at.mixtures, at.kmeans
        n = int(at.kmeans[0].last.counts.sum())
        wrong = diagnose(run.mixture, n=n, reg_covar=fit.reg_covar, data=shape)
        return Both(
            _of_sample(result),
            _of_all(at, n),
            points.columns,
            at.n_rows - n,
            at.url,
            (len(run.log_likelihoods), kmeans.n_iter),
            (run.converged, kmeans.converged),
            run.failed,
            bool(wrong.degenerate.any()),
        )

    def write(
        self, key: str, place: str, written: str, seconds: float = PIECE_SECONDS
    ) -> tuple[str, Written]:
        """Write the labels of all rows for about so many seconds; the first call looks only.

        Parameters
        ----------
        key : str
            Of a finished fit.
        place : str
            The address that somebody typed.
        written : str
            The key of what was written before; empty for nothing.
        seconds : float

        Returns
        -------
        str, Written
            The key of what is written now, and that itself.

        Raises
        ------
        GmmDashError
            When the place may not be written to, is not empty, or the table cannot be read.
        """
        here = self._elsewhere
        kept, below = here.kept, addresses_in(here.config.sources_write)
        if not below:
            raise StateError("Nothing is written from this page.", hint="Use gmm-dash fit.")
        address = typed_address(place, below, "Nothing is written to this address from here.")
        at = kept.get(key)
        here.check_place(at.url)
        with here.sources.plainly(address):
            check_apart(address, at.url)
        with here.sources.plainly(address), crew(here.config.scheduler, 1) as who:
            table = here.table(at)
            files = by_file(table)
            if not written:
                _check_labels(at, table)
                here.sources.within(address, lambda _tell: check_free(address))
                done = Written(key, address, 0, len(files))
                return kept.put(done), done
            done = kept.written(written)
            if (done.reached, done.place, done.of) != (key, address, len(files)):
                raise StateError("These labels are others.", hint="Write them to another place.")
            own = [name_of(one) for one in files]
            until, some = monotonic() + seconds, 1 if isinstance(who, Alone) else who.size
            labeller = _labeller(at)
            if done.files < done.of:  # what is there is of this very work, or nothing is touched
                check_free(address, own[: done.files + some])
            while done.files < done.of:
                write_files(who, files[done.files : done.files + some], labeller, address)
                done = replace(done, files=min(done.files + some, done.of))
                if monotonic() >= until:
                    break
        return kept.put(done), done

    def _begun(self, state: AppState) -> Reached:
        """Return the fit as it is before its first pass: the models of the sample."""
        offer = self._elsewhere.offered(state.data, _unfit(state))
        result, model = self._compare.comparison(state), state.model
        points, gmm, kmeans = result.points, result.gmm, result.kmeans
        k, d = gmm.mixture.means.shape
        if numbers_of(k, d) > MOST_NUMBERS:
            raise StateError(
                f"A mixture of {k} components in {d} columns is too large to be fitted to all rows "
                "from the page.",
                hint="Choose fewer columns, or use the command gmm-dash fit.",
            )
        at = Reached(
            _asked(state),
            offer.whole.url,
            self._elsewhere.columns(offer, state, points.columns),
            offer.whole.n_rows,
            Scale(points.shift, points.scale),
            Rules(model.tol, model.reg_covar, model.max_iter, kmeans_tol=result.kmeans_fit.tol),
            float(points.fitted.var(axis=0).mean()),
        )
        kept = self._elsewhere.kept
        begin(kept, at, MixtureRun(str(result.gmm_fit.covariance_type), gmm.mixture))
        begin(kept, at, KMeansRun(kmeans.mixture.means))
        settle(at)
        return at.in_rows()


def _asked(state: AppState) -> str:
    return asked_for("compare", state.data, state.model, state.view.hard)


def _none_to_begin(_at: Reached) -> None:
    """Both models begin at once."""


def _check_labels(at: Reached, table: PartedTable) -> None:
    """Refuse what has no labels, or takes too long for an answer.

    Raises
    ------
    StateError
    """
    if not at.finished or at.mixtures[0].failed:
        raise StateError(
            "There is no finished mixture of all rows, so there are no labels.",
            hint="Fit all rows first.",
        )
    most = max(sum(one.group_rows) for one in table.footers)
    if table.n_rows != at.n_rows or most > MOST_FILE_ROWS:
        raise StateError(
            f"Only files of at most {MOST_FILE_ROWS:,} rows, which are those that were "
            "fitted, are labelled from the page.",
            hint="Use the command gmm-dash fit with --labels.",
        )


def _labeller(at: Reached) -> Labeller:
    return Labeller(at.scale, at.mixtures[0].mixture, at.kmeans[0].centers, _about(at))


def _about(at: Reached) -> tuple[str, ...]:
    """Return what stands in each file of labels."""
    run = at.mixtures[0]
    k = run.mixture.n_components
    return (
        f"Labels of {', '.join(at.columns)}: k-means' cluster, the mixture's component "
        f"({run.covariance_type}, {k}) and how sure it is of it; numbers are from 1.",
        "Rows with a gap, or without a finite number, have none.",
    )


def _unfit(state: AppState) -> str:
    """Return why settings of the models are not for tables in many files, or nothing."""
    even = CovarianceType(state.model.covariance_type).shape.even
    for asked, what in (
        (state.model.background == "on", "with a uniform background"),
        (bool(state.view.hard) and even, "with a width that is held"),
    ):
        if asked:
            return f"They are not fitted {what}."
    return ""


def _of_sample(result: Comparison) -> Found:
    points, fit, gmm, kmeans = result.points, result.gmm_fit, result.gmm, result.kmeans
    scale = np.outer(points.scale, points.scale)
    own = gmm.mixture
    return Found(
        points.n,
        fit.log_likelihood,
        {name: float(getattr(fit, name)) for name, one in CRITERIA.items() if not one.held_out},
        result.kmeans_fit.inertia,
        Mixture(own.weights, points.own_units(own.means), own.covariances * scale),
        points.own_units(kmeans.mixture.means),
        np.bincount(kmeans.labels, minlength=kmeans.k) / points.n,
    )


def _of_all(at: Reached, n: int) -> Found:
    (run,), (kmeans,) = at.mixtures, at.kmeans
    last = kmeans.last
    assert last is not None
    shift, scale = at.scale.shift, at.scale.scale
    criteria: dict[str, float] = {}
    value = None
    if run.scores is not None:
        value = run.scores.log_likelihood / run.scores.n
        free = n_parameters(run.covariance_type, *run.mixture.means.shape)
        scored = Scored(value, free, run.scores.n, run.scores.entropy)
        found = {name: one.value(scored) for name, one in CRITERIA.items() if one.value is not None}
        criteria = {name: score for name, score in found.items() if score is not None}
    own = run.mixture
    return Found(
        n,
        value,
        criteria,
        last.inertia,
        Mixture(own.weights, own.means * scale + shift, own.covariances * np.outer(scale, scale)),
        kmeans.centers * scale + shift,
        last.counts / n,
    )
