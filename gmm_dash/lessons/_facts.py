"""What the lessons read off a result: small facts with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmm_dash.engine import RestartStudy, Selection, SelectionRow
    from gmm_dash.lessons._lesson import Run
    from gmm_dash.results import Comparison

FINE_PRINT = ("init", "kinit", "tol", "max_iter", "reg")
"""Controls that most lessons have no use for."""

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


def unsure(result: Comparison, below: float = 0.8) -> int:
    """Return how many points the mixture is less sure of than ``below``."""
    return int((result.gmm.certainty < below).sum())


def best(selection: Selection, criterion: str) -> SelectionRow:
    """Return the best sound row; the lessons only ask where there is one."""
    row = selection.best(criterion)
    assert row is not None
    return row


def failures(study: RestartStudy) -> float:
    """Return the share of starts that did not end at the best end, or next to it."""
    found, total = study.optima[0], len(study.objective)
    if study.algorithm == "kmeans":
        return float((study.objective > 1.05 * found).sum()) / total
    return float((study.objective < found - 0.01).sum()) / total
