"""A presentation is read from the last row, on one screen, with nothing cut off."""

from playwright.sync_api import expect

from gmm_dash.layout.views import VIEWS
from tests.browser.conftest import settle

_LEAST = {(1920, 1080): 20, (1440, 900): 16, (1366, 768): 16}  # pixels of the smallest letters
_PARTS = {  # of Compare, and what is drawn when they are there
    "Groups": ".merge-plots .main-svg:visible",
    "Rows": ".row-list td:visible",
    "Pinned": ".pinned-plots .main-svg:visible",
}
WIDE = {"width": 1920, "height": 1080}

# The smallest letters in sight, those whose box is cut by the screen, and how far the page goes.
_SEEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  const cut = [];
  while (walk.nextNode()) {
    const [node, parent] = [walk.currentNode, walk.currentNode.parentElement];
    const aside = "style, .mantine-AppShell-navbar, .visually-hidden, .unseen";
    if (!node.textContent.trim() || parent.closest(aside)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    if (box.width < 2 || box.right < 0 || style.visibility !== "visible" || !size) continue;
    small.push([size, node.textContent]);
    if (parent.closest(".plot-box")) continue;  // redrawn for the new size some frames later
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) cut.push(node.textContent);
  }
  const segments = [...document.querySelectorAll(".stage .mantine-SegmentedControl-root")];
  const wide = segments.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent);
  return {
    smallest: small.sort((a, b) => a[0] - b[0])[0], cut: [...cut, ...wide],
    tall: document.documentElement.scrollHeight - innerHeight,
    plot: Math.max(...[...document.querySelectorAll(".plot-box, .before-after")]
      .map(e => e.offsetParent ? e.offsetHeight : 0)),
  };
}"""


def fits(page, name):
    """Fail unless a page is one screen of large letters, at the three sizes."""
    for (width, height), least in _LEAST.items():
        page.set_viewport_size({"width": width, "height": height})
        seen = page.evaluate(_SEEN)
        where = (name, width, seen)
        assert seen["tall"] <= 0, where
        assert seen["cut"] == [], where
        assert seen["plot"] > 0.2 * height, where
        assert seen["smallest"][0] >= least, where


def test_every_view_is_one_screen_of_large_letters(open_page, server):
    start = "?simple=1&data=stretched&show=ellipses,centers,borders&present=1"
    page = open_page(start, size=WIDE, own=True)
    expect(page.locator(".start-hands")).to_be_visible()
    fits(page, "start")
    page.set_viewport_size(WIDE)
    page.goto(f"{server}?view=compare&present=1&data=penguins&k=3")  # a note on rows left out
    settle(page)
    fits(page, "penguins")
    page.goto(f"{server}?present=1&n=100&kmax=3&starts=20&dk=10&types=full&pin=k:2")
    for view in sorted(VIEWS, key=lambda view: view.place):
        page.set_viewport_size(WIDE)  # Plotly's letters are those of the size it draws at first
        page.get_by_role("tab", name=view.title, exact=True).click()
        page.wait_for_selector(f"#stage-{view.name}:visible")
        settle(page)
        fits(page, view.name)
        if view.name == "compare":
            for part, drawn in _PARTS.items():
                page.set_viewport_size(WIDE)
                page.get_by_role("tab", name=part).click()
                page.wait_for_selector(drawn)
                settle(page)
                fits(page, part)
            page.get_by_role("tab", name="Plots", exact=True).click()
    page.get_by_role("tab", name="Density", exact=True).click()
    curve = page.get_by_role("heading", name="Does more K predict better?")
    expect(curve).to_be_hidden()
    page.get_by_role("button", name="More: tables and plots below").click()
    expect(curve).to_be_visible()
