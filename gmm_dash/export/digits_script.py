"""What the Digits view shows as scikit-learn code: the same fit, and the same new images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gmm_dash.export.fitting import mixture_import, one_start
from gmm_dash.export.outlines import COVARIANCES
from gmm_dash.export.program import Part, Program, kmeans_call, libraries, mixture_call
from gmm_dash.export.recipe import DATA_FILE
from gmm_dash.results import known
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from gmm_dash.engine import KMeansFit
    from gmm_dash.results import DrawnImages, ImageSpace, ImageTable
    from gmm_dash.state import AppState

_COLUMNS: Final = 10


def images_csv(table: ImageTable) -> str:
    """Return the images as CSV, a row each: the pixels, and last what it shows if known."""
    names = [f"pixel {i + 1}" for i in range(table.pixels.shape[1])]
    frame = pd.DataFrame(table.pixels, columns=names)
    if table.labels is not None:
        frame["shows"] = known.named(table.labels, table.label_names)
    return safe_csv(frame)


def digits_program(
    state: AppState,
    table: ImageTable,
    space: ImageSpace,
    drawn: DrawnImages,
    averages: KMeansFit,
    sizes: tuple[int, ...],
) -> Program:
    """Return code that compresses and fits the same images and draws the same new ones.

    Parameters
    ----------
    state : AppState
    table : ImageTable
    space : ImageSpace
    drawn : DrawnImages
        What the page shows for that state.
    averages : KMeansFit
        The k-means beside it.
    sizes : tuple of int
        Numbers of components that the page offers to try.
    """
    imports = {
        "import numpy as np",
        "from sklearn.cluster import KMeans",
        "from sklearn.decomposition import PCA",
        "from sklearn.metrics import pairwise_distances_argmin_min",
        mixture_import(str(drawn.fit.covariance_type)),
        "from sklearn.datasets import load_digits" if table.bundled else "import pandas as pd",
    }
    fit = drawn.fit
    page = {
        "share": state.digits.variance / 100,
        "dimensions": space.n_components,
        "kept": space.kept,
        "bic": fit.bic,
        "aic": fit.aic,
        "seed": state.digits.seed,
        "count": len(drawn.images),
        "distance": float(drawn.distance[0]),
        "nearest": int(drawn.nearest[0]) + 1,
    }
    parts = (
        Part("Libraries", libraries(imports)),
        Part("The images", _images(table)),
        Part("Fewer dimensions, each scaled to variance 1", _COMPRESS.format(**page)),
        Part("The mixture of the compressed images", mixture_call(fit, "scores")),
        Part("How well it describes them", _SCORES.format(**page)),
        Part("Covariances in one form", COVARIANCES),
        Part("New images, the very ones on the page", _DRAW.format(**page)),
        Part(
            "k-means for comparison: its centres are averages of images",
            kmeans_call(averages, "images") + "\naverages = kmeans.cluster_centers_",
        ),
        Part("Other numbers of components", _sweep(drawn, sizes)),
        Part("The picture", _PICTURE.format(columns=_COLUMNS)),
    )
    return Program("digits", "New images, drawn from a mixture", parts)


def _images(table: ImageTable) -> str:
    if table.bundled:
        return "images = load_digits().data  # 1797 rows of 8 x 8 pixels\nside = 8"
    return "\n".join(
        [
            f'# "{DATA_FILE}" is in the same menu: "Data on the page (CSV)".',
            f'table = pd.read_csv("{DATA_FILE}", dtype=str, keep_default_na=False)',
            f"side = {table.side}",
            "images = table.iloc[:, : side * side].to_numpy().astype(float)",
        ]
    )


_COMPRESS: Final = """\
pca = PCA({share!r}, whiten=True, svd_solver="full")
scores = np.ascontiguousarray(pca.fit_transform(images))
dimensions = scores.shape[1]
kept = pca.explained_variance_ratio_.sum()
print(f"{{dimensions}} dimensions keep {{kept:.1%}}")  # page: {dimensions}, {kept:.1%}"""

_SCORES: Final = """\
bic, aic = mixture.bic(scores), mixture.aic(scores)
print(f"BIC {{bic:.1f}}, AIC {{aic:.1f}}")  # page: BIC {bic:.1f}, AIC {aic:.1f}"""

_DRAW: Final = """\
# mixture.sample({count}) draws from the same density, but other images than on the page: it goes
# by singular vectors, whose signs in so many dimensions hang on the last bits of a fit.
rng = np.random.RandomState({seed})
counts = rng.multinomial({count}, mixture.weights_)
points = np.vstack(
    [
        mean + rng.standard_normal((count, dimensions)) @ np.linalg.cholesky(covariance).T
        for mean, covariance, count in zip(mixture.means_, full_covariances(mixture), counts)
    ]
)
darkest, brightest = images.min(), images.max()
new_images = pca.inverse_transform(points).clip(darkest, brightest)
nearest, distances = pairwise_distances_argmin_min(new_images, images)
# Page: new image 1 is nearest to image {nearest}, {distance:.2f} away.
print(f"new image 1 is nearest to image {{nearest[0] + 1}}, {{distances[0]:.2f}} away")"""


def _sweep(drawn: DrawnImages, sizes: tuple[int, ...]) -> str:
    fit = drawn.fit
    start = f"{str(fit.covariance_type)!r}, size, {str(fit.init)!r}, {fit.random_state}"
    sweep = _SWEEP.format(sizes=list(sizes), start=start)
    return f"{one_start(fit.tol, fit.reg_covar, fit.max_iter)}\n\n\n{sweep}"


_SWEEP: Final = '''\
def sweep(sizes={sizes}):
    """Return AIC and BIC for each number of components; this can take minutes."""
    found = {{}}
    for size in sizes:
        model = one_start(scores, {start})
        if model is not None:
            found[size] = (model.aic(scores), model.bic(scores))
    return found'''

_PICTURE: Final = '''\
def sheet(some, columns):
    """Return images side by side in rows, as one large image."""
    rows = -(-len(some) // columns)
    cells = np.full((rows * columns, side * side), np.nan)
    cells[: len(some)] = some
    cells = cells.reshape(rows, columns, side, side)
    return cells.swapaxes(1, 2).reshape(rows * side, columns * side)


def picture():
    """Show real images, new ones, and the averages that k-means finds."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(1, 3, figsize=(15, 5.4))
    sheets = {{
        "Real": sheet(images[:100], {columns}),
        "New": sheet(new_images, {columns}),
        "k-means: average images": sheet(averages, 5),
    }}
    for axes, (title, shown) in zip(places, sheets.items()):
        axes.imshow(shown, cmap="gray_r", vmin=darkest, vmax=brightest)
        axes.set_title(title)
        axes.set_axis_off()
    plt.show()'''
