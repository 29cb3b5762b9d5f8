"""The panel on the left: only what has to do with the open view, and nothing is lost."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from gmm_dash.layout.views import VIEWS
from gmm_dash.state import AppState
from tests.browser.conftest import PHONE, in_link, settle

pytestmark = pytest.mark.browser

# Which settings of the panel are in sight, by URL key.
IN_SIGHT = """() => [...document.querySelectorAll(".settings .control")]
  .filter(box => box.checkVisibility() && !box.closest("details:not([open])"))
  .map(box => JSON.parse(box.id).key).sort()"""
# Every style and every attribute of visibility that the panel ever had, from the very start.
WATCH = """window.seen = [];
new MutationObserver(() => {
  const panel = document.querySelector(".settings");
  if (panel) {
    const keys = [...panel.querySelectorAll(".control")].filter(box => box.checkVisibility());
    const list = keys.map(box => JSON.parse(box.id).key).sort().join();
    if (window.seen.at(-1) !== list) window.seen.push(list);
  }
}).observe(document, {childList: true, subtree: true, attributes: true});
"""


def open_tab(page, title):
    name = next(view.name for view in VIEWS if view.title == title)
    page.get_by_role("tab", name=title).click()
    in_link(page, view=name)
    settle(page)


def expect_among(page, allowed):
    """Wait until there are settings in sight, and none but these."""
    page.wait_for_function(
        f"allowed => {{ const found = ({IN_SIGHT})();"
        " return found.length && found.every(key => allowed.includes(key)); }",
        arg=sorted(allowed),
    )


def expect_in_sight(page, keys):
    """Wait for exactly these settings: a click takes its time to reach the panel."""
    page.wait_for_function(
        f"keys => JSON.stringify(({IN_SIGHT})()) === JSON.stringify(keys)", arg=keys
    )


def query(page):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


LIGHT = "?data=moons&n=60&k=2&n_init=1&dk=10&pca=60&cov=diag&colors=2&kmax=2&starts=20"


def test_only_settings_of_the_open_view_are_in_sight(open_page):
    page = open_page(LIGHT)
    titles = {view.name: view.title for view in VIEWS}
    for name in ("digits", "colors", "select", "restarts", "density", "steps", "compare"):
        open_tab(page, titles[name])
        expect(page.locator(f"#stage-{name}")).to_be_visible()
        expect_among(page, VIEWS[name].concerns)
    open_tab(page, titles["colors"])
    expect_in_sight(page, ["cov", "seed"])
    expect(page.get_by_role("button", name="Data", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Try another start")).to_be_visible()
    expect(page.get_by_role("button", name="Draw new points")).to_be_hidden()
    open_tab(page, titles["digits"])
    expect_in_sight(page, ["cov", "data", "seed"])
    expect(page.get_by_role("button", name="Draw your own points")).to_be_hidden()
    open_tab(page, titles["compare"])
    expect(page.get_by_role("button", name="Draw new points")).to_be_visible()


def test_what_is_out_of_sight_keeps_its_value_and_stays_in_the_link(open_page):
    page = open_page("?data=moons&n=250&noise=0.1&k=3&reg=0.001&tol=0.01&show=ellipses&x=y")
    before = query(page)
    assert set(AppState.fields()) <= set(before)
    open_tab(page, "Colours")
    page.get_by_text("diag", exact=True).first.click()
    in_link(page, cov="diag")
    settle(page)
    away = query(page)
    open_tab(page, "Compare")
    after = query(page)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"cov"}
    assert {key for key in before if before[key] != away[key]} == {"cov", "view"}
    knob = page.get_by_role("slider", name="K", exact=True)
    expect(knob).to_have_attribute("aria-valuenow", "3")


def test_controls_a_lesson_hides_stay_hidden_in_every_view(open_page):
    page = open_page("?hide=cov,k&view=colors&colors=2")
    expect_in_sight(page, ["seed"])
    open_tab(page, "Compare")
    expect_among(page, VIEWS["compare"].concerns - {"cov", "k"})
    assert {"data", "n", "seed"} <= set(page.evaluate(IN_SIGHT))


@pytest.mark.parametrize("view", ["colors", "digits"])
def test_nothing_flashes_when_a_link_opens_such_a_view(open_page, server, view):
    page = open_page("?data=moons", ready=False, own=True)
    page.add_init_script(WATCH)
    page.goto(f"{server}?view={view}&data=moons&dk=10&pca=60&cov=diag&colors=2")
    settle(page)
    seen = [set(keys.split(",")) for keys in page.evaluate("window.seen")]
    assert seen
    assert all(keys <= VIEWS[view].concerns for keys in seen)


def test_back_brings_the_panel_back_too(page):
    open_tab(page, "Colours")
    page.go_back()
    in_link(page, view="compare")
    settle(page)
    expect(page.get_by_role("slider", name="K", exact=True)).to_be_visible()
    page.go_forward()
    in_link(page, view="colors")
    expect(page.get_by_role("slider", name="K", exact=True)).to_be_hidden()
    settle(page)
    expect_in_sight(page, ["cov", "seed"])


def test_every_change_can_be_undone_and_back_takes_one_step_at_a_time(open_page):
    page = open_page("?k=4&data=moons&n=60")
    knob = page.get_by_role("slider", name="K", exact=True)
    expect(page.get_by_role("button", name=re.compile("Undo"))).to_be_disabled()
    for k in ("5", "6"):
        knob.press("ArrowRight")
        in_link(page, k=k)
        settle(page)
    open_tab(page, "Density")
    for wanted in ({"view": "compare", "k": "6"}, {"k": "5"}, {"k": "4"}):
        page.keyboard.press("Control+z")
        in_link(page, **wanted)
    page.get_by_role("button", name=re.compile("Redo")).click()
    in_link(page, k="5", view="compare")
    for wanted in ({"k": "6", "view": "compare"}, {"k": "5"}, {"k": "4"}):
        page.go_back()
        in_link(page, **wanted)
    settle(page)
    expect(knob).to_have_attribute("aria-valuenow", "4")


def test_on_a_phone_the_panel_is_as_short(open_page):
    page = open_page("?view=colors&colors=2", size=PHONE, scheme="dark")
    page.get_by_role("button", name=re.compile("settings")).first.click()
    expect(page.get_by_text("Covariance", exact=True).first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Try another start")).to_be_in_viewport()
    expect_in_sight(page, ["cov", "seed"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_shape_that_scikit_learn_lacks_comes_when_it_is_asked_for(open_page):
    """So does what acts on it alone; while it is in use it stays."""
    page = open_page()
    row = page.locator("[id*='\"cov\"'] .mantine-SegmentedControl-control")
    more = page.locator(".more-shapes > summary")
    expect(row.filter(visible=True)).to_have_count(4)
    more.click()
    expect(row.filter(visible=True)).to_have_count(5)
    page.locator(".more-shown > summary").click()
    hard = page.get_by_role("slider", name="Soft … hard")
    expect(hard).to_be_hidden()
    row.last.click()
    settle(page)
    more.click()
    expect(row.filter(visible=True)).to_have_count(5)
    expect(hard).to_be_visible()
    row.first.click()
    expect(row.filter(visible=True)).to_have_count(4)
    expect(hard).to_be_hidden()


def test_step_by_step_shows_restarts_where_a_search_chooses_its_start(open_page):
    page = open_page("?view=steps&n=60&k=2&n_init=2")
    restarts = page.get_by_label("Restarts", exact=True).first
    expect(restarts).to_be_hidden()
    open_tab(page, "Compare")
    expect(restarts).to_be_visible()
    page = open_page("?view=steps&n=60&k=2&n_init=2&init=informed")
    expect(page.get_by_label("Restarts", exact=True).first).to_be_visible()


def test_step_by_step_says_which_kind_of_start_acts_and_leaves_out_those_that_do_not(open_page):
    page = open_page("?view=steps&n=60&k=2")
    page.get_by_text("Fine print").click()
    kinds = page.get_by_label("Mixture starts from").first
    hint = page.get_by_text("Of these, only “mixed, then neighbours” acts in Step by step")
    expect(kinds).to_be_visible()
    expect(hint).to_be_visible()
    page.get_by_text("Bad start").click()
    in_link(page, start="bad")
    expect(kinds).to_be_hidden()
    expect(hint).to_be_hidden()
    open_tab(page, "Compare")
    expect(kinds).to_be_visible()
    expect(hint).to_be_hidden()
