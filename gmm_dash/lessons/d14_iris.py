"""The best BIC on real data is a degenerate one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.lessons._lesson import Run

_PETALS = "petal length (cm),petal width (cm)"


def _lowest(run: Run) -> SelectionRow:
    """Return the row of least BIC, sound or not."""
    rows = [row for row in run.selection.mixtures if row.bic is not None]
    return min(rows, key=lambda row: row.bic or 0.0)


def _sound(run: Run) -> SelectionRow | None:
    return run.selection.best("bic")


def _far_below(run: Run) -> bool:
    low, sound = _lowest(run).bic, _sound(run)
    return low is not None and (sound is None or sound.bic is None or low < sound.bic - 50)


def _trap(run: Run) -> int:
    return 1 if _lowest(run).degenerate else 0


def _why_trap(run: Run) -> str:
    low, sound = _lowest(run), _sound(run)
    hollow = sum(row.degenerate for row in run.selection.mixtures)
    kept = f"; the best sound model has {sound.n_components} (BIC {sound.bic:.0f})" if sound else ""
    return (
        f"The least BIC, {low.bic:.0f}, is at {low.n_components} components, and it is a collapse "
        f"({hollow} of 7 models are){kept}. Petals are measured to the millimetre, so many flowers "
        "share a value and a component can shrink onto them. Hollow points on the curve mark such "
        "models."
    )


LESSONS.add(
    Lesson(
        name="iris",
        title="Iris petals",
        idea="Rounded measurements make components collapse; the best BIC may be such a one.",
        course=COURSES[2],
        place=10,
        minutes=3,
        steps=(
            Step(
                "Iris petals, 1 to 7 components",
                {
                    "data": "iris",
                    "cols": _PETALS,
                    "scale": "none",
                    "k": 3,
                    "view": "select",
                    "kmin": 1,
                    "kmax": 7,
                    "types": "full",
                    "init": "k-means++",  # alone: neighbours would find a sound mixture here
                },
                "Length and width of the petals of 150 irises of three species, measured to the "
                "millimetre. BIC is computed for 1 to 7 components.",
                Choice(
                    "Would you trust the model with the very best BIC?",
                    ("Yes, that is what BIC is for", "No, it has collapsed"),
                    _trap,
                ),
                _why_trap,
                (
                    Claim("the best BIC is degenerate", lambda r: _lowest(r).degenerate),
                    Claim("far below the best sound one", _far_below),
                ),
            ),
        ),
        needs=("collapse",),
        hide=("init", "kinit", "tol", "max_iter"),
    )
)
