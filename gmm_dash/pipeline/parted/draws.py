"""New rows drawn from a fitted mixture, as a table in as many Parquet files as they need."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gmm_dash.engine import Mixture, sample
from gmm_dash.errors import StateError
from gmm_dash.export.model import FORMAT, VERSION, SavedModel, model_of, read_model
from gmm_dash.files.tree import Tree
from gmm_dash.pipeline.parted.labels import check_free, unwritten
from gmm_dash.results.transforms import back
from gmm_dash.tables import write_parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.pipeline.parted.crew import Crew

MOST_ROWS: Final = 1_000_000_000
FILE_ROWS: Final = 1_000_000
_FILE_CELLS: Final = 10_000_000  # 80 MB: what a worker holds at a time


@dataclass(frozen=True, slots=True)
class Portion:
    """The rows of one file: its number from 0, and how many they are."""

    number: int
    rows: int


def model_to_draw_from(text: str) -> SavedModel:
    """Return the mixture in a model file, or the best one that ``gmm-dash fit`` has printed.

    Raises
    ------
    StateError
        When no rows can be drawn from it.
    ModelFileError
        When the text is neither.
    """
    printed = _printed(text)
    model = read_model(text) if printed is None else model_of(printed)
    if model.background is not None:
        raise StateError(
            "No rows are drawn from a mixture with a uniform background.",
            hint="Fit one without it.",
        )
    if 0 < len(model.pca_axes) < len(model.columns):
        raise StateError(
            f"{len(model.pca_axes)} principal components do not tell the values of "
            f"{len(model.columns)} columns.",
            hint="Fit a mixture of the columns, or of as many components.",
        )
    own = model.mixture
    weights = own.weights / max(float(own.weights.sum()), 1.0)  # a file may have rounded them
    return replace(model, mixture=Mixture(weights, own.means, own.covariances))


def portions(n: int, d: int, file_rows: int = FILE_ROWS) -> list[Portion]:
    """Return the files that ``n`` rows of ``d`` columns are written to."""
    most = max(min(file_rows, _FILE_CELLS // d), 1)
    return [Portion(i, min(most, n - first)) for i, first in enumerate(range(0, n, most))]


def draw_rows(model: SavedModel, n: int, random_state: int) -> pd.DataFrame:
    """Return rows drawn from a mixture, in the units of its columns, and their ``component``.

    They are those of ``GaussianMixture(random_state=...).sample(n)`` with its parameters, in the
    same order: by component, which are numbered from 1. A further underscore is added to the name
    of that column where the table has one of this name.
    """
    z, component = sample(model.mixture, n, random_state, covariance_type=model.covariance_type)
    if len(model.pca_axes):
        z = z @ model.pca_axes + model.pca_mean
    x = z * model.scale + model.shift
    for j, bend in enumerate(model.bends):
        x[:, j] = back(bend, x[:, j])
    name = "component"
    while name in model.columns:
        name += "_"
    frame = pd.DataFrame(x, columns=list(model.columns))
    return frame.assign(**{name: component.astype(np.int32) + 1})


def write_draws(
    crew: Crew,
    model: SavedModel,
    files: list[Portion],
    random_state: int,
    place: str,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Write rows drawn from a mixture; return how many.

    File ``i`` holds the rows of seed ``random_state + i``, so that they do not depend on who draws
    them. Nothing is overwritten, and a file appears when it is complete.

    Parameters
    ----------
    crew : Crew
    model : SavedModel
    files : list of Portion
    random_state : int
    place : str
        An empty or new folder, or a location like ``s3://bucket/drawn/``.
    tell : callable, optional
        Called with how many files are done, and how many there are.

    Raises
    ------
    ImportProblem
        When there is something at the place already, or it cannot be written to.
    """
    check_free(place)
    return crew.total(partial(_write, model, random_state, place), files, tell)


def _write(model: SavedModel, random_state: int, place: str, one: Portion) -> int:
    frame = draw_rows(model, one.rows, random_state + one.number)
    k = model.mixture.n_components
    about = (
        f"{one.rows} rows drawn from a mixture ({model.covariance_type}, {k}), with seed "
        f"{random_state + one.number}; components are numbered from 1.",
    )
    try:
        with Tree(place).writing(f"part-{one.number:05}.parquet") as sink:
            write_parquet([frame], about, sink)
    except OSError as problem:
        raise unwritten(place, problem) from problem
    return one.rows


def _printed(text: str) -> dict[str, Any] | None:
    """Return what ``gmm-dash fit`` has printed as the content of a model file; None for others."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "best" not in found or "format" in found:
        return None
    best, columns = found["best"], found.get("columns")
    if best is None:
        raise StateError("There is no best mixture in it.", hint="See its sentences for why.")
    d = len(columns) if isinstance(columns, list) else 0
    return {
        "format": FORMAT,
        "version": VERSION,
        "columns": columns,
        "shift": [0.0] * d,
        "scale": [1.0] * d,
        "mixture": best,
    }
