"""The list under the columns: what stands out about each, with one button that cures it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from dash import html

from gmm_dash.explain.columns import cure_words, told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gmm_dash.explain import Sentence
    from gmm_dash.results.columns import ColumnDoubt

OPEN: Final = 3  # columns in sight; the others behind "more"
MOST: Final = 40  # columns told of at all: a table of images has hundreds


def rows(doubts: Sequence[ColumnDoubt], withheld: Collection[str] = ()) -> list[Any]:
    """Return one row for each doubt; ``parts/panel/columns.ts`` does what a button says.

    Parameters
    ----------
    doubts : sequence of ColumnDoubt
    withheld : collection of str
        URL keys of settings that a teacher keeps from change: no button sets them.
    """
    made = [_row(doubt, said, withheld) for doubt, said in zip(doubts, told(doubts), strict=True)]
    if len(made) <= OPEN:
        return made
    rest = [html.Summary(f"{len(made) - OPEN} more columns stand out"), *made[OPEN:MOST]]
    return [*made[:OPEN], html.Details(rest)]


def _row(doubt: ColumnDoubt, said: Sentence, withheld: Collection[str]) -> html.Div:
    offered = bool(doubt.settings) and doubt.settings.keys().isdisjoint(withheld)
    button = html.Button(
        cure_words(doubt.claim),
        type="button",
        className="column-cure",
        **{"data-settings": json.dumps(dict(doubt.settings))},
    )
    text = said.text.removesuffix(f" {cure_words(doubt.claim)}.") if offered else said.text
    content = [html.P(text), *([button] if offered else [])]
    return html.Div(content, className="column-doubt")
