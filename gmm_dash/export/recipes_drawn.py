"""The generated data sets as a student would write them.

One function for each set: settings in, import lines and statements out. The statements
repeat the set's own arithmetic in the same order, so that not one digit differs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from gmm_dash.datasets import Settings
from gmm_dash.datasets._draw import split

Code: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

_BLOBS: Final = ("from sklearn.datasets import make_blobs",)


def _make_blobs(sizes: int | list[int], centers: str, std: str, seed: int) -> str:
    return (
        f"X, true_groups = make_blobs({sizes}, centers={centers}, cluster_std={std}, "
        f"random_state={seed})"
    )


def _aniso(s: Settings) -> Code:
    return _BLOBS, (
        _make_blobs(s.n, str(s.centers), repr(s.noise), s.seed),
        "X = X @ np.array([[0.60834549, -0.63667341], [-0.40887718, 0.85253229]])",
    )


def _background(s: Settings) -> Code:
    loose = round(s.n * s.noise)
    sizes = split(s.n - loose, (1, 1, 1))
    return _BLOBS, (
        _make_blobs(sizes, "[(-4.0, -4.0), (4.0, 3.0), (-3.0, 5.0)]", "0.8", s.seed),
        f"scattered = np.random.default_rng({s.seed}).uniform(-10.0, 10.0, ({loose}, 2))",
        "X = np.vstack([X, scattered])",
        f"true_groups = np.append(true_groups, [3] * {loose})",
    )


def _bars(s: Settings) -> Code:
    upper, lower = split(s.n, (1, 1))
    return (), (
        f"rng = np.random.default_rng({s.seed})",
        f"upper = rng.standard_normal(({upper}, 2)) * [4.0, {s.noise!r}] + [0.0, 1.2]",
        f"lower = rng.standard_normal(({lower}, 2)) * [4.0, {s.noise!r}] + [0.0, -1.2]",
        "X = np.vstack([upper, lower])",
        f"true_groups = np.repeat([0, 1], [{upper}, {lower}])",
    )


def _blobs(s: Settings) -> Code:
    made = _make_blobs(s.n, str(s.centers), repr(s.noise), s.seed)
    if s.own:
        return _BLOBS, (made,)
    return _BLOBS, (made, "X = X[:, ::-1]  # mirrored at the diagonal, as textbooks show it")


def _corners(s: Settings) -> Code:
    corners = "[(0.0, 0.0), (0.0, 2.0), (8.0, 0.0), (8.0, 2.0)]"
    return _BLOBS, (_make_blobs(s.n, corners, repr(s.noise), s.seed),)


def _crossed(s: Settings) -> Code:
    rising, falling = split(s.n, (1, 1))
    return (), (
        f"rng = np.random.default_rng({s.seed})",
        "parts = []",
        f"for size, center, r in [({rising}, (0.0, 1.0), 1.0 * {s.noise!r}), "
        f"({falling}, (1.0, -2.0), -1.0 * {s.noise!r})]:",
        "    root = np.linalg.cholesky(4.0 * np.array([[1.0, r], [r, 1.0]]))",
        "    parts.append(rng.standard_normal((size, 2)) @ root.T + center)",
        "X = np.vstack(parts)",
        f"true_groups = np.repeat([0, 1], [{rising}, {falling}])",
    )


def _duplicates(s: Settings) -> Code:
    copies = round(s.noise)
    return _BLOBS, (
        _make_blobs(s.n - copies, "[(0.0, 0.0), (4.0, 4.0)]", "1.0", s.seed),
        f"X = np.vstack([X, np.tile((7.0, 7.0), ({copies}, 1))])",
        f"true_groups = np.append(true_groups, np.full({copies}, 2))",
    )


def _gallery(s: Settings) -> Code:
    sheared, round_ = split(s.n, (1, 1))
    return (), (
        f"rng = np.random.RandomState({s.seed})",
        f"sheared = rng.randn({sheared}, 2) @ np.array([[0.0, -0.1], [1.7, 0.4]])",
        f"round_ = {s.noise!r} * rng.randn({round_}, 2) + (-6.0, 3.0)",
        "X = np.vstack([sheared, round_])",
        f"true_groups = np.repeat([0, 1], [{sheared}, {round_}])",
    )


def _gaps(s: Settings) -> Code:
    sizes = split(s.n, (1, 1, 1))
    return _BLOBS, (
        _make_blobs(sizes, "[(-5.0, -3.0), (-4.0, 4.0), (5.0, 0.0)]", "0.9", s.seed),
        "slanted = true_groups == 2",
        "X[slanted, 1] += 1.2 * (X[slanted, 0] - 5.0)",
        "right = np.flatnonzero(X[:, 0] > 1.0)",
        "missing = np.zeros(X.shape, dtype=bool)",
        f"missing[right[: round({s.noise!r} * len(right))], 1] = True",
    )


def _grid(s: Settings) -> Code:
    return _BLOBS, (
        f"rows, cols = np.divmod(np.arange({s.centers**2}), {s.centers})",
        "centers = 4.0 * np.column_stack([rows, cols])",
        _make_blobs(s.n, "centers", repr(s.noise), s.seed),
    )


def _manydims(s: Settings) -> Code:
    return _BLOBS, (
        "X, true_groups = make_blobs(",
        f"    {s.n}, n_features={s.centers}, centers=3, cluster_std={s.noise!r}, "
        f"random_state={s.seed}",
        ")",
    )


def _minority(s: Settings) -> Code:
    sizes = split(s.n, (25, 1))
    return _BLOBS, (_make_blobs(sizes, f"[(0.0, 0.0), ({s.noise!r}, 0.0)]", "1.0", s.seed),)


def _moons(s: Settings) -> Code:
    return ("from sklearn.datasets import make_moons",), (
        f"X, true_groups = make_moons({s.n}, noise={s.noise!r}, random_state={s.seed})",
    )


def _mouse(s: Settings) -> Code:
    head, left, right = split(s.n, (70, 15, 15))
    return (), (
        f"rng = np.random.default_rng({s.seed})",
        f"head = rng.normal((0.0, 0.0), 1.0, ({head}, 2))",
        f"left = rng.normal((-2.4, 2.4), {s.noise!r}, ({left}, 2))",
        f"right = rng.normal((2.4, 2.4), {s.noise!r}, ({right}, 2))",
        "X = np.vstack([head, left, right])",
        f"true_groups = np.repeat([0, 1, 2], [{head}, {left}, {right}])",
    )


def _outlier(s: Settings) -> Code:
    return _BLOBS, (
        _make_blobs(s.n - 1, "[(0.0, 0.0), (4.0, 0.0)]", "1.0", s.seed),
        f"X = np.vstack([X, [{s.noise!r}, {s.noise!r}]])",
        "true_groups = np.append(true_groups, 2)",
    )


def _overfit(s: Settings) -> Code:
    return _BLOBS, (_make_blobs(s.n, "[(-3.0, 0.0), (3.0, 0.0)]", repr(s.noise), s.seed),)


def _overlap(s: Settings) -> Code:
    return _BLOBS, (_make_blobs(s.n, f"[(0.0, 0.0), ({s.noise!r}, 0.0)]", "1.0", s.seed),)


def _rings(s: Settings) -> Code:
    sizes = split(s.n, (1,) * s.centers)
    return (), (
        f"sizes = {sizes}",
        f"true_groups = np.repeat(range({s.centers}), sizes)",
        "angle = np.concatenate([np.linspace(0.0, 2.0 * np.pi, m, endpoint=False) for m in sizes])",
        "circle = (true_groups + 1.0)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])",
        f"X = circle + np.random.default_rng({s.seed}).normal(0.0, {s.noise!r}, circle.shape)",
    )


def _stretched(s: Settings) -> Code:
    return _BLOBS, (
        _make_blobs(s.n, str(s.centers), repr(s.noise), s.seed),
        "X = X[:, ::-1] @ np.random.RandomState(13).randn(2, 2)",
    )


def _three(s: Settings) -> Code:
    centers = "[(0.0, 0.0), (3.0, 0.0), (1.5, 2.6)]"
    return _BLOBS, (_make_blobs(s.n, centers, repr(s.noise), s.seed),)


def _unequal(s: Settings) -> Code:
    return _BLOBS, (
        f"spreads = {s.noise!r} * np.array([1.0, 2.5, 0.5])",
        _make_blobs(s.n, "3", "spreads", s.seed),
    )


def _uniform(s: Settings) -> Code:
    return (), (f"X = np.random.default_rng({s.seed}).random(({s.n}, 2))",)


def _units(s: Settings) -> Code:
    return _BLOBS, (
        _make_blobs(s.n, "[(0.0, 0.0), (3.0, 0.0), (0.0, 3.0)]", "0.6", s.seed),
        f"X = X * np.array([1.0, {s.noise!r}])",
    )


DRAWN: Final[dict[str, Callable[[Settings], Code]]] = {
    "aniso": _aniso,
    "background": _background,
    "bars": _bars,
    "blobs": _blobs,
    "corners": _corners,
    "crossed": _crossed,
    "duplicates": _duplicates,
    "gallery": _gallery,
    "gaps": _gaps,
    "grid": _grid,
    "manydims": _manydims,
    "minority": _minority,
    "moons": _moons,
    "mouse": _mouse,
    "outlier": _outlier,
    "overfit": _overfit,
    "overlap": _overlap,
    "rings": _rings,
    "stretched": _stretched,
    "three": _three,
    "uniform": _uniform,
    "unequal": _unequal,
    "units": _units,
}
