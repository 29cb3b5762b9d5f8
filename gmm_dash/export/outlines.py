"""Functions that several scripts carry with them, for drawing fitted mixtures."""

from typing import Final

from gmm_dash.engine.covariances import SKLEARN_TYPES


def _whole() -> str:
    """Return the lines that find the right form, the last without a question."""
    *most, last = SKLEARN_TYPES  # circles of one size are spherical
    asked = [f'    if kind == "{kind}":\n        return {kind.shape.whole}' for kind in most]
    return "\n".join([*asked, f"    return {last.shape.whole}"])


COVARIANCES: Final = f'''\
def full_covariances(mixture):
    """Return the covariances as (k, d, d) whatever the covariance type."""
    k, d = mixture.means_.shape
    kind, found = mixture.covariance_type, mixture.covariances_
{_whole()}'''

ELLIPSES: Final = '''\
def draw_ellipses(axes, mixture):
    """Draw every component at one, two and three standard deviations."""
    turn = np.linspace(0.0, 2.0 * np.pi, 100)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    for mean, covariance in zip(mixture.means_, full_covariances(mixture)):
        values, vectors = np.linalg.eigh(plane @ covariance @ plane.T)
        outline = circle * np.sqrt(np.maximum(values, 0.0)) @ vectors.T
        for sigmas in (1, 2, 3):
            curve = plane @ mean + origin + sigmas * outline
            axes.plot(curve[:, 0], curve[:, 1], color="0.3", linewidth=0.8)'''

CURVES: Final = '''\
def draw_curves(axes, mixture, values=None):
    """Draw a histogram, every component's density times its weight, and their sum."""
    values = (Z @ plane.T + origin)[:, 0] if values is None else values
    deviations = np.sqrt(full_covariances(mixture)[:, 0, 0]) * plane[0, 0]
    middles = mixture.means_[:, 0] * plane[0, 0] + origin[0]
    pad = 0.1 * np.ptp(values)
    x = np.linspace(values.min() - pad, values.max() + pad, 2000)
    heights = mixture.weights_ / (deviations * np.sqrt(2 * np.pi))
    curves = heights * np.exp(-0.5 * ((x[:, None] - middles) / deviations) ** 2)
    axes.hist(values, bins="auto", density=True, color="0.85")
    axes.plot(x, curves, linewidth=0.9)
    axes.plot(x, curves.sum(axis=1), color="0.2", linewidth=1.6)'''

NAME_AXES: Final = '''\
def name_axes(*every):
    """Write the page's titles at the axes; a dollar sign is no formula here."""
    for axes in every:
        axes.set_xlabel(titles[0].replace("$", r"\\$"))
        axes.set_ylabel(titles[1].replace("$", r"\\$"))'''


def of_one_column(code: str) -> str:
    """Return functions that draw ellipses so that they draw the curves of one column."""
    return code.replace(ELLIPSES, CURVES).replace("draw_ellipses(", "draw_curves(")


FUNCTIONS: Final = "\n\n\n".join([COVARIANCES, ELLIPSES, NAME_AXES])
