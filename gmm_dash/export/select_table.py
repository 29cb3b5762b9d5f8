"""Every model of a comparison, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gmm_dash.engine.criteria import CRITERIA, CURVES
from gmm_dash.export.table_page import TablePage, table_page
from gmm_dash.results.select import behind
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results.select import Selection

_HELD_OUT: Final = {one.column: one for one in CRITERIA.values() if one.held_out}
_HEADINGS: Final = {
    "covariance_type": "Covariance",
    "n_components": "K",
    "difference": "Behind best",
    **{one.column: one.title for one in CRITERIA.values()},
    "log_likelihood": "Log-likelihood",
    "n_parameters": "Parameters",
    "n_iter": "Iterations",
}
_NOTE_AT: Final = 3  # behind the difference, which means little for what is no candidate
_FORMATS: Final = {
    **dict.fromkeys((*(one.title for one in CURVES.values()), "Behind best"), ",.2f"),
    **dict.fromkeys((*(one.title for one in _HELD_OUT.values()), "Log-likelihood"), ".4f"),
}


def select_frame(selection: Selection, criterion: str) -> pd.DataFrame:
    """Return one row per mixture, with its difference to the best."""
    best = selection.best(criterion)
    rows: list[dict[str, Any]] = [
        row.as_dict()
        | {
            "law": selection.law(row).law,
            "difference": behind(row, best, criterion),
            "best": row is best,
        }
        for row in selection.mixtures
    ]
    return pd.DataFrame(rows, columns=None if rows else list(_HEADINGS))


def select_page(
    selection: Selection,
    criterion: str,
    notes: Sequence[str],
    order: Any,
    page: Any,
    links: Sequence[tuple[str, str]] = (),
) -> TablePage:
    """Return one page of the mixtures, for reading on the screen.

    Parameters
    ----------
    selection : Selection
    criterion : str
    notes : sequence of str
        What to say of each mixture.
    order, page
        As in :func:`table_page`.
    links : sequence of (str, str), optional
        Where the first cell of each mixture leads, and what a screen reader says of it.
    """
    frame = select_frame(selection, criterion)
    kept = [n for n in _HEADINGS if n not in _HELD_OUT or frame[n].notna().any()]
    shown = frame[kept].rename(columns=_HEADINGS)
    shown.insert(_NOTE_AT, "Note", list(notes))  # where it is in sight without scrolling
    scores = [name for name in shown.columns if name in _FORMATS]
    shown[scores] = shown[scores].astype(float)
    return table_page(shown, order, page, _FORMATS, links)


def select_csv(selection: Selection, criterion: str) -> str:
    """Return all mixtures, then k-means at every K, as one CSV table."""
    names = ("n_clusters", "inertia", "silhouette", "calinski_harabasz", "n_iter", "converged")
    kmeans = pd.DataFrame(
        [
            {name: getattr(row, name) for name in (*names, "random_state")}
            for row in selection.kmeans
        ],
        columns=[*names, "random_state"],
    ).rename(columns={"n_clusters": "n_components"})
    parts = {"mixture": select_frame(selection, criterion), "k-means": kmeans}
    filled = {name: part for name, part in parts.items() if len(part)}
    if not filled:
        return safe_csv(pd.DataFrame(columns=["method", *_HEADINGS]))
    whole = pd.concat(filled, names=["method"]).reset_index("method")
    return safe_csv(whole)
