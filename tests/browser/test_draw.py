"""Drawing one's own points, with the mouse and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, in_link, setting, settle

MARGIN = 26  # pixels around the axes, as in browser/src/parts/pad/plane.ts


@pytest.fixture
def pad(page):
    page.get_by_role("button", name="Draw your own points").click()
    canvas = page.locator("#draw-canvas")
    expect(canvas).to_be_visible()
    expect(page.locator("#draw-status")).to_have_text("0 points.")
    return canvas


def _place(canvas, x, y):
    """Where on the page a point of the pad is."""
    box = canvas.bounding_box()
    scale = (box["width"] - 2 * MARGIN) / 10
    return box["x"] + MARGIN + x * scale, box["y"] + MARGIN + (10 - y) * scale


def _tool(page, name):
    page.locator("#draw-tool").get_by_text(name, exact=True).click()
    shown = {"Brush": "draw-brush", "Erase": "draw-brush size-only"}.get(name, "absent")
    expect(page.locator("#draw-brush")).to_have_class(shown)  # told together with the pad


def _draw(page, pad):
    """Draw three points and a puff of the brush in group B, move one, erase one."""
    mouse = page.mouse
    for x, y in [(1, 1), (2, 1), (1, 2)]:
        mouse.click(*_place(pad, x, y))
    expect(page.locator("#draw-status")).to_have_text("3 points.")
    page.locator("#draw-group").get_by_text("B", exact=True).click()
    _tool(page, "Brush")
    mouse.move(*_place(pad, 7, 7))
    mouse.down()
    page.wait_for_timeout(600)
    mouse.up()
    expect(page.locator("#draw-status")).to_contain_text("in group B")
    _tool(page, "Move")
    mouse.move(*_place(pad, 2, 1))
    mouse.down()
    mouse.move(*_place(pad, 3, 3), steps=4)
    mouse.up()
    _tool(page, "Erase")
    before = page.locator("#draw-status").inner_text()
    mouse.click(*_place(pad, 1, 1))
    expect(page.locator("#draw-status")).not_to_have_text(before)
    return page.locator("#draw-status").inner_text()


def test_points_drawn_with_the_mouse_become_the_data(page, pad, open_page):
    expect(page.locator(".draw-empty")).to_be_visible()
    expect(page.get_by_role("button", name="Use these points")).to_be_disabled()
    drawn, said = _draw(page, pad), page.locator("#draw-status")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(said).not_to_contain_text(drawn)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(said).to_contain_text(drawn)
    page.get_by_role("button", name="Use these points").click()
    expect(page.locator("#draw-canvas")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Data set")).to_have_value("Your drawing")
    expect(page.locator("#main")).to_contain_text(f"{drawn.split()[0]} points")
    in_link(page, data="drawn", cols="x,y", label="group", scale="none")
    settle(page)
    again = open_page("?" + page.url.split("?")[1], size=PHONE, scheme="dark")
    again.get_by_role("button", name="Show or hide the settings").click()
    again.get_by_role("button", name="Draw your own points").click()
    expect(again.locator("#draw-status")).to_have_text(drawn)
    assert again.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_both_methods_follow_a_point_under_the_hand(page, pad):
    sent = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    said, live = page.locator("#draw-said"), page.locator("#draw-live")
    before = page.url
    expect(said).to_contain_text("while you draw")
    for x, y in [(1, 1), (1.5, 1.2), (1.2, 2), (8, 8), (8.4, 7.5), (7, 8.2), (5, 2), (5, 3)]:
        page.mouse.click(*_place(pad, x, y))
    expect(live).to_have_attribute("data-live", "now")
    first = _drawn(page)
    assert _ink(page, "kmeans")
    assert _ink(page, "gmm")
    _tool(page, "Move")
    page.mouse.move(*_place(pad, 5, 3))
    page.mouse.down()
    page.mouse.move(*_place(pad, 8, 3), steps=4)
    expect(live).to_have_attribute("data-live", "now")
    moved = _drawn(page)
    assert moved != first
    assert page.url == before
    assert not [url for url in sent if not url.endswith("/live/drawn")], "nothing else was asked"
    page.mouse.up()
    page.get_by_role("button", name="Use these points").click()
    expect(page.locator("#draw-canvas")).to_be_hidden()
    in_link(page, data="drawn")
    settle(page)
    assert _drawn(page, "kmeans", "gmm", "#compare-notice") == moved


def test_what_a_link_hides_the_pad_hides_too(open_page):
    page = open_page("?view=compare&hide=scores,kmeans,notice")
    page.get_by_role("button", name="Draw your own points").click()
    pad = page.locator("#draw-canvas")
    for x, y in [(1, 1), (1.5, 1.2), (1.2, 2), (8, 8), (8.4, 7.5)]:
        page.mouse.click(*_place(pad, x, y))
    expect(page.locator("#draw-live")).to_have_attribute("data-live", "now")
    expect(page.locator(".draw-picture:visible .panel-title")).to_have_text("Gaussian mixture")
    expect(page.locator("#draw-said:visible, .draw-number:visible")).to_have_count(0)


def _drawn(page, kmeans="drawn-kmeans", gmm="drawn-gmm", notice="#draw-said"):
    """What is said of both methods, and their numbers."""
    script = """([panels, notice]) => [
      document.querySelector(notice).textContent,
      ...panels.flatMap((panel) => [
        [...document.querySelectorAll("[id*='badge']")]
          .find(({ id }) => JSON.parse(id).name === panel).textContent,
        ...[...document.querySelectorAll(`[id*='"panel":"${panel}"']`)]
          .map(({ textContent }) => textContent)])]"""
    return page.evaluate(script, [[kmeans, gmm], notice])


def _ink(page, name):
    """How many pixels of the picture of one method are painted."""
    script = """(name) => {
      const canvas = [...document.querySelectorAll("[id*='drawn-picture']")]
        .find(({ id }) => JSON.parse(id).name === name);
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }"""
    return page.evaluate(script, name)


def test_points_are_drawn_by_keyboard_alone(page):
    button = page.get_by_role("button", name="Draw your own points")
    button.press("Enter")
    said = page.locator("#draw-status")
    dialog = page.get_by_role("dialog", name="Draw your own points")
    corners = [("1", "2"), ("4", "8"), ("6", "3"), ("9", "9"), ("2", "7")]
    for count, (x, y) in enumerate(corners, 1):
        dialog.get_by_role("textbox", name="x", exact=True).fill(x)
        dialog.get_by_role("textbox", name="y", exact=True).fill(y)
        dialog.get_by_role("button", name="Add", exact=True).press("Enter")
        expect(said).to_contain_text(f"Added. {count} point")
    canvas = page.locator("#draw-canvas")
    canvas.press("PageDown")
    expect(said).to_contain_text("Selected 1, 2.")
    expect(page.locator("#draw-live")).to_have_attribute("data-live", "now")
    before = _drawn(page)
    canvas.press("ArrowRight")
    expect(said).to_contain_text("Moved to 1.1, 2.")
    expect(page.locator("#draw-live")).to_have_attribute("data-live", "now")
    assert _drawn(page) != before
    canvas.press("Delete")
    expect(said).to_have_text("Removed. 4 points.")
    canvas.press("Control+z")
    expect(said).to_have_text("Undone. 5 points.")
    dialog.get_by_role("button", name="Use these points").press("Enter")
    expect(page.locator("#main")).to_contain_text("5 points")
    expect(button).to_be_focused()
    in_link(page, data="drawn", label="")


def test_your_drawing_opens_an_empty_pad_until_there_is_one(page):
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Your drawing").click()
    expect(page.locator("#draw-canvas")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#draw-canvas")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Data set")).to_have_value("Stretched blobs")
    assert setting(page, "data") == "stretched"
