"""The case k-means was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "blobs", "n": 1500, "noise": 1.0, "centers": 3, "dseed": 170, "k": 3}
_NAMES = ("full", "tied", "diag", "spherical")


def _agree(run: Run) -> int:
    result = run.comparison
    return (
        0
        if result.agreement > 0.99
        else 1
        if (result.gmm.ari or 0) > (result.kmeans.ari or 0)
        else 2
    )


def _why_agree(run: Run) -> str:
    result = run.comparison
    return (
        f"Both find the true groups (ARI {result.kmeans.ari:.2f} and {result.gmm.ari:.2f}) and "
        f"disagree on {result.moved} of {result.points.n:,} points. These groups are "
        "round, equally wide and well apart, and the mixture finds nothing that k-means does not."
    )


def _best_shape(run: Run) -> int:
    bics = [fit.bic for fit in run.shapes.fits]
    simplest = bics[3]
    return 1 if simplest < bics[0] - 1 else 0


def _why_shape(run: Run) -> str:
    full, tied, _, spherical = run.shapes.fits
    return (
        f"BIC is {full.bic:,.0f} for full covariances and {spherical.bic:,.0f} for spherical "
        f"ones (tied: {tied.bic:,.0f}); lower is better. Full needs {full.n_parameters} numbers, "
        f"spherical {spherical.n_parameters}. The groups are round, and the extra numbers gain "
        "less likelihood than BIC charges for them."
    )


LESSONS.add(
    Lesson(
        name="ideal",
        title="Round and well apart",
        idea="On these round, separate groups both methods agree, and BIC prefers simple shapes.",
        course=COURSES[2],
        place=1,
        minutes=4,
        steps=(
            Step(
                "Three round groups",
                _DATA,
                "1,500 points in three round groups of the same width. Both methods are asked for "
                "K = 3 clusters.",
                Choice(
                    "Will k-means and the mixture draw different clusters?",
                    (
                        "No, the same ones",
                        "Yes, and the mixture is better",
                        "Yes, and k-means is better",
                    ),
                    _agree,
                ),
                _why_agree,
                (
                    Claim(
                        "k-means finds the groups", lambda r: (r.comparison.kmeans.ari or 0) > 0.98
                    ),
                    Claim("so does the mixture", lambda r: (r.comparison.gmm.ari or 0) > 0.98),
                ),
            ),
            Step(
                "Do you need ellipses here?",
                _DATA | {"show": ["size", "ellipses", "centers", "shapes"]},
                "A mixture may use any ellipse (full), one ellipse for all (tied), upright "
                "ellipses (diag) or circles (spherical). BIC weighs how well a model fits "
                "against how many numbers it needs; lower is better.",
                Choice(
                    "Which does BIC prefer on these round groups?",
                    ("Full: it can fit the most", "A simpler shape than full"),
                    _best_shape,
                ),
                _why_shape,
                (
                    Claim(
                        "spherical beats full by BIC",
                        lambda r: r.shapes.fits[3].bic < r.shapes.fits[0].bic,
                    ),
                    Claim(
                        "tied beats full by BIC",
                        lambda r: r.shapes.fits[1].bic < r.shapes.fits[0].bic,
                    ),
                ),
            ),
        ),
        needs=("types", "criteria"),
        hide=("init", "kinit", "tol", "max_iter", "reg"),
    )
)
