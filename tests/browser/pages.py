"""Pages that one test after another opens, each as if it were new.

Most of what it costs to open the dashboard is reading and compiling its scripts. A page that stays
in its process has done that already, and a visitor's second link opens in this way, too.
"""

from playwright.sync_api import Error

MOST = 4  # free pages kept: each holds a process
# What a user may ask of a page and a test may have asked in a user's place.
UNASKED = {"media": "null", "reduced_motion": "null", "forced_colors": "null", "contrast": "null"}
PATIENCE = 180_000  # milliseconds; where many work on one machine, a page takes its time to open


class Pages:
    """Free pages by what they look like; whoever takes one has it alone."""

    def __init__(self, browser, resting):
        self._browser, self._resting = browser, resting
        self._free = []

    def take(
        self, *, viewport, color_scheme="light", own=False, init=None, running=False, **options
    ):
        """Return a page in a context with these options: its own one, or one that was given back.

        Size and colours are asked of the page: one that was given back can have any of them.
        ``own`` is for what cannot be undone afterwards, such as another clock. ``running`` asks
        for a page that, if it was given back, still shows the dashboard as somebody left it.
        """
        worn = {"viewport": viewport, "color_scheme": color_scheme}
        # The dashboard takes its colours when it begins, and keeps them.
        look = (init, repr(sorted(options.items())), repr(worn) if running else None)
        for i, (found, page) in enumerate(self._free):
            if found == look and not own:
                del self._free[i]
                if _wears(page, **worn):
                    return page
                page.context.close()
                return self.take(**worn, init=init, running=running, **options)
        page = self._browser.new_context(**worn, **options).new_page()
        page.set_default_timeout(60_000)
        page.set_default_navigation_timeout(PATIENCE)
        if init is not None:
            page.add_init_script(init)
        page.look = None if own else look
        return page

    def give_back(self, page):
        """Keep a page for the next test, with nothing left on it of this one."""
        if page.is_closed():
            return
        if page.look is None or not self._cleaned(page):
            page.context.close()
            return
        self._free.append((page.look, page))
        if len(self._free) > MOST:
            self._free.pop(0)[1].context.close()

    def _cleaned(self, page):
        """Remove what a test left; return whether that went well: if not, nobody gets the page."""
        try:
            page.unroute_all(behavior="ignoreErrors")
            if page.look[-1] is None:
                page.goto(self._resting)  # of the same origin: so it stays in its process
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            page.context.clear_cookies()
            page.mouse.move(0, 0)
        except Error:  # crashed, or too busy with what the test left it with
            return False
        return True

    def close(self):
        """Close what is free."""
        while self._free:
            self._free.pop()[1].context.close()


def _wears(page, *, viewport, color_scheme):
    """Give a free page its size and colours; return whether it is still there to take them.

    Its process may have ended while nobody looked.
    """
    try:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme, **UNASKED)
        return not page.is_closed() and page.evaluate("() => true")
    except Error:
        return False
