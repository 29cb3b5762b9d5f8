"""Points that are edited in the player: both methods follow them, as going on then has them."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import in_link, settle
from tests.browser.player import CORNERS, PLACE, TRACE, press, run_of, said

PHONE = {"width": 390, "height": 844}
SAID = ".steps-points-said"
# What is said of both methods: in words, badges, and of the pictures.
ALL_SAID = """() => [...document.querySelectorAll("#stage-steps .panel")].map((panel) => [
  ...panel.querySelectorAll(".steps-said, .panel-badge:not([data-covered])"),
  ...panel.querySelectorAll(".caption:not([data-covered]), [id*='described']"),
].map(({ textContent }) => textContent))"""
NOW = "#steps-points[data-live='now']"
# Where a point is on the page, by its number and the method whose plot it is in.
SPOT = f"""([index, side]) => {{
  const box = document.querySelector(`#steps-${{side}}-said`).closest(".panel");
  box.querySelector(".plot-box").scrollIntoView({{block: "center", behavior: "instant"}});
  const plot = box.querySelector(".js-plotly-plot")._fullLayout;
  const {{points, origin}} = ({TRACE})();
  const bytes = Uint8Array.from(atob(points.bdata), (c) => c.charCodeAt(0));
  const [x, y] = new Float32Array(bytes.buffer).subarray(2 * index);
  const edge = box.querySelector(".plot-box").getBoundingClientRect();
  return [edge.x + plot.xaxis._offset + plot.xaxis.l2p(x + origin[0]),
          edge.y + plot.yaxis._offset + plot.yaxis.l2p(y + origin[1])];
}}"""
END_IS_SHOWN = "Both plots show where both methods end."


def _went_on(page):
    """Return all that is said at the end of the runs that go on with these points."""
    with run_of(page):
        page.locator("#steps-go-on").click()
    in_link(page, data="drawn", start="own")
    press(page, "End")
    settle(page)
    return page.evaluate(ALL_SAID)


def _sent(page):
    return {urlsplit(request.url).path for request in page.requests}


def test_both_methods_follow_a_point_under_the_hand_as_going_on_then_has_them(open_steps):
    page = open_steps(CORNERS + "&cov=tied&scale=standard&step=2")
    page.locator("#steps-edit").click()
    before, url = page.evaluate(ALL_SAID), page.url
    page.requests.clear()
    x, y = page.evaluate(SPOT, [0, "gmm"])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=3)
    page.wait_for_selector(NOW)
    one = page.evaluate(ALL_SAID)
    page.mouse.move(x + 150, y - 40, steps=3)
    page.wait_for_function(
        f"one => JSON.stringify(({ALL_SAID})()) !== JSON.stringify(one)", arg=one
    )
    page.wait_for_selector(NOW)
    shown = page.evaluate(ALL_SAID)
    assert len({str(found) for found in (before, one, shown)}) == 3
    assert _sent(page) == {"/live/edited"}, "nothing was stored, and nothing else asked"
    assert page.url == url
    page.mouse.up()
    expect(page.locator(SAID)).to_have_text(f"1 change; 200 points. {END_IS_SHOWN}")
    assert page.evaluate(ALL_SAID) == shown
    assert _went_on(page) == shown


def test_by_keyboard_a_point_is_chosen_moved_removed_and_all_of_it_undone(open_steps):
    page = open_steps(CORNERS + "&n=60&cov=spherical&step=1")
    before = page.evaluate(ALL_SAID)
    page.locator("#steps-edit").press("Enter")
    layer = page.locator(".steps-touch").first
    layer.focus()
    press(page, "PageDown")
    expect(page.locator(SAID)).to_contain_text("Chosen: ")
    press(page, "ArrowRight", "ArrowRight")
    page.wait_for_selector(NOW)
    moved = page.evaluate(ALL_SAID)
    press(page, "Delete")
    expect(page.locator(SAID)).to_have_text(f"3 changes; 59 points. {END_IS_SHOWN}")
    page.wait_for_selector(NOW)
    assert len({str(found) for found in (before, moved, page.evaluate(ALL_SAID))}) == 3
    press(page, "Control+z")
    page.wait_for_selector(NOW)
    assert page.evaluate(ALL_SAID) == moved
    press(page, "Control+z", "Control+z")
    expect(page.locator("#steps-points")).not_to_have_attribute("data-live", "now")
    assert page.evaluate(ALL_SAID) == before
    press(page, "ArrowUp")
    page.wait_for_selector(NOW)
    shown = page.evaluate(ALL_SAID)
    with run_of(page):
        press(page, " ")  # to play what is shown is to go on with it
    press(page, "End")
    settle(page)
    assert page.evaluate(ALL_SAID) == shown


def test_by_touch_and_closed_again_the_run_of_the_page_is_back(open_steps):
    page = open_steps(CORNERS + "&n=60&step=last", size=PHONE, has_touch=True)
    before = page.evaluate(ALL_SAID)
    page.locator("#steps-edit").click()
    x, y = page.evaluate(SPOT, [0, "kmeans"])
    layer, high = page.locator(".steps-touch").first, "(one) => one.getBoundingClientRect().top"
    top = layer.evaluate(high)
    finger = page.context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": left, "y": top} for left, top in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y))
    touch("touchMove", (x - 30, y - 10))
    touch("touchMove", (x - 60, y - 20))
    page.wait_for_selector(NOW, state="attached")
    assert page.evaluate(ALL_SAID) != before
    assert layer.evaluate(high) == top, "the plots stay where they are under the finger"
    touch("touchEnd")
    expect(page.locator(SAID)).to_have_text(f"1 change; 60 points. {END_IS_SHOWN}")
    page.locator("#steps-edit").click()
    assert page.evaluate(ALL_SAID) == before
    press(page, "Home")
    assert page.evaluate(PLACE) == 0, "the player is free again"


def test_of_more_points_both_methods_follow_when_one_goes_on(open_steps):
    page = open_steps("?view=steps&data=blobs&n=501&k=3&step=1")
    before = page.evaluate(ALL_SAID)
    page.locator("#steps-edit").click()
    words = "Of more than 500 points both methods follow when you go on."
    expect(page.locator(SAID)).to_have_text(words)
    page.requests.clear()
    page.locator(".steps-touch").first.focus()
    press(page, "PageDown", "ArrowLeft")
    expect(page.locator(SAID)).to_contain_text(f"1 change; 501 points. {words}")
    assert page.evaluate(ALL_SAID) == before
    assert not page.requests
    press(page, "Delete")
    page.wait_for_selector(NOW)
    expect(page.locator(SAID)).to_have_text(f"2 changes; 500 points. {END_IS_SHOWN}")


def test_where_the_server_says_why_it_cannot_be_the_page_does(open_steps):
    page = open_steps(CORNERS + "&n=20&k=1&step=2&max_iter=20")
    page.locator("#steps-edit").click()
    why = {"error": "Points lie on a line."}
    page.route("**/live/edited", lambda route: route.fulfill(json=why))
    page.locator(".steps-touch").first.focus()
    press(page, "PageDown", "Delete")
    expect(page.locator(SAID)).to_have_text("1 change; 19 points. Points lie on a line.")
    expect(said(page)).not_to_contain_text("Converged")
