"""The page under a thumb: what a finger reaches, and what it must not be caught in."""

import pytest

from tests.browser.conftest import PHONE, settle

FINGER = {"size": PHONE, "has_touch": True, "is_mobile": True}
DRAG = "document.querySelector('#stage-compare .js-plotly-plot')?._fullLayout?.dragmode"
CLEAR = """() => {
  const boxes = (what) => [...document.querySelectorAll("#stage-compare " + what)]
    .filter(e => e.offsetParent).map(e => e.getBoundingClientRect());
  const [bars, plots] = [boxes(".modebar-group"), boxes(".plot-box")];
  return bars.length === 2 && plots.length === 2
    && bars.every((bar, i) => bar.height > 0 && bar.bottom <= plots[i].top + 3);
}"""
INSIDE = """() => {
  const row = document.querySelector(".nav-tabs")?.getBoundingClientRect();
  const tab = document.querySelector("[role=tab][aria-selected=true]")?.getBoundingClientRect();
  return row && tab && tab.left >= row.left - 1 && tab.right <= row.right + 1;
}"""


@pytest.mark.parametrize("view", ["compare", "restarts", "colors"])
def test_the_tab_of_the_open_view_is_in_sight(open_page, view):
    page = open_page(f"?view={view}", **FINGER)
    page.wait_for_function(INSIDE)
    assert page.evaluate("scrollY") == 0


def test_a_finger_on_a_plot_scrolls_the_page_until_the_plot_is_zoomed(open_page):
    page = open_page(**FINGER)
    page.wait_for_function(f"() => {DRAG} === false")
    page.locator("#stage-compare [data-attr=zoom][data-val=in]:visible").first.tap()
    page.wait_for_function(f"() => {DRAG} === 'pan'")
    page.get_by_role("button", name="Reset zoom").first.tap()
    page.wait_for_function(f"() => {DRAG} === false")


def test_no_button_of_a_plot_lies_over_the_plot(open_page):
    page = open_page(**FINGER)
    page.wait_for_function(CLEAR)


def test_no_view_is_wider_than_a_phone(open_page):
    page = open_page("?view=restarts", **FINGER)
    page.wait_for_selector("#stage-restarts td:visible")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for panel in page.locator("#stage-restarts .panel").all():
        assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("name", ["Lessons", "Share", "Export", "Light or dark"])
def test_the_buttons_in_the_header_are_large_enough_for_a_thumb(open_page, name):
    page = open_page(**FINGER)
    box = page.get_by_role("button", name=name, exact=True).bounding_box()
    assert min(box["width"], box["height"]) >= 38
