"""How ``parts/chain`` asks for the pieces of long work, with a server the test plays itself.

The laws: every piece arrives once or the page says that it is missing; after "Stop" nothing is
asked for; what can never succeed is not tried again; other settings leave no trace.
"""

import json
import random
from pathlib import Path

import pytest

from gmm_dash.callbacks.chain import sent as rows_sent
from gmm_dash.results.select_parts import CONDENSED, PART_KEYS, join_parts

ASSETS = Path(__file__).parents[2] / "assets"
CONFIG = {"name": "select", "view": "select", "work": ["k"], "alike": {}}
BLANK = """
<script id="_dash-config" type="application/json">{"requests_pathname_prefix": "/"}</script>
<div id='{"kind":"chain","name":"select","part":"frame"}'>
  <i class="chain-fill"></i><i class="chain-bar"></i><b class="chain-text"></b></div>"""
# `script(piece, nth, go)` says what becomes of a request: {status}, {error}, {wait} or nothing,
# each with `after` in ms or `held` until `release()`. Every piece holds one model; there are
# `total` of them.
STUBS = """() => {
  window.told = {};
  window.dash_clientside = { no_update: { stays: true }, set_props: (id, props) => {
    const name = id.part || id;
    (window.told[name] = window.told[name] || []).push(props);
  } };
  window.asked = [];
  window.total = 4;
  window.script = () => ({});
  const released = new Promise(done => { window.release = done; });
  window.fetch = async (url, { body }) => {
    if (url !== "/pieces/select") { throw new TypeError(url); }
    const { piece, go, work } = JSON.parse(body);
    const nth = window.asked.filter(one => one === piece).length;
    window.asked.push(piece);
    const planned = window.script(piece, nth, go, work);
    const { after = 5, status = 200, error, wait, busy } = planned;
    await (planned.held ? released : new Promise(done => setTimeout(done, after)));
    if (status === 0) { throw new TypeError("no connection"); }
    const ones = Array(window.total).fill(1);
    const pieces = { seconds: ones, models: ones, unit: "models" };
    const given = window.given?.[piece] || { gmm: [{ piece }] };
    const rows = wait || piece >= window.total ? {} : given;
    const condensed = window.condensed || {};
    const said = error ? { error } : { pieces, notes: [], condensed, wait: wait || null, rows };
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(busy || said), { status, headers });
  };
}"""


@pytest.fixture
def chain(browser):
    """Return a blank page with the chain in it."""
    page = browser.new_page()
    page.set_default_timeout(20_000)
    page.route("http://a.page/", lambda route: route.fulfill(body=BLANK, content_type="text/html"))
    page.goto("http://a.page/")
    page.evaluate(STUBS)
    page.add_script_tag(path=ASSETS / "page.js")
    yield page
    page.close()


def begin(page, script="() => ({})", **settings):
    """Ask for work, of a server that answers as ``script`` says."""
    page.evaluate(f"() => {{ window.script = {script}; }}")
    again(page, **settings)


def again(page, **settings):
    """Ask once more, of the same server."""
    asked = [{"k": 3, "scheme": "light"} | settings, CONFIG]
    page.evaluate("([request, config]) => dash_clientside.chain.begin(request, config)", asked)


def press(page, button):
    page.evaluate(f"config => dash_clientside.chain.{button}(1, config)", CONFIG)


def turn(page, view):
    """Open a view, as the controls say it; what it asks for comes later."""
    page.evaluate(
        """view => dash_clientside.settings.collect(
      [], "light", [view], [], { select: ["k"], compare: ["k"] }, [], view,
      { hints: {}, notes: {} }, { view, k: 5, show: [] })""",
        view,
    )


def says(page, words):
    page.wait_for_function(
        "words => document.querySelector('.chain-text').textContent.includes(words)", arg=words
    )


