"""A long table in Compare: both models go on to all its rows at a press, and it is theirs."""

import logging
import threading

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from sklearn.mixture import GaussianMixture
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app, open_store
from gmm_dash.pipeline import compare_whole, whole
from gmm_dash.tables import describe_frame
from tests.browser.conftest import DESKTOP, in_link, settle
from tests.browser.test_compare import number

RNG = np.random.default_rng(8)
X = np.concatenate([RNG.normal(size=(2_000, 2)) * [1, 2] + [3 * i, 2 * i] for i in range(3)])


@pytest.fixture(scope="module")
def long_table(tmp_path_factory):
    """Return the link of a table for which one request is too short, by estimate."""
    small = pytest.MonkeyPatch()  # and pieces so short that there is progress to see
    small.setattr(whole, "seconds_of", lambda *_: 30.0)
    small.setattr(compare_whole, "_SPARE", 1e9)
    small.setattr(compare_whole, "passes_at_once", lambda *_: 1)
    small.setattr(compare_whole, "iterations_at_once", lambda *_: 1)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    config = Config(store=str(tmp_path_factory.mktemp("store")), fit_rows=600)
    read = describe_frame(pd.DataFrame(X, columns=["x", "y"]))
    key = open_store(config).put(read.frame, read.report)
    running = make_server("127.0.0.1", 0, create_app(config).server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/?view=compare&data=upload&table={key}"
    running.shutdown()
    thread.join()
    running.server_close()
    small.undo()


def test_all_rows_are_fitted_in_pieces_and_the_view_is_theirs(browser, long_table):
    complaints = []
    page = browser.new_page(viewport=DESKTOP)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(f"{long_table}&k=3&scale=none&open=posteriors")
    settle(page)
    box, text, notes = (
        page.locator(f"#{one}") for one in ("all-rows", "all-rows-text", "compare-notes")
    )
    expect(notes).to_contain_text("Fit all rows goes on to them in pieces.")
    expect(box).to_contain_text("Both models can go on to all 6,000 rows")
    table = page.locator("[data-table=posteriors]")
    listed = table.locator("tbody tr > :first-child")
    expect(listed).to_have_count(20)
    first = [str(i) for i in range(1, 21)]
    assert listed.all_inner_texts() != first, "of 600 drawn rows these are not the first 20"
    sample_bic = number(page, "gmm", "bic").inner_text()
    page.get_by_role("button", name="Fit all rows").click()
    expect(text).to_contain_text("over all rows; the last one added")
    assert 0 <= int(page.locator("#all-rows-bar").get_attribute("aria-valuenow")) <= 100
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(text).to_have_text("Stopped: it goes on from here.")
    assert number(page, "gmm", "bic").inner_text() == sample_bic, (
        "the sample's, until all are there"
    )
    page.get_by_role("button", name="Continue").click()
    expect(notes).to_contain_text("Both models end on all 6,000 rows")
    expect(box).to_be_hidden()
    expect(listed).to_have_text(first)
    shown = float(number(page, "gmm", "bic").inner_text().replace(",", ""))
    oracle = GaussianMixture(3, tol=1e-6, max_iter=500, n_init=3, random_state=0).fit(X)
    assert shown == pytest.approx(oracle.bic(X), abs=1)
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    in_link(page, k="4")
    settle(page)
    expect(notes).to_contain_text("random sample of 600 of 6,000 rows")
    expect(box).to_contain_text("Both models can go on")
    page.go_back()
    in_link(page, k="3")
    expect(notes).to_contain_text("Both models end on all 6,000 rows")
    expect(box).to_be_hidden()
    page.close()
    assert not complaints


def test_density_follows_compare_to_all_rows(browser, long_table):
    complaints = []
    page = browser.new_page(viewport=DESKTOP)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(f"{long_table.replace('compare', 'density')}&k=2&scale=none&tol=1e-2")
    settle(page)
    notes = page.locator("#density-notes")
    expect(notes).to_contain_text("random sample of 600 of 6,000 rows")
    expect(notes.get_by_role("link", name="Open Compare")).to_be_visible()
    sample_bic = number(page, "density", "bic").inner_text()
    page.locator("nav").get_by_text("Compare", exact=True).click()
    page.get_by_role("button", name="Fit all rows").click()
    expect(page.locator("#compare-notes")).to_contain_text("Both models end on all 6,000 rows")
    bic = number(page, "gmm", "bic").inner_text()
    page.locator("nav").get_by_text("Density", exact=True).click()
    expect(notes).to_contain_text("The mixture and all that is drawn of the data are of all 6,000")
    assert number(page, "density", "bic").inner_text() == bic != sample_bic
    page.close()
    assert not complaints
