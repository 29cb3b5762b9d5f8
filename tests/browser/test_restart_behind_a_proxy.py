"""While the dashboard restarts, nginx answers 503 and names a time: then the page comes again.

The answer is the one of ``deploy/nginx.conf``, to whatever the page may ask for.
"""

import json
import re
import time
from itertools import pairwise

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_compare import number
from tests.browser.test_digits import QUICK as SWEEP
from tests.browser.test_draw import _place
from tests.browser.test_export import take
from tests.browser.test_resilience import CALLBACKS, K5, _raise_k, visit  # noqa: F401  (a fixture)
from tests.browser.test_select import QUICK, wait_done
from tests.browser.test_upload import _choose, _csv

SECONDS, TIMES = 1, 2
AWAY = {
    "status": 503,
    "headers": {"Retry-After": f"{SECONDS}", "Content-Type": "application/json"},
    "body": json.dumps({"message": "The dashboard is restarting. Try again in a moment."}),
}


def restart(page, address=CALLBACKS, holding=""):
    """Answer the first requests as nginx does; return when each request came."""
    came = []

    def handle(route):
        if holding not in (route.request.post_data_buffer or b"").decode("latin-1"):
            route.continue_()
            return
        came.append(time.monotonic())
        if len(came) > TIMES:
            route.continue_()
        else:
            route.fulfill(**AWAY)

    page.route(address, handle)
    return came


def came_again(came, *, when_asked=True):
    assert len(came) > TIMES
    if when_asked:
        assert all(b - a > SECONDS for a, b in pairwise(came[: TIMES + 1]))


def test_a_click(visit, server):  # noqa: F811
    page = visit(server)
    came = restart(page)
    _raise_k(page)
    expect(number(page, "kmeans", "inertia")).to_have_text(K5)  # a live picture shows it, too
    for _ in range(600):
        if len(came) > TIMES:
            break
        page.wait_for_timeout(100)
    came_again(came)


def _follow(page, link):
    """Follow a link of the page's own, such as those in its sentences."""
    page.evaluate(
        """link => {
          const place = document.createElement("a");
          place.setAttribute("href", link);
          document.body.append(place);
          place.click();
          place.remove();
        }""",
        link,
    )


def test_a_link_inside_the_page(visit, server):  # noqa: F811
    page = visit(server)
    came = restart(page, holding='"page.children"')
    _follow(page, "?data=moons&k=3")
    expect(page.get_by_role("textbox", name="Data set")).to_have_value("Two moons")
    came_again(came)


def test_long_work_piece_by_piece(visit, server):  # noqa: F811
    page = visit(server)
    came = restart(page, re.compile("/pieces/select$"))
    _follow(page, QUICK)
    wait_done(page, "select", "models in")
    came_again(came, when_asked=False)


def test_a_table(visit, server, tmp_path):  # noqa: F811
    page = visit(server)
    came = restart(page, re.compile("/tables$"))
    _choose(page, _csv(tmp_path / "mine.csv"))
    expect(page.locator("#upload-status")).to_contain_text("160 rows")
    came_again(came)


def test_a_drawing(visit, server):  # noqa: F811
    page = visit(server)
    page.get_by_role("button", name="Draw your own points").click()
    pad = page.locator("#draw-canvas")
    for count, (x, y) in enumerate([(1, 1), (2, 1), (1, 2), (8, 8), (8, 9)], 1):
        page.mouse.click(*_place(pad, x, y))
        expect(page.locator("#draw-status")).to_contain_text(f"{count} point")
    came = restart(page, re.compile(r"/tables\?"))
    page.get_by_role("button", name="Use these points").click()
    expect(page.get_by_role("textbox", name="Data set")).to_have_value("Your drawing")
    came_again(came)


def test_a_drawing_that_is_opened_again(visit, server):  # noqa: F811
    page = visit(server)
    came = restart(page, holding="draw-loaded")
    page.evaluate("dash_clientside.set_props('draw-wanted', {data: 'x'.repeat(43)})")
    with page.expect_response(lambda answer: answer.ok and "draw-loaded" in answer.text()):
        pass
    came_again(came)


def test_points_that_were_edited(visit, server):  # noqa: F811
    page = visit(f"{server}?view=steps&data=corners&k=4&step=2")
    page.locator("#steps-edit").click()
    for name, value in (("x", "4"), ("y", "1.5")):
        page.get_by_label(f"New point, {name}").fill(value)
    page.get_by_role("button", name="Add", exact=True).click()
    came = restart(page, re.compile(r"/tables\?"))
    page.locator("#steps-go-on").click()
    expect(page.locator(".steps-points-said")).to_contain_text("busy or restarting, trying again")
    expect(page.locator(".steps-note")).to_contain_text("where you put them")
    came_again(came)


def test_an_image(visit, server, tmp_path):  # noqa: F811
    page = visit(f"{server}?view=colors&colors=3")
    came = restart(page, re.compile("/images$"))
    noise = np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "mine.png")
    page.locator("#image-upload").click()
    page.locator("#image-picker").set_input_files(tmp_path / "mine.png")
    expect(page.locator("#image-status")).to_contain_text("busy or restarting, trying again")
    expect(page.locator("#colors-notice")).to_contain_text("3 colours instead of 2,")
    came_again(came)


def test_a_step_of_the_sweep_of_digits(visit, server):  # noqa: F811
    page = visit(server + SWEEP)
    came = restart(page, re.compile("/pieces/digits$"))
    page.locator("#sweep-start").click()
    # which numbers are ever seen depends on how fast the machine is
    expect(page.locator("#sweep-status")).to_contain_text(
        re.compile(r"^[1-9]\d* of 16|AIC is least")
    )
    came_again(came, when_asked=False)  # two pieces are under way


def test_a_file_from_the_menu(visit, server):  # noqa: F811
    page = visit(f"{server}?data=iris&k=3&n_init=2")
    came = restart(page, holding="export-download")
    name, script = take(page, "Python script")
    assert name == "mixture.py"
    assert b"load_iris" in script
    came_again(came)


def test_an_animation(visit, server):  # noqa: F811
    page = visit(f"{server}?view=steps&data=moons&k=2&n=60")
    came = restart(page, holding="steps-gif")
    with page.expect_download() as arriving:
        page.evaluate("dash_clientside.set_props('steps-save-gif', {n_clicks: 1})")
    assert arriving.value.suggested_filename == "step-by-step.gif"
    came_again(came)
