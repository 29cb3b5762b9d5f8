"""No view has anything that axe-core objects to, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from gmm_dash.layout.views import VIEWS
from tests.browser.conftest import settle


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
_OPTIONS = {"rules": {"landmark-no-duplicate-banner": {"enabled": False}}}


def _nothing_found(page, where="html"):
    found = Axe().run(page, context=where, options=_OPTIONS).response["violations"]
    assert not [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
