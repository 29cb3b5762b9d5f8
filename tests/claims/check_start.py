"""Checkers of the one sentence of the page that a bare address opens."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import confusion_matrix

from tests.claims.case import checks, numbers_in
from tests.claims.check_compare import axes_of, gmm_labels, kmeans_labels


@checks("start.single")
def single(case, text):
    assert numbers_in(text) == [1, len(case.x)]
    assert len(case.kmeans.centers) == len(case.gmm.weights) == 1


@checks("start.agree", "start.differ", "caption.borders")
def disagree(case, text):
    """Match the clusters to the components as well as can be, and count who is left over."""
    theirs, ours = kmeans_labels(case), gmm_labels(case)
    table = confusion_matrix(theirs[ours >= 0], ours[ours >= 0])  # the background has no colour
    together = table[linear_sum_assignment(-table)].sum()
    *k, n = numbers_in(text)
    moved = 0 if "alike" in text else k.pop()
    assert (n, moved) == (len(case.x), n - together)
    assert ("alike" in text) == (moved == 0)
    assert k in ([], [len(case.gmm.weights)])
    assert ("Dashed" in text) <= (case.x.shape[1] <= 2)


@checks("start.collapsed")
def collapsed(case, text):
    """Such an ellipse is as good as flat, or holds hardly a point."""
    spread = np.sqrt(np.linalg.eigvalsh(np.atleast_2d(np.cov(case.x.T))).max())
    flat = axes_of(case.gmm)[:, 0] < 0.02 * spread
    few = case.posteriors.sum(axis=0) < 3
    assert (flat | few).sum() >= numbers_in(text)[0] >= 1
