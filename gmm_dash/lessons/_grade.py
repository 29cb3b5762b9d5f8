"""How an answer compares with what the result says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import StateError
from gmm_dash.lessons._lesson import Choice

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Estimate, Question, Run


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer was right, and a sentence that says so kindly.

    Attributes
    ----------
    right : bool or None
        None when the question was passed over.
    sentence : str
    """

    right: bool | None
    sentence: str


def grade(question: Question, given: Any, run: Run) -> Verdict:
    """Return what the result says to an answer.

    Parameters
    ----------
    question : Question
    given : str, number or None
        The number of an option, or a number; None when the student passed.
    run : Run

    Raises
    ------
    StateError
        When the answer is none that the page offers.
    """
    if isinstance(question, Choice):
        return _grade_choice(question, given, run)
    return _grade_estimate(question, given, run)


def _grade_choice(question: Choice, given: Any, run: Run) -> Verdict:
    right = question.options[question.answer(run)]
    if given in (None, ""):
        return Verdict(right=None, sentence=f"The answer here: {_quoted(right)}.")
    try:
        chosen = question.options[_position(given, len(question.options))]
    except (TypeError, ValueError, OverflowError):
        raise _unreadable() from None
    if chosen == right:
        return Verdict(right=True, sentence=f"Right: {_quoted(right)}.")
    return Verdict(
        right=False, sentence=f"You said {_quoted(chosen)}. Here it is {_quoted(right)}."
    )


def _grade_estimate(question: Estimate, given: Any, run: Run) -> Verdict:
    truth = question.answer(run)
    shown = f"{truth:.4g}"
    if given in (None, ""):
        return Verdict(right=None, sentence=f"The number here is {shown}.")
    try:
        value = float(given)
    except (TypeError, ValueError, OverflowError):
        raise _unreadable() from None
    if not math.isfinite(value):
        raise _unreadable()
    if abs(value - truth) <= question.close:
        return Verdict(right=True, sentence=f"Close enough: it is {shown}; you said {value:.4g}.")
    word = "more" if truth > value else "less"
    return Verdict(right=False, sentence=f"It is {word}: {shown}. You said {value:.4g}.")


def _position(given: Any, count: int) -> int:
    position = int(given)
    if not 0 <= position < count:
        raise ValueError(given)
    return position


def _quoted(option: str) -> str:
    """Return an option as it is quoted inside a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{option.rstrip('.')}\N{RIGHT DOUBLE QUOTATION MARK}"


def _unreadable() -> StateError:
    return StateError("This answer cannot be read.", hint="Choose or type it again.")
