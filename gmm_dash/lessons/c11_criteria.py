"""AIC or BIC: how many components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, best
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_VIEW = {
    "data": "three",
    "dseed": 7,
    "view": "select",
    "kmin": 1,
    "kmax": 8,
    "types": "full",
    "chart": "criteria",
}
_OPTIONS = ("Fewer than 3", "Exactly 3", "More than 3")


def _picked(run: Run, criterion: str) -> int:
    return best(run, criterion).n_components


def _answer(run: Run, criterion: str) -> int:
    picked = _picked(run, criterion)
    return 0 if picked < 3 else 1 if picked == 3 else 2


def _bic(run: Run) -> int:
    return _answer(run, "bic")


def _why_few(run: Run) -> str:
    return (
        f"BIC picks {_picked(run, 'bic')}, AIC {_picked(run, 'aic')}. AIC's price of a "
        "parameter is 2, BIC's the logarithm of the number of points, here "
        f"{_log_price(run):.1f}; so BIC never picks more than AIC here. With few points BIC tends "
        "to miss groups, AIC to take too many. That is the trade."
    )


def _log_price(run: Run) -> float:
    """Return what BIC charges for one parameter: the difference of the criteria tells."""
    row = run.selection.mixtures[-1]
    assert row.bic is not None
    assert row.aic is not None
    return (row.bic - row.aic) / row.n_parameters + 2


def _why_many(run: Run) -> str:
    return (
        f"With {run.points.n} points BIC picks {_picked(run, 'bic')}: evidence grows with every "
        "point, BIC's price only with the logarithm. So it tends to the truth as points grow, if "
        f"the truth is among the models. AIC picks {_picked(run, 'aic')} here; it aims at good "
        "scores for new points, not at the number of groups."
    )


LESSONS.add(
    Lesson(
        name="criteria",
        title="How many? AIC and BIC",
        idea="Both charge for parameters; BIC charges more, and needs enough points.",
        course=COURSES[0],
        place=11,
        minutes=3,
        steps=(
            Step(
                "Sixty points",
                _VIEW | {"n": 60},
                "AIC and BIC each add a price for every parameter to the badness of the fit (minus "
                "twice the total log-likelihood); lower is better. Here: three round groups that "
                "touch, 60 points, 1 to 8 components.",
                Choice("How many components will BIC pick?", _OPTIONS, _bic),
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
                Choice("How many will BIC pick now?", _OPTIONS, _bic),
                _why_many,
                (Claim("BIC picks three", lambda r: _picked(r, "bic") == 3),),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE, "kmeans"),
    )
)
