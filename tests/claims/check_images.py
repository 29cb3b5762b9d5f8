"""Checkers of Digits and Colours: images are compressed, drawn and repainted anew."""

import re
from io import BytesIO

import numpy as np
from PIL import Image
from scipy.spatial import cKDTree
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from gmm_dash.datasets import IMAGE_SOURCES
from tests.claims.case import checks, near, numbers_in, sklearn_mixture
from tests.claims.shown import remembered


def _digits(case):
    digits = case.pipeline.digits
    return digits.table(case.state), digits.drawn(case.state).fit


@remembered
def _space(case):
    """Return scikit-learn's principal components of the images."""
    table, _ = _digits(case)
    return PCA(case.state.digits.variance / 100, svd_solver="full").fit(table.pixels)


@remembered
def _distances(case):
    """Return how far newly drawn images lie from real ones, and those from each other."""
    table, fit = _digits(case)
    generator = np.random.RandomState(case.state.digits.seed)
    counts = generator.multinomial(100, fit.weights)
    scores = [
        mean + generator.standard_normal((count, len(mean))) @ np.linalg.cholesky(shape).T
        for mean, shape, count in zip(fit.means, fit.covariances, counts, strict=True)
    ]
    images = case.pipeline.digits.space(case.state).images(np.vstack(scores))
    images = images.clip(table.pixels.min(), table.pixels.max())
    search = NearestNeighbors(algorithm="brute").fit(table.pixels)
    new = np.median(search.kneighbors(images, 1)[0])
    return new, np.median(search.kneighbors(table.pixels, 2)[0][:, 1])


@checks("digits.origin")
def origin(case, text):
    table, fit = _digits(case)
    k, dimensions, side, again = (int(one) for one in numbers_in(text))
    assert k == len(fit.weights)
    assert dimensions == _space(case).n_components_ == fit.means.shape[1]
    assert side == again == round(table.pixels.shape[1] ** 0.5)
    assert ("digits" in text) == (table.bundled)


@checks("digits.distances")
def distances(case, text):
    for shown, value in zip(numbers_in(text), _distances(case), strict=True):
        assert near(shown, value)


@checks("digits.farther")
def farther(case, text):
    new, real = _distances(case)
    assert new > 1.25 * real > 0


