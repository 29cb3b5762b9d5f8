"""AIC or BIC: how many components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, best
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_VIEW = {"data": "three", "dseed": 7, "view": "select", "kmin": 1, "kmax": 8, "types": "full"}
_OPTIONS = ("Fewer than 3", "Exactly 3", "More than 3")


def _picked(run: Run, criterion: str) -> int:
    return best(run, criterion).n_components


def _answer(run: Run, criterion: str) -> int:
    picked = _picked(run, criterion)
    return 0 if picked < 3 else 1 if picked == 3 else 2


def _few_bic(run: Run) -> int:
    return _answer(run, "bic")


def _why_few(run: Run) -> str:
    return (
        f"BIC picks {_picked(run, 'bic')}, AIC {_picked(run, 'aic')}. AIC charges 2 for each "
        f"parameter, BIC log({run.points.n}) = {_log_price(run):.1f}: with few points BIC would "
        "rather miss a group than believe in one."
    )


def _log_price(run: Run) -> float:
    """Return what BIC charges for one parameter: the difference of the criteria tells."""
    row = run.sweep.mixtures[-1]
    assert row.bic is not None
    assert row.aic is not None
    return (row.bic - row.aic) / row.n_parameters + 2


def _many_bic(run: Run) -> int:
    return _answer(run, "bic")


def _why_many(run: Run) -> str:
    return (
        f"With {run.points.n} points BIC picks {_picked(run, 'bic')}. Evidence grows with every "
        "point, the price of a parameter only with its logarithm, so BIC comes to the truth, if "
        f"it is among the models. AIC picks {_picked(run, 'aic')} here: it never stops liking one "
        "more now and then."
    )


LESSONS.add(
    Lesson(
        name="criteria",
        title="How many? AIC and BIC",
        idea="Both charge for parameters; BIC charges more, and needs enough points.",
        course=COURSES[0],
        place=10,
        minutes=4,
        steps=(
            Step(
                "Sixty points",
                _VIEW | {"n": 60},
                "Three round groups that touch, and only 60 points. BIC compares mixtures of 1 "
                "to 8 components; lower is better.",
                Choice("How many components will BIC pick?", _OPTIONS, _few_bic),
                _why_few,
                (
                    Claim("BIC picks too few", lambda r: _picked(r, "bic") < 3),
                    Claim("AIC picks more", lambda r: _picked(r, "aic") > _picked(r, "bic")),
                ),
            ),
            Step(
                "Three hundred points",
                _VIEW | {"n": 300},
                "The same recipe with five times as many points.",
                Choice("And now?", _OPTIONS, _many_bic),
                _why_many,
                (Claim("BIC picks three", lambda r: _picked(r, "bic") == 3),),
            ),
        ),
        hide=FINE_PRINT,
    )
)
