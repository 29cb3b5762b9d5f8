"""Fits over slices of a table are the fits of the whole table."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from gmm_dash.engine import CovarianceType, Mixture, fit_gmm, fit_kmeans
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import FitError, GmmDashError, ImportProblem
from gmm_dash.pipeline.parted.crew import Alone
from gmm_dash.pipeline.parted.labels import Labeller, write_labels
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Rules, Runs, Scale, run_all
from gmm_dash.pipeline.parted.study import SAMPLE_ROWS, Plan, open_table, study
from gmm_dash.pipeline.parted.survey import survey
from gmm_dash.tables.parts.slice import PartProblem


@dataclass
class Rows:
    """A block in memory; it may be gone after it was read so many times."""

    values: np.ndarray
    name: str = "part"
    columns: tuple = ("x", "y", "z")
    reads: int = 1_000_000
    read: list = field(default_factory=list)

    @property
    def n_rows(self):
        return len(self.values)

    def batches(self):
        self.read.append(1)
        if len(self.read) > self.reads:
            raise PartProblem(f"The file {self.name} is not there.", hint="Look.")
        yield from np.array_split(self.values, 3)


def table(n=1500, seed=4, offset=0.0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3)) @ np.diag([1.0, 3.0, 0.5])
    x[: n // 3] += [6.0, -4.0, 2.0]
    x[n // 3 : n // 2] += [-7.0, 9.0, 0.0]
    return rng.permutation(x) + offset


def cut(x, count):
    return [Rows(part, f"part-{i}") for i, part in enumerate(np.array_split(x, count))]


@pytest.mark.parametrize("offset", [0.0, 1e6])
@pytest.mark.parametrize("kind", list(CovarianceType))
def test_many_blocks_are_one_block(kind, offset):
    x = table(offset=offset)
    plan = Plan((3,), (kind.value,), standardise=offset == 0.0, n_init=2)
    whole, *others = (study(Alone(), cut(x, count), plan) for count in (1, 7, 100))
    for found in others:
        mine, theirs = found.runs.mixtures[0], whole.runs.mixtures[0]
        assert len(mine.log_likelihoods) == len(theirs.log_likelihoods)
        for name in ("weights", "means", "covariances"):
            apart = getattr(mine.mixture, name) - getattr(theirs.mixture, name)
            assert np.abs(apart).max() < 1e-8
        assert found.rows.rows[0].bic == pytest.approx(whole.rows.rows[0].bic, rel=1e-9)
        assert found.rows.rows[0].icl == pytest.approx(whole.rows.rows[0].icl, rel=1e-8)
        np.testing.assert_allclose(found.centers(3), whole.centers(3), rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("kind", SKLEARN_TYPES)
def test_all_rows_are_one_call_of_scikit_learn_from_the_samples_end(kind, monkeypatch):
    monkeypatch.setattr("gmm_dash.pipeline.parted.study.SAMPLE_ROWS", 300)
    x = table(4000)
    found = study(Alone(), cut(x, 9), Plan((3,), (kind.value,), n_init=2))
    z = StandardScaler().fit_transform(x)
    sample = (found.seen.sample - x.mean(axis=0)) / x.std(axis=0)
    assert len(sample) == 300
    start = fit_gmm(sample, 3, covariance_type=kind.value, n_init=2).mixture
    oracle = GaussianMixture(
        3, covariance_type=kind.value, tol=1e-6, max_iter=500, weights_init=start.weights,
        means_init=start.means,
        precisions_init=kind.shape.precisions(np.linalg.inv(start.covariances)),
    ).fit(z)  # fmt: skip
    run, row = found.runs.mixtures[0], found.rows.rows[0]
    assert abs(row.n_iter - oracle.n_iter_) <= 1, "the last rise may lie at tol's very edge"
    assert row.converged
    np.testing.assert_allclose(run.mixture.means, oracle.means_, atol=1e-3)
    assert row.log_likelihood == pytest.approx(oracle.score(z), abs=2e-6)
    assert row.bic == pytest.approx(oracle.bic(z), abs=2e-6 * 2 * len(z))
    assert row.aic == pytest.approx(oracle.aic(z), abs=2e-6 * 2 * len(z))
    first = fit_kmeans(sample, 3, n_init=2).centers
    theirs = KMeans(3, init=first, n_init=1, tol=1e-4).fit(z)
    one = found.kmeans(3)
    assert one.last.inertia == pytest.approx(theirs.inertia_, rel=1e-4)
    np.testing.assert_allclose(one.centers, theirs.cluster_centers_, atol=0.02)


def ring(n=1200, groups=6, seed=8):
    """Return groups on a ring, in which one start in some ends elsewhere."""
    rng = np.random.default_rng(seed)
    turn = 2 * np.pi * rng.integers(groups, size=n) / groups
    x = np.column_stack([4 * np.cos(turn), 4 * np.sin(turn), np.zeros(n)])
    return x + rng.normal(size=(n, 3)) * [0.5, 0.5, 1.0]


def test_every_restart_is_one_call_of_scikit_learn_and_the_best_is_taken(monkeypatch):
    monkeypatch.setattr("gmm_dash.pipeline.parted.study.SAMPLE_ROWS", 200)
    x, starts = ring(), 6
    rules = Rules(tol=1e-5)
    plan = Plan((6,), ("diag",), init="random_from_data", n_init=1, rules=rules, restarts=starts)
    found = study(Alone(), cut(x, 5), plan)
    z = StandardScaler().fit_transform(x)
    assert len({sample.tobytes() for sample in found.seen.samples}) == starts
    scores, inertias = [], []
    for i, drawn in enumerate(found.seen.samples):
        sample = (drawn - x.mean(axis=0)) / x.std(axis=0)
        begin = GaussianMixture(
            6, covariance_type="diag", init_params="random_from_data", random_state=i,
            tol=1e-5, max_iter=500,
        ).fit(sample)  # fmt: skip
        oracle = GaussianMixture(
            6, covariance_type="diag", tol=1e-5, max_iter=500, weights_init=begin.weights_,
            means_init=begin.means_, precisions_init=begin.precisions_,
        ).fit(z)  # fmt: skip
        mine = found.runs.mixtures[i]
        assert mine.scores.log_likelihood / len(z) == pytest.approx(oracle.score(z), abs=2e-4)
        scores.append(mine.scores.log_likelihood / len(z))
        first = KMeans(6, n_init=1, random_state=i).fit(sample).cluster_centers_
        lloyd = KMeans(6, init=first, n_init=1).fit(z)
        assert found.runs.kmeans[i].last.inertia == pytest.approx(lloyd.inertia_, rel=1e-3)
        inertias.append(found.runs.kmeans[i].last.inertia)
    (ends,) = found.ends
    assert len(ends.found) > 1, "starts that end elsewhere are what this is about"
    assert (ends.starts, ends.collapsed) == (starts, 0)
    assert ends.found[0].value == max(scores) == found.rows.rows[0].log_likelihood
    assert found.best is found.runs.mixtures[int(np.argmax(scores))]
    values = [one.value for one in ends.found]
    assert values == sorted(values, reverse=True)
    assert all(scores[one.start] == one.value for one in ends.found)
    assert sum(one.n_starts for one in ends.found) == starts
    near = sum(max(scores) - score < 1e-3 for score in scores)
    assert ends.found[0].n_starts == near
    assert found.kmeans(6).last.inertia == min(inertias) == found.kmeans_ends(6).found[0].value


def test_restarts_share_their_passes_and_the_first_is_the_run_without_them():
    x = ring(900)
    plan = Plan((2, 6), ("full", "tied"), n_init=1, random_state=5)
    alone = study(Alone(), cut(x, 3), plan)
    more = study(Alone(), cut(x, 3), replace(plan, restarts=3))
    assert more.runs.passes == 1 + max(
        *(len(run.log_likelihoods) for run in more.runs.mixtures),
        *(run.n_iter for run in more.runs.kmeans),
    )
    for one, many in zip(alone.begun, more.begun, strict=True):
        assert (one.covariance_type, one.n_components) == (many.covariance_type, many.n_components)
        assert many.numbers == (0, 1, 2)
        assert many.runs[0].log_likelihoods == one.runs[0].log_likelihoods
    for k in (2, 6):
        first = next(run for run in more.runs.kmeans if len(run.centers) == k)
        np.testing.assert_array_equal(first.centers, alone.kmeans(k).centers)
        assert more.kmeans(k).last.inertia <= alone.kmeans(k).last.inertia
    for row, other in zip(more.rows.rows, alone.rows.rows, strict=True):
        assert row.log_likelihood >= other.log_likelihood


class Noting(Alone):
    """Notes how many items there were of each kind of work."""

    def __init__(self):
        self.counts = []

    def total(self, function, items, tell=None):
        self.counts.append(len(items))
        return super().total(function, items, tell)


def test_starts_are_given_to_the_crew_while_their_samples_are_small(monkeypatch):
    blocks, plan = cut(table(600), 3), Plan((2,), n_init=1, restarts=2)
    sent, kept = Noting(), Noting()
    first = study(sent, blocks, plan)
    monkeypatch.setattr("gmm_dash.pipeline.parted.study._SENT", 4 * 600 * 3 * 8 - 1)
    second = study(kept, blocks, plan)
    assert sent.counts[:3] == [3, 4, 3], "two starts of the mixture, two of k-means"
    assert kept.counts == [3, *sent.counts[2:]]
    assert first.ends == second.ends


def test_restarts_that_collapse_are_counted_and_their_number_is_bounded():
    x = table(900)
    x[:15] = [15.0, 15.0, 5.0]  # a component on these has no width
    plan = Plan((3,), init="kmeans", n_init=1, rules=Rules(tol=1e-4, reg_covar=0.0), restarts=6)
    found = study(Alone(), cut(x, 3), plan)
    stand = sum(len(run.log_likelihoods) > 0 and not run.failed for run in found.runs.mixtures)
    (ends,) = found.ends
    assert 0 < ends.collapsed < 6
    assert sum(one.n_starts for one in ends.found) == 6 - ends.collapsed <= stand
    for restarts in (0, 51):
        with pytest.raises(GmmDashError, match="restarts are not from 1 to 50"):
            study(Alone(), cut(x, 3), replace(plan, restarts=restarts))


def test_to_the_end_of_lloyd_it_is_kmeans_to_the_last_digits():
    x = table(2000)
    z = StandardScaler().fit_transform(x)
    first = z[:4].copy()
    runs = Runs([], [KMeansRun(first)])
    rules = Rules(kmeans_tol=0.0)
    run_all(Alone(), cut(x, 7), Scale(x.mean(axis=0), x.std(axis=0)), runs, rules, 1.0)
    oracle = KMeans(4, init=first, n_init=1, tol=0.0).fit(z)
    assert runs.kmeans[0].converged
    np.testing.assert_allclose(runs.kmeans[0].centers, oracle.cluster_centers_, atol=1e-9)
    assert runs.kmeans[0].last.inertia == pytest.approx(oracle.inertia_, rel=1e-12)
    np.testing.assert_array_equal(runs.kmeans[0].last.counts, np.bincount(oracle.labels_))


def test_rows_with_gaps_are_left_out_and_counted_by_their_files():
    x = table()
    holed = x.copy()
    holed[[3, 4, 700]] = [[np.nan, 0, 0], [0, np.inf, 0], [0, 0, -np.inf]]
    keep = np.isfinite(holed).all(axis=1)
    found = study(Alone(), cut(holed, 5), Plan((2,), n_init=1))
    clean = study(Alone(), [Rows(x[keep])], Plan((2,), n_init=1))
    assert (found.seen.n, found.seen.left) == (1497, (("part-0", 2), ("part-2", 1)))
    np.testing.assert_allclose(
        found.ordered(found.best).means, clean.ordered(clean.best).means, atol=1e-8
    )


@given(st.integers(1, 60), st.integers(1, 9), st.integers(0, 3), st.integers(0, 2**31 - 1))
def test_the_survey_is_that_of_the_whole_whatever_the_cut(n, count, offset, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3)) * [1.0, 1e3, 1e-3] + 10.0 ** (2 * offset)
    x[rng.random(x.shape) < 0.1] = np.nan
    found = survey(Alone(), cut(x, count), 10, seed)
    kept = x[np.isfinite(x).all(axis=1)]
    assert (found.n, found.left_out) == (len(kept), n - len(kept))
    assert len(found.sample) <= min(10, n)
    assert {tuple(row) for row in found.sample} <= {tuple(row) for row in kept}
    np.testing.assert_array_equal(found.sample, survey(Alone(), [Rows(x)], 10, seed).sample)
    if len(kept) > 1:
        np.testing.assert_allclose(found.mean, kept.mean(axis=0), rtol=1e-12)
        scale = kept.std(axis=0)
        np.testing.assert_allclose(
            found.covariance / np.outer(scale, scale),
            np.cov(kept.T, bias=True) / np.outer(scale, scale),
            atol=1e-6,  # a column may be a thousandth wide, a million from zero
        )


def test_what_was_reached_stays_when_a_file_vanishes_in_mid_fit():
    blocks = cut(table(), 4)
    blocks[2].reads = 4  # the survey, and three passes
    found = study(Alone(), blocks, Plan((3,), rules=Rules(tol=0.0)))
    assert "part-2" in found.runs.stopped.sentence
    assert found.runs.passes == 3
    run = found.runs.mixtures[0]
    assert len(run.log_likelihoods) == 3
    assert not run.converged
    assert run.scores is None
    assert found.best is None, "without scores nothing is called best"


def test_a_mixture_that_collapses_does_not_hold_the_others_up():
    x = table(1200)[:, :2]
    x[:40] = x[50]
    good = fit_gmm(x, 2, n_init=1).mixture
    narrow = Mixture(
        np.array([0.97, 0.03]),
        np.array([x.mean(axis=0), x[50]]),
        np.array([np.cov(x.T), 1e-12 * np.eye(2)]),
    )
    runs = Runs([MixtureRun("full", narrow), MixtureRun("full", good)], [])
    d = Scale(np.zeros(2), np.ones(2))
    run_all(Alone(), cut(x, 3), d, runs, Rules(reg_covar=0.0, max_iter=60), 1.0)
    assert runs.mixtures[0].failed
    assert runs.mixtures[0].scores is None
    assert runs.mixtures[1].scores is not None
    assert runs.stopped is None


def test_what_cannot_be_fitted_is_said():
    x = table(60)
    with pytest.raises(ImportProblem, match="No row has a number"):
        study(Alone(), [Rows(np.full((9, 3), np.nan))], Plan((2,)))
    flat = x.copy()
    flat[:, 1] = 7.0
    with pytest.raises(ImportProblem, match="All values of y are the same"):
        study(Alone(), cut(flat, 2), Plan((2,)))
    with pytest.raises(FitError):
        study(Alone(), [Rows(x[:3])], Plan((9,)))


def test_the_likelihood_never_falls_and_a_sample_is_a_fair_start():
    x = table(3000)
    found = study(Alone(), cut(x, 5), Plan((3, 4), rules=Rules(reg_covar=0.0)))
    for run in found.runs.mixtures:
        assert (np.diff(run.log_likelihoods) > -1e-12).all()
        assert run.converged
    assert len(x) < SAMPLE_ROWS, "here the sample is the table"
    row = found.rows.rows[0]
    assert row.log_likelihood == pytest.approx(
        fit_gmm(StandardScaler().fit_transform(x), 3, reg_covar=0.0).log_likelihood, abs=1e-4
    )


def write(folder, x, count=4, names="xyz", group=100):
    for i, part in enumerate(np.array_split(x, count)):
        place = folder / ("year=2" if i % 2 else "")
        place.mkdir(exist_ok=True)
        frame = pd.DataFrame(part, columns=list(names)).assign(word="a", whole=np.arange(len(part)))
        frame.to_parquet(place / f"part-{i}.parquet", row_group_size=group)


def rows_of(folder):
    """Return the table in the order of its files' names, as pandas reads it."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))
    return pd.concat([pd.read_parquet(folder / name) for name in names], ignore_index=True)


