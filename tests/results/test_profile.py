"""The groups' profile is what pandas says of the same labels."""

import numpy as np
import pandas as pd
import pytest

from gmm_dash.export.profile import profile_csv
from gmm_dash.state import AppState, from_query

LINKS = [
    "?data=iris&k=3",
    "?data=wine&k=9&cov=full",
    "?data=outlier&k=3",
    "?data=penguins&k=4&transform=log:body_mass_g",
    "?data=manydims&centers=30&n=60&k=2",
    "?data=blobs&k=1",
    "?data=moons&n=200&noise=0.05&k=6&merge=3",
]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("method", ["kmeans", "gmm"])
def test_numbers_are_those_of_pandas(pipeline, link, method):
    state = from_query(link)[0]
    points, found = pipeline.points(state.data), pipeline.compare.profiles(state).both[method]
    side = getattr(pipeline.compare.grouped(state), method)
    shares = side.components.responsibilities
    sums = np.column_stack([shares[:, list(group)].sum(axis=1) for group in side.members])
    np.testing.assert_array_equal(side.labels, sums.argmax(axis=1))
    if method == "gmm":
        assert side.k == (state.view.merge or state.model.k)
        np.testing.assert_allclose(side.certainty, sums.max(axis=1))
        weights = [side.mixture.weights[list(group)].sum() for group in side.members]
        np.testing.assert_allclose(found.weights, weights)
    rows = pd.DataFrame(points.raw)
    groups = rows.groupby(pd.Categorical(side.labels, range(side.k)), observed=False)
    np.testing.assert_array_equal(found.counts, groups.size())
    np.testing.assert_allclose(found.means, groups.mean(), rtol=1e-9)
    np.testing.assert_allclose(found.spreads, groups.std(), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(found.mean, rows.mean(), rtol=1e-9)
    np.testing.assert_allclose(found.spread, rows.std(), rtol=1e-9)
    for group in range(side.k):
        mine = side.labels == group
        away = (rows[mine].mean() - rows[~mine].mean()) / rows.std()
        np.testing.assert_allclose(found.differences[group], away, atol=1e-9)
        shares = np.nan_to_num(away**2)
        expected = shares / shares.sum() if shares.sum() else shares
        np.testing.assert_allclose(found.shares[group], expected, atol=1e-9)
    # the typical rows are nearest to the centre, the doubtful ones least certain
    for group, members in enumerate(side.members):
        mine = np.flatnonzero(side.labels == group)
        gaps = [points.fitted[mine] - side.mixture.means[one] for one in members]
        inverses = [np.linalg.pinv(side.mixture.covariances[one]) for one in members]
        both = zip(gaps, inverses, strict=True)
        far = np.min([np.einsum("nd,de,ne->n", gap, one, gap) for gap, one in both], axis=0)
        nearest = far[np.searchsorted(mine, found.typical[group])]
        np.testing.assert_allclose(nearest, np.sort(far)[:3], rtol=1e-6, atol=1e-9)
        if method == "gmm":
            least = np.sort(side.certainty[mine])[:3]
            np.testing.assert_allclose(side.certainty[found.doubtful[group]], least)


def test_rows_have_the_names_of_the_file_and_markup_stays_text(pipeline, stored):
    cells = "\n".join(f"=<b>r{i}</b>,{i % 2 * 9 + i / 40},{i % 5},7" for i in range(40))
    key = stored(f"who,<i>a</i>,b,same\n{cells}")
    state = AppState().but(data="upload", table=key, k=2)
    found = pipeline.compare.profiles(state)
    assert all(name.startswith("=<b>r") for name in found.rows.values())
    lines = profile_csv(found).splitlines()
    assert len(lines) == 1 + 2 * 2 * 2, "the column that never changes is left out"
    assert ",'=<b>r" in lines[1]
    twice = stored("who,a,b\n" + "\n".join(f"n{i // 2},{i % 2 * 9},{i % 5}" for i in range(40)))
    rows = pipeline.compare.profiles(state.but(table=twice)).rows
    assert all(f"{name} (line {row + 2})" == rows[row] for row, name in
               ((row, f"n{row // 2}") for row in rows))  # fmt: skip
    none = stored("a,b\n" + "\n".join(f"{i % 2 * 9},{i % 5}" for i in range(40)))
    rows = pipeline.compare.profiles(state.but(table=none)).rows
    assert all(rows[row] == f"line {row + 2}" for row in rows)
