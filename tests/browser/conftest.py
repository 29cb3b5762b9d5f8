"""A real server and a real Chromium; a page that logs an error fails its test."""

import logging
import threading
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.browser.player import READY

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# Both sizes and both colour schemes, without every pair of them.
looks = pytest.mark.parametrize(
    ("size", "scheme"), [(None, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
expect.set_options(timeout=20_000)  # a test waits as long as it must, on a busy machine too


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


@pytest.fixture
def open_page(browser, server):
    """Open a link of the dashboard; ``page.requests`` counts what was asked of the server.

    At the end of the test the console must be clean, and no answer may have been an error.
    """
    contexts, complaints = [], []

    def open_link(query="", *, size=None, scheme="light", ready=True, **context_options):
        context = browser.new_context(
            viewport=size or DESKTOP, color_scheme=scheme, **context_options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: _note(complaints, m.type, m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.requests = []
        page.on("request", lambda r: page.requests.append(r) if r.method == "POST" else None)
        page.on("response", lambda r: complaints.append(r.url) if r.status >= 500 else None)
        page.goto(server + query)
        if ready:
            settle(page)
        return page

    yield open_link
    for context in contexts:
        context.close()
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
    """The dashboard as a visitor first sees it."""
    return open_page()


def settle(page):
    """Wait until the page has drawn what it was asked for and nothing is under way."""
    page.wait_for_selector("#main")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('.stage.busy')")
    page.wait_for_timeout(100)


# What the graphics of this machine say, and a file that was refused on purpose.
_NOT_OURS = ("WebGL", "GPU stall", "Canvas2D", "status of 422")


def _note(complaints, kind, text):
    if kind in {"error", "warning"} and not any(words in text for words in _NOT_OURS):
        complaints.append(f"{kind}: {text}")
