"""Requests that fail: the page says so, tries again, and is right in the end."""

import os
import re
import shutil
import signal
from functools import partial

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, TOOLS, in_link, settle
from tests.browser.test_compare import number
from tests.browser.test_upload import _choose, _csv
from tests.serving import gunicorn_server

CALLBACKS = re.compile("_dash-update-component")
STAGE = "#stage-compare"
# What the status line ever said: some of it is there for a moment only.
RECORD = """window.statuses = [];
new MutationObserver(() => {
  const text = document.getElementById("status")?.textContent;
  if (text && text !== window.statuses.at(-1)) window.statuses.push(text);
}).observe(document, {childList: true, subtree: true, characterData: true});
"""
K4, K5, K6 = "163.9", "132.9", "107.2"


@pytest.fixture
def visit(pages, server):
    """Open an address whose server may fail; scripts may not."""
    taken, broken = [], []

    def note(error):
        broken.append(str(error))

    def open_link(address, *, own=False):
        elsewhere = not address.startswith(server)
        page = pages.take(own=own or elsewhere, init=RECORD, viewport=DESKTOP)
        page.on("pageerror", note)
        taken.append(page)
        page.goto(address if "?" in address else address + TOOLS)
        settle(page)
        return page

    yield open_link
    for page in taken:
        page.remove_listener("pageerror", note)
        pages.give_back(page)
    assert not broken


@pytest.fixture
def page(visit, server):
    return visit(server)


def test_a_connection_lost_under_a_dragging_hand(page):
    """The picture stays, and says for what it holds; later the page follows by itself."""
    knob = page.get_by_role("slider", name="K", exact=True)
    place, step = knob.bounding_box(), knob.locator("..").bounding_box()["width"] / 29
    x, y = (place[side] + place[size] / 2 for side, size in (("x", "width"), ("y", "height")))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + step, y, steps=3)
    expect(page.locator(".live-value").first).to_have_text("K = 5")
    page.context.set_offline(True)
    page.mouse.move(x + 7 * step, y, steps=3)
    expect(knob).to_have_attribute("aria-valuenow", "11")
    expect(page.locator(STAGE)).to_have_attribute("data-live", "behind")
    page.mouse.up()
    expect(page.locator(STAGE)).to_have_class(re.compile("stale"))
    expect(page.locator("#status")).to_contain_text("Connection lost")
    page.context.set_offline(False)
    expect(page.locator(STAGE)).to_have_class("stage")
    in_link(page, k="11")
    expect(page.locator(".live-canvas")).to_have_count(0)
    page.wait_for_function(
        "() => [...document.querySelectorAll('#stage-compare .js-plotly-plot')]"
        ".filter(p => p.offsetParent).every(p => p._fullLayout.meta.of.k === 11)"
    )


def _raise_k(page, steps=1):
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def _as_it_was(page, steps):
    """Go so many steps of K back to the first sight, with nothing in the way of requests."""
    page.unroute(CALLBACKS)
    _raise_k(page, -steps)
    _shows(page, K4)
    settle(page)
    page.evaluate("() => { window.statuses = []; }")


def _failing(fail):
    """Return a route that fails while its list ``down`` has entries, and a list of all requests."""
    down, seen = [True], []

    def handle(route):
        seen.append(route.request)
        if down:
            fail(route)
        else:
            route.continue_()

    return handle, down, seen


def _said(page, words):
    """Wait until the status line has once said this."""
    page.wait_for_function("words => window.statuses.some(text => text.includes(words))", arg=words)


def _shows(page, inertia):
    expect(number(page, "kmeans", "inertia")).to_have_text(inertia)


FAILURES = [
    (lambda route: route.abort("connectionreset"), "Connection lost, trying again"),
    (lambda route: route.fulfill(status=503, body="{}"), "busy or restarting, trying again"),
    (lambda route: route.fulfill(status=200, body="<p>Log in</p>"), "Connection lost"),
]


def test_a_request_that_fails_is_sent_again_and_the_page_says_so(page):
    for fail, says in FAILURES:
        handle, down, seen = _failing(fail)
        page.route(CALLBACKS, handle)
        _raise_k(page)
        _said(page, says)
        expect(page.locator(STAGE)).to_have_class(re.compile("stale"))
        down.clear()
        _shows(page, K5)
        _said(page, "Back again")
        expect(page.locator(STAGE)).not_to_have_class(re.compile("stale|busy"))
        expect(page.locator("#status")).to_be_hidden()
        assert len(seen) >= 2, says
        _as_it_was(page, 1)


