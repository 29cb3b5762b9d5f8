"""Every view as it is shipped: under gunicorn, with the policy on and the console clean."""

import re

import pytest

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash.callbacks.asked import read
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query
from tests.browser.conftest import DESKTOP, TOOLS, settle
from tests.serving import gunicorn_server

# From inside the page: code that a test evaluates there is exempt from the policy.
LISTEN = """window.violations = [];
document.addEventListener('securitypolicyviolation', event =>
  window.violations.push(event.violatedDirective + ' ' + event.sourceFile));
"""
# A kind of trace that plotly.js does not hold is drawn as a line, or not at all.
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')]
  .filter(plot => plot.offsetParent)
  .map(plot => [plot.data.map(t => t.type), plot._fullData.map(t => t.type)])"""
# How far what is seen was pushed about, the web's own measure: 0.1 is good.
MOVED = """window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(shift => window.moved += shift.value))
  .observe({ type: 'layout-shift', buffered: true });"""
FIRST = """numbers => [...document.querySelectorAll('.first[data-whole="1"] .first-axes .mark')]
  .map(mark => mark.textContent).join('') === numbers"""
NOT_OURS = ("WebGL", "GPU stall", "Canvas2D")  # what the graphics of this machine say


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shipped")
    with gunicorn_server.serving(folder, GMM_DASH_STORE=str(folder / "tables")) as served:
        yield f"http://127.0.0.1:{served[0]}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_breaks_the_policy_or_complains(browser, shipped, scheme):
    context = browser.new_context(viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    said, sent = [], []
    page.on("request", lambda r: sent.append(r.url))

    def note(message):
        if message.type in {"error", "warning"} and not any(w in message.text for w in NOT_OURS):
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(LISTEN)
    page.add_init_script(MOVED)
    page.goto(shipped + TOOLS, wait_until="commit")
    # With the axes and numbers of its own picture, which a script right behind it draws.
    page.wait_for_function(FIRST, arg="12341234")
    page.wait_for_selector(".first", state="detached")
    settle(page)
    assert page.evaluate("() => window.moved") < 0.05
    assert not [url for url in sent if "polyfill" in url or "dash_table" in url]
    for view in sorted(VIEWS, key=lambda view: view.place):
        page.get_by_role("tab", name=view.title, exact=True).click()
        page.wait_for_selector(f"#stage-{view.name}:visible")
        settle(page)
        assert page.locator("#error").count() == 0 or page.locator("#error").is_hidden(), view.name
        if view.name == "colors":  # Dash is at rest before what draws it has come
            page.wait_for_function(f"() => ({DRAWN})().some(([, held]) => held.includes('mesh3d'))")
        drawn = page.evaluate(DRAWN)
        assert drawn, view.name
        assert all(asked == held for asked, held in drawn), view.name
        in_space = any("3d" in kind for asked, _ in drawn for kind in asked)
        fetched = set(re.findall(r"/plotly-(\w+)\.", " ".join(sent)))
        assert fetched == ({"space"} if in_space else set()), "before it is drawn, and not earlier"
    if scheme == "dark":
        page.goto(shipped, wait_until="commit")  # the start comes with its picture, too
        page.wait_for_selector(".first.starting .dots", state="attached")
        page.wait_for_function(FIRST, arg="1234")
        page.wait_for_selector(".first", state="detached")
        settle(page)
        assert page.evaluate("() => window.moved") < 0.05
    if scheme == "light":
        page.goto(f"{shipped}?n=3000")  # more points than are drawn as shapes
        settle(page)
        assert "scattergl" in {kind for asked, _ in page.evaluate(DRAWN) for kind in asked}
        assert all(asked == held for asked, held in page.evaluate(DRAWN))
    assert page.evaluate("() => window.violations") == []
    assert said == []
    context.close()


def test_the_listener_hears_a_violation(browser, shipped):
    """The test above would be worth nothing if it could not fail."""
    page = browser.new_page()
    page.add_init_script(LISTEN)
    page.goto(shipped + TOOLS)
    page.wait_for_selector("#main")
    page.evaluate(
        """() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.body.append(script);
    }"""
    )
    page.wait_for_function("() => window.violations.length")
    assert "script-src" in page.evaluate("() => window.violations[0]")
    assert page.evaluate("() => window.injected") is None
    page.close()


def test_the_load_test_sends_what_the_page_sends(open_page):
    """`make load` builds its requests; they must not grow old."""
    app = create_app()
    bodies = Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})
    for view in ("compare", "density", "steps"):
        page = open_page(f"?view={view}&data=moons&k=2")
        sent = [r.post_data_json for r in page.requests if UPDATE in r.url]
        state = from_query(page.url.partition("?")[2])[0]
        for built in bodies.of(view, state.to_flat()):
            found = [body for body in sent if body["output"] == built["output"]]
            assert found, view
            body = {key: value for key, value in found[0].items() if key != "state"}
            asked, meant = (one["inputs"][0].pop("value") for one in (body, built))
            assert body == built
            assert asked.keys() == meant.keys()
            assert read(asked) == read(meant), "a page may write a number as text"
