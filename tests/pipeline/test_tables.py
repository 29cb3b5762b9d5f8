"""Users' tables through the whole pipeline."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from sklearn.mixture import GaussianMixture

from gmm_dash.errors import FitError, GmmDashError, TableGoneError
from gmm_dash.memory import Memory
from gmm_dash.pipeline.sizes import size_of
from gmm_dash.state import AppState

CSV = "height,weight,kind\n" + "\n".join(
    f"{h:.3f},{w:.3f},{'cat' if h < 40 else 'dog'}"
    for h, w in np.random.default_rng(0).normal([[25, 4]] * 60 + [[60, 30]] * 60, [3, 2])
)


def _state(key, **more):
    return AppState().but(**{"data": "upload", "table": key, "scale": "standard", "k": 2} | more)


def test_a_users_table_is_fitted_like_any_data(pipeline, stored):
    result = pipeline.compare.comparison(_state(stored(CSV), label="kind"))
    x = result.points.fitted
    theirs = GaussianMixture(
        2,
        init_params=result.gmm_fit.init,
        random_state=result.gmm_fit.random_state,
        tol=1e-6,
        max_iter=500,
    ).fit(x)
    assert result.gmm_fit.bic == pytest.approx(theirs.bic(x), rel=1e-6)
    assert result.points.columns == ("height", "weight")
    assert result.points.label_names == ("cat", "dog")
    assert result.gmm.ari == 1


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.97, 1.0])
def test_gaps_in_the_label_change_no_fit_and_are_not_judged(pipeline, stored, share):
    """As scikit-learn does where -1 marks a sample without a label."""
    lines, rng = CSV.split("\n"), np.random.default_rng(int(100 * share))
    empty = rng.random(120) < share
    gapped = [
        f"{line.rsplit(',', 1)[0]},{rng.choice(['', 'NA', '?'])}" if none else line
        for line, none in zip(lines[1:], empty, strict=True)
    ]
    key = stored("\n".join([lines[0], *gapped]))
    more = {"cols": ["height", "weight"], "k": 3, "n_init": 2}
    plain, labelled = (
        pipeline.compare.comparison(_state(key, **more, label=label)) for label in ("", "kind")
    )
    assert plain.gmm_fit.bic == labelled.gmm_fit.bic
    assert plain.kmeans_fit.inertia == labelled.kmeans_fit.inertia
    assert np.array_equal(plain.gmm_fit.responsibilities, labelled.gmm_fit.responsibilities)
    points = labelled.points
    assert plain.points.rows.tolist() == points.rows.tolist() == list(range(120))
    kinds = np.array([line.rsplit(",", 1)[1] for line in lines[1:]])
    for side in (labelled.kmeans, labelled.gmm):
        if (~empty).sum() < 2:
            assert side.ari is side.ami is None
            continue
        theirs = [
            score(kinds[~empty], side.labels[~empty])
            for score in (adjusted_rand_score, adjusted_mutual_info_score)
        ]
        assert [side.ari, side.ami] == pytest.approx(theirs, abs=1e-9)
    said = " ".join(points.notes)
    assert ("names no group" in said) == empty.any()
    assert ("any row" in said) == (points.labels is None) == empty.all()


def test_a_column_is_transformed_as_the_link_says(pipeline, stored):
    state = _state(stored(CSV), transform=["log:height", "sqrt:age"])
    points = pipeline.points(state.data)
    logs = np.log(points.raw[:, 0])
    assert points.fitted[:, 0] == pytest.approx((logs - logs.mean()) / logs.std())
    assert points.notes == ("There is no column 'age' to transform.",)
    plain = pipeline.points(_state(state.data.table).data)
    assert np.array_equal(plain.fitted[:, 1], points.fitted[:, 1])


def test_missing_rows_are_left_out_counted_and_remembered_by_number(pipeline, stored):
    rows = ["a,b", "1,2", ",3", "4,5", "6,inf", "8,9", "2,2"]
    points = pipeline.points(_state(stored("\n".join(rows))).data)
    assert points.rows.tolist() == [0, 2, 4, 5]
    assert any("2 of 6 rows left out" in note for note in points.notes)


def test_columns_are_offered_as_they_are(pipeline, stored):
    columns = pipeline.data.columns(_state(stored(CSV)).data)
    assert columns.numeric == ("height", "weight")
    assert columns.all == ("kind", "height", "weight"), "what looks like groups first"
    assert columns.axes == ("height", "weight", "PC1", "PC2")
    assert columns.own_table


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,5\n1,5\n1,5\n",  # both columns are constant
        "a\n1\n",
        "a,b\n1,2\n",
        "a,b\nx,y\nz,w\n",
        "a,b\n1e300,2\n2,3\n4,5\n6,7\n",
    ],
)
def test_what_cannot_be_clustered_is_refused_in_words(pipeline, stored, text):
    with pytest.raises(GmmDashError) as refused:
        pipeline.compare.comparison(_state(stored(text)))
    assert refused.value.hint
    assert refused.value.sentence.endswith(".")


def test_a_table_of_one_column_is_fitted(pipeline, stored):
    points = pipeline.points(_state(stored("a,kind\n1,x\n2,y\n4,x\n")).data)
    assert points.columns == ("a",)
    assert points.raw.tolist() == [[1.0], [2.0], [4.0]]


def test_one_column_of_several_is_enough(pipeline, stored):
    key = stored("a,b\n1,5\n2,7\n4,6\n9,1\n")
    result = pipeline.compare.comparison(_state(key).but(cols=["b"], k=2))
    assert result.points.columns == ("b",)
    assert result.gmm_fit.means.shape == (2, 1)


def test_a_constant_column_alone_is_refused_with_a_way_out(pipeline, stored):
    with pytest.raises(GmmDashError) as refused:
        pipeline.points(_state(stored("a,b\n1,x\n1,y\n1,z\n")).data)
    assert refused.value.hint


@pytest.mark.parametrize("key", ["", "nope", "../../etc/passwd", "0" * 64])
def test_a_table_that_is_not_there_is_named(pipeline, key):
    with pytest.raises(TableGoneError) as gone:
        pipeline.points(_state(key).data)
    assert gone.value.hint


def test_long_tables_are_sampled_and_said(pipeline, stored, monkeypatch):
    from dataclasses import replace

    from gmm_dash.pipeline import Pipeline

    small = Pipeline(replace(pipeline.config, fit_rows=50), pipeline.store)
    points = small.points(_state(stored(CSV)).data)
    assert points.n == 50
    assert points.n_total == 120
    assert len(set(points.rows.tolist())) == 50
    assert any("random sample of 50 of 120 rows" in note for note in points.notes)


def test_work_that_would_take_minutes_is_refused_before_it_starts(pipeline):
    with pytest.raises(FitError, match="limit is 20 s"):
        pipeline.compare.comparison(AppState().but(data="blobs", n=100_000, k=30, n_init=200))


def test_results_are_weighed_by_their_arrays():
    memory = Memory(100_000, size_of)
    kept = memory.remember(np.zeros)
    for n in (1000, 5000, 5001):
        kept(n)
    assert 80_000 < memory.used <= 100_000
    shared = np.zeros(1000)
    assert size_of((shared, [shared, np.zeros(5)])) - size_of(()) == 8_040, "counted once"
