"""A saved model applied to other rows: labels, posteriors, and how unusual each row is."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from gmm_dash.engine import BACKGROUND
from gmm_dash.errors import GmmDashError
from gmm_dash.export.labels import DECIMALS, rows_csv
from gmm_dash.export.model import ModelFileError, SavedModel, model_of, read_model
from gmm_dash.results.backed import likeliest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike

    from numpy.typing import NDArray

    from gmm_dash.tables import Given

UNUSUAL: Final = 0.01  # of the rows the model was fitted to
_NAMES_SHOWN: Final = 5


class ColumnsError(GmmDashError):
    """A table does not have the columns that a model was fitted to."""


def predict(model: SavedModel | Mapping[str, Any] | str | PathLike[str], data: Any) -> pd.DataFrame:
    """Return labels and posteriors of new rows, and how unusual each of them is.

    Parameters
    ----------
    model : dict, str or path
        What "Export", "Model (JSON)" has saved: the path of the file, its text, or the
        dictionary in it. What :func:`gmm_dash.export.read_model` returns will do as well.
    data : DataFrame or (n, d) array-like
        New rows in the columns' own units. A DataFrame has the model's columns, in any order
        and among others; an array has them in the model's order.

    Returns
    -------
    DataFrame
        One row for each of ``data``, with its index:

        ``cluster``
            k-means' nearest centre, from 1 as on the page; only if the model holds k-means.
        ``component``
            The likeliest component, from 1 as on the page; -1 where the background of a mixture
            that has one is likelier, wherever the row lies.
        ``group``, ``group_posterior``
            The likeliest group, such as ``"1+3"``, and its posterior, the sum of those of its
            components; only where the model's components are joined to groups.
        ``name``
            What that group, or the component where none are joined, is named; only where any is.
        ``certainty``
            Its posterior.
        ``P(1)``, ``P(2)``, ...
            All posteriors; ``P(background)`` is that of a background.
        ``log_density``
            In nats, in the space that the mixture was fitted in: what ``score_samples`` of
            scikit-learn's ``GaussianMixture`` returns there.
        ``density_quantile``
            Share of the rows the model was fitted to that were less likely than this one; near 0
            the row is unusual. Missing where the model was saved by an earlier version.

        A row without a finite number in each of the model's columns, or with one that has no
        logarithm or root where the model wants it, has no results.

    Raises
    ------
    ModelFileError
        When ``model`` is no model.
    ColumnsError
        When columns are missing or hold no numbers.

    Examples
    --------
    >>> import gmm_dash
    >>> gmm_dash.predict("mixture.json", df)["component"]  # doctest: +SKIP
    """
    saved = _model(model)
    frame = data if isinstance(data, pd.DataFrame) else _framed(data, saved)
    return pd.DataFrame(results_of(saved, frame)).set_axis(frame.index, axis=0)


def results_of(model: SavedModel, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of results for the n rows of a table; see :func:`predict`."""
    x = _matrix(frame, model.columns)
    with np.errstate(invalid="ignore", divide="ignore"):  # no logarithm: no result
        complete = np.isfinite(model.seen(x)).all(axis=1)
    known = x[complete]
    posteriors, density = np.empty((0, model.mixture.n_components)), np.empty(0)
    behind = None if model.background is None else np.empty(0)
    if len(known):
        (posteriors, behind), density = model.posteriors(known), model.score_samples(known)
    component, certainty = likeliest(posteriors, behind)

    def placed(values: NDArray[Any], kind: str) -> pd.Series:
        column = pd.Series(values, index=np.flatnonzero(complete)).reindex(range(len(x)))
        return column.astype(kind)  # type: ignore[call-overload,no-any-return]

    found = {
        "component": placed(np.where(component < 0, BACKGROUND, component + 1), "Int64"),
        **_joined(model, posteriors, behind, placed),
        "certainty": placed(certainty, "float64"),
        **{f"P({i + 1})": placed(p, "float64") for i, p in enumerate(posteriors.T)},
        **({} if behind is None else {"P(background)": placed(behind, "float64")}),
        "log_density": placed(density, "float64"),
        "density_quantile": placed(model.quantile(density), "float64"),
    }
    if not len(model.centers):
        return found
    return {"cluster": placed(_nearest(model, known) + 1, "Int64"), **found}


def _joined(
    model: SavedModel,
    posteriors: NDArray[np.float64],
    behind: NDArray[np.float64] | None,
    placed: Callable[[NDArray[Any], str], pd.Series],
) -> dict[str, pd.Series]:
    """Return group, its posterior, and its name, where the model has them."""
    found, shares = {}, posteriors
    if model.groups:
        parts = [posteriors[:, list(group)].sum(axis=1) for group in model.groups]
        shares = np.column_stack(parts)
        called = ["+".join(str(i + 1) for i in group) for group in model.groups]
        called.append(str(BACKGROUND))  # the last is what the label -1 finds
        own, share = likeliest(shares, behind)
        found["group"] = placed(np.array(called, dtype=object)[own], "object")
        found["group_posterior"] = placed(share, "float64")
    if model.names:
        names = np.array([*model.names, ""], dtype=object)
        found["name"] = placed(names[likeliest(shares, behind)[0]], "object")
    return found


