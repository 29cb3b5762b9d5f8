"""k-means by hand: assign, move, and what both make smaller."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {
    "data": "blobs",
    "n": 60,
    "noise": 0.9,
    "centers": 3,
    "dseed": 4,
    "k": 3,
    "view": "steps",
    "start": "own",
    "centres": "-2,8,0,6,-3,5",
}


def _nearest(run: Run) -> bool:
    """Return whether every point of the first assignment is with its nearest centre."""
    steps = run.steps
    labels, centers = steps.kmeans.labels[0].tolist(), steps.kmeans.centers[0]
    for point, label in zip(steps.points.fitted, labels, strict=True):
        apart = ((centers - point) ** 2).sum(axis=1)
        if apart[label] > apart.min() + 1e-9:
            return False
    return True


def _border(run: Run) -> int:
    return 0 if _nearest(run) else 1


def _counts(run: Run) -> list[int]:
    labels = run.steps.kmeans.labels[0].tolist()
    return [labels.count(j) for j in range(run.state.model.k)]


def _why_border(run: Run) -> str:
    sizes = ", ".join(map(str, _counts(run)))
    return (
        "Straight, halfway: the places equally far from two centres are a straight line midway, "
        f"and on each side of it one is nearer. The three centres now have {sizes} points. The "
        "border does not ask where the crowd is. Drag a centre, by mouse, finger or arrow keys, "
        "and see its border follow."
    )


def _moves(run: Run) -> list[float]:
    """Return how far each centre goes in the first move."""
    centers = run.steps.kmeans.centers
    moves: list[float] = (((centers[1] - centers[0]) ** 2).sum(axis=1) ** 0.5).tolist()
    return moves


def _farthest(run: Run) -> int:
    moves = _moves(run)
    return moves.index(max(moves))


def _why_farthest(run: Run) -> str:
    told = ", ".join(f"{i + 1} by {far:.1f}" for i, far in enumerate(_moves(run)))
    return (
        f"Centre {told}: each now stands in the middle of the points it was given, and forgets "
        "where it was. The farther its points lay from it on one side, the farther it goes."
    )


def _rounds(run: Run) -> float:
    return float(run.steps.kmeans.fit.n_iter)


def _why_rounds(run: Run) -> str:
    changed = run.steps.kmeans.changed.tolist()[1:]
    return (
        f"{_rounds(run):.0f} rounds, and a last assign: {run.steps.kmeans.last} half steps. After "
        f"the first assign {', '.join(map(str, changed))} points changed their centre. When none "
        "does, the means stay where they are, and nothing can change any more. That is the whole "
        "of k-means."
    )


def _rises(run: Run) -> bool:
    steps = run.steps.kmeans
    both = zip(steps.moved_inertia.tolist(), steps.inertia.tolist(), strict=True)
    path = [value for pair in both for value in pair][1:]
    return any(later > earlier + 1e-9 for earlier, later in pairwise(path))


def _never(run: Run) -> int:
    return 0 if _rises(run) else 1


def _why_never(run: Run) -> str:
    inertia = run.steps.kmeans.inertia
    return (
        f"It falls from {inertia[0]:,.0f} to {inertia[-1]:,.0f} and never rises: a point that goes "
        "to a nearer centre makes it smaller, and the mean is the place with the least squared "
        "distance to its points. Making inertia small is what k-means does, and all it does."
    )


LESSONS.add(
    Lesson(
        name="kmeans",
        title="k-means by hand",
        idea="Assign every point to its nearest centre, move every centre to its points' mean.",
        course=COURSES[0],
        place=2,
        minutes=5,
        steps=(
            Step(
                "First half step: assign",
                _DATA | {"step": 1},
                "k-means stands for every cluster by one position, its centre. It starts with K "
                "centres anywhere. Then it assigns: every point goes to the nearest centre.",
                Choice(
                    "Where does the border between two centres run?",
                    ("Straight, halfway between them", "Around the larger crowd"),
                    _border,
                ),
                _why_border,
                (Claim("every point goes to its nearest centre", _nearest),),
                hide=("scores",),
            ),
            Step(
                "Second half step: move",
                _DATA | {"step": 2},
                "Now every centre moves to the mean of its points: their average x and their "
                "average y.",
                Choice(
                    "Look at where the three start. Which will move farthest?",
                    ("Centre 1", "Centre 2", "Centre 3"),
                    _farthest,
                ),
                _why_farthest,
                (
                    Claim(
                        "each is the mean of its points",
                        lambda r: all(
                            abs(
                                r.steps.points.fitted[r.steps.kmeans.labels[0] == j].mean(axis=0)
                                - r.steps.kmeans.centers[1][j]
                            ).max()
                            < 1e-9
                            for j in range(3)
                        ),
                    ),
                ),
                hide=("scores",),
            ),
            Step(
                "And again",
                _DATA | {"step": "last"},
                "k-means repeats the two half steps, assign and move, until no point changes its "
                "centre. One round is both half steps.",
                Estimate("After how many rounds does it stop?", _rounds, 2, 1, 100),
                _why_rounds,
                (
                    Claim("it stops by itself", lambda r: r.steps.kmeans.fit.converged),
                    Claim("nothing changes at the end", lambda r: r.steps.kmeans.changed[-1] == 0),
                ),
                hide=("scores",),
            ),
            Step(
                "What it makes small",
                _DATA | {"step": "last"},
                "Add up every point's squared distance to its centre. The sum is called inertia; "
                "lower is better.",
                Choice(
                    "Can a half step make the inertia larger?",
                    ("Yes, when a centre jumps too far", "No, never"),
                    _never,
                ),
                _why_never,
                (Claim("inertia never rises", lambda r: not _rises(r)),),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, "start", "notice", "captions", "gmm"),
    )
)
