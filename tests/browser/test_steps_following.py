"""Step by step under a hand on a setting: both runs are those that the page then has."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import in_link, settle
from tests.browser.player import END, PLACE, press, run_of
from tests.browser.test_steps_edited import ALL_SAID

NOW = "#stage-steps[data-live='now']"
LINK = "?view=steps&data=blobs&n=60&k=3"


def _shown(page):
    """Return all that is said of both runs, and where they stand."""
    return page.evaluate(ALL_SAID), page.evaluate(PLACE), page.evaluate(END)


def _grab(page, name, share):
    """Drag the slider of this name by a share of its track; return where its thumb was."""
    knob = page.get_by_role("slider", name=name, exact=True)
    place, width = knob.bounding_box(), knob.locator("..").bounding_box()["width"]
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + share * width, y, steps=3)
    page.wait_for_selector(NOW)
    return x, y


def test_both_runs_follow_a_slider_as_the_page_then_has_them(open_steps):
    page = open_steps(LINK + "&step=4")
    before, url = _shown(page), page.url
    page.requests.clear()
    _grab(page, "K", 2 / 29)
    expect(page.locator("#stage-steps .live-value").first).to_have_text("K = 5")
    shown = _shown(page)
    assert shown[0] != before[0]
    assert shown[1] == before[1] == 4, "at the same half step"
    assert {urlsplit(one.url).path for one in page.requests} == {"/live/steps"}
    assert page.url == url
    with run_of(page):
        page.mouse.up()
    in_link(page, k="5")
    settle(page)
    assert _shown(page) == shown
    expect(page.locator("#stage-steps .live-value")).to_have_count(0)
    assert page.locator("#stage-steps").get_attribute("data-live") is None


def test_a_hand_that_comes_back_leaves_the_run_of_the_page(open_steps):
    page = open_steps(LINK + "&step=last")
    before = _shown(page)
    page.requests.clear()
    x, y = _grab(page, "Spread", 0.2)
    wide = _shown(page)
    assert wide[0] != before[0]
    assert wide[1] == wide[2], "an end stays an end"
    page.mouse.move(x, y, steps=3)
    page.mouse.up()
    expect(page.locator("#stage-steps .live-value")).to_have_count(0)
    assert _shown(page) == before
    assert {urlsplit(one.url).path for one in page.requests} == {"/live/steps"}
    page.evaluate("() => document.activeElement.blur()")
    press(page, "Home", "ArrowRight")  # the player goes on with it
    assert page.evaluate(PLACE) == 1


def test_a_run_that_plays_plays_on_with_another_setting(open_steps):
    page = open_steps(LINK + "&step=0")
    page.get_by_role("button", name="Play").first.click()
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    with run_of(page):
        slider.press("ArrowRight")
    in_link(page, k="4")
    page.wait_for_function(f"() => ({PLACE})() > 0")
    page.wait_for_function(f"() => ({PLACE})() === ({END})()")
