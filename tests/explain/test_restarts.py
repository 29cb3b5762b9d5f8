import numpy as np
import pytest

from gmm_dash.explain import restarts as words
from gmm_dash.explain.numbers import percent
from gmm_dash.results.study import Start, Study, study_of
from gmm_dash.state import from_query

NO_KMEANS = Study("kmeans", ())


def study(ends):
    """Return a study of EM from the place where each start ended; None for a collapsed one."""
    return Study(
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
                sketch=None if end is None else np.full((1, 2), float(end)),
            )
            for i, end in enumerate(ends)
        ),
    )


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([None] * 4, "Every start of EM collapsed."),
        ([2] * 4, "All 4 starts of EM end in one and the same place."),
        ([2, 2, None, 2], "EM reaches its one optimum from 3 of 4 starts; 1 collapsed."),
        (
            [2, 3] + [None] * 38,
            "EM reaches its best result from 1 of 40 starts and 1 other optimum from 1; "
            "38 collapsed.",
        ),
        (
            [2, 3, 4, 4, None],
            "EM reaches its best result from 1 of 5 starts and 2 other optima from 3; 1 collapsed.",
        ),
        (
            [2, 3, 3],
            "EM reaches its best result from 1 of 3 starts and 1 other optimum from the rest.",
        ),
    ],
)
def test_where_all_starts_went_is_said(ends, said):
    assert words.restarts_notice(NO_KMEANS, study(ends), finished=False) == said


def test_the_page_says_how_many_starts_collapsed(pipeline):
    state, _ = from_query("?view=restarts&data=duplicates&k=3&starts=40")
    pieces = [pipeline.study_piece(state, i) for i in range(len(pipeline.study_plan(state)))]
    rows = [row for piece in pieces for row in piece.get("gmm", [])]
    said = words.restarts_notice(NO_KMEANS, study_of("gmm", rows), finished=False)
    assert said.endswith("1 other optimum from 1; 38 collapsed.")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.275, "28 %"), (1 / 40, "2.5 %"), (1 / 300, "0.33 %")],
)
def test_a_share_keeps_two_digits(share, text):
    assert percent(share) == text
