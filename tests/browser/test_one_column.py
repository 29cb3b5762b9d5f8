"""A table of one column, as a person looks at it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_link, painted, settle
from tests.browser.player import END, PLACE, READY, press, run_of, said, wait_coloured

GALAXIES = "&data=galaxies&scale=standard&k=3"
BARS_AND_CURVES = """plot => plot.data.filter(t => t.mode === 'lines').length === 5
  && plot.data.some(t => t.mode === 'markers')"""
CUTS = "plot => plot.data.some(t => t.line && t.line.dash)"
SHOWN = """name => {
  const id = JSON.stringify({kind: "graph", name: name});
  const plot = document.getElementById(id).querySelector(".js-plotly-plot");
  return [plot._fullLayout.xaxis.title.text, plot._fullLayout.yaxis.title.text];
}"""


ACROSS = """name => {
  const id = JSON.stringify({kind: "graph", name: name});
  const plot = document.getElementById(id).querySelector(".js-plotly-plot");
  return [...plot._fullLayout.xaxis.range];
}"""
HEIGHT = """name => {
  const id = JSON.stringify({kind: "graph", name: name});
  const plot = document.getElementById(id).querySelector(".js-plotly-plot");
  return plot._fullLayout.yaxis.range[1];
}"""


def test_every_view_shows_one_column_or_says_why_not(open_page):
    page = open_page(f"?view=compare{GALAXIES}")
    painted(page, "gmm", BARS_AND_CURVES)
    painted(page, "kmeans", CUTS)
    assert page.evaluate(SHOWN, "gmm") == ["velocity", "density"]
    expect(page.get_by_text("full, diag and spherical are the same mixture")).to_be_visible()
    names = page.locator(".mantine-CheckboxGroup-root label").filter(visible=True).all_inner_texts()
    assert "Each component's curve" in names
    assert not [name for name in names if re.search("[Ee]llipse|circle|contour|border", name)]
    page.goto(page.url.replace("view=compare", "view=density"))
    settle(page)
    painted(page, "density", BARS_AND_CURVES)
    expect(page.get_by_text("no map, no contours and no slice")).to_be_visible()
    tools = page.get_by_role("group", name="Settings of the density")
    shown = tools.locator(".control-name > span").filter(visible=True).all_inner_texts()
    assert shown == ["New points", "Drawing seed", "Place them", "Mark outliers (%)"]
    page.goto(page.url.replace("view=density", "view=steps"))
    page.wait_for_function(READY)
    page.get_by_role("tab", name="Compare").click()
    expect(page.locator("#error")).to_be_hidden()
    painted(page, "gmm", BARS_AND_CURVES)
    page.get_by_label("Each component's curve").uncheck()  # and the label says what it does
    painted(page, "gmm", BARS_AND_CURVES.replace("5", "2"))
    page.get_by_label("The four covariance types").check()
    title = page.locator(".panel-of-full .panel-title")
    expect(title).to_be_visible()
    assert title.inner_text() == "full: a variance each"


def test_step_by_step_runs_on_one_column(open_page):
    page = open_page(f"?view=steps{GALAXIES}&step=0")
    page.wait_for_function(READY)
    wait_coloured(page, "kmeans", "found < 1500")  # rings of centres, and nothing else
    page.locator("body").click(position={"x": 2, "y": 2})
    press(page, "ArrowRight")
    page.wait_for_function(f"() => ({PLACE})() === 1")
    wait_coloured(page, "kmeans", "found > 1500")
    expect(said(page)).to_contain_text("Each of the 82 points joins its nearest centre")
    press(page, "End")
    page.wait_for_function(f"() => ({PLACE})() === ({END})()")
    expect(said(page, "gmm")).to_contain_text("Converged after")
    described = page.locator("#stage-steps").get_by_text(
        "half step 7 of 7, E-step · end; velocity:"
    )
    expect(described).to_contain_text("standard deviation")
    handle = page.locator("#stage-steps .steps-handle").first
    held = handle.bounding_box()
    x, y = (held[side] + held[size] / 2 for side, size in (("x", "width"), ("y", "height")))
    with run_of(page):  # a drag, higher up on the way: that means nothing
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y - 90, steps=4)
        page.mouse.up()
    in_link(page, start="own")
    dropped = handle.bounding_box()
    assert dropped["y"] == pytest.approx(held["y"], abs=1)
    assert dropped["x"] == pytest.approx(held["x"] + 60, abs=2)
    centres = re.search("centres=([^&]*)", page.url)[1].split("%2C")
    assert len(centres) == 6
    assert centres[1::2] == ["0", "0", "0"]
    with run_of(page):
        page.locator("#stage-steps .nsewdrag").last.click(position={"x": 30, "y": 30})
    in_link(page, k="4")
    page.get_by_role("button", name="Positions").click()
    fields = page.locator("#steps-centres input")
    expect(fields).to_have_count(4)
    expect(fields.first).to_have_attribute("aria-label", "Centre 1: velocity")
    page.get_by_role("button", name="Edit points").click()
    expect(page.get_by_text("Points of one column cannot be edited")).to_be_visible()


def test_the_histogram_follows_k_while_it_is_dragged(open_page):
    page = open_page(f"?view=compare{GALAXIES}", own=True)
    painted(page, "gmm", BARS_AND_CURVES)
    knob = page.get_by_role("slider", name="K", exact=True)
    place, width = knob.bounding_box(), knob.locator("..").bounding_box()["width"]
    x, y = (place[side] + place[size] / 2 for side, size in (("x", "width"), ("y", "height")))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * width / 29, y, steps=3)
    expect(page.locator("#stage-compare")).to_have_attribute("data-live", "now")
    expect(page.locator(".live-canvas")).to_have_count(2)
    assert page.locator(".live-value").all_inner_texts() == ["K = 5", "K = 5"]
    said = page.locator("#stage-compare .number-value").all_inner_texts()
    heights = [page.evaluate(HEIGHT, name) for name in ("kmeans", "gmm")]
    page.mouse.up()
    in_link(page, k="5")
    painted(page, "gmm", BARS_AND_CURVES.replace("=== 5", "=== 7"))
    expect(page.locator(".live-canvas")).to_have_count(0)
    assert page.locator("#stage-compare .number-value").all_inner_texts() == said
    assert [page.evaluate(HEIGHT, name) for name in ("kmeans", "gmm")] == pytest.approx(heights)
    page.mouse.down()
    page.mouse.move(x, y, steps=3)
    expect(page.locator(".live-value").first).to_have_text("K = 3")
    assert page.evaluate(HEIGHT, "gmm") < heights[1], "curves are lower, and the axis with them"
    page.mouse.move(x + 2 * width / 29, y)
    page.mouse.up()
    expect(page.locator(".live-canvas")).to_have_count(0)
    assert page.evaluate(HEIGHT, "gmm") == pytest.approx(heights[1]), "back, so nothing is asked"


def test_under_a_zoom_the_heights_are_those_of_the_newest_picture(open_page):
    page = open_page(f"?view=compare{GALAXIES.replace('k=3', 'k=8')}")
    painted(page, "gmm", BARS_AND_CURVES.replace("=== 5", "=== 10"))
    high = [page.evaluate(HEIGHT, name) for name in ("kmeans", "gmm")]
    page = open_page(f"?view=compare{GALAXIES}", own=True)
    painted(page, "gmm", BARS_AND_CURVES)
    low = [page.evaluate(HEIGHT, name) for name in ("kmeans", "gmm")]
    assert max(low) < 0.9 * min(high)
    box = page.locator(".panel-of-gmm .nsewdrag").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.2 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=4)
    page.mouse.up()
    expect(page.locator(".panel-of-gmm.zoomed")).to_be_visible()
    across = page.evaluate(ACROSS, "gmm")
    knob = page.get_by_role("slider", name="K", exact=True)
    for _ in range(5):
        knob.press("ArrowRight")
    in_link(page, k="8")
    painted(page, "gmm", BARS_AND_CURVES.replace("=== 5", "=== 10"))
    expect(page.locator(".live-canvas")).to_have_count(0)
    assert [page.evaluate(HEIGHT, name) for name in ("kmeans", "gmm")] == pytest.approx(high)
    assert page.evaluate(ACROSS, "gmm") == pytest.approx(across), "the zoom is kept"


def test_a_plane_has_its_own_words_again(open_page):
    page = open_page(f"?view=density{GALAXIES}")
    chosen = page.get_by_role("textbox", name="Map")
    painted(page, "density", BARS_AND_CURVES)
    expect(chosen).to_be_hidden()
    page.goto(page.url.replace("data=galaxies", "data=faithful"))
    settle(page)
    expect(chosen).to_be_visible()


def test_models_and_starts_of_one_column_are_compared(open_page):
    page = open_page(f"?view=select{GALAXIES}&kmax=4&n_init=1")
    notice = page.locator("#select-notice")
    expect(notice).to_contain_text("a variance each (full = diag = spherical)", timeout=60_000)
    painted(page, "select-winner", BARS_AND_CURVES)
    page.goto(page.url.replace("view=select", "view=restarts"))
    settle(page)
    expect(page.locator("#restarts-notice")).to_contain_text("starts of EM", timeout=60_000)


def test_k_of_one_column_follows_when_the_slider_is_let_go(open_page):
    page = open_page(f"?view=compare{GALAXIES}")
    painted(page, "gmm", BARS_AND_CURVES)
    page.get_by_role("slider", name="K", exact=True).press("ArrowRight")
    in_link(page, k="4")
    painted(page, "gmm", BARS_AND_CURVES.replace("5", "6"))
    expect(page.locator("#error")).to_be_hidden()
