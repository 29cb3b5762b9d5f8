"""Real data: facts that were published about them."""

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris, load_wine

from tests.datasets.conftest import draw


def test_old_faithful():
    sample = draw("faithful")
    assert sample.columns == ("eruptions", "waiting")
    assert sample.points.shape == (272, 2)
    np.testing.assert_allclose(sample.points.mean(axis=0), [3.487783, 70.897059], rtol=1e-6)
    np.testing.assert_allclose(sample.points.std(axis=0, ddof=1), [1.141371, 13.594974], rtol=1e-6)
    assert np.corrcoef(sample.points.T)[0, 1] == pytest.approx(0.9008112, rel=1e-6)
    assert sample.labels is None
    assert sample.note == ""


def test_the_waits_are_old_faithfuls_second_column():
    sample = draw("waits")
    assert sample.columns == ("waiting",)
    np.testing.assert_array_equal(sample.points[:, 0], draw("faithful").points[:, 1])
    assert sample.labels is None
    assert sample.note == ""


def test_galaxies():
    sample = draw("galaxies")
    assert sample.columns == ("velocity",)
    assert sample.points.shape == (82, 1)
    velocity = sample.points[:, 0]
    assert velocity[77] == 26960  # Roeder's; MASS has a typo there, and a mean of 20828.17
    assert (velocity.sum() - 26960 + 26690) / 82 == pytest.approx(20828.17, abs=0.005)
    assert (velocity.min(), np.median(velocity), velocity.max()) == (9172, 20833.5, 34279)
    assert sample.labels is None
    assert sample.note == ""


def test_galton():
    """The numbers that are known of R's HistData: means, correlation and slope of 928 rows."""
    sample = draw("galton")
    assert sample.columns == ("parents", "child")
    assert (sample.weight_column, sample.weights.sum()) == ("children", 928)
    assert sample.points.shape == (102, 2)
    parents, child = np.repeat(sample.points, sample.weights.astype(int), axis=0).T
    assert (parents.mean(), child.mean()) == pytest.approx((68.30819, 68.08847), abs=5e-6)
    assert np.corrcoef(parents, child)[0, 1] == pytest.approx(0.4587624, abs=5e-8)
    assert np.polyfit(parents, child, 1)[0] == pytest.approx(0.6462906, abs=5e-8)
    counts = [5, 7, 32, 59, 48, 117, 138, 120, 167, 99, 64, 41, 17, 14]
    assert np.unique(child, return_counts=True)[1].tolist() == counts
    counts = [14, 23, 66, 78, 211, 219, 183, 68, 43, 19, 4]
    assert np.unique(parents, return_counts=True)[1].tolist() == counts


def test_palmer_penguins():
    sample = draw("penguins")
    assert sample.label_names == ("Adelie", "Chinstrap", "Gentoo")
    assert sample.label_column == "species"
    assert np.bincount(sample.labels).tolist() == [151, 68, 123]
    assert sample.note.startswith("2 rows with missing values were left out (bill_length_mm, ")
    expected = [43.92193, 17.15117, 200.9152, 4201.754]
    np.testing.assert_allclose(sample.points.mean(axis=0), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "load", "column", "label"),
    [
        ("iris", load_iris, "petal length (cm)", "species"),
        ("wine", load_wine, "malic acid", "grower"),
        ("digits", load_digits, "pixel 7 7", "digit"),
    ],
)
def test_tables_of_scikit_learn(name, load, column, label):
    sample, bunch = draw(name), load()
    assert np.array_equal(sample.points, bunch.data)
    assert np.array_equal(sample.labels, bunch.target)
    assert len(sample.label_names) == len(bunch.target_names)
    assert column in sample.columns
    assert sample.label_column == label
