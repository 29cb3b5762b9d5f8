"""A real server and a real Chromium; a page that logs an error fails its test."""

import logging
import threading
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.browser.pages import PATIENCE, Pages
from tests.browser.player import READY

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
TOOLS = "?view=compare"  # a bare address opens the start
# Both sizes and both colour schemes, without every pair of them.
looks = pytest.mark.parametrize(
    ("size", "scheme"), [(None, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
expect.set_options(timeout=60_000)  # a test waits as long as it must, on a busy machine too


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a running dashboard with a store of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    config = replace(Config(), store=str(tmp_path_factory.mktemp("store")))
    running = make_server("127.0.0.1", 0, create_app(config).server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(scope="session")
def pages(browser, server):
    """Pages to look at the server with."""
    kept = Pages(browser, server + "healthz")
    yield kept
    kept.close()


@pytest.fixture
def open_page(pages, server):
    """Open a link of the dashboard; ``page.requests`` counts what was asked of the server.

    At the end of the test the console must be clean, and no answer may have been an error.
    With ``own`` it is a page that no other test has: for what cannot be undone afterwards.
    """
    with _opening(pages, server, running=False) as open_link:
        yield open_link


@pytest.fixture
def visit(pages, server):
    """Go to a link of the dashboard as one who is there already and presses it.

    The page is built anew from the link, without loading and compiling its scripts again. It is
    for tests of what a view shows and does; those of how a page opens, of what it asks the server
    for or what the browser keeps open one by ``open_page``.
    """
    with _opening(pages, server, running=True) as open_link:
        yield open_link


# As a link within the page; what is there until then is marked.
PRESS_LINK = """query => {
  document.getElementById("main").left = true;
  const link = document.createElement("a");
  link.href = query;
  document.body.append(link);
  link.click();
  link.remove();
}"""
ARRIVED = """() => {
  const main = document.getElementById("main");
  return main && !main.left;
}"""


def follow(page, query):
    """Press a link of the page's own, and wait until the page was built anew."""
    page.evaluate(PRESS_LINK, query)
    page.wait_for_function(ARRIVED, timeout=PATIENCE)


@contextmanager
def _opening(pages, server, *, running):
    """Lend what opens a link, and look after all that it opened."""
    taken, complaints = [], []

    def open_link(query=TOOLS, *, size=None, scheme="light", ready=True, **options):
        worn = {"viewport": size or DESKTOP, "color_scheme": scheme}
        page = pages.take(running=running, **worn, **options)
        page.requests = requests = []
        heard = {
            "console": lambda m: _note(complaints, m.type, m.text),
            "pageerror": lambda error: complaints.append(str(error)),
            "request": lambda r: requests.append(r) if r.method == "POST" else None,
            "response": lambda r: complaints.append(r.url) if r.status >= 500 else None,
        }
        for event, listener in heard.items():
            page.on(event, listener)
        taken.append((page, heard))
        if running and page.url.startswith(server + "?"):
            follow(page, query)
        else:
            page.goto(server + query)
        if ready:
            settle(page)
        return page

    yield open_link
    for page, heard in taken:
        for event, listener in heard.items():
            page.remove_listener(event, listener)
        pages.give_back(page)
    assert not complaints


@pytest.fixture
def open_steps(open_page):
    """Open a link to the player and wait for its first picture."""

    def open_link(query, **options):
        page = open_page(query, **options)
        page.wait_for_function(READY)
        return page

    return open_link


@pytest.fixture
def page(open_page):
    """The dashboard as who goes straight to the tools first sees it."""
    return open_page()


# Dash has no callback left to run, no stage is grey, and every plot in sight has been drawn; and
# so for some frames on end: frames, not seconds, so that a slow page gets longer.
CALM = """frames => {
  const busy = window.store?.getState().isLoading !== false
    || document.querySelector(".stage.busy")
    || [...document.querySelectorAll(".plot-box")]
      .some(box => box.offsetParent && !box.querySelector(".main-svg"));
  window.calm = busy ? 0 : (window.calm || 0) + 1;
  return window.calm > frames;
}"""


def settle(page):
    """Wait until the page has drawn what it was asked for and nothing is under way."""
    page.wait_for_selector("#main", timeout=PATIENCE)
    page.wait_for_load_state("networkidle")  # of the first loading only: it is never unsaid
    page.evaluate("() => { window.calm = 0; }")
    page.wait_for_function(CALM, arg=10, timeout=PATIENCE)


def painted(page, name, holds="plot => true", timeout=60_000):
    """Wait until Plotly has drawn a picture in one plot, of which ``holds`` is true.

    The words of an answer are on the page some callbacks before its picture.
    """
    page.wait_for_function(
        f"""name => {{
          const box = document.getElementById(JSON.stringify({{kind: "graph", name: name}}));
          const plot = box?.querySelector(".js-plotly-plot");
          return Boolean(plot?._fullLayout?.meta?.name === name && ({holds})(plot));
        }}""",
        arg=name,
        timeout=timeout,
    )


def hover_until(page, place, locator, words):
    """Move the mouse over a place, as often as it takes, until there is text with these words.

    What listens to the mouse is attached some time after the plot is drawn; ``place`` is a
    function of the page, as what is above a plot may still move it.
    """
    for _ in range(100):
        x, y = page.evaluate(place)
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(100)
        if locator.count() and words in locator.inner_text():
            return
    expect(locator).to_contain_text(words)


def setting(page, key):
    """What the address bar says of one setting; after an action, wait by ``in_link`` first."""
    query = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    return query[key][0]


def in_link(page, **wanted):
    """Wait until the address bar says all of this."""

    def says(url):
        query = parse_qs(urlsplit(url).query, keep_blank_values=True)
        return all(query.get(key) == [value] for key, value in wanted.items())

    page.wait_for_url(says)


# What the graphics of this machine say, and a file that was refused on purpose.
_NOT_OURS = ("WebGL", "GPU stall", "Canvas2D", "status of 422")


def _note(complaints, kind, text):
    if kind in {"error", "warning"} and not any(words in text for words in _NOT_OURS):
        complaints.append(f"{kind}: {text}")
