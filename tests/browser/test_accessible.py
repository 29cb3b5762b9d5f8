"""No view has anything that axe-core objects to, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from gmm_dash.layout.views import VIEWS


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS.names())
def test_axe_finds_nothing(open_page, view, scheme):
    page = open_page(f"?view={view}&n=200", scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert not [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
