"""What the Colours view shows as scikit-learn code: the same palettes, and both images as PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.export.fitting import mixture_import
from gmm_dash.export.program import Part, Program, kmeans_call, libraries, mixture_call

if TYPE_CHECKING:
    from gmm_dash.results import ColourStudy, Recolouring
    from gmm_dash.state import AppState

IMAGE_FILE: Final = "image.png"


def colors_program(state: AppState, study: ColourStudy) -> Program:
    """Return code that fits the same pixels and paints both versions of the image.

    Parameters
    ----------
    state : AppState
    study : ColourStudy
        What the page shows for that state.
    """
    imports = {
        "import numpy as np",
        "from PIL import Image",
        "from sklearn.cluster import KMeans",
        mixture_import(str(study.gmm_fit.covariance_type)),
    }
    if state.colors.image != "upload":
        imports.add("from sklearn.datasets import load_sample_image")
    parts = (
        Part("Libraries", libraries(imports)),
        Part("The image", _image(state)),
        Part("A sample of its pixels, with colours from 0 to 1", _sample(state, study)),
        Part("k-means: the one start that won", kmeans_call(study.kmeans_fit, "sample")),
        Part("The mixture", mixture_call(study.gmm_fit, "sample")),
        Part("Every pixel gets the colour of its cluster", _RECOLOUR),
        Part("The palettes, and an image file of each", _report(study)),
        Part("The picture", _PICTURE),
    )
    return Program("colours", "A photograph in a handful of colours", parts)


def _image(state: AppState) -> str:
    if state.colors.image == "upload":
        lines = [
            f'# "{IMAGE_FILE}" is in the same menu: "Image on the page (PNG)". Another file is as',
            "# good; the page shrinks large ones.",
            f'pixels = np.asarray(Image.open("{IMAGE_FILE}").convert("RGB"))',
        ]
    else:
        lines = [f'pixels = load_sample_image("{state.colors.image}.jpg")']
    return "\n".join([*lines, "colours = pixels.reshape(-1, 3) / 255.0"])


def _sample(state: AppState, study: ColourStudy) -> str:
    count, whole = len(study.sample), study.pixels.shape[0] * study.pixels.shape[1]
    if count == whole:
        return "sample = colours"
    return "\n".join(
        [
            f"rng = np.random.default_rng({state.model.seed})",
            f"rows = rng.choice(len(colours), size={count}, replace=False, shuffle=False)",
            "sample = colours[np.sort(rows)]",
        ]
    )


_RECOLOUR: Final = '''\
def recoloured(centers, labels):
    """Return the palette, its shares and the new image; the most used colour comes first."""
    counts = np.bincount(labels, minlength=len(centers))
    order = np.argsort(-counts, kind="stable")
    palette = (255.0 * centers[order]).round().clip(0, 255).astype(np.uint8)
    rank = np.argsort(order)
    image = palette[rank[labels]].reshape(pixels.shape)
    return palette, counts[order] / len(labels), image


versions = {
    "k-means": recoloured(kmeans.cluster_centers_, kmeans.predict(colours)),
    "mixture": recoloured(mixture.means_, mixture.predict(colours)),
}'''


def _report(study: ColourStudy) -> str:
    first = {"k-means": _first(study.kmeans), "mixture": _first(study.gmm)}
    page = [f"# Page, {name}: {text}" for name, text in first.items()]
    return "\n".join([*page, _REPORT])


def _first(version: Recolouring) -> str:
    """Return the most used colour, its share, and the error, as the page has them."""
    code = "".join(f"{part:02x}" for part in version.palette[0].tolist())
    return f"#{code} {version.shares[0]:.1%} first, error {version.error:.2f}"


_REPORT: Final = """\
errors = {}
for name, (palette, shares, image) in versions.items():
    difference = pixels.astype(float) - image
    errors[name] = float(np.sqrt(np.square(difference).sum(axis=2).mean()))
    print(f"{name}: error {errors[name]:.2f}")
    for colour, share in zip(palette.tolist(), shares):
        print(f"  #{bytes(colour).hex()} {share:.1%}")
    Image.fromarray(image).save(f"{name}.png")"""

_PICTURE: Final = '''\
def picture():
    """Show the image before and after, each version above its palette."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(
        2, 3, figsize=(15, 5), gridspec_kw={"height_ratios": [8, 1]}, squeeze=False
    )
    for axes in places.flat:
        axes.set_axis_off()
    places[0, 0].imshow(pixels)
    places[0, 0].set_title("Before")
    for column, (name, (palette, shares, image)) in enumerate(versions.items(), start=1):
        places[0, column].imshow(image)
        places[0, column].set_title(f"{name}: {len(palette)} colours")
        left = np.cumsum(shares) - shares
        places[1, column].barh(0, shares, left=left, color=palette / 255.0)
    plt.show()'''
