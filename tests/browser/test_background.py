"""The uniform background: switched on among the shapes, seen as crosses, saved with its label."""

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_link, settle
from tests.browser.test_panel import open_tab

pytestmark = pytest.mark.browser

CROSSES = """() => [...document.querySelectorAll(".js-plotly-plot")].map(plot =>
  plot._fullData.filter(trace => trace.marker?.symbol === "x-thin" && trace.customdata)
    .reduce((sum, trace) => sum + trace.x.length, 0))"""


def test_it_is_switched_on_and_its_points_become_crosses(open_page):
    page = open_page("?view=compare&data=background&n=200&k=3&n_init=1")
    row = page.get_by_role("radiogroup", name="Uniform background")
    expect(row).to_be_hidden()
    assert sum(page.evaluate(CROSSES)) == 0
    page.locator(".more-shapes > summary").click()
    expect(row).to_be_visible()
    row.get_by_text("on", exact=True).click()
    in_link(page, background="on")
    settle(page)
    expect(page.get_by_text("The mixture has a uniform background")).to_be_visible()
    page.wait_for_function(f"() => ({CROSSES})().some(count => count > 0)")
    kmeans, mixture = page.evaluate(CROSSES)[:2]
    assert kmeans == 0
    assert 0 < mixture < 100
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Export").click()
        page.get_by_role("menuitem", name="Labels and probabilities (CSV)").click()
    rows = list(csv.DictReader(arriving.value.path().read_text().splitlines()))
    assert sum(one["component"] == "-1" for one in rows) == mixture
    page.locator(".more-shapes > summary").click()
    expect(row).to_be_visible()  # while it is on
    open_tab(page, "Density")
    said = page.get_by_text("Uniform background is on, and acts in Compare's pair alone")
    expect(said).to_be_visible()
    expect(row).to_be_hidden()
    open_tab(page, "Compare")
    expect(said).to_be_hidden()
    expect(row).to_be_visible()
