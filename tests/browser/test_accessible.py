"""No view has anything that axe-core objects to, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from gmm_dash.layout.views import VIEWS
from tests.browser.conftest import settle


@pytest.mark.parametrize("view", VIEWS.names())
def test_axe_finds_nothing(open_page, view):
    page = open_page(f"?view={view}&n=200", bypass_csp=True)
    _nothing_found(page)
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    settle(page)
    _nothing_found(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_in_the_dialogs_of_a_users_own_data(open_page, scheme):
    page = open_page("?n=200", scheme=scheme, bypass_csp=True)
    page.get_by_role("button", name="Draw your own points").click()
    page.get_by_role("button", name="Add", exact=True).click()
    _nothing_found(page, ".mantine-Modal-content")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Paste a table").click()
    page.get_by_role("textbox", name="Table as text").fill(
        "title\na,b,c\n1,2,x\n2,5,y\n4,3,y\n1,2\n"
    )
    _nothing_found(page, ".mantine-Modal-content")
    page.get_by_role("button", name="Read this table").click()
    page.get_by_role("button", name="Use this table").wait_for()
    _nothing_found(page, ".mantine-Modal-content")


# Mantine draws the head of a dialog as <header>; within a dialog that is no page banner.
_OPTIONS = {"rules": {"landmark-no-duplicate-banner": {"enabled": False}}}


def _nothing_found(page, where="html"):
    found = Axe().run(page, context=where, options=_OPTIONS).response["violations"]
    assert not [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
