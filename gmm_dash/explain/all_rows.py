"""Words for both models over all rows of a long table, of which the page has a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.cost import spoken
from gmm_dash.explain.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

APART: Final = (
    "Log-likelihoods are per row and in the scale of the sample, so both columns compare. The "
    "criteria and the inertia are made of sums over the rows: compare them with other models of "
    "the same rows."
)


def offered(sample: int, complete: int, url: str, why: str = "") -> str:
    """Return what the numbers of the page are of, and why not of more where that cannot be had."""
    said = (
        f"The plots and numbers above are of a random sample: {sample:,} of {complete:,} complete "
        f"rows at {url}."
    )
    return f"{said} {why}".strip()


def beyond(n: int, seconds: float, *, four: bool = False) -> str:
    """Return what a press carries on from the sample to all ``n`` rows: a pair, or ``four``."""
    who = "All four mixtures" if four else "Both models"
    return (
        f"{who} can go on to all {n:,} rows from where they ended in the sample, in short "
        "pieces that can be stopped and continued: by estimate these and the answer take "
        f"{spoken(seconds)} of computing. Then everything above is of all rows."
    )


def carried(method: str, iterations: int, rise: float | None, tol: float, kind: str = "") -> str:
    """Return how far a model of a sample is that is carried on to all rows.

    Parameters
    ----------
    method : str
        ``"kmeans"`` or ``"mixture"``.
    iterations : int
        Over all rows, so far.
    rise : float or None
        What the mixture's last one has added to the log-likelihood per row, in nats.
    tol : float
        The rise below which the mixture ends.
    kind : str
        Of several mixtures, the covariance type of the one that moves.
    """
    if not iterations and kind:
        return f"Now the {kind} mixture."
    if not iterations:
        return "k-means of all rows is there; now the mixture."
    name = "k-means" if method == "kmeans" else f"Mixture, {kind}" if kind else "Mixture"
    said = f"{name}: {counted(iterations, 'iteration')} over all rows"
    if rise is None:
        return f"{said}."
    return f"{said}; the last one added {rise:.1e} nats per row, and it ends below {tol:g}."


def progress(iteration: int, done: int, of: int, *, scores: bool) -> str:
    """Return how far a fit to all rows is.

    Parameters
    ----------
    iteration : int
        The present one, from 1.
    done, of : int
        Blocks of rows in it.
    scores : bool
        Whether it is the last pass, which is for the scores alone.
    """
    what = "Last pass, for the scores" if scores else f"Iteration {iteration}"
    return f"{what}: {done:,} of {counted(of, 'block')} of all rows."


def written(files: int, of: int, place: str) -> str:
    """Return how far labels are written: so many files of so many, to a place."""
    if files == of:
        return f"Labels of all rows are at {place}, in {counted(of, 'file')}."
    return f"Labels: {files:,} of {counted(of, 'file')}."


def found(
    n: int,
    left_out: int,
    iterations: Sequence[int],
    converged: Sequence[bool],
    failed: str = "",
    *,
    degenerate: bool = False,
) -> list[str]:
    """Return what is said of finished fits to all rows.

    Parameters
    ----------
    n, left_out : int
        Complete rows, and the others.
    iterations, converged : sequences of two
        Of the mixture and of k-means.
    failed : str
        Why the mixture ended early, or empty.
    degenerate : bool
        Whether a component of it has collapsed.
    """
    mixture, kmeans = (counted(one, "iteration") for one in iterations)
    out = [
        f"All {n:,} complete rows: {mixture} of the mixture and {kmeans} of k-means, begun where "
        "the sample's ended."
    ]
    if left_out:
        have = "row has" if left_out == 1 else "rows have"
        out.append(f"{left_out:,} {have} a gap or no finite number: left out.")
    if failed:
        out.append(f"The mixture ended early, and has no scores: {failed}")
    elif degenerate:
        out.append("A component of the mixture has collapsed: its scores compare with no other's.")
    late = [name for name, ok in zip(("mixture", "k-means"), converged, strict=True) if not ok]
    if late and not failed:
        names = " and ".join("the mixture" if one == "mixture" else one for one in late)
        out.append(f"The limit of iterations ended {names} before the tolerance was met.")
    return [*out, APART]
