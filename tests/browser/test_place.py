"""A table at a typed address, in the browser: its sample is opened, or a sentence says why not."""

import logging
import threading
from io import BytesIO

import fsspec
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from sklearn.mixture import GaussianMixture
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.pipeline import all_rows, elsewhere, select_elsewhere
from tests.browser.conftest import DESKTOP, in_link, settle
from tests.browser.test_compare import number
from tests.browser.test_select import click_point

RNG = np.random.default_rng(8)
X = np.concatenate([RNG.normal(size=(2_000, 2)) * [1, 2] + [8 * i, 5 * i] for i in range(3)])


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    small = pytest.MonkeyPatch()  # blocks so small, and pieces so short, that there is progress
    small.setattr(elsewhere, "_ROWS", (500, 500))
    for work in (all_rows.AllRowsWork, select_elsewhere.SelectElsewhereWork):
        small.setattr(work.piece, "__defaults__", (0.0,))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    fs = fsspec.filesystem("memory")
    for i, part in enumerate(np.array_split(RNG.permutation(X), 4)):
        sink = BytesIO()
        pd.DataFrame(part, columns=["x", "y"]).to_parquet(sink, index=False, row_group_size=500)
        fs.pipe(f"/shared/table/{i}.parquet", sink.getvalue())
    config = Config(
        store=str(tmp_path_factory.mktemp("store")),
        fit_rows=600,
        sources="memory://shared",
        sources_write="memory://shared-labels",
    )
    running = make_server("127.0.0.1", 0, create_app(config).server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()
    thread.join()
    running.server_close()
    fs.rm("/shared", recursive=True)
    if fs.exists("/shared-labels"):
        fs.rm("/shared-labels", recursive=True)
    small.undo()


def test_an_address_is_typed_and_all_its_rows_are_fitted(browser, address, page):
    assert page.locator("#place").count() == 0, "the first server allows none"
    expect(page.locator("#all-rows")).to_be_hidden()
    complaints = []
    own = browser.new_page(viewport=DESKTOP)
    own.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    own.goto(f"{address}?view=compare&k=3")
    settle(own)
    field, status = own.locator("#place"), own.locator("#upload-status")
    field.fill("memory://elsewhere/table")
    field.press("Enter")
    expect(status).to_contain_text("Type one that begins with memory://shared/.")
    field.fill("memory://shared/table")
    own.get_by_role("button", name="Open", exact=True).click()
    expect(status).to_contain_text(
        "random sample of 6,000 complete rows in 4 files at memory://shared/table"
    )
    in_link(own, data="upload", scale="standard")
    settle(own)
    expect(own.locator("#main")).to_contain_text("600 points")
    box, text = own.locator("#all-rows"), own.locator("#all-rows-text")
    expect(box).to_contain_text("sample: 600 of 6,000 complete rows at memory://shared/table.")
    own.get_by_role("button", name="Fit all rows").click()
    expect(text).to_contain_text("of 12 blocks of all rows.")
    own.get_by_role("button", name="Stop", exact=True).click()
    expect(text).to_have_text("Stopped: it goes on from here.")
    own.get_by_role("button", name="Continue").click()
    expect(box).to_contain_text("All 6,000 complete rows: ")
    scores = own.locator("#all-rows-found table").first
    assert scores.locator("th").all_inner_texts()[1:3] == ["Sample, 600 rows", "All 6,000 rows"]
    bic = scores.get_by_role("row", name="BIC").locator("td").all_inner_texts()
    assert bic[0] == number(own, "gmm", "bic").inner_text()
    own.get_by_role("radiogroup", name="Scale").get_by_text("as it is").click()
    expect(own.locator("#all-rows-found table")).to_have_count(0)
    in_link(own, scale="none")
    settle(own)
    own.get_by_role("button", name="Fit all rows").click()
    expect(box).to_contain_text("All 6,000 complete rows: ")
    bic = own.locator("#all-rows-found tr", has_text="BIC").locator("td").last.inner_text()
    oracle = GaussianMixture(3, tol=1e-6, max_iter=500, n_init=3, random_state=0).fit(X)
    assert float(bic.replace(",", "")) == pytest.approx(oracle.bic(X), abs=1)
    place, said = own.locator("#all-rows-place"), own.locator("#all-rows-written")
    place.fill("memory://shared/labels")
    own.get_by_role("button", name="Write labels").click()
    expect(said).to_contain_text("Type one that begins with memory://shared-labels/.")
    place.fill("memory://shared-labels/first")
    own.get_by_role("button", name="Write labels").click()
    expect(said).to_have_text("Labels of all rows are at memory://shared-labels/first, in 4 files.")
    own.get_by_role("button", name="Write labels").click()
    expect(said).to_contain_text("There is something at memory://shared-labels/first already.")
    assert len(fsspec.filesystem("memory").find("/shared-labels/first")) == 4
    own.close()
    assert not complaints


def test_how_many_goes_on_to_all_rows_and_a_point_leads_to_its_model(browser, address, page):
    complaints = []
    own = browser.new_page(viewport=DESKTOP)
    own.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    key = own.request.post(f"{address}place", data={"address": "memory://shared/table"}).json()
    link = f"?view=select&data=upload&table={key['key']}&scale=standard&n_init=1&tol=1e-2"
    own.goto(f"{address}{link}&kmin=2&kmax=3&types=full")
    box, text = own.locator("#whole-box"), own.locator("#whole-box .chain-text")
    expect(box).to_contain_text("600 of 6,000 complete rows at memory://shared/table")
    expect(text).to_contain_text("2 mixtures and 2 runs of k-means: about")
    box.get_by_role("button", name="Start").click()
    expect(text).to_contain_text("of 12 blocks of all rows.")
    box.get_by_role("button", name="Stop").click()
    expect(text).to_have_text("Stopped: it goes on from here.")
    box.get_by_role("button", name="Continue").click()
    expect(own.locator("#whole-found")).to_contain_text("2 mixtures of all 6,000 rows.")
    expect(own.locator("#whole-found")).to_contain_text("Of all rows BIC takes full, K = 3")
    expect(text).to_contain_text("2 mixtures and 2 runs of k-means in ")
    assert own.locator("#whole-found tbody th").all_inner_texts() == ["2", "3"]
    with own.expect_download() as file:
        own.locator("#whole-download-button").click()
    assert file.value.suggested_filename == "models-all-rows.csv"
    click_point(own, "whole", 0, 0)
    in_link(own, view="compare", k="2")
    own.close()
    assert not complaints
