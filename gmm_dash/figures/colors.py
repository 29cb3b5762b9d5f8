"""The colours of an image as points in space, with the mixture's ellipsoids around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.figures.arrays import packed
from gmm_dash.results import WHITE
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import ColourStudy, Recolouring
    from gmm_dash.theme import Look

_MOST_POINTS: Final = 2_500
_AROUND, _ALONG = 14, 8  # vertices of an ellipsoid
_SIDES: Final = ("Red", "Green", "Blue")


def build(study: ColourStudy, method: str, scheme: str) -> dict[str, Any]:
    """Return the figure for ``"kmeans"`` or ``"gmm"``."""
    look = look_of(scheme)
    version = study.kmeans if method == "kmeans" else study.gmm
    fit = study.kmeans_fit if method == "kmeans" else study.gmm_fit
    shown = study.sample[:: max(1, len(study.sample) // _MOST_POINTS)][:_MOST_POINTS]
    labels = fit.labels[:: max(1, len(study.sample) // _MOST_POINTS)][:_MOST_POINTS]
    rank = np.argsort(version.order)
    data = [_points(shown * WHITE, rank[labels], version)]
    if method == "gmm":
        covariances = study.gmm_fit.covariances[version.order] * WHITE**2
        data.append(_ellipsoids(version.palette.astype(float), covariances, version))
    else:
        data.append(_centres(version, look))
    return {"data": data, "layout": _layout(look)}


def hex_of(colour: NDArray[np.uint8]) -> str:
    """Return a colour as ``#rrggbb``."""
    return "#" + "".join(f"{int(part):02x}" for part in colour)


def _scale(version: Recolouring) -> dict[str, Any]:
    """Return the palette as a colour scale of steps, one for each entry."""
    k = len(version.palette)
    steps: list[list[Any]] = []
    for i, colour in enumerate(version.palette):
        steps += [[i / k, hex_of(colour)], [(i + 1) / k, hex_of(colour)]]
    return {"colorscale": steps, "cmin": -0.5, "cmax": k - 0.5, "showscale": False}


def _points(
    where: NDArray[np.float64], entry: NDArray[np.int64], version: Recolouring
) -> dict[str, Any]:
    return {
        "type": "scatter3d",
        "mode": "markers",
        **_axes(where),
        "marker": {"size": 1.8, "color": packed(entry, "int32"), **_scale(version)},
        "hovertemplate": "red %{x:.0f}, green %{y:.0f}, blue %{z:.0f}<extra></extra>",
    }


def _centres(version: Recolouring, look: Look) -> dict[str, Any]:
    """Return the palette itself, as large marks that grow with their share."""
    size = 7 + 18 * np.sqrt(version.shares / version.shares.max())
    return {
        "type": "scatter3d",
        "mode": "markers",
        **_axes(version.palette.astype(float)),
        "marker": {
            "size": packed(size),
            "color": packed(np.arange(len(size)), "int32"),
            "line": {"width": 2, "color": look.ink},
            "opacity": 0.9,
            **_scale(version),
        },
        "hovertemplate": "centre: red %{x:.0f}, green %{y:.0f}, blue %{z:.0f}<extra></extra>",
    }


def _axes(where: NDArray[np.float64]) -> dict[str, Any]:
    return {name: packed(where[:, i]) for i, name in enumerate("xyz")}


def _ellipsoids(
    means: NDArray[np.float64], covariances: NDArray[np.float64], version: Recolouring
) -> dict[str, Any]:
    """Return all components at one standard deviation, as one mesh."""
    sphere, triangles = _sphere()
    values, vectors = np.linalg.eigh(covariances)
    roots = vectors * np.sqrt(values.clip(min=0))[:, None, :]
    where = means[:, None, :] + np.einsum("vj,kij->kvi", sphere, roots)
    k, n = len(means), len(sphere)
    corners = (triangles[None] + n * np.arange(k)[:, None, None]).reshape(-1, 3)
    return {
        "type": "mesh3d",
        **_axes(where.reshape(-1, 3)),
        **{name: packed(corners[:, i], "int32") for i, name in enumerate("ijk")},
        "intensity": packed(np.repeat(np.arange(k), n)),
        **_scale(version),
        "opacity": 0.45,
        "flatshading": False,
        "hoverinfo": "skip",
    }


def _sphere() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return vertices and triangles of a unit sphere."""
    theta = np.linspace(0, np.pi, _ALONG)[:, None]
    phi = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)[None, :]
    x, y = np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi)
    z = np.broadcast_to(np.cos(theta), x.shape)
    vertices = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    row, column = np.meshgrid(np.arange(_ALONG - 1), np.arange(_AROUND), indexing="ij")
    here, beside = row * _AROUND + column, row * _AROUND + (column + 1) % _AROUND
    first = np.stack([here, beside, here + _AROUND], axis=-1).reshape(-1, 3)
    second = np.stack([beside, beside + _AROUND, here + _AROUND], axis=-1).reshape(-1, 3)
    return vertices, np.vstack([first, second])


def _layout(look: Look) -> dict[str, Any]:
    axes = {
        f"{name}axis": {
            "title": {"text": side, "font": {"size": 12, "color": look.muted}},
            "range": [0, WHITE],
            "gridcolor": look.grid,
            "zeroline": False,
            "showbackground": False,
            "tickfont": {"size": 10, "color": look.muted},
            "nticks": 5,
        }
        for name, side in zip("xyz", _SIDES, strict=True)
    }
    return frame.layout(
        look,
        dragmode="orbit",
        scene={
            **axes,
            "aspectmode": "cube",
            "camera": {
                "eye": {"x": 1.75, "y": -1.75, "z": 0.94},
                "center": {"x": 0, "y": 0, "z": -0.12},
            },
            "bgcolor": "rgba(0,0,0,0)",
        },
    ) | {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
