"""How many?, All rows, as a person uses it: offered, begun, stopped, continued, opened."""

import logging
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.browser.conftest import settle

LINK = "?view=select&data=blobs&n=900&noise=0.5&kmin=2&kmax=4&types=diag,spherical&n_init=1"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a dashboard where 200 rows are a long table's sample."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    config = replace(Config(), store=str(tmp_path_factory.mktemp("store")), fit_rows=200)
    running = make_server("127.0.0.1", 0, create_app(config).server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_sample_is_carried_on_stopped_and_continued(open_page):
    page, held, free = open_page(LINK), [], 2

    def hold(route):
        if len(page.begun) < free:
            page.begun.append(route.request.post_data_json["piece"])
            route.continue_()
        else:
            held.append(route)

    page.begun = []
    box, text = page.locator("#whole-box"), page.locator("#whole-box .chain-text")
    expect(page.locator("#whole-says")).to_contain_text(
        "Start carries the 6 mixtures of K = 2 to 4 on to all 900 rows"
    )
    page.route("**/pieces/whole", hold)
    box.get_by_role("button", name="Start").click()
    expect(page.locator("#whole-found")).to_contain_text("mixtures of all 900 rows")
    expect(page.locator("#whole-found")).to_contain_text("So far BIC prefers")
    box.get_by_role("button", name="Stop").click()
    expect(text).to_contain_text("2 of 6 mixtures · stopped")
    for route in held:
        route.continue_()
    free = 100
    box.get_by_role("button", name="Continue").click()
    expect(text).to_contain_text("6 mixtures in")
    expect(page.locator("#whole-found")).to_contain_text("Of all rows BIC takes")
    settle(page)
    expect(box.locator(".js-plotly-plot")).to_have_count(1)
    expect(page.locator("#whole-open")).to_have_text(re.compile(r"Open \w+, K = \d in Compare"))
    with page.expect_download() as saved:
        box.get_by_role("button", name="Download (CSV)").click()
    lines = Path(saved.value.path()).read_text().splitlines()
    assert len(lines) == 1 + 6
    assert "bic" in lines[0].lower()
    page.locator("#whole-open").click()
    expect(page.locator("#stage-compare")).to_be_visible()


def test_without_a_sample_there_is_no_such_section(open_page):
    page = open_page(LINK.replace("n=900", "n=150"))
    expect(page.locator("#select-toolbar .chain-text")).to_contain_text("models in")
    settle(page)
    expect(page.locator("#whole-box")).to_be_hidden()