def last_rows(page):
    rows = page.evaluate("() => told.final?.at(-1).data.rows")
    return [row["piece"] for row in rows_sent({"rows": rows})["gmm"]]


def all_there(page, count=4):
    says(page, f"{count} models in")
    page.wait_for_function("() => told.final?.at(-1).data.finished")
    assert last_rows(page) == list(range(count))


def asked(page):
    return page.evaluate("() => asked")


def test_every_piece_is_asked_for_once(chain):
    begin(chain)
    all_there(chain)
    assert sorted(asked(chain)) == [0, 1, 2, 3]


@pytest.mark.parametrize("refused", [[0], [1], [2], [0, 1], [2, 3]])
def test_a_refused_piece_is_asked_for_again_when_told_to(chain, refused):
    begin(chain, f"piece => ({{ error: !window.mended && {refused}.includes(piece) && 'No.' }})")
    chain.wait_for_function("() => told.error?.at(-1).children === 'No.'")
    chain.wait_for_timeout(150)  # the piece under way beside it arrives, and those after it do not
    assert "models in" not in chain.inner_text(".chain-text")
    chain.evaluate("() => { window.mended = true; }")
    press(chain, "start")
    all_there(chain)


def test_a_change_of_what_is_only_drawn_goes_on_with_the_same_work(chain):
    begin(chain, "() => ({ after: 150 })")
    chain.wait_for_timeout(20)
    again(chain, scheme="dark")
    all_there(chain)
    assert sorted(asked(chain)) == [0, 1, 2, 3]
    assert chain.evaluate("() => told.final.at(-1).data.request.scheme") == "dark"


def test_after_stop_nothing_is_asked_for(chain):
    begin(chain, "() => ({ held: true })")
    chain.wait_for_function("() => asked.length")
    again(chain, scheme="dark")
    press(chain, "stop")
    says(chain, "stopped")
    before = asked(chain)
    chain.evaluate("() => release()")
    chain.wait_for_timeout(500)
    assert asked(chain) == before
    assert chain.evaluate("() => told['stage-select'].at(-1).className") == "stage stale"
    press(chain, "start")
    all_there(chain)


@pytest.mark.parametrize("lost", [False, True])
def test_start_pressed_while_a_piece_is_under_way(chain, lost):
    """The second piece was asked for before the agreement: its answer comes late, or never."""
    begin(
        chain,
        "(piece, nth, go) => go ? { after: 60 } : piece"
        f" ? {{ after: 300, wait: 60, status: {0 if lost else 200} }} : {{ after: 120, wait: 60 }}",
    )
    says(chain, "of computing")
    press(chain, "start")
    all_there(chain)


def test_what_was_lost_is_asked_for_again(chain):
    begin(chain, "(piece, nth) => ({ status: piece < 3 && !nth ? [0, 502, 503][piece] : 200 })")
    says(chain, "trying again")
    all_there(chain)


def test_a_place_in_the_queue_is_shown_and_no_failure(chain):
    """More often than a lost connection would be borne, without waiting longer each time."""
    busy = "{ status: 503, busy: { message: 'Busy.', ahead: 50 - nth, seconds: 0.02 } }"
    begin(chain, f"(piece, nth) => piece === 1 && nth < 48 ? {busy} : {{}}")
    says(chain, "requests are before yours")
    says(chain, "4 models in")
    assert chain.evaluate("window.asked.filter(one => one === 1).length") == 49


@pytest.mark.parametrize(("status", "words"), [(400, "Reload the page"), (500, "in the log")])
def test_what_cannot_succeed_is_said_and_not_tried_again(chain, status, words):
    begin(chain, f"() => ({{ status: {status} }})")
    chain.wait_for_function("words => told.error?.at(-1).children?.includes(words)", arg=words)
    before = asked(chain)
    chain.wait_for_timeout(1500)
    assert asked(chain) == before
    assert chain.inner_text(".chain-text") == "Not computed"


