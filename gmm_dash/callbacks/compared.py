"""What a comparison of mixtures shows, of a sample or of all rows: plot, way to Compare, file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from gmm_dash.callbacks import panels
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.downloads import sent
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.directions import following
from gmm_dash.engine.types import INFORMED
from gmm_dash.explain import select_hover as hover_words
from gmm_dash.explain.select import plot_sentences
from gmm_dash.explain.select_described import mixtures_described
from gmm_dash.export.select_table import select_csv
from gmm_dash.figures import criteria, select
from gmm_dash.figures.frame import words_alone
from gmm_dash.results.select_claims import counts_of
from gmm_dash.state import short_query
from gmm_dash.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.contract.answers import Picture
    from gmm_dash.engine import SelectionRow
    from gmm_dash.results import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.state import AppState


def mixtures_picture(
    name: str, selection: Selection, state: AppState, scheme: str, points: Points
) -> Picture:
    """Return the plot ``name``: one criterion of every covariance type, or several of one.

    Where none has a value, it says why.
    """
    chosen, counts = state.select, counts_of(state.select.counts, points.n)
    nothing = " ".join(one.text for one in plot_sentences(chosen, points))
    if nothing:
        return nothing_drawn(name, nothing, state, scheme)
    return picture(
        name,
        _figure(selection, state, scheme, points),
        state,
        mixtures_described(selection, chosen, counts),
    )


def nothing_drawn(name: str, why: str, state: AppState, scheme: str) -> Picture:
    """Return the plot ``name`` where there is nothing to draw: it says why."""
    return picture(name, words_alone(look(scheme), why), state, why)


def picture(name: str, figure: dict[str, Any], state: AppState, words: str) -> Picture:
    """Return a plot over K; its zoom is kept until the axes show something else."""
    chosen = state.select
    axes = (chosen.criterion, chosen.chart, chosen.curves)
    return panels.picture(name, figure, state, *axes, words=words)


def _figure(selection: Selection, state: AppState, scheme: str, points: Points) -> dict[str, Any]:
    """Return one criterion of every covariance type, or several of one."""
    chosen, counts = state.select, counts_of(state.select.counts, points.n)

    def hover(row: SelectionRow, criterion: str = chosen.criterion) -> str:
        best = selection.best(criterion)
        return hover_words.hover(row, selection, best, criterion, points.n_counted)

    if chosen.curves is not None:
        names, kind = chosen.curves
        title = hover_words.curves_title(names)
        return criteria.build(
            criteria.Scene(selection, names, kind, scheme, counts, title, hover_words.NAMES, hover)
        )
    return select.build(
        select.Scene(
            selection, chosen.criterion, chosen.chart, scheme, chosen.shapes, counts,
            hover_words.axis_title(chosen.criterion), hover,
        )
    )  # fmt: skip


def ways(selection: Selection, state: AppState) -> list[tuple[str, str]]:
    """Return words and link of the ways to Compare: the best mixture, the best silhouette."""
    best, scored = (
        selection.best(state.select.criterion),
        [row for row in selection.kmeans if row.silhouette is not None],
    )
    ways = [("", "?view=compare")] * 2
    if best is not None:
        name = f"{best.covariance_type}, K = {best.n_components}"
        ways[0] = (f"Open {name} in Compare", link_to(state, best))
    if scored:
        k = max(scored, key=lambda row: row.silhouette or 0.0).n_clusters
        ways[1] = (f"Open K = {k} in Compare", _query(state.but(view="compare", k=k)))
    return ways


def link_to(state: AppState, row: SelectionRow) -> str:
    """Return the link that shows a row's model in Compare, as a click on its point does."""
    start = {"init": INFORMED} if row.init == INFORMED else {}
    k, cov = row.n_components, row.covariance_type
    fixed = {"x", "y"} & {*state.view.lock, *state.view.hide}
    axes = {} if fixed else following((state.view.x, state.view.y), cov, k)
    found = state.but(view="compare", k=k, cov=cov, **start, **axes)
    return _query(found)


def _query(state: AppState) -> str:
    return short_query(state, ("view", "cov", "init"))


def download(
    app: Dash,
    chain: dict[str, Any],
    ids: tuple[str, str, str],
    name: str,
    gather: Callable[[Any], Any],
) -> None:
    """Attach the making of the file ``name`` of all mixtures.

    Parameters
    ----------
    app : Dash
    chain : dict
        Id of the settings of the chain that gathers them.
    ids : tuple of str
        Of the button, of the store that holds what the file is to be of, and of what saves it.
    name : str
    gather : callable
        ``gather(result)`` returns the state and the rows of what the page has gathered.
    """
    button, wanted, saved = ids
    app.clientside_callback(
        calls("chain", "whole"),  # a file is made at once or not at all: its rows go with the wish
        Output(wanted, "data"),
        Input(button, "n_clicks"),
        State(chain, "data"),
        prevent_initial_call=True,
    )

    @app.callback(Output(saved, "data"), Input(wanted, "data"), prevent_initial_call=True)
    @answers("private")
    def make(result: Any) -> Any:
        if not result:
            return no_update
        state, selection = gather(result)
        return sent((name, select_csv(selection, state.select.criterion)))
