"""The textbook's k-means: labels, circles, and where circles fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, cut_groups, gmm_ari, kmeans_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

BLOBS = {"data": "blobs", "n": 400, "noise": 0.6, "centers": 4, "dseed": 0, "k": 4}
STRETCHED = {"data": "stretched", "n": 400, "noise": 0.6, "centers": 4, "dseed": 0, "k": 4}


def _finds(run: Run) -> int:
    return 0 if kmeans_ari(run) > 0.9 else 1


def _why_finds(run: Run) -> str:
    fit = run.comparison.kmeans_fit
    return (
        f"ARI {kmeans_ari(run):.2f} after {fit.n_iter} iterations: each point belongs to the "
        f"nearest of four centres, and every centre has a group around it. Inertia "
        f"{fit.inertia:.0f}."
    )


def _radius(run: Run) -> float:
    return float(run.comparison.kmeans_fit.radii.max())


def _why_radius(run: Run) -> str:
    radii = sorted(run.comparison.kmeans_fit.radii.tolist())
    return (
        f"The radii run from {radii[0]:.1f} to {radii[-1]:.1f}: each circle reaches its farthest "
        "member. k-means itself keeps only the centres: its borders are straight, halfway between "
        "two of them, whatever the widths, and it has no word for doubt."
    )


def _muddled(run: Run) -> int:
    return 1 if kmeans_ari(run) < 0.9 else 0


def _why_muddled(run: Run) -> str:
    cut = len(cut_groups(run.comparison))
    more = f", and cuts {cut} of the groups" if cut else ""
    return (
        f"k-means scores only {kmeans_ari(run):.2f}{more}. Its borders lie halfway between two "
        "centres, however long the groups are, so the end of a long group can lie nearer to "
        f"another centre. The mixture on the right, which may use ellipses, scores "
        f"{gmm_ari(run):.2f}."
    )


LESSONS.add(
    Lesson(
        name="book-kmeans",
        title="k-means and its circles",
        idea="What k-means knows of a cluster, and where that is not enough.",
        course=COURSES[1],
        place=1,
        minutes=6,
        steps=(
            Step(
                "Four simple blobs",
                BLOBS | {"show": ["centers"]},
                "400 points in four round groups.",
                Choice("Will k-means with K = 4 find them?", ("Yes", "No"), _finds),
                _why_finds,
                (Claim("k-means finds the blobs", lambda r: kmeans_ari(r) > 0.95),),
            ),
            Step(
                "The circles it implies",
                BLOBS | {"show": ["circles", "centers"]},
                "Draw a circle around each centre, out to the farthest point of the cluster. The "
                "blobs have a standard deviation of 0.6.",
                Estimate("How large is the largest radius?", _radius, 0.7, 0, 10, 0.1),
                _why_radius,
                (
                    Claim(
                        "every circle holds its cluster",
                        lambda r: bool((r.comparison.kmeans_fit.distances <= _radius(r)).all()),
                    ),
                ),
            ),
            Step(
                "Stretched blobs",
                STRETCHED | {"show": ["circles", "centers", "ellipses"]},
                "The same points, stretched and slanted by one linear map. Do the circles still "
                "fit?",
                Choice(
                    "What does k-means do?",
                    ("It finds the four groups again", "It muddles them"),
                    _muddled,
                ),
                _why_muddled,
                (
                    Claim("k-means muddles them", lambda r: kmeans_ari(r) < 0.9),
                    Claim("the mixture does not", lambda r: gmm_ari(r) > 0.97),
                ),
            ),
        ),
        hide=FINE_PRINT,
    )
)
