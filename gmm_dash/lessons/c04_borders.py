"""Where k-means' straight borders fail: long groups, wide and tight ones, rare ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, MUTE, cut_groups, lost_points
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_SHOW = {"show": ["centers", "regions"]}
_WIDE_GAP = 8.0  # standard deviations from centre to centre; the step has 4


def _cuts(run: Run) -> int:
    return 1 if cut_groups(run.comparison) else 0


def _why_cuts(run: Run) -> str:
    cut = len(cut_groups(run.comparison))
    return (
        f"It cuts {cut} of the 3 stripes. Its borders are straight and halfway between two "
        "centres, however long a group is, so the far end of a stripe goes to whichever centre "
        "is nearer. Restarts do not help: the best of them does this."
    )


def _loser(run: Run) -> int:
    lost = lost_points(run.comparison)
    return lost.index(max(lost))


def _why_loser(run: Run) -> str:
    lost = lost_points(run.comparison)
    return (
        f"The wide group loses {lost[1]} points, the medium one {lost[0]}, the tight one "
        f"{lost[2]}. Halfway between the centres is too near to the wide group: its outer "
        "points already lie on the other side."
    )


def _sizes(run: Run) -> tuple[int, int]:
    labels = run.comparison.kmeans.labels.tolist()
    small = min(labels.count(0), labels.count(1))
    return small, len(labels) - small


def _halves(run: Run) -> int:
    return 1 if _sizes(run)[0] > 0.3 * run.points.n else 0


def _why_halves(run: Run) -> str:
    small, large = _sizes(run)
    return (
        f"Its clusters have {large} and {small} points: it cuts the large group. Squared distances "
        "of 1,000 points weigh more than 40 points apart, so half of a crowd is worth more to it "
        "than a small group of its own. A wider gap would outweigh that."
    )


LESSONS.add(
    Lesson(
        name="borders",
        title="Straight borders",
        idea="k-means can fail on long groups, on unequal widths, on small groups beside large.",
        course=COURSES[0],
        place=4,
        minutes=4,
        steps=(
            Step(
                "Long groups",
                {"data": "aniso", "k": 3} | _SHOW,
                "Three long groups, like stripes, and k-means with K = 3 and several restarts. "
                "Will every stripe get a cluster of its own?",
                Choice("What happens to the stripes?", ("One cluster each", "Some are cut"), _cuts),
                _why_cuts,
                (Claim("k-means cuts stripes", lambda r: len(cut_groups(r.comparison)) > 0),),
            ),
            Step(
                "Wide and tight groups",
                {"data": "unequal", "k": 3} | _SHOW,
                "Three round groups: one medium, one wide, one tight. K = 3.",
                Choice(
                    "Which group loses the most points to another's cluster?",
                    ("The medium one", "The wide one", "The tight one"),
                    _loser,
                ),
                _why_loser,
                (Claim("the wide group loses most", lambda r: _loser(r) == 1),),
            ),
            Step(
                "A small group beside a large one",
                {"data": "minority", "k": 2} | _SHOW,
                "1,000 points in one round group, 40 in another of the same width beside it. K "
                "= 2.",
                Choice(
                    "What does k-means do?",
                    ("It finds the small group", "It cuts the large group in two"),
                    _halves,
                ),
                _why_halves,
                (
                    Claim("its clusters are of similar size", lambda r: _halves(r) == 1),
                    Claim(
                        "with a wider gap it finds the small group",
                        lambda r: _sizes(r.but(noise=_WIDE_GAP)) == (40, 1000),
                    ),
                ),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, *MUTE, "gmm"),
    )
)
