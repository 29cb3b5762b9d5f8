"""Weights of rows: chosen in Data, taken by Compare's pair, left behind with the table."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_link, settle
from tests.browser.test_compare import number
from tests.browser.test_panel import open_tab

pytestmark = pytest.mark.browser


def _choose(page, name):
    page.get_by_role("textbox", name="Weights of rows").click()
    page.get_by_role("option", name=name, exact=True).click()
    in_link(page, weights=name)
    settle(page)


def test_a_column_of_weights_is_chosen_and_criteria_come_and_go(page, tmp_path):
    rows = [f"{i % 9},{i % 7 + i % 2},{i % 3 + 1},{i % 3 + 0.5}" for i in range(60)]
    path = tmp_path / "counts.csv"
    path.write_text("\n".join(["a,b,count,share", *rows]))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open a file").click()
    chooser.value.set_files(path)
    in_link(page, data="upload", weights="")
    settle(page)
    expect(number(page, "gmm", "bic")).not_to_have_text("–")
    _choose(page, "share")
    expect(number(page, "gmm", "bic")).to_have_text("–")
    expect(page.get_by_text("AIC and BIC are withheld")).to_be_visible()
    _choose(page, "count")
    expect(number(page, "gmm", "bic")).not_to_have_text("–")
    expect(page.get_by_text("60 rows are 120 points").first).to_be_visible()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Export").click()
        page.get_by_role("menuitem", name="Model (JSON)").click()
    saved = json.loads(arriving.value.path().read_text())
    assert saved["sample_weight"] == {"column": "count", "kind": "counts", "total": 120.0}
    open_tab(page, "How many?")
    expect(page.locator("#data-notes")).to_contain_text("every other view take each row once")
    settle(page)
    expect(page.get_by_text("60 rows are 120 points, of which").first).to_be_visible()
    expect(page.get_by_text("BIC prefers")).to_be_visible()
    _choose(page, "share")
    for place in (
        page.locator("#select-notice"),
        page.locator(".panel-of-select-winner .js-plotly-plot"),
    ):
        expect(place).to_contain_text("BIC is withheld: it needs a number")
    expect(page.get_by_text("there are none where rows count by weights").first).to_be_visible()
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Iris").first.click()
    in_link(page, data="iris", weights="")
    expect(page.get_by_role("textbox", name="Weights of rows")).to_be_hidden()
