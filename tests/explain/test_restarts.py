from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.engine import START_KINDS
from gmm_dash.explain import restarts as words
from gmm_dash.explain.numbers import percent
from gmm_dash.results.restarts import Restarts, Start
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.say import VIEWS
from gmm_dash.state import from_query

NO_KMEANS = Restarts("kmeans", (), 2)
RULE = Rule(1e-6, 500)


def restarts(ends, late=None):
    """Return a study of EM from the place where each start ended; None for a collapsed one."""
    return Restarts(
        "gmm",
        tuple(
            Start(
                number=i,
                kind="kmeans",
                seed=i,
                objective=-1.0 if end is None else -float(end),
                n_iter=3,
                converged=True,
                degenerate=end is None,
                rested=True,
                stopped=-1.0 if end is None else -float(end) - 0.5 * (i == late),
                moved=0,
                labels=np.array([0, i % 2]),
            )
            for i, end in enumerate(ends)
        ),
        2,
    )


def told(restarts, part):
    return words.restarts_spoken(NO_KMEANS, restarts, finished=False, rule=RULE).text(part)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([None] * 4, "All 4 starts of EM collapsed."),
        ([2], "The one start of EM ends at log-likelihood −2.000."),
        (
            [2] * 4,
            "All 4 starts of EM end within 0.001 per point of the highest log-likelihood found "
            "(−2.000), in 2 variants that differ from the best in at most 1 of 2 points.",
        ),
        (
            [2, 2, None, 2],
            "3 of 4 starts of EM end within 0.001 per point of the highest log-likelihood found "
            "(−2.000), in 2 variants that differ from the best in at most 1 of 2 points; "
            "1 collapsed. 1 collapsed start has a higher log-likelihood, and is left out.",
        ),
        (
            [1, 3] + [None] * 38,
            "1 of 40 starts of EM ends at the highest log-likelihood found (−1.000); "
            "1 ends elsewhere, 4.0 nats lower in total; 38 collapsed.",
        ),
        (
            [1, 2, 3, 3],
            "1 of 4 starts of EM ends at the highest log-likelihood found (−1.000); "
            "3 end elsewhere, 2.0 to 4.0 nats lower in total.",
        ),
    ],
)
def test_where_all_starts_went_is_said(ends, said):
    assert told(restarts(ends), "notice") == said


def test_a_run_that_met_its_tolerance_is_not_said_to_rest(pipeline):
    early = told(restarts([2, 2, 2], late=1), "notes.gmm")
    assert "tol = 1e-06 and 500 iterations at most would have stopped 1 with more than" in early
    rows = tuple(replace(start, rested=False) for start in restarts([2, 2]).starts)
    said = told(Restarts("gmm", rows, 2), "notes.gmm")
    assert "less than tol = 1e-06, and that need not be rest." in said


def test_the_page_says_how_many_starts_collapsed(pipeline):
    state, _ = from_query("?view=restarts&data=duplicates&k=3&starts=40")
    said = VIEWS["restarts"](pipeline, state).text("notice")
    assert "nats lower in total; 38 collapsed." in said


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.275, "28 %"), (1 / 40, "2.5 %"), (1 / 300, "0.33 %")],
)
def test_a_share_keeps_two_digits(share, text):
    assert percent(share) == text


def by_kind(*shares):
    """Return a study of EM with 25 starts of each kind, so many of which end at the best."""
    ends = [2.0 if i // 4 < shares[i % 4] else 3.0 for i in range(100)]
    starts = restarts(ends).starts
    return Restarts(
        "gmm", tuple(replace(s, kind=START_KINDS[s.number % len(START_KINDS)]) for s in starts), 2
    )


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((20, 14, 14, 5), "restarts.vary-kind"),
        ((16, 12, 12, 6), "restarts.maybe-chance"),  # p = 0.0096, for the extremes of six pairs
    ],
)
def test_the_most_different_of_several_kinds_must_differ_by_more(shares, code):
    spoken = words.restarts_spoken(NO_KMEANS, by_kind(*shares), finished=True, rule=RULE)
    (found,) = [s for s in spoken.sentences if "Fisher" in s.text]
    assert found.code == code
    assert "corrected for 6 pairs" in found.text
