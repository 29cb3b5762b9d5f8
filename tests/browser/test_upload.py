"""A user's own file, end to end in the browser."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_link, setting, settle
from tests.browser.test_compare import number


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
    in_link(page, data="upload", scale="standard")  # two callbacks after the words
    settle(page)
    return page


def test_a_file_becomes_the_data(opened):
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


def test_a_file_in_an_unknown_encoding_is_read_once_somebody_says_it(page, tmp_path):
    old = tmp_path / "old.csv"
    rows = "\n".join(f"{i * 0.5:.1f};{(i * 7) % 5 + i % 3 / 3:.2f}" for i in range(20))
    old.write_text(f"ÅNGSTR;Größe\n{rows}\n", encoding="mac_roman")
    _choose(page, old)
    dialog = page.get_by_role("dialog", name="How I read it")
    expect(dialog).to_contain_text("cannot be read yet")
    expect(dialog.get_by_role("button", name="Use this table")).to_be_disabled()
    dialog.get_by_role("button", name="Mac Roman: ÅNGSTR;Größe").click()
    expect(dialog.get_by_role("checkbox", name="Cluster on Größe")).to_be_checked()
    dialog.get_by_role("button", name="Use this table").click()
    in_link(page, data="upload")
    expect(page.locator("#upload-status")).to_contain_text("20 rows")
    bad = tmp_path / "ragged.txt"
    bad.write_text("a b c\n1 2\n3 4\n5 6\n")
    _choose(page, bad)
    expect(dialog).to_contain_text("row of names has 3 cells")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="How it was read").click()
    expect(dialog).to_contain_text("Change a guess")  # the file before is at hand again


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


ODD = (
    "My measurements\nlength,width,price,kind\n1,2,3,x\n"
    + "\n".join(
        f"{i % 2 * 5 + i * 0.01:.2f},{(i * 7) % 5 + 0.5},{i * 1.25},{'uv'[i % 2]}"
        for i in range(40)
    )
    + "\n1,2\n"
)


@pytest.fixture
def asked(page, tmp_path):
    """The dialog that a doubtful file opens by itself."""
    odd = tmp_path / "odd.csv"
    odd.write_text(ODD)
    _choose(page, odd)
    dialog = page.get_by_role("dialog", name="How I read it")
    expect(dialog).to_contain_text("1 row skipped: line 44")
    return dialog


def test_a_doubtful_file_asks_first_and_leaving_changes_nothing(page, asked):
    expect(asked).to_contain_text("rows above the table?")
    expect(asked.get_by_role("columnheader", name="Remarks")).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(page.locator("#upload-status")).to_have_text("Not opened: the data are as before.")
    assert setting(page, "data") == "stretched"
    expect(page.locator("#upload")).to_be_focused()


def test_a_guess_is_corrected_and_columns_are_chosen(page, asked):
    asked.get_by_role("textbox", name="First row holds names").click()
    page.get_by_role("option", name="no", exact=True).click()
    expect(asked).to_contain_text("the columns are numbered")
    asked.get_by_role("textbox", name="First row holds names").click()
    page.get_by_role("option", name="guess", exact=True).click()
    expect(asked.get_by_role("checkbox", name="Cluster on width")).to_be_checked()
    asked.get_by_role("checkbox", name="Cluster on width").click()
    asked.get_by_role("textbox", name="Column of true groups").click()
    page.get_by_role("option", name="kind").click()
    asked.get_by_role("button", name="Use this table").click()
    expect(asked).to_be_hidden()
    expect(page.locator("#upload-status")).to_contain_text("1 row skipped")
    in_link(page, cols="length,price", label="kind")
    page.get_by_role("button", name="How it was read").click()
    expect(asked.get_by_role("checkbox", name="Cluster on width")).not_to_be_checked()
    asked.get_by_role("checkbox", name="Cluster on width").click()
    asked.get_by_role("button", name="Use this table").click()
    page.get_by_role("button", name="Leave width out").click()
    in_link(page, cols="length,price")
    page.get_by_text("Transform columns").click()
    page.get_by_label("Transform price").select_option("log")
    in_link(page, transform="log:price")
    expect(page.locator("#error")).to_contain_text("its lowest value is 0. Choose the signed log")
    page.get_by_label("Transform price").select_option("signed log")
    in_link(page, transform="asinh:price")
    expect(page.locator("#error")).to_be_hidden()


def test_a_pasted_table_is_opened_by_keyboard(page):
    page.get_by_role("button", name="Paste a table").press("Enter")
    text = page.get_by_role("textbox", name="Table as text")
    expect(text).to_be_focused()
    rows = "\n".join(f"{i * 0.5}\t{(i * 7) % 5}\t" for i in range(20))
    page.keyboard.insert_text(f"a\tb\tc\n{rows.replace(chr(9) + chr(10), chr(9) + '1' + chr(10))}")
    page.get_by_role("button", name="Read this table").press("Enter")
    expect(page.locator("#upload-status")).to_contain_text("20 rows")
    in_link(page, data="upload")
    expect(page.locator("#data-notes")).to_contain_text("1 of 20 rows left out")
    expect(page.get_by_role("button", name="Paste a table")).to_be_focused()
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Two moons").click()
    expect(page.locator("#upload-status")).to_have_text("")
    in_link(page, data="moons", table="", scale="none")


def test_a_table_that_is_gone_says_so_and_the_same_file_goes_on(
    opened, open_page, tmp_path, tmp_path_factory
):
    key = setting(opened, "table")
    next(tmp_path_factory.getbasetemp().glob(f"store*/{key}.parquet")).unlink()
    page = open_page(f"?data=upload&table={key}&k=3&scale=none")
    expect(page.locator("#error")).to_contain_text("no longer stored")
    _choose(page, tmp_path / "cats & dogs.csv")
    expect(page.locator("#main")).to_contain_text("160 points")
    expect(page.locator("#error")).to_be_hidden()
    in_link(page, k="3", scale="none", table=key)


def test_sending_can_be_cancelled(page, tmp_path):
    page.route("**/tables*", lambda _: None)  # a server that never answers
    _choose(page, _csv(tmp_path / "slow.csv"))
    page.locator("#upload-cancel").click()
    expect(page.locator("#upload-status")).to_have_text("Cancelled: the data are as before.")
    expect(page.locator("#upload-cancel")).to_be_hidden()
    assert setting(page, "data") == "stretched"
