"""Long work in pieces, computed once for what is said of it and for what checks that."""

from contextlib import contextmanager
from copy import deepcopy
from unittest import mock


@contextmanager
def computed_once(work):
    """Within, a piece that is asked for again is not computed again.

    That equal requests get equal rows is tests/callbacks/test_pieces.py's to hold.
    """
    compute, found = work.piece, {}

    def piece(state, number):
        asked = state, number
        if asked not in found:
            found[asked] = compute(state, number)
        return deepcopy(found[asked])  # nobody can change what another one reads

    with mock.patch.object(work, "piece", piece):
        yield
