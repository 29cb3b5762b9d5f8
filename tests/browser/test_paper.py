"""A view on paper, and on a small laptop: both pictures beside each other, and nothing cut."""

import re

import pytest

from tests.browser.conftest import DESKTOP, painted

SMALL = {"width": 1024, "height": 768}
SHAPES = """() => [...document.querySelectorAll("#compare-pair > .panel")].map(panel => {
  const [box, plot] = [".plot-box", ".main-svg"].map(
    one => panel.querySelector(one).getBoundingClientRect());
  return [panel.getBoundingClientRect().top, box.width / plot.width, box.height / plot.height];
})"""
INKS = """() => ["body", ".notice", ".panel-title", ".caption"].map(one => {
  const found = [...document.querySelectorAll(one)].find(e => e.offsetParent || one === "body");
  const { color, backgroundColor } = getComputedStyle(found);
  return (one === "body" ? backgroundColor : color).match(/\\d+/g).slice(0, 3).map(Number);
})"""


def drawn(page):
    for name in ("kmeans", "gmm"):
        painted(page, name)


@pytest.mark.parametrize("size", [DESKTOP, SMALL])
def test_compare_is_one_sheet_as_drawn_in_ink_on_white(open_page, size):
    page = open_page(size=size, scheme="dark", own=True)
    drawn(page)
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.emulate_media(media="print", color_scheme="dark")
    for name in (".mantine-AppShell-navbar", ".header-tools", ".nav-tabs", ".help-mark"):
        assert not page.locator(name).first.is_visible(), name
    (top, *one), (beside, *other) = page.evaluate(SHAPES)
    assert top == beside
    assert [*one, *other] == pytest.approx([1] * 4, abs=0.01)  # no plot is larger than its box
    paper, *inks = page.evaluate(INKS)
    assert paper == [255, 255, 255]
    assert max(max(ink) for ink in inks) < 130
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.locator(".mantine-AppShell-navbar").is_visible()


@pytest.mark.parametrize("query", ["?view=compare", "?view=steps"])
def test_two_pictures_stand_side_by_side_on_a_small_laptop(open_page, query):
    page = open_page(query, size=SMALL, own=True)
    tops = """() => [...document.querySelectorAll(".stage:not([hidden]) .panels > .panel")]
      .filter(panel => panel.offsetParent).map(panel => panel.getBoundingClientRect())
      .map(({ top, right }) => [Math.round(top), right <= innerWidth])"""
    first, second = page.evaluate(tops)[:2]
    assert first == second == [first[0], True]
