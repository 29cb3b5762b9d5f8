import pytest

from gmm_dash import ids
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query


@pytest.mark.parametrize(
    ("link", "value"),
    [("?view=compare&open=posteriors", "open"), ("?open=sweep", None), ("?view=compare", None)],
)
def test_the_link_says_whether_the_table_of_posteriors_is_open(link, value):
    state, problems = from_query(link)
    assert not problems
    view = VIEWS["compare"].build(state, Controls(state))
    found = [part for part in view._traverse() if getattr(part, "id", "") == ids.COMPARE_TABLE_OPEN]
    assert [part.value for part in found] == [value]
