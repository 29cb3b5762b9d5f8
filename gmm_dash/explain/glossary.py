"""Every number on the page, defined once: a sentence, its formula, and where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.engine.criteria import CRITERIA


@dataclass(frozen=True, slots=True)
class Term:
    """What one number is.

    Attributes
    ----------
    name : str
        As on the page.
    sentence : str
        What it says, for somebody who sees it for the first time.
    formula : str
        How it is computed, in plain characters.
    better : str
        ``"lower"``, ``"higher"`` or empty.
    source : str
        Where it comes from, or the scikit-learn name.
    """

    name: str
    sentence: str
    formula: str
    better: str
    source: str


_CRITERIA = {
    name: Term(one.title, one.sentence, one.formula, one.better, one.source)
    for name, one in CRITERIA.items()
}

_TERMS = {
    "inertia": Term(
        "Inertia",
        "How far the points lie from their centres: the sum of squared distances. "
        "It is what k-means makes small; the least one possible never rises when K grows.",
        "Σ ‖x − centre of x‖²",
        "lower",
        "KMeans.inertia_",
    ),
    "silhouette": Term(
        "Silhouette",
        "How much closer a point is to its own cluster than to the next one, on average. "
        "1 is well separated, 0 is on the border. It favours round clusters.",
        "mean of (b − a) / max(a, b); a, b: mean distance to the own and to the nearest "
        "other cluster",
        "higher",
        "Rousseeuw (1987); sklearn.metrics.silhouette_score",
    ),
    "log_likelihood": Term(
        "Log-likelihood",
        "How probable the mixture makes the data: the mean log density of a point. "
        "It is what EM makes large; the largest one possible never falls when components are "
        "added.",
        "(1/n) Σ log Σₖ wₖ N(x | μₖ, Σₖ), in nats",
        "higher",
        "GaussianMixture.score",
    ),
    **_CRITERIA,
    "calinski_harabasz": Term(
        "Calinski–Harabasz",
        "Spread between the clusters over spread within them, each per degree of freedom. "
        "It favours round clusters of equal size.",
        "(B / (K − 1)) / (W / (n − K))",
        "higher",
        "Calinski and Harabasz (1974); sklearn.metrics.calinski_harabasz_score",
    ),
    "ari": Term(
        "ARI",
        "How well the clusters match the true groups: the share of pairs of points on "
        "which both agree, corrected for chance. 1 is perfect, 0 is chance.",
        "(RI − E[RI]) / (max RI − E[RI])",
        "higher",
        "Hubert and Arabie (1985); sklearn.metrics.adjusted_rand_score",
    ),
    "ami": Term(
        "AMI",
        "How much knowing the cluster tells about the true group, corrected for chance. "
        "1 is everything, 0 is chance.",
        "(MI − E[MI]) / (mean entropy − E[MI])",
        "higher",
        "Vinh, Epps and Bailey (2010); sklearn.metrics.adjusted_mutual_info_score",
    ),
    "agreement": Term(
        "Agreement",
        "How alike the two partitions are, as an adjusted Rand index between k-means and "
        "the mixture; it needs no true groups. 1 means the same clusters.",
        "ARI(k-means labels, mixture labels)",
        "",
        "sklearn.metrics.adjusted_rand_score",
    ),
    "certainty": Term(
        "Certainty",
        "The largest posterior probability of a point: how sure the mixture is of its "
        "cluster. Points are drawn with an area proportional to its square.",
        "maxₖ rᵢₖ",
        "",
        "GaussianMixture.predict_proba",
    ),
    "bootstrap": Term(
        "Bootstrap certainty",
        "k-means has no probabilities. Fitted again and again on resampled points, how "
        "often does it put this point into the same cluster?",
        "share of 50 bootstrap refits that agree",
        "",
        "Efron (1979)",
    ),
    "share": Term(
        "Share",
        "How probable it is that a point came from one of the components; also called posterior "
        "probability or responsibility. The shares of a point add up to one.",
        "rᵢₖ = wₖ N(xᵢ | μₖ, Σₖ) / Σⱼ wⱼ N(xᵢ | μⱼ, Σⱼ)",
        "",
        "GaussianMixture.predict_proba",
    ),
    "weight": Term(
        "Weight",
        "The part of all points that a component accounts for. The weights add up to one.",
        "wₖ = (1/n) Σᵢ rᵢₖ",
        "",
        "GaussianMixture.weights_",
    ),
    "covariance": Term(
        "Covariance",
        "Spread in each column, and how the columns rise together: the size, length and slant of "
        "a component's ellipse.",
        "Σₖ = Σᵢ rᵢₖ (xᵢ − μₖ)(xᵢ − μₖ)ᵀ / Σᵢ rᵢₖ",
        "",
        "GaussianMixture.covariances_",
    ),
    "sigma": Term(
        "Ellipses",
        "One, two and three standard deviations of each component. In two dimensions "
        "they hold 39, 86 and 99 % of its probability.",
        "1 − exp(−r²/2) for r = 1, 2, 3",
        "",
        "the chi-squared distribution with 2 degrees of freedom",
    ),
    "draw_distance": Term(
        "Draw to data",
        "How far a new point typically falls from the nearest data point. Much more than the "
        "data's own gaps: the mixture is too loose; much less: it repeats the data.",
        "median over draws of min ‖draw − x‖, in the fitted space",
        "",
        "scipy.spatial.cKDTree",
    ),
    "data_distance": Term(
        "Data to data",
        "How far a data point typically lies from the nearest other one: what the distance "
        "of the draws is to be compared with.",
        "median over points of min ‖x − other x‖, in the fitted space",
        "",
        "scipy.spatial.cKDTree",
    ),
    "beyond": Term(
        "Far from data",
        "The share of new points that fall farther from the data than 99 % of the data "
        "points do. 1 % would be expected of a perfect recipe.",
        "share of draws with min ‖draw − x‖ > 99 % quantile of the data's own",
        "lower",
        "computed here",
    ),
    "colour_error": Term(
        "Colour error",
        "How far a pixel's new colour typically lies from its old one, when red, green and "
        "blue go from 0 to 255.",
        "√ mean of (Δred² + Δgreen² + Δblue²)",
        "lower",
        "k-means' objective, per pixel",
    ),
    "bytes_before": Term(
        "All colours",
        "Size of the image as a PNG that keeps every colour.",
        "bytes of an RGB PNG",
        "",
        "Pillow",
    ),
    "bytes_after": Term(
        "This palette",
        "Size of the image as a PNG that keeps only these colours: each pixel is a number "
        "of the palette, and equal neighbours pack well.",
        "bytes of an indexed PNG",
        "lower",
        "Pillow",
    ),
    "circle": Term(
        "Circles",
        "What k-means knows of a cluster: its centre, and a circle out to the farthest "
        "member. It cannot be long, thin or slanted.",
        "radius = max ‖x − centre‖ over the cluster",
        "",
        "VanderPlas, Python Data Science Handbook (2016)",
    ),
}

GLOSSARY: Final = _TERMS