def applied_csv(model: SavedModel, frame: pd.DataFrame, given: Given) -> str:
    """Return every row of a file, with what a saved model says of it, as CSV.

    Parameters
    ----------
    model : SavedModel
    frame : DataFrame
        The rows that could be read, as values.
    given : Given
        The whole file as the user wrote it.
    """
    found = {}
    for name, column in results_of(model, frame).items():
        kind = column.round(DECIMALS) + 0.0 if column.dtype == np.float64 else column
        found[name] = kind.reindex(given.rows).reset_index(drop=True)  # -1 is no row: missing
    without = found["component"].isna().to_numpy()
    lost = "is missing or cannot be transformed" if model.bends else "is missing"
    wanted = f"a value {lost} in one of the model's columns: {_listed(model.columns)}"
    reasons = np.where(given.rows < 0, given.reasons, np.where(without, wanted, ""))
    return rows_csv(given, {**found, "reason": pd.Series(reasons)})


def applied_sentence(model: SavedModel, frame: pd.DataFrame) -> str:
    """Return what came of applying a saved model to a table."""
    found = results_of(model, frame)
    component = found["component"].dropna().astype(int)
    loose = component[component < 0]
    counts = np.bincount(component[component > 0], minlength=model.mixture.n_components + 1)[1:]
    words = [f"{count:,} in {i}" for i, count in enumerate(counts.tolist(), 1)]
    if model.background is not None:
        words.append(f"{len(loose):,} in the background (−1)")
    sentence = (
        f"The model labels {len(component):,} of {len(frame):,} rows by component: "
        f"{', '.join(words)}."
    )
    if not len(model.levels):
        return sentence
    rare = int((found["density_quantile"] <= UNUSUAL).sum())
    are = "row is" if rare == 1 else "rows are"
    return (
        f"{sentence} {rare:,} {are} as unusual as the {100 * UNUSUAL:g} % least likely rows that "
        "it was fitted to."
    )


def _model(model: Any) -> SavedModel:
    if isinstance(model, SavedModel):
        return model
    if isinstance(model, dict):
        return model_of(json.loads(json.dumps(model)))  # only what JSON can hold
    text = str(model)
    if isinstance(model, str) and text.lstrip().startswith("{"):
        return read_model(text)
    try:
        return read_model(Path(text).read_text(encoding="utf-8"))
    except OSError as problem:
        raise ModelFileError(
            f"Cannot read {text[:200]}: {problem.strerror}.", hint="Check the name and try again."
        ) from problem
    except UnicodeDecodeError:
        raise ModelFileError(
            "This is not a model file: it is no text.",
            hint='Use a file saved by "Export", "Model (JSON)".',
        ) from None


def _framed(data: Any, model: SavedModel) -> pd.DataFrame:
    array = np.atleast_2d(np.asarray(data))
    if array.ndim != 2 or array.shape[1] != len(model.columns):
        raise ColumnsError(
            f"The model was fitted to {len(model.columns):,} columns: {_listed(model.columns)}.",
            hint="Give an array of just these columns, or a DataFrame that has them.",
        )
    return pd.DataFrame(array, columns=list(model.columns))


def _matrix(frame: pd.DataFrame, columns: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the model's columns as numbers, (n, d), NaN where there is none."""
    names = [str(name) for name in frame.columns]
    _check_names(names, columns)
    found = []
    for name in columns:
        column = frame.iloc[:, names.index(name)]
        kinds = is_numeric_dtype(column.dtype) or is_bool_dtype(column.dtype)
        plain = column.dropna().map(lambda cell: isinstance(cell, bool | int | float)).all()
        if not kinds and not plain:
            raise ColumnsError(
                f"The column {name} holds no numbers, and the model was fitted to numbers there.",
                hint="Convert it, or choose another table.",
            )
        found.append(column.to_numpy(dtype=np.float64, na_value=np.nan))
    return np.column_stack(found)


def _check_names(names: list[str], columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in names]
    if not missing:
        return
    alike = {name.casefold(): name for name in names}
    pairs = []
    for name in missing:
        near = get_close_matches(name.casefold(), alike, n=1, cutoff=0.8)
        if near and alike[near[0]] not in columns:
            pairs.append(f"{alike[near[0]]} may be {name}")
    have = "column" if len(missing) == 1 else "columns"
    raise ColumnsError(
        f"The model was fitted to {_listed(columns)}; this table has no {have} {_listed(missing)}.",
        hint=f"Rename the columns: {'; '.join(pairs[:_NAMES_SHOWN])}."
        if pairs
        else "Open the table that the model belongs to, or rename its columns.",
    )


def _nearest(model: SavedModel, x: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return k-means' nearest centre of each row, from 0."""
    seen = model.seen(x)
    nearest, best = np.zeros(len(x), dtype=np.intp), np.full(len(x), np.inf)
    for i, centre in enumerate(model.centers):
        distance = np.square(seen - centre).sum(axis=1)
        nearest[distance < best] = i
        best = np.minimum(best, distance)
    return nearest


def _listed(names: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN:,} more" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more
