"""A page that is handed on is as good as new, and a page of one's own is nobody else's."""

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import DESKTOP, PHONE

LOOK = {"viewport": DESKTOP, "locale": "de-DE"}
OTHER = {"viewport": PHONE, "color_scheme": "dark", "locale": "de-DE"}
SEEN = """() => [innerWidth, innerHeight, screen.width,
  ...["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion)",
    "print"].map(asked => matchMedia(asked).matches)]"""
LEFT = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def test_nothing_of_a_test_is_left_for_the_next(pages, server):
    page = pages.take(**LOOK)
    page.goto(server + "healthz")
    page.evaluate("localStorage.a = sessionStorage.a = 1; document.cookie = 'a=1'")
    assert page.evaluate(LEFT) == [1, 1, "a=1"]
    page.route("**/*", lambda route: route.abort())
    pages.give_back(page)
    own = pages.take(**LOOK, own=True)
    assert own is not page
    pages.give_back(own)
    assert own.is_closed()
    again = pages.take(**LOOK)
    assert again is page
    again.goto(server + "healthz")
    assert again.evaluate(LEFT) == [0, 0, ""]
    pages.give_back(again)
    with pytest.raises(Error):
        again.goto("chrome://crash")
    fresh = pages.take(**LOOK)
    assert fresh is not again
    fresh.goto(server + "healthz")
    with pytest.raises(Error):
        fresh.goto("chrome://crash")
    pages.give_back(fresh)
    assert fresh.is_closed()


def test_a_page_that_is_handed_on_has_the_size_and_colours_of_a_new_one(pages, server):
    def seen(page):
        page.goto(server + "healthz")
        return page.evaluate(SEEN)

    before = pages.take(**OTHER)
    asked = {"forced_colors": "active", "reduced_motion": "reduce", "media": "print"}
    before.emulate_media(color_scheme="light", **asked)
    assert seen(before)[3:] == [False, True, True, True]
    pages.give_back(before)
    for look in (OTHER, LOOK):
        page, new = pages.take(**look), pages.take(**look, own=True)
        assert page is before
        assert seen(page) == seen(new)
        assert seen(page)[3] == (look is OTHER)
        pages.give_back(page)
        pages.give_back(new)
