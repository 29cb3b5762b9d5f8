"""Restarts, All rows, as a person uses it: offered, begun, stopped, continued, kept."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settle
from tests.browser.test_whole import server  # noqa: F401  (200 rows are a long table's sample)

LINK = "?view=restarts&data=grid&n=900&noise=0.25&k=5&cov=spherical&starts=20&tol=1e-4"


def test_the_ends_of_a_sample_are_carried_on_stopped_and_continued(open_page):
    page, held, free = open_page(LINK), [], 2

    def hold(route):
        if len(page.begun) < free:
            page.begun.append(route.request.post_data_json["piece"])
            route.continue_()
        else:
            held.append(route)

    page.begun = []
    box, text = page.locator("#restarts-whole-box"), page.locator("#restarts-whole-box .chain-text")
    found = page.locator("#restarts-whole-found")
    expect(page.locator("#restarts-whole-says")).to_contain_text(
        re.compile(r"Start carries .* on to all 900 rows")
    )
    expect(found).to_be_hidden()
    page.route("**/pieces/restarts-whole", hold)
    box.get_by_role("button", name="Start").click()
    expect(found).to_contain_text(re.compile(r"1 of \d+ ends of .* carried on"))
    assert "best over all" not in found.inner_text(), "not before all of them are there"
    box.get_by_role("button", name="Stop").click()
    expect(text).to_contain_text(re.compile(r"2 of \d+ ends · stopped"))
    for route in held:
        route.continue_()
    free = 1_000
    box.get_by_role("button", name="Continue").click()
    expect(text).to_contain_text(re.compile(r"\d+ ends in"))
    expect(found).to_contain_text(re.compile("[Oo]ver all 900 rows"))
    settle(page)
    tables = box.locator("table")
    expect(tables).to_have_count(2)
    for side in ("kmeans", "gmm"):
        rows = page.locator(f"#restarts-ends-{side} tbody tr")
        assert rows.count() > 1
        assert "best" in page.locator(f"#restarts-ends-{side} tbody").inner_text()
    best = page.locator("#restarts-ends-gmm tbody tr", has_text="best").first.inner_text()
    page.locator(".restarts-toolbar").get_by_role("slider").last.press("ArrowRight")
    expect(page.locator(".restarts-toolbar .chain-text")).to_contain_text("80 starts in")
    start = box.get_by_role("button", name="Start")
    expect(start).to_be_visible()  # there are other ends, too
    start.click()
    expect(found).to_contain_text(re.compile("[Oo]ver all 900 rows"))
    value = best.split()[3]
    expect(page.locator("#restarts-ends-gmm tbody")).to_contain_text(value)


def test_without_a_sample_there_is_no_such_section(open_page):
    page = open_page(LINK.replace("n=900", "n=150"))
    expect(page.locator(".restarts-toolbar .chain-text")).to_contain_text("starts in")
    settle(page)
    expect(page.locator("#restarts-whole-box")).to_be_hidden()
