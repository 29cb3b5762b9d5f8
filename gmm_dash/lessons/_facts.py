"""What the lessons read off a result: small facts with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.lessons._lesson import Run
    from gmm_dash.results import Comparison
    from gmm_dash.results.restarts import Restarts

FINE_PRINT = ("init", "kinit", "tol", "max_iter", "reg")
"""Controls that most lessons have no use for."""

MUTE = ("notice", "scores", "captions")
"""Parts of the page that would speak of what a first course has not said yet."""

DRAWING = ("n", "noise", "centers", "dseed", "scale")
"""Controls that would draw other points than the lesson speaks of."""


def kmeans_ari(run: Run) -> float:
    """Return how well k-means finds the true groups; 0 where none are known."""
    return run.comparison.kmeans.ari or 0.0


def gmm_ari(run: Run) -> float:
    """Return how well the mixture finds the true groups; 0 where none are known."""
    return run.comparison.gmm.ari or 0.0


def shape_aris(run: Run) -> dict[str, float]:
    """Return the ARI of each covariance type."""
    shapes = run.shapes
    return {
        str(fit.covariance_type): side.ari or 0.0
        for fit, side in zip(shapes.fits, shapes.sides, strict=True)
    }


def shape_bics(run: Run) -> dict[str, float]:
    """Return the BIC of each covariance type."""
    return {str(fit.covariance_type): fit.bic for fit in run.shapes.fits}


def cut_groups(result: Comparison) -> list[int]:
    """Return the true groups of which k-means puts at least a fifth elsewhere than the rest."""
    truth = result.points.labels
    assert truth is not None
    cut = []
    for group in range(int(truth.max()) + 1):
        mine = result.kmeans.labels[truth == group].tolist()
        largest = max(mine.count(label) for label in set(mine))
        if largest < 0.8 * len(mine):
            cut.append(group)
    return cut


def lost_points(result: Comparison) -> list[int]:
    """Return how many points of each true group k-means gives to another group's cluster."""
    truth = result.points.labels
    assert truth is not None
    lost = []
    for group in range(int(truth.max()) + 1):
        mine = result.kmeans.labels[truth == group].tolist()
        lost.append(len(mine) - max(mine.count(label) for label in set(mine)))
    return lost


def misplaced(labels: list[int], truth: list[int]) -> int:
    """Return how many points are in a cluster where another true group has the majority."""
    wrong = 0
    for label in set(labels):
        mine = [group for one, group in zip(labels, truth, strict=True) if one == label]
        wrong += len(mine) - max(mine.count(group) for group in set(mine))
    return wrong


def percent_inside(result: Comparison, deviations: float) -> float:
    """Return the percentage of points so many standard deviations from their component at most."""
    mixture, labels = result.gmm.mixture, result.gmm.labels
    hits = 0
    for i in range(len(mixture.weights)):
        away = result.points.fitted[labels == i] - mixture.means[i]
        (a, b), (_, d) = mixture.covariances[i].tolist()
        x, y = away[:, 0], away[:, 1]
        squared = (d * x * x - 2 * b * x * y + a * y * y) / (a * d - b * b)
        hits += int((squared <= deviations**2).sum())
    return 100 * hits / result.points.n


def unsure(result: Comparison, below: float = 0.8) -> int:
    """Return how many points the mixture is less sure of than ``below``."""
    return int((result.gmm.certainty < below).sum())


def best(run: Run, criterion: str, shape: str = "") -> SelectionRow:
    """Return the winner on the screen, or that of one covariance type; lessons ask where one is."""
    if not shape:
        row = run.selection.best(criterion)
        assert row is not None
        return row
    mine = [row for row in run.selection.candidates if row.covariance_type == shape]
    return min(mine, key=lambda row: float(getattr(row, criterion)))


def missed(restarts: Restarts, kind: str) -> tuple[int, int]:
    """Return how many starts of a kind miss the best end found, and how many there are."""
    ends = [
        int(end)
        for start, end in zip(restarts.starts, restarts.optimum, strict=True)
        if start.kind == kind
    ]
    return sum(end != 0 for end in ends), len(ends)
