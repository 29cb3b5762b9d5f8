"""What the models see of the columns, as scikit-learn's own transformers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.results.reduction import SOLVER

if TYPE_CHECKING:
    from gmm_dash.results import Points
    from gmm_dash.state import DataChoice

_PREPROCESSING: Final = "from sklearn.preprocessing import "
_FUNCTIONS: Final = {
    "log": ("np.log", "np.exp"),
    "sqrt": ("np.sqrt", "np.square"),
    "asinh": ("np.arcsinh", "np.sinh"),
}


def scaling(data: DataChoice, points: Points) -> tuple[tuple[str, ...], str]:
    """Return import lines, and the line or lines that make ``Z`` of ``X``.

    Parameters
    ----------
    data : DataChoice
    points : Points
        Of that choice; its columns are those of ``X``.
    """
    imports, lines = _scaled(data, points.origin)
    if points.reduction is None:
        return imports, lines
    imports = (*imports, "from sklearn.decomposition import PCA")
    wanted = int(data.components) if data.components >= 1 else data.components
    kept = f"{points.d} components, {100 * points.reduction.kept:.4g} % of the variance"
    pca = f"pca = PCA({wanted!r}, svd_solver={SOLVER!r})  # {kept}"
    return imports, "\n".join([lines, pca, "Z = pca.fit_transform(Z)"])


def _scaled(data: DataChoice, points: Points) -> tuple[tuple[str, ...], str]:
    """Return the same for the columns before any principal components."""
    chosen = {name: kind for name, kind in data.transforms.items() if name in points.columns}
    weighted = points.weighting is not None
    if chosen and weighted:  # scikit-learn's ColumnTransformer hands no weights on
        shift, scale = points.shift.tolist(), points.scale.tolist()
        return (), f"Z = ({bent(points, 'X')} - np.array({shift})) / np.array({scale})"
    if not chosen:
        if data.scale == "standard" and weighted:
            call = "StandardScaler().fit_transform(X, sample_weight=weights)"
            return (
                f"{_PREPROCESSING}StandardScaler",
            ), f"Z = {call}  # weighted mean 0, deviation 1"
        if data.scale != "standard":
            return (), "Z = X  # the columns as they are"
        scaled = "Z = StandardScaler().fit_transform(X)  # mean 0, standard deviation 1"
        return (f"{_PREPROCESSING}StandardScaler",), scaled
    usual = "StandardScaler()" if data.scale == "standard" else ""
    steps = [_steps(chosen.get(name, ""), usual) for name in points.columns]
    rows = [
        f"        ({f'column {i + 1}'!r}, {_joined(step)}, [{i}]),  # {_comment(name)}"
        for i, (step, name) in enumerate(zip(steps, points.columns, strict=True))
    ]
    lines = ["each = ColumnTransformer(", "    [", *rows, "    ]", ")"]
    used = "\n".join(rows)
    classes = ("FunctionTransformer", "RobustScaler", "StandardScaler")
    wanted = ", ".join(name for name in classes if name in used)
    imports = [
        "from sklearn.compose import ColumnTransformer",
        *(["from sklearn.pipeline import make_pipeline"] if "make_pipeline" in used else []),
        *([f"{_PREPROCESSING}{wanted}"] if wanted else []),
    ]
    return tuple(imports), "\n".join([*lines, "Z = each.fit_transform(X)"])


def bent(points: Points, name: str) -> str:
    """Return the expression that bends the columns of other rows as those of ``points`` are."""
    if not points.bends:
        return name
    there = ", ".join(_FUNCTIONS[bend][0] if bend else "np.positive" for bend in points.bends)
    return f"np.column_stack([bend(column) for bend, column in zip([{there}], {name}.T)])"


def back_to_units(data: DataChoice, points: Points, name: str) -> str:
    """Return the expression that gives positions of the fitted space in the columns' own units.

    Principal components stay what they are.
    """
    if points.reduction:
        return name
    chosen = {column for column in data.transforms if column in points.columns}
    if chosen or points.weighting is not None:
        shift, scale = points.shift.tolist(), points.scale.tolist()
        moved = f"({name} * {scale} + {shift}).T"
        undone = [_FUNCTIONS[bend][1] if bend else "np.positive" for bend in points.bends]
        if not undone:
            return f"{name} * {scale} + {shift}"
        return (
            f"np.column_stack([undo(column) for undo, column in "
            f"zip([{', '.join(undone)}], {moved})])"
        )
    return f"{name} * X.std(axis=0) + X.mean(axis=0)" if data.scale == "standard" else name


def _steps(kind: str, usual: str) -> list[str]:
    """Return what is done to one column, one transformer after the other."""
    if kind in _FUNCTIONS:
        there, back = _FUNCTIONS[kind]
        function = f"FunctionTransformer({there}, inverse_func={back})"
        return [function, usual] if usual else [function]
    own = {"robust": "RobustScaler()", "standard": "StandardScaler()", "none": ""}.get(kind, usual)
    return [own] if own else []


def _joined(steps: list[str]) -> str:
    if not steps:
        return "'passthrough'"
    return steps[0] if len(steps) == 1 else f"make_pipeline({', '.join(steps)})"


def _comment(name: str) -> str:
    """Return a column's name so that nothing in it ends the comment."""
    return name.encode("unicode_escape").decode("ascii")
