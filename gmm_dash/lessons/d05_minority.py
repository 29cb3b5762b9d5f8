"""A small group beside a large one: parsimony."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, kmeans_ari, shape_aris, shape_bics
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "minority", "k": 2}


def _halves(run: Run) -> int:
    weights = run.comparison.kmeans.mixture.weights
    return 1 if float(weights.min()) > 0.3 else 0


def _why_halves(run: Run) -> str:
    weights = run.comparison.kmeans.mixture.weights
    return (
        f"k-means cuts the large group, {100 * weights.max():.0f} % to "
        f"{100 * weights.min():.0f} % (ARI {kmeans_ari(run):.2f}): splitting 1,000 points saves "
        "more squared distance than keeping 40 apart."
    )


def _simple(run: Run) -> int:
    bics = shape_bics(run)
    return 1 if bics["tied"] < bics["full"] else 0


def _why_simple(run: Run) -> str:
    bics, aris = shape_bics(run), shape_aris(run)
    return (
        f"BIC prefers tied ({bics['tied']:,.0f}) to full ({bics['full']:,.0f}); tied finds the "
        f"minority with ARI {aris['tied']:.2f}, full has {aris['full']:.2f}. Forty points are few "
        "for an ellipse of their own; borrowing the shape of the large group is the safer guess."
    )


LESSONS.add(
    Lesson(
        name="minority",
        title="A small group",
        idea="k-means halves the large group; a simple mixture finds the small one most safely.",
        course=COURSES[2],
        place=7,
        minutes=4,
        steps=(
            Step(
                "Twenty-five to one",
                _DATA | {"cov": "tied"},
                "1,000 points in one round group and 40 in another of the same width, four "
                "standard deviations away.",
                Choice(
                    "What does k-means do with K = 2?",
                    ("It finds the small group", "It cuts the large group in two"),
                    _halves,
                ),
                _why_halves,
                (
                    Claim("k-means cuts the large group", lambda r: kmeans_ari(r) < 0.1),
                    Claim("its clusters are of similar size", lambda r: _halves(r) == 1),
                    Claim("a tied mixture succeeds", lambda r: (r.comparison.gmm.ari or 0) > 0.85),
                ),
            ),
            Step(
                "The four types on these points",
                _DATA | {"show": ["size", "ellipses", "centers", "shapes"]},
                "The four covariance types on these points.",
                Choice("Which does BIC prefer?", ("Full to tied", "Tied to full"), _simple),
                _why_simple,
                (
                    Claim("BIC prefers tied to full", lambda r: _simple(r) == 1),
                    Claim("tied finds the minority", lambda r: shape_aris(r)["tied"] > 0.85),
                ),
            ),
        ),
        needs=("borders", "types"),
        hide=(*DRAWING, *FINE_PRINT),
    )
)
