"""No view has anything that axe-core objects to, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from gmm_dash.layout.views import VIEWS
from tests.browser.conftest import in_link, settle


@pytest.mark.parametrize("view", VIEWS.names())
def test_axe_finds_nothing(open_page, view):
    page = open_page(f"?view={view}&n=200", bypass_csp=True)
    title = page.locator(f"#stage-{view}").get_attribute("aria-label")
    data = {"digits": ["Stretched blobs"], "colors": []}.get(view, ["Stretched blobs", "K = 4"])
    data = data[:1] if view == "select" else data
    told = f"{title}: {', '.join(data)}" if data else title
    assert page.title() == f"{told} · Mixture explorer"
    _room_for_a_finger(page)
    _nothing_found(page)
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    settle(page)
    _nothing_found(page)
    if view == "compare":
        _colours_can_be_forced(page)


# What the Tab key stops at, from the top of the page to its end.
_STOP = """() => {
  const at = document.activeElement;
  return at === document.body ? "" : at.getAttribute("aria-label") || at.textContent || at.id;
}"""


# The same where pressing it so often would take too long; one of a row of choices is a stop.
_ALL_STOPS = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")];
  const stops = all.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled &&
    e.tabIndex >= 0 && e.type !== "hidden");
  return new Set(stops.map(e => e.type === "radio" ? e.name : e)).size;
}"""


def _stops(page, most):
    """Return the names of the keyboard's stops, as many as there are or one more than ``most``."""
    names = []
    while len(names) <= most:
        page.keyboard.press("Tab")
        name = page.evaluate(_STOP)
        if not name or (name == "Skip to the plots" and names):
            break
        names.append(name)
    return names


def test_a_bare_address_opens_the_start_and_the_tools_are_one_press_away(open_page):
    page = open_page("", bypass_csp=True)
    said, plot = page.locator("#compare-notice"), page.locator(".starting .panel-of-gmm")
    expect(said).to_have_text(
        "With K = 4, k-means and the mixture disagree about 69 of 400 points."
    )
    assert _stops(page, 12) == [
        "Skip to the plots",
        "Light or dark",
        "K, the number of groups",
        "Round … stretched",
        "Start the course",
        "Go straight to the tools",
    ]
    expect(plot).to_be_visible()
    assert page.locator(".plot-box:visible").count() == 1
    _nothing_found(page)
    page.get_by_role("slider", name="K, the number of groups").focus()
    page.keyboard.press("ArrowLeft")
    in_link(page, k="3", simple="1")
    expect(said).to_contain_text("With K = 3, k-means and the mixture disagree about 100 of")
    page.reload()
    expect(said).to_contain_text("With K = 3")
    page.get_by_role("link", name="Go straight to the tools").press("Enter")
    in_link(page, view="compare", simple="0", k="3", stretch="0.3")
    expect(page.locator(".panel-of-kmeans")).to_be_visible()
    settle(page)
    assert page.evaluate(_ALL_STOPS) <= 75, "of the tools there are no more than there were"
    page.go_back()
    expect(plot).to_be_visible()
    expect(page.locator(".panel-of-kmeans")).to_be_hidden()
    expect(said).to_contain_text("With K = 3, k-means and the mixture disagree")


