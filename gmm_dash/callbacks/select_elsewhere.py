"""How many?, All rows, of a table in many files: what is offered, each piece, and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.callbacks import all_rows
from gmm_dash.callbacks.asked import read
from gmm_dash.errors import StateError
from gmm_dash.explain import select_whole as words
from gmm_dash.explain import shown
from gmm_dash.layout.whole import WORK_KEYS
from gmm_dash.pipeline.elsewhere import MOST_NUMBERS
from gmm_dash.pipeline.select_elsewhere import MOST_MODELS
from gmm_dash.results.whole_claims import Offered

if TYPE_CHECKING:
    from dash import html

    from gmm_dash.contract.answers import AllRowsPiece
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.pipeline.elsewhere import Offer
    from gmm_dash.pipeline.select_elsewhere import EveryModel
    from gmm_dash.state import AppState

_DIGITS: Final = 4


def offered(
    pipeline: Pipeline, state: AppState, offer: Offer, scheme: str
) -> tuple[dict[str, Any], str]:
    """Return what the page needs for going on, and what it says before that.

    ``state`` has K and covariance type of the sample's best.
    """
    sample, n, url = pipeline.points(state.data), offer.whole.n_complete, offer.whole.url
    if offer.why:
        said = words.elsewhere_sentences(sample, n, url, None)
        return {"kept": True}, " ".join([*(one.text for one in said), offer.why])
    together = pipeline.select_elsewhere.together(state, offer)
    cells, counts = len(together.cells), together.counts
    what = Offered(
        cells, counts, together.left, state.model.max_iter, together.seconds,
        (MOST_MODELS, MOST_NUMBERS),
    )  # fmt: skip
    flat = state.to_flat()
    elsewhere = {
        "work": {key: flat[key] for key in (*WORK_KEYS, "kinit")},
        "says": words.estimate(cells, len(counts), together.seconds),
    }
    said = words.elsewhere_sentences(sample, n, url, what)
    request = flat | {"scheme": scheme}
    return {"request": request, "elsewhere": elsewhere}, " ".join(one.text for one in said)


def piece(pipeline: Pipeline, asked: Any) -> AllRowsPiece:
    """Return how far all models are, a piece further on.

    Raises
    ------
    GmmDashError
        When they cannot go on.
    """
    found = asked if isinstance(asked, dict) else {}
    state = read(found.get("work"))[0]
    key, at, blocks = pipeline.select_elsewhere.piece(state, named(found))
    models = len(at.starts)
    if at.finished:
        said = words.finished(len(at.mixtures), len(at.kmeans), at.passes)
        return {"reached": key, "finished": True, "share": 1.0, "said": said}
    begun = len(at.kmeans) + len(at.cells)
    if at.todo:
        of = begun + len(at.todo)
        said, share = words.starting(begun, of), begun / of
    else:
        said = words.progress(at.passes + 1, at.blocks, blocks, at.moving, models)
        share = at.blocks / blocks
    return {"reached": key, "finished": False, "share": share, "said": said}


def every(pipeline: Pipeline, state: AppState, result: Any) -> EveryModel:
    """Return the models of all rows that a page has gone on to."""
    return pipeline.select_elsewhere.every(state, named(result))


def inertias(found: EveryModel) -> html.Div:
    """Return k-means of all rows, beside the mixtures."""
    rows = [
        [str(k), shown(inertia, _DIGITS), f"{passes:,}{'' if converged else ' (limit)'}"]
        for k, inertia, passes, converged in found.inertias
    ]
    return all_rows.table(["K", "Inertia of k-means, all rows", "Iterations"], rows)


def named(asked: Any) -> str:
    """Return the key of what was reached.

    Raises
    ------
    StateError
        When there is none.
    """
    key = asked.get("reached")
    if not isinstance(key, str):
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    return key
