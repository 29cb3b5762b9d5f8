"""What is done to each column: a row for each, made in the browser (``parts/panel/columns.ts``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from gmm_dash import ids

if TYPE_CHECKING:
    from gmm_dash.contract.answers import ColumnTransforms
    from gmm_dash.layout.controls import Controls
    from gmm_dash.state import AppState

KINDS: Final = (
    ("", "like the rest"),
    ("log", "logarithm"),
    ("sqrt", "square root"),
    ("asinh", "signed log"),
    ("robust", "robust scale"),
    ("standard", "standardised"),
    ("none", "as it is"),
)
MOST: Final = 40
"""Columns for which there are rows; wider tables are transformed before they are opened."""


def build(controls: Controls) -> html.Div:
    """Return the closed list, out of sight until the data have columns of their own."""
    said = (
        "Logarithm, square root and signed log bend a column; then the scale applies. Robust: less "
        "the median, over the distance between the quartiles, so that outliers count less."
    )
    return html.Div(
        [
            html.Details(
                [
                    html.Summary("Transform columns"),
                    html.P(said, className="hint"),
                    html.Div(id=ids.COLUMN_ROWS, className="column-rows"),
                ]
            ),
            controls.carrier("transform"),
        ],
        id=ids.wrapper("transform"),
        className="control absent",
    )


def told(columns: tuple[str, ...], state: AppState) -> ColumnTransforms:
    """Return what the browser makes the rows of."""
    return {
        "columns": list(columns[:MOST]),
        "kinds": [list(kind) for kind in KINDS],
        "chosen": state.data.transforms,
        "locked": "transform" in state.view.lock,
    }