def test_a_table_of_many_files_is_labelled_row_by_row(tmp_path):
    x = table(2000)
    x[17, 1] = np.nan
    write(tmp_path, x)
    (tmp_path / "_SUCCESS").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no part of it")
    opened = open_table(Alone(), str(tmp_path), ["x", "y", "z"])
    blocks = opened.slices(250)
    assert opened.n_rows == 2000
    assert max(block.n_rows for block in blocks) <= 250
    assert [block.first for block in blocks] == [
        0, *np.cumsum([block.n_rows for block in blocks])[:-1]
    ]  # fmt: skip
    found = study(Alone(), blocks, Plan((3,)))
    best = found.ordered(found.best)
    said = []
    labeller = Labeller(found.scale, best, found.centers(3), ("about",))
    out = tmp_path.parent / "labels"
    done = write_labels(Alone(), opened, labeller, str(out), lambda *far: said.append(far))
    assert (done, said[-1]) == (2000, (4, 4))
    labels, frame = rows_of(out), rows_of(tmp_path)[["x", "y", "z"]]
    assert sorted(p.name for p in out.rglob("*")) == [
        *(f"part-{i}.parquet" for i in range(4)), "year=2"
    ]  # fmt: skip
    whole = frame.notna().all(axis=1).to_numpy()
    assert labels[~whole].isna().all(axis=None)
    z = (frame[whole].to_numpy() - found.scale.shift) / found.scale.scale
    oracle = GaussianMixture(3, covariance_type="full", warm_start=True)
    oracle.weights_, oracle.means_, oracle.covariances_ = (
        best.weights, best.means, best.covariances
    )  # fmt: skip
    oracle.precisions_cholesky_ = np.transpose(
        np.linalg.cholesky(np.linalg.inv(best.covariances)), (0, 1, 2)
    )
    np.testing.assert_array_equal(labels["component"][whole] - 1, oracle.predict(z))
    np.testing.assert_allclose(
        labels["certainty"][whole].to_numpy(float), oracle.predict_proba(z).max(axis=1), atol=1e-9
    )
    distances = np.square(z[:, None] - found.centers(3)).sum(axis=2)
    np.testing.assert_array_equal(labels["cluster"][whole] - 1, distances.argmin(axis=1))
    with pytest.raises(GmmDashError, match="something at"):
        write_labels(Alone(), opened, labeller, str(out))


