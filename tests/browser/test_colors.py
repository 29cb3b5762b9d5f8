"""The Colours view as a person uses it."""

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, in_link, painted, setting, settle
from tests.browser.test_compare import number

LINK = "?view=colors&image=china&colors=16"
LINE = "() => getComputedStyle(document.querySelector('.split-line')).left"


def drag_to_eighty(page):
    """Drag the line of one image, all at once, to 80 % of its width."""
    box = page.locator("#colors-both-gmm").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 60)
    page.mouse.up()


def at_eighty(page, knob):
    """Wait until the thumb and both lines are at 80 %."""
    expect(knob).to_have_attribute("aria-valuenow", "80")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.before-after')]"
        ".every(box => box.style.getPropertyValue('--split') === '80%')"
    )


def both_are_shown(page):
    for name in ("before-kmeans", "after-kmeans", "before-gmm", "after-gmm"):
        page.wait_for_function(
            "id => { const i = document.getElementById('colors-' + id);"
            " return i.complete && i.naturalWidth > 0; }",
            arg=name,
        )


@pytest.mark.parametrize(("size", "scheme"), [(None, "light"), (PHONE, "dark")])
def test_a_photograph_in_sixteen_colours(open_page, size, scheme):
    page = open_page(LINK, size=size, scheme=scheme)
    expect(page.locator("#colors-notice")).to_contain_text("16 colours instead of 96,615")
    both_are_shown(page)
    assert page.locator("#colors-palette-kmeans li").count() == 16
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_line_moves_by_keyboard_and_by_dragging(open_page):
    page = open_page(LINK)
    both_are_shown(page)
    before = page.evaluate(LINE)
    knob = page.get_by_role("slider", name="How much of the original is shown")
    knob.focus()
    knob.press("ArrowLeft")
    page.wait_for_function(f"before => ({LINE})() !== before", arg=before)
    drag_to_eighty(page)
    at_eighty(page, knob)


def test_the_line_moves_while_the_slider_is_dragged(open_page):
    page = open_page(LINK)
    both_are_shown(page)
    knob = page.get_by_role("slider", name="How much of the original is shown")
    box = page.locator("#colors-split .mantine-Slider-track").bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    at_eighty(page, knob)
    page.mouse.up()
    at_eighty(page, knob)


def test_a_drag_faster_than_the_page_draws_is_not_undone(open_page):
    page = open_page(LINK, own=True)
    both_are_shown(page)
    knob = page.get_by_role("slider", name="How much of the original is shown")
    slowly = {"rate": 6}
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", slowly)
    for _ in range(6):
        knob.press("ArrowLeft")
        drag_to_eighty(page)
        page.wait_for_timeout(300)
        at_eighty(page, knob)


def test_the_png_is_what_the_page_says(open_page):
    page = open_page(LINK)
    both_are_shown(page)
    with page.expect_download() as downloaded:
        page.locator("#colors-download-kmeans").click()
    path = downloaded.value.path()
    assert downloaded.value.suggested_filename == "china-16-colours-kmeans.png"
    image = Image.open(path)
    assert image.size == (640, 427)
    assert len(image.convert("RGB").getcolors()) == 16
    said = number(page, "colors-kmeans", "bytes_after").inner_text()
    assert f"{path.stat().st_size / 1000:.0f} kB" == said


def test_an_image_of_ones_own_and_a_file_that_is_none(open_page, tmp_path):
    page = open_page(LINK)
    both_are_shown(page)
    page.locator("#image-upload").click()
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no image")
    page.locator("#image-picker").set_input_files(bad)
    expect(page.locator("#image-status")).to_contain_text("not an image that can be read")
    assert setting(page, "image") == "china"
    good = tmp_path / "good.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (90, 120, 3), dtype=np.uint8)).save(
        good
    )
    page.locator("#image-picker").set_input_files(good)
    expect(page.locator("#colors-notice")).to_contain_text("16 colours instead of 10,")
    settle(page)
    both_are_shown(page)
    in_link(page, image="upload")
    assert len(setting(page, "imagekey")) == 43
    again = open_page("?" + page.url.split("?")[1])
    expect(again.locator("#colors-notice")).to_contain_text("16 colours instead of 10,")


def test_a_link_to_an_image_that_is_gone_says_so(open_page):
    page = open_page(f"?view=colors&image=upload&imagekey={'a' * 43}")
    expect(page.get_by_text("The image of this link is no longer stored.")).to_be_visible()


EYE = """() => document.querySelector('#stage-colors .gl-container')?.closest('.js-plotly-plot')
  ?._fullLayout?.scene?._scene?.getCamera()?.eye"""
# The eye is no longer where it was, and has stood still for ten frames.
TURNED = f"""x => {{
  const eye = ({EYE})(), now = JSON.stringify(eye);
  const still = eye && Math.abs(eye.x - x) > 0.1 && now === window.eyeBefore;
  window.eyeStill = still ? (window.eyeStill || 0) + 1 : 0;
  window.eyeBefore = now;
  return window.eyeStill > 10;
}}"""


def test_the_colours_in_space_stay_as_they_were_turned(open_page):
    page = open_page(LINK)
    both_are_shown(page)
    page.wait_for_function(f"() => ({EYE})()?.x > 1")
    box = page.locator("#stage-colors .gl-container").first
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] / 2 + 90, at["y"] + at["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_function(TURNED, arg=1.75)
    turned = page.evaluate(EYE)
    before = page.locator("#colors-palette-kmeans li").count()
    painted(page, "space-kmeans", f"plot => plot._fullData[1]?.x?.length === {before}")
    page.get_by_role("slider", name="Colours", exact=True).press("ArrowRight")
    expect(page.locator("#colors-palette-kmeans li")).to_have_count(before + 1)
    painted(page, "space-kmeans", f"plot => plot._fullData[1]?.x?.length === {before + 1}")
    settle(page)
    after = page.evaluate(EYE)
    assert abs(after["x"] - turned["x"]) < 0.01
    assert abs(after["y"] - turned["y"]) < 0.01
