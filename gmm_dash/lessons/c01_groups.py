"""What a group is, and what asking for one gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, MUTE
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _seen(run: Run) -> float:
    truth = run.points.labels
    assert truth is not None
    return float(truth.max() + 1)


def _why_seen(run: Run) -> str:
    return (
        f"{_seen(run):.0f}: these {run.points.n} points were drawn around {_seen(run):.0f} places. "
        "The colours show what a method found without being told where. Your eye did the same: "
        "near together is one group, a gap lies between two."
    )


def _returned(run: Run) -> int:
    used = set(run.comparison.kmeans.labels.tolist())
    return 1 if len(used) == run.state.model.k else 0


def _why_returned(run: Run) -> str:
    sizes = [run.comparison.kmeans.labels.tolist().count(i) for i in range(run.state.model.k)]
    return (
        f"It returns {run.state.model.k}, with {', '.join(map(str, sizes))} points: as many as it "
        "was asked for, although there is no gap anywhere. That it found them is no evidence that "
        "they exist."
    )


LESSONS.add(
    Lesson(
        name="groups",
        title="What a group is",
        idea="A group is points near together with gaps around; a method returns K in any case.",
        course=COURSES[0],
        place=1,
        minutes=2,
        steps=(
            Step(
                "A scatter plot",
                {"data": "blobs", "n": 200, "noise": 0.6, "k": 4, "show": []},
                "Each mark is one point: one flower, one customer, one star, with two "
                "measurements, x and y. A group is a set of points that lie close together, "
                "with thinner space around it.",
                Estimate("How many groups do you see?", _seen, 0.5, 0, 20),
                _why_seen,
                (
                    Claim("there are four", lambda r: _seen(r) == 4),
                    Claim("they are found", lambda r: (r.comparison.kmeans.ari or 0) > 0.95),
                ),
            ),
            Step(
                "Points without a gap",
                {"data": "uniform", "n": 500, "dseed": 0, "k": 4, "show": []},
                "500 points scattered evenly over a square. What a method returns as groups are "
                "called its clusters. How many it is asked for is called K; here K = 4.",
                Choice(
                    "How many clusters will it return?",
                    ("One: there is nothing to divide", "Four", "None"),
                    _returned,
                ),
                _why_returned,
                (Claim("it returns four", lambda r: _returned(r) == 1),),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, *MUTE, "gmm"),
    )
)
