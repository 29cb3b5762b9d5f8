"""The textbook's mixture: labels, posteriors, sizes, ellipses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, gmm_ari, percent_inside, unsure
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step
from gmm_dash.lessons.t1_kmeans import BLOBS

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _same(run: Run) -> int:
    return 0 if run.comparison.moved <= 0.02 * run.points.n else 1


def _why_same(run: Run) -> str:
    result = run.comparison
    return (
        f"{result.moved} of {result.points.n} points have another colour, and the mixture scores "
        f"{gmm_ari(run):.2f}. As labels the two agree; what the mixture adds is behind the label."
    )


def _sum_of_rows(run: Run) -> float:
    return float(run.comparison.gmm.responsibilities.sum(axis=1).mean())


def _why_rows(run: Run) -> str:
    shares = run.comparison.gmm.responsibilities[0]
    first = ", ".join(f"{share:.3f}" for share in shares.tolist())
    return (
        f"Every row adds up to 1. The first point has {first}: its shares in the four components. "
        "Open the table of posterior probabilities below the plots, sort it, or download it."
    )


def _small(run: Run) -> int:
    result = run.comparison
    order = result.gmm.certainty.argsort()[:10]
    means = result.gmm.mixture.means
    points = result.points.fitted[order]
    apart = ((points[:, None, :] - means[None, :, :]) ** 2).sum(axis=2) ** 0.5
    apart.sort(axis=1)
    return 1 if float((apart[:, 0] / apart[:, 1]).mean()) > 0.6 else 0


def _why_small(run: Run) -> str:
    result = run.comparison
    return (
        f"{unsure(result, 0.99)} points are less than 99 % sure, {unsure(result)} less than 80 %; "
        "they lie between two components, at nearly equal distance. A point's area goes with its "
        "certainty squared, so doubt is seen at once."
    )


def _inside(run: Run) -> float:
    return percent_inside(run.comparison, 2)


def _why_inside(run: Run) -> str:
    return (
        f"{_inside(run):.0f} % of these points; in theory 86 %, not the 95 % of one dimension. "
        "The three ellipses of a component hold 39, 86 and 99 %, and the heavier a component, "
        "the stronger its colour."
    )


LESSONS.add(
    Lesson(
        name="book-soft",
        title="Soft labels",
        idea="A mixture gives every point a share in every component.",
        course=COURSES[1],
        place=2,
        minutes=8,
        steps=(
            Step(
                "The mixture's labels",
                BLOBS | {"show": ["ellipses", "centers"]},
                "The same four blobs, now with a mixture of four Gaussians beside k-means.",
                Choice(
                    "Will the labels differ from those of k-means?",
                    ("Hardly or not at all", "For many points"),
                    _same,
                ),
                _why_same,
                (Claim("the labels agree", lambda r: r.comparison.agreement > 0.95),),
            ),
            Step(
                "The table of posteriors",
                BLOBS | {"show": ["size", "centers"]},
                "For each point the mixture computes its posterior probability under each of the "
                "four components.",
                Estimate(
                    "What do the four probabilities of a point add up to?",
                    _sum_of_rows,
                    0.001,
                    0,
                    4,
                    0.1,
                ),
                _why_rows,
                (Claim("rows add up to one", lambda r: abs(_sum_of_rows(r) - 1) < 1e-9),),
            ),
            Step(
                "Small points",
                BLOBS | {"show": ["size", "centers"]},
                "Now every point is drawn with an area proportional to the square of its "
                "largest probability.",
                Choice(
                    "Which points shrink?",
                    ("Those far from every centre", "Those between two groups"),
                    _small,
                ),
                _why_small,
                (
                    Claim("the unsure lie between", lambda r: _small(r) == 1),
                    Claim("some points are unsure", lambda r: unsure(r.comparison, 0.99) > 0),
                ),
            ),
            Step(
                "One, two, three standard deviations",
                BLOBS | {"seed": 42, "show": ["size", "ellipses", "centers"]},
                "Each component is drawn as ellipses at 1, 2 and 3 standard deviations.",
                Estimate(
                    "What percentage of the points lies within 2 standard deviations?",
                    _inside,
                    4,
                    0,
                    100,
                ),
                _why_inside,
                (Claim("about 86 % are inside", lambda r: 80 < _inside(r) < 92),),
            ),
        ),
        hide=FINE_PRINT,
    )
)
