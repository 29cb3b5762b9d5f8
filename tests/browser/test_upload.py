"""A user's own file, end to end in the browser."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle
from tests.browser.test_compare import number, setting


def _csv(path, rows=80):
    rng = np.random.default_rng(4)
    x = rng.normal([[20, 3]] * rows + [[60, 25]] * rows, [4, 2])
    kinds = ["<i>near</i>"] * rows + ["far"] * rows
    lines = [f"{a:.2f};{b:.2f};{k}" for (a, b), k in zip(x, kinds, strict=True)]
    text = '<b>size</b>;weight "kg";kind\n' + "\n".join(lines).replace(".", ",")
    path.write_text(text, encoding="cp1252")
    return path


def _choose(page, path):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open a file").click()
    chooser.value.set_files(path)


@pytest.fixture
def opened(page, tmp_path):
    _choose(page, _csv(tmp_path / "cats & dogs.csv"))
    expect(page.locator("#upload-status")).to_contain_text("160 rows")
    settle(page)
    return page


def test_a_file_becomes_the_data(opened):
    assert setting(opened, "data") == "upload"
    assert setting(opened, "scale") == "standard"
    expect(opened.get_by_role("textbox", name="Data set")).to_have_value("Your file")
    expect(opened.locator("#upload-status")).to_contain_text("decimal comma")
    expect(opened.locator("#main")).to_contain_text("160 points")


def test_its_link_opens_it_again_and_names_show_literally(opened, open_page):
    again = open_page("?" + opened.url.split("?")[1])
    expect(again.locator("#main")).to_contain_text("160 points: weight")
    assert again.locator(".plot b, .plot i, .notice b").count() == 0
    expect(again.locator(".caption").first).to_contain_text("<b>size</b>")


def test_true_groups_can_be_chosen(opened):
    opened.get_by_role("textbox", name="True groups column").click()
    opened.get_by_role("option", name="kind").click()
    slider = opened.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(number(opened, "gmm", "ari")).to_have_text("1.00")


def test_a_file_that_is_no_table_leaves_the_data_alone(page, tmp_path):
    bad = tmp_path / "picture.csv"
    bad.write_bytes(bytes(range(256)) * 20)
    _choose(page, bad)
    expect(page.locator("#upload-status")).to_contain_text("could not be recognised")
    assert setting(page, "data") == "stretched"
    expect(number(page, "kmeans", "inertia")).to_have_text("163.9")


def test_a_table_of_text_is_refused_and_leaves_the_data_alone(page, tmp_path):
    text = tmp_path / "names.csv"
    text.write_text("first,last\nAda,Lovelace\nAlan,Turing\n")
    _choose(page, text)
    expect(page.locator("#upload-status")).to_contain_text("nothing to cluster")
    assert setting(page, "data") == "stretched"


def test_a_file_dropped_on_the_panel_is_opened(page, tmp_path):
    content = _csv(tmp_path / "dropped.csv").read_bytes().decode("cp1252")
    page.evaluate(
        """content => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.csv"));
      const zone = document.getElementById("upload");
      for (const kind of ["dragover", "drop"]) {
        const how = {dataTransfer: transfer, bubbles: true, cancelable: true};
        zone.dispatchEvent(new DragEvent(kind, how));
      }
    }""",
        content,
    )
    expect(page.locator("#upload-status")).to_contain_text("160 rows")


def test_too_large_a_file_is_refused_before_it_is_sent(page, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(21_000_000)
    page.requests.clear()
    _choose(page, huge)
    expect(page.locator("#upload-status")).to_contain_text("the limit is 20.0 MB")
    assert not page.requests
