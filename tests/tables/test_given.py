"""A stored table as its file had it: the text of some rows is that of all, at these rows."""

import numpy as np
import pytest

from gmm_dash.results.row_desk import Numbered
from gmm_dash.tables import TableStore, given_back, read_and_store
from gmm_dash.tables.stored.given import Written

LINES = [f"{i / 8},{i}.50,word {i}" for i in range(60)]
LINES[7] = "1.50,n.d.,x"
LINES[20] = "4,5,z,9"  # a cell too many: no part of the table
LINES[33] = ",3,y"


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    store = TableStore(str(tmp_path_factory.mktemp("store")), b"a secret of the tests")
    text = "a,b,w\n" + "\n".join(LINES) + "\n"
    key, _ = read_and_store(text.encode(), None, None, store, name="t.csv")
    return given_back(store.get(key), store.origin(key))


def test_every_cell_is_as_it_stands_in_the_file(cells):
    assert isinstance(cells.texts[0], Written)
    assert cells.lines.tolist() == list(range(2, 62))
    for i, line in enumerate(LINES):
        assert [str(column[i]) for column in cells.texts] == line.split(",")[:3]


def test_some_rows_are_those_of_all_in_any_order(cells):
    rng = np.random.default_rng(2)
    for column in cells.texts:
        every = np.asarray(column)
        assert len(column) == len(every) == 60
        for rows in (rng.permutation(60), rng.integers(60, size=9), np.array([20, 7, 33, 7])):
            assert column[rows].tolist() == every[rows].tolist()
        assert column[np.array([], dtype=np.int64)].tolist() == []
    taken = cells.taken(np.array([33, 7, 20]))
    assert np.asarray(taken.texts[1]).tolist() == ["3", "n.d.", "5"]


def test_rows_without_names_are_called_by_their_numbers():
    names = Numbered("line", np.array([2, 3, 5]))
    assert list(names) == ["line 2", "line 3", "line 5"]
    assert names[2] == "line 5"
    assert names[np.array([1, 0])].tolist() == ["line 3", "line 2"]
    assert len(names) == 3