@checks("digits.try-more")
def try_more(case, text):
    farther(case, text)
    table, fit = _digits(case)
    assert len(fit.weights) < min(300, len(table.pixels) // 2)


@checks("digits.nearer")
def nearer(case, text):
    new, real = _distances(case)
    assert new < 0.6 * real


@checks("digits.try-fewer")
def try_fewer(case, text):
    nearer(case, text)
    assert len(_digits(case)[1].weights) > 2


@checks("digits.similar")
def similar(case, text):
    new, real = _distances(case)
    assert 0.6 * real <= new <= 1.25 * real


@checks("digits.few")
def few(case, text):
    table, fit = _digits(case)
    each, needed, dimensions = numbers_in(text)
    assert case.state.model.covariance_type == "full"
    assert abs(each - len(table.pixels) / len(fit.weights)) <= 0.5
    assert dimensions == fit.means.shape[1]
    assert needed == dimensions + 1
    assert len(table.pixels) / len(fit.weights) < needed
    # Of that many points, or fewer, no covariance in so many dimensions has full rank.
    some = _space(case).transform(table.pixels)[: int(needed) - 1]
    assert np.linalg.matrix_rank(np.cov(some.T)) < dimensions


@checks("caption.digits-real")
def real(case, text):
    shown, n = numbers_in(text)
    assert n == len(_digits(case)[0].pixels)
    assert shown == min(100, n)


@checks("badge.digits-real")
def space(case, text):
    dimensions, pixels, kept = numbers_in(text)
    table, _ = _digits(case)
    assert dimensions == _space(case).n_components_
    assert pixels == table.pixels.shape[1]
    variance = np.linalg.svd(table.pixels - table.pixels.mean(axis=0), compute_uv=False) ** 2
    share = variance[: int(dimensions)].sum() / variance.sum()
    assert abs(kept - 100 * share) <= 0.051
    assert share >= case.state.digits.variance / 100 - 1e-9


@checks("caption.digits-averages")
def averages(case, text):
    table, _ = _digits(case)
    k, pixels = numbers_in(text)
    centres = case.pipeline.digits.averages(case.state)
    assert k == len(centres)
    assert pixels == table.pixels.shape[1]
    mine = cKDTree(centres).query(table.pixels)[1]
    span = np.ptp(table.pixels)
    for j in np.unique(mine):
        assert np.abs(table.pixels[mine == j].mean(axis=0) - centres[j]).max() <= 0.05 * span


@checks("caption.digits-new")
def drawn(case, text):
    assert numbers_in(text)[0] == case.state.digits.seed


@checks("note.images")
def note_images(case, text):
    table, _ = _digits(case)
    assert ("instead" not in text) or table.bundled
    assert case.state.data.dataset in ("upload", "drawn")


def _version(case, method):
    """Return the pixels as rows, the palette and which of it the page's PNG gives to each."""
    result = case.pipeline.colors.recoloured(case.state)
    png = result.kmeans_png if method == "kmeans" else result.gmm_png
    image = np.asarray(Image.open(BytesIO(png)).convert("RGB"), dtype=float)
    return result, result.study.pixels.reshape(-1, 3).astype(float), image.reshape(-1, 3)


@remembered
def _errors(case):
    """Return by how much the pixels of each PNG are off."""
    found = []
    for method in ("kmeans", "gmm"):
        _, old, new = _version(case, method)
        found.append(float(np.sqrt(np.square(old - new).sum(axis=1).mean())))
    return found


def _bytes(text):
    """Return the sizes in a sentence, each with the width of its rounding."""
    found = re.findall(r"([\d,]+)(\.\d)? kB", text)
    return [
        (1000 * float(whole.replace(",", "") + part), 51 if part else 501) for whole, part in found
    ]


@checks("colors.few")
def few_colours(case, text):
    distinct = len(np.unique(_version(case, "kmeans")[1], axis=0))
    assert numbers_in(text) == [distinct]
    assert distinct <= case.state.colors.n_colors


@checks("colors.size")
def size(case, text):
    result, old, _ = _version(case, "kmeans")
    k, distinct = numbers_in(text)[:2]
    assert distinct == len(np.unique(old, axis=0))
    assert k == len(result.study.kmeans_fit.centers) < distinct
    (after, slack), (before, wide) = _bytes(text)
    assert abs(after - len(result.kmeans_png)) <= slack
    whole = BytesIO()
    Image.fromarray(result.study.pixels).save(whole, "PNG", optimize=True)
    assert abs(before - result.bytes_before) <= wide
    assert abs(before / whole.tell() - 1) < 0.2
    if "% less" in text:
        share = 100 * (1 - len(result.kmeans_png) / result.bytes_before)
        assert abs(numbers_in(text)[-1] - share) <= 0.51


def _shown_errors(case, text):
    kmeans, gmm = _errors(case)
    shown = numbers_in(text.split("(root")[0])
    assert near(shown[0], kmeans)
    assert near(shown[1], gmm)
    return kmeans, gmm


@checks("colors.kmeans-nearer")
def kmeans_nearer(case, text):
    kmeans, gmm = _shown_errors(case, text)
    assert gmm > 1.02 * kmeans


@checks("colors.gmm-nearer")
def gmm_nearer(case, text):
    kmeans, gmm = _shown_errors(case, text)
    assert kmeans > 1.02 * gmm


@checks("colors.equally-near")
def equally_near(case, text):
    kmeans, gmm = _shown_errors(case, text)
    assert max(kmeans, gmm) <= 1.02 * min(kmeans, gmm)


@checks("badge.colors-kmeans", "badge.colors-gmm")
def badge(case, text):
    result = case.pipeline.colors.recoloured(case.state)
    sizes = [
        n
        for method, n in (("kmeans", len(result.kmeans_png)), ("gmm", len(result.gmm_png)))
        if text == case.spoken.text(f"badge.colors-{method}")
    ]
    ((shown, slack),) = _bytes(text)
    assert all(abs(shown - n) <= slack for n in sizes)
    assert sizes
    assert numbers_in(text)[0] == len(result.study.kmeans_fit.centers)


def _fitted(case, text):
    result, old, _ = _version(case, "kmeans")
    fitted, pixels = numbers_in(text)
    assert pixels == len(old)
    assert fitted == len(result.study.sample) == min(10_000, len(old))


@checks("caption.colors-kmeans")
def kmeans_version(case, text):
    _fitted(case, text)
    result, old, new = _version(case, "kmeans")
    some = slice(0, None, max(1, len(old) // 500))
    centres = result.study.kmeans_fit.centers * 255
    reach = np.sort(np.linalg.norm(old[some, None] - centres, axis=2), axis=1)[:, 0]
    assert (np.linalg.norm(old[some] - new[some], axis=1) <= reach + 1).all()


@checks("caption.colors-gmm")
def gmm_version(case, text):
    _fitted(case, text)
    result, old, new = _version(case, "gmm")
    some = slice(0, None, max(1, len(old) // 500))
    fit = result.study.gmm_fit
    winner = sklearn_mixture(fit).predict(old[some] / 255)
    means = (fit.means[winner] * 255).clip(0, 255)
    assert (np.abs(means - new[some]) <= 0.51).all(axis=1).mean() > 0.99  # but for ties


@checks("caption.space-kmeans", "caption.space-gmm")
def space_of_colours(case, text):
    assert case.state.view.view == "colors"
    assert ("standard deviation" in text) == ("component" in text)


@checks("caption.space-long")
def long(case, text):
    fit = case.pipeline.colors.study(case.state).gmm_fit
    axes = [np.linalg.svd(one, compute_uv=False) ** 0.5 for one in fit.covariances]
    times = np.median([one[0] / one[-1] for one in axes])
    assert np.isclose(numbers_in(text)[0], times, rtol=0.06)
    assert times >= 1.5


@checks("note.image")
def note_image(case, text):
    if case.state.colors.image != "upload":
        assert text == IMAGE_SOURCES[case.state.colors.image]