REFUSALS = {
    400: "Reload the page",
    403: "at its own address",
    413: "fewer points, or a smaller file",
    500: "noted in the log",
}


def test_a_refusal_is_explained_and_what_stays_is_marked(page):
    for status, says in REFUSALS.items():
        handle, down, seen = _failing(partial(_refuse, status=status))
        page.route(CALLBACKS, handle)
        _raise_k(page)
        expect(page.locator("#error")).to_contain_text(says)
        expect(page.locator("#error")).to_contain_text("still show the last settings")
        expect(page.locator(STAGE)).to_have_class("stage stale")
        _shows(page, K4)
        assert len(seen) == 1, "asking again would not help"
        down.clear()
        _raise_k(page)
        _shows(page, K6)
        expect(page.locator(STAGE)).to_have_class("stage")
        expect(page.locator("#error")).to_be_hidden()
        _as_it_was(page, 2)


def _refuse(route, status):
    route.fulfill(status=status, body="{}")


def test_only_the_newest_of_several_lost_clicks_is_sent_again(page):
    down, reached = [True], []

    def handle(route):
        if down[0]:
            route.abort("connectionreset")
        else:
            reached.append(route.request.post_data_json["inputs"][0]["value"]["k"])
            route.continue_()

    page.route(CALLBACKS, handle)
    _raise_k(page)
    _said(page, "trying again")
    with page.expect_request(lambda asked: '"k":6' in (asked.post_data or "")):
        _raise_k(page)
    down[0] = False
    _shows(page, K6)
    _said(page, "Back again")
    expect(page.locator(STAGE)).to_have_class("stage")
    assert reached == [6]


def test_what_a_callback_refuses_in_words_is_an_answer(visit, server):
    page = visit(server + "?data=upload&table=" + "0" * 32)
    expect(page.locator("#error")).to_be_visible()
    expect(page.locator("#status")).to_be_hidden()
    expect(page.locator(STAGE)).to_have_class("stage")


def test_after_many_attempts_a_person_decides(visit, server):
    page = visit(server, own=True)
    page.clock.install()
    page.route(CALLBACKS, lambda route: route.abort("connectionreset"))
    _raise_k(page)
    button = page.get_by_role("button", name="Try again")
    for _ in range(100):
        if button.is_visible():
            break
        page.clock.run_for(20_000)
        page.wait_for_timeout(50)
    expect(page.locator("#status")).to_contain_text("does not answer")
    page.unroute(CALLBACKS)
    button.click()
    page.clock.run_for(20_000)
    _shows(page, K5)


def _queue(ahead, seconds=0.2):
    """Return what a busy server answers, as gmm_dash/serving/faults.py writes it."""
    said = {"message": "Busy.", "ahead": ahead, "seconds": seconds}
    return {"status": 503, "json": said, "headers": {"Retry-After": "1"}}


def test_a_place_in_the_queue_is_shown_and_kept_for_as_long_as_it_takes(page):
    """More answers than failures would be borne: waiting is none."""
    places, told = iter(range(18, 0, -1)), []

    def handle(route):
        ahead = next(places, None)
        if ahead is None:
            route.continue_()
        else:
            told.append(ahead)
            route.fulfill(**_queue(ahead))

    page.route(CALLBACKS, handle)
    _raise_k(page)
    _said(page, "The server is busy: 18 requests are before yours")
    _said(page, "1 request is before yours")
    _shows(page, K5)
    _said(page, "Back again")
    expect(page.locator(STAGE)).to_have_class("stage")
    assert len(told) == 18
    assert not any("lost" in text for text in page.evaluate("window.statuses"))


def test_a_server_that_is_full_is_asked_again_when_it_says(visit, server):
    page = visit(server, own=True)
    handle, down, seen = _failing(lambda route: route.fulfill(**_queue(None, seconds=2.5)))
    page.route(CALLBACKS, handle)
    page.clock.install()
    _raise_k(page)
    page.clock.run_for(1_000)
    _said(page, "The server has more to do than it can take right now")
    page.clock.run_for(1_000)
    assert len(seen) == 1, "not before it has said"
    down.clear()
    page.clock.run_for(5_000)
    _shows(page, K5)
    assert len(seen) >= 2


