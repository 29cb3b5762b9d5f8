"""Compare, Pinned: a result is kept by a press, stays beside others, and goes with its data."""

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, in_link, painted, settle

pytestmark = pytest.mark.browser


def test_a_pinned_result_stays_beside_another(open_page):
    page = open_page("?view=compare&data=blobs&n=200&noise=0.6&k=4")
    tab = page.get_by_role("tab", name="Pinned")
    tab.click()
    expect(page.locator("#pinned-notice")).to_contain_text("Nothing is pinned")
    expect(page.locator("#unpin")).to_be_hidden()
    page.locator("#pin").press("Enter")
    expect(page.locator("#pinned-notice")).to_contain_text("the same settings")
    expect(page.locator("#pinned-moved")).to_contain_text("all 200 rows are in the same groups")
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowLeft")
    settle(page)
    expect(page.locator("#pinned-notice")).to_have_text("What differs, pinned → now: K 4 → 3.")
    expect(page.locator("#pinned-moved")).to_contain_text("of 200 rows changed group")
    heads = page.locator("[data-table=pinned] th")
    expect(heads).to_have_text(["Pinned", "now 1", "now 2", "now 3", "all of these"])
    expect(page.locator("#pinned-scores tbody tr")).to_have_count(7)
    painted(page, "pinned-before", "plot => plot.data.length > 4")
    painted(page, "pinned-now")
    with page.expect_download() as saved:
        page.locator("#pinned-download-button").click()
    rows = list(csv.reader(saved.value.path().read_text().splitlines()))
    assert rows[0] == ["Pinned", "now 1", "now 2", "now 3", "all of these"]
    assert sum(int(row[-1]) for row in rows[1:]) == 200
    with page.expect_download() as saved:
        page.locator("#pinned-script-button").click()
    script = saved.value.path().read_text()
    assert "GaussianMixture(" in script
    assert "4" in script
    page.locator(".pinned-tools").get_by_text("k-means", exact=True).click()
    expect(page.locator("#pinned-scores tbody tr")).to_have_count(3)
    expect(page.locator("#pinned-moved")).to_contain_text("k-means: ")
    in_link(page, whose="kmeans")
    page.reload()  # the link has it
    expect(page.locator("#pinned-notice")).to_have_text("What differs, pinned → now: K 4 → 3.")
    expect(page.locator("#pinned-scores tbody tr")).to_have_count(3)
    page.locator("#unpin").press("Enter")
    expect(page.locator("#pinned-notice")).to_contain_text("Nothing is pinned")
    expect(page.locator("#pin")).to_be_focused()
    in_link(page, pin="")


def test_a_pinned_result_goes_with_its_data_and_comes_back_by_undoing(open_page):
    page = open_page("?view=compare&data=blobs&k=3&n=200&tab=pinned&pin=k:2")
    notice = page.locator("#pinned-notice")
    expect(notice).to_contain_text("K 2 → 3")
    page.locator("#unpin").click()
    expect(notice).to_contain_text("Nothing is pinned")
    page.locator("#undo").click()
    expect(notice).to_contain_text("K 2 → 3")
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Two moons").click()
    settle(page)
    expect(notice).to_contain_text("Nothing is pinned")
    in_link(page, data="moons", pin="")


def test_on_a_phone_both_results_are_below_each_other(open_page):
    link = "?view=compare&data=moons&n=200&k=4&tab=pinned&pin=k:3"
    page = open_page(link, size=PHONE, scheme="dark")
    expect(page.locator("#pinned-notice")).to_contain_text("K 3 → 4")
    painted(page, "pinned-now")
    boxes = [page.locator(f".panel-of-pinned-{name}").bounding_box() for name in ("before", "now")]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#pin").click()
    expect(page.locator("#pinned-notice")).to_contain_text("the same settings")
    expect(page.locator("#pin-said")).to_have_text("Pinned.")
