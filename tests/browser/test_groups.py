"""Compare, Groups: components are joined by the slider, and groups get names."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_link, painted, settle

pytestmark = pytest.mark.browser

NAMED = "plot => plot.data.some(trace => [trace.text ?? []].flat().some(t => /low, east/.test(t)))"


def test_joining_by_the_slider_and_names_are_in_plots_tables_and_the_link(open_page):
    page = open_page("?view=compare&data=blobs&n=120&noise=0.6&k=4&n_init=1&tab=groups")
    slider = page.get_by_role("slider", name="Groups of the mixture")
    count = page.locator("#groups-merge-count")
    expect(count).to_have_text("4 of 4 components")
    in_link(page, merge="0")
    fields = page.locator("#groups-names-box input")
    expect(fields).to_have_count(4)
    slider.focus()
    slider.press("ArrowLeft")
    expect(count).to_have_text("3 of 4 components")
    in_link(page, merge="3")
    expect(fields).to_have_count(3)
    expect(page.locator("#compare-groups")).to_contain_text(
        "The 4 components are joined to 3 groups"
    )
    fields.first.fill("  low, east ")
    fields.first.press("Tab")
    in_link(page, names="1:low%2C east")
    expect(fields.first).to_have_value("low, east")
    expect(page.locator("[data-table=groups-gmm]")).to_contain_text("low, east")
    page.get_by_role("tab", name="Plots").click()
    painted(page, "gmm", NAMED)  # beside its centre: the plots have no other legend
    page.reload()  # the link has both
    settle(page)
    painted(page, "gmm", NAMED)
    page.get_by_role("tab", name="Groups").click()
    expect(fields.first).to_have_value("low, east")
    slider.focus()
    slider.press("End")
    in_link(page, merge="0", names="1:low%2C east")
    expect(fields).to_have_count(4)
    expect(fields.first).to_have_value("low, east")


def test_names_too_long_for_the_link_survive_a_reload(open_page):
    page = open_page("?view=compare&data=blobs&n=120&noise=0.6&k=6&n_init=1&tab=groups")
    fields = page.locator("#groups-names-box input")
    expect(fields).to_have_count(6)
    names = [f"тяжёлые, медленные, <b>старые</b> {i}" for i in range(6)]
    for i, name in enumerate(names):
        fields.nth(i).fill(name)
        fields.nth(i).press("Tab")
    expect(page.locator("[data-table=groups-gmm]")).to_contain_text(names[5])
    expect(page).to_have_url(re.compile(r"names=%40[\w-]{16}"))
    expect(page.locator("#groups-names-said")).to_be_empty()
    page.reload()
    settle(page)
    for i, name in enumerate(names):
        expect(fields.nth(i)).to_have_value(name)
    expect(page.locator("#compare-groups")).to_contain_text(f"2 “{names[1]}” of the mixture")
    fields.nth(0).fill("")
    fields.nth(0).press("Tab")
    expect(page.locator("[data-table=groups-gmm]")).not_to_contain_text(names[0])
    expect(page.locator("[data-table=groups-gmm]")).to_contain_text(names[2])


def test_a_link_with_an_unknown_key_of_names_says_so(open_page):
    page = open_page(
        "?view=compare&data=blobs&n=120&k=2&n_init=1&tab=groups&names=%40AAAAAAAAAAAAAAAA"
    )
    expect(page.locator("body")).to_contain_text("groups are shown by their numbers")
    expect(page.locator("#groups-names-box input").first).to_have_value("")
    in_link(page, names="")
