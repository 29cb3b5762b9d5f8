"""The longest work the settings allow: what the page sends stays far below the server's limit."""

import json
import random

from playwright.sync_api import expect

from gmm_dash.config import Config
from gmm_dash.results.select_parts import CONDENSED
from gmm_dash.state import COVARIANCE_TYPES, AppState
from tests.browser.conftest import settle

FIELDS = AppState.fields()
MOST_K, MOST_STARTS = FIELDS["kmax"].high, FIELDS["n_init"].high
FOLDS = FIELDS["folds"].high
MARGIN = 4
SWEEP = (
    f"?view=select&data=blobs&n=400&kmin=1&kmax={MOST_K}&n_init={MOST_STARTS}"
    f"&criterion=heldout&folds={FOLDS}"
)
STUDY = f"?view=restarts&data=blobs&n=120&k={MOST_K}&starts={FIELDS['starts'].high}"


def restarts(rng, covariance_type, k):
    """Yield all restarts of one model, with as many digits as computed ones have."""
    scores = ("log_likelihood", "aic", "aicc", "bic", "icl")
    for fold in range(-1, FOLDS):
        for number in range(MOST_STARTS):
            row = {
                "covariance_type": covariance_type, "n_components": k, "restart": number,
                "fold": fold, "folds": FOLDS, "lower_bound": rng.gauss(-4, 1),
                "held_sum": None if fold < 0 else rng.gauss(-9000, 100),
                "held_count": 0 if fold < 0 else 1000,
            }  # fmt: skip
            if fold < 0:
                row |= {name: rng.gauss(90_000, 100) for name in scores} | {
                    "init": "random_from_data", "random_state": 2**31 + number,
                    "n_parameters": 179, "heldout_log_likelihood": None, "n_iter": 180,
                    "converged": True, "degenerate": False, "reason": "", "informed": False,
                    "law": "ok",
                }  # fmt: skip
            yield row


def play(route):
    """Answer a piece as the server would: one model, all restarts, all folds."""
    asked, rng = route.request.post_data_json, random.Random(0)
    models = [(kind, k) for k in range(1, MOST_K + 1) for kind in COVARIANCE_TYPES]
    ones = [1] * len(models)
    model = models[asked["piece"]] if asked["piece"] < len(models) else None
    answer = {
        "pieces": {"seconds": ones, "models": ones, "unit": "models"},
        "notes": [],
        "condensed": {"mixtures": CONDENSED},
        "wait": None,
        "rows": {"mixtures": list(restarts(rng, *model)), "kmeans": []} if model else {},
    }
    route.fulfill(status=200, content_type="application/json", body=json.dumps(answer))


def largest(page):
    return max(len(request.post_data) for request in page.requests)


def test_the_largest_comparison_is_never_refused_for_its_size(open_page):
    page = open_page("?view=select&data=blobs&n=60&kmax=2&types=full&n_init=1")
    page.route("**/pieces/select", play)
    page.requests.clear()
    page.goto(page.url.partition("?")[0] + SWEEP)
    expect(page.locator("#select-toolbar .chain-text")).to_contain_text(
        "120 models in", timeout=120_000
    )
    settle(page)
    expect(page.locator("#stage-select table tbody tr").first).to_be_visible()
    drawn = [r for r in page.requests if '"part":"result"' in r.post_data.replace("\\", "")]
    assert len(drawn) > 2
    assert all(request.response().status == 200 for request in drawn)
    assert largest(page) < Config().callback_bytes / MARGIN


def test_the_most_restarts_are_never_refused_for_their_size(open_page):
    page = open_page(STUDY, ready=False)
    start = page.locator(".restarts-toolbar .chain-start")
    expect(page.locator(".restarts-toolbar .chain-text")).to_contain_text("400 starts")
    if start.is_visible():
        start.click()
    expect(page.locator(".restarts-toolbar .chain-text")).to_contain_text(
        "starts in", timeout=120_000
    )
    settle(page)
    assert largest(page) < 8_000, "the rows stay where they are"