def spoil_schema(folder):
    pd.DataFrame({"x": [1.0], "z": [2.0]}).to_parquet(folder / "part-9.parquet")


def spoil_words(folder):
    frame = pd.DataFrame({"x": ["1"], "y": [1.0], "z": [2.0]})
    frame.to_parquet(folder / "part-9.parquet")


def spoil_bytes(folder):
    (folder / "part-9.parquet").write_bytes(b"PAR1 and nothing more")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_schema, "The file part-9.parquet has no y."),
        (spoil_words, "The file part-9.parquet holds no numbers in x."),
        (spoil_bytes, "The file part-9.parquet cannot be read"),
    ],
)
def test_a_file_that_does_not_fit_is_named(tmp_path, spoil, said):
    write(tmp_path, table(100))
    spoil(tmp_path)
    with pytest.raises(PartProblem) as caught:
        open_table(Alone(), str(tmp_path), ["x", "y", "z"])
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_file_that_goes_or_grows_is_named(tmp_path):
    write(tmp_path, table(200))
    first, *_ = blocks = open_table(Alone(), str(tmp_path), ["x", "y"]).slices()
    gone = tmp_path / "part-0.parquet"
    frame = pd.read_parquet(gone)
    frame.head(10).to_parquet(gone)
    with pytest.raises(PartProblem, match=r"part-0\.parquet has changed"):
        list(first.batches())
    gone.unlink()
    with pytest.raises(PartProblem, match=r"part-0\.parquet is not there"):
        survey(Alone(), blocks, 10, 0)


def test_there_is_no_table_where_there_is_none(tmp_path):
    with pytest.raises(ImportProblem, match="There is nothing at"):
        open_table(Alone(), str(tmp_path / "nowhere"), [])
    with pytest.raises(ImportProblem, match="cannot be reached"):
        open_table(Alone(), "nothing://speaks/this", [])
    pd.DataFrame({"a": ["x"]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(ImportProblem, match="no column of numbers"):
        open_table(Alone(), str(tmp_path), [])
    with pytest.raises(ImportProblem, match="no column b"):
        open_table(Alone(), str(tmp_path), ["b"])
    pd.DataFrame({"a": np.array([], dtype=float)}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(ImportProblem, match="no rows"):
        open_table(Alone(), str(tmp_path), [])
