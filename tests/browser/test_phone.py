"""The page under a thumb: what a finger reaches, and what it must not be caught in."""

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


SAME_ZOOM = """() => {
  const ranges = [...document.querySelectorAll("#compare-pair .js-plotly-plot")]
    .map(e => JSON.stringify(e._fullLayout.xaxis.range.map(v => v.toFixed(2))));
  return ranges.length === 2 && ranges[0] === ranges[1];
}"""
SECOND_IN_SIGHT = """() => {
  const [first, second] = [...document.querySelectorAll("#compare-pair > .panel")]
    .map(e => e.getBoundingClientRect());
  return first.top === second.top && second.left > 0 && second.right <= innerWidth;
}"""


def test_the_first_sight_under_a_thumb(open_page):
    page = open_page(**FINGER)
    page.wait_for_function(INSIDE)
    assert page.evaluate("scrollY") == 0
    page.wait_for_function(CLEAR)  # no button of a plot lies over the plot
    for name in ("Lessons", "Share", "Export", "Light or dark"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert min(box["width"], box["height"]) >= 38, name


def test_a_presentation_in_the_hand_has_no_button_that_is_cut_or_does_nothing(open_page):
    page = open_page("?view=compare&present=1", own=True, **FINGER)
    cut = """() => [...document.querySelectorAll(".header-row button")].filter(e => {
      const label = [...e.querySelectorAll("*")].some(c => c.scrollWidth > c.clientWidth + 1
        && getComputedStyle(c).overflow !== "visible" && c.clientWidth);
      return e.offsetParent && !e.closest(".nav-tabs")
        && (label || e.getBoundingClientRect().right > innerWidth);
    }).map(e => e.ariaLabel ?? e.textContent)"""
    assert page.evaluate(cut) == []
    assert page.get_by_role("button", name="Leave presentation").is_visible()
    assert not page.locator("#present-more").is_visible()


def test_the_tab_of_a_view_far_to_the_right_is_in_sight(open_page):
    page = open_page("?view=colors", **FINGER)
    page.wait_for_function(INSIDE)
    assert page.evaluate("scrollY") == 0


def test_steps_has_a_plot_on_the_first_screen(open_page):
    page = open_page("?view=steps", **FINGER)
    box = page.locator("#stage-steps .plot-box").first.bounding_box()
    assert box["y"] > 96
    assert box["y"] + box["height"] < PHONE["height"]


def test_a_view_of_tables_has_its_tab_in_sight_and_is_not_wider_than_a_phone(open_page):
    page = open_page("?view=restarts", **FINGER)
    page.wait_for_function(INSIDE)
    assert page.evaluate("scrollY") == 0
    page.wait_for_selector("#stage-restarts td:visible")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for panel in page.locator("#stage-restarts .panel").all():
        assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_finger_on_a_plot_scrolls_the_page_until_the_plot_is_zoomed(open_page):
    page = open_page(**FINGER)
    page.wait_for_function(f"() => {DRAG} === false")
    page.locator("#stage-compare [data-attr=zoom][data-val=in]:visible").first.tap()
    page.wait_for_function(f"() => {DRAG} === 'pan'")
    page.wait_for_function(SAME_ZOOM)
    page.locator("#compare-pair").evaluate("e => e.scrollTo(999, 0)")  # as a swipe does
    page.wait_for_function(SECOND_IN_SIGHT)
    page.locator("#compare-pair").evaluate("e => e.scrollTo(0, 0)")
    page.get_by_role("button", name="Reset zoom").first.tap()
    page.wait_for_function(f"() => {DRAG} === false")