@pytest.mark.parametrize("kind", ["table", "image"])
def test_a_file_keeps_its_place_in_the_queue(visit, server, tmp_path, kind):
    page = visit(server + ("?view=colors" if kind == "image" else ""))
    places, told = iter([*range(9, 0, -1)]), []

    def handle(route):
        ahead = next(places, None)
        if ahead is None:
            route.continue_()
        else:
            told.append(ahead)
            route.fulfill(**_queue(ahead))

    page.route(re.compile(f"/{kind}s$"), handle)
    if kind == "table":
        _choose(page, _csv(tmp_path / "mine.csv"))
        status, ends = page.locator("#upload-status"), "160 rows"
    else:
        Image.new("RGB", (30, 20), "teal").save(tmp_path / "mine.png")
        with page.expect_file_chooser() as chooser:
            page.locator("#image-upload").click()
        chooser.value.set_files(tmp_path / "mine.png")
        status, ends = page.locator("#image-status"), "The image is open"
    expect(status).to_contain_text("before yours")
    expect(status).to_contain_text(ends, timeout=30_000)
    assert len(told) == 9, "waiting is no failure, however often"


def test_an_upload_survives_a_lost_connection(page, tmp_path):
    handle, down, seen = _failing(lambda route: route.abort("connectionreset"))
    page.route(re.compile("/tables$"), handle)
    _choose(page, _csv(tmp_path / "mine.csv"))
    expect(page.locator("#upload-status")).to_contain_text("trying again")
    down.clear()
    expect(page.locator("#upload-status")).to_contain_text("160 rows")
    assert len(seen) >= 2


def test_two_tabs_keep_their_own_settings(visit, server):
    first, second = visit(server + "?k=4"), visit(server + "?k=5&data=moons")
    _raise_k(first)
    _raise_k(second)
    _shows(first, K5)
    _shows(second, "18.16")
    in_link(first, data="stretched", k="5")
    in_link(second, data="moons", k="6")
    first.reload()
    _shows(first, K5)


def test_a_restart_under_an_open_page_loses_no_click(visit, tmp_path):
    places = {"GMM_DASH_STORE": str(tmp_path / "tables"), "WEB_CONCURRENCY": "1"}
    with gunicorn_server.serving(tmp_path, **places) as (port, process, _):
        page = visit(f"http://127.0.0.1:{port}/")
        for one in (process.pid, *gunicorn_server.workers_of(process)):
            os.kill(one, signal.SIGKILL)  # politely, it would wait for the page's connections
    _raise_k(page)
    _said(page, "Connection lost, trying again")
    with gunicorn_server.serving(tmp_path, port=port, **places):
        _shows(page, K5)
        _said(page, "Back again")
        _raise_k(page)
        _shows(page, K6)
        page.context.close()  # gunicorn waits for the connections of a page


def test_a_worker_killed_while_it_computes_loses_no_click(visit, tmp_path):
    with gunicorn_server.serving(tmp_path, GMM_DASH_STORE=str(tmp_path / "tables")) as served:
        port, process, _ = served
        page = visit(f"http://127.0.0.1:{port}/")
        workers = gunicorn_server.workers_of(process)
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)  # whichever gets the request is now in the middle of it
        with page.expect_request(CALLBACKS):
            _raise_k(page)
        page.wait_for_timeout(300)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        _shows(page, K5)
        page.context.close()


def test_a_table_that_is_gone_leaves_the_built_in_data(visit, tmp_path):
    store = tmp_path / "tables"
    with gunicorn_server.serving(
        tmp_path, GMM_DASH_STORE=str(store), GMM_DASH_HEALTH_SECONDS="0", WEB_CONCURRENCY="1"
    ) as (port, process, _):
        page = visit(f"http://127.0.0.1:{port}/")
        _choose(page, _csv(tmp_path / "mine.csv"))
        expect(page.locator("#main")).to_contain_text("160 points")
        shutil.rmtree(store)
        store.write_text("not a folder")
        assert gunicorn_server.get(port)[0] == 503
        for worker in gunicorn_server.workers_of(process):
            os.kill(worker, signal.SIGKILL)  # the next one does not have it in memory
        again = visit(page.url)
        expect(again.locator("#error")).to_be_visible()
        again.get_by_role("textbox", name="Data set").click()
        again.get_by_role("option", name="Two moons").click()
        expect(again.locator("#compare-notice")).to_contain_text("Neither method finds")
        expect(again.locator("#error")).to_be_hidden()
        page.context.close()
        again.context.close()
