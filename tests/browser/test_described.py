"""Every plot on the page says what it shows to those who do not see it."""

import re

from tests.browser.pages import PATIENCE
from tests.browser.player import READY

# What is drawn, in sight, and not a part of what is told already: its name, and its description.
TOLD = """view => [...document.getElementById(`stage-${view}`).querySelectorAll(
    ".plot-box, canvas, .before-after img, .steps-curve > svg")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length
    && !e.closest('[aria-hidden="true"]') && !e.parentElement.closest(".plot-box"))
  .map(e => {
    const ids = (e.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    const words = ids.map(id => document.getElementById(id)?.textContent.trim() ?? "");
    const boxed = e.matches(".plot-box");
    return [e.getAttribute("aria-label") ?? e.alt ?? "", boxed ? words.at(-1) : words.join(" "),
      boxed];
  })"""
ALL_TOLD = f"""([view, least]) => {{
  const found = ({TOLD})(view);
  return found.length >= least && found.every(([name, said, boxed]) => name && (said || !boxed));
}}"""
SMALL = "&n=100&k=2&kmax=3&types=full&n_init=1&starts=20&colors=3&dk=10&pca=50"
VIEWS = {  # and how much they draw
    "steps": 4, "select": 3, "restarts": 3, "density": 2, "digits": 5, "colors": 6,
}  # fmt: skip


def told(page, view, least):
    """Return (name, description) of all that a view draws, once each has one."""
    page.wait_for_function(ALL_TOLD, arg=[view, least], timeout=PATIENCE)
    found = page.evaluate(TOLD, view)
    assert len({name for name, *_ in found}) == len(found), found
    said = [words for _, words, boxed in found if boxed]
    assert len(set(said)) == len(said), said
    return found


def test_every_plot_is_told(open_page):
    page = open_page(f"?view=compare&tab=pinned&pin=k:3&step=3{SMALL}")
    told(page, "compare", 2)
    for view, least in VIEWS.items():
        title = page.locator(f"#stage-{view}").get_attribute("aria-label")
        page.get_by_role("tab", name=title, exact=True).click()
        if view == "steps":
            page.wait_for_function(READY)
        found = told(page, view, least)
        if view == "steps":
            _steps_follow(page, found)


def _steps_follow(page, first):
    """Each step changes what both plots say, and the curves below them."""
    page.get_by_label("Half step", exact=True).press("ArrowRight")
    page.wait_for_function(
        "() => document.getElementById('steps-toolbar').dataset.turned === '1.00'"
    )
    second = told(page, "steps", 4)
    place = page.evaluate("() => document.getElementById('steps-toolbar').dataset.place")
    for (name, before, boxed), (other, after, _) in zip(first, second, strict=True):
        if boxed:
            assert name == other
            assert before != after
            assert re.search(
                rf", (half step {place} of|choosing centre {int(place) + 1} of)", after
            )
