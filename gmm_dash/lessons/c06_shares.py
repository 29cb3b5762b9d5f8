"""A mixture: components with weights, and the share of a point in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, unsure
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_HEAD = {"data": "mouse", "k": 3, "show": ["ellipses", "centers"]}
_OVERLAP = {"data": "overlap", "noise": 2.0, "k": 2, "show": ["ellipses", "centers"]}


def _heaviest(run: Run) -> float:
    return 100 * float(run.comparison.gmm.mixture.weights.max())


def _why_heaviest(run: Run) -> str:
    weights = sorted((100 * run.comparison.gmm.mixture.weights).tolist())
    return (
        f"{weights[2]:.0f} %; the ears have {weights[0]:.0f} and {weights[1]:.0f} %. The weights "
        "add up to 100 %. Each component also has a width of its own, so the ears stay small where "
        "k-means would have given them part of the head."
    )


def _sums(run: Run) -> int:
    totals = run.comparison.gmm.responsibilities.sum(axis=1)
    return 1 if bool((abs(totals - 1) < 1e-9).all()) else 0


def _doubtful(run: Run) -> list[float]:
    """Return the shares of the point that is least clearly one component's."""
    side = run.comparison.gmm
    shares: list[float] = side.responsibilities[int(side.certainty.argmin())].tolist()
    return sorted(shares)


def _why_sums(run: Run) -> str:
    low, high = _doubtful(run)
    return (
        f"Always exactly 1, or 100 %. The most doubtful point has {low:.2f} and {high:.2f}: "
        "half and half. It lies where both components are equally probable, about halfway. Half "
        "and half means undecided, not that the point is two things. Hover over points to see "
        "their shares."
    )


def _unsure_share(run: Run) -> float:
    return 100 * unsure(run.comparison) / run.points.n


def _why_unsure(run: Run) -> str:
    result = run.comparison
    return (
        f"{unsure(result):,} of {run.points.n:,} points, {_unsure_share(run):.0f} %. They are "
        "drawn small, between the two centres. k-means would give every one of them a cluster "
        "as if there were no doubt: its shares are 1 and 0 everywhere."
    )


LESSONS.add(
    Lesson(
        name="shares",
        title="A mixture and its shares",
        idea="A mixture gives every point a share in each component; shares add up to one.",
        course=COURSES[0],
        place=6,
        minutes=4,
        steps=(
            Step(
                "Several Gaussians at once",
                _HEAD,
                "A Gaussian mixture is several Gaussians laid over one another. Each is called a "
                "component, and has a weight: the part of all points that it accounts for. This "
                "mouse, a head and two ears, gets three.",
                Estimate("What percentage is the weight of the head?", _heaviest, 8, 0, 100),
                _why_heaviest,
                (
                    Claim("the head weighs most", lambda r: 60 < _heaviest(r) < 80),
                    Claim("the groups are found", lambda r: (r.comparison.gmm.ari or 0) > 0.95),
                ),
            ),
            Step(
                "Half and half",
                _OVERLAP,
                "Two round groups that overlap. A point's share in a component is the probability "
                "that the point came from it. A point near one centre may have shares 0.99 and "
                "0.01.",
                Choice(
                    "What do the shares of one point add up to?",
                    ("It depends on where it lies", "Always to 1"),
                    _sums,
                ),
                _why_sums,
                (
                    Claim("rows add up to one", lambda r: _sums(r) == 1),
                    Claim("some point is half and half", lambda r: _doubtful(r)[0] > 0.48),
                ),
            ),
            Step(
                "Sizes by certainty",
                _OVERLAP | {"show": ["size", "ellipses", "centers"]},
                "The largest share of a point is its certainty: 1 is no doubt, 0.5 is half and "
                "half. Now points are drawn the smaller, the less certain they are.",
                Estimate(
                    "Of how many points in a hundred is the certainty below 0.8?",
                    _unsure_share,
                    8,
                    0,
                    100,
                ),
                _why_unsure,
                (
                    Claim("a good part is unsure", lambda r: 10 < _unsure_share(r) < 60),
                    Claim(
                        "k-means shows none of it",
                        lambda r: bool((r.comparison.kmeans.certainty == 1).all()),
                    ),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE, "kmeans"),
    )
)
