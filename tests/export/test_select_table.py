import io
from dataclasses import replace

import pandas as pd
import pytest

from gmm_dash.export.select_table import select_csv, select_page
from gmm_dash.results.select import KMeansRow, Selection
from tests.figures.test_select import ROW

SELECTION = Selection((ROW,), (KMeansRow(2, 3.5, None, 7.0, 4, converged=True, random_state=1),))


def test_the_table_reads_back_with_every_number():
    frame = pd.read_csv(io.StringIO(select_csv(SELECTION, "bic")))
    assert frame["method"].tolist() == ["mixture", "k-means"]
    assert frame.loc[0, "bic"] == ROW.bic
    assert frame.loc[0, "difference"] == 0
    assert frame.loc[1, "inertia"] == 3.5
    assert frame["n_components"].tolist() == [1, 2]


def test_an_empty_comparison_is_a_table_too():
    assert select_csv(Selection((), ()), "bic").startswith("method")


@pytest.mark.parametrize(
    ("criterion", "best"), [("bic", [False, True]), ("heldout", [True, False])]
)
def test_exactly_the_best_is_marked(criterion, best):
    other = replace(ROW, n_components=2, bic=ROW.bic - 4, heldout_log_likelihood=-1.5)
    selection = Selection((ROW, other), SELECTION.kmeans)
    frame = pd.read_csv(io.StringIO(select_csv(selection, criterion)))
    assert frame["best"].tolist()[:2] == best
    assert not frame["best"].eq(True).tolist()[2]


def test_a_search_that_stopped_short_is_marked_and_not_the_best():
    short = replace(ROW, n_components=2, log_likelihood=-1.5, icl=-9.0)
    frame = pd.read_csv(io.StringIO(select_csv(Selection((ROW, short), ()), "icl")))
    assert frame["law"].tolist() == ["ok", "search_failed"]
    assert frame["best"].tolist() == [True, False]


def test_the_page_sorts_by_any_column_and_shows_no_empty_one():
    other = replace(ROW, n_components=2, bic=-4.0, heldout_log_likelihood=None)
    selection = Selection((replace(ROW, heldout_log_likelihood=None), other), ())
    names = [name for name, _ in select_page(selection, "bic", ["a", "b"], None, 1).columns]
    assert "Held-out" not in names
    assert names[3] == "Note"
    for column in range(len(names)):
        page = select_page(selection, "bic", ["a", "b"], {"by": column, "descending": False}, 1)
        assert sorted(row[1] for row in page.rows) == ["1", "2"]
    by_bic = {"by": names.index("BIC"), "descending": False}
    assert select_page(selection, "bic", ["a", "b"], by_bic, 1).rows[0][3] == "b"
