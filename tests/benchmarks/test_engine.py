"""What the engine is measured by runs, on both sides, and both sides do the same."""

import warnings

import pytest
from sklearn.exceptions import ConvergenceWarning

from benchmarks.bench_engine import Size, cases, report
from benchmarks.timing import Measured

LITTLE = Size(rows=2000, digits=200, wide=(5, 8), most=2, restarts=3)


def bounds_of(result):
    """Return the best objective of each fit that a case has made, where it tells them."""
    fits = result if isinstance(result, list) else [result]
    return [fit.lower_bound_ if hasattr(fit, "lower_bound_") else fit.lower_bound for fit in fits]


@pytest.mark.parametrize("case", cases(LITTLE), ids=lambda case: case.name)
def test_every_case_runs(case):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        ours, theirs = case.ours(), case.theirs()
    if case.name.startswith("EM"):
        assert bounds_of(ours) == pytest.approx(bounds_of(theirs), rel=1e-9)
    if case.name.startswith("k-means alone: 2,000"):
        assert ours.inertia == pytest.approx(theirs.inertia_, rel=1e-9)


@pytest.mark.parametrize(("theirs", "verdict"), [(2.9, "BELOW BUDGET"), (3.1, "ok")])
def test_a_budget_that_is_missed_is_said(theirs, verdict):
    (digits,) = (case for case in cases(LITTLE) if case.budget == 3)
    assert report(digits, Measured(ours=1.0, theirs=theirs)).endswith(verdict)