def test_the_tools_of_a_plot_are_one_stop_and_arrows_lead_through_them(open_page):
    page = open_page("?view=compare&n=200")
    bars = page.locator(".panel").get_by_role("toolbar")
    expect(bars).to_have_count(2)
    for bar in bars.all():
        tools = bar.get_by_role("button")
        assert tools.count() > 3
        assert tools.evaluate_all("all => all.map(e => e.tabIndex)").count(0) == 1
    tools = bars.first.get_by_role("button")
    tools.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tools.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(tools.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tools.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    assert tools.evaluate_all("all => all.map(e => e.tabIndex)")[-1] == 0
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.modebar-btn')")


def test_what_to_show_is_one_stop_and_arrows_lead_through_it(open_page):
    page = open_page("?view=compare&n=200")
    boxes = page.get_by_role("toolbar", name="Show").get_by_role("checkbox")
    count = boxes.count()
    assert count > 9
    assert boxes.evaluate_all("all => all.map(e => e.tabIndex)").count(0) == 1
    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Space")
    in_link(page, show="size,circles,centers")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(boxes.nth(count - 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(boxes.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.activeElement.matches('[role=toolbar] *')")
    page.keyboard.press("Tab")
    expect(boxes.nth(count - 1)).to_be_focused()
    # Of one column some are not there, and of what is there one is a stop.
    page = open_page("?view=compare&data=galaxies&scale=standard&k=2")
    boxes = page.get_by_role("toolbar", name="Show").get_by_role("checkbox").filter(visible=True)
    expect(boxes).not_to_have_count(count)
    assert boxes.evaluate_all("all => all.map(e => e.tabIndex)").count(0) == 1
    page.get_by_role("tab", name="How many?").click()
    types = page.get_by_role("toolbar", name="Covariances").get_by_role("checkbox")
    expect(types.first).to_be_attached()
    types.first.focus()
    page.keyboard.press("ArrowRight")
    expect(types.nth(1)).to_be_focused()
    assert types.evaluate_all("all => all.map(e => e.tabIndex)").count(0) == 1


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


# How far around the middle of a thing a press is one on it, both ways. The arrows of a number field
# are left out: the field beside them does the same.
_REACH = """() => [...document.querySelectorAll(
    "button:not(.mantine-NumberInput-control), [role=slider], [role=tab]")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
  .map(e => {
    e.scrollIntoView({block: "center", inline: "nearest"});
    const box = e.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const on = (a, b) => e.contains(document.elementFromPoint(x + a, y + b));
    const reach = (a, b) => {
      let n = 0;
      while (n < 24 && on(n * a, n * b)) n++;
      return n;
    };
    const span = (a, b) => reach(a, b) + reach(-a, -b);
    return [e.className, box.width < 3, Math.min(span(1, 0), span(0, 1))];
  })
  .filter(([, unseen]) => !unseen)"""


def _room_for_a_finger(page):
    reached = page.evaluate(_REACH)
    assert len(reached) > 15
    assert [(name, reach) for name, _, reach in reached if reach < 24] == []
    page.evaluate("scrollTo(0, 0)")


# What is chosen, what is drawn by a mask, and what a slider is made of, in the user's own colours.
_FORCED = """() => {
  const ground = e => getComputedStyle(e).backgroundColor;
  const of = (a, b) => [a, b].map(s => document.querySelector(s)).every(e => e) &&
    ground(document.querySelector(a)) !== ground(document.querySelector(b));
  return {
    tab: of("[role=tab][aria-selected=true]", "[role=tab][aria-selected=false]"),
    icon: of(".header-tools .icon", "body"),
    segment: !document.querySelector(".mantine-SegmentedControl-label[data-active]") ||
      of(".mantine-SegmentedControl-label[data-active]",
         ".mantine-SegmentedControl-label:not([data-active])"),
    filled: of(".mantine-Slider-bar, .mantine-RangeSlider-bar", "body"),
  };
}"""


def _colours_can_be_forced(page):
    page.emulate_media(forced_colors="active")
    told = page.evaluate(_FORCED)
    page.emulate_media(forced_colors="none")
    assert all(told.values()), told


# Mantine draws the head of a dialog as <header>; within a dialog that is no page banner.
# What passes is not told: to say of each of thousands of points where it is would take longest.
_OPTIONS = {
    "rules": {"landmark-no-duplicate-banner": {"enabled": False}},
    "resultTypes": ["violations"],
}


def _nothing_found(page, where="html"):
    found = Axe().run(page, context=where, options=_OPTIONS).response["violations"]
    assert not [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
