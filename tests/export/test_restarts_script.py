"""The script of "Restarts" tries the same starts as the page and counts them the same way."""

import numpy as np
import pytest

from gmm_dash.results.restarts import COLLAPSED, restarts_of
from tests.export.conftest import run_links

EQUAL_POINTS = "?view=restarts&data=duplicates"
LINKS = {
    "other_start": "?view=restarts&data=grid&k=5&n=200&starts=20&tol=0.001&seed=2",
    "outlier": "?view=restarts&data=outlier&noise=40&k=3&starts=20",
    "duplicates": f"{EQUAL_POINTS}&k=3&starts=20",
    "many_columns": "?view=restarts&data=wine&k=3&scale=standard&starts=20",
    "other_centres": "?view=restarts&data=stretched&k=4&starts=20",
    "some_break_down": f"{EQUAL_POINTS}&reg=0&k=2&starts=20",
    "all_break_down": f"{EQUAL_POINTS}&reg=0&k=4&starts=20",
    "more_clusters_than_places": f"{EQUAL_POINTS}&n=20&noise=15&k=8&starts=20",
    "tied": "?view=restarts&data=moons&n=100&k=3&cov=tied&starts=20",
}
NAMES = {"kmeans": "kmeans", "gmm": "mixture"}
COLUMNS = ("start", "seed", "objective", "n_iter", "collapsed", "end", "stopped_early")
WANTED = {name: f"{name}[{list(COLUMNS)!r}].to_dict('list')" for name in NAMES.values()} | {
    f"{name} shares": f"{name}.groupby('start')['best'].mean().to_dict()" for name in NAMES.values()
}
WANTED |= {
    f"{name} variants": f"len({{tuple(p) for p, b in zip({name}_clusters, {name}['best']) if b}})"
    for name in NAMES.values()
}


@pytest.fixture(scope="module")
def runs(pipeline, tmp_path_factory):
    folder, made = tmp_path_factory.mktemp("restarts"), {}
    for name, state, found in run_links(pipeline, folder, LINKS, WANTED):
        pieces = [
            pipeline.restarts.piece(state, i) for i in range(len(pipeline.restarts.plan(state)))
        ]
        for algorithm, table in NAMES.items():
            rows = [row for piece in pieces for row in piece.get(algorithm, [])]
            study = restarts_of(algorithm, rows, n=pipeline.points(state.data).n, k=state.model.k)
            others = found[f"{table} shares"], found[f"{table} variants"]
            made[name, algorithm] = study, found[table], *others
    return made


CASES = [(name, algorithm) for name in LINKS for algorithm in NAMES]


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_start_ends_as_on_the_page(runs, case):
    study, found, *_ = runs[case]
    assert found["start"] == [start.kind for start in study.starts]
    assert found["seed"] == [start.seed for start in study.starts]
    assert found["collapsed"] == [not start.sound for start in study.starts]
    for start, objective in zip(study.starts, found["objective"], strict=True):
        missing = np.nan if start.objective is None else start.objective
        assert objective == pytest.approx(missing, rel=1e-6, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_the_ends_and_the_shares_are_the_pages(runs, case):
    study, found, shares, variants = runs[case]
    assert found["end"] == study.optimum.tolist()
    assert shares == pytest.approx(study.reach_best())
    early = zip(found["stopped_early"], found["collapsed"], strict=True)
    stopped = [i for i, (one, fallen) in enumerate(early) if one is True and not fallen]
    assert stopped == [start.number for start in study.stopped_early()]
    assert variants == (study.variants(0)[0] if study.representatives else 0)


def test_these_links_hold_what_they_are_for(runs):
    fallen = {case: study.count(COLLAPSED) for case, (study, *_) in runs.items()}
    assert fallen["outlier", "gmm"] == 20 > fallen["duplicates", "gmm"] > 15
    assert fallen["some_break_down", "gmm"] == 10
    assert fallen["all_break_down", "gmm"] == 20
    assert fallen["more_clusters_than_places", "kmeans"] == 20
    stretched = runs["other_centres", "kmeans"][0]
    assert len(stretched.representatives) > 1
    assert stretched.stopped_early()
    assert stretched.variants(0)[0] > 1
    assert runs["other_start", "gmm"][0].stopped_early()
