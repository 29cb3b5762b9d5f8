"""How many? and Restarts as a person uses them: growing, stopping, coming back."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gmm_dash.errors import RowsGoneError
from gmm_dash.pipeline.kept_rows import KeptRows
from tests.browser.conftest import in_link, looks, painted, settle

QUICK = "?view=select&data=moons&n=100&noise=0.05&n_init=1&kmax=6"
SLOW = "?view=select&data=blobs&n=6000&kmin=5&kmax=20&n_init=2"
STUDY = "?view=restarts&data=grid&n=180&noise=0.5&k=4&starts=20"
LONG = 60_000
PIECES = re.compile("/pieces/(select|restarts)$")


def spelt(**id_):
    return json.dumps(id_, separators=(",", ":"))


def graph(page, name):
    return page.locator(f"[id='{spelt(kind='graph', name=name)}'] .js-plotly-plot")


def part(page, name, kind):
    return page.locator(f"[id='{spelt(kind='chain', name=name, part=kind)}']")


def wait_done(page, name, words):
    expect(part(page, name, "text")).to_contain_text(words, timeout=LONG)
    settle(page)


MODELS = """plot.data.filter(t => t.customdata).reduce((n, t) => n + t.x.length, 0)"""


def expect_models(page, count):
    """Wait until the plot shows so many: the last drawing follows the words."""
    painted(page, "select", f"plot => {MODELS} === {count}")


def click_point(page, name, trace, point):
    """Click where Plotly has drawn one point of one trace, once it feels the mouse there.

    Until then the place is asked for again: what is above a plot may still move it.
    """
    painted(page, name, "plot => Boolean(plot.on)")
    for _ in range(100):
        place = page.evaluate(
            """([id, trace, point]) => {
              const plot = document.getElementById(id).querySelector('.js-plotly-plot');
              const full = plot._fullLayout, data = plot._fullData[trace];
              const box = plot.getBoundingClientRect();
              return [box.left + full._size.l + full.xaxis.d2p(data.x[point]),
                      box.top + full._size.t + full.yaxis.d2p(data.y[point])];
            }""",
            [spelt(kind="graph", name=name), trace, point],
        )
        page.mouse.move(place[0] - 3, place[1])
        page.mouse.move(*place)
        page.wait_for_timeout(100)
        if _felt(page, name) == [trace, point]:
            page.mouse.click(*place)
            return
    pytest.fail(f"the point is not under the mouse, but {_felt(page, name)}")


def _felt(page, name):
    return page.evaluate(
        """id => {
          const plot = document.getElementById(id).querySelector('.js-plotly-plot');
          const [point] = plot._hoverdata || [];
          return point ? [point.curveNumber, point.pointNumber] : null;
        }""",
        spelt(kind="graph", name=name),
    )


def pieces(page):
    """The numbers of the pieces asked for so far, in order."""
    return [r.post_data_json["piece"] for r in page.requests if PIECES.search(r.url)]


def wait_for_more(page, asked):
    """Wait until the page has asked for more pieces; those under way must arrive first."""
    for _ in range(LONG // 200):
        if len(pieces(page)) > asked:
            return
        page.wait_for_timeout(200)
    pytest.fail("the page asked for no more pieces")


@looks
def test_models_appear_by_themselves_with_star_table_and_winner(open_page, size, scheme):
    page = open_page(QUICK, size=size, scheme=scheme)
    wait_done(page, "select", "24 models in")
    expect_models(page, 24)
    expect(page.locator("#select-notice")).to_contain_text("BIC prefers", timeout=LONG)
    winner = graph(page, "select-winner").locator(".scatterlayer .trace").first
    expect(winner).to_be_visible(timeout=LONG)
    expect(page.locator(".data-table tbody tr").first).to_be_visible(timeout=LONG)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert pieces(page) == sorted(set(pieces(page)))


def drawing(request):
    """Return whether rows go with a request for a drawing; None when it is another request."""
    body = request.post_data or ""
    return '"rows":{' in body if '"names":[' in body else None


def test_another_criterion_or_chart_draws_again_and_computes_nothing_again(open_page, monkeypatch):
    page = open_page(QUICK)
    wait_done(page, "select", "24 models in")
    asked = len(pieces(page))
    page.get_by_text("bars", exact=True).click()
    expect(graph(page, "select").locator(".barlayer .point").first).to_be_visible(timeout=LONG)
    in_link(page, chart="bars")
    assert len(pieces(page)) == asked
    page.locator(".select-tools").get_by_text("AIC", exact=True).click()
    expect(page.locator("#select-notice")).to_contain_text("AIC prefers", timeout=LONG)
    in_link(page, criterion="aic")
    assert len(pieces(page)) == asked
    # another worker, or the same after a restart, has no rows: they are given once, to it
    joined = KeptRows.joined

    def forgets(self, names):
        raise RowsGoneError(names)

    for forgetful, chart in ((True, "lines"), (False, "bars")):
        settle(page)
        drawn = [drawing(request) for request in page.requests]
        assert drawn.count(False) > 0, [r.url for r in page.requests]
        assert not any(drawn) or chart == "bars", "rows stay where they are"
        page.requests.clear()
        monkeypatch.setattr(KeptRows, "joined", forgets if forgetful else joined)
        with page.expect_response(lambda r, rows=forgetful: drawing(r.request) is rows):
            page.get_by_text(chart, exact=True).click()
    expect(graph(page, "select").locator(".barlayer .point").first).to_be_visible(timeout=LONG)
    assert True not in [drawing(request) for request in page.requests]
    assert not pieces(page), "and nothing was computed again"


def test_the_held_out_score_is_computed_when_asked_for(open_page):
    page = open_page(QUICK + "&types=full&folds=3&kmax=4")
    wait_done(page, "select", "4 models in")
    page.get_by_text("held-out", exact=True).click()
    expect(page.locator("#select-notice")).to_contain_text("Held-out prefers", timeout=LONG)
    expect(page.get_by_role("textbox", name="Folds")).to_be_visible(timeout=LONG)
    expect(graph(page, "select")).to_contain_text("higher is better", timeout=LONG)


def test_a_click_on_a_model_shows_it_in_compare(open_page):
    page = open_page(QUICK)
    wait_done(page, "select", "24 models in")
    click_point(page, "select", 1, 2)
    in_link(page, view="compare", cov="tied", k="3")
    expect(page.locator("#compare-notice")).not_to_be_empty()
    for name in (re.compile("^Open full, K = ."), "Open diag, K = 2 in Compare"):  # with keys alone
        page.get_by_role("tab", name="How many?").click()
        link = page.locator("#stage-select").get_by_role("link", name=name).first
        if isinstance(name, str):
            page.locator("#stage-select td > a").first.press("ArrowDown")
            expect(page.locator("#stage-select tr:nth-child(2) td > a")).to_be_focused()
        said = link.get_attribute("aria-label") or link.inner_text()
        link.press("Enter")
        cov, k = re.match(r"Open (\w+), K = (\d)", said).groups()
        in_link(page, view="compare", cov=cov, k=k)


def test_a_change_of_settings_starts_again_and_the_range_is_in_the_link(open_page):
    page = open_page(QUICK)
    wait_done(page, "select", "24 models in")
    thumb = page.get_by_role("slider", name="Most components")
    thumb.focus()
    thumb.press("ArrowLeft")
    wait_done(page, "select", "20 models in")
    in_link(page, kmin="1", kmax="5")
    expect_models(page, 20)


def test_stop_keeps_what_there_is_and_continue_goes_on(open_page):
    page = open_page(SLOW, ready=False)
    part(page, "select", "stop").wait_for(state="visible", timeout=LONG)
    expect(part(page, "select", "text")).to_contain_text("left", timeout=LONG)
    part(page, "select", "stop").click()
    expect(part(page, "select", "text")).to_contain_text("stopped", timeout=LONG)
    settle(page)
    asked = len(pieces(page))
    page.wait_for_timeout(700)
    assert len(pieces(page)) == asked
    painted(page, "select", f"plot => {MODELS} > 0 && {MODELS} < 64")
    expect(page.locator("#select-notice")).to_contain_text("So far", timeout=LONG)
    part(page, "select", "start").click()
    expect(part(page, "select", "stop")).to_be_visible(timeout=LONG)
    wait_for_more(page, asked)
    part(page, "select", "stop").click()


def test_leaving_the_view_stops_the_work_and_coming_back_goes_on(open_page):
    page = open_page(SLOW, ready=False)
    expect(part(page, "select", "text")).to_contain_text("left", timeout=LONG)
    page.get_by_role("tab", name="Compare").click()
    in_link(page, view="compare")
    settle(page)
    asked = len(pieces(page))
    page.wait_for_timeout(700)
    assert len(pieces(page)) == asked
    page.get_by_role("tab", name="How many?").click()
    wait_for_more(page, asked)


def test_a_lost_connection_is_said_and_mended(browser, server):
    """The console may complain here: the network really fails."""
    page = browser.new_page()
    down, lost = [True], []

    def drop(route):
        asked = route.request.post_data or ""
        if down and '"piece":1' in asked:
            lost.append(route.request)
            route.abort()
        else:
            route.continue_()

    page.route(PIECES, drop)
    page.goto(server + QUICK + "&n=101&n_init=40")  # two pieces
    expect(part(page, "select", "text")).to_contain_text("trying again", timeout=LONG)
    down.clear()
    expect(part(page, "select", "text")).to_contain_text("24 models in", timeout=LONG)
    assert lost
    expect_models(page, 24)
    page.close()


def test_long_work_waits_for_a_press_on_start(open_page):
    page = open_page("?view=select&data=blobs&n=30000&n_init=20&kmin=20&kmax=30")
    expect(page.locator("#select-notice")).to_contain_text("Press Start", timeout=LONG)
    expect(part(page, "select", "text")).to_contain_text("44 models: about", timeout=LONG)
    expect(part(page, "select", "start")).to_have_text("Start", timeout=LONG, use_inner_text=True)
    assert max(pieces(page)) <= 1  # no more than it asks for before it knows


def test_what_cannot_be_compared_is_said(open_page):
    page = open_page("?view=select&data=upload")
    expect(page.locator("#error")).to_contain_text("No file has been opened", timeout=LONG)


def test_the_table_downloads_as_csv(open_page):
    page = open_page(QUICK)
    wait_done(page, "select", "24 models in")
    with page.expect_download() as caught:
        page.locator("#select-download-button").click()
    text = Path(caught.value.path()).read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["method"] for row in rows].count("mixture") == 24
    assert [row["method"] for row in rows].count("k-means") == 6


def test_starts_are_counted_named_and_shown(open_page):
    page = open_page(STUDY)
    wait_done(page, "restarts", "40 starts in")
    expect(page.locator("#restarts-notice")).to_contain_text("EM", timeout=LONG)
    expect(page.locator("#restarts-optima-gmm")).to_contain_text("A", timeout=LONG)
    badge = page.locator(f"[id='{spelt(kind='badge', name='restarts-picked')}']")
    expect(badge).to_contain_text("EM · start", timeout=LONG)
    click_point(page, "restarts-kmeans", 0, 0)
    expect(badge).to_contain_text("k-means · start", timeout=LONG)
    link = page.locator("#restarts-link")
    expect(link).to_have_attribute("href", re.compile("n_init=1"))
    link.click()
    in_link(page, view="compare", n_init="1")


def test_a_view_opened_by_its_tab_computes_too(open_page):
    page = open_page("?data=moons&n=100&noise=0.05&n_init=1&kmax=3")
    page.get_by_role("tab", name="How many?").click()
    wait_done(page, "select", "12 models in")
    expect_models(page, 12)


def test_the_best_model_is_tested_on_a_press_and_said_for_a_methods_section(open_page):
    page = open_page(QUICK + "&kmax=2&types=tied&reps=19&tol=1e-3")
    wait_done(page, "select", "2 models in")
    box = page.locator("#sure-box")
    expect(box.locator(".hint").first).to_contain_text("Is one more needed?", timeout=LONG)
    assert not [one for one in page.requests if "/pieces/sure" in one.url]
    box.get_by_role("button", name="Start").click()
    wait_done(page, "sure", "39 refits in")
    expect(page.locator("#sure-found")).to_contain_text("At the 5 % level", timeout=LONG)
    expect(graph(page, "sure").locator(".barlayer .point").first).to_be_visible(timeout=LONG)
    page.get_by_text("One fewer?", exact=True).click()
    expect(box.locator(".hint").first).to_contain_text("Would one fewer do?", timeout=LONG)
    in_link(page, against="fewer")
    page.get_by_text("One more?", exact=True).click()  # what was found is still known
    wait_done(page, "sure", "39 refits in")
    expect(page.locator("#sure-tested")).to_contain_text("McLachlan 1987", timeout=LONG)


def test_a_link_starts_no_test_that_is_refused_and_a_press_is_told_why(open_page):
    page = open_page("?view=select&data=gaps&gaps=use&n=90&kmax=2&types=full&n_init=1&open=sure")
    wait_done(page, "select", "2 models in")
    box = page.locator("#sure-box")
    why = "none where rows with gaps are used"
    expect(box.locator(".hint").first).to_contain_text(why, timeout=LONG)
    expect(box.get_by_role("button", name="Start")).to_be_enabled(timeout=LONG)
    assert not [one for one in page.requests if "/pieces/sure" in one.url]
    expect(page.locator("#error")).to_be_hidden()
    box.get_by_role("button", name="Start").click()
    expect(page.locator("#error")).to_contain_text(why, timeout=LONG)