def test_an_error_of_other_settings_is_not_shown(chain):
    begin(
        chain,
        "(piece, nth, go, work) => work.k === 3 ? { held: true, error: 'Old.' } : {}",
    )
    again(chain, k=4)
    all_there(chain)
    chain.evaluate("() => release()")
    chain.wait_for_timeout(200)
    assert not chain.evaluate("() => JSON.stringify(told.error || '').includes('Old')")


def test_one_piece_does_not_wait_for_what_lies_beyond_it(chain):
    chain.evaluate("() => { window.total = 1; }")
    begin(chain, "piece => ({ after: piece ? 60_000 : 200 })")
    all_there(chain, 1)


def test_the_last_piece_that_came_is_drawn_though_the_next_is_late(chain):
    begin(chain, "piece => ({ after: piece > 1 ? 60_000 : 50 })")
    chain.wait_for_function("() => told.result?.at(-1).data.rows.gmm?.[0].data.length === 2")


def test_opened_again_with_other_settings_the_old_work_rests(chain):
    begin(chain, "(piece, nth, go, work) => ({ after: work.k === 3 ? 100 : 5 })")
    turn(chain, "compare")
    chain.wait_for_timeout(250)
    before = asked(chain)
    turn(chain, "select")
    assert asked(chain) == before
    again(chain, k=4)
    all_there(chain)
    again(chain)
    all_there(chain)


def restart(rng, *, k, fold, number, top):
    """Return one restart of one model: bounds are near ties more often than not."""
    steps = rng.choice([0, 0.3, 0.6, 0.99, 1.01, 1.5, 2.5, 1e5])
    bound = rng.choice([None, *[top - steps * 1e-11 * (1 + abs(top))] * 6])
    return {
        "covariance_type": "full",
        "n_components": k,
        "restart": number,
        "fold": fold,
        "folds": 2,
        "lower_bound": bound,
        "held_sum": None if bound is None else rng.gauss(-9, 3),
        "held_count": 5,
        "random_state": number,
    }


@pytest.mark.parametrize("seed", range(4))
def test_only_the_winners_are_sent_back_and_they_are_the_servers(chain, seed):
    rng = random.Random(seed)
    every = [
        restart(rng, k=k, fold=fold, number=number, top=top)
        for k in range(150)
        for fold in (-1, 0, 1)
        for top in [rng.choice([-1e3, -2.5, -1e-3, 0.0, 1e-7, 4.0, 1e9])]
        for number in range(rng.randint(1, 12))
    ]
    rng.shuffle(every)
    cuts = sorted(rng.sample(range(len(every)), 4))
    parts = [every[a:b] for a, b in zip([0, *cuts], [*cuts, len(every)], strict=True)]
    parts[1] += parts[0][:50]  # answered twice
    given = [{"mixtures": [*rows, {"n_components": i}]} for i, rows in enumerate(parts)]
    chain.evaluate(
        "([given, condensed]) => Object.assign(window, { given, condensed, total: 5 })",
        [given, {"mixtures": CONDENSED}],
    )
    begin(chain)
    says(chain, "5 models in")
    chain.wait_for_function("() => told.final?.at(-1).data.finished")
    found = json.loads(chain.evaluate("() => JSON.stringify(told.final.at(-1).data.rows)"))
    sent = rows_sent({"rows": found})["mixtures"]
    whole, competing = ([r for r in sent if ("restart" in r) is part] for part in (False, True))
    assert [row["n_components"] for row in whole] == [0, 1, 2, 3, 4], "these do not compete"
    groups = {(row["n_components"], row["fold"]) for row in every}
    assert len(competing) == len(groups), "one for each model and fold"
    assert by_model(competing) == by_model(every)
    assert set(competing[0]) == PART_KEYS | {"covariance_type", "n_components", "random_state"}


def by_model(rows):
    return sorted(join_parts(rows), key=lambda row: row["n_components"])
