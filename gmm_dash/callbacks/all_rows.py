"""Compare's models over all rows of a long table: piece by piece, and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.config import addresses_in
from gmm_dash.contract.keys import DATA_KEYS, MODEL_KEYS
from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.errors import StateError
from gmm_dash.explain import all_rows as words
from gmm_dash.explain import shown
from gmm_dash.pipeline.compare import shape_models
from gmm_dash.pipeline.compare_whole import DONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.contract.answers import AllRows, AllRowsPiece, WrittenPiece
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.pipeline.all_rows import Both
    from gmm_dash.state import AppState

_WORK: Final = (*DATA_KEYS, *MODEL_KEYS, "hard")
_DIGITS: Final = 4
_MOST_COLUMNS: Final = 6  # of a table of means: more are too wide to read


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.ALL_ROWS_FOUND, "children"),
        Input(ids.ALL_ROWS_REACHED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(reached: Any) -> Any:
        if reached is None:
            return []
        key, state = _read(reached)
        if not key:
            return no_update
        found = _shown(pipeline.all_rows.both(state, key), state)
        below = addresses_in(pipeline.config.sources_write)
        return [*found, _writing(below[0])] if below else found


def offer(pipeline: Pipeline, state: AppState) -> AllRows | None:
    """Return what the page says of rows that it has not, and the work that fits them."""
    found = pipeline.all_rows.offer(state)
    if found is None:
        return _beyond(pipeline, state)
    if _four(state):  # of many files the pair alone is fitted
        return None
    says = words.offered(found.sample, found.whole.n_complete, found.whole.url, found.why)
    return {"says": says, "work": None if found.why else _work(state), "elsewhere": True}


def _beyond(pipeline: Pipeline, state: AppState) -> AllRows | None:
    """Return what is offered of a long table that is here, where one request is too short."""
    four, compare = _four(state), pipeline.compare
    held = compare.shapes_beyond(state) if four else compare.beyond(state)
    if held is None or (compare.shapes_carried if four else compare.carried)(state):
        return None
    says = words.beyond(held.n_total, held.seconds, four=four)
    return {"says": says, "work": _work(state), "elsewhere": False}


def _four(state: AppState) -> bool:
    """Return whether the view is of the four covariance types."""
    return "shapes" in state.view.show


def _work(state: AppState) -> dict[str, Any]:
    flat = state.to_flat()
    four = {"show": ["shapes"]} if _four(state) else {}
    return {key: flat[key] for key in _WORK} | four


def piece(pipeline: Pipeline, asked: Any) -> AllRowsPiece:
    """Return how far the fit is, a piece further on.

    Raises
    ------
    GmmDashError
        When it cannot go on.
    """
    key, state = _read(asked)
    if pipeline.all_rows.offer(state) is None:
        return _carried(pipeline, state, key)
    key, at, blocks = pipeline.all_rows.piece(state, key)
    iteration = at.passes + 1
    said = (
        "" if at.finished else words.progress(iteration, at.blocks, blocks, scores=not at.iterates)
    )
    return {
        "reached": key,
        "finished": at.finished,
        "share": 1.0 if at.finished else at.blocks / blocks,
        "said": said,
    }


def _carried(pipeline: Pipeline, state: AppState, reached: str) -> AllRowsPiece:
    """Return the same of a long table that is here."""
    four, pieces = _four(state), pipeline.compare_whole
    held = pipeline.compare.shapes_beyond(state) if four else pipeline.compare.beyond(state)
    if held is None:
        raise StateError(
            "The page has all rows that these settings are fitted to.", hint="Reload the page."
        )
    if four:
        at = pieces.mixtures_piece(state.data, shape_models(state.model), reached)
    else:
        at = pieces.piece(state.data, state.model, reached)
    finished, tol = at.method == DONE, state.model.tol
    said = "" if finished else words.carried(at.method, at.iterations, at.rise, tol, at.kind)
    return {"reached": at.reached, "finished": finished, "share": at.share, "said": said}


def labels(pipeline: Pipeline, asked: Any) -> WrittenPiece:
    """Return how far the labels of all rows are written, a piece further on.

    Raises
    ------
    GmmDashError
        When they cannot be written.
    """
    found = asked if isinstance(asked, dict) else {}
    key, place, before = (found.get(name) for name in ("reached", "place", "written"))
    if not (isinstance(key, str) and isinstance(place, str) and isinstance(before, str)):
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    name, done = pipeline.all_rows.write(key, place, before)
    said = words.written(done.files, done.of, done.place)
    return {"written": name, "finished": done.files == done.of, "said": said}


def _writing(below: str) -> html.Div:
    """Return the field for where labels are written, and its button."""
    return html.Div(
        [
            dmc.TextInput(
                id=ids.ALL_ROWS_PLACE,
                placeholder=f"{below.rstrip('/')}/...",
                size="xs",
                **{"aria-label": "Address to write the labels of all rows to"},
            ),
            html.Button("Write labels", id=ids.ALL_ROWS_WRITE, type="button"),
            html.Span(id=ids.ALL_ROWS_WRITTEN, className="chain-text", role="status"),
        ],
        className="all-rows-tools all-rows-writing",
    )


def _read(asked: Any) -> tuple[str, AppState]:
    found = asked if isinstance(asked, dict) else {}
    key = found.get("reached")
    if not isinstance(key, str):
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    return key, read(found.get("work"))[0]


def _shown(both: Both, state: AppState) -> list[Any]:
    said = words.found(
        both.every.n,
        both.left_out,
        both.iterations,
        both.converged,
        both.failed,
        degenerate=both.degenerate,
    )
    title = f"All rows: K = {state.model.k}, {state.model.covariance_type}"
    mixtures = [(one.mixture.weights, one.mixture.means) for one in (both.sample, both.every)]
    clusters = [(one.shares, one.centers) for one in (both.sample, both.every)]
    return [
        html.H3(title, className="table-title"),
        *map(html.P, said),
        table(*_scores(both)),
        table(*_groups("Component", "Weight", both.columns, *mixtures)),
        table(*_groups("Cluster", "Share", both.columns, *clusters)),
        *_cut(len(both.columns)),
    ]


def _scores(both: Both) -> tuple[list[str], list[list[str]]]:
    sides = (both.sample, both.every)
    rows = [["Log-likelihood per row", *(shown(one.log_likelihood, _DIGITS) for one in sides)]]
    rows += [
        [one.label, *(shown(side.criteria.get(name), _DIGITS) for side in sides)]
        for name, one in CRITERIA.items()
        if name in both.sample.criteria
    ]
    rows.append(["Inertia of k-means", *(shown(one.inertia, _DIGITS) for one in sides)])
    return ["", f"Sample, {both.sample.n:,} rows", f"All {both.every.n:,} rows"], rows


def _groups(
    name: str, share: str, columns: Sequence[str], *sides: tuple[Any, Any]
) -> tuple[list[str], list[list[str]]]:
    """Return heads and cells: of each group its share and its mean, of the sample and of all."""
    named = columns[:_MOST_COLUMNS]
    heads = [name, *(f"{what}, {of}" for what in (share, *named) for of in ("sample", "all rows"))]
    (before, here), (after, there) = sides
    rows = [
        [
            str(i + 1),
            *(shown(float(one[i]), 3) for one in (before, after)),
            *(shown(float(one[i, j]), _DIGITS) for j in range(len(named)) for one in (here, there)),
        ]
        for i in range(len(before))
    ]
    return heads, rows


def _cut(d: int) -> list[html.P]:
    if d <= _MOST_COLUMNS:
        return []
    return [html.P(f"The means are shown in the first {_MOST_COLUMNS} of {d} columns.")]


def table(heads: list[str], rows: list[list[str]]) -> html.Div:
    """Return a small table whose first column names the rows."""
    head = html.Thead(html.Tr([html.Th(one, scope="col") for one in heads]))
    body = html.Tbody(
        [html.Tr([html.Th(row[0], scope="row"), *map(html.Td, row[1:])]) for row in rows]
    )
    table = html.Table([head, body], className="data-table head-table")
    return html.Div(table, className="data-table-box", tabIndex="0")
