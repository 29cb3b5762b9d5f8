"""Converged is not arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, gmm_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_BARS = {"data": "bars", "k": 2, "cov": "tied"}
_SKLEARN = {"init": "kmeans", "n_init": 1, "tol": 1e-3, "max_iter": 100}


def _fine(run: Run) -> Run:
    return run.but(tol=1e-6, max_iter=500)


def _arrived(run: Run) -> int:
    return 0 if gmm_ari(run) > 0.9 else 1


def _why_arrived(run: Run) -> str:
    fit = run.comparison.gmm_fit
    return (
        f"scikit-learn's defaults stop after {fit.n_iter} iterations, report "
        f"{'convergence' if fit.converged else 'no convergence'}, and are wrong: ARI "
        f"{round(gmm_ari(run), 2) + 0.0:.2f}, BIC {fit.bic:,.0f}. Converged only says that one "
        "iteration gained less than the tolerance, here 0.001 a point. The likelihood is "
        "nearly flat on the way."
    )


def _patience(run: Run) -> int:
    return 0 if gmm_ari(run) > 0.9 else 1


def _why_patience(run: Run) -> str:
    fit, early = run.comparison.gmm_fit, run.but(**_SKLEARN).comparison.gmm_fit
    often = run.but(**_SKLEARN | {"n_init": 10}).comparison.gmm_fit
    return (
        f"With a tolerance of 0.000001 the same start goes on to iteration {fit.n_iter}: BIC "
        f"{fit.bic:,.0f} instead of {early.bic:,.0f}, ARI {gmm_ari(run):.2f}. Ten restarts at the "
        f"coarse tolerance give BIC {often.bic:,.0f}: they all stop on the same plateau."
    )


LESSONS.add(
    Lesson(
        name="converged",
        title="What converged means",
        idea="EM can stop on a plateau and call it convergence; the defaults decide.",
        course=COURSES[2],
        place=8,
        minutes=5,
        steps=(
            Step(
                "scikit-learn's defaults",
                _BARS | _SKLEARN,
                "Two long bars, one above the other, and a mixture exactly as scikit-learn would "
                "fit it: one k-means start, tolerance 0.001.",
                Choice(
                    "The fit says it has converged. Are the bars found?",
                    ("Yes", "No"),
                    _arrived,
                ),
                _why_arrived,
                (
                    Claim("it says converged", lambda r: r.comparison.gmm_fit.converged),
                    Claim("after a few iterations", lambda r: r.comparison.gmm_fit.n_iter < 15),
                    Claim("and is wrong", lambda r: gmm_ari(r) < 0.1),
                    Claim(
                        "a finer tolerance has a far better BIC",
                        lambda r: _fine(r).comparison.gmm_fit.bic < r.comparison.gmm_fit.bic - 500,
                    ),
                ),
            ),
            Step(
                "More patience",
                _BARS | _SKLEARN | {"tol": 1e-6, "max_iter": 500},
                "The same start, but it may go on until an iteration gains less than a millionth.",
                Choice("Are the bars found now?", ("Yes", "No"), _patience),
                _why_patience,
                (
                    Claim("patience finds the bars", lambda r: gmm_ari(r) > 0.95),
                    Claim(
                        "ten coarse restarts do not",
                        lambda r: gmm_ari(r.but(**_SKLEARN | {"n_init": 10})) < 0.1,
                    ),
                ),
            ),
        ),
        needs=("em", "beginnings"),
        hide=(*DRAWING, "kinit"),
    )
)
