"""Lessons as a student and as a teacher meet them."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from gmm_dash.layout.lesson_drawer import link
from gmm_dash.lessons import LESSONS
from tests.browser.conftest import PHONE, in_link, settle

pytestmark = pytest.mark.browser


def open_step(open_page, name, part, **options):
    return open_page(link(LESSONS[name], part), **options)


def test_a_first_timer_finds_predicts_and_reads_why(page):
    page.get_by_role("button", name="Lessons", exact=True).click()
    page.get_by_role("link", name="Slanted stripes", exact=True).click()
    in_link(page, lesson="stretched", part="0")
    settle(page)
    expect(page.locator("#stage-compare")).not_to_be_visible()
    expect(page.get_by_role("heading", name="The data, before any fit")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelectorAll('#lesson-curtain .points path').length > 1000"
    )
    check = page.get_by_role("button", name="Check my prediction")
    expect(check).to_be_disabled()
    page.get_by_label("The mixture", exact=True).check()
    check.click()
    expect(page.locator("#stage-compare")).to_be_visible()
    expect(page.locator("#lesson-feedback")).to_contain_text("You said “The mixture”")
    expect(page.locator("#lesson-feedback")).to_contain_text("k-means cuts 2 of the 3 stripes")
    expect(page.locator("#compare-notice")).to_contain_text("0.61")
    boxes = page.locator("#stage-compare .main-svg").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert max(boxes) > 300, "the plots were drawn at their full width behind the curtain"


def test_next_back_and_the_progress_kept_in_the_browser(open_page):
    page = open_step(open_page, "mouse", 0)
    page.get_by_role("button", name="Just show me").click()
    expect(page.locator("#lesson-feedback")).to_contain_text("The answer here")
    page.get_by_role("link", name="Next step").click()
    expect(page.get_by_role("heading", name="Is k-means stuck?")).to_be_visible()
    in_link(page, present="0", part="1")  # all is written out
    expect(page.locator("#stage-compare")).not_to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="One large group")).to_be_visible()
    in_link(page, part="0")
    settle(page)
    expect(page.locator("#stage-compare")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.locator("#lesson-feedback")).to_contain_text("The answer here")
    page.get_by_role("button", name="Lessons", exact=True).click()
    expect(page.locator("[data-step='mouse/0'].done")).to_be_visible()
    expect(page.locator("[data-step='mouse/1'].done")).to_have_count(0)


def test_a_number_is_predicted_too(open_page):
    page = open_step(open_page, "soft", 0)
    answer = page.get_by_label("Of how many points in a hundred")
    answer.fill("24")
    answer.press("Tab")
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.locator("#lesson-feedback")).to_contain_text("Close enough")


def test_changed_settings_are_told_and_leaving_keeps_them(open_page):
    page = open_step(open_page, "stretched", 0)
    page.get_by_role("button", name="Show or hide the settings").click()
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    in_link(page, k="4")
    settle(page)
    page.get_by_role("button", name="Just show me").click()
    expect(page.locator("#lesson-feedback")).to_contain_text("You have changed settings")
    page.get_by_role("button", name="Leave the lesson").click()
    expect(page.locator("#lesson")).to_have_count(0)
    in_link(page, lesson="", k="4", hide="")
    expect(page.locator("#stage-compare")).to_be_visible()


def test_on_a_phone_the_lesson_is_a_card_at_the_bottom(open_page):
    page = open_step(open_page, "unequal", 0, size=PHONE)
    card = page.locator("#lesson").bounding_box()
    assert card["y"] > 0.4 * PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("The wide one").check()
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.locator(".verdict.right")).to_be_in_viewport()
    page.get_by_role("button", name="Fold or unfold the lesson").click()
    expect(page.locator("#lesson")).to_have_class(re.compile("folded"))
    assert page.locator("#lesson").bounding_box()["height"] < 0.2 * PHONE["height"]


# Where the header, the player, the plot and its heading end and begin, and where the lesson does.
STRIPES = """name => {
  const box = (what) => document.querySelector(what).getBoundingClientRect();
  const panel = `#stage-steps .panel-of-steps-${name} `;
  return [box(".player").bottom, box(panel + ".panel-head").top, box(panel + ".plot-box").top,
    box(panel + ".plot-box").bottom, box("#lesson").top];
}"""


def test_under_a_thumb_the_run_that_a_step_is_about_stands_whole_above_the_lesson(open_page):
    finger = {"size": PHONE, "has_touch": True, "is_mobile": True}
    for name, part, method, count in (
        ("em", 0, "gmm", "3 of 21"),
        ("kmeans", 2, "kmeans", "9 of 9"),
    ):
        page = open_step(open_page, name, part, **finger)
        expect(page.locator(".turn.next")).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="Just show me").tap()
        page.wait_for_function(
            f"name => (tops => tops.every((top, i) => i === 0 || top >= tops[i - 1] - 1))"
            f"(({STRIPES})(name))",
            arg=f"{method}",
        )
        expect(page.locator(".player-count")).to_have_text(f"half step {count}")
        expect(page.locator(".turn.next")).to_be_in_viewport(ratio=1)
        drive = page.get_by_label("What the player moves")
        expect(drive).to_be_visible(visible=name == "em")  # where there are two


def test_a_reader_with_keys_alone_goes_from_heading_to_heading(open_page):
    page = open_step(open_page, "kmeans", 0)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the lesson")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leave the lesson")).to_be_focused()
    for heading in ("Second half step: move", "And again"):
        for key in ("Tab", "Space", "Tab", "Enter"):  # to the answers, one of them, to the check
            page.keyboard.press(key)
        expect(page.locator("#lesson-feedback .lesson-why")).to_be_visible()
        while not page.evaluate("document.activeElement.matches('.turn.next')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        title = page.get_by_role("heading", name=heading)
        expect(title).to_be_focused()
        expect(page.locator("#lesson-feedback")).to_be_empty()
        settle(page)


def test_on_a_desktop_the_lesson_covers_no_plot(open_page):
    page = open_step(open_page, "ideal", 0)
    page.get_by_role("button", name="Just show me").click()
    settle(page)
    left = page.locator("#lesson").bounding_box()["x"]
    panels = page.locator("#stage-compare .panel:visible")
    expect(panels).to_have_count(2)
    for panel in panels.all():
        box = panel.bounding_box()
        assert box["x"] + box["width"] <= left


def test_by_keyboard_alone(open_page):
    page = open_step(open_page, "ideal", 0)
    page.get_by_label("No, the same ones").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Check my prediction")).to_be_enabled()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#lesson-feedback")).to_contain_text("Right")


def test_the_teachers_link_locks_hides_and_presents(open_page):
    page = open_page("?data=mouse&k=3")
    page.get_by_role("button", name="Export").click()
    page.get_by_role("menuitem", name="Link for a class").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Everything free").click()
    dialog.get_by_text("Single controls").click()
    dialog.get_by_role("radiogroup", name="K", exact=True).get_by_text("locked").click()
    dialog.get_by_role("radiogroup", name="Covariance").get_by_text("hidden").click()
    made = dialog.get_by_label("Link for the class")
    page.wait_for_function(
        """() => {
          const made = new URL(document.getElementById("teach-link").value, location.href);
          return made.searchParams.get("lock") === "k" && made.searchParams.get("hide") === "cov";
        }"""
    )
    address = made.input_value()
    shown = open_page("?" + urlsplit(address).query)
    locked = shown.locator("[role=slider][aria-label=K][data-disabled=true]")
    expect(locked).to_have_count(1)
    expect(shown.get_by_role("radiogroup", name="Covariance")).not_to_be_visible()


def test_a_presentation_has_large_text_and_no_settings(open_page):
    page = open_page("?data=moons&k=2&present=1")
    expect(page.get_by_role("slider", name="K", exact=True)).not_to_be_in_viewport()
    size = "getComputedStyle(document.querySelector('#compare-notice')).fontSize"
    assert float(page.evaluate(size)[:-2]) >= 20
    page.get_by_role("button", name="Leave presentation").click()
    in_link(page, present="0")
    expect(page.get_by_role("slider", name="K", exact=True)).to_be_visible()


def test_one_click_compares_with_the_defaults(open_page):
    page = open_page("?data=bars&k=2&cov=tied")
    page.get_by_role("button", name="Compare with scikit-learn's defaults").click()
    said = page.locator("#defaults-said")
    expect(said).to_contain_text("calls itself converged at iteration 7")
    expect(said).to_contain_text("ARI 0.00 by default, 0.99 here")
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    expect(said).to_be_empty()
