"""What is computed of the lessons, once for all that read them."""

import pytest

from gmm_dash.pipeline import Runs


@pytest.fixture(scope="session")
def runs(pipeline):
    """Every step's result, computed when it is first asked for."""
    return Runs(pipeline)
