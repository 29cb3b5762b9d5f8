"""State to query string and back.

Every field is written, even at its default, so that a link printed in a handout
means the same after a default changes. Reading is tolerant: whatever cannot be read
falls back and is named.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from gmm_dash.datasets import DATASETS
from gmm_dash.errors import StateError
from gmm_dash.state.app_state import AppState
from gmm_dash.state.data_choice import TABLE_DATA
from gmm_dash.state.fields import join_list

LONGEST: Final = 8_000  # characters of a query that are read at all
_DATA_KEYS = {
    "n",
    "dseed",
    "noise",
    "centers",
    "scale",
    "cols",
    "x",
    "y",
}  # a link's K stays what it was


def to_query(state: AppState) -> str:
    """Return ``?data=blobs&n=400&...`` in page order."""
    return f"?{urlencode({key: _written(value) for key, value in state.to_flat().items()})}"


def short_query(state: AppState, always: tuple[str, ...] = ()) -> str:
    """Return a link as short as it can be, for links inside the page.

    What the state leaves at its default is left out, except ``always`` and the keys for
    which a data set may have a default of its own. The page writes the whole state into
    the address when it opens.
    """
    own, plain = state.to_flat(), AppState().to_flat()
    wanted = {"data", "k", *_DATA_KEYS, *always}
    kept = {key: v for key, v in own.items() if key in wanted or v != plain[key]}
    return f"?{urlencode({key: _written(value) for key, value in kept.items()})}"


def from_query(query: str) -> tuple[AppState, tuple[str, ...]]:
    """Read a query string as far as it can be read.

    Returns
    -------
    state : AppState
        Defaults wherever the query is silent or wrong; where the query names a data
        set, that data set's own defaults come before the general ones.
    problems : tuple of str
        One sentence for each value that was refused and each key that looks misspelt;
        other unknown keys are ignored, as learning platforms append their own.
    """
    accepted, problems = read_pairs(query)
    suggested = dataset_defaults(accepted.get("data"))
    own = {key: value for key, value in suggested.items() if key in _DATA_KEYS}
    return AppState.from_flat(own | accepted), problems


def read_pairs(query: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a query string says itself, by URL key, and what is wrong with it."""
    accepted: dict[str, Any] = {}
    problems: list[str] = []
    pairs = parse_qsl(query.removeprefix("?")[:LONGEST], keep_blank_values=True, errors="replace")
    for key, raw in pairs:
        spec = AppState.fields().get(key)
        if spec is None:
            problems.extend(_misspelt(key))
            continue
        try:
            accepted[key] = spec.parse(raw)
        except StateError as error:
            problems.append(error.sentence)
    return accepted, tuple(problems)


def dataset_defaults(name: str | None) -> dict[str, Any]:
    """Return the settings, by URL key, that a data set suggests for itself."""
    if name in TABLE_DATA:
        return {"scale": "standard" if name == "upload" else "none"}
    if name is None:
        return {}
    dataset = DATASETS[name]
    own = {key: control.default for key, control in dataset.controls.items()}
    return own | dict(dataset.defaults)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return join_list(tuple(map(str, value)))
    return str(value)


def _misspelt(key: str) -> list[str]:
    near = get_close_matches(key.lower(), AppState.fields(), n=1, cutoff=0.75)
    return [f"The link has no setting called {key[:20]!r}; did you mean {near[0]}?"] if near else []
